#pragma once
// A file of try-life, read: the ruling and what was said in its case, in order of days.

#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/life/case_life.h"

namespace gateway::app {

/// Both throw InputError that names the place as a JSON pointer, with line and column.
[[nodiscard]] model::Ruling rulingIn(const document::Node& input);
[[nodiscard]] std::vector<law::SaidAct> actsIn(const document::Node& input);

}  // namespace gateway::app
