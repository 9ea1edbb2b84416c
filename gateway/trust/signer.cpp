#include "gateway/trust/signer.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "gateway/base/fault.h"
#include "gateway/trust/certificates/openssl_handles.h"
#include "gateway/trust/certificates/raw_signature.h"

namespace gateway::trust {
namespace {

constexpr std::size_t kLargestKeyFileBytes = 64 * 1024;

/// A secret text, wiped from memory when it goes.
struct Secret {
    std::string text;
    Secret() = default;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { OPENSSL_cleanse(text.data(), text.size()); }
};

struct Descriptor {
    int number;
    explicit Descriptor(int fd) : number(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
};

[[noreturn]] void failFile(const std::filesystem::path& file, std::string_view why) {
    throw base::Fault("key file " + file.string() + ": " + std::string(why));
}

// The mode is judged on the opened file, so it cannot change in between.
void readPrivateFile(const std::filesystem::path& file, Secret& secret) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (descriptor.number < 0 || ::fstat(descriptor.number, &status) != 0)
        failFile(file, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) failFile(file, "is no regular file");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        failFile(file, "must be accessible to its owner only (chmod 600)");
    secret.text.resize(kLargestKeyFileBytes);
    std::size_t length = 0;
    while (length < secret.text.size()) {
        const auto got =
            ::read(descriptor.number, secret.text.data() + length, secret.text.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) failFile(file, std::strerror(errno));
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    if (length == secret.text.size()) failFile(file, "is too large for a key");
    secret.text.resize(length);
}

// A protected key must fail, not wait for somebody to type at a terminal.
int noPassphrase(char*, int, int, void*) { return -1; }

Handle<evp_pkey_st> readKey(const std::filesystem::path& file) {
    Secret secret;
    readPrivateFile(file, secret);
    Handle<evp_pkey_st> key(
        PEM_read_bio_PrivateKey(readBio(secret.text).get(), nullptr, noPassphrase, nullptr));
    if (!key) throwOpensslFault("key file " + file.string() + ": not an unencrypted PEM key");
    return key;
}

class FileSigner final : public Signer {
  public:
    FileSigner(Handle<evp_pkey_st> key, CertificatePtr certificate) :
        key_(std::move(key)), certificate_(std::move(certificate)) {}

    const CertificatePtr& certificate() const noexcept override { return certificate_; }
    std::string sign(std::string_view data) const override { return signRaw(key_.get(), data); }
    evp_pkey_st* key() const noexcept override { return key_.get(); }

  private:
    Handle<evp_pkey_st> key_;
    CertificatePtr certificate_;
};

}  // namespace

std::unique_ptr<Signer> loadSigner(const std::filesystem::path& keyFile,
                                   const std::filesystem::path& certificateFile) {
    std::ifstream in(certificateFile, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad() || text.empty())
        throw base::Fault("certificate file " + certificateFile.string() + " cannot be read");
    auto certificate = Certificate::decode(text);
    if (certificate->keyKind() != KeyKind::EcP256 && certificate->keyKind() != KeyKind::Rsa)
        throw base::Fault("a seal's key must be ECDSA P-256 or RSA: " + certificateFile.string());
    auto key = readKey(keyFile);
    if (EVP_PKEY_eq(key.get(), certificate->key()) != 1)
        throw base::Fault("the key " + keyFile.string() + " does not belong to the certificate " +
                          certificateFile.string());
    return std::make_unique<FileSigner>(std::move(key), std::move(certificate));
}

}  // namespace gateway::trust
