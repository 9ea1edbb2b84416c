// How cases begin: a transferred ruling, or an act that brings one.

#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/acts/case_acts.h"
#include "gateway/exchange/acts/related_cases.h"
#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/casework/on_behalf.h"
#include "gateway/exchange/casework/ruling_comparison.h"
#include "gateway/exchange/casework/ruling_intake.h"
#include "gateway/exchange/casework/ruling_source.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/reference/court_procuracy.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {

using base::ErrorCode;
using base::Problem;
using model::CaseFile;
using model::EventType;

namespace {

// Of the first case that is called so, and of those after transfers that were struck.
std::string caseIdOf(const store::CaseAlias& alias, std::size_t struck) {
    document::FieldDigest digest;
    digest.add(alias.court).add(alias.number).add(alias.date);
    if (struck > 0) digest.add(std::to_string(struck));
    return base::derivedId("case", digest.finish().view());
}

// An order or a request has opened it with a copy; the court has not sent the ruling yet.
bool waitsForRuling(const CaseFile& file) {
    const auto has = [&file](model::FactKind kind) {
        return std::ranges::any_of(file.facts, [kind](const model::Fact& fact) {
            return fact.kind == kind && !fact.struck;
        });
    };
    return has(model::FactKind::Missing) && !has(model::FactKind::Received);
}

bool isTransfer(const model::DeclaredAct& said) {
    return said.type == nameOf(model::MessageType::JudgmentTransfer);
}

// Recorded for its court by another.
bool cameOnPaper(const CaseFile& file) {
    return std::ranges::any_of(file.facts, [&file](const model::Fact& fact) {
        return fact.kind == model::FactKind::Received && !fact.struck &&
               model::agencyOf(fact.source) != file.transferredBy;
    });
}

bool sameNumbers(const model::Ruling& one, const model::Ruling& other) {
    return std::ranges::is_permutation(one.obligations, other.obligations, {},
                                       &model::Obligation::no, &model::Obligation::no);
}

// Each is a case that changes in the same transaction.
constexpr std::size_t kMostRelations = 16;

// What a court says beside its ruling, as the declaration of a transfer has it.
base::Result<model::DeclaredAct> saidBeside(const ReferenceData& reference,
                                            model::JudgmentTransfer message) {
    model::DeclaredAct said;
    said.type = nameOf(model::MessageType::JudgmentTransfer);
    said.content = document::objectNode();
    if (message.relations.size() > kMostRelations)
        return Problem(ErrorCode::CONTENT_TOO_LARGE, "relations", {})
            .with("limit", std::to_string(kMostRelations));
    for (auto& relation : message.relations) {
        if (relation.court.empty()) continue;
        const auto at = std::to_string(&relation - message.relations.data());
        auto court = canonicalCode(reference, relation.court, "relations/" + at + "/court",
                                   relation.issuedOn.value_or(message.ruling.reference.issuedOn));
        if (!court) return std::move(court).error();
        relation.court = std::move(court).value();
    }
    const auto add = [&said](const char* member, const auto& items) {
        if (!items.empty()) said.content.children.push_back(mapping::nodeOf(member, items));
    };
    add("relations", message.relations);
    add("sentTo", message.sentTo);
    return said;
}

// A transfer that was recorded for its court: the scan is the ruling's document.
base::Result<model::DeclaredAct> asSent(const ReferenceData& reference,
                                        const model::DeclaredAct& recorded, model::Ruling& ruling) {
    ruling.attachments = recorded.attachments;
    auto read = mapping::fromNode<model::JudgmentTransfer>(recorded.content);
    if (!read) {
        auto problem = std::move(read).error().front();
        problem.path = problem.path.substr(1);
        return problem;
    }
    return saidBeside(reference, std::move(read).value());
}

}  // namespace

