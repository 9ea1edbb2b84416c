#pragma once
// The law as a page that a lawyer can read and sign: what the files say, in Vietnamese (Markdown).

#include <iosfwd>

#include "gateway/law/book/law_book.h"
#include "gateway/law/figures/figure_book.h"

namespace gateway::app {

void printLaw(std::ostream& out, const law::LawBook& book, const law::figures::FigureBook& figures);

/// Parts of it, a line for each thing said: who sends, when it is refused, what it leaves, who is
/// told; and one version of a term.
void printRule(std::ostream& out, const law::ActRule& rule);
void printTerm(std::ostream& out, const law::TermRule& rule);

}  // namespace gateway::app
