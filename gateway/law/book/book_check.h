#pragma once
// What no file of the law shows by itself: whether its files fit together.

#include <filesystem>

#include "gateway/law/book/law_book.h"

namespace gateway::law {

/// Throws base::Fault for a file or a folder of the law that nothing reads: it would be believed to
/// be in force.
void checkFiles(const std::filesystem::path& mappings);

/// Whether an act of that subject may leave such a fact; no code: of any.
[[nodiscard]] bool isLeft(const LawBook& book, std::string_view subject, FactKind kind,
                          const std::string& code);

/// Throws base::Fault with the place: a fact that no act adds, two versions of a term on one day, a
/// term for each of facts that no act leaves or that no act answers, a role that cannot be.
void checkBook(const LawBook& book);

}  // namespace gateway::law
