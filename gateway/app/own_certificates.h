#pragma once
// Our seal certificates as told to partners by GET /v1/keys.

#include <mutex>
#include <string>
#include <utility>

#include "gateway/app/config.h"
#include "gateway/trust/certificate.h"

namespace gateway::app {

/// {"keys":[{"use":"present|past|next","sha256","notBefore","notAfter","pem"}]}, the present one
/// first. Past and next are told by their dates against `now`. Throws InputError if seal.others
/// or a certificate in it cannot be read.
[[nodiscard]] std::string sealKeysJson(const Config& config, const trust::Certificate& present,
                                       base::Timestamp now);

/// The body of GET /v1/keys as of the last load. Thread-safe.
class SealKeys {
  public:
    explicit SealKeys(std::string json) : json_(std::move(json)) {}
    [[nodiscard]] std::string json() const {
        const std::lock_guard lock(mutex_);
        return json_;
    }
    void replace(std::string json) {
        const std::lock_guard lock(mutex_);
        json_ = std::move(json);
    }

  private:
    mutable std::mutex mutex_;
    std::string json_;
};

}  // namespace gateway::app
