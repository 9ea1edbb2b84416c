#include "gateway/exchange/matters/told_roles.h"

#include <set>

#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/records/decision.h"

namespace gateway::exchange {

std::vector<std::string> tellRoles(
    const Snapshot& snapshot, const std::vector<law::ToldRole>& told, model::Event& event,
    const std::function<std::vector<std::string>(law::Role)>& holders) {
    const auto day = base::vietnamDate(event.recordedAt);
    std::vector<std::string> notConnected;
    std::set<std::string> seen;
    for (const auto& one : told) {
        auto agencies = holders(one.role);
        if (agencies.empty()) agencies.emplace_back();  // that nobody holds it is recorded, too
        for (const auto& code : agencies) {
            model::Told entry{std::string(model::nameOf(one.role)), {}, {}, one.basis, true};
            if (!code.empty()) entry.agency = holderOf(snapshot.reference->directory(), code, day);
            if (entry.agency == event.actor || !seen.insert(entry.agency).second) continue;
            entry.type = event.act->type;
            entry.withheld = !snapshot.registry->partner(entry.agency);
            if (entry.withheld && !entry.agency.empty())
                notConnected.push_back(std::string(kNotConnected) + entry.agency);
            event.decided->told.push_back(std::move(entry));
        }
    }
    return notConnected;
}

}  // namespace gateway::exchange
