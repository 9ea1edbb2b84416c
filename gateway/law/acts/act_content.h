#pragma once
// What an act says, held against its declaration.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/acts/act_declaration.h"
#include "gateway/law/conditions/scene.h"

namespace gateway::law {

/// Why an act is not taken, in two languages; `path` in the act, empty: the act as such.
struct Reason {
    std::string code, path, basis, vi, en;
};

/// Where a reason's path stands in what was sent; of what is missing: the member around it.
[[nodiscard]] base::Position positionIn(const document::Node& content, std::string_view path);

/// Missing and unknown members, days that are none or are to come, codes of no list, with their
/// paths.
[[nodiscard]] std::vector<Reason> judgeContent(const ActDeclaration& act,
                                               const document::Node& content, base::Date today);

/// The member at a path such as "items/0/completedOn"; null if there is none.
[[nodiscard]] document::Node* memberAt(document::Node& content, std::string_view path);

/// Writes one change of a correction (mappings/acts/ActCorrection.xml) into what it corrects.
/// Returns false, and changes nothing, if there is no such single value.
bool applyChange(document::Node& content, const document::Node& change);
/// The same for a list of them; what cannot be written is left out.
void applyChanges(document::Node& content, const document::Node& changes);

}  // namespace gateway::law
