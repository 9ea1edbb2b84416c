#pragma once
// The acts of a law book as paths, for whoever must know their members without knowing the law.

#include "gateway/law/book/law_book.h"
#include "gateway/model/messages/declared_shapes.h"

namespace gateway::law {

/// Of every act, whatever its rules say of a day: "compelOrder/sentTo[]/role" with its codes. Each
/// may say which case it speaks of. A code may be said with words beside it: then `code` and `text`
/// are members of its own.
[[nodiscard]] model::DeclaredShapes actPathsOf(const LawBook& book);

}  // namespace gateway::law
