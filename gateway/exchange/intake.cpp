#include "gateway/exchange/intake.h"

#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/exchange/answers/evidence_format.h"
#include "gateway/exchange/desk/attachments.h"
#include "gateway/exchange/desk/bounded_words.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/tables/table_answer.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {

using base::ErrorCode;
using base::Problem;

/// What is known of an understood message while it waits to be recorded.
struct Intake::Pending {
    Received& received;
    model::Act act;
    std::string bodySha256;
    std::vector<store::StoredAttachment> attachments;
    std::uint32_t row = 0;  ///< of a table
};

namespace {

// One line a verdict; whoever was answered holds its correlation.
void tellOfVerdict(std::string_view event, const Inbound& inbound,
                   const store::MessageRecord& message) {
    base::logEvent(base::LogLevel::Info, event,
                   {{"correlation", inbound.correlation},
                    {"agency", message.agency},
                    {"message", message.messageId},
                    {"type", message.messageType},
                    {"channel", inbound.channel->id},
                    {"receipt", message.receiptId},
                    {"case", message.caseId},
                    {"bodySha256", message.bodySha256}});
}

Answer storedAnswer(const Inbound& inbound, const store::MessageRecord& message) {
    tellOfVerdict("message.repeated", inbound, message);
    return {200, message.receiptMediaType, message.receipt};
}

// What a recipient had no right to is in its sender's receipt; here is who can mend it.
void tellOperator(const store::MessageRecord& message, const Decision& decision) {
    for (const auto& note : decision.notes)
        if (note.starts_with(kNotPermitted))
            base::logEvent(base::LogLevel::Warning, "delivery.not_permitted",
                           {{"agency", message.agency},
                            {"message", message.messageId},
                            {"case", message.caseId},
                            {"delivery", note.substr(kNotPermitted.size())}});
}

// A trial leaves no row, but whoever tries again and again is seen.
void tellOfTrial(const Inbound& inbound, const Received& received, std::string_view outcome) {
    const auto& envelope = received.message.envelope;
    base::logEvent(base::LogLevel::Info, "message.dry_run",
                   {{"correlation", inbound.correlation},
                    {"agency", received.verified.signerAgency},
                    {"message", envelope.id},
                    {"type", model::typeNameOf(received.message.payload)},
                    {"outcome", std::string(outcome)}});
}

}  // namespace

Intake::Intake(Identity identity, store::Ledger& ledger, store::Cases& cases, Bell& bell,
               const base::Clock& clock, const base::Limits& limits) :
    identity_(identity),
    reception_(identity, limits),
    tables_(reception_, identity, limits),
    acts_(std::move(identity), cases, ledger, limits),
    refusals_(ledger, clock, limits),
    ledger_(ledger),
    bell_(bell),
    clock_(clock),
    storedQuota_(limits.storedBytesPerAgency) {}

Answer Intake::accept(const Inbound& inbound) {
    return inSignersFormat(inbound, identity_, judged(inbound));
}

Answer Intake::judged(const Inbound& inbound) {
    const std::string bodySha256 = document::sha256(inbound.body).hex();
    if (isTable(inbound.mediaType)) return acceptTable(inbound, bodySha256);
    if (auto answer = repeated(inbound, bodySha256)) return *std::move(answer);
    auto received = reception_.receive(inbound, Reception::Purpose::Message);
    if (!received) return refusals_.refuse(inbound, received.error());
    auto answer = acceptReceived(inbound, std::move(received).value(), bodySha256, 0);
    if (!answer) return refusals_.refuse(inbound, answer.error());
    return std::move(answer).value();
}

// Rows are recorded one by one, so that one that waits or fails holds up no other.
Answer Intake::acceptTable(const Inbound& inbound, const std::string& bodySha256) {
    const auto table = tables_.receive(inbound);
    if (!table) return refusals_.refuse(inbound, table.error());
    TableAnswer told(*table);
    std::optional<Refused> first;
    for (const auto& row : table->table.rows()) {
        const auto number = row.position.line;
        auto answer = [&]() -> base::Result<Answer, Refused> {
            auto received = tables_.receiveRow(inbound, *table, row);
            if (!received) return std::move(received).error();
            auto accepted =
                acceptReceived(inbound, std::move(received).value(), bodySha256, number);
            if (!accepted) placeInTable(accepted.error(), table->table, number);
            return accepted;
        }();
        if (answer) {
            told.accepted(number, answer->bytes);
        } else {
            told.refused(number, answer.error());
            // What was put off for its rate was not judged.
            const auto code = answer.error().problems.front().code;
            if (!first && entryOf(code).errorClass == base::ErrorClass::KnownSigner)
                first = std::move(answer).error();
        }
    }
    // The file is kept once for all that was refused in it.
    if (first)
        if (auto full = refusals_.record(inbound, *first)) return *std::move(full);
    return told.seal(inbound, identity_, clock_.now());
}

