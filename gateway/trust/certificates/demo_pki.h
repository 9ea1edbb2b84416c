#pragma once
// Certificates for demonstrations and tests, made on the spot so that none is ever committed.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/trust/certificates/openssl_handles.h"

namespace gateway::trust {

/// What a demo certificate is for; decides its key usages.
enum class DemoKind {
    Channel,      ///< TLS client
    Server,       ///< TLS server for localhost, 127.0.0.1 and ::1
    Seal,         ///< an agency's seal
    GatewaySeal,  ///< the gateway's own seal
};
enum class DemoAlgorithm { P256, P384, P521, Rsa2048, Rsa3072 };

/// "channel", "server", "seal", "gateway-seal".
[[nodiscard]] std::optional<DemoKind> demoKindNamed(std::string_view name) noexcept;
/// "P-256", "P-384", "P-521", "RSA-2048", "RSA-3072".
[[nodiscard]] std::optional<DemoAlgorithm> demoAlgorithmNamed(std::string_view name) noexcept;

/// A window of time, both ends included.
struct DemoTerm {
    base::Timestamp from, until;
};

struct DemoSubject {
    std::string name;  ///< of its files and CN: letters, digits, '.', '-', '_'
    DemoKind kind{};
    DemoAlgorithm algorithm = DemoAlgorithm::P256;
};

/// A small certification authority in one directory:
/// ca.pem, ca.key, NAME.pem, NAME.key, crl/ca.crl. Key files have mode 0600 and no passphrase.
///
/// For demonstrations and tests only: its root key lies beside the certificates. One thread at a
/// time. Anything that cannot be made or written throws base::Fault; existing files are kept, and
/// a name already in use is a Fault.
class DemoPki {
  public:
    /// A new root and a revocation list without entries.
    [[nodiscard]] static DemoPki create(const std::filesystem::path& directory,
                                        const DemoTerm& term);
    /// The one that was created there before.
    [[nodiscard]] static DemoPki open(const std::filesystem::path& directory);

    /// Makes key and certificate of one subject.
    void issue(const DemoSubject& subject, const DemoTerm& term);
    /// Writes crl/ca.crl anew: these names' certificates are revoked since `term.from`.
    void writeRevocationList(const std::vector<std::string>& revokedNames, const DemoTerm& term);

    [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }
    [[nodiscard]] std::filesystem::path certificateFile(std::string_view name) const;
    [[nodiscard]] std::filesystem::path keyFile(std::string_view name) const;

  private:
    DemoPki(std::filesystem::path directory, Handle<evp_pkey_st> key, Handle<x509_st> root);

    std::filesystem::path directory_;
    Handle<evp_pkey_st> key_;
    Handle<x509_st> root_;
};

/// create() and issue() for all subjects, with one term for everything.
void makeDemoPki(const std::filesystem::path& directory, const std::vector<DemoSubject>& subjects,
                 const DemoTerm& term);

}  // namespace gateway::trust
