#include "gateway/exchange/case_acts.h"

#include <algorithm>

#include "gateway/base/encoding.h"
#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/act_scope.h"
#include "gateway/exchange/case_records.h"
#include "gateway/exchange/delivery_trial.h"
#include "gateway/exchange/notice_addressee.h"
#include "gateway/exchange/number_key.h"
#include "gateway/exchange/plausibility.h"
#include "gateway/exchange/recorded_events.h"
#include "gateway/exchange/ruling_comparison.h"
#include "gateway/exchange/ruling_intake.h"
#include "gateway/exchange/ruling_source.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using model::CaseFile;
using model::EventType;

Problem forbiddenCase(const model::Act& act) {
    return Problem(ErrorCode::FORBIDDEN_CASE).with("agency", act.actor);
}

// Whether the agency has a part in the case or sees it for another reason.
bool concerns(const Snapshot& snapshot, const std::string& agency,
              const std::vector<store::CaseAgency>& inCase, const std::string& province,
              base::Timestamp at) {
    const auto& reference = *snapshot.reference;
    const auto own = reference.directory().closure(agency, base::vietnamDate(at));
    return std::ranges::any_of(inCase, [&](const auto& one) { return own.contains(one.agency); }) ||
           reference.rights().maySeeCase(agency, inCase, province, at);
}

bool gainsAgency(const store::CaseRecord& before, const std::vector<store::CaseAgency>& after) {
    return std::ranges::any_of(after, [&](const auto& one) {
        return std::ranges::none_of(before.agencies,
                                    [&](const auto& known) { return known.agency == one.agency; });
    });
}

store::CaseAlias aliasOf(const model::RulingReference& reference) {
    return {reference.court, numberKey(reference.number), base::formatDate(reference.issuedOn)};
}

// Of the first case that is called so, and of those after transfers that were struck.
std::string caseIdOf(const store::CaseAlias& alias, std::size_t struck) {
    document::FieldDigest digest;
    digest.add(alias.court).add(alias.number).add(alias.date);
    if (struck > 0) digest.add(std::to_string(struck));
    return base::derivedId("case", digest.finish().view());
}

model::Event sideEvent(const model::Act& act, EventType type, std::string caseId) {
    model::Event event;
    event.type = type;
    event.happenedOn = base::vietnamDate(act.recordedAt);
    event.recordedAt = act.recordedAt;
    event.actor = act.actor;
    event.messageId = act.messageId;
    event.contentSha256 = act.contentSha256;
    event.caseId = std::move(caseId);
    return event;
}

// The sender reads in its receipt what was not delivered.
void add(Decision& decision, Deliveries deliveries) {
    for (auto& item : deliveries.items) decision.outbox.push_back(std::move(item));
    for (const auto& held : deliveries.withheld) {
        decision.notes.push_back(std::string(kNotPermitted) + held.recipient + ":" +
                                 held.messageType);
    }
}

// The member of a Parked event that keeps the message until its ruling comes.
struct Keep {
    model::Event& event;
    void operator()(const model::TransferAcknowledgement& m) const { event.registration = m; }
    void operator()(const model::VoluntaryNotice& m) const { event.notice = m; }
    void operator()(const model::NoticeAcknowledgement& m) const { event.acknowledgement = m; }
    void operator()(const model::StatusReport& m) const { event.status = m; }
    void operator()(const model::CompletionReport& m) const { event.completion = m; }
};

const model::NoticeState* noticeNumbered(const CaseFile& file, std::string_view number) {
    for (const auto& notice : file.notices)
        if (sameNumber(notice.number, number)) return &notice;
    return nullptr;
}

// A notice is known by the number under which it was issued, however that is composed here.
template <class M>
M inWordsOf(const CaseFile& file, M message) {
    std::string* number = nullptr;
    if constexpr (std::is_same_v<M, model::VoluntaryNotice>) number = &message.number;
    if constexpr (std::is_same_v<M, model::NoticeAcknowledgement>) number = &message.noticeNumber;
    if (number)
        if (const auto* known = noticeNumbered(file, *number)) *number = known->number;
    return message;
}

// What the case knows of days that a message in it may not contradict.
template <class M>
KnownDays daysKnownTo(const CaseFile& file, const M& message, base::Date latest) {
    KnownDays known{latest, file.ruling.reference.issuedOn, file.registeredOn, {}};
    if constexpr (std::is_same_v<M, model::NoticeAcknowledgement>)
        if (const auto* notice = file.notice(message.noticeNumber)) known.notice = notice->issuedOn;
    return known;
}

