#include "gateway/exchange/acts/case_clock.h"

#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/matters/matter_acts.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_events.h"

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
    const MatterActs matters(*snapshot, cases_, ledger_, word_.notifications());
    auto decided =
        file.matter ? matters.tick(file, today) : CaseLaw(*snapshot->reference).tick(file, today);
    if (saysNothing(decided)) return false;

    file.version = kept->version;
    model::Event event;
    event.caseId = caseId;
    event.decided = std::move(decided);
    return word_.record(
        *snapshot, file, std::move(event), now,
        [&](const model::CaseFile& after, model::Event& said) {
            if (after.matter)
                matters.complete(after, said);
            else
                static_cast<void>(ActRecipients(*snapshot, after, now).record(said, {}));
        });
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
