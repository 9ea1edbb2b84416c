#include "gateway/exchange/casework/on_behalf.h"

#include <algorithm>

#include "gateway/exchange/casework/case_roles.h"
#include "gateway/law/life/on_behalf.h"

namespace gateway::exchange {

using base::ErrorCode;
using base::Problem;

namespace {

// By which acts are recorded for their authors on that day.
std::vector<const law::ActRule*> recordingRules(const ReferenceData& reference, base::Date day) {
    std::vector<const law::ActRule*> rules;
    for (const auto& [type, act] : reference.law().acts())
        if (const auto* rule = act.ruleOn(day); rule && act.effect == law::Effect::OnBehalf)
            rules.push_back(rule);
    return rules;
}

}  // namespace

model::Act RecordedForAuthor::by(const model::Act& recorder) const {
    auto own = recorder;
    own.recordedFor = how;
    return own;
}

Problem RecordedForAuthor::inWrapper(Problem problem) {
    if (!problem.path.empty()) problem.path = "content/" + problem.path;
    return problem;
}

bool mayRecord(const ReferenceData& reference, const model::CaseFile& file,
               const model::Act& recorder) {
    const auto day = base::vietnamDate(recorder.recordedAt);
    const CaseRoles roles(reference, file, day);
    const auto may = [&](const law::ActRule* rule) {
        return std::ranges::any_of(file.obligations, [&](const model::ObligationState& state) {
            const auto own = roles.of(recorder.actor, state.no);
            return std::ranges::any_of(rule->senders, [&](const law::Sender& sender) {
                return own.contains(sender.role);
            });
        });
    };
    return std::ranges::any_of(recordingRules(reference, day), may);
}

base::Result<RecordedForAuthor> unwrapped(const ReferenceData& reference,
                                          const std::string& province, base::Date day,
                                          const model::DeclaredAct& wrapper) {
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
    made.how.author = partyNamed(reference, read.author, province, day);
    made.how.receivedOn = read.receivedOn.value_or(day);
    made.how.form = std::move(read.form);
    if (const auto* clerk = wrapper.content.child("clerk")) made.how.clerk = clerk->value;
    return made;
}

std::vector<law::ToldRole> toldBeside(const ReferenceData& reference, const model::Event& event) {
    std::vector<law::ToldRole> told;
    // Whoever is told as the author holds the role in which it was recorded.
    const auto author = model::valueOf<law::Role>(event.decided->role);
    if (!event.recordedFor || !author) return told;
    for (const auto* rule : recordingRules(reference, base::vietnamDate(event.recordedAt)))
        std::ranges::copy(law::toldBeside(*rule, *author), std::back_inserter(told));
    return told;
}

}  // namespace gateway::exchange
