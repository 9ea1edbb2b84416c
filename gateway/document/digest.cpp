#include "gateway/document/digest.h"

#include <openssl/evp.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "gateway/base/encoding.h"
#include "gateway/base/fault.h"

namespace gateway::document {
namespace {

// OpenSSL 3.0 looks an algorithm up under locks each time it is named; once is enough.
const EVP_MD* sha256Algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    GW_CHECK(algorithm != nullptr);
    return algorithm;
}

}  // namespace

std::string Digest::hex() const { return base::toHex(view()); }

Digest Digest::fromBytes(std::string_view raw) {
    Digest digest;
    GW_CHECK(raw.size() == digest.bytes.size());
    std::memcpy(digest.bytes.data(), raw.data(), raw.size());
    return digest;
}

Digest sha256(std::string_view bytes) {
    Digest digest;
    unsigned length = 0;
    const int done = EVP_Digest(bytes.data(), bytes.size(), digest.bytes.data(), &length,
                                sha256Algorithm(), nullptr);
    GW_CHECK(done == 1 && length == digest.bytes.size());
    return digest;
}

Digest fileDigest(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in && !in.eof()) throw base::Fault(file.string() + ": cannot be read");
    return sha256(bytes);
}

std::string lowerCaseHex(std::string digest) {
    for (char& c : digest)
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    return digest;
}

FieldDigest& FieldDigest::add(std::string_view field) {
    std::uint64_t length = field.size();
    char frame[8];
    for (int i = 7; i >= 0; --i) {
        frame[i] = static_cast<char>(length & 0xffU);
        length >>= 8U;
    }
    framed_.append(frame, sizeof frame);
    framed_.append(field);
    return *this;
}

Digest FieldDigest::finish() const { return sha256(framed_); }

}  // namespace gateway::document
