#include "tests/support/test_pki.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace thahc::test {
namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using CertificatePtr = std::unique_ptr<X509, decltype(&X509_free)>;
using FilePtr = std::unique_ptr<FILE, decltype(&std::fclose)>;

void demand(bool done, const char* what) {
    if (!done) throw std::runtime_error(what);
}

FilePtr openFile(const std::filesystem::path& path) {
    FilePtr file(std::fopen(path.c_str(), "wb"), &std::fclose);
    demand(file != nullptr, "cannot write into the temporary directory");
    return file;
}

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()), &X509_EXTENSION_free);
    demand(extension != nullptr, "certificate extension");
    demand(X509_add_ext(certificate, extension.get(), -1) == 1, "certificate extension");
}

CertificatePtr newCertificate(const std::string& name, EVP_PKEY* key, long from, long to) {
    CertificatePtr certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), 2);
    static int serial = 1;  // NOLINT: tests make certificates on one thread
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), to);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    return certificate;
}

Issued store(const std::filesystem::path& directory, const std::string& name, X509* certificate,
             EVP_PKEY* key) {
    Issued issued{directory / (name + ".crt"), directory / (name + ".key"), {}, {}};
    demand(PEM_write_X509(openFile(issued.certificateFile).get(), certificate) == 1, "write");
    demand(PEM_write_PrivateKey(openFile(issued.keyFile).get(), key, nullptr, nullptr, 0, nullptr,
                                nullptr) == 1,
           "write");
    std::filesystem::permissions(
        issued.keyFile, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    unsigned char* der = nullptr;
    const int length = i2d_X509(certificate, &der);
    issued.der.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &size);
    for (const unsigned char byte : digest) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        issued.fingerprintHex += kDigits[byte >> 4U];
        issued.fingerprintHex += kDigits[byte & 15U];
    }
    return issued;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "thahc-test-XXXXXX").string();
    demand(::mkdtemp(pattern.data()) != nullptr, "mkdtemp");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

struct TestPki::Native {
    KeyPtr key{EVP_EC_gen("P-256"), &EVP_PKEY_free};
    CertificatePtr certificate{nullptr, &X509_free};
};

TestPki::TestPki(const std::filesystem::path& directory, const std::string& name) :
    native_(std::make_unique<Native>()), directory_(directory) {
    native_->certificate = newCertificate(name, native_->key.get(), -86400, 86400);
    X509* root = native_->certificate.get();
    X509_set_issuer_name(root, X509_get_subject_name(root));
    extend(root, root, NID_basic_constraints, "critical,CA:TRUE");
    extend(root, root, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(root, root, NID_subject_key_identifier, "hash");
    demand(X509_sign(root, native_->key.get(), EVP_sha256()) > 0, "sign");
    root_ = store(directory_, name, root, native_->key.get());
}

TestPki::~TestPki() = default;

Issued TestPki::issue(const std::string& name, const CertificateWish& wish) {
    const KeyPtr key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const CertificatePtr certificate =
        newCertificate(name, key.get(), wish.validFromSeconds, wish.validToSeconds);
    X509* root = native_->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(root));
    extend(certificate.get(), root, NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate.get(), root, NID_key_usage, "critical,digitalSignature");
    extend(certificate.get(), root, NID_ext_key_usage, wish.extendedKeyUsage);
    extend(certificate.get(), root, NID_subject_alt_name, wish.subjectAltName);
    demand(X509_sign(certificate.get(), native_->key.get(), EVP_sha256()) > 0, "sign");
    return store(directory_, name, certificate.get(), key.get());
}

}  // namespace thahc::test
