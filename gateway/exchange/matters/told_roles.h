#pragma once
// Who is told of an act outside a case: the roles that the law names, as agencies.

#include <functional>
#include <string>
#include <vector>

#include "gateway/exchange/desk/snapshot.h"
#include "gateway/law/life/judgement.h"
#include "gateway/model/cases/event.h"

namespace gateway::exchange {

/// Fills `decided.told`: of each role whoever `holders` gives, as it is called on the event's day,
/// each agency once and never the author; withheld from who is not connected. Gives the notes of
/// the receipt: who could not be told (decision.h).
[[nodiscard]] std::vector<std::string> tellRoles(
    const Snapshot& snapshot, const std::vector<law::ToldRole>& told, model::Event& event,
    const std::function<std::vector<std::string>(law::Role)>& holders);

}  // namespace gateway::exchange
