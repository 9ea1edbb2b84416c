#include "tests/support/tls_probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace thahc::test {

struct TlsProbe::Native {
    int fd = -1;
    SSL_CTX* context = nullptr;
    SSL* ssl = nullptr;
    bool connected = false;
    int tickets = 0;
    ~Native() {
        SSL_free(ssl);
        SSL_CTX_free(context);
        if (fd >= 0) ::close(fd);
    }
};

namespace {

int countTicket(SSL* ssl, SSL_SESSION* session) {
    if (SSL_SESSION_has_ticket(session)) ++*static_cast<int*>(SSL_get_app_data(ssl));
    return 0;
}

int connected(int fd, const sockaddr* address, socklen_t length) {
    const timeval patience{10, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(fd, address, length) == 0) return fd;
    ::close(fd);
    return -1;
}

int connectTo(const ProbeSettings& settings) {
    if (!settings.unixSocket.empty()) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        settings.unixSocket.string().copy(address.sun_path, sizeof address.sun_path - 1);
        return connected(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
                         reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(settings.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!settings.from.empty()) {
        sockaddr_in own{};
        own.sin_family = AF_INET;
        ::inet_pton(AF_INET, settings.from.c_str(), &own.sin_addr);
        ::bind(fd, reinterpret_cast<const sockaddr*>(&own), sizeof own);
    }
    // A request must not wait for an acknowledgement of the handshake's last flight.
    const int atOnce = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &atOnce, sizeof atOnce);
    return connected(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

std::string sha256Hex(const X509* certificate) {
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &size);
    std::string hex;
    for (const unsigned char byte : digest) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 15U];
    }
    return hex;
}

}  // namespace

TlsProbe::TlsProbe(const ProbeSettings& settings) : native_(std::make_unique<Native>()) {
    ::signal(SIGPIPE, SIG_IGN);
    native_->fd = connectTo(settings);
    if (native_->fd < 0) return;
    native_->connected = true;
    if (!settings.tls) return;
    native_->context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(native_->context, 0);  // so that old versions can be offered
    SSL_CTX_set_cipher_list(native_->context, "ALL");
    SSL_CTX_set_min_proto_version(native_->context, settings.lowestVersion);
    SSL_CTX_set_max_proto_version(native_->context, settings.highestVersion);
    SSL_CTX_set_session_cache_mode(native_->context, SSL_SESS_CACHE_CLIENT);
    SSL_CTX_sess_set_new_cb(native_->context, countTicket);
    if (settings.client) {
        SSL_CTX_use_certificate_file(native_->context, settings.client->certificateFile.c_str(),
                                     SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(native_->context, settings.client->keyFile.c_str(),
                                    SSL_FILETYPE_PEM);
    }
    native_->ssl = SSL_new(native_->context);
    SSL_set_app_data(native_->ssl, &native_->tickets);
    SSL_set_fd(native_->ssl, native_->fd);
    native_->connected = SSL_connect(native_->ssl) == 1;
    ERR_clear_error();
}

TlsProbe::~TlsProbe() = default;

bool TlsProbe::connected() const noexcept { return native_->connected; }

bool TlsProbe::send(std::string_view bytes) {
    if (!native_->connected) return false;
    while (!bytes.empty()) {
        const auto size = std::min<std::size_t>(bytes.size(), 1U << 20U);
        const long sent = native_->ssl
                              ? SSL_write(native_->ssl, bytes.data(), static_cast<int>(size))
                              : static_cast<long>(::send(native_->fd, bytes.data(), size, 0));
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void TlsProbe::closeSending() {
    if (native_->ssl) SSL_shutdown(native_->ssl);
    ::shutdown(native_->fd, SHUT_WR);
}

bool TlsProbe::more() {
    std::array<char, 16384> chunk{};
    const long got = native_->ssl
                         ? SSL_read(native_->ssl, chunk.data(), static_cast<int>(chunk.size()))
                         : static_cast<long>(::recv(native_->fd, chunk.data(), chunk.size(), 0));
    ERR_clear_error();
    if (got <= 0) return false;
    buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
}

WireResponse TlsProbe::receive() {
    WireResponse response;
    if (!native_->connected) return response;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (!more()) return response;
    response.head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    const auto length = response.head.find("Content-Length: ");
    const std::size_t bytes =
        length == std::string::npos
            ? 0
            : static_cast<std::size_t>(std::atol(response.head.c_str() + length + 16));
    while (buffer_.size() < bytes)
        if (!more()) return response;
    response.body = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    response.status = std::atoi(response.head.c_str() + 9);
    return response;
}

bool TlsProbe::ended() {
    if (!native_->connected) return true;
    return buffer_.empty() && !more();
}

bool TlsProbe::sessionCanResume() const noexcept {
    const SSL_SESSION* session = SSL_get0_session(native_->ssl);
    unsigned idLength = 0;
    if (session) SSL_SESSION_get_id(session, &idLength);
    return native_->tickets > 0 ||
           (SSL_version(native_->ssl) < TLS1_3_VERSION && session && idLength > 0);
}

bool TlsProbe::renegotiate() {
    return SSL_renegotiate(native_->ssl) == 1 && SSL_do_handshake(native_->ssl) == 1 &&
           send("GET /again HTTP/1.1\r\nHost: x\r\n\r\n") && receive().status != 0;
}

std::string TlsProbe::version() const { return SSL_get_version(native_->ssl); }

std::string TlsProbe::serverFingerprintHex() const {
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(native_->ssl),
                                                            &X509_free);
    return shown ? sha256Hex(shown.get()) : "";
}

WireResponse ask(const ProbeSettings& settings, std::string_view request) {
    TlsProbe probe(settings);
    probe.send(request);
    return probe.receive();
}

}  // namespace thahc::test
