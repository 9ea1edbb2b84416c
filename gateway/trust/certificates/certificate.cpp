#include "gateway/trust/certificates/certificate.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <ctime>

#include "gateway/base/encoding.h"
#include "gateway/base/fault.h"
#include "gateway/trust/certificates/certificate_native.h"

namespace gateway::trust {
namespace {

constexpr std::string_view kPemStart = "-----BEGIN ";
constexpr int kSmallestRsaBits = 2048;
constexpr int kLargestRsaBits = 8192;  // larger ones only serve to slow a verifier down

Handle<X509> readPem(std::string_view text) {
    const auto bio = readBio(text);
    Handle<X509> x509(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!x509) throwOpensslFault("not a PEM certificate");
    const Handle<X509> second(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    forgetOpensslErrors();
    if (second) throw base::Fault("more than one certificate where one is expected");
    return x509;
}

Handle<X509> readDer(std::string_view bytes) {
    const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto* cursor = begin;
    Handle<X509> x509(d2i_X509(nullptr, &cursor, static_cast<long>(bytes.size())));
    if (!x509) throwOpensslFault("not a DER certificate");
    if (cursor != begin + bytes.size()) throw base::Fault("bytes after the certificate");
    return x509;
}

std::string derOf(X509* x509) {
    unsigned char* bytes = nullptr;
    const int length = i2d_X509(x509, &bytes);
    if (length <= 0) throwOpensslFault("a certificate cannot be encoded");
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    return der;
}

KeyKind kindOfRsa(EVP_PKEY* key) {
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < kSmallestRsaBits || bits > kLargestRsaBits)
        throw base::Fault("RSA keys must have 2048 to 8192 bits, this one has " +
                          std::to_string(bits));
    BIGNUM* exponent = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) != 1)
        throwOpensslFault("an RSA key without exponent");
    const Handle<BIGNUM> owner(exponent);
    if (BN_is_odd(exponent) == 0 || BN_is_one(exponent) != 0)
        throw base::Fault("the RSA key's exponent is not usable");
    return KeyKind::Rsa;
}

// The curve must be named in the certificate: explicit parameters can hide a weak one.
KeyKind kindOfEc(X509* x509) {
    X509_ALGOR* algorithm = nullptr;
    X509_PUBKEY_get0_param(nullptr, nullptr, nullptr, &algorithm, X509_get_X509_PUBKEY(x509));
    int type = V_ASN1_UNDEF;
    const void* value = nullptr;
    X509_ALGOR_get0(nullptr, &type, &value, algorithm);
    const int curve =
        type == V_ASN1_OBJECT ? OBJ_obj2nid(static_cast<const ASN1_OBJECT*>(value)) : NID_undef;
    switch (curve) {
        case NID_X9_62_prime256v1: return KeyKind::EcP256;
        case NID_secp384r1: return KeyKind::EcP384;
        case NID_secp521r1: return KeyKind::EcP521;
        default: throw base::Fault("the key's curve is none of P-256, P-384, P-521");
    }
}

KeyKind kindOf(X509* x509, EVP_PKEY* key) {
    if (key == nullptr) throwOpensslFault("the certificate's key cannot be read");
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_RSA: return kindOfRsa(key);
        case EVP_PKEY_EC: return kindOfEc(x509);
        case EVP_PKEY_RSA_PSS:
            throw base::Fault("keys of type id-RSASSA-PSS are not supported; use rsaEncryption");
        default: throw base::Fault("the key is neither RSA nor ECDSA");
    }
}

std::string octetsOf(const ASN1_OCTET_STRING* octets) {
    if (octets == nullptr) return {};
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(octets)),
            static_cast<std::size_t>(ASN1_STRING_length(octets))};
}

}  // namespace

std::string nameText(const X509_name_st* name) {
    const auto bio = writeBio();
    constexpr unsigned long kFlags =
        XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (X509_NAME_print_ex(bio.get(), name, 0, kFlags) < 0)
        throwOpensslFault("a certificate's name cannot be written");
    return bioText(bio.get());
}

std::string serialText(const asn1_string_st* serial) {
    const Handle<BIGNUM> number(ASN1_INTEGER_to_BN(serial, nullptr));
    if (!number) throwOpensslFault("a serial number cannot be read");
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
    return bytes.empty() ? "00" : base::toHex(bytes);
}

base::Timestamp instantOf(const asn1_string_st* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        throwOpensslFault("a time in a certificate or list cannot be read");
    using namespace std::chrono;
    const auto day =
        sys_days(year(parts.tm_year + 1900) / month(static_cast<unsigned>(parts.tm_mon) + 1) /
                 std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
    return day + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
}

Certificate::Certificate(std::unique_ptr<Native> native) : native_(std::move(native)) {}
Certificate::~Certificate() = default;

CertificatePtr Certificate::decode(std::string_view pemOrDer) {
    const bool pem = pemOrDer.find(kPemStart) != std::string_view::npos;
    auto native = std::make_unique<Native>();
    native->x509 = pem ? readPem(pemOrDer) : readDer(pemOrDer);
    X509* const x509 = native->x509.get();
    native->key = X509_get0_pubkey(x509);
    native->keyKind = kindOf(x509, native->key);
    native->der = derOf(x509);
    native->fingerprint = document::sha256(native->der);
    native->subject = nameText(X509_get_subject_name(x509));
    native->issuer = nameText(X509_get_issuer_name(x509));
    native->serialHex = serialText(X509_get0_serialNumber(x509));
    native->authorityKeyId = octetsOf(X509_get0_authority_key_id(x509));
    // All ones without the extension.
    native->maySign = (X509_get_key_usage(x509) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
    native->isAuthority = (X509_get_extension_flags(x509) & EXFLAG_CA) != 0;
    native->notBefore = instantOf(X509_get0_notBefore(x509));
    native->notAfter = instantOf(X509_get0_notAfter(x509));
    forgetOpensslErrors();
    return CertificatePtr(new Certificate(std::move(native)));
}

const document::Digest& Certificate::fingerprint() const noexcept { return native_->fingerprint; }
const std::string& Certificate::der() const noexcept { return native_->der; }
KeyKind Certificate::keyKind() const noexcept { return native_->keyKind; }
std::string Certificate::subject() const { return native_->subject; }
std::string Certificate::issuer() const { return native_->issuer; }
std::string Certificate::serialHex() const { return native_->serialHex; }
base::Timestamp Certificate::notBefore() const noexcept { return native_->notBefore; }
base::Timestamp Certificate::notAfter() const noexcept { return native_->notAfter; }
bool Certificate::maySign() const noexcept { return native_->maySign; }
bool Certificate::isAuthority() const noexcept { return native_->isAuthority; }
evp_pkey_st* Certificate::key() const noexcept { return native_->key; }

}  // namespace gateway::trust
