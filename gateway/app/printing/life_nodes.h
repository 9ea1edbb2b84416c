#pragma once
// What the life of a case looks like when it is played: a tree, and lines for people.

#include <iosfwd>
#include <optional>

#include "gateway/document/tree.h"
#include "gateway/law/life/case_life.h"

namespace gateway::app {

/// What happened, and each obligation as it stands afterwards.
[[nodiscard]] document::Node stepNode(const law::CaseLife& life, const law::Step& step,
                                      std::size_t number);

/// "state": each obligation with all its terms, whatever became of them.
[[nodiscard]] document::Node stateNode(const law::CaseLife& life);

/// Plays {"ruling", "acts": [{"on", "sender", "type", "id"?, "content"?}]} with the clock between
/// the acts, and until the end of the day before `asOf` if it is given. Throws InputError.
[[nodiscard]] document::Node playLife(const law::LawBook& book, const document::Node& input,
                                      const std::optional<base::Date>& asOf);

/// A play as a column of days.
void printLife(std::ostream& out, const document::Node& played);

}  // namespace gateway::app
