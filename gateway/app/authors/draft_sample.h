#pragma once
// A sample of which a draft is made, whatever it is written in.

#include <string>

#include "gateway/base/result.h"
#include "gateway/document/tree.h"

namespace gateway::app {

/// XML or JSON by its first sign; either may begin with a byte order mark and blanks.
[[nodiscard]] base::Result<document::Tree> draftSample(std::string bytes);

/// Whether a text can be the id of a mapping: "committee-new/report".
[[nodiscard]] bool isMappingId(const std::string& id);

}  // namespace gateway::app
