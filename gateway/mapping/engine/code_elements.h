#pragma once
// A list of codes as files of the language have it.

#include <string>

#include "gateway/document/tree.h"
#include "gateway/mapping/values/code_table.h"

namespace gateway::mapping {

/// Adds each <code> of the list. Throws base::Fault with file and line: a code twice in one
/// direction at one time, no day between first and end.
void addCodes(const document::Node& list, const std::string& file, CodeTable& table);

}  // namespace gateway::mapping
