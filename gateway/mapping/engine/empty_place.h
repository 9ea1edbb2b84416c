#pragma once
// Places in which nothing stands.

#include "gateway/document/tree.h"

namespace gateway::mapping {

class Run;

/// An element without content, a nil one, a JSON null, an object or array without members.
[[nodiscard]] bool isEmptyPlace(const document::Node& node);
/// Of what was written in XML: attributes, and neither text nor elements.
[[nodiscard]] bool hasAttributesAlone(const document::Node& node);
void markEmpty(Run& run, const document::Node& node);

}  // namespace gateway::mapping
