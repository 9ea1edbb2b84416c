#include "gateway/model/agencies/territory.h"

#include <algorithm>

#include "gateway/base/fault.h"

namespace gateway::model {
namespace {

[[noreturn]] void bad(const Territory& territory, const std::string& what) {
    throw base::Fault(territory.origin + ": territory " + territory.id + ": " + what);
}

void checkNames(const Territory& territory) {
    if (territory.names.empty()) bad(territory, "has no name");
    for (std::size_t i = 0; i < territory.names.size(); ++i) {
        if (!territory.names[i].period.wellFormed()) bad(territory, "a name has an empty period");
        for (std::size_t j = 0; j < i; ++j)
            if (territory.names[i].period.overlaps(territory.names[j].period))
                bad(territory, "the names \"" + territory.names[j].text + "\" and \"" +
                                   territory.names[i].text + "\" overlap");
    }
}

}  // namespace

Territories::Territories(std::vector<Territory> territories) :
    territories_(std::move(territories)) {
    for (std::size_t i = 0; i < territories_.size(); ++i) {
        const auto [place, fresh] = index_.emplace(territories_[i].id, i);
        if (!fresh)
            bad(territories_[i],
                "is declared twice, first at " + territories_[place->second].origin);
    }
    for (const auto& territory : territories_) {
        if (!territory.period.wellFormed()) bad(territory, "its period is empty");
        checkNames(territory);
        if (territory.successor.empty()) continue;
        if (!find(territory.successor))
            bad(territory, "unknown successor \"" + territory.successor + "\"");
        if (!territory.successionOn || territory.period.until != territory.successionOn)
            bad(territory, "a succession takes place on the day on which it ends");
        const auto* next = &territory;
        for (std::size_t steps = 0; next && !next->successor.empty(); ++steps) {
            if (steps > territories_.size()) bad(territory, "its successions form a cycle");
            next = find(next->successor);
        }
    }
}

const Territory* Territories::find(std::string_view id) const noexcept {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &territories_[found->second];
}

std::optional<std::string> Territories::at(std::string_view id, base::Date day) const {
    const auto* territory = find(id);
    while (territory && !territory->period.covers(day)) {
        if (!territory->successionOn || day < *territory->successionOn) return std::nullopt;
        territory = find(territory->successor);
    }
    return territory ? std::optional(territory->id) : std::nullopt;
}

std::vector<std::string> Territories::closure(std::string_view id, base::Date day) const {
    std::vector<std::string> found;
    if (!find(id)) return found;
    found.emplace_back(id);
    for (std::size_t next = 0; next < found.size(); ++next)
        for (const auto& territory : territories_)
            if (territory.successor == found[next] && *territory.successionOn <= day &&
                std::find(found.begin(), found.end(), territory.id) == found.end())
                found.push_back(territory.id);
    return found;
}

}  // namespace gateway::model
