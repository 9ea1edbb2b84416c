#include "gateway/exchange/casework/case_law.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/casework/case_findings.h"
#include "gateway/exchange/casework/declared_content.h"
#include "gateway/exchange/records/law_words.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using law::FactKind;
using model::CaseFile;

std::string numbersOf(const CaseFile& file) {
    std::string list;
    for (const auto& state : file.obligations)
        list += (list.empty() ? "" : ", ") + std::to_string(state.no);
    return list;
}

base::Words stageWords(const law::LawBook& law, model::Stage stage) {
    const auto name = model::nameOf(stage);
    const auto* line = law.process().stageNamed(name);
    return {line ? line->vi : std::string(name), std::string(name)};
}

// Of a case of before terms were counted: what was over by then is nobody's news.
void tellNoOldNews(model::Decided& decided, base::Date today) {
    for (auto& change : decided.changes)
        for (const auto& term : decided.terms)
            if (model::ofSameTerm(term, change) && term.due && *term.due < today)
                change.told.clear();
}

Problem notInForce(const law::ActDeclaration& declared, base::Date day) {
    const auto text = base::formatDayMonthYear(day);
    return Problem(ErrorCode::ACT_REFUSED)
        .inWords("act", {declared.vi, declared.type})
        .inWords("reason", {"loại văn bản này không có hiệu lực vào ngày " + text,
                            "it is not in force on " + text})
        .with("basis", declared.article)
        .with("legal", "-");
}

// An author that is no agency of the directory is whom the ruling calls so, else somebody whom it
// entitles.
std::set<law::Role> rolesFor(const CaseRoles& roles, const CaseFile& file, const model::Act& act,
                             std::int64_t no) {
    const auto& author = authorOf(act);
    if (!act.recordedFor) return roles.of(author, no);
    if (const auto agency = roles.agencyNamed(author); !agency.empty()) return roles.of(agency, no);
    const auto* obligation = file.obligation(no);
    if (obligation && obligation->obligatedParty == author) return {law::Role::Obligated};
    if (obligation && obligation->obligatedSuperior == author) return {law::Role::Superior};
    return {law::Role::Entitled};
}

// What the directory can say against an act as a correction leaves it, and could not before.
std::optional<Problem> refusedAsCorrected(const ReferenceData& reference, const CaseFile& file,
                                          const model::Act& then, const document::Node& correction,
                                          const law::SaidAct& before, const NumberTaken& isTaken) {
    const auto* declared = reference.law().act(before.type);
    const auto* rule = declared ? declared->ruleOn(before.day) : nullptr;
    const auto* changes = correction.child("changes");
    if (!rule || !changes) return std::nullopt;
    const auto against = [&](document::Node content) {
        auto problem = canonicalAgencies(reference, *declared, then.actor, content, before.day);
        return problem
                   ? problem
                   : refusedByFinding(reference, file, then, *declared, *rule, content, isTaken);
    };
    auto content = before.content;
    law::applyChanges(content, *changes);
    if (against(before.content)) return std::nullopt;
    auto problem = against(std::move(content));
    if (problem) problem->path = "changes";
    return problem;
}

// One that followed another whole is the same; so is a person by the same name.
bool sameAgency(const model::AgencyDirectory& directory, const std::string& now,
                const std::string& before, base::Date day) {
    return now == before || directory.closure(now, day).contains(before);
}

std::vector<law::ToldRole> rolesTold(const std::vector<model::Told>& told) {
    std::vector<law::ToldRole> roles;
    for (const auto& one : told)
        if (const auto role = model::valueOf<law::Role>(one.role))
            roles.push_back({*role, law::Level::Law, one.basis, law::What::Act, false});
    return roles;
}

}  // namespace

law::SaidAct CaseLaw::saidBy(const CaseFile& file, const model::Act& act, const law::ActRule& rule,
                             std::string type) const {
    const CaseRoles roles(reference_, file, base::vietnamDate(act.recordedAt));
    law::SaidAct said;
    said.type = std::move(type);
    said.id = model::sourceOf(act.actor, act.messageId);
    said.day = base::vietnamDate(act.recordedAt);
    said.recordedAt = act.recordedAt;
    said.shapeJudged = true;
    if (act.recordedFor) {
        said.receivedOn = act.recordedFor->receivedOn;
        said.form = act.recordedFor->form;
    }
    std::set<law::Role> all;
    for (const auto& state : file.obligations) {
        said.roles[state.no] = rolesFor(roles, file, act, state.no);
        all.insert(said.roles[state.no].begin(), said.roles[state.no].end());
    }
    if (!all.empty()) said.sender = *all.begin();
    for (const auto& sender : rule.senders)
        if (all.contains(sender.role)) {
            said.sender = sender.role;
            break;
        }
    return said;
}

