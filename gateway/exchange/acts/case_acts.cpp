#include "gateway/exchange/acts/case_acts.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/acts/delivery_trial.h"
#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/casework/on_behalf.h"
#include "gateway/exchange/casework/ruling_intake.h"
#include "gateway/exchange/matters/office_acts.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_events.h"
#include "gateway/exchange/reference/plausibility.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using model::CaseFile;
using model::EventType;

// Whether the agency has a part in the case or sees it for another reason.
bool concerns(const Snapshot& snapshot, const std::string& agency,
              const std::vector<store::CaseAgency>& inCase, const std::string& province,
              base::Timestamp at) {
    const auto& reference = *snapshot.reference;
    const auto own = reference.directory().closure(agency, base::vietnamDate(at));
    return std::ranges::any_of(inCase, [&](const auto& one) { return own.contains(one.agency); }) ||
           reference.rights().maySeeCase(agency, inCase, province, at);
}

// The same, or the law gives it a role there that no list of the case names: the superior of who is
// obligated, courts and procuracies above.
bool concerns(const Snapshot& snapshot, const std::string& agency, const CaseFile& file,
              base::Timestamp at) {
    return concerns(snapshot, agency, agenciesOf(file), file.routing.province, at) ||
           CaseRoles(*snapshot.reference, file, base::vietnamDate(at)).hasPart(agency);
}

bool gainsAgency(const store::CaseRecord& before, const std::vector<store::CaseAgency>& after) {
    return std::ranges::any_of(after, [&](const auto& one) {
        return std::ranges::none_of(before.agencies,
                                    [&](const auto& known) { return known.agency == one.agency; });
    });
}

bool strikes(const model::Decided& decided, const model::Act& act) {
    const auto source = model::sourceOf(act.actor, act.messageId);
    return std::ranges::find(decided.struck, source) != decided.struck.end();
}

std::vector<std::string> marksOf(const model::Event& event) {
    return event.decided ? event.decided->marks : std::vector<std::string>();
}

}  // namespace

base::Date CaseActs::latestDay(const model::Act& act) const {
    return base::vietnamDate(act.recordedAt + limits_.messageAheadOfClock);
}

// An act of the author in the case, or one that the sender has recorded, as its corrections have
// left it. Ids are unique for one sender only: the author's own message goes before another's.
std::optional<EarlierAct> CaseActs::earlier(const Snapshot& snapshot, const std::string& caseId,
                                            const model::Act& act, const std::string& messageId) {
    const auto& reference = *snapshot.reference;
    const auto own =
        reference.directory().closure(authorOf(act), base::vietnamDate(act.recordedAt));
    const auto isOwn = [&](const std::string& one) {
        return one == authorOf(act) || own.contains(one);
    };
    std::optional<EarlierAct> found;
    for (const auto& message : cases_.messagesOf(caseId))
        for (const auto& event : eventsOf(message)) {
            auto said = event.act;
            const bool sent = isOwn(event.actor);
            const bool spokenFor = event.recordedFor && isOwn(event.recordedFor->author);
            // Who records a withdrawal for an author has that one's acts withdrawn, not its own.
            const bool mine =
                act.recordedFor ? spokenFor || (sent && !event.recordedFor) : sent || spokenFor;
            if (event.messageId == messageId && mine && (!found || sent)) {
                if (!said) said.emplace().type = model::actOfEvent(event.type);
                found = EarlierAct{*std::move(said),
                                   {event.actor, messageId, event.contentSha256, event.recordedAt,
                                    event.recordedFor},
                                   {}};
                if (event.decided) found->told = event.decided->told;
                continue;
            }
            const auto* declared = said ? reference.law().act(said->type) : nullptr;
            const auto* changes = said ? said->content.child("changes") : nullptr;
            if (found && declared && declared->effect == law::Effect::Corrects && changes &&
                event.decided && strikes(*event.decided, found->by))
                law::applyChanges(found->said.content, *changes);
        }
    return found;
}

