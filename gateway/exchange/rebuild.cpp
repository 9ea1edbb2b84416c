#include "gateway/exchange/rebuild.h"

#include <algorithm>

#include "gateway/exchange/case_records.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {
namespace {

constexpr std::size_t kMostDifferences = 100;

void differ(RebuildReport& report, std::string what) {
    if (report.differences.size() < kMostDifferences) report.differences.push_back(std::move(what));
}

void checkMessage(RebuildReport& report, const store::MessageRecord& message) {
    const std::string name = "message " + message.agency + " " + message.messageId;
    ++report.messages;
    if (!store::entryHolds(message)) differ(report, name + ": entry hash does not hold");
    const auto events = eventsOf(message);
    if (events.empty()) differ(report, name + ": no events");
    if (std::ranges::any_of(
            events, [](const auto& event) { return event.type == model::EventType::Parked; }))
        ++report.parked;
}

void checkCase(RebuildReport& report, store::Cases& cases, const store::CaseRecord& kept) {
    ++report.cases;
    model::CaseFile file;
    std::int64_t version = 0;
    for (const auto& message : cases.messagesOf(kept.caseId)) {
        for (const auto& event : eventsOf(message)) fold(file, event);
        ++version;
        if (message.caseVersion != version)
            differ(report, "case " + kept.caseId + ": message " + message.messageId +
                               " was recorded as version " + std::to_string(message.caseVersion) +
                               ", found as " + std::to_string(version));
    }
    file.version = version;
    const auto folded = recordOf(file);
    if (folded.snapshot != kept.snapshot || folded.version != kept.version ||
        folded.stage != kept.stage || folded.province != kept.province ||
        folded.number != kept.number || folded.court != kept.court)
        differ(report, "case " + kept.caseId + ": kept state differs from its events");
}

}  // namespace

RebuildReport rebuild(store::Cases& cases) {
    RebuildReport report;
    cases.forEachMessage(0, [&report](const store::MessageRecord& message) {
        checkMessage(report, message);
        return true;
    });
    cases.forEachCase([&](const store::CaseRecord& record) {
        checkCase(report, cases, record);
        return true;
    });
    return report;
}

}  // namespace gateway::exchange