// An act that was taken before, to whoever speaks of it now: its author, or who has recorded it.
law::SaidAct CaseLaw::earlierAs(const CaseFile& file, const model::Act& act, EarlierAct before,
                                const law::ActRule& rule, law::Role sender) const {
    const auto day = base::vietnamDate(act.recordedAt);
    const bool own = sameAgency(reference_.directory(), authorOf(act), authorOf(before.by), day);
    auto by = own ? act : before.by;
    by.recordedAt = act.recordedAt;  // what it is now
    by.recordedFor = before.by.recordedFor;
    if (own && by.recordedFor) by.recordedFor->author = authorOf(act);
    auto one = saidBy(file, by, rule, before.said.type);
    one.id = model::sourceOf(before.by.actor, before.by.messageId);
    one.day = base::vietnamDate(before.by.recordedAt);
    one.recordedAt = before.by.recordedAt;
    one.content = std::move(before.said.content);
    if (own)
        one.sender = sender;
    else
        one.recordedBy = sender;
    return one;
}

model::Decided CaseLaw::decidedBy(const CaseFile& file, const law::CaseLife& life,
                                  std::span<const law::Step> steps) const {
    model::Decided decided;
    decided.law = reference_.law().digest().hex();
    for (const auto& step : steps) {
        decided.struck.insert(decided.struck.end(), step.struck.begin(), step.struck.end());
        decided.facts.insert(decided.facts.end(), step.facts.begin(), step.facts.end());
        for (const auto& mark : step.marks) decided.marks.push_back(mark.name);
        for (const auto& news : step.terms) decided.changes.push_back(changeOf(news));
    }
    for (auto& term : life.terms()) {
        const auto known = std::ranges::find_if(
            file.terms, [&term](const auto& one) { return model::ofSameTerm(one, term); });
        if (known != file.terms.end()) term.owners = known->owners;
        if (known == file.terms.end() || *known != term) decided.terms.push_back(std::move(term));
    }
    if (!file.judgedByLaw) tellNoOldNews(decided, steps.back().day);
    for (const auto& [no, line] : life.stages()) {
        const auto* state = file.state(no);
        const auto stage = model::valueOf<model::Stage>(line->name).value();  // checked when loaded
        if (!state || state->stage != stage) decided.stages.push_back({no, stage});
    }
    return decided;
}

Problem CaseLaw::refusal(const CaseFile& file, const model::Act& act,
                         const law::ActDeclaration& declared, const law::Step& step) const {
    const auto& reason = step.reasons.front();
    const auto path = placeOf(reason);
    if (reason.code == "FORBIDDEN")
        return Problem(ErrorCode::FORBIDDEN_CASE).with("agency", act.actor);
    if (reason.code == law::kNoObligation)
        return Problem(ErrorCode::MAPPING_VALUE, path, {})
            .inWords("value", {reason.vi, reason.en})
            .inWords("expected",
                     {"hồ sơ chỉ có: " + numbersOf(file), "the case has: " + numbersOf(file)});
    const auto legal = legalWords(reference_.law(), step.legalActs);
    if (reason.code == "CONFLICT_STATE")
        return Problem(ErrorCode::CONFLICT_STATE, path, {})
            .inWords("event", {declared.vi, declared.type})
            .inWords("state", stageWords(reference_.law(), file.stage()))
            .inWords("reason", {reason.vi, reason.en})
            .inWords("legal", legal);
    return actRefused(declared, reason, legal);
}

std::optional<Problem> CaseLaw::complete(const CaseFile& file, const model::Act& act,
                                         const law::ActDeclaration& declared,
                                         const law::ActRule& rule, model::DeclaredAct& said) const {
    inWordsOf(file, rule, said.content);
    if (auto problem = canonicalAgencies(reference_, declared, act.actor, said.content,
                                         base::vietnamDate(act.recordedAt)))
        return problem;
    if (auto problem =
            refusedByFinding(reference_, file, act, declared, rule, said.content, isTaken_))
        return problem;
    return addressedNotice(reference_, file, rule, said, act.recordedAt);
}

