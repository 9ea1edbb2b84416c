#include "gateway/trust/certificates/demo_pki.h"

#include <fcntl.h>
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "gateway/base/fault.h"

namespace gateway::trust {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRoot = "ca";
constexpr mode_t kSecretMode = 0600;
constexpr mode_t kPublicMode = 0644;

struct FreeTime {
    void operator()(ASN1_TIME* time) const noexcept { ASN1_TIME_free(time); }
};

void must(bool done, std::string_view what) {
    if (!done) throwOpensslFault(what);
}

std::unique_ptr<ASN1_TIME, FreeTime> asn1Time(base::Timestamp instant) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch());
    std::unique_ptr<ASN1_TIME, FreeTime> time(ASN1_TIME_set(nullptr, seconds.count()));
    must(time != nullptr, "a time cannot be written in ASN.1");
    return time;
}

Handle<EVP_PKEY> newKey(DemoAlgorithm algorithm) {
    Handle<EVP_PKEY> key;
    switch (algorithm) {
        case DemoAlgorithm::P256: key.reset(EVP_EC_gen("P-256")); break;
        case DemoAlgorithm::P384: key.reset(EVP_EC_gen("P-384")); break;
        case DemoAlgorithm::P521: key.reset(EVP_EC_gen("P-521")); break;
        case DemoAlgorithm::Rsa2048: key.reset(EVP_RSA_gen(2048)); break;
        case DemoAlgorithm::Rsa3072: key.reset(EVP_RSA_gen(3072)); break;
    }
    must(key != nullptr, "a key cannot be made");
    return key;
}

void writeFile(const fs::path& file, std::string_view text, mode_t mode, int flags) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode);
    if (descriptor < 0) throw base::Fault(file.string() + ": " + std::strerror(errno));
    const auto written = ::write(descriptor, text.data(), text.size());
    const bool closed = ::close(descriptor) == 0;
    if (written != static_cast<ssize_t>(text.size()) || !closed)
        throw base::Fault(file.string() + ": cannot be written");
}

void writeKey(const fs::path& file, EVP_PKEY* key) {
    const auto bio = writeBio();
    must(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "a key cannot be written");
    writeFile(file, bioText(bio.get()), kSecretMode, O_EXCL);
}

void writeCertificate(const fs::path& file, X509* certificate) {
    const auto bio = writeBio();
    must(PEM_write_bio_X509(bio.get(), certificate) == 1, "a certificate cannot be written");
    writeFile(file, bioText(bio.get()), kPublicMode, O_EXCL);
}

std::string readFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (text.empty()) throw base::Fault(file.string() + " cannot be read, or is empty");
    return text;
}

Handle<X509> readCertificate(const fs::path& file) {
    const std::string text = readFile(file);
    Handle<X509> certificate(PEM_read_bio_X509(readBio(text).get(), nullptr, nullptr, nullptr));
    must(certificate != nullptr, file.string() + " is no certificate");
    return certificate;
}

void setRandomSerial(X509* certificate) {
    const Handle<BIGNUM> number(BN_new());
    must(number && BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
             BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
         "a serial number cannot be made");
}

void setSubject(X509* certificate, std::string_view commonName) {
    X509_NAME* const name = X509_get_subject_name(certificate);
    const auto add = [name](const char* field, std::string_view value) {
        must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                        reinterpret_cast<const unsigned char*>(value.data()),
                                        static_cast<int>(value.size()), -1, 0) == 1,
             "a subject cannot be written");
    };
    add("C", "VN");
    add("O", "Demo THAHC");
    add("CN", commonName);
}

void addExtension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    must(extension != nullptr, "a certificate extension cannot be made");
    const bool added = X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    must(added, "a certificate extension cannot be added");
}

void addUsages(X509* certificate, X509* issuer, DemoKind kind) {
    addExtension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate, issuer, NID_subject_key_identifier, "hash");
    addExtension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
    switch (kind) {
        case DemoKind::Channel:
            addExtension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
            addExtension(certificate, issuer, NID_ext_key_usage, "clientAuth");
            break;
        case DemoKind::Server:
            addExtension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
            addExtension(certificate, issuer, NID_ext_key_usage, "serverAuth");
            addExtension(certificate, issuer, NID_subject_alt_name,
                         "DNS:localhost,IP:127.0.0.1,IP:::1");
            break;
        case DemoKind::Seal:
        case DemoKind::GatewaySeal:
            addExtension(certificate, issuer, NID_key_usage,
                         "critical,digitalSignature,nonRepudiation");
            break;
    }
}

Handle<X509> newCertificate(EVP_PKEY* key, std::string_view name, const DemoTerm& term) {
    Handle<X509> certificate(X509_new());
    must(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
             X509_set1_notBefore(certificate.get(), asn1Time(term.from).get()) == 1 &&
             X509_set1_notAfter(certificate.get(), asn1Time(term.until).get()) == 1 &&
             X509_set_pubkey(certificate.get(), key) == 1,
         "a certificate cannot be made");
    setRandomSerial(certificate.get());
    setSubject(certificate.get(), name);
    return certificate;
}

bool isFileName(std::string_view name) {
    constexpr std::string_view kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    return !name.empty() && name.front() != '.' &&
           name.find_first_not_of(kAllowed) == std::string_view::npos;
}

