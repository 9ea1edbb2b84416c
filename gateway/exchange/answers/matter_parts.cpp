#include "gateway/exchange/answers/matter_parts.h"

#include <algorithm>

#include "gateway/exchange/records/case_records.h"

namespace gateway::exchange {
namespace {

bool isIn(const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
}

bool holdsAny(const std::vector<std::string>& agencies, const std::vector<std::string>& own) {
    return std::ranges::any_of(agencies, [&](const auto& code) { return isIn(own, code); });
}

}  // namespace

std::vector<model::PartLine> partsSeen(const ReferenceData& reference, store::Cases& cases,
                                       const store::TermFilter& filter) {
    std::vector<model::PartLine> seen;
    const auto record = cases.find(filter.caseId);
    if (!record || record->subject.empty()) return seen;
    const auto file = caseFileOf(*record);
    const auto& matter = *file.matter;
    const bool all = filter.everything || holdsAny(matter.agencies, filter.own) ||
                     isIn(filter.visibleProvinces, matter.province);
    const bool some = std::ranges::any_of(
        matter.parts, [&](const auto& part) { return holdsAny(part.agencies, filter.own); });
    if (!all && !some) return seen;
    const auto& process = reference.law().process(matter.subject);
    for (const auto& part : matter.parts) {
        if (!all && part.no != 0 && !holdsAny(part.agencies, filter.own)) continue;
        const auto* stage = process.stageNamed(part.state);
        seen.push_back({part.no, part.kind, part.no == 0 ? matter.agencies : part.agencies,
                        part.state, stage ? stage->vi : std::string()});
    }
    return seen;
}

}  // namespace gateway::exchange
