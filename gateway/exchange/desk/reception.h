#pragma once
// From a request's bytes to a message we understand and may listen to: roads 4-7 of the design,
// shared by messages and questions.

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/base/memory_account.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/desk/rate_limiter.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

/// The bytes as they came through the door, with the channel they came on. `channel` belongs to
/// `snapshot` and lives as long.
struct Inbound {
    std::string body;
    std::string mediaType;
    std::string detachedHeader;
    SnapshotPtr snapshot;
    const trust::Channel* channel = nullptr;
    base::Timestamp receivedAt{};
    bool dryRun = false;
    /// What counts it for the agency that has signed it; null for the answer to a push of ours.
    RateLimiter* rates = nullptr;
    /// What bounds, by channel, the refusals that no agency's rate counts; null likewise.
    RateLimiter* refusalRates = nullptr;
    /// What reading it holds, in the channel's name till the signer is known; null likewise.
    base::MemoryAccount::Hold* memory = nullptr;
    /// Names the request in the log line of its verdict; its sender reads it in X-Correlation-Id.
    std::string correlation{};

    [[nodiscard]] Family family() const noexcept;
};

/// What goes back over HTTP. Without a media type: the door says it in its own words; with 410
/// `bytes` names the archive.
struct Answer {
    int status = 200;
    std::string mediaType;
    std::string bytes;
    /// Set when it refuses what was posted; class T leaves words and form to the door.
    std::optional<base::ErrorClass> refused{};
    std::chrono::seconds retryAfter{};  ///< with 429
};

/// A message whose signer is known, registered and allowed to say this kind of thing.
struct Received {
    trust::Verified verified;
    std::string mappingId, mappingSha256;  ///< by which it was read
    const trust::Partner* partner = nullptr;
    model::Message message;
    document::Node ours;  ///< as mapped, with the positions in the sender's document; no files
    std::vector<std::string> notes;
    bool canonical = false;                ///< an act read by its declaration alone
    std::vector<std::string> unchanged{};  ///< as mapping::Plan::unchangedWhenAbsent
};

/// Why not, and what was known of the sender by then.
struct Refused {
    std::vector<base::Problem> problems;
    std::string signerAgency, signerSha256, messageId, messageType;
    std::chrono::seconds retryAfter{};  ///< with RATE_LIMITED
};

/// How soon what was put off for want of memory may be tried again; the door says the same.
inline constexpr std::chrono::seconds kMemoryPause{5};

/// Reads and judges one message up to, but not including, its case. Thread-safe, stateless.
class Reception {
  public:
    enum class Purpose { Message, Question, DeliveryReceipt };

    Reception(Identity identity, const base::Limits& limits) :
        identity_(std::move(identity)), limits_(limits) {}

    [[nodiscard]] base::Result<Received, Refused> receive(const Inbound& inbound,
                                                          Purpose purpose) const;

    /// The first part of receive(): signature, channel, rates, memory.
    [[nodiscard]] base::Result<trust::Verified, Refused> admit(const Inbound& inbound,
                                                               Purpose purpose) const;
    /// The second, for a message by a mapping that is known already.
    [[nodiscard]] base::Result<Received, Refused> read(const Inbound& inbound,
                                                       trust::Verified verified,
                                                       const mapping::Plan& plan,
                                                       const mapping::ExchangeValues& values) const;
    /// What the exchange itself gives to a mapping that reads.
    [[nodiscard]] mapping::ExchangeValues valuesOf(const Inbound& inbound,
                                                   const trust::Verified& verified) const;

  private:
    /// The mapping, or the declaration alone, by which a message was read.
    struct ReadBy {
        std::string id, sha256;
        bool canonical = false;
    };
    [[nodiscard]] base::Result<Received, Refused> understand(const Inbound& inbound,
                                                             trust::Verified verified) const;
    [[nodiscard]] base::Result<Received, Refused> mapped(
        const Inbound& inbound, trust::Verified verified, const mapping::Plan& plan,
        const mapping::ExchangeValues& values) const;
    [[nodiscard]] base::Result<Received, Refused> judged(const Inbound& inbound,
                                                         base::Result<Received, Refused> received,
                                                         Purpose purpose) const;
    [[nodiscard]] base::Result<Received, Refused> understandAct(const Inbound& inbound,
                                                                trust::Verified verified,
                                                                const law::ActDeclaration& act,
                                                                document::Node ours,
                                                                ReadBy by) const;
    [[nodiscard]] base::Result<Received, Refused> bound(const Snapshot& snapshot,
                                                        trust::Verified verified,
                                                        document::Node ours,
                                                        const std::string& type, ReadBy by) const;
    void addContradicted(const Received& received, std::vector<base::Problem>& problems) const;
    [[nodiscard]] std::vector<base::Problem> judgeEnvelope(const Inbound& inbound,
                                                           const Received& received,
                                                           Purpose purpose) const;
    Identity identity_;
    base::Limits limits_;
};

/// A path in ours becomes the sender's own.
[[nodiscard]] base::Problem placedIn(const Received& received, base::Problem problem);

/// The refusal of a message that was understood, its place in the sender's own document.
[[nodiscard]] Refused refusedAs(const Received& received, base::Problem problem);

/// A limit as one says it: minutes below an hour, hours below two days, else days; a smaller unit
/// where that is exact.
[[nodiscard]] base::Words spanWords(std::chrono::seconds span);

/// Whether a type is a question, answered at once and recorded only in the read audit.
[[nodiscard]] bool isQuestion(model::MessageType type) noexcept;

}  // namespace gateway::exchange
