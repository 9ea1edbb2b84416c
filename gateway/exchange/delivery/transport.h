#pragma once
// The port by which a delivery reaches a partner that takes pushes, and by which it is asked
// whether one has reached it.

#include <chrono>
#include <optional>
#include <string>

#include "gateway/trust/partners/registry.h"

namespace gateway::exchange {

/// The bytes of one attempt; the same for every attempt of an item.
struct Push {
    std::string itemId;
    std::string bytes;
    std::string mediaType;
};

/// How far an attempt or a question got. `Maybe`: bytes went out and no whole answer came back.
enum class Reach { NotSent, Maybe, Answered };

struct PushOutcome {
    Reach reach = Reach::NotSent;
    int status = 0;                ///< when Answered
    std::string mediaType;         ///< of the answer
    std::string bytes;             ///< of the answer, bounded by Limits::answerBytes
    std::string error;             ///< for the operator, when not Answered
    std::string detachedHeader{};  ///< X-JWS-Signature of the answer, if it has one
    std::optional<std::chrono::seconds> retryAfter{};  ///< as the answer asks for
};

/// Implementations keep one total deadline per call (Limits::attemptTimeout), verify the
/// partner's server certificate against its registered anchors, never follow redirects, and
/// never throw for what the partner does. Thread-safe.
class Transport {
  public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual PushOutcome push(const trust::Partner& partner, const Push& push) = 0;
    /// Asks at Partner::pushStatusUrl what became of an item, under the same rules. Sends nothing
    /// of the item but its id.
    [[nodiscard]] virtual PushOutcome ask(const trust::Partner& partner,
                                          const std::string& itemId) = 0;
};

}  // namespace gateway::exchange
