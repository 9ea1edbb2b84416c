#pragma once
// Which roles of the law an agency of a kind can hold at all, and so which acts it could ever send.
// Whether it holds one, the case says (CaseRoles) or the office's file (OfficeRoles).

#include <string>
#include <vector>

#include "gateway/exchange/reference/reference_data.h"
#include "gateway/law/conditions/roles.h"

namespace gateway::exchange {

/// By kind and level alone: the one place that says so. False for roles of nobody in the directory.
[[nodiscard]] bool canHold(const model::Agency& agency, law::Role role) noexcept;

/// Whether `agency` could send an act of that type on that day.
[[nodiscard]] bool couldSend(const ReferenceData& reference, const std::string& agency,
                             std::string_view type, base::Date day);

/// Types in order of name; empty for whom the directory does not know on that day.
[[nodiscard]] std::vector<std::string> actsOf(const ReferenceData& reference,
                                              const std::string& agency, base::Date day);

}  // namespace gateway::exchange
