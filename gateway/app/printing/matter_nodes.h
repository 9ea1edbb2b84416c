#pragma once
// What of the file of a matter is told alike wherever it is shown.

#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/book/law_book.h"
#include "gateway/model/cases/case_file.h"

namespace gateway::app {

[[nodiscard]] document::Node textsNode(const char* name, const std::vector<std::string>& texts);
/// {"rule", "vi", "owes", "dueOn"?, "outcome", "explanation", "basis"}
[[nodiscard]] document::Node termNode(const model::Term& term);

/// A part as it stands: {"no", KIND, "with", "state", "vi", "steps": [{"what", "message", "by",
/// "on", "number"?}], "terms"}. `kind`: how the member is called that says of what kind it is.
[[nodiscard]] document::Node partNode(const law::LawBook& law, const model::CaseFile& file,
                                      const model::MatterPart& part, const char* kind);

}  // namespace gateway::app
