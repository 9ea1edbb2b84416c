#pragma once
// Many cases pass from one officer to another: chosen, tried, and sent one by one, each as an act
// of its own under the office's seal, so that each case has its own fact and its own refusal.

#include <functional>
#include <string>
#include <vector>

#include "gateway/model/questions/any_message.h"

namespace gateway::app {

enum class HandOverOutcome : std::uint8_t {
    Planned,
    Sent,  ///< what became of it is not known yet
    Accepted,
    Refused
};

struct HandOverLine {
    std::string caseId, ruling;  ///< ruling: for people
    std::string messageId;
    HandOverOutcome outcome{};
    std::string reason;  ///< of a refusal, or what stands against it
};

/// A file that people read and change: a line that they take out is not sent.
struct HandOverPlan {
    std::string gateway;   ///< address
    std::string from, to;  ///< officers as the cases have them
    base::Date on{};
    std::string reason;
    std::vector<HandOverLine> lines;
};

/// Which cases: those that one officer has (none: that nobody has), of one enforcement authority
/// that the office has followed, and of one court, if these are given.
struct HandOverChoice {
    std::string officer, office, court;
};

/// Adds the case if it is chosen. One that another officer has in part is added as refused: as a
/// whole it cannot be handed over. Ids follow from plan and case, so that a plan made again names
/// the same ones only if it is the same plan.
void choose(const model::CaseView& view, const HandOverChoice& choice, HandOverPlan& plan);

/// What the gateway said to one message.
struct HandOverWord {
    enum class Kind : std::uint8_t { Accepted, Refused, Unknown } kind{};
    std::string reason;
};

/// How a plan reaches the gateway.
class HandOverGateway {
  public:
    virtual ~HandOverGateway() = default;
    [[nodiscard]] virtual HandOverWord send(const model::Message& message, bool dryRun) = 0;
    /// Whether it has taken a message with that id.
    [[nodiscard]] virtual bool hasTaken(const std::string& messageId) = 0;
};

/// Tries each planned line without an effect; what would be refused is, with its reason.
void preview(HandOverPlan& plan, HandOverGateway& gateway, base::Timestamp now);

/// Sends what is planned, and asks for what was sent before. `keep` is called with the plan before
/// and after each message, so that an interrupted run goes on where it was. Stops at the first
/// message of which nothing is known; false then.
[[nodiscard]] bool apply(HandOverPlan& plan, HandOverGateway& gateway,
                         const std::function<base::Timestamp()>& now,
                         const std::function<void(const HandOverPlan&)>& keep);

template <class V>
void describe(V& v, HandOverLine& l) {
    v.required("case", l.caseId);
    v.required("ruling", l.ruling);
    v.required("messageId", l.messageId);
    v.required("outcome", l.outcome);
    v.optional("reason", l.reason);
}

template <class V>
void describe(V& v, HandOverPlan& p) {
    v.required("gateway", p.gateway);
    v.optional("from", p.from);
    v.required("to", p.to);
    v.required("on", p.on);
    v.required("reason", p.reason);
    v.optional("lines", p.lines);
}

}  // namespace gateway::app

template <>
struct gateway::model::Names<gateway::app::HandOverOutcome> {
    using enum gateway::app::HandOverOutcome;
    static constexpr std::pair<gateway::app::HandOverOutcome, std::string_view> table[] = {
        {Planned, "planned"}, {Sent, "sent"}, {Accepted, "accepted"}, {Refused, "refused"}};
};
