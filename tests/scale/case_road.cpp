#include "tests/scale/case_road.h"

#include "gateway/base/ids.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "gateway/store/entry_hash.h"

namespace gateway::scale {
namespace {

constexpr const char* kMapping = "case-model-json/*";

// Each recipient has had its letter within the hour.
void close(store::Acceptance& acceptance) {
    for (auto& item : acceptance.outbox) {
        item.state = store::OutboxState::Delivered;
        item.attempts = 1;
        item.closedAt = item.createdAt + std::chrono::hours(1);
        item.contentTree.reset();
    }
}

}  // namespace

void Tally::add(const Tally& other) {
    for (const auto& [type, times] : other.taken) taken[type] += times;
    for (const auto& [type, times] : other.refused) refused[type] += times;
    clockWords += other.clockWords;
}

CaseRoad::CaseRoad(const Country& country, std::size_t number, Tally& tally) :
    country_(country),
    number_(std::to_string(number)),
    tally_(tally),
    ledger_(store_.ledger()),
    acts_(country.identity(), store_.cases(), ledger_, limits_),
    ticking_(country.identity(), country.snapshots(), ledger_, store_.cases(), bell_, clock_) {
    ledger_.onAccept = [this](const store::Acceptance& acceptance) {
        taken_.push_back(acceptance);
        close(taken_.back());
        return std::nullopt;
    };
}

void CaseRoad::tickUntil(base::Timestamp until) {
    while (const auto day = file_.nextDay()) {
        const auto begun = base::vietnamMidnight(*day) + std::chrono::minutes(5);
        const auto moment = std::max(begun, clock_.now() + std::chrono::milliseconds(1));
        if (moment >= until) return;
        clock_.put(moment);
        const auto before = taken_.size();
        ticking_.tick();
        if (taken_.size() == before) return;
        tally_.clockWords += static_cast<std::int64_t>(taken_.size() - before);
        file_ = exchange::caseFileOf(*taken_.back().caseAfter);
    }
}

bool CaseRoad::transfer(const std::string& court, model::Ruling ruling, base::Timestamp at) {
    const model::JudgmentTransfer message{std::move(ruling)};
    const auto body = document::writeJson(mapping::toNode(message));
    return record(court, "JudgmentTransfer", message, body, at);
}

bool CaseRoad::say(const std::string& sender, const std::string& type, const std::string& content,
                   base::Timestamp at, std::vector<model::Attachment> files) {
    if (sender.empty()) return false;
    tickUntil(at);
    model::DeclaredAct act;
    act.type = type;
    act.caseReference = {file_.caseId, {}};
    act.content = document::readJson(content).value().root;
    act.attachments = std::move(files);
    return record(sender, type, act, content, at);
}

bool CaseRoad::record(const std::string& sender, const std::string& type,
                      const model::Payload& payload, const std::string& body, base::Timestamp at) {
    clock_.put(at);
    const auto id = "m" + number_ + "-" + std::to_string(++said_);
    const model::Act act{sender, id, document::sha256(body + id).hex(), at};
    const auto decision = acts_.judge(country_.snapshot(), act, payload);
    if (!decision) {
        const auto& problem = decision.error();
        ++tally_.refused[type + " " + std::string(entryOf(problem.code).name) + " " +
                         base::render(problem).en.substr(0, 60)];
        return false;
    }
    const auto outcome = ledger_.accept(acceptanceOf(act, type, body, *decision));
    GW_CHECK(std::holds_alternative<store::Stored>(outcome));
    ++tally_.taken[type];
    file_ = *decision->caseAfter;
    lastMessage_ = id;
    return true;
}

// As Intake's, but for the signature.
store::Acceptance CaseRoad::acceptanceOf(const model::Act& act, const std::string& type,
                                         const std::string& body,
                                         const exchange::Decision& decision) const {
    const auto& snapshot = country_.snapshot();
    store::Acceptance acceptance;
    auto& m = acceptance.message;
    m.agency = act.actor;
    m.messageId = act.messageId;
    m.messageType = type;
    m.channel = "ch-" + act.actor;
    m.signerSha256 = snapshot.seal->certificate()->fingerprint().hex();
    m.body = body;
    m.bodySha256 = document::sha256(body).hex();
    m.contentSha256 = act.contentSha256;
    m.mediaType = "application/jose";
    m.receivedAt = m.decidedAt = act.recordedAt;
    m.caseId = decision.caseId;
    m.caseVersion = decision.caseAfter->version;
    m.mappingId = kMapping;
    m.mappingSha256 = m.rulesSha256 = snapshot.reference->digest().hex();
    m.events = exchange::eventsText(decision.events);
    m.receiptId = base::derivedId("rcp", act.contentSha256);
    m.entrySha256 = store::entryHash(m);
    acceptance.caseAfter = exchange::recordOf(*decision.caseAfter);
    acceptance.expectedVersion = decision.expectedVersion;
    acceptance.newAliases = decision.newAliases;
    acceptance.outbox = decision.outbox;
    exchange::Receipt receipt;
    receipt.receiptId = m.receiptId;
    receipt.channel = m.channel;
    receipt.signerAgency = m.agency;
    receipt.signerCertificateSha256 = m.signerSha256;
    receipt.messageId = m.messageId;
    receipt.messageType = m.messageType;
    receipt.bodySha256 = m.bodySha256;
    receipt.bodyLength = static_cast<std::int64_t>(body.size());
    receipt.contentSha256 = m.contentSha256;
    receipt.receivedAt = receipt.decidedAt = act.recordedAt;
    receipt.verdict = decision.verdict;
    receipt.caseId = m.caseId;
    receipt.mappingId = m.mappingId;
    receipt.mappingSha256 = m.mappingSha256;
    receipt.rulesSha256 = m.rulesSha256;
    receipt.entrySha256 = m.entrySha256;
    receipt.notes = decision.notes;
    const auto sealed = snapshot.seal->seal(std::move(receipt), exchange::Family::Json);
    m.receipt = sealed.bytes;
    m.receiptMediaType = sealed.mediaType;
    return acceptance;
}

}  // namespace gateway::scale
