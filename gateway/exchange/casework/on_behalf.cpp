#include "gateway/exchange/casework/on_behalf.h"

#include <algorithm>

#include "gateway/exchange/casework/case_roles.h"
#include "gateway/law/life/on_behalf.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
bool mayRecord(const ReferenceData& reference, const model::CaseFile& file, const model::Act& act,
               const law::ActRule& rule) {
    const CaseRoles roles(reference, file, base::vietnamDate(act.recordedAt));
    return std::ranges::any_of(file.obligations, [&](const model::ObligationState& state) {
        const auto own = roles.of(act.actor, state.no);
        return std::ranges::any_of(
            rule.senders, [&](const law::Sender& sender) { return own.contains(sender.role); });
    });
}

}  // namespace

base::Result<RecordedForAuthor> unwrapped(const ReferenceData& reference,
                                          const model::CaseFile& file, const model::Act& act,
                                          const model::DeclaredAct& wrapper) {
    const auto day = base::vietnamDate(act.recordedAt);
    const auto* rule = reference.law().act(wrapper.type)->ruleOn(day);
    if (!rule || !mayRecord(reference, file, act, *rule))
        return Problem(ErrorCode::FORBIDDEN_CASE).with("agency", act.actor);
    auto read = law::unwrap(reference.law(), wrapper.content, day);
    if (!read.reasons.empty()) {
        const auto& reason = read.reasons.front();
        return Problem(ErrorCode::MAPPING_VALUE, reason.path.substr(1), {})
            .with("value", read.type)
            .inWords("expected", {reason.vi, reason.en});
    }
    RecordedForAuthor made;
    made.act.type = std::move(read.type);
    made.act.content = std::move(read.content);
    made.act.attachments = wrapper.attachments;
    made.author = std::move(read.author);
    const auto textOf = [&](const char* name) {
        const auto* member = wrapper.content.child(name);
        return member ? member->value : std::string();
    };
    made.note = "ghi nhận thay " + made.author + ": " + textOf("formOfReceipt") + ", nhận ngày " +
                textOf("receivedOn") + ", người ghi nhận " + textOf("clerk");
    return made;
}

}  // namespace gateway::exchange