base::Result<model::Event> CaseLaw::judge(const CaseFile& file, const model::Act& act,
                                          model::DeclaredAct said,
                                          std::optional<model::Ruling> ruling,
                                          const Earlier& earlier,
                                          std::vector<law::ToldRole>& told) const {
    const auto day = base::vietnamDate(act.recordedAt);
    const auto* declared = reference_.law().act(said.type);
    const auto* rule = declared ? declared->ruleOn(day) : nullptr;
    if (!declared)
        return Problem(ErrorCode::FORBIDDEN_TYPE).with("agency", act.actor).with("type", said.type);
    if (!rule) return notInForce(*declared, day);
    auto spoken = saidBy(file, act, *rule, said.type);
    // Who may not speak of it learns nothing of the case by what is wrong in the act.
    const bool concerned = std::ranges::any_of(rule->senders, [&](const law::Sender& sender) {
        return std::ranges::any_of(spoken.roles,
                                   [&](const auto& of) { return of.second.contains(sender.role); });
    });
    if (!concerned) return Problem(ErrorCode::FORBIDDEN_CASE).with("agency", act.actor);
    if (auto problem = complete(file, act, *declared, *rule, said)) return *std::move(problem);
    spoken.content = said.content;
    spoken.ruling = ruling;
    std::vector<law::CaseLife::Taken> taken;
    if (declared->effect == law::Effect::Strikes || declared->effect == law::Effect::Corrects)
        if (const auto* id = said.content.child("act"))
            if (auto before = earlier(id->value)) {
                const auto* known = reference_.law().act(before->said.type);
                const auto on = base::vietnamDate(before->by.recordedAt);
                const auto* then = known ? known->ruleOn(on) : nullptr;
                // An act that has left the law can still be withdrawn: that needs no rule of it.
                if (then || declared->effect == law::Effect::Strikes) {
                    auto one = earlierAs(file, act, *before, then ? *then : *rule, spoken.sender);
                    if (auto problem = refusedAsCorrected(reference_, file, before->by,
                                                          said.content, one, isTaken_))
                        return *std::move(problem);
                    taken.push_back({std::move(one), then, rolesTold(before->told)});
                }
            }
    auto event = decide(file, act, *declared, spoken, std::move(taken), told);
    if (!event) return event;
    event->act = std::move(said);
    if (declared->effect == law::Effect::Revises) event->ruling = std::move(ruling);
    return event;
}

base::Result<model::Event> CaseLaw::decide(const CaseFile& file, const model::Act& act,
                                           const law::ActDeclaration& declared,
                                           const law::SaidAct& spoken,
                                           std::vector<law::CaseLife::Taken> taken,
                                           std::vector<law::ToldRole>& told) const {
    law::CaseLife life(reference_.law(), file.ruling, file.facts, file.terms, std::move(taken));
    // What is over by now is over before the act is judged, whether or not the clock has been here.
    std::vector<law::Step> steps;
    life.advance(spoken.day, [&steps](const law::Step& step) { steps.push_back(step); });
    steps.push_back(life.take(spoken));
    const auto& step = steps.back();
    if (!step.reasons.empty()) return refusal(file, act, declared, step);
    auto event = model::eventBy(act, model::eventOfAct(spoken.type), file.caseId);
    if (!step.facts.empty()) event.happenedOn = step.facts.front().on;
    event.legalBasis = step.basis;
    event.decided = decidedBy(file, life, steps);
    event.decided->role = model::nameOf(step.sender);
    told = step.told;
    return event;
}

std::optional<model::Event> CaseLaw::follow(const CaseFile& file, const model::Act& act,
                                            model::DeclaredAct said,
                                            std::vector<law::ToldRole>& told) const {
    const auto* declared = reference_.law().act(said.type);
    const auto* rule = declared ? declared->ruleOn(base::vietnamDate(act.recordedAt)) : nullptr;
    if (!rule) return std::nullopt;
    auto spoken = saidBy(file, act, *rule, said.type);
    for (auto& [no, roles] : spoken.roles) roles = {law::Role::Gateway};
    spoken.sender = law::Role::Gateway;
    spoken.content = said.content;
    auto event = decide(file, act, *declared, spoken, {}, told);
    if (!event) return std::nullopt;
    event->act = std::move(said);
    return std::move(event).value();
}

std::optional<Problem> CaseLaw::open(const CaseFile& file, const model::Act& act,
                                     model::Event& event, std::vector<law::ToldRole>& told) const {
    const auto type = event.act ? event.act->type : std::string("JudgmentTransfer");
    const auto* declared = reference_.law().act(type);
    const auto* rule = declared ? declared->ruleOn(base::vietnamDate(act.recordedAt)) : nullptr;
    if (!rule)
        return Problem(ErrorCode::FORBIDDEN_TYPE).with("agency", act.actor).with("type", type);
    auto spoken = saidBy(file, act, *rule, type);
    if (event.act) spoken.content = event.act->content;
    spoken.ruling = event.ruling;
    law::CaseLife life(reference_.law(), file.ruling);
    const auto step = life.take(spoken);
    if (!step.reasons.empty()) return refusal(file, act, *declared, step);
    event.decided = decidedBy(file, life, {&step, 1});
    event.decided->role = model::nameOf(spoken.sender);
    told = step.told;
    return std::nullopt;
}

model::Decided CaseLaw::tick(const CaseFile& file, base::Date today) const {
    law::CaseLife life(reference_.law(), file.ruling, file.facts, file.terms, {});
    std::vector<law::Step> steps;
    life.advance(today, [&steps](const law::Step& step) { steps.push_back(step); });
    if (!file.judgedByLaw) steps.push_back(life.reread(today));
    return decidedBy(file, life, steps);
}

}  // namespace gateway::exchange
