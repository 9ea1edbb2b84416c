// Sends a body that is larger than the gateway takes, by each HTTP client of the JDK, and prints
// the status and the code of the answer: one line a client. Standard library only.
//
//   java LargeBody.java https://localhost:8443 channel.p12 authority.pem 21000000

import java.io.FileInputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

public class LargeBody {
    static final char[] PASSWORD = "changeit".toCharArray();

    static SSLContext tls(String keyFile, String authorityFile) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(keyFile)) {
            own.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(own, PASSWORD);
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        try (InputStream in = new FileInputStream(authorityFile)) {
            known.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    static String told(int status, String body) {
        Matcher code = Pattern.compile("\"code\"\\s*:\\s*\"([A-Z_]+)\"").matcher(body);
        return status + " " + (code.find() ? code.group(1) : "no code: " + body);
    }

    static String byUrlConnection(SSLContext tls, URL url, byte[] body, boolean streaming) {
        try {
            HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
            connection.setSSLSocketFactory(tls.getSocketFactory());
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/jose");
            connection.setDoOutput(true);
            if (streaming) connection.setFixedLengthStreamingMode(body.length);
            connection.getOutputStream().write(body);
            int status = connection.getResponseCode();
            try (InputStream in = connection.getErrorStream()) {
                return told(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (Exception e) {
            return "not read: " + e;
        }
    }

    static String byHttpClient(SSLContext tls, URI uri, byte[] body) {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/jose")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return told(answer.statusCode(), answer.body());
        } catch (Exception e) {
            return "not read: " + e;
        }
    }

    public static void main(String[] words) throws Exception {
        SSLContext tls = tls(words[1], words[2]);
        URI uri = URI.create(words[0] + "/v1/messages");
        byte[] body = new byte[Integer.parseInt(words[3])];
        java.util.Arrays.fill(body, (byte) 'a');
        System.out.println("HttpURLConnection: " + byUrlConnection(tls, uri.toURL(), body, false));
        System.out.println("streaming: " + byUrlConnection(tls, uri.toURL(), body, true));
        System.out.println("HttpClient: " + byHttpClient(tls, uri, body));
    }
}
