#pragma once
// Changes to registration files asked for through the operators' socket.

#include <filesystem>
#include <optional>
#include <string>

#include "gateway/app/config.h"
#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/document/tree.h"

namespace gateway::app {

/// Replaces one agency's registration file as a whole; the caller reloads and, if that fails,
/// undoes. A reader, or a start after a crash, finds the one or the other file, never a part. One
/// thread at a time.
class RegistrationChange {
  public:
    explicit RegistrationChange(const Config& config) : config_(config) {}

    /// Files of other agencies that cannot be read do not stand in the way.
    /// `act`: add-channel {agency, id, pem, mayRead, carries?}, add-signer {agency, pem},
    /// revoke {agency, sha256}. A certificate that has expired at `now` is not added. The error
    /// says what is wrong, for the operator.
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
    const Config& config_;
    std::optional<Saved> saved_;
};

}  // namespace gateway::app
