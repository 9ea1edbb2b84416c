#pragma once
// One agency as its own software would be: a channel, a seal, and messages in the case model.

#include <memory>
#include <optional>
#include <string>

#include "gateway/model/questions/any_message.h"
#include "gateway/trust/signer.h"
#include "tests/scenario/support/reply.h"
#include "tests/scenario/support/world.h"
#include "tests/support/tls_probe.h"

namespace gateway::scenario {

/// A message ready to send: it can be sent again and again.
struct Signed {
    std::string body;
    std::string mediaType = "application/jose";
    std::string detachedHeader = {};
};

/// Thread-safe but for construction. The world must outlive it and know the agency.
class Agency {
  public:
    /// `channel` and `seal` name certificates; by default the agency's own.
    Agency(const World& world, std::string code, std::string channel = {}, std::string seal = {});

    /// An envelope around the payload, created now, with a new id unless one is given.
    [[nodiscard]] model::Message message(model::Payload payload, std::string id = {}) const;

    [[nodiscard]] Signed json(const model::Message& message) const;
    [[nodiscard]] Signed xml(const model::Message& message) const;
    /// Canonical JSON with its signature beside it (X-JWS-Signature).
    [[nodiscard]] Signed detached(const model::Message& message) const;
    /// The header of a detached signature over a body, with these claims.
    [[nodiscard]] std::string detachedOver(const std::string& body, const model::Envelope& claims,
                                           const std::string& contentType = "application/json",
                                           const std::string& type = {}) const;
    [[nodiscard]] Signed signJson(const std::string& text) const;
    [[nodiscard]] Signed signXml(const std::string& text) const;

    [[nodiscard]] Reply post(const std::string& path, const Signed& message) const;
    [[nodiscard]] Reply get(const std::string& path) const;
    [[nodiscard]] Reply send(const Signed& message) const { return post("/v1/messages", message); }
    [[nodiscard]] Reply send(const model::Message& message) const { return send(json(message)); }
    [[nodiscard]] Reply send(model::Payload payload) const {
        return send(message(std::move(payload)));
    }
    [[nodiscard]] Reply ask(const Signed& question) const { return post("/v1/queries", question); }
    [[nodiscard]] Reply ask(model::Payload payload) const {
        return ask(json(message(std::move(payload))));
    }

    /// The items open in its mailbox, after at most `waitSeconds`.
    [[nodiscard]] document::Node mailbox(int waitSeconds = 0) const;
    /// Its signed word on one delivery.
    [[nodiscard]] Signed word(const std::string& item, const std::string& deliveredBytes,
                              const std::string& refusedBecause = {}) const;
    [[nodiscard]] Signed detachedWord(const std::string& item,
                                      const std::string& deliveredBytes) const;
    [[nodiscard]] Reply close(const std::string& item, const Signed& word) const {
        return post("/v1/mailbox/" + item + "/receipt", word);
    }
    /// Fetches and accepts until nothing is open; how many items there were.
    int emptyMailbox() const;

    [[nodiscard]] const std::string& code() const noexcept { return code_; }
    [[nodiscard]] const trust::Seal& seal() const noexcept { return *seal_; }
    /// For raw bytes over its own channel.
    [[nodiscard]] thahc::test::ProbeSettings wire() const;

  private:
    [[nodiscard]] Reply call(const server::OutgoingCall& call) const;
    [[nodiscard]] Reply read(server::CallOutcome outcome) const;

    const World& world_;
    std::string code_, channel_;
    std::unique_ptr<trust::Signer> signer_;
    std::optional<trust::Seal> seal_;
    trust::CertificatePtr authority_, gatewaySeal_;
    std::unique_ptr<server::HttpsClient> client_;
};

/// Canonical JSON and XML of a message, unsigned.
[[nodiscard]] std::string jsonOf(const model::Message& message);
[[nodiscard]] std::string xmlOf(const model::Message& message);

/// Judges the gateway's seal on bytes by themselves; `content` is filled when it is good.
[[nodiscard]] bool sealIsGood(const std::string& bytes, const trust::CertificatePtr& seal,
                              document::Node* content = nullptr);

}  // namespace gateway::scenario
