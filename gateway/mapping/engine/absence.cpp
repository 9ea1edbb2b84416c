#include "gateway/mapping/engine/absence.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"

namespace gateway::mapping {
namespace {

// The items of a list stand where the list does.
std::string_view listOf(std::string_view place) {
    if (place.ends_with("[]")) place.remove_suffix(2);
    return place;
}

bool covers(std::string_view place, std::string_view path) {
    place = listOf(place);
    if (place.empty() || place == path) return true;
    if (!path.starts_with(place)) return false;
    return path[place.size()] == '/' || path[place.size()] == '[';
}

}  // namespace

std::optional<Absence> absenceAt(const document::Node& element, bool reads, PerFlow active,
                                 PerFlow required, const std::vector<std::string>& ours) {
    const std::string said = attributeOr(element, "absent", "");
    if (said.empty()) return std::nullopt;
    if (!reads || attributeOr(element, "direction", "both") == "out")
        throw base::Fault("absent is asked when theirs is read");
    if (!active.in) return std::nullopt;  // a part that is used for writing, too
    if (ours.empty()) throw base::Fault("absent speaks of a place of ours");
    if (required.in) throw base::Fault("what is required is never absent");
    return Absence{ours.front(), said == "unchanged", {}};
}

std::vector<std::string> unchangedPlaces(const Shape& shape, const std::string& type,
                                         const std::optional<Absence>& ofMapping,
                                         const std::vector<Absence>& ofRules,
                                         std::vector<std::string>& faults) {
    const auto mayStay = shape.stayingOf(type);
    if (ofMapping && ofMapping->unchanged && mayStay.empty())
        faults.push_back(ofMapping->where + "no " + type + " changes an earlier one");
    for (const auto& one : ofRules)
        if (one.unchanged && std::ranges::none_of(mayStay, [&](const auto& path) {
                return covers(one.place, path) || covers(path, one.place);
            }))
            faults.push_back(one.where + "the law lets nothing of \"" + one.place +
                             "\" stay as it was");
    std::vector<std::string> unchanged;
    for (const auto& path : mayStay) {
        const Absence* nearest = ofMapping ? &*ofMapping : nullptr;
        for (const auto& one : ofRules)
            if (covers(one.place, path) &&
                (nearest == nullptr || listOf(one.place).size() >= listOf(nearest->place).size()))
                nearest = &one;
        if (nearest != nullptr && nearest->unchanged) unchanged.push_back(path);
    }
    return unchanged;
}

}  // namespace gateway::mapping
