#include "gateway/exchange/acts/parking_term.h"

#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/own_message.h"

namespace gateway::exchange {
namespace {

// One sentence for all: whether such a ruling is known here is nobody's business.
constexpr const char* kWaitedInVain =
    "Thông điệp đã hết thời hạn chờ bản án, quyết định mà nó dẫn và không được áp dụng. Nếu bản "
    "án, "
    "quyết định đó vẫn liên quan đến cơ quan mình, đề nghị kiểm tra lại số, ngày, Tòa án và gửi "
    "thông điệp mới.";

std::vector<store::ParkedMessage> oldest(store::Cases& cases) {
    std::vector<store::ParkedMessage> found;
    cases.forEachParked([&found](const store::ParkedMessage& one) {
        found.push_back(one);
        return found.size() < base::kParkingEndedAtOnce;
    });
    return found;
}

}  // namespace

std::size_t ParkingTerm::endOverdue() {
    const auto now = clock_.now();
    std::size_t ended = 0;
    for (const auto& one : oldest(cases_)) {
        const auto waiting = cases_.parkedFor(one.under);
        const auto parked =
            std::ranges::find(waiting, one.position, &store::MessageRecord::position);
        if (parked == waiting.end()) continue;  // applied meanwhile
        if (now - parked->decidedAt < limits_.parkedKept) break;
        if (end(*parked, now)) ++ended;
    }
    if (ended > 0)
        base::logEvent(base::LogLevel::Info, "parking.term_ended",
                       {{"messages", std::to_string(ended)}});
    return ended;
}

bool ParkingTerm::end(const store::MessageRecord& parked, base::Timestamp now) {
    const auto snapshot = snapshots_.current();
    model::Event ended;
    ended.type = model::EventType::ParkingEnded;
    ended.happenedOn = base::vietnamDate(now);
    ended.recordedAt = now;
    ended.actor = parked.agency;
    ended.messageId = parked.messageId;
    ended.contentSha256 = parked.contentSha256;
    ended.note = kWaitedInVain;
    auto told = permitted(snapshot->reference->rights(), {},
                          {notifications_.parkingRefused(snapshot->reference->directory(), ended)});

    OwnWord word;
    word.messageId = base::newId("act", now);
    word.messageType = kOperatorAct;
    word.channel = "gateway";
    word.sealType = "thahc-operator-act+json";
    word.payload = document::objectNode();
    const auto add = [&word](const char* name, const std::string& value) {
        word.payload.children.push_back(document::stringNode(name, value));
    };
    word.event.note = told.items.empty() ? kParkingTermEndedUntold : kParkingTermEnded;
    add("id", word.messageId);
    add("operator", "gateway");
    add("act", word.event.note);
    add("at", base::formatTimestamp(now));
    add("agency", parked.agency);
    add("messageId", parked.messageId);
    word.event.type = model::EventType::OperatorActed;
    word.event.happenedOn = ended.happenedOn;
    word.event.recordedAt = now;
    word.event.actor = identity_.address();

    store::Acceptance acceptance;
    acceptance.evenIfShort = true;
    acceptance.message = ownMessage(identity_, *snapshot->seal, word, now);
    auto events = eventsOf(acceptance.message);
    events.push_back(std::move(ended));
    acceptance.message.events = eventsText(events);
    finish(acceptance.message);
    acceptance.unparkPositions.push_back(parked.position);
    acceptance.outbox = std::move(told.items);
    const auto outcome = ledger_.accept(acceptance);
    // Its ruling came meanwhile: it has been applied.
    if (std::holds_alternative<store::VersionMoved>(outcome)) return false;
    GW_CHECK(std::holds_alternative<store::Stored>(outcome));
    for (const auto& item : acceptance.outbox) bell_.ring(item.recipient);
    return true;
}

}  // namespace gateway::exchange