// What the message alone knows: the day of the ruling that it names.
KnownDays daysKnownTo(const model::Payload& payload, base::Date latest) {
    KnownDays known{latest, {}, {}, {}};
    std::visit(
        [&known](const auto& message) {
            if constexpr (requires { message.caseReference; })
                if (message.caseReference.ruling)
                    known.ruling = message.caseReference.ruling->issuedOn;
        },
        payload);
    return known;
}

}  // namespace

base::Date CaseActs::latestDay(const model::Act& act) const {
    return base::vietnamDate(act.recordedAt + limits_.messageAheadOfClock);
}

template <class M>
base::Result<model::Event> CaseActs::decideAllowed(const Snapshot& snapshot, const CaseFile& file,
                                                   const model::Act& act, const M& given) const {
    M message = inWordsOf(file, given);
    const auto type = static_cast<model::MessageType>(model::Payload(message).index());
    const auto& rights = snapshot.reference->rights();
    for (const auto& concerned : scopeOf(file, message))
        if (!rights.mayAct(act.actor, type, concerned, act.recordedAt)) return forbiddenCase(act);
    if constexpr (std::is_same_v<M, model::VoluntaryNotice>) {
        auto addressee = addresseeOf(*snapshot.reference, file, message, act.recordedAt);
        if (!addressee) return std::move(addressee).error();
        // It answers for the obligation from now on, and is known by its canonical code.
        message.addressee = std::move(addressee).value();
    }
    if (file.undoneOn)
        return Problem(ErrorCode::CONFLICT_STATE)
            .with("event", std::string(nameOf(type)))
            .with("state", std::string(nameOf(EventType::TransferUndone)))
            .with("legal", "-");
    auto event = decide(file, act, message);
    if (!event) return event;
    const auto known = daysKnownTo(file, message, latestDay(act));
    if (auto problem = snapshot.reference->plausibility().implausible(message, known))
        return *std::move(problem);
    return event;
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
    if (const auto known = cases_.findByAlias(alias))
        return linkTransfer(snapshot, act, ruling, *known);
    return openCase(snapshot, act, std::move(ruling), alias);
}

base::Result<Decision> CaseActs::openCase(const Snapshot& snapshot, const model::Act& act,
                                          model::Ruling ruling, const store::CaseAlias& alias) {
    const auto today = base::vietnamDate(act.recordedAt);
    const auto& directory = snapshot.reference->directory();
    // THADS of the same level as the court of first instance, as the territory is cut today.
    const auto province = directory.provinceOn(ruling.firstInstanceCourt, today);
    const auto* enforcement = directory.enforcementFor(province, today);
    if (!enforcement)
        return Problem(ErrorCode::AGENCY_UNKNOWN, "ruling/firstInstanceCourt", {})
            .with("value", "THADS " + province)
            .with("date", base::formatDate(today));
    model::Routing routing;
    routing.enforcement = enforcement->code;
    routing.province = province;
    if (const auto* procuracy = directory.procuracyFor(province, today))
        routing.procuracy = procuracy->code;

    Decision decision;
    // A case of that id whose name leads nowhere was struck.
    std::size_t struck = 0;
    while (cases_.find(caseIdOf(alias, struck))) ++struck;
    decision.caseId = caseIdOf(alias, struck);
    decision.newAliases.push_back(alias);
    decision.events.push_back(
        transferEvent(act, std::move(ruling), std::move(routing), decision.caseId));
    CaseFile file;
    fold(file, decision.events.back());
    tell(snapshot, file, act, model::JudgmentTransfer{file.ruling}, decision);
    decision.caseAfter = std::move(file);
    replayParked(snapshot, alias, decision);
    decision.caseAfter->version = 1;
    return decision;
}

void CaseActs::tell(const Snapshot& snapshot, const CaseFile& file, const model::Act& act,
                    const model::Payload& payload, Decision& decision) const {
    const auto& reference = *snapshot.reference;
    add(decision, permitted(reference.rights(), agenciesOf(file),
                            notifications_.forAct(reference.directory(), file, act, payload)));
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
    add(decision, sees ? permitted(rights, agencies, {std::move(state)})
                       : permitted(rights, {}, {notifications_.parkingRefused(directory, ended)}));
}

