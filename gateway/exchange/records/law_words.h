#pragma once
// What the law has said of an act, in the words of refusals and of the log.

#include <string>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/life/case_life.h"
#include "gateway/model/cases/decided.h"

namespace gateway::exchange {

/// Acts that could be sent now, by title and by type; "-" for none.
[[nodiscard]] base::Words legalWords(const law::LawBook& law,
                                     const std::vector<std::string>& types);

/// The refusal of an act for a reason of its declaration or of ours.
[[nodiscard]] base::Problem actRefused(const law::ActDeclaration& declared,
                                       const law::Reason& reason, const base::Words& legal);

/// Where in the act: a path as Problem has it.
[[nodiscard]] std::string placeOf(const law::Reason& reason);

/// A change of a term with the roles that are to hear of it.
[[nodiscard]] model::TermChange changeOf(const law::TermNews& news);

}  // namespace gateway::exchange
