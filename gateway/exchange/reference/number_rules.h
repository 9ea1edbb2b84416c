#pragma once
// What follows from a doubtful number of a ruling: data, mappings/case-model/plausibility.xml.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/model/messages/case_number.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

enum class NumberConsequence { Accept, Note, Refuse };

}  // namespace gateway::exchange

namespace gateway::model {
template <>
struct Names<exchange::NumberConsequence> {
    static constexpr std::pair<exchange::NumberConsequence, std::string_view> table[] = {
        {exchange::NumberConsequence::Accept, "accept"},
        {exchange::NumberConsequence::Note, "note"},
        {exchange::NumberConsequence::Refuse, "refuse"}};
};
}  // namespace gateway::model

namespace gateway::exchange {

/// Immutable, thread-safe.
class NumberRules {
  public:
    using Consequences = std::map<model::NumberDoubt, NumberConsequence>;
    NumberRules() = default;
    /// A doubt that has no entry is noted.
    explicit NumberRules(Consequences consequences) : consequences_(std::move(consequences)) {}

    struct Verdict {
        /// MAPPING_VALUE with the number's path below the payload.
        std::optional<base::Problem> refusal;
        /// Notes of the receipt: "number:no-year:ruling/reference/number" (protocol.md).
        std::vector<std::string> notes;
    };
    /// Every ruling that the message brings or names, also in the content of an act. Pure.
    [[nodiscard]] Verdict judge(const model::Payload& payload) const;

  private:
    Consequences consequences_;
};

}  // namespace gateway::exchange