void CaseActs::replayParked(const Snapshot& snapshot, const store::CaseAlias& alias,
                            Decision& decision) {
    for (const auto& parked : cases_.parkedFor(alias)) {
        // Whoever has no part in the case is not told that it is known: it goes on waiting.
        const auto& file = *decision.caseAfter;
        if (!concerns(snapshot, parked.agency, agenciesOf(file), file.routing.province,
                      decision.events.front().recordedAt)) {
            decision.stillParked.push_back(parked.position);
            continue;
        }
        decision.unparkPositions.push_back(parked.position);
        const auto before = decision.events.size();
        const auto kept = eventsOf(parked);
        GW_CHECK(kept.size() == 1 && kept.front().type == EventType::Parked);
        const model::Act act{parked.agency, parked.messageId, parked.contentSha256,
                             decision.events.front().recordedAt};
        const auto apply = [&](const auto& message) {
            auto event = decideAllowed(snapshot, *decision.caseAfter, act, message);
            if (!event) {
                model::Event ended = sideEvent(act, EventType::ParkingEnded, decision.caseId);
                ended.note = base::render(event.error()).vi;
                tellOfParking(snapshot, *decision.caseAfter, ended, decision);
                decision.events.push_back(std::move(ended));
                return;
            }
            fold(*decision.caseAfter, *event);
            // As recorded: the case's own codes and numbers, so that a rebuild tells the same.
            tell(snapshot, *decision.caseAfter, act, *payloadOf(*decision.caseAfter, *event),
                 decision);
            decision.events.push_back(std::move(*event));
        };
        const auto& event = kept.front();
        if (event.registration) apply(*event.registration);
        if (event.notice) apply(*event.notice);
        if (event.acknowledgement) apply(*event.acknowledgement);
        if (event.status) apply(*event.status);
        if (event.completion) apply(*event.completion);
        GW_CHECK(decision.events.size() > before);  // applied or ended, never lost
    }
    if (!decision.unparkPositions.empty()) decision.notes.emplace_back("parked-messages-applied");
}

base::Result<Decision> CaseActs::linkTransfer(const Snapshot& snapshot, const model::Act& act,
                                              const model::Ruling& ruling,
                                              const store::CaseRecord& known) {
    CaseFile file = caseFileOf(known);
    // Who names itself the court of first instance of a case that has another learns nothing of it.
    if (!snapshot.reference->rights().mayAct(act.actor, model::MessageType::JudgmentTransfer,
                                             agenciesOf(file), act.recordedAt))
        return forbiddenCase(act);
    const auto differing = differingFields(file.ruling, ruling);
    if (!differing.en.empty())
        return Problem(ErrorCode::CONFLICT_CASE).inWords("fields", differing);
    Decision decision;
    decision.verdict = Verdict::Linked;
    decision.caseId = known.caseId;
    decision.expectedVersion = known.version;
    decision.events.push_back(sideEvent(act, EventType::TransferLinked, known.caseId));
    fold(file, decision.events.back());
    file.version = known.version + 1;
    decision.caseAfter = std::move(file);
    return decision;
}

// What one recipient's copy will weigh: content, files by base64 (those that were sent earlier and
// are named by digest as well), and the author's own bytes beside them.
std::size_t CaseActs::copyWeight(const std::string& author, std::size_t content,
                                 const std::vector<model::Attachment>& files) const {
    std::size_t bytes = content;
    for (const auto& file : files) {
        const auto kept = cases_.attachmentSize(author, file.sha256);
        bytes += base::base64Length(static_cast<std::size_t>(kept.value_or(file.sizeBytes)));
    }
    return bytes + base::base64Length(std::min(bytes, base::kLargestOriginal));
}

base::Result<Decision> CaseActs::document(const Snapshot& snapshot, const model::Act& act,
                                          const model::DocumentTransfer& message) {
    const auto today = base::vietnamDate(act.recordedAt);
    const auto& directory = snapshot.reference->directory();
    // A code that is none (blanks, another case, letters that look alike, our own address) would
    // travel on under our seal and be read as somebody's.
    if (!model::isAgencyCodeSpelling(message.sender.code))
        return Problem(ErrorCode::MAPPING_VALUE, "documentTransfer/sender/code", {})
            .with("value", message.sender.code)
            .inWords("expected", {"phải là mã định danh cơ quan theo Quyết định 20/2020/QĐ-TTg "
                                  "(hoặc QCVN 102:2016/BTTTT), ví dụ H53.11",
                                  "it must be an agency code after Decision 20/2020/QD-TTg (or "
                                  "QCVN 102:2016/BTTTT), such as H53.11"});
    // Offices below an agency have codes that no directory knows; another agency's name is another
    // matter.
    const auto* author = directory.find(message.sender.code);
    if (author && !directory.closure(act.actor, today).contains(author->code))
        return Problem(ErrorCode::FORBIDDEN_SENDER, "documentTransfer/sender/code", {})
            .with("value", message.sender.code)
            .with("agency", act.actor);
    Decision decision;
    decision.events.push_back(sideEvent(act, EventType::DocumentReceived, {}));
    std::vector<std::string> recipients;
    for (const auto& recipient : message.recipients) {
        const auto* agency = directory.find(recipient.code, today);
        if (agency && snapshot.registry->partner(agency->code)) {
            // A letter may name an office twice, by its old code and by its new one.
            if (std::ranges::find(recipients, agency->code) == recipients.end())
                recipients.push_back(agency->code);
            continue;
        }
        // What is no code is the sender's free text: its place is named instead.
        decision.notes.push_back(
            std::string(kNotConnected) +
            (model::isAgencyCodeSpelling(recipient.code)
                 ? recipient.code
                 : "#" + std::to_string(&recipient - message.recipients.data() + 1)));
    }
    if (recipients.size() > 1) {
        const auto one = notifications_.forDocument(act, message, {recipients.front()});
        const auto most = limits_.letterCopiesBytes /
                          copyWeight(act.actor, one.front().content.size(), message.attachments);
        if (recipients.size() > most)
            return Problem(ErrorCode::CONTENT_TOO_LARGE, "documentTransfer/recipients", {})
                .with("limit", std::to_string(most));
    }
    add(decision, permitted(snapshot.reference->rights(), {},
                            notifications_.forDocument(act, message, recipients)));
    return decision;
}

