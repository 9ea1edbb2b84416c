#include "gateway/exchange/matters/matter_acts.h"

#include <algorithm>

#include "gateway/exchange/casework/case_findings.h"
#include "gateway/exchange/casework/term_owners.h"
#include "gateway/exchange/matters/sheet_findings.h"
#include "gateway/exchange/matters/told_roles.h"
#include "gateway/exchange/records/law_words.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using model::CaseFile;
using model::MatterPart;

const MatterPart& partOf(const CaseFile& file, std::int64_t no) {
    const auto found = std::ranges::find(file.matter->parts, no, &MatterPart::no);
    GW_CHECK(found != file.matter->parts.end());
    return *found;
}

std::vector<std::int64_t> spokenOf(const MatterPlace& place) {
    if (!place.parts.empty()) return place.parts;
    std::vector<std::int64_t> all;
    for (const auto& part : place.file.matter->parts) all.push_back(part.no);
    return all;
}

law::MatterLife lifeOf(const law::LawBook& law, const CaseFile& file) {
    return {law, *file.matter, file.facts, file.terms};
}

}  // namespace

std::set<std::string, std::less<>> MatterActs::findings(const model::Act& act,
                                                        const MatterPlace& place,
                                                        const model::DeclaredAct& said) const {
    return sheetFindings(*snapshot_.reference, cases_, act, *place.file.matter, said);
}

Problem MatterActs::refusal(const MatterPlace& place, const law::ActDeclaration& declared,
                            const law::Step& step) const {
    const auto& reason = step.reasons.front();
    const auto& law = snapshot_.reference->law();
    const auto legal = legalWords(law, step.legalActs);
    if (reason.code != "CONFLICT_STATE") return actRefused(declared, reason, legal);
    const auto& part = partOf(place.file, spokenOf(place).back());
    base::Words state{part.state, part.state};
    const auto& process = law.process(place.file.matter->subject);
    if (const auto* line = process.stageNamed(part.state)) state.vi = line->vi;
    return Problem(ErrorCode::CONFLICT_STATE, placeOf(reason), {})
        .inWords("event", {declared.vi, declared.type})
        .inWords("state", state)
        .inWords("reason", {reason.vi, reason.en})
        .inWords("legal", legal);
}

model::Decided MatterActs::decidedBy(const CaseFile& file, const law::MatterLife& life,
                                     const std::vector<law::Step>& steps) const {
    model::Decided decided;
    decided.law = snapshot_.reference->law().digest().hex();
    for (const auto& step : steps) {
        decided.facts.insert(decided.facts.end(), step.facts.begin(), step.facts.end());
        for (const auto& mark : step.marks) decided.marks.push_back(mark.name);
        for (const auto& news : step.terms) decided.changes.push_back(changeOf(news));
    }
    for (auto& term : life.terms())
        if (std::ranges::find(file.terms, term) == file.terms.end())
            decided.terms.push_back(std::move(term));
    for (const auto& [no, state] : life.states())
        if (partOf(file, no).state != state->name) decided.states.push_back({no, state->name});
    return decided;
}

base::Result<Decision> MatterActs::judge(const model::Act& act, const law::ActDeclaration& declared,
                                         model::DeclaredAct said) const {
    const auto day = base::vietnamDate(act.recordedAt);
    const auto& reference = *snapshot_.reference;
    MatterFiles files(reference, cases_, log_);
    auto placed = files.placeOf(act, declared, said.content);
    if (!placed) return std::move(placed).error();
    auto& place = *placed;
    auto& file = place.file;
    if (place.version == 0) file.matter->caseId = place.opened->caseId = said.caseReference.caseId;

    law::SaidAct spoken;
    spoken.type = said.type;
    spoken.id = model::sourceOf(act.actor, act.messageId);
    spoken.day = day;
    spoken.recordedAt = act.recordedAt;
    spoken.content = said.content;
    spoken.brought = place.brought;
    const OfficeRoles roles(reference.directory(), day);
    const auto& rule = *declared.ruleOn(day);
    std::optional<law::Role> sender;
    for (const auto no : spokenOf(place)) {
        auto own = roles.in(*file.matter, partOf(file, no), act.actor);
        for (const auto& one : rule.senders)
            if (!sender && own.contains(one.role)) sender = one.role;
        spoken.roles.emplace(no, std::move(own));
    }
    // Who has no part in it learns nothing of its state.
    if (!sender) return Problem(ErrorCode::FORBIDDEN_CASE).with("agency", act.actor);
    spoken.sender = *sender;
    if (auto problem = refusedByFinding(reference, file, act, declared, rule, said.content, {}))
        return *std::move(problem);

    auto life = lifeOf(reference.law(), file);
    std::vector<law::Step> steps;
    life.advance(day, [&steps](const law::Step& step) { steps.push_back(step); });
    steps.push_back(life.take(spoken, place.parts, findings(act, place, said)));
    if (!steps.back().reasons.empty()) return refusal(place, declared, steps.back());

    auto event = model::eventBy(act, model::EventType::ActRecorded, file.caseId);
    event.legalBasis = steps.back().basis;
    event.decided = decidedBy(file, life, steps);
    event.decided->role = model::nameOf(steps.back().sender);
    event.matter = place.opened;
    event.act = std::move(said);
    Decision decision;
    decision.caseId = file.caseId;
    decision.expectedVersion = place.version;
    decision.notes = tell(*file.matter, spokenOf(place), place.author, steps.back().told, event);
    // As it is folded from the log: parts come with the event that brings them.
    CaseFile before;
    if (place.version != 0) before = file;
    if (place.version != 0 && place.opened) before.matter->parts.pop_back();
    auto folded = before;
    fold(folded, event);
    complete(folded, event);
    folded = std::move(before);
    fold(folded, event);
    folded.version = place.version + 1;
    decision.outbox = notifications_.forDecided(folded, event);
    decision.caseAfter = std::move(folded);
    decision.events.push_back(std::move(event));
    return decision;
}

