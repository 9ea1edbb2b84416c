#pragma once
// Which agencies owe the terms of a case: recorded with the event that sets or changes a term, so
// that next year's directory does not change what was owed by whom (promise P2).

#include "gateway/exchange/casework/case_roles.h"
#include "gateway/model/cases/event.h"

namespace gateway::exchange {

/// `after`: the case with the event in it, whose `decided.told` is filled. Terms of which somebody
/// else owes what is open are recorded again with their owners. None: the directory knows nobody.
void recordOwners(const CaseRoles& roles, const model::CaseFile& after, model::Event& event);

}  // namespace gateway::exchange
