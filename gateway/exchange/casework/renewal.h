#pragma once
// An act that follows an earlier one of its sender and leaves out what is as it was.

#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/acts/act_declaration.h"

namespace gateway::exchange {

/// Puts into `said` what it leaves out and `before` said, of the fields named in `unchanged`
/// (mapping::Plan::unchangedWhenAbsent) that the declaration lets stay. Items of a list are the
/// same where their key is; an item that is not named is not spoken of. Tells what was put in, as
/// "statusReport/items[obligation=2]/reason". Pure.
[[nodiscard]] std::vector<std::string> keepUnchanged(const law::ActDeclaration& declared,
                                                     const document::Node& before,
                                                     const std::vector<std::string>& unchanged,
                                                     document::Node& said);

}  // namespace gateway::exchange