base::Result<Answer, Refused> Intake::acceptReceived(const Inbound& inbound, Received received,
                                                     const std::string& bodySha256,
                                                     std::uint32_t row) {
    auto attachments = takeAttachments(received.message.payload);
    if (!attachments) return refusedAs(received, std::move(attachments).error());
    Pending pending{received,
                    {received.verified.signerAgency, received.message.envelope.id,
                     received.verified.content.digest().hex(), clock_.now()},
                    bodySha256,
                    std::move(attachments).value(),
                    row};
    auto answer = record(inbound, pending);
    if (answer) return std::move(answer).value();
    if (inbound.dryRun) tellOfTrial(inbound, received, entryOf(answer.error().code).name);
    return refusedAs(received, std::move(answer).error());
}

std::optional<Answer> Intake::repeated(const Inbound& inbound, const std::string& bodySha256) {
    if (inbound.dryRun) return std::nullopt;
    const auto known = ledger_.findByBody(inbound.channel->id, bodySha256);
    // The same bytes under another detached header are another message.
    if (!known || known->detachedHeader != inbound.detachedHeader) return std::nullopt;
    return storedAnswer(inbound, *known);
}

base::Result<Answer, Problem> Intake::record(const Inbound& inbound, Pending& pending) {
    const auto& agency = pending.act.actor;
    const auto conflict = [&](const std::string& receiptId) {
        return Problem(ErrorCode::CONFLICT_MESSAGE_ID)
            .with("messageId", pending.act.messageId)
            .with("receiptId", receiptId);
    };
    for (int attempt = 0; attempt < base::kCaseVersionRetries; ++attempt) {
        // Looked up before judging: a repeated act would be illegal in the state it has brought.
        if (const auto known = ledger_.findByKey(agency, pending.act.messageId)) {
            // The type may stand outside the signed content (a detached header's typ).
            const auto type = model::typeNameOf(pending.received.message.payload);
            if (known->contentSha256 != pending.act.contentSha256 || known->messageType != type)
                return conflict(known->receiptId);
            return storedAnswer(inbound, *known);
        }
        if (wasFull(agency))
            if (auto full = overQuota(agency, inbound.body.size())) return *std::move(full);
        auto decision = acts_.judge(*inbound.snapshot, pending.act,
                                    pending.received.message.payload, pending.received.unchanged);
        if (!decision) {
            // Its twin may have been recorded while we judged; then the twin's receipt is ours.
            if (ledger_.findByKey(agency, pending.act.messageId)) continue;
            return std::move(decision).error();
        }
        if (inbound.dryRun) decision->verdict = Verdict::WouldAccept;
        auto acceptance = acceptanceOf(inbound, pending, *decision);
        const auto sealed = inbound.snapshot->seal->seal(
            receiptOf(inbound, pending, acceptance.message, *decision), inbound.family());
        if (inbound.dryRun) {
            // What a recording would add beside the body, as near as a trial can know it.
            const auto beside = acceptance.message.events.size() + sealed.bytes.size();
            if (auto full = overQuota(agency, inbound.body.size() + beside))
                return *std::move(full);
            tellOfTrial(inbound, pending.received, model::nameOf(Verdict::WouldAccept));
            return Answer{200, sealed.mediaType, sealed.bytes};
        }
        acceptance.message.receipt = sealed.bytes;
        acceptance.message.receiptMediaType = sealed.mediaType;
        auto outcome = ledger_.accept(acceptance);
        if (std::holds_alternative<store::Stored>(outcome)) {
            for (const auto& item : acceptance.outbox) bell_.ring(item.recipient);
            for (const auto& word : acceptance.following)
                for (const auto& item : word.outbox) bell_.ring(item.recipient);
            tellOperator(acceptance.message, *decision);
            const bool waits = decision->verdict == Verdict::Parked;
            tellOfVerdict(waits ? "message.parked" : "message.accepted", inbound,
                          acceptance.message);
            return Answer{200, sealed.mediaType, sealed.bytes};
        }
        if (const auto* same = std::get_if<store::SameContent>(&outcome))
            return storedAnswer(inbound, same->message);
        if (const auto* other = std::get_if<store::OtherContent>(&outcome))
            return conflict(other->message.receiptId);
        if (const auto* full = std::get_if<store::OverQuota>(&outcome)) {
            setFull(agency, true);
            return storedQuotaProblem(agency, storedQuota_, full->used);
        }
    }
    return Problem(ErrorCode::CONFLICT_BUSY);
}