// The ruling that an act brings, if it does.
std::optional<Problem> CaseActs::rulingIn(const Snapshot& snapshot, const model::DeclaredAct& said,
                                          std::optional<model::Ruling>& ruling) {
    const auto* written = said.content.child("ruling");
    if (!written || !written->child("reference")) return std::nullopt;
    auto read = mapping::fromNode<model::Ruling>(*written);
    if (!read) {
        auto problem = std::move(read).error().front();
        problem.path = "ruling" + problem.path;
        return problem;
    }
    for (auto& file : read->attachments) file.content.clear();
    auto completed = completedRuling(*snapshot.reference, std::move(read).value());
    if (!completed) return std::move(completed).error();
    ruling = std::move(completed).value();
    ruling->reference.numberNormalised = aliasOf(ruling->reference).number;
    return std::nullopt;
}

base::Result<Decision> CaseActs::transfer(const Snapshot& snapshot, const model::Act& act,
                                          const model::JudgmentTransfer& message) {
    auto completed = completedRuling(*snapshot.reference, message.ruling);
    if (!completed) return std::move(completed).error();
    model::Ruling ruling = std::move(completed).value();
    if (!snapshot.reference->rights().mayAct(act.actor, model::MessageType::JudgmentTransfer,
                                             {{ruling.reference.court, "court"},
                                              {ruling.firstInstanceCourt, "first-instance-court"}},
                                             act.recordedAt))
        return forbiddenCase(act);
    if (auto problem = impossibleCourt(*snapshot.reference, ruling)) return *std::move(problem);
    const auto alias = aliasOf(ruling.reference);
    ruling.reference.numberNormalised = alias.number;
    auto said = saidBeside(*snapshot.reference, message);
    if (!said) return std::move(said).error();
    if (const auto known = cases_.findByAlias(alias))
        return linkTransfer(snapshot, act, ruling, *std::move(said), *known);
    const bool bare = said->content.children.empty();
    return openCase(snapshot, act, std::move(ruling), alias, bare ? nullptr : &said.value());
}

// `said`: the act that brings the ruling, or what a transfer says beside it.
base::Result<Decision> CaseActs::openCase(const Snapshot& snapshot, const model::Act& act,
                                          model::Ruling ruling, const store::CaseAlias& alias,
                                          const model::DeclaredAct* said) {
    const auto today = base::vietnamDate(act.recordedAt);
    const auto& directory = snapshot.reference->directory();
    // THADS of the same level as the court of first instance, as the territory is cut today.
    const auto province = directory.provinceOn(ruling.firstInstanceCourt, today);
    const auto* enforcement = directory.enforcementFor(province, today);
    if (!enforcement)
        return Problem(ErrorCode::AGENCY_UNKNOWN, "ruling/firstInstanceCourt", {})
            .with("value", "THADS " + province)
            .with("date", base::formatDate(today))
            .inWords("candidates", {"không có", "none"});
    model::Routing routing;
    routing.enforcement = enforcement->code;
    routing.province = province;
    if (const auto* procuracy = procuracyOf(directory, ruling.firstInstanceCourt, today))
        routing.procuracy = procuracy->code;

    Decision decision;
    // A case of that id whose name leads nowhere was struck.
    std::size_t struck = 0;
    while (cases_.find(caseIdOf(alias, struck))) ++struck;
    decision.caseId = caseIdOf(alias, struck);
    decision.newAliases.push_back(alias);
    auto event = transferEvent(act, std::move(ruling), std::move(routing), decision.caseId);
    if (said) event.act = *said;
    event.decided.emplace();
    CaseFile file;
    fold(file, event);
    if (act.recordedFor && !mayRecord(*snapshot.reference, file, act)) return forbiddenCase(act);
    std::vector<law::ToldRole> told;
    if (auto problem = CaseLaw(*snapshot.reference).open(file, act, event, told))
        return *std::move(problem);
    if (event.act) followElsewhere(snapshot, act, event, file.ruling.reference, decision);
    file = {};
    record(snapshot, file, std::move(event), told, decision);
    decision.caseAfter = std::move(file);
    replayParked(snapshot, alias, decision);
    decision.caseAfter->version = 1;
    return decision;
}

