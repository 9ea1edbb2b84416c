#pragma once
// What the acts that are data look like, for those who do not know the law: made of the
// declarations (law/act_paths.h), read by the mappings (mapping/model_shape.h).

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"

namespace gateway::model {

/// A member of an act, or the items of one.
struct MemberShape {
    document::Kind kind{};           ///< as in canonical JSON; of what is free: String
    std::vector<std::string> words;  ///< of a closed set, in its order; empty: any value
    /// Words, or an object of the sender's: every path below it leads to a text.
    bool free = false;
    /// Left out, it may be meant to be as its sender has said it before in the same case.
    bool stays = false;
    friend bool operator==(const MemberShape&, const MemberShape&) = default;
};

/// A plain value. Paths as in mapping::Shape: "urgingLetter/obligations[]".
struct DeclaredShapes {
    std::set<std::string, std::less<>> types;
    std::map<std::string, MemberShape, std::less<>> members;
    friend bool operator==(const DeclaredShapes&, const DeclaredShapes&) = default;
};

/// A name that a free object may give a member, so that it can be said in XML and read back:
/// letters and digits, the first one small; "item" is the place in a list.
[[nodiscard]] bool isFreeName(std::string_view name) noexcept;

}  // namespace gateway::model
