#pragma once
// The places on either side that the rules of a mapping file name, whatever the rules do there.

#include <filesystem>
#include <string>
#include <vector>

namespace gateway::mapping::drafts {

/// A path from the root: local names, "@id", and on our side "list[]"; "*" is any name, "**" any
/// number of them.
using PlacePath = std::vector<std::string>;

struct RulePlace {
    std::string rule;  ///< "field", "each", "ignore"; "condition" for what is only tested
    PlacePath theirs, ours;
    bool hasTheirs = false, hasOurs = false;
    std::string as;
    bool out = false;  ///< the rule only writes theirs
};

/// Of a mapping file, in the order of its rules, parts where they are used. Throws Fault if the
/// file, or one that it includes, cannot be read.
[[nodiscard]] std::vector<RulePlace> rulePlacesOf(const std::filesystem::path& file);

/// "a/list[]/b"
[[nodiscard]] std::string joinedPath(const PlacePath& path);

}  // namespace gateway::mapping::drafts
