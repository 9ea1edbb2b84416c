#pragma once
// Revocations that hold whatever state the registration files are in.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/trust/partners/registry.h"

namespace gateway::app {

/// One file for each certificate, revoked/<sha256 in hex>, with the time inside: in the folder of
/// the registrations, or beside the store (empty: none) where that cannot be written. It is the
/// file's name that counts: one whose time cannot be read revokes from now on. An operator removes
/// a mark when the registration file itself says it. Immutable; thread-safe.
class RevocationMarks {
  public:
    RevocationMarks(const std::filesystem::path& registrations,
                    const std::filesystem::path& besideStore) :
        directories_{registrations / "revoked"} {
        if (!besideStore.empty()) directories_.push_back(besideStore / "revoked");
    }
    /// Durable when it returns. Throws base::Fault when neither place can be written.
    void add(const std::string& sha256, base::Timestamp since) const;
    /// The answer says which mark could not be looked at (English); nothing if all could.
    [[nodiscard]] std::optional<std::string> applyTo(trust::Registry::Data& data,
                                                     base::Timestamp now) const;

  private:
    std::vector<std::filesystem::path> directories_;
};

/// Whether a channel or signer of `agency` with that certificate is there and (`revoked`) revoked.
[[nodiscard]] bool isRegistered(const trust::Registry::Data& data, const std::string& agency,
                                const std::string& sha256, bool revoked);

}  // namespace gateway::app
