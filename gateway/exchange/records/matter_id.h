#pragma once
// How the file of a matter outside a case is called (model/cases/matter.h).

#include <string>
#include <string_view>

namespace gateway::exchange {

/// A function of what it is about: whoever speaks of the same thing finds the same file.
[[nodiscard]] std::string matterId(std::string_view subject, const std::string& key);

}  // namespace gateway::exchange
