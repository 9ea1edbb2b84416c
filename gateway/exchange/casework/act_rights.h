#pragma once
// Which acts that are data an agency could ever send: those with a role that its kind can hold.

#include <string>
#include <vector>

#include "gateway/exchange/reference/reference_data.h"

namespace gateway::exchange {

/// Types in order of name; empty for whom the directory does not know on that day. Whether it
/// holds the role, the case says (CaseRoles), and whether the act is legal in it, the law.
[[nodiscard]] std::vector<std::string> actsOf(const ReferenceData& reference,
                                              const std::string& agency, base::Date day);

}  // namespace gateway::exchange
