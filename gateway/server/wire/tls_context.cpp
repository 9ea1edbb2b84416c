#include "gateway/server/wire/tls_context.h"

#include <Poco/Crypto/X509Certificate.h>
#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/X509Certificate.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/base/fault.h"

namespace gateway::server {

struct TlsContext::Native {
    Poco::Net::Context::Ptr context;
};

namespace {

using Poco::Net::Context;

constexpr const char* kCipherList =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kGroups = "X25519:P-256:P-384";
constexpr int kChainDepth = 4;

constexpr std::size_t kLongestName = 300;

// Handshakes are driven step by step, each on one thread, and OpenSSL hands nothing else outwards.
thread_local std::optional<RefusedCertificate> refusedCertificate;

std::string nameInWords(const X509_NAME* name) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253) < 0) return "?";
    const char* text = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &text);
    return {text, std::min(static_cast<std::size_t>(length), kLongestName)};
}

PeerCertificate inWords(const X509* certificate) {
    std::array<unsigned char, 32> digest{};
    unsigned length = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &length) != 1)
        throw base::Fault("the peer's certificate cannot be digested");
    return {document::Digest::fromBytes({reinterpret_cast<const char*>(digest.data()), length}),
            nameInWords(X509_get_subject_name(certificate)),
            nameInWords(X509_get_issuer_name(certificate))};
}

// Listens only: what OpenSSL has decided stands.
int rememberRefused(int taken, X509_STORE_CTX* store) {
    const X509* shown = X509_STORE_CTX_get0_cert(store);
    if (taken == 1 || !shown) return taken;
    try {
        refusedCertificate = RefusedCertificate{
            inWords(shown), X509_verify_cert_error_string(X509_STORE_CTX_get_error(store))};
    } catch (...) {
        // For want of memory: it is refused all the same.
    }
    return taken;
}

void demandPrivate(const std::filesystem::path& key) {
    struct stat status {};
    if (::stat(key.c_str(), &status) != 0)
        throw base::Fault("TLS key " + key.string() + " cannot be read");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw base::Fault("TLS key " + key.string() + " is open to group or others");
}

Context::Ptr makeContext(Context::Usage usage, const TlsIdentity& identity) {
    demandPrivate(identity.privateKey);
    Context::Params params;
    params.privateKeyFile = identity.privateKey.string();
    params.certificateFile = identity.certificateChain.string();
    params.verificationMode = Context::VERIFY_STRICT;
    params.verificationDepth = kChainDepth;
    params.loadDefaultCAs = false;
    params.cipherList = kCipherList;
    Context::Ptr context(new Context(usage, params));
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    // POCO would compare a partner's certificate with its IP address, and for servers it knows
    // only its own matching; peerIsHost does that with OpenSSL.
    context->enableExtendedCertificateVerification(false);
    context->disableStatelessSessionResumption();
    SSL_CTX* native = context->sslContext();
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(native, 0);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    // An intermediate authority, or one server's certificate, may be the anchor by itself.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(native), X509_V_FLAG_PARTIAL_CHAIN);
    // OpenSSL's own verdict, without POCO's callback that any listener could overrule.
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, rememberRefused);
    if (SSL_CTX_set1_groups_list(native, kGroups) != 1 || SSL_CTX_check_private_key(native) != 1)
        throw base::Fault("TLS key " + identity.privateKey.string() + " is not that of " +
                          identity.certificateChain.string());
    return context;
}

using X509Owner = std::unique_ptr<X509, decltype(&X509_free)>;

X509Owner fromDer(const std::string& der, const char* otherwise) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    X509Owner certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())), &X509_free);
    if (!certificate) throw base::Fault(otherwise);
    return certificate;
}

void addAnchor(const Context::Ptr& context, X509* certificate) {
    SSL_CTX* native = context->sslContext();
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(native), certificate) != 1)
        throw base::Fault("a TLS anchor cannot be used");
    // Told to clients, so that one with several certificates can choose.
    if (context->isForServerUse()) SSL_CTX_add_client_CA(native, certificate);
}

template <class Make>
TlsContextPtr orFault(Make make) {
    try {
        return make();
    } catch (const Poco::Exception& e) {
        throw base::Fault("TLS settings: " + e.displayText());
    }
}

/// OpenSSL's reason in a message of the form "...error:0A0000C7:...", or 0.
int reasonIn(const std::string& message) noexcept {
    constexpr std::string_view kMark = "error:";
    const auto at = message.find(kMark);
    if (at == std::string::npos) return 0;
    unsigned long code = 0;
    const char* const end = message.data() + message.size();
    if (std::from_chars(message.data() + at + kMark.size(), end, code, 16).ec != std::errc())
        return 0;
    return ERR_GET_REASON(code);
}

}  // namespace

TlsContext::TlsContext(std::unique_ptr<Native> native) : native_(std::move(native)) {}
TlsContext::~TlsContext() = default;

TlsContextPtr TlsContext::forServer(const TlsIdentity& identity,
                                    const std::vector<std::filesystem::path>& clientAnchors) {
    return orFault([&] {
        if (clientAnchors.empty()) throw base::Fault("TLS: no anchor for client certificates");
        auto context = makeContext(Context::TLS_SERVER_USE, identity);
        for (const auto& file : clientAnchors)
            for (const auto& anchor : Poco::Crypto::X509Certificate::readPEM(file.string()))
                addAnchor(context, const_cast<X509*>(anchor.certificate()));
        return TlsContextPtr(new TlsContext(std::make_unique<Native>(Native{std::move(context)})));
    });
}

