#pragma once
// How the file of a matter outside a case is called (model/cases/matter.h).

#include <string>

#include "gateway/law/acts/act_declaration.h"

namespace gateway::exchange {

/// A function of what it is about: whoever speaks of the same thing finds the same file.
[[nodiscard]] std::string matterId(law::Subject subject, const std::string& key);

}  // namespace gateway::exchange
