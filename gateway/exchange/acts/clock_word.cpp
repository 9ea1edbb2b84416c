#include "gateway/exchange/acts/clock_word.h"

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/exchange/records/recorded_events.h"
#include "gateway/law/conditions/roles.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {

store::Acceptance wordIn(const Snapshot& snapshot, const Identity& identity,
                         const Notifications& notifications, model::CaseFile before, OwnWord word,
                         base::Timestamp now) {
    store::Acceptance acceptance;
    acceptance.message = ownMessage(identity, *snapshot.seal, std::move(word), now);
    acceptance.expectedVersion = before.version;
    auto file = std::move(before);
    const auto recorded = eventsOf(acceptance.message).front();
    fold(file, recorded);
    file.version = acceptance.expectedVersion + 1;
    acceptance.caseAfter = recordOf(file);
    acceptance.message.caseVersion = file.version;
    finish(acceptance.message);
    acceptance.outbox = notifications.forDecided(file, recorded);
    return acceptance;
}

bool ClockWord::record(const Snapshot& snapshot, model::CaseFile before, model::Event event,
                       base::Timestamp now, const Tell& tell) const {
    OwnWord word;
    word.messageId = base::derivedId("clk", document::FieldDigest()
                                                .add(event.caseId)
                                                .add(std::to_string(before.version))
                                                .finish()
                                                .view());
    word.messageType = kTermsTold;
    word.channel = "gateway";
    word.sealType = "thahc-terms+json";
    event.type = model::EventType::TermsTold;
    event.happenedOn = base::vietnamDate(now);
    event.recordedAt = now;
    event.actor = author();
    event.messageId = word.messageId;
    event.decided->role = model::nameOf(law::Role::Gateway);
    auto after = before;
    fold(after, event);
    tell(after, event);
    word.payload = mapping::toNode(*event.decided);
    document::addText(word.payload, "id", word.messageId);
    document::addText(word.payload, "case", event.caseId);
    document::addText(word.payload, "day", base::formatDate(event.happenedOn));
    word.event = std::move(event);

    auto acceptance =
        wordIn(snapshot, identity_, notifications_, std::move(before), std::move(word), now);
    acceptance.evenIfShort = true;
    if (!std::holds_alternative<store::Stored>(ledger_.accept(acceptance))) return false;
    for (const auto& item : acceptance.outbox) bell_.ring(item.recipient);
    return true;
}

}  // namespace gateway::exchange
