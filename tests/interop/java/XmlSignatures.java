import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLObject;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.RSAPSSParameterSpec;
import javax.xml.crypto.dsig.spec.SignatureMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Signs and verifies XML with an implementation of JSR 105 that is not ours: the JDK's ("jdk") or
 * Apache Santuario's ("santuario"). One job a line on standard input, one answer a line out:
 *   sign PROVIDER SIGNATURE-ALGORITHM DIGEST-ALGORITHM SHAPE KEYINFO KEY.pk8 CERT.der IN OUT
 *   verify PROVIDER CERT.der FILE
 * SHAPE: a (whole document), a-id (by the root's Id), b (a and XAdES signed properties).
 */
public final class XmlSignatures {
    private static final String EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final String SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties";

    public static void main(String[] args) throws Exception {
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in));
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            String[] job = line.trim().split(" ");
            try {
                if (job[0].equals("sign")) sign(job);
                else if (!verify(job)) throw new Exception("the signature is not valid");
                System.out.println("ok");
            } catch (Exception problem) {
                System.out.println("failed " + line + ": " + problem);
            }
        }
    }

    private static XMLSignatureFactory factory(String provider) throws Exception {
        if (provider.equals("jdk")) return XMLSignatureFactory.getInstance("DOM", "XMLDSig");
        Class<?> santuario = Class.forName("org.apache.jcp.xml.dsig.internal.dom.XMLDSigRI");
        return XMLSignatureFactory.getInstance(
            "DOM", (Provider) santuario.getDeclaredConstructor().newInstance());
    }

    private static Document parse(String file) throws Exception {
        DocumentBuilderFactory builders = DocumentBuilderFactory.newInstance();
        builders.setNamespaceAware(true);
        return builders.newDocumentBuilder().parse(new File(file));
    }

    private static X509Certificate certificate(String file) throws Exception {
        try (FileInputStream in = new FileInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static void sign(String[] job) throws Exception {
        XMLSignatureFactory factory = factory(job[1]);
        String shape = job[4];
        X509Certificate certificate = certificate(job[7]);
        PrivateKey key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(job[6]))));
        Document document = parse(job[8]);
        Element root = document.getDocumentElement();
        DOMSignContext context = new DOMSignContext(key, root);
        context.setDefaultNamespacePrefix("ds");
        String uri = "";
        if (shape.equals("a-id")) {
            root.setIdAttribute("Id", true);
            uri = "#" + root.getAttribute("Id");
        }
        DigestMethod digest = factory.newDigestMethod(job[3], null);
        Transform c14n = factory.newTransform(EXC_C14N, (TransformParameterSpec) null);
        Transform enveloped = factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null);
        List<Reference> references = new ArrayList<>();
        references.add(factory.newReference(uri, digest, List.of(enveloped, c14n), null, null));
        List<XMLObject> objects = null;
        if (shape.equals("b")) {
            Element properties = qualifyingProperties(document);
            objects = List.of(factory.newXMLObject(
                List.of(new DOMStructure(properties)), null, null, null));
            context.setIdAttributeNS((Element) properties.getFirstChild(), null, "Id");
            references.add(factory.newReference(
                "#props", digest, List.of(c14n), SIGNED_PROPERTIES, null));
        }
        KeyInfo keyInfo = null;
        if (job[5].equals("x509")) {
            KeyInfoFactory keys = factory.getKeyInfoFactory();
            keyInfo = keys.newKeyInfo(List.of(keys.newX509Data(
                List.of(certificate.getSubjectX500Principal().getName(), certificate))));
        }
        // "...#rsa-pss=512": with RSAPSSParams for that hash
        String method = job[2].split("=")[0];
        SignatureMethodParameterSpec parameters = null;
        if (!method.equals(job[2])) {
            String bits = job[2].split("=")[1];
            parameters = new RSAPSSParameterSpec(new PSSParameterSpec("SHA-" + bits, "MGF1",
                new MGF1ParameterSpec("SHA-" + bits), Integer.parseInt(bits) / 8, 1));
        }
        var signedInfo = factory.newSignedInfo(
            factory.newCanonicalizationMethod(EXC_C14N, (C14NMethodParameterSpec) null),
            factory.newSignatureMethod(method, parameters), references);
        factory.newXMLSignature(signedInfo, keyInfo, objects, "sig", null).sign(context);
        try (FileOutputStream out = new FileOutputStream(job[9])) {
            TransformerFactory.newInstance().newTransformer()
                .transform(new DOMSource(document), new StreamResult(out));
        }
    }

    private static Element qualifyingProperties(Document document) {
        Element all = document.createElementNS(XADES, "xades:QualifyingProperties");
        all.setAttribute("Target", "#sig");
        Element signed = document.createElementNS(XADES, "xades:SignedProperties");
        signed.setAttribute("Id", "props");
        Element signature = document.createElementNS(XADES, "xades:SignedSignatureProperties");
        Element time = document.createElementNS(XADES, "xades:SigningTime");
        time.setTextContent("2026-01-02T03:04:05Z");
        signature.appendChild(time);
        signed.appendChild(signature);
        all.appendChild(signed);
        return all;
    }

    private static boolean verify(String[] job) throws Exception {
        Document document = parse(job[3]);
        Node signature = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
        DOMValidateContext context =
            new DOMValidateContext(certificate(job[2]).getPublicKey(), signature);
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
        return factory(job[1]).unmarshalXMLSignature(context).validate(context);
    }
}
