#pragma once
// Revocation as a cached status with a stated grace, judged per request, never inside TLS.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/trust/certificate.h"

namespace gateway::trust {

enum class Standing {
    Good,         ///< on no current list
    GoodInGrace,  ///< the newest list is past nextUpdate but within the grace; noted in receipts
    Revoked,
    Stale,   ///< the newest list is past its grace: cannot be told
    NoList,  ///< no list of this issuer is configured: registration alone decides
};

/// What is known of one certificate at one moment.
struct RevocationStatus {
    Standing standing = Standing::NoList;
    std::optional<base::Timestamp> revokedAt;
    std::optional<base::Timestamp> listNextUpdate;
};

/// Certificate revocation lists (RFC 5280), loaded from a directory of PEM or DER files, each
/// verified against its issuer among `anchors`. Immutable; reload by building a new one.
/// Thread-safe.
class RevocationLists {
  public:
    /// An unreadable or unverifiable list throws Fault naming the file.
    RevocationLists(const std::filesystem::path& directory,
                    const std::vector<CertificatePtr>& anchors);
    ~RevocationLists();
    [[nodiscard]] RevocationStatus statusOf(const Certificate& certificate, base::Timestamp at,
                                            std::chrono::seconds grace) const;
    /// Issuers whose newest list is past nextUpdate at `at`, for the operator's alarm.
    [[nodiscard]] std::vector<std::string> overdueIssuers(base::Timestamp at) const;

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::trust
