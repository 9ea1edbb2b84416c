#include "gateway/exchange/delivery/delivery_ends.h"

#include "gateway/base/ids.h"
#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using model::DeliveryOutcome;
using model::EventType;

constexpr std::size_t kToldAtOnce = 16;
constexpr std::chrono::seconds kPause{60};

model::Event endOf(const store::OutboxItem& item, EventType type, DeliveryOutcome outcome,
                   const std::string& reason, const std::string& actor, base::Timestamp at) {
    model::Event event;
    event.type = type;
    event.happenedOn = base::vietnamDate(at);
    event.recordedAt = at;
    event.actor = actor;
    event.caseId = item.caseId;
    model::DeliveryEnd end;
    end.item = item.itemId;
    end.recipient = item.recipient;
    end.messageType = item.messageType;
    end.sourceAgency = item.sourceAgency;
    end.sourceMessageId = item.sourceMessageId;
    end.outcome = outcome;
    end.reason = reason;
    event.delivery = std::move(end);
    return event;
}

// The same for the same end, whoever records it.
std::string idOf(const store::OutboxItem& item, base::Timestamp at) {
    return base::derivedId("end", document::FieldDigest()
                                      .add(item.itemId)
                                      .add(std::to_string(at.time_since_epoch().count()))
                                      .finish()
                                      .view());
}

}  // namespace

bool DeliveryEnds::tellAuthors() {
    const std::unique_lock lock(telling_, std::try_to_lock);
    if (!lock) return false;
    if (clock_.steady() < notBefore_) return false;
    const auto items = outbox_.untold(kToldAtOnce);
    bool told = false;
    for (const auto& item : items) {
        try {
            tell(item);
            told = true;
        } catch (const store::StoreFault&) {
            throw;
        } catch (const base::Fault& fault) {
            // A full queue, or a case that cannot be read: nobody else's news waits for it.
            base::logEvent(base::LogLevel::Error, "delivery.author_untold",
                           {{"item", item.itemId}, {"reason", fault.what()}});
            notBefore_ = clock_.steady() + kPause;
        }
    }
    return told;
}

void DeliveryEnds::tell(const store::OutboxItem& item) {
    if (item.sourceAgency != identity_.address()) {
        const auto at = item.closedAt.value();
        const auto outcome = item.state == store::OutboxState::Refused ? DeliveryOutcome::Refused
                                                                       : DeliveryOutcome::GivenUp;
        auto event = endOf(item, EventType::DeliveryFailed, outcome, item.lastError,
                           identity_.address(), at);
        OwnWord word;
        word.messageId = idOf(item, at);
        word.messageType = kDeliveryFailure;
        word.channel = "gateway";
        word.sealType = "thahc-delivery-failure+json";
        word.payload = mapping::toNode(*event.delivery);
        word.payload.children.push_back(document::stringNode("id", word.messageId));
        word.payload.children.push_back(document::stringNode("at", base::formatTimestamp(at)));
        record(item, std::move(event), std::move(word), at);
    }
    outbox_.authorTold(item.itemId);
}

std::string DeliveryEnds::settled(const store::OutboxItem& item, DeliveryOutcome outcome,
                                  const std::string& reason, const std::string& messageId,
                                  document::Node payload, base::Timestamp now) {
    OwnWord word;
    word.messageId = messageId;
    word.messageType = kOperatorAct;
    word.channel = "operator";
    word.sealType = "thahc-operator-act+json";
    word.payload = std::move(payload);
    record(item, endOf(item, EventType::DeliverySettled, outcome, reason, identity_.address(), now),
           std::move(word), now);
    return messageId;
}

// Who is told, if anybody: the author, or whoever has its business today, by its rights.
std::optional<store::OutboxItem> DeliveryEnds::notice(const Snapshot& snapshot,
                                                      const model::CaseFile* file,
                                                      const model::Event& event) const {
    const auto& rights = snapshot.reference->rights();
    const auto& directory = snapshot.reference->directory();
    const auto author =
        holderOf(directory, event.delivery->sourceAgency, base::vietnamDate(event.recordedAt));
    if (!snapshot.registry->partner(author)) return std::nullopt;
    if (file) {
        const auto agencies = agenciesOf(*file);
        if (rights.maySeeCase(author, agencies, file->routing.province, event.recordedAt) &&
            rights.mayReceive(author, model::MessageType::MonitoringResult, agencies,
                              event.recordedAt))
            return notifications_.deliveryEnded(author, *file, event);
    }
    if (!rights.mayReceive(author, model::MessageType::DocumentTransfer, {}, event.recordedAt))
        return std::nullopt;
    return notifications_.deliveryEndedLetter(author, event);
}

void DeliveryEnds::record(const store::OutboxItem& item, model::Event event, OwnWord word,
                          base::Timestamp now) {
    const auto snapshot = snapshots_.current();
    event.messageId = word.messageId;
    event.contentSha256 = document::sha256(document::writeJson(word.payload)).hex();
    for (int attempt = 0; attempt < base::kCaseVersionRetries; ++attempt) {
        store::Acceptance acceptance;
        acceptance.evenIfShort = true;
        std::optional<model::CaseFile> file;
        if (const auto kept = item.caseId.empty() ? std::nullopt : cases_.find(item.caseId)) {
            file = caseFileOf(*kept);
            acceptance.expectedVersion = kept->version;
            file->version = kept->version + 1;
        }
        event.delivery->told.clear();
        auto told = notice(*snapshot, file && !file->matter ? &*file : nullptr, event);
        if (told) event.delivery->told = told->recipient;
        word.event = event;
        acceptance.message = ownMessage(identity_, *snapshot->seal, word, now);
        if (file) {
            acceptance.caseAfter = recordOf(*file);
            acceptance.message.caseVersion = file->version;
        }
        finish(acceptance.message);
        if (told) acceptance.outbox.push_back(*told);
        const auto outcome = ledger_.accept(acceptance);
        if (std::holds_alternative<store::VersionMoved>(outcome)) continue;
        if (std::holds_alternative<store::Stored>(outcome) && told) bell_.ring(told->recipient);
        return;  // or it was recorded before, by a thread or a process that then stopped
    }
    throw store::StoreBusy("the case of item " + item.itemId + " changes too fast to say its end");
}

}  // namespace gateway::exchange
