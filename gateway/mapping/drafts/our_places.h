#pragma once
// The places of a schema of ours, as the author of a draft may fill them.

#include <string>
#include <vector>

#include "gateway/document/schemas/outline.h"

namespace gateway::mapping::drafts {

/// Values and lists of values, as rules name them, required ones with " *" behind: "name *",
/// "tasks[]/text". The first 300; a type within itself once.
[[nodiscard]] std::vector<std::string> ourPlaces(const document::Outline& ours);

}  // namespace gateway::mapping::drafts