TlsContextPtr TlsContext::forPublic(const TlsIdentity& identity) {
    return orFault([&] {
        auto context = makeContext(Context::TLS_SERVER_USE, identity);
        SSL_CTX_set_verify(context->sslContext(), SSL_VERIFY_NONE, nullptr);
        return TlsContextPtr(new TlsContext(std::make_unique<Native>(Native{std::move(context)})));
    });
}

TlsContextPtr TlsContext::forClient(const TlsIdentity& identity,
                                    const std::vector<std::string>& anchorsDer) {
    return orFault([&] {
        if (anchorsDer.empty()) throw base::Fault("TLS: no anchor for the server's certificate");
        auto context = makeContext(Context::TLS_CLIENT_USE, identity);
        for (const std::string& der : anchorsDer)
            addAnchor(context, fromDer(der, "a TLS anchor is not a certificate in DER").get());
        return TlsContextPtr(new TlsContext(std::make_unique<Native>(Native{std::move(context)})));
    });
}

// What ssl_verify_cert_chain of OpenSSL does in a handshake, but for the day.
std::optional<std::string> TlsContext::whyTurnedAway(const std::vector<std::string>& shownDer,
                                                     base::Timestamp at) const {
    GW_CHECK(!shownDer.empty());
    SSL_CTX* const native = native_->context->sslContext();
    const auto leaf = fromDer(shownDer.front(), "not a certificate in DER");
    const auto freeAll = [](STACK_OF(X509) * all) { sk_X509_pop_free(all, X509_free); };
    const std::unique_ptr<STACK_OF(X509), decltype(freeAll)> others(sk_X509_new_null(), freeAll);
    for (std::size_t i = 1; others && i < shownDer.size(); ++i) {
        auto other = fromDer(shownDer[i], "not a certificate in DER");
        if (sk_X509_push(others.get(), other.get()) > 0) static_cast<void>(other.release());
    }
    const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> trial(
        X509_STORE_CTX_new(), &X509_STORE_CTX_free);
    if (!others || !trial ||
        X509_STORE_CTX_init(trial.get(), SSL_CTX_get_cert_store(native), leaf.get(),
                            others.get()) != 1 ||
        X509_STORE_CTX_set_default(trial.get(), "ssl_client") != 1)
        throw base::Fault("a certificate cannot be tried");
    X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(trial.get());
    X509_VERIFY_PARAM_set_auth_level(rules, SSL_CTX_get_security_level(native));
    X509_VERIFY_PARAM_set1(rules, SSL_CTX_get0_param(native));
    X509_VERIFY_PARAM_set_time(
        rules, std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
    const int taken = X509_verify_cert(trial.get());
    const int error = X509_STORE_CTX_get_error(trial.get());
    ERR_clear_error();
    if (taken == 1) return std::nullopt;
    return std::string(X509_verify_cert_error_string(error));
}

Poco::Net::SecureStreamSocket attachTls(const Poco::Net::StreamSocket& socket,
                                        const TlsContext& context, const std::string& serverName) {
    return Poco::Net::SecureStreamSocket::attach(socket, serverName, context.native().context);
}

PeerCertificate peerCertificate(const Poco::Net::SecureStreamSocket& socket) {
    const Poco::Net::X509Certificate certificate = socket.peerCertificate();
    return inWords(certificate.certificate());
}

std::optional<RefusedCertificate> takeRefusedCertificate() {
    return std::exchange(refusedCertificate, std::nullopt);
}

bool peerIsHost(const Poco::Net::SecureStreamSocket& socket, const std::string& host) {
    const Poco::Net::X509Certificate certificate = socket.peerCertificate();
    auto* native = const_cast<X509*>(certificate.certificate());
    if (X509_check_ip_asc(native, host.c_str(), 0) == 1) return true;
    return X509_check_host(native, host.data(), host.size(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS,
                           nullptr) == 1;
}

std::string_view nameOf(HandshakeRefusal refusal) noexcept {
    switch (refusal) {
        case HandshakeRefusal::NoCertificate: return "no_certificate";
        case HandshakeRefusal::BadCertificate: return "bad_certificate";
        case HandshakeRefusal::Protocol: return "protocol";
        case HandshakeRefusal::TimedOut: return "timed_out";
        case HandshakeRefusal::Closed: return "closed";
        case HandshakeRefusal::GaveWay: return "gave_way";
    }
    return "closed";
}

HandshakeRefusal handshakeRefusalOf(const std::string& message) noexcept {
    const int reason = reasonIn(message);
    if (reason == 0) return HandshakeRefusal::Closed;
    switch (reason) {
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return HandshakeRefusal::NoCertificate;
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
        case SSL_R_NO_CERTIFICATES_RETURNED:
        case SSL_R_BAD_SIGNATURE: return HandshakeRefusal::BadCertificate;
        case SSL_R_UNEXPECTED_EOF_WHILE_READING: return HandshakeRefusal::Closed;
        default: return HandshakeRefusal::Protocol;
    }
}

bool refusesOurCertificate(const std::string& message) noexcept {
    switch (reasonIn(message)) {
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        case SSL_R_TLSV1_ALERT_ACCESS_DENIED: return true;
        default: return false;
    }
}

void forgetTlsErrors() noexcept { ERR_clear_error(); }

}  // namespace gateway::server
