#pragma once
// Owners for OpenSSL's objects and its error queue as text; internal to the room trust.
// Only names are declared here, so that OpenSSL's headers stay in .cpp files.

#include <memory>
#include <string>
#include <string_view>

struct X509_crl_st;
struct X509_name_st;
struct asn1_string_st;
struct bignum_st;
struct bio_st;
struct evp_md_ctx_st;
struct evp_md_st;
struct evp_pkey_ctx_st;
struct evp_pkey_st;
struct x509_st;
struct x509_store_ctx_st;
struct x509_store_st;

namespace gateway::trust {

struct OpensslFree {
    void operator()(X509_crl_st* object) const noexcept;
    void operator()(bignum_st* object) const noexcept;
    void operator()(bio_st* object) const noexcept;
    void operator()(evp_md_ctx_st* object) const noexcept;
    void operator()(evp_pkey_ctx_st* object) const noexcept;
    void operator()(evp_pkey_st* object) const noexcept;
    void operator()(x509_st* object) const noexcept;
    void operator()(x509_store_ctx_st* object) const noexcept;
    void operator()(x509_store_st* object) const noexcept;
};

/// Frees the object with the function that belongs to its type.
template <class T>
using Handle = std::unique_ptr<T, OpensslFree>;

/// Throws base::Fault with `what` and OpenSSL's own reasons, and empties this thread's queue.
[[noreturn]] void throwOpensslFault(std::string_view what);

/// Empties this thread's error queue, so that an expected failure does not colour the next one.
void forgetOpensslErrors() noexcept;

/// A read-only memory BIO over `bytes`, which must outlive it.
[[nodiscard]] Handle<bio_st> readBio(std::string_view bytes);
/// An empty memory BIO for writing.
[[nodiscard]] Handle<bio_st> writeBio();
/// What has been written into a memory BIO.
[[nodiscard]] std::string bioText(bio_st* bio);

/// SHA-256, -384 and -512, fetched once per process: by-name look-ups take locks each time.
[[nodiscard]] const evp_md_st* messageDigest(int bits);

}  // namespace gateway::trust