template <class M>
base::Result<Decision> CaseActs::inCase(const Snapshot& snapshot, const model::Act& act,
                                        const M& message) {
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
        return one && concerns(snapshot, act.actor, one->agencies, one->province, act.recordedAt);
    };
    if (!reference.caseId.empty()) {
        record = cases_.find(reference.caseId);
        if (!concernedBy(record)) return Problem(ErrorCode::CASE_UNKNOWN, "case/caseId", {});
    } else if (reference.ruling) {
        record = named;
        if (!concernedBy(record)) return park(act, message, aliasOf(*reference.ruling), record);
    } else {
        return Problem(ErrorCode::MAPPING_REQUIRED, "case", {});
    }
    CaseFile file = caseFileOf(*record);
    auto event = decideAllowed(snapshot, file, act, message);
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
    fold(file, *event);
    file.version = record->version + 1;
    decision.events.push_back(std::move(*event));
    tell(snapshot, file, act, *payloadOf(file, decision.events.back()), decision);
    decision.caseAfter = std::move(file);
    // Who comes into the case by this act may have written before.
    if (gainsAgency(*record, agenciesOf(*decision.caseAfter))) {
        decision.looksUnder = aliasOf(decision.caseAfter->ruling.reference);
        replayParked(snapshot, *decision.looksUnder, decision);
        decision.caseAfter->version = record->version + 1;
    }
    return decision;
}

template <class M>
base::Result<Decision> CaseActs::park(const model::Act& act, const M& message,
                                      store::CaseAlias alias,
                                      const std::optional<store::CaseRecord>& beside) {
    if (cases_.parkedCount(act.actor) >= limits_.parkedPerAgency)
        return Problem(ErrorCode::PARKING_FULL);
    Decision decision;
    decision.verdict = Verdict::Parked;
    model::Event event = sideEvent(act, EventType::Parked, {});
    Keep{event}(message);
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

// Stands last: clang 14 forgets templates that a generic lambda calls before they are defined.
base::Result<Decision> CaseActs::judge(const Snapshot& snapshot, const model::Act& act,
                                       const model::Payload& payload) {
    const auto known = daysKnownTo(payload, latestDay(act));
    if (auto problem = snapshot.reference->plausibility().implausible(payload, known))
        return *std::move(problem);
    auto decision = judged(snapshot, act, payload);
    // What is accepted can be delivered, or its author is told now and not at night.
    if (decision)
        if (auto problem = unwritable(snapshot, identity_, act, decision->outbox))
            return *std::move(problem);
    return decision;
}

base::Result<Decision> CaseActs::judged(const Snapshot& snapshot, const model::Act& act,
                                        const model::Payload& payload) {
    return std::visit(
        [&](const auto& message) -> Judged {
            using M = std::decay_t<decltype(message)>;
            if constexpr (std::is_same_v<M, model::JudgmentTransfer>) {
                return transfer(snapshot, act, message);
            } else if constexpr (std::is_same_v<M, model::DocumentTransfer>) {
                return document(snapshot, act, message);
            } else if constexpr (std::is_same_v<M, model::Ping>) {
                Decision decision;
                decision.events.push_back(sideEvent(act, EventType::Pinged, {}));
                return decision;
            } else if constexpr (requires { message.caseReference; }) {
                return inCase(snapshot, act, message);
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