std::vector<std::string> MatterActs::tell(const model::Matter& matter,
                                          const std::vector<std::int64_t>& parts,
                                          const std::string& author,
                                          const std::vector<law::ToldRole>& told,
                                          model::Event& event) const {
    const auto day = base::vietnamDate(event.recordedAt);
    const OfficeRoles roles(snapshot_.reference->directory(), day);
    return tellRoles(snapshot_, told, event, [&](law::Role role) {
        std::vector<std::string> agencies;
        if (role == law::Role::Author && !author.empty()) return std::vector{author};
        if (role == law::Role::Addressee)
            return roles.holders(role, {}, roles.namedIn(event.act->content));
        for (const auto& part : matter.parts)
            if (std::ranges::find(parts, part.no) != parts.end())
                for (auto& code : roles.holdersIn(matter, part, role))
                    agencies.push_back(std::move(code));
        return agencies;
    });
}

void MatterActs::tellOf(const model::Matter& matter, const std::vector<law::ToldRole>& told,
                        model::Event& event) const {
    static_cast<void>(tell(matter, {0}, {}, told, event));
    // Owed to nobody: whoever cannot take it is not missed.
    const auto& rights = snapshot_.reference->rights();
    for (auto& one : event.decided->told)
        if (!rights.takes(one.agency, model::MessageType::DeclaredAct, event.recordedAt))
            one.withheld = true;
}

void MatterActs::complete(const CaseFile& after, model::Event& event) const {
    const auto at = event.recordedAt;
    const auto day = base::vietnamDate(at);
    const auto& directory = snapshot_.reference->directory();
    const OfficeRoles roles(directory, day);
    const auto& rights = snapshot_.reference->rights();
    const auto holders = [&](law::Role role, std::int64_t part) {
        std::vector<std::string> agencies;
        for (const auto& code : roles.holdersIn(*after.matter, partOf(after, part), role))
            if (auto agency = holderOf(directory, code, day);
                std::ranges::find(agencies, agency) == agencies.end())
                agencies.push_back(std::move(agency));
        return agencies;
    };
    for (auto& change : event.decided->changes) {
        std::vector<std::string> agencies;
        for (const auto& name : change.told)
            for (auto& agency : holders(model::valueOf<law::Role>(name).value(), change.obligation))
                if (snapshot_.registry->partner(agency) &&
                    rights.takes(agency, model::MessageType::DeclaredAct, at) &&
                    std::ranges::find(agencies, agency) == agencies.end())
                    agencies.push_back(std::move(agency));
        change.told = std::move(agencies);
    }
    const auto held = [&](const std::string& agency, std::int64_t part) {
        return roles.in(*after.matter, partOf(after, part), agency);
    };
    recordOwners({holders, held}, after, event);
}

model::Decided MatterActs::tick(const CaseFile& file, base::Date today) const {
    auto life = lifeOf(snapshot_.reference->law(), file);
    std::vector<law::Step> steps;
    life.advance(today, [&steps](const law::Step& step) { steps.push_back(step); });
    return decidedBy(file, life, steps);
}

model::Decided MatterActs::hear(const CaseFile& file, std::vector<model::Fact> facts,
                                base::Date today) const {
    auto life = lifeOf(snapshot_.reference->law(), file);
    std::vector<law::Step> steps;
    life.advance(today, [&steps](const law::Step& step) { steps.push_back(step); });
    steps.push_back(life.hear(std::move(facts), today));
    return decidedBy(file, life, steps);
}

}  // namespace gateway::exchange
