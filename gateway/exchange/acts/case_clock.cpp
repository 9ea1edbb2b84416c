#include "gateway/exchange/acts/case_clock.h"

#include "gateway/base/ids.h"
#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/matters/matter_acts.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/exchange/records/recorded_events.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

constexpr std::size_t kCasesAtOnce = 64;
// A wall clock that has gone this much further than the steady one is looked at for so long.
constexpr std::chrono::minutes kJump{90}, kStands{30};

bool saysNothing(const model::Decided& decided) {
    return decided.changes.empty() && decided.facts.empty() && decided.terms.empty() &&
           decided.stages.empty() && decided.states.empty();
}

}  // namespace

bool CaseClock::isSettled() {
    const auto wall = clock_.now();
    const auto steady = clock_.steady();
    if (lastWall_) {
        const auto ahead = (wall - *lastWall_) - (steady - lastSteady_);
        if (ahead > kJump) {
            notBefore_ = steady + kStands;
            base::logEvent(base::LogLevel::Error, "clock.jumped",
                           {{"to", base::formatTimestamp(wall)}});
        } else if (ahead < -kJump) {
            notBefore_ = steady;  // it was set back: what it said before counts no more
        }
    }
    lastWall_ = wall;
    lastSteady_ = steady;
    return steady >= notBefore_;
}

bool CaseClock::tick() {
    if (!isSettled()) return false;
    const auto now = clock_.now();
    const auto ids =
        cases_.dueByClock(base::formatDate(base::vietnamDate(now)), passedOver_, kCasesAtOnce);
    for (const auto& id : ids) {
        try {
            if (!record(id, now)) ++passedOver_;
        } catch (const store::StoreFault&) {
            throw;
        } catch (const store::StoreBusy&) {
            throw;
        } catch (const base::Fault& fault) {
            ++passedOver_;
            base::logEvent(base::LogLevel::Error, "clock.case_failed",
                           {{"case", id}, {"reason", fault.what()}});
        }
    }
    const bool more = ids.size() == kCasesAtOnce;
    if (!more) passedOver_ = 0;
    return more;
}

bool CaseClock::record(const std::string& caseId, base::Timestamp now) {
    const auto snapshot = snapshots_.current();
    const auto today = base::vietnamDate(now);
    const auto kept = cases_.find(caseId);
    if (!kept) return false;
    auto file = caseFileOf(*kept);
    const MatterActs matters(*snapshot, cases_, ledger_, notifications_);
    auto decided =
        file.matter ? matters.tick(file, today) : CaseLaw(*snapshot->reference).tick(file, today);
    if (saysNothing(decided)) return false;

    OwnWord word;
    word.messageId = base::derivedId(
        "clk",
        document::FieldDigest().add(caseId).add(std::to_string(kept->version)).finish().view());
    word.messageType = kTermsTold;
    word.channel = "gateway";
    word.sealType = "thahc-terms+json";
    auto& event = word.event;
    event.type = model::EventType::TermsTold;
    event.happenedOn = today;
    event.recordedAt = now;
    event.actor = identity_.address();
    event.caseId = caseId;
    event.messageId = word.messageId;
    event.decided = std::move(decided);
    event.decided->role = model::nameOf(law::Role::Gateway);
    auto after = file;
    fold(after, event);
    if (file.matter)
        matters.tellNews(after, *event.decided, now);
    else
        static_cast<void>(ActRecipients(*snapshot, after, now).record(event, {}));
    word.payload = mapping::toNode(*event.decided);
    document::addText(word.payload, "id", word.messageId);
    document::addText(word.payload, "case", caseId);
    document::addText(word.payload, "day", base::formatDate(today));

    store::Acceptance acceptance;
    acceptance.evenIfShort = true;
    acceptance.message = ownMessage(identity_, *snapshot->seal, word, now);
    event = eventsOf(acceptance.message).front();
    fold(file, event);
    file.version = kept->version + 1;
    acceptance.expectedVersion = kept->version;
    acceptance.caseAfter = recordOf(file);
    acceptance.message.caseVersion = file.version;
    finish(acceptance.message);
    acceptance.outbox = notifications_.forDecided(file, event);
    // Told by another before us, or the case has moved: its next day is looked at again.
    if (!std::holds_alternative<store::Stored>(ledger_.accept(acceptance))) return false;
    for (const auto& item : acceptance.outbox) bell_.ring(item.recipient);
    return true;
}

std::size_t refold(store::Ledger& ledger, store::Cases& cases) {
    std::size_t done = 0;
    for (auto ids = cases.toBeRefolded(kCasesAtOnce); !ids.empty();
         ids = cases.toBeRefolded(kCasesAtOnce)) {
        std::vector<store::CaseRecord> rows;
        for (const auto& id : ids) {
            model::CaseFile file;
            for (const auto& message : cases.messagesOf(id))
                for (const auto& event : eventsOf(message)) {
                    if (!foldable(file, event))
                        throw base::Fault("case " + id + " cannot be derived from its messages");
                    fold(file, event);
                    file.version = message.caseVersion;
                }
            rows.push_back(recordOf(file));
        }
        ledger.refold(rows);
        done += rows.size();
    }
    return done;
}

}  // namespace gateway::exchange
