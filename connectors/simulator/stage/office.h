#pragma once
// One agency's own software: writes in its own format, signs with its own seal, sends on its own
// line, reads what comes and says so.

#include <atomic>
#include <memory>
#include <optional>

#include "connectors/simulator/stage/world.h"
#include "gateway/model/questions/any_message.h"
#include "gateway/trust/signer.h"

namespace gateway::simulator {

/// A message ready to send.
struct SignedText {
    std::string mediaType, body, detachedHeader;
};

/// What the gateway answered. `evidence` holds the members of a Receipt or Refusal in the names of
/// protocol.md, whichever family it came in.
struct Answer {
    int status = 0;
    std::string mediaType, body;
    bool confirmed = false;  ///< foreign tool and own verifier both say: sealed by the gateway
    document::Node evidence;

    [[nodiscard]] std::string text(const char* name) const;
    [[nodiscard]] bool hasVerdict(const char* verdict) const { return text("verdict") == verdict; }
    [[nodiscard]] bool hasNote(const std::string& start) const;
    /// The reasons of a refusal, or nothing.
    [[nodiscard]] std::vector<document::Node> reasons() const;
};

/// A message of the gateway to us.
struct Delivery {
    std::string item, mediaType, bytes;
    model::Message message;
};

/// Sending and fetching: one thread; receive() may run beside it on others.
class Office {
  public:
    Office(World& world, const Member& member);

    [[nodiscard]] const Member& member() const noexcept { return member_; }
    [[nodiscard]] const std::string& code() const noexcept { return member_.code; }

    /// A message to the gateway with a new id.
    [[nodiscard]] model::Message compose(model::Payload payload);
    /// In the agency's own format, not signed yet; laid out for people.
    [[nodiscard]] std::string write(const model::Message& message) const;
    [[nodiscard]] SignedText sign(const std::string& text) const;
    [[nodiscard]] SignedText signDetached(const std::string& bytes, const std::string& mediaType);

    /// Posts and has the answer checked; `what` names the piece of evidence.
    Answer post(const std::string& path, const SignedText& text, const std::string& what);
    /// All of it for an ordinary message.
    Answer send(model::Payload payload, const std::string& what);
    /// A question and its verified answer; nothing if there was none.
    [[nodiscard]] std::optional<model::Message> ask(model::Payload question,
                                                    const std::string& what);

    /// Fetches, checks and acknowledges everything in the mailbox.
    std::vector<Delivery> fetchAll();
    /// Reads a delivery; nothing if its seal, form or content is not good. Thread-safe.
    [[nodiscard]] std::optional<Delivery> read(const std::string& item, const std::string& bytes,
                                               const std::string& mediaType) const;
    /// Our signed word on a delivery. Thread-safe.
    [[nodiscard]] SignedText acknowledge(const std::string& item, const std::string& bytes);

  private:
    /// Null: the canonical form of an act, which needs no mapping.
    [[nodiscard]] const mapping::Plan* planFor(const std::string& type) const;
    [[nodiscard]] std::optional<Delivery> fetch(const std::string& item);
    [[nodiscard]] server::CallOutcome call(server::OutgoingCall call);

    World& world_;
    const Member& member_;
    std::unique_ptr<trust::Signer> signer_;
    trust::Seal seal_;
    std::atomic<int> sent_{0};
};

}  // namespace gateway::simulator