base::Result<model::Event> CaseActs::decideAllowed(const Snapshot& snapshot, const CaseFile& file,
                                                   const model::Act& act,
                                                   const model::DeclaredAct& said,
                                                   std::vector<law::ToldRole>& told) {
    if (file.undoneOn)
        return Problem(ErrorCode::CONFLICT_STATE)
            .with("event", said.type)
            .with("state", std::string(nameOf(EventType::TransferUndone)))
            .inWords("reason", {"việc chuyển giao đã bị hủy ghi nhận", "its transfer was struck"})
            .with("legal", "-");
    const auto* declared = snapshot.reference->law().act(said.type);
    if (declared && declared->effect == law::Effect::OnBehalf) {
        const auto day = base::vietnamDate(act.recordedAt);
        if (!mayRecord(*snapshot.reference, file, act)) return forbiddenCase(act);
        auto recorded = unwrapped(*snapshot.reference, file.routing.province, day, said);
        if (!recorded) return std::move(recorded).error();
        auto event = decideAllowed(snapshot, file, recorded->by(act), recorded->act, told);
        if (!event) return RecordedForAuthor::inWrapper(std::move(event).error());
        return event;
    }
    std::optional<model::Ruling> ruling;
    if (auto problem = rulingIn(snapshot, said, ruling)) return *std::move(problem);
    const auto isTaken = [&](const std::string& registered) {
        return cases_.isRegisteredElsewhere(registered, file.caseId);
    };
    return CaseLaw(*snapshot.reference, isTaken)
        .judge(
            file, act, said, std::move(ruling),
            [&](const std::string& id) { return earlier(snapshot, file.caseId, act, id); }, told);
}

// Folds the event into the case, with whom it tells, and plans what they are told.
void CaseActs::record(const Snapshot& snapshot, CaseFile& file, model::Event event,
                      std::vector<law::ToldRole> told, Decision& decision) const {
    CaseFile after = file;
    fold(after, event);
    std::ranges::copy(toldBeside(*snapshot.reference, event), std::back_inserter(told));
    for (auto& note : ActRecipients(snapshot, after, event.recordedAt).record(event, told))
        decision.notes.push_back(std::move(note));
    fold(file, event);
    for (auto& item : notifications_.forDecided(file, event))
        decision.outbox.push_back(std::move(item));
    decision.events.push_back(std::move(event));
}

void CaseActs::addTo(Decision& decision, Deliveries deliveries) {
    for (auto& item : deliveries.items) decision.outbox.push_back(std::move(item));
    for (const auto& held : deliveries.withheld) {
        decision.notes.push_back(std::string(kNotPermitted) + held.recipient + ":" +
                                 held.messageType);
    }
}

// Who waited under a name that anybody can guess need not be of the case.
void CaseActs::tellOfParking(const Snapshot& snapshot, const CaseFile& file,
                             const model::Event& ended, Decision& decision) const {
    const auto& rights = snapshot.reference->rights();
    const auto& directory = snapshot.reference->directory();
    const auto agencies = agenciesOf(file);
    auto state = notifications_.parkingEnded(directory, file, ended);
    const bool sees =
        rights.maySeeCase(state.recipient, agencies, file.routing.province, ended.recordedAt) &&
        rights.mayReceive(state.recipient, model::MessageType::MonitoringResult, agencies,
                          ended.recordedAt);
    addTo(decision, sees
                        ? permitted(rights, agencies, {std::move(state)})
                        : permitted(rights, {}, {notifications_.parkingRefused(directory, ended)}));
}

// What waited is tried in its recipients' formats as what is judged at once, and leaves no trace
// in the case if one of them cannot say it.
std::optional<Problem> CaseActs::applyParked(const Snapshot& snapshot, const model::Act& act,
                                             model::Event event,
                                             const std::vector<law::ToldRole>& told,
                                             Decision& decision) {
    CaseFile before = *decision.caseAfter;
    const auto events = decision.events.size(), notes = decision.notes.size();
    auto outbox = std::exchange(decision.outbox, {});
    record(snapshot, *decision.caseAfter, std::move(event), told, decision);
    const auto planned = std::exchange(decision.outbox, std::move(outbox));
    auto problem = tryDeliveries(snapshot, identity_, act, planned).refusal;
    if (problem) {
        decision.caseAfter = std::move(before);
        decision.events.erase(decision.events.begin() + static_cast<std::ptrdiff_t>(events),
                              decision.events.end());
        decision.notes.erase(decision.notes.begin() + static_cast<std::ptrdiff_t>(notes),
                             decision.notes.end());
    } else {
        std::ranges::copy(planned, std::back_inserter(decision.outbox));
    }
    return problem;
}

void CaseActs::replayParked(const Snapshot& snapshot, const store::CaseAlias& alias,
                            Decision& decision) {
    for (const auto& parked : cases_.parkedFor(alias)) {
        // Whoever has no part in the case is not told that it is known: it goes on waiting.
        const auto& file = *decision.caseAfter;
        if (!concerns(snapshot, parked.agency, file, decision.events.front().recordedAt)) {
            decision.stillParked.push_back(parked.position);
            continue;
        }
        decision.unparkPositions.push_back(parked.position);
        const auto before = decision.events.size();
        const auto kept = eventsOf(parked);
        GW_CHECK(kept.size() == 1 && kept.front().type == EventType::Parked);
        const model::Act act{parked.agency, parked.messageId, parked.contentSha256,
                             decision.events.front().recordedAt};
        std::vector<law::ToldRole> told;
        auto event =
            decideAllowed(snapshot, *decision.caseAfter, act, kept.front().act.value(), told);
        auto refused = event ? applyParked(snapshot, act, std::move(event).value(), told, decision)
                             : std::optional(std::move(event).error());
        if (refused) {
            model::Event ended = model::eventBy(act, EventType::ParkingEnded, decision.caseId);
            ended.note = base::render(*refused).vi;
            tellOfParking(snapshot, *decision.caseAfter, ended, decision);
            decision.events.push_back(std::move(ended));
        }
        GW_CHECK(decision.events.size() > before);  // applied or ended, never lost
    }
    if (!decision.unparkPositions.empty()) decision.notes.emplace_back("parked-messages-applied");
}

