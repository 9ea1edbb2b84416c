#include "gateway/model/cases/stays.h"

#include <algorithm>
#include <optional>
#include <set>

namespace gateway::model {
namespace {

constexpr std::string_view kByClock = "clock/";

bool isOf(const Fact& fact, std::int64_t obligation) {
    return fact.obligation == 0 || fact.obligation == obligation;
}

bool isByClock(const Fact& fact) {
    return fact.kind == FactKind::Resumed && fact.source.starts_with(kByClock);
}

bool isEnded(const Fact& stay, std::int64_t obligation, const std::vector<Fact>& facts) {
    return std::ranges::any_of(facts, [&](const Fact& other) {
        return other.kind == FactKind::Resumed && !other.struck && !isByClock(other) &&
               isOf(other, obligation) && other.on > stay.on;
    });
}

bool isStay(const Fact& fact) { return fact.kind == FactKind::Stay && !fact.struck; }

std::optional<base::Date> endOf(const Fact& stay, std::int64_t obligation,
                                const std::vector<Fact>& facts) {
    if (!stay.until || !isOf(stay, obligation) || isEnded(stay, obligation, facts))
        return std::nullopt;
    const auto on = base::dayAfter(*stay.until);
    const auto goesOn = std::ranges::any_of(facts, [&](const Fact& other) {
        return isStay(other) && isOf(other, obligation) && other.on <= on &&
               (!other.until || *other.until > *stay.until) && !isEnded(other, obligation, facts);
    });
    return goesOn ? std::nullopt : std::optional(on);
}

bool isRecorded(const StayEnd& end, const std::vector<Fact>& facts) {
    const auto record = recordOf(end);
    return std::ranges::any_of(facts, [&](const Fact& other) {
        return isByClock(other) && !other.struck && other.source == record.source &&
               other.obligation == record.obligation && other.on == record.on;
    });
}

}  // namespace

std::vector<StayEnd> endsByThemselves(const std::vector<Fact>& facts,
                                      const std::vector<Obligation>& obligations) {
    std::vector<StayEnd> found;
    for (const auto& stay : facts) {
        if (!isStay(stay) || !stay.until) continue;
        std::vector<StayEnd> ends;
        std::size_t asked = 0;
        for (const auto& obligation : obligations) {
            if (!isOf(stay, obligation.no)) continue;
            ++asked;
            if (const auto on = endOf(stay, obligation.no, facts))
                ends.push_back({&stay, obligation.no, *on});
        }
        if (!ends.empty() && ends.size() == asked)
            found.push_back({&stay, stay.obligation, ends.front().on});
        else
            found.insert(found.end(), ends.begin(), ends.end());
    }
    std::ranges::stable_sort(found, {}, &StayEnd::on);
    return found;
}

std::vector<StayEnd> endsToRecord(const std::vector<Fact>& facts,
                                  const std::vector<Obligation>& obligations) {
    auto found = endsByThemselves(facts, obligations);
    std::erase_if(found, [&](const StayEnd& end) { return isRecorded(end, facts); });
    return found;
}

Fact recordOf(const StayEnd& end) {
    Fact record = *end.stay;
    record.kind = FactKind::Resumed;
    record.obligation = end.obligation;
    record.on = end.on;
    record.source = std::string(kByClock) + end.stay->source;
    record.until.reset();
    return record;
}

std::vector<std::string> untrueEnds(const std::vector<Fact>& facts,
                                    const std::vector<Obligation>& obligations) {
    const auto ends = endsByThemselves(facts, obligations);
    std::set<std::string> untrue;
    for (const auto& fact : facts) {
        if (!isByClock(fact) || fact.struck) continue;
        const auto holds = std::ranges::any_of(ends, [&](const StayEnd& end) {
            const auto record = recordOf(end);
            return record.source == fact.source && record.obligation == fact.obligation &&
                   record.on == fact.on;
        });
        if (!holds) untrue.insert(fact.source);
    }
    return {untrue.begin(), untrue.end()};
}

}  // namespace gateway::model
