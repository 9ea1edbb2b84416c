#pragma once
// Which agencies owe the terms of a file: recorded with the event that sets or changes a term, so
// that next year's directory does not change what was owed by whom (promise P2).

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "gateway/law/conditions/roles.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/event.h"

namespace gateway::exchange {

/// What agencies are in a file, of one obligation or part: who holds a role, and what one is.
struct TermHolders {
    std::function<std::vector<std::string>(law::Role, std::int64_t)> holders;
    std::function<std::set<law::Role>(const std::string&, std::int64_t)> of;
};

/// `after`: the file with the event in it, whose `decided.told` is filled. Terms of which somebody
/// else owes what is open are recorded again with their owners. None: the directory knows nobody.
void recordOwners(const TermHolders& roles, const model::CaseFile& after, model::Event& event);

}  // namespace gateway::exchange