base::Result<Decision> CaseActs::inCase(const Snapshot& snapshot, const model::Act& act,
                                        const model::DeclaredAct& message,
                                        const std::vector<std::string>& unchanged) {
    auto reference = message.caseReference;
    std::optional<store::CaseRecord> record, named;
    if (reference.ruling) {
        auto court = canonicalCode(*snapshot.reference, reference.ruling->court,
                                   "case/ruling/court", reference.ruling->issuedOn);
        if (!court) return std::move(court).error();
        reference.ruling->court = std::move(court).value();
        named = cases_.findByAlias(aliasOf(*reference.ruling));
    }
    // What is unknown and what is somebody else's are told alike.
    const auto concernedBy = [&](const std::optional<store::CaseRecord>& one) {
        return one && one->subject.empty() &&
               (concerns(snapshot, act.actor, one->agencies, one->province, act.recordedAt) ||
                concerns(snapshot, act.actor, caseFileOf(*one), act.recordedAt));
    };
    if (!reference.caseId.empty()) {
        record = cases_.find(reference.caseId);
        if (!concernedBy(record)) return Problem(ErrorCode::CASE_UNKNOWN, "case/caseId", {});
    } else if (reference.ruling) {
        record = named;
        if (!record)
            if (auto opened = opens(snapshot, act, message)) return *std::move(opened);
        if (!concernedBy(record)) return park(act, message, aliasOf(*reference.ruling), record);
    } else if (auto opened = opens(snapshot, act, message)) {
        return *std::move(opened);
    } else {
        return Problem(ErrorCode::MAPPING_REQUIRED, "case", {});
    }
    CaseFile file = caseFileOf(*record);
    if (auto passed = passesOn(snapshot, act, message, file, *record)) return *std::move(passed);
    std::vector<law::ToldRole> told;
    const auto whole = renewed(snapshot, file.caseId, act, message, unchanged);
    auto event = decideAllowed(snapshot, file, act, whole.said, told);
    const bool twoCases = reference.ruling && (!named || named->caseId != record->caseId);
    // Who may not speak of the case does not learn which ruling is its.
    if (twoCases && (event || event.error().code != ErrorCode::FORBIDDEN_CASE))
        return Problem(ErrorCode::CONFLICT_REFERENCE, "case/ruling", {})
            .with("caseId", reference.caseId)
            .with("number", reference.ruling->number);
    if (!event) return std::move(event).error();
    Decision decision;
    decision.caseId = file.caseId;
    decision.expectedVersion = record->version;
    decision.notes = whole.notes;
    if (!whole.eventNote.empty()) event->note = whole.eventNote;
    const auto before = aliasOf(file.ruling.reference);
    file.version = record->version + 1;
    CaseActs::record(snapshot, file, std::move(event).value(), told, decision);
    // A corrected ruling may be called otherwise from now on.
    if (const auto after = aliasOf(file.ruling.reference); after != before)
        decision.newAliases.push_back(after);
    decision.caseAfter = std::move(file);
    // Who comes into the case by this act may have written before.
    if (gainsAgency(*record, agenciesOf(*decision.caseAfter))) {
        decision.looksUnder = aliasOf(decision.caseAfter->ruling.reference);
        replayParked(snapshot, *decision.looksUnder, decision);
        decision.caseAfter->version = record->version + 1;
    }
    return decision;
}

