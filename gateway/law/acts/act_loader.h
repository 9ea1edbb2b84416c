#pragma once
// Reads one file of mappings/acts. Internal to the room law.

#include "gateway/law/acts/act_declaration.h"
#include "gateway/law/conditions/data_file.h"

namespace gateway::law {

/// Throws base::Fault with file and line. `words` without fields.
[[nodiscard]] ActDeclaration readAct(const DataFile& file, const Words& words);

/// The condition in an attribute, a fault that names the place if it cannot be read.
[[nodiscard]] Condition conditionIn(const DataFile& file, const document::Node& node,
                                    std::string_view attribute, const Words& words);
[[nodiscard]] DayTerm dayIn(const DataFile& file, const document::Node& node,
                            std::string_view attribute, const Words& words);

}  // namespace gateway::law