// A court is never refused for a ruling that we do not know: somebody should look.
void CaseActs::followElsewhere(const Snapshot& snapshot, const model::Act& act, model::Event& event,
                               const model::RulingReference& later, Decision& decision) const {
    const RelatedCases related(snapshot, identity_, notifications_, cases_);
    if (related.follow(act, *event.act, later, decision)) return;
    event.decided->marks.emplace_back(kRelationUnknown);
    decision.notes.push_back(kMarked + kRelationUnknown);
}

// An act that may come before anything else is known opens a case, if it brings the ruling.
std::optional<base::Result<Decision>> CaseActs::opens(const Snapshot& snapshot,
                                                      const model::Act& act,
                                                      const model::DeclaredAct& said) {
    const auto* declared = snapshot.reference->law().act(said.type);
    if (declared && declared->effect == law::Effect::OnBehalf) return opensFor(snapshot, act, said);
    if (!declared || declared->effect != law::Effect::Opens) return std::nullopt;
    std::optional<model::Ruling> ruling;
    if (auto problem = rulingIn(snapshot, said, ruling)) return Judged(*std::move(problem));
    if (!ruling) return std::nullopt;
    const auto alias = aliasOf(ruling->reference);
    if (auto known = cases_.findByAlias(alias)) {
        auto again = said;
        again.caseReference = {known->caseId, {}};
        return inCase(snapshot, act, again);
    }
    if (auto problem = impossibleCourt(*snapshot.reference, *ruling))
        return Judged(*std::move(problem));
    return openCase(snapshot, act, *std::move(ruling), alias, &said);
}

// The same recorded for its author. A ruling that came otherwise than by message is transferred
// by its court all the same, with the scan as its document.
std::optional<base::Result<Decision>> CaseActs::opensFor(const Snapshot& snapshot,
                                                         const model::Act& act,
                                                         const model::DeclaredAct& wrapper) {
    const auto& named = wrapper.caseReference.ruling;
    auto recorded = unwrapped(*snapshot.reference, {}, base::vietnamDate(act.recordedAt), wrapper);
    // Where a case is named what is wrong is told in it, or not at all.
    if (!recorded) return named ? std::nullopt : std::optional<Judged>(std::move(recorded).error());
    const auto* declared = snapshot.reference->law().act(recorded->act.type);
    if (declared->effect != law::Effect::Opens) return std::nullopt;
    std::optional<model::Ruling> ruling;
    if (auto problem = rulingIn(snapshot, recorded->act, ruling))
        return Judged(RecordedForAuthor::inWrapper(*std::move(problem)));
    if (!ruling) return std::nullopt;
    const auto alias = aliasOf(ruling->reference);
    if (auto known = cases_.findByAlias(alias)) {
        auto again = wrapper;
        again.caseReference = {known->caseId, {}};
        return inCase(snapshot, act, again);
    }
    if (auto problem = impossibleCourt(*snapshot.reference, *ruling))
        return Judged(RecordedForAuthor::inWrapper(*std::move(problem)));
    std::optional<model::DeclaredAct> said = recorded->act;
    if (isTransfer(recorded->act)) {
        auto beside = asSent(*snapshot.reference, recorded->act, *ruling);
        if (!beside) return Judged(RecordedForAuthor::inWrapper(std::move(beside).error()));
        said = *std::move(beside);
        if (said->content.children.empty()) said.reset();
    }
    auto opened =
        openCase(snapshot, recorded->by(act), *std::move(ruling), alias, said ? &*said : nullptr);
    if (!opened) return Judged(RecordedForAuthor::inWrapper(std::move(opened).error()));
    return opened;
}