// What a message adds exactly is counted where it is written. Only of who was found full there it
// is asked before judging and sealing as well: a look-up that nobody else pays for.
std::optional<Problem> Intake::overQuota(const std::string& agency, std::size_t bytes) {
    const auto used = ledger_.storedBytes(agency);
    const bool full = static_cast<std::size_t>(used) + bytes > storedQuota_;
    setFull(agency, full);
    return full ? std::optional(storedQuotaProblem(agency, storedQuota_, used)) : std::nullopt;
}

bool Intake::wasFull(const std::string& agency) {
    const std::lock_guard lock(fullMutex_);
    return full_.contains(agency);
}

void Intake::setFull(const std::string& agency, bool full) {
    const std::lock_guard lock(fullMutex_);
    if (full)
        full_.insert(agency);
    else
        full_.erase(agency);
}

store::Acceptance Intake::acceptanceOf(const Inbound& inbound, const Pending& pending,
                                       const Decision& decision) const {
    const auto& received = pending.received;
    store::Acceptance acceptance;
    auto& message = acceptance.message;
    message.agency = pending.act.actor;
    message.messageId = pending.act.messageId;
    message.messageType = model::typeNameOf(received.message.payload);
    message.channel = inbound.channel->id;
    message.signerSha256 = received.verified.signerCertificate->fingerprint().hex();
    message.bodySha256 = pending.bodySha256;
    message.contentSha256 = pending.act.contentSha256;
    message.mediaType =
        pending.row == 0 ? inbound.mediaType : rowMediaType(inbound.mediaType, pending.row);
    message.detachedHeader = inbound.detachedHeader;
    message.body = inbound.body;
    message.receivedAt = inbound.receivedAt;
    message.decidedAt = pending.act.recordedAt;
    message.caseId = decision.caseId;
    message.mappingId = received.mappingId;
    message.mappingSha256 = received.mappingSha256;
    message.rulesSha256 = inbound.snapshot->rules.hex();
    message.events = eventsText(decision.events);
    message.receiptId = base::newId("rcp", pending.act.recordedAt);
    if (decision.caseAfter) {
        message.caseVersion = decision.caseAfter->version;
        acceptance.caseAfter = recordOf(*decision.caseAfter);
    }
    message.entrySha256 = store::entryHash(message);
    acceptance.expectedVersion = decision.expectedVersion;
    acceptance.newAliases = decision.newAliases;
    acceptance.outbox = decision.outbox;
    acceptance.attachments = pending.attachments;
    if (const auto* files = attachmentsOf(pending.received.message.payload))
        for (const auto& file : *files)
            if (!file.sha256.empty()) acceptance.filesNamed.push_back(file.sha256);
    acceptance.storedQuota = storedQuota_;
    acceptance.parkUnder = decision.parkUnder;
    acceptance.parkBeside = decision.parkBeside;
    acceptance.besideVersion = decision.besideVersion;
    acceptance.looksUnder = decision.looksUnder;
    acceptance.unparkPositions = decision.unparkPositions;
    acceptance.stillParked = decision.stillParked;
    acceptance.document = decision.document;
    acceptance.following = decision.following;
    return acceptance;
}

Receipt Intake::receiptOf(const Inbound& inbound, const Pending& pending,
                          const store::MessageRecord& message, const Decision& decision) const {
    Receipt receipt;
    receipt.receiptId = message.receiptId;
    receipt.channel = message.channel;
    receipt.signerAgency = message.agency;
    receipt.signerCertificateSha256 = message.signerSha256;
    receipt.messageId = message.messageId;
    receipt.messageType = message.messageType;
    receipt.bodySha256 = message.bodySha256;
    receipt.bodyLength = static_cast<std::int64_t>(inbound.body.size());
    receipt.contentSha256 = message.contentSha256;
    receipt.receivedAt = message.receivedAt;
    receipt.decidedAt = message.decidedAt;
    receipt.verdict = decision.verdict;
    receipt.caseId = message.caseId;
    receipt.mappingId = message.mappingId;
    receipt.mappingSha256 = message.mappingSha256;
    receipt.rulesSha256 = message.rulesSha256;
    // A dry run enters nothing, so there is no entry to speak of.
    if (!inbound.dryRun) receipt.entrySha256 = message.entrySha256;
    auto notes = pending.received.notes;
    notes.insert(notes.end(), decision.notes.begin(), decision.notes.end());
    receipt.notes = boundedWords(std::move(notes), base::kReceiptNotes);
    return receipt;
}

}  // namespace gateway::exchange
