#include "gateway/model/cases/case_file.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/model/cases/case_facts.h"

namespace gateway::model {
namespace {

// A ruling as it came, or as it has been corrected: obligations that stay keep their stage.
void takeRuling(CaseFile& file, const Ruling& ruling) {
    file.ruling = ruling;
    const auto before = std::exchange(file.obligations, {});
    for (const auto& obligation : ruling.obligations) {
        ObligationState state;
        state.no = obligation.no;
        // Property parts follow civil enforcement law and are not monitored (NĐ 71/2016 Đ.3.1).
        state.stage = obligation.category == Category::H ? Stage::NotMonitored : Stage::Received;
        const auto known = std::ranges::find(before, obligation.no, &ObligationState::no);
        if (known != before.end()) state.stage = known->stage;
        file.obligations.push_back(std::move(state));
    }
}

void foldTransfer(CaseFile& file, const Event& event) {
    file.caseId = event.caseId;
    file.routing = *event.routing;
    file.transferredBy = event.recordedFor ? event.recordedFor->author : event.actor;
    file.obligations.clear();
    takeRuling(file, *event.ruling);
}

// Opens the file, or adds parts to it.
void foldMatter(CaseFile& file, const Event& event) {
    if (file.caseId.empty()) {
        file.caseId = event.caseId;
        file.matter = event.matter;
        return;
    }
    for (const auto& part : event.matter->parts) file.matter->parts.push_back(part);
}

void foldDecided(CaseFile& file, const Event& event) {
    const auto& decided = *event.decided;
    file.judgedByLaw = true;
    if (event.ruling && event.type != EventType::JudgmentTransferred)
        takeRuling(file, *event.ruling);
    for (auto& fact : file.facts)
        if (std::ranges::find(decided.struck, fact.source) != decided.struck.end())
            fact.struck = true;
    file.facts.insert(file.facts.end(), decided.facts.begin(), decided.facts.end());
    for (const auto& term : decided.terms) {
        const auto known = std::ranges::find_if(
            file.terms, [&term](const Term& one) { return ofSameTerm(one, term); });
        if (known == file.terms.end())
            file.terms.push_back(term);
        else
            *known = term;
    }
    for (const auto& reached : decided.stages)
        if (auto* state = file.state(reached.obligation)) state->stage = reached.stage;
    for (const auto& reached : decided.states)
        if (auto* part = file.part(reached.part)) part->state = reached.state;
    ActInCase act{event.messageId,
                  event.act ? event.act->type : std::string(actOfEvent(event.type)),
                  event.actor,
                  decided.role,
                  base::vietnamDate(event.recordedAt),
                  {}};
    for (const auto& told : decided.told)
        act.told.push_back(told.agency.empty() ? told.role : told.role + " " + told.agency);
    file.acts.push_back(std::move(act));
}

// Stages as they were set before they followed from facts.
void foldOld(CaseFile& file, const Event& event) {
    if (event.type == EventType::Registered)
        for (auto& state : file.obligations)
            if (state.stage == Stage::Received) state.stage = Stage::Registered;
    for (const auto no : oldObligations(event)) {
        auto* state = file.state(no);
        if (state && event.type == EventType::NoticeIssued) state->stage = Stage::Voluntary;
        if (state && event.type == EventType::CompletionReported) state->stage = Stage::Completed;
    }
    auto facts = factsOfOld(event);
    if (facts.empty()) return;
    file.judgedByLaw = false;
    file.facts.insert(file.facts.end(), facts.begin(), facts.end());
    file.acts.push_back({event.messageId,
                         std::string(actOfEvent(event.type)),
                         event.actor,
                         {},
                         base::vietnamDate(event.recordedAt),
                         {}});
}

void foldUndo(CaseFile& file, const Event& event) {
    file.undoneOn = event.happenedOn;
    for (auto& state : file.obligations) state.stage = Stage::NotMonitored;
}

}  // namespace

Stage CaseFile::stage() const noexcept {
    const ObligationState* least = nullptr;
    for (const auto& state : obligations)
        if (state.stage != Stage::NotMonitored && (!least || state.stage < least->stage))
            least = &state;
    return least ? least->stage : Stage::NotMonitored;
}

MatterPart* CaseFile::part(std::int64_t no) noexcept {
    if (!matter) return nullptr;
    const auto found = std::ranges::find(matter->parts, no, &MatterPart::no);
    return found == matter->parts.end() ? nullptr : &*found;
}

std::string CaseFile::officer(std::int64_t no) const {
    const Fact* last = nullptr;
    for (const auto& fact : facts)
        if (fact.kind == FactKind::Officer && !fact.struck &&
            (fact.obligation == 0 || fact.obligation == no) && (!last || fact.on >= last->on))
            last = &fact;
    return last ? last->party : std::string();
}

const Obligation* CaseFile::obligation(std::int64_t no) const noexcept {
    const auto found = std::ranges::find(ruling.obligations, no, &Obligation::no);
    return found == ruling.obligations.end() ? nullptr : &*found;
}

ObligationState* CaseFile::state(std::int64_t no) noexcept {
    const auto found = std::ranges::find(obligations, no, &ObligationState::no);
    return found == obligations.end() ? nullptr : &*found;
}

const ObligationState* CaseFile::state(std::int64_t no) const noexcept {
    const auto found = std::ranges::find(obligations, no, &ObligationState::no);
    return found == obligations.end() ? nullptr : &*found;
}

const NoticeState* CaseFile::notice(std::string_view number) const noexcept {
    const auto found = std::ranges::find(notices, number, &NoticeState::number);
    return found == notices.end() ? nullptr : &*found;
}

void fold(CaseFile& file, const Event& event) {
    GW_CHECK(file.caseId.empty() || file.caseId == event.caseId);
    if (event.type == EventType::JudgmentTransferred) foldTransfer(file, event);
    if (event.type == EventType::TransferUndone) foldUndo(file, event);
    if (event.matter) foldMatter(file, event);
    if (event.decided)
        foldDecided(file, event);
    else if (event.type != EventType::Parked)
        foldOld(file, event);
    showFacts(file);
}

}  // namespace gateway::model