void addRevoked(X509_CRL* crl, const X509* certificate, const ASN1_TIME* since) {
    X509_REVOKED* const entry = X509_REVOKED_new();
    const bool added =
        entry != nullptr &&
        X509_REVOKED_set_serialNumber(
            entry, const_cast<ASN1_INTEGER*>(X509_get0_serialNumber(certificate))) == 1 &&
        X509_REVOKED_set_revocationDate(entry, const_cast<ASN1_TIME*>(since)) == 1 &&
        X509_CRL_add0_revoked(crl, entry) == 1;
    if (!added) X509_REVOKED_free(entry);
    must(added, "a revoked certificate cannot be listed");
}

}  // namespace

std::optional<DemoKind> demoKindNamed(std::string_view name) noexcept {
    if (name == "channel") return DemoKind::Channel;
    if (name == "server") return DemoKind::Server;
    if (name == "seal") return DemoKind::Seal;
    if (name == "gateway-seal") return DemoKind::GatewaySeal;
    return std::nullopt;
}

std::optional<DemoAlgorithm> demoAlgorithmNamed(std::string_view name) noexcept {
    if (name == "P-256") return DemoAlgorithm::P256;
    if (name == "P-384") return DemoAlgorithm::P384;
    if (name == "P-521") return DemoAlgorithm::P521;
    if (name == "RSA-2048") return DemoAlgorithm::Rsa2048;
    if (name == "RSA-3072") return DemoAlgorithm::Rsa3072;
    return std::nullopt;
}

DemoPki::DemoPki(fs::path directory, Handle<evp_pkey_st> key, Handle<x509_st> root) :
    directory_(std::move(directory)), key_(std::move(key)), root_(std::move(root)) {}

fs::path DemoPki::certificateFile(std::string_view name) const {
    return directory_ / (std::string(name) + ".pem");
}

fs::path DemoPki::keyFile(std::string_view name) const {
    return directory_ / (std::string(name) + ".key");
}

DemoPki DemoPki::create(const fs::path& directory, const DemoTerm& term) {
    std::error_code failure;
    fs::create_directories(directory / "crl", failure);
    if (failure) throw base::Fault(directory.string() + ": " + failure.message());
    auto key = newKey(DemoAlgorithm::P256);
    auto root = newCertificate(key.get(), "Demo THAHC Root", term);
    X509* const x509 = root.get();
    must(X509_set_issuer_name(x509, X509_get_subject_name(x509)) == 1, "an issuer cannot be set");
    addExtension(x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    addExtension(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(x509, x509, NID_subject_key_identifier, "hash");
    must(X509_sign(x509, key.get(), EVP_sha256()) > 0, "the root cannot be signed");
    DemoPki pki(directory, std::move(key), std::move(root));
    writeKey(pki.keyFile(kRoot), pki.key_.get());
    writeCertificate(pki.certificateFile(kRoot), x509);
    pki.writeRevocationList({}, term);
    return pki;
}

DemoPki DemoPki::open(const fs::path& directory) {
    const std::string text = readFile(directory / (std::string(kRoot) + ".key"));
    Handle<EVP_PKEY> key(PEM_read_bio_PrivateKey(readBio(text).get(), nullptr, nullptr, nullptr));
    must(key != nullptr, "the root key cannot be read");
    auto root = readCertificate(directory / (std::string(kRoot) + ".pem"));
    return {directory, std::move(key), std::move(root)};
}

void DemoPki::issue(const DemoSubject& subject, const DemoTerm& term) {
    if (!isFileName(subject.name)) throw base::Fault("not a name for a file: " + subject.name);
    const auto key = newKey(subject.algorithm);
    const auto certificate = newCertificate(key.get(), subject.name, term);
    must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(root_.get())) == 1,
         "an issuer cannot be set");
    addUsages(certificate.get(), root_.get(), subject.kind);
    must(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0,
         "a certificate cannot be signed");
    writeKey(keyFile(subject.name), key.get());
    writeCertificate(certificateFile(subject.name), certificate.get());
}

void DemoPki::writeRevocationList(const std::vector<std::string>& revokedNames,
                                  const DemoTerm& term) {
    const Handle<X509_CRL> crl(X509_CRL_new());
    const auto from = asn1Time(term.from);
    must(crl && X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1 &&
             X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(root_.get())) == 1 &&
             X509_CRL_set1_lastUpdate(crl.get(), from.get()) == 1 &&
             X509_CRL_set1_nextUpdate(crl.get(), asn1Time(term.until).get()) == 1,
         "a revocation list cannot be made");
    for (const std::string& name : revokedNames)
        addRevoked(crl.get(), readCertificate(certificateFile(name)).get(), from.get());
    X509_CRL_sort(crl.get());
    X509V3_CTX context;
    X509V3_set_ctx(&context, root_.get(), nullptr, nullptr, crl.get(), 0);
    X509_EXTENSION* const keyId =
        X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always");
    const bool added = keyId != nullptr && X509_CRL_add_ext(crl.get(), keyId, -1) == 1;
    X509_EXTENSION_free(keyId);
    must(added && X509_CRL_sign(crl.get(), key_.get(), EVP_sha256()) > 0,
         "a revocation list cannot be signed");
    const auto bio = writeBio();
    must(PEM_write_bio_X509_CRL(bio.get(), crl.get()) == 1, "a list cannot be written");
    writeFile(directory_ / "crl" / "ca.crl", bioText(bio.get()), kPublicMode, O_TRUNC);
}

void makeDemoPki(const fs::path& directory, const std::vector<DemoSubject>& subjects,
                 const DemoTerm& term) {
    DemoPki pki = DemoPki::create(directory, term);
    for (const DemoSubject& subject : subjects) pki.issue(subject, term);
}

}  // namespace gateway::trust
