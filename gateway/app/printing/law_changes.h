#pragma once
// What one state of the law's files says and another does not.

#include <iosfwd>

#include "gateway/document/tree.h"
#include "gateway/law/book/law_book.h"

namespace gateway::app {

/// Members "acts", "terms", "stages", "calendar" and "days" as docs/cli.md has them for law
/// --preview: whatever differs, by type, by id, by line and by day; empty arrays where nothing
/// does.
void addLawChanges(document::Node& root, const law::LawBook& now, const law::LawBook& then);

/// The same for people.
void printLawChanges(std::ostream& out, const document::Node& root);

}  // namespace gateway::app