// A transfer recorded for its court in a case that is known: the same ruling again, or the one that
// a copy has stood for.
std::optional<base::Result<Decision>> CaseActs::passesOn(const Snapshot& snapshot,
                                                         const model::Act& act,
                                                         const model::DeclaredAct& wrapper,
                                                         const CaseFile& file,
                                                         const store::CaseRecord& known) {
    const auto* declared = snapshot.reference->law().act(wrapper.type);
    if (!declared || declared->effect != law::Effect::OnBehalf || file.undoneOn ||
        !mayRecord(*snapshot.reference, file, act))
        return std::nullopt;
    auto recorded = unwrapped(*snapshot.reference, file.routing.province,
                              base::vietnamDate(act.recordedAt), wrapper);
    if (!recorded || !isTransfer(recorded->act)) return std::nullopt;
    std::optional<model::Ruling> ruling;
    if (auto problem = rulingIn(snapshot, recorded->act, ruling))
        return Judged(RecordedForAuthor::inWrapper(*std::move(problem)));
    if (!ruling) return std::nullopt;
    if (aliasOf(ruling->reference) != aliasOf(file.ruling.reference))
        return Judged(Problem(ErrorCode::CONFLICT_REFERENCE, "content/ruling/reference", {})
                          .with("caseId", known.caseId)
                          .with("number", ruling->reference.number));
    auto said = asSent(*snapshot.reference, recorded->act, *ruling);
    if (!said) return Judged(RecordedForAuthor::inWrapper(std::move(said).error()));
    auto linked = linkTransfer(snapshot, recorded->by(act), *ruling, *std::move(said), known);
    if (!linked) return Judged(RecordedForAuthor::inWrapper(std::move(linked).error()));
    return linked;
}

// The transfer is an act in that case; where the copy said otherwise the court's words count.
base::Result<Decision> CaseActs::joinTransfer(const Snapshot& snapshot, const model::Act& act,
                                              const model::Ruling& ruling, model::DeclaredAct said,
                                              const store::CaseRecord& known) {
    CaseFile file = caseFileOf(known);
    const bool differs = !differingFields(file.ruling, ruling).en.empty();
    file.ruling = ruling;
    said.caseReference = {known.caseId, {}};
    std::vector<law::ToldRole> told;
    auto event = CaseLaw(*snapshot.reference)
                     .judge(
                         file, act, std::move(said), ruling,
                         [](const std::string&) { return std::nullopt; }, told);
    if (!event) return std::move(event).error();
    event->type = EventType::ActRecorded;
    if (differs) event->ruling = ruling;
    Decision decision;
    decision.caseId = known.caseId;
    decision.expectedVersion = known.version;
    followElsewhere(snapshot, act, *event, ruling.reference, decision);
    file = caseFileOf(known);
    file.version = known.version + 1;
    record(snapshot, file, std::move(event).value(), told, decision);
    decision.caseAfter = std::move(file);
    return decision;
}

base::Result<Decision> CaseActs::linkTransfer(const Snapshot& snapshot, const model::Act& act,
                                              const model::Ruling& ruling, model::DeclaredAct said,
                                              const store::CaseRecord& known) {
    CaseFile file = caseFileOf(known);
    // Who names itself the court of first instance of a case that has another learns nothing of it.
    if (!snapshot.reference->rights().mayAct(authorOf(act), model::MessageType::JudgmentTransfer,
                                             agenciesOf(file), act.recordedAt))
        return forbiddenCase(act);
    if (waitsForRuling(file) && sameNumbers(file.ruling, ruling))
        return joinTransfer(snapshot, act, ruling, std::move(said), known);
    // The file of the one is a scan of the other's paper.
    auto same = ruling;
    if (act.recordedFor || cameOnPaper(file)) same.attachments = file.ruling.attachments;
    const auto differing = differingFields(file.ruling, same);
    if (!differing.en.empty())
        return Problem(ErrorCode::CONFLICT_CASE).inWords("fields", differing);
    Decision decision;
    decision.verdict = Verdict::Linked;
    decision.caseId = known.caseId;
    decision.expectedVersion = known.version;
    decision.events.push_back(model::eventBy(act, EventType::TransferLinked, known.caseId));
    fold(file, decision.events.back());
    file.version = known.version + 1;
    const RelatedCases related(snapshot, identity_, notifications_, cases_);
    if (!related.follow(act, said, ruling.reference, decision))
        decision.notes.push_back(kMarked + kRelationUnknown);
    decision.caseAfter = std::move(file);
    return decision;
}

}  // namespace gateway::exchange
