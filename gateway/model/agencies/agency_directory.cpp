#include "gateway/model/agencies/agency_directory.h"

#include <algorithm>

namespace gateway::model {
namespace {

void addOnce(std::vector<std::string>& codes, const std::string& code) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
}

bool bears(const Agency& agency, std::string_view name, base::Date day) {
    return std::any_of(agency.names.begin(), agency.names.end(), [&](const AgencyName& own) {
        return own.text == name && own.period.covers(day);
    });
}

const Succession* wholeSuccession(const Agency& agency, base::Date day) noexcept {
    for (const auto& succession : agency.successors)
        if (succession.type == SuccessionType::Whole && succession.on <= day) return &succession;
    return nullptr;
}

}  // namespace

bool SuccessionClosure::contains(std::string_view code) const noexcept {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

AgencyDirectory::AgencyDirectory(std::vector<Agency> agencies, Territories territories) :
    agencies_(std::move(agencies)), territories_(std::move(territories)) {
    std::stable_sort(agencies_.begin(), agencies_.end(),
                     [](const Agency& a, const Agency& b) { return a.code < b.code; });
    index();
    check();
}

void AgencyDirectory::index() {
    for (std::size_t i = 0; i < agencies_.size(); ++i) {
        const auto& agency = agencies_[i];
        byCode_.emplace(agency.code, i);
        for (const auto& name : agency.names) byName_.emplace(name.text, i);
        for (const auto& succession : agency.successors)
            bySuccessor_.emplace(succession.successor, i);
        if (!agency.superior.empty()) bySuperior_.emplace(agency.superior, i);
    }
}

const Agency* AgencyDirectory::find(std::string_view code) const noexcept {
    auto found = byCode_.find(code);
    if (found == byCode_.end()) {
        const auto canonical = canonicalAgencyCode(code);
        if (canonical) found = byCode_.find(*canonical);
    }
    return found == byCode_.end() ? nullptr : &agencies_[found->second];
}

const Agency* AgencyDirectory::find(std::string_view code, base::Date day) const noexcept {
    const auto* agency = find(code);
    return agency && agency->period.covers(day) ? agency : nullptr;
}

std::vector<const Agency*> AgencyDirectory::named(std::string_view name) const {
    std::vector<const Agency*> found;
    const auto [first, last] = byName_.equal_range(name);
    for (auto at = first; at != last; ++at) {
        const auto* agency = &agencies_[at->second];
        if (std::find(found.begin(), found.end(), agency) == found.end()) found.push_back(agency);
    }
    return found;
}

std::vector<const Agency*> AgencyDirectory::namedOn(std::string_view name, base::Date day) const {
    auto found = named(name);
    std::erase_if(found, [&](const Agency* agency) {
        return !agency->period.covers(day) || !bears(*agency, name, day);
    });
    return found;
}

SuccessionClosure AgencyDirectory::closure(std::string_view code, base::Date day) const {
    SuccessionClosure result;
    const auto* own = find(code);
    if (!own) return result;
    result.codes.push_back(own->code);
    for (std::size_t next = 0; next < result.codes.size(); ++next) {
        const auto successor = result.codes[next];
        const auto [first, last] = bySuccessor_.equal_range(successor);
        for (auto at = first; at != last; ++at) {
            const auto& predecessor = agencies_[at->second];
            for (const auto& succession : predecessor.successors) {
                if (succession.successor != successor || day < succession.on) continue;
                const bool whole = succession.type == SuccessionType::Whole;
                addOnce(whole ? result.codes : result.split, predecessor.code);
            }
        }
    }
    return result;
}

const Agency* AgencyDirectory::holderOn(std::string_view code, base::Date day) const noexcept {
    const auto* agency = find(code);
    while (agency && !agency->period.covers(day)) {
        const auto* succession = wholeSuccession(*agency, day);
        agency = succession ? find(succession->successor) : nullptr;
    }
    return agency;
}

std::string AgencyDirectory::provinceOn(std::string_view code, base::Date day) const {
    const auto* agency = find(code);
    return agency ? provinceAt(agency->territory, day) : std::string();
}

std::string AgencyDirectory::provinceAt(std::string_view territory, base::Date day) const {
    return territories_.at(territory, day).value_or(std::string());
}

const Agency* AgencyDirectory::competentOn(AgencyKind kind, std::string_view territory,
                                           base::Date day) const {
    const auto province = territories_.at(territory, day);
    if (!province) return nullptr;
    const auto isOfKind = [&](const Agency& agency) {
        return agency.kind == kind && agency.level == AgencyLevel::Province &&
               agency.period.covers(day);
    };
    // Nearly every agency is named with the province as it is called that day.
    for (const auto& agency : agencies_)
        if (agency.territory == *province && isOfKind(agency)) return &agency;
    for (const auto& agency : agencies_)
        if (isOfKind(agency) && territories_.at(agency.territory, day) == province) return &agency;
    return nullptr;
}

const Agency* AgencyDirectory::enforcementFor(std::string_view territory, base::Date day) const {
    return competentOn(AgencyKind::Enforcement, territory, day);
}

const Agency* AgencyDirectory::procuracyFor(std::string_view territory, base::Date day) const {
    return competentOn(AgencyKind::Procuracy, territory, day);
}

std::vector<const Agency*> AgencyDirectory::subordinates(std::string_view code) const {
    std::vector<const Agency*> found;
    const auto addDirect = [&](std::string_view superior) {
        const auto [first, last] = bySuperior_.equal_range(superior);
        for (auto at = first; at != last; ++at) found.push_back(&agencies_[at->second]);
    };
    const auto* own = find(code);
    if (own) addDirect(own->code);
    for (std::size_t next = 0; next < found.size(); ++next) addDirect(found[next]->code);
    return found;
}

}  // namespace gateway::model
