#pragma once
// All mappings of the source tree, compiled as the gateway compiles them.

#include <memory>

#include "gateway/law/book/law_book.h"
#include "gateway/mapping/mappings.h"

namespace golden {

/// Loaded once for the whole executable.
const gateway::mapping::Mappings& formatsInService();
const gateway::mapping::CodeLists& codeListsInService();
const gateway::law::LawBook& lawInService();

}  // namespace golden
