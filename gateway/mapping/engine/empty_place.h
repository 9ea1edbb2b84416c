#pragma once
// Places in which nothing stands.

#include "gateway/document/tree.h"

namespace gateway::mapping {

class Run;

/// An element without content, a nil one, a JSON null, an object or array without members.
[[nodiscard]] bool isEmptyPlace(const document::Node& node);
void markEmpty(Run& run, const document::Node& node);

}  // namespace gateway::mapping
