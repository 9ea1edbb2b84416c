#include "gateway/exchange/reference/court_procuracy.h"

namespace gateway::exchange {
namespace {

using model::Agency;
using model::AgencyKind;
using model::AgencyLevel;

// Below the group of the first level: "29.K2".
std::string_view withinLevelOne(std::string_view code) {
    const auto dot = code.find('.');
    return dot == std::string_view::npos ? std::string_view() : code.substr(dot + 1);
}

const Agency* supremeOn(const model::AgencyDirectory& directory, base::Date day) {
    for (const auto& agency : directory.all())
        if (agency.kind == AgencyKind::Procuracy && agency.level == AgencyLevel::Central &&
            agency.period.covers(day))
            return &agency;
    return nullptr;
}

}  // namespace

const Agency* procuracyOf(const model::AgencyDirectory& directory, std::string_view court,
                          base::Date day) {
    const auto* own = directory.holderOn(court, day);
    if (!own) own = directory.find(court);
    if (!own || own->kind != AgencyKind::Court) return nullptr;
    const auto province = directory.provinceOn(own->code, day);
    if (province.empty()) return supremeOn(directory, day);
    if (own->level == AgencyLevel::Region || own->level == AgencyLevel::District)
        for (const auto& agency : directory.all())
            if (agency.kind == AgencyKind::Procuracy && agency.level == own->level &&
                agency.period.covers(day) &&
                withinLevelOne(agency.code) == withinLevelOne(own->code))
                return &agency;
    return directory.procuracyFor(province, day);
}

}  // namespace gateway::exchange