// An act of something else may name the case that it is about, if its sender is concerned by that.
base::Result<model::DeclaredAct> CaseActs::boundToCase(const Snapshot& snapshot,
                                                       const model::Act& act,
                                                       model::DeclaredAct said) const {
    auto& reference = said.caseReference;
    std::vector<std::optional<store::CaseRecord>> named;
    if (!reference.caseId.empty()) named.push_back(cases_.find(reference.caseId));
    if (reference.ruling) {
        auto court = canonicalCode(*snapshot.reference, reference.ruling->court,
                                   "case/ruling/court", reference.ruling->issuedOn);
        if (!court) return std::move(court).error();
        reference.ruling->court = std::move(court).value();
        named.push_back(cases_.findByAlias(aliasOf(*reference.ruling)));
    }
    for (const auto& one : named)
        if (!one || !one->subject.empty() ||
            !concerns(snapshot, act.actor, caseFileOf(*one), act.recordedAt))
            return Problem(ErrorCode::CASE_UNKNOWN,
                           reference.caseId.empty() ? "case/ruling" : "case/caseId", {});
    if (named.empty()) return said;
    if (named.front()->caseId != named.back()->caseId)
        return Problem(ErrorCode::CONFLICT_REFERENCE, "case/ruling", {})
            .with("caseId", reference.caseId)
            .with("number", reference.ruling->number);
    reference.caseId = named.front()->caseId;
    return said;
}

base::Result<Decision> CaseActs::park(const model::Act& act, const model::DeclaredAct& message,
                                      store::CaseAlias alias,
                                      const std::optional<store::CaseRecord>& beside) {
    if (cases_.parkedCount(act.actor) >= limits_.parkedPerAgency)
        return Problem(ErrorCode::PARKING_FULL);
    Decision decision;
    decision.verdict = Verdict::Parked;
    model::Event event = model::eventBy(act, EventType::Parked, {});
    event.act = message;
    for (auto& file : event.act->attachments) file.content.clear();
    if (eventsText({event}).size() > limits_.parkedBytes)
        return Problem(ErrorCode::PARKING_TOO_LARGE)
            .with("limit", std::to_string(limits_.parkedBytes));
    decision.events.push_back(std::move(event));
    decision.parkUnder = std::move(alias);
    if (beside) {
        decision.parkBeside = beside->caseId;
        decision.besideVersion = beside->version;
    }
    decision.notes.emplace_back("waits-for-ruling");
    return decision;
}

base::Result<Decision> CaseActs::judge(const Snapshot& snapshot, const model::Act& act,
                                       const model::Payload& payload,
                                       const std::vector<std::string>& unchanged) {
    if (auto problem = snapshot.reference->plausibility().implausible(payload, latestDay(act)))
        return *std::move(problem);
    auto numbers = snapshot.reference->plausibility().numbers().judge(payload);
    if (numbers.refusal) return *std::move(numbers.refusal);
    auto decision = judged(snapshot, act, payload, unchanged);
    if (decision)
        for (auto& note : numbers.notes) decision->notes.push_back(std::move(note));
    // What a transfer leaves to be looked at stands in the case, which nobody has seen before.
    if (decision && !std::holds_alternative<model::JudgmentTransfer>(payload))
        for (const auto& mark : marksOf(decision->events.front()))
            decision->notes.push_back(kMarked + mark);
    // What is accepted can be delivered, or its author is told now and not at night.
    if (decision) {
        auto trial = tryDeliveries(snapshot, identity_, act, decision->outbox);
        if (trial.refusal) return *std::move(trial.refusal);
        std::ranges::move(trial.notes, std::back_inserter(decision->notes));
    }
    return decision;
}

base::Result<Decision> CaseActs::judged(const Snapshot& snapshot, const model::Act& act,
                                        const model::Payload& payload,
                                        const std::vector<std::string>& unchanged) {
    return std::visit(
        [&](const auto& message) -> Judged {
            using M = std::decay_t<decltype(message)>;
            if constexpr (std::is_same_v<M, model::JudgmentTransfer>) {
                return transfer(snapshot, act, message);
            } else if constexpr (std::is_same_v<M, model::DocumentTransfer>) {
                return document(snapshot, act, message);
            } else if constexpr (std::is_same_v<M, model::Ping>) {
                Decision decision;
                decision.events.push_back(model::eventBy(act, EventType::Pinged, {}));
                return decision;
            } else if constexpr (std::is_same_v<M, model::DeclaredAct>) {
                const auto* declared = snapshot.reference->law().act(message.type);
                const bool outside = declared && !declared->outside.empty() &&
                                     message.caseReference.caseId.empty() &&
                                     !message.caseReference.ruling;
                if (outside || (declared && declared->subject != law::kCase)) {
                    auto said = boundToCase(snapshot, act, message);
                    if (!said) return std::move(said).error();
                    return OfficeActs(snapshot, cases_, log_, notifications_)
                        .judge(act, *declared, std::move(said).value());
                }
                return inCase(snapshot, act, message, unchanged);
            } else {
                return Problem(ErrorCode::FORBIDDEN_TYPE)
                    .with("agency", act.actor)
                    .with("type",
                          std::string(nameOf(static_cast<model::MessageType>(payload.index()))));
            }
        },
        payload);
}

}  // namespace gateway::exchange
