#pragma once
// Changes to registration files asked for through the operators' socket.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/app/settings/config.h"
#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/document/tree.h"
#include "gateway/trust/partners/registration.h"

namespace gateway::app {

/// Replaces one agency's registration file as a whole; the caller reloads and, if that fails,
/// undoes. A reader, or a start after a crash, finds the one or the other file, never a part. One
/// thread at a time.
class RegistrationChange {
  public:
    /// Why the door, as it stands, would not take a certificate shown with these (its own first)
    /// at a moment (English); nothing if it would.
    using Trial =
        std::function<std::optional<std::string>(const std::vector<trust::CertificatePtr>& shown,
                                                 trust::CertificateUse use, base::Timestamp at)>;

    RegistrationChange(const Config& config, Trial trial) :
        config_(config), trial_(std::move(trial)) {}

    /// Files of other agencies that cannot be read do not stand in the way.
    /// `act`: add-channel {agency, id, pem, mayRead, carries?}, add-signer {agency, pem},
    /// revoke {agency, sha256}. `pem` begins with the certificate itself; what its owner sends
    /// along in a handshake may follow, to be tried with it, and is not kept. A certificate that
    /// has expired at `now`, or that the trial refuses at `now` or on its first day, whichever is
    /// later, is not added. The error says what is wrong, for the operator.
    [[nodiscard]] base::Result<base::Done, std::string> apply(const std::string& act,
                                                              const document::Node& details,
                                                              base::Timestamp now);
    /// The name of the file that the last apply() replaced.
    [[nodiscard]] std::string changedFile() const;
    /// Puts back what the last apply() replaced. Throws base::Fault if it cannot: then the changed
    /// file is still there.
    void undo();

  private:
    struct Saved {
        std::filesystem::path file;
        std::string contents;
    };
    void addCertificate(trust::Registration& registration, const document::Node& details,
                        trust::CertificateUse use, base::Timestamp now) const;

    const Config& config_;
    const Trial trial_;
    std::optional<Saved> saved_;
};

}  // namespace gateway::app
