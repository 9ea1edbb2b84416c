#include "gateway/exchange/reference/rights.h"

#include <algorithm>

#include "gateway/base/fault.h"

namespace gateway::exchange {
namespace {

using model::Agency;
using model::MessageType;

/// No case ever has this role: what an agency that sees nothing asks for.
constexpr const char* kNobody = "nobody";

bool atLevel(const std::vector<model::AgencyLevel>& levels, model::AgencyLevel level) {
    return levels.empty() || std::find(levels.begin(), levels.end(), level) != levels.end();
}

bool levelsMeet(const MessageRight& left, const MessageRight& right) {
    if (left.levels.empty() || right.levels.empty()) return true;
    return std::any_of(left.levels.begin(), left.levels.end(),
                       [&](model::AgencyLevel level) { return atLevel(right.levels, level); });
}

void checkRights(const KindRules& rules, const std::vector<MessageRight>& rights) {
    for (std::size_t i = 0; i < rights.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (rights[i].type == rights[j].type && levelsMeet(rights[i], rights[j]))
                throw base::Fault(rules.origin + ": kind " + rules.name + " states " +
                                  std::string(model::nameOf(rights[i].type)) + " twice");
}

void addOnce(std::vector<store::CaseAgency>& list, const std::string& agency, CaseRole role) {
    store::CaseAgency entry{agency, std::string(model::nameOf(role))};
    if (std::find(list.begin(), list.end(), entry) == list.end()) list.push_back(std::move(entry));
}

}  // namespace

Rights::Rights(std::vector<KindRules> kinds,
               std::shared_ptr<const model::AgencyDirectory> directory) :
    kinds_(std::move(kinds)), directory_(std::move(directory)) {
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
        for (const auto kind : kinds_[i].covers) {
            const auto [place, fresh] = byKind_.emplace(kind, i);
            if (!fresh)
                throw base::Fault(kinds_[i].origin + ": " + std::string(model::nameOf(kind)) +
                                  " is covered already at " + kinds_[place->second].origin);
        }
        checkRights(kinds_[i], kinds_[i].sends);
        checkRights(kinds_[i], kinds_[i].receives);
    }
}

const KindRules* Rights::rulesOf(const Agency& agency) const noexcept {
    const auto found = byKind_.find(agency.kind);
    return found == byKind_.end() ? nullptr : &kinds_[found->second];
}

const MessageRight* Rights::right(const std::vector<MessageRight> KindRules::*list,
                                  const Agency& agency, MessageType type) const noexcept {
    const auto* rules = rulesOf(agency);
    if (!rules) return nullptr;
    for (const auto& one : rules->*list)
        if (one.type == type && atLevel(one.levels, agency.level)) return &one;
    return nullptr;
}

bool Rights::maySend(std::string_view agency, MessageType type, base::Timestamp at) const {
    const auto* own = directory_->find(agency, base::vietnamDate(at));
    // Who may send an act that is data, its declaration says, by roles in the case.
    if (own && type == MessageType::DeclaredAct) return rulesOf(*own) != nullptr;
    return own && right(&KindRules::sends, *own, type);
}

bool Rights::mayWithin(const std::vector<MessageRight> KindRules::*list, std::string_view agency,
                       MessageType type, const std::vector<store::CaseAgency>& inCase,
                       base::Timestamp at) const {
    const auto day = base::vietnamDate(at);
    const auto* own = directory_->find(agency, day);
    const auto* granted = own ? right(list, *own, type) : nullptr;
    if (!granted) return false;
    if (granted->roles.empty()) return true;
    const auto closure = directory_->closure(own->code, day);
    return std::any_of(inCase.begin(), inCase.end(), [&](const store::CaseAgency& entry) {
        const auto role = model::valueOf<CaseRole>(entry.role);
        return role && closure.contains(entry.agency) &&
               std::find(granted->roles.begin(), granted->roles.end(), *role) !=
                   granted->roles.end();
    });
}

bool Rights::mayAct(std::string_view agency, MessageType type,
                    const std::vector<store::CaseAgency>& inCase, base::Timestamp at) const {
    return mayWithin(&KindRules::sends, agency, type, inCase, at);
}

bool Rights::mayReceive(std::string_view agency, MessageType type,
                        const std::vector<store::CaseAgency>& inCase, base::Timestamp at) const {
    return mayWithin(&KindRules::receives, agency, type, inCase, at);
}

bool Rights::takes(std::string_view agency, MessageType type, base::Timestamp at) const {
    const auto* own = directory_->find(agency, base::vietnamDate(at));
    if (!own) return false;
    return type == MessageType::DeclaredAct ? rulesOf(*own) != nullptr
                                            : right(&KindRules::receives, *own, type) != nullptr;
}

bool Rights::hears(const Agency& court, model::Instance instance, const Agency& first,
                   base::Date day) const {
    const auto* rules = rulesOf(court);
    const auto has = [](const auto& levels, model::AgencyLevel level) {
        return std::find(levels.begin(), levels.end(), level) != levels.end();
    };
    return rules && std::any_of(rules->hears.begin(), rules->hears.end(), [&](const auto& one) {
               return one.instance == instance && has(one.levels, court.level) &&
                      one.period.covers(day) && (one.over.empty() || has(one.over, first.level));
           });
}

std::vector<MessageType> Rights::sendable(std::string_view agency, base::Timestamp at) const {
    std::vector<MessageType> types;
    for (const auto& row : model::Names<MessageType>::table)
        if (row.first != MessageType::DeclaredAct && maySend(agency, row.first, at))
            types.push_back(row.first);
    return types;
}

void Rights::addSight(store::CaseFilter& filter, const Agency& agency, const SightRight& sight,
                      base::Date day) const {
    const auto closure = directory_->closure(agency.code, day);
    if (sight.scope == CaseScope::Territory) {
        const auto province = directory_->provinceAt(agency.territory, day);
        for (auto& id : directory_->territories().closure(province, day))
            if (auto& ids = filter.visibleProvinces;
                std::find(ids.begin(), ids.end(), id) == ids.end())
                ids.push_back(std::move(id));
        return;
    }
    for (const auto& code : closure.codes) {
        if (sight.scope == CaseScope::Own)
            for (const auto role : sight.roles) addOnce(filter.visibleTo, code, role);
        if (sight.scope == CaseScope::Subordinate)
            for (const auto* under : directory_->subordinates(code))
                for (const auto role : sight.roles) addOnce(filter.visibleTo, under->code, role);
    }
}

store::CaseFilter Rights::visibility(std::string_view agency, base::Timestamp at) const {
    const auto day = base::vietnamDate(at);
    store::CaseFilter filter;
    const auto* own = directory_->find(agency, day);
    const auto* rules = own ? rulesOf(*own) : nullptr;
    if (rules) {
        for (const auto& sight : rules->sees) {
            if (!atLevel(sight.levels, own->level)) continue;
            if (sight.scope == CaseScope::All) return {};
            addSight(filter, *own, sight, day);
        }
    }
    if (filter.visibleTo.empty() && filter.visibleProvinces.empty())
        filter.visibleTo.push_back({std::string(agency), kNobody});
    return filter;
}

std::vector<std::string> Rights::notSupervised(std::string_view agency, base::Timestamp at) const {
    std::vector<std::string> others;
    const auto* own = directory_->find(agency, base::vietnamDate(at));
    const auto* rules = own ? rulesOf(*own) : nullptr;
    if (!rules || rules->supervises.empty()) return others;
    const auto supervised = [&](const Agency& other) {
        return std::ranges::any_of(rules->supervises, [&](const Supervision& one) {
            return atLevel(one.levels, own->level) && atLevel(one.over, other.level) &&
                   std::ranges::find(one.kinds, other.kind) != one.kinds.end();
        });
    };
    for (const auto& other : directory_->all())
        if (!supervised(other)) others.push_back(other.code);
    return others;
}

bool Rights::maySeeCase(std::string_view agency, const std::vector<store::CaseAgency>& inCase,
                        std::string_view province, base::Timestamp at) const {
    const auto filter = visibility(agency, at);
    if (filter.visibleTo.empty() && filter.visibleProvinces.empty()) return true;
    const auto& ids = filter.visibleProvinces;
    if (std::find(ids.begin(), ids.end(), province) != ids.end()) return true;
    return std::any_of(inCase.begin(), inCase.end(), [&](const store::CaseAgency& entry) {
        return std::find(filter.visibleTo.begin(), filter.visibleTo.end(), entry) !=
               filter.visibleTo.end();
    });
}

}  // namespace gateway::exchange
