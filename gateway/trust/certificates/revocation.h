#pragma once
// Revocation as a cached status with a stated grace, judged per request, never inside TLS.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::trust {

enum class Standing {
    Good,         ///< on no current list
    GoodInGrace,  ///< the newest list is past nextUpdate but within the grace; noted in receipts
    Revoked,
    Stale,   ///< the newest list is past its grace: cannot be told
    NoList,  ///< no list of this issuer is expected: registration alone decides
};

/// What is known of one certificate at one moment.
struct RevocationStatus {
    Standing standing = Standing::NoList;
    std::optional<base::Timestamp> revokedAt;
    std::optional<base::Timestamp> listNextUpdate;
};

/// One file, or one issuer without any, that an operator has to see to (English).
struct ListFault {
    std::string file;  ///< empty: no file at all
    std::string reason;
};

/// Where lists come from when one that cannot be used must not stop the others.
struct ListSources {
    std::filesystem::path directory;
    /// Copies of the last good lists, by name as in kept(): one counts only while `directory` has
    /// no usable list of the same issuer and key.
    std::map<std::string, std::string> kept;
    /// Since when an anchor, by its SHA-256 in hex, is known to be without any list.
    std::map<std::string, base::Timestamp> missingSince;
};

/// Certificate revocation lists (RFC 5280), loaded from a directory of PEM or DER files, each
/// verified against its issuer among `anchors`. Immutable; reload by building a new one.
/// Thread-safe.
class RevocationLists {
  public:
    /// An unreadable or unverifiable list throws Fault naming the file.
    RevocationLists(const std::filesystem::path& directory,
                    const std::vector<CertificatePtr>& anchors);
    /// Takes what can be used and names the rest in faults(). A list dated after `now` is none
    /// yet. Every anchor that may sign lists is expected to have one: without, its certificates
    /// stand in grace from missingSince (or `now`) on, then stale.
    RevocationLists(const ListSources& sources, const std::vector<CertificatePtr>& anchors,
                    base::Timestamp now);
    ~RevocationLists();
    [[nodiscard]] const std::vector<ListFault>& faults() const noexcept;
    /// The lists in force, DER by name, to be kept beside for a later start.
    [[nodiscard]] std::map<std::string, std::string> kept() const;
    /// The anchors without any list, for the next ListSources.
    [[nodiscard]] std::map<std::string, base::Timestamp> missingSince() const;
    [[nodiscard]] RevocationStatus statusOf(const Certificate& certificate, base::Timestamp at,
                                            std::chrono::seconds grace) const;
    /// Issuers whose newest list is past nextUpdate at `at`, for the operator's alarm.
    [[nodiscard]] std::vector<std::string> overdueIssuers(base::Timestamp at) const;

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::trust
