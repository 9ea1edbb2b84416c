#pragma once
// The prefixes that a document itself has for its namespaces.

#include "gateway/document/xml.h"

namespace gateway::document {

/// Namespace URI -> prefix in the order of the document, each URI once, with the first prefix that
/// is declared for it or, where there is none, with "" (the default namespace).
[[nodiscard]] Prefixes prefixesIn(const XmlDocument& document);

}  // namespace gateway::document
