#pragma once
// What it means that a message leaves something out: that it is gone, or that it is as before.

#include <optional>
#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/engine/presence.h"
#include "gateway/mapping/paths/shape.h"

namespace gateway::mapping {

/// What one rule says of its place of ours and all below it.
struct Absence {
    std::string place;  ///< as Shape knows it
    bool unchanged = false;
    std::string where;  ///< file, line and rule, for its author
};

/// What the rule of `element` says, if it does; `reads`: the mapping does. Throws base::Fault where
/// it would say nothing.
[[nodiscard]] std::optional<Absence> absenceAt(const document::Node& element, bool reads,
                                               PerFlow active, PerFlow required,
                                               const std::vector<std::string>& ours);

/// The fields of a message of `type` that are as before when it leaves them out: of those that its
/// declaration lets stay, the ones that the mapping says. Puts what would mean nothing into
/// `faults`; `where` is the mapping's own place.
[[nodiscard]] std::vector<std::string> unchangedPlaces(const Shape& shape, const std::string& type,
                                                       const std::optional<Absence>& ofMapping,
                                                       const std::vector<Absence>& ofRules,
                                                       std::vector<std::string>& faults);

}  // namespace gateway::mapping
