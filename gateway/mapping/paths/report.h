#pragma once
// What a mapping did with every node of the source: nothing is dropped in silence (promise P5).

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gateway::mapping {

enum class NodeUse : std::uint8_t { Used, Ignored, Kept, Unknown };

/// One source node that carries a value (leaf element, attribute, text beside elements, JSON
/// scalar, an empty object or array) and its fate.
struct NodeFate {
    std::string path;  ///< in the source, e.g. /BanAn/DuongSu[2]/HoTen or /parties/0/name
    std::uint32_t line = 0;
    NodeUse use{};
    std::string rule;    ///< the rule that used or ignored it, as written in the mapping
    std::string reason;  ///< why it is ignored or kept
    /// With Detail::All: the file of the rule, what stood there, and where it went as what. Long
    /// values are cut.
    std::string file, value;
    struct Carried {
        std::string place, value;
    };
    std::vector<Carried> carried;
};

/// How much to tell: a message on the road needs no line for each node that was read.
enum class Detail : std::uint8_t { NotUsed, All };

/// In document order. `nodes` holds the first 20,000 nodes or, with Detail::NotUsed, the first 200
/// of all but the used ones; the counts are complete in both cases.
struct Report {
    std::vector<NodeFate> nodes;
    std::array<std::size_t, 4> counts{};
    [[nodiscard]] std::size_t count(NodeUse use) const noexcept {
        return counts[static_cast<std::size_t>(use)];
    }
};

}  // namespace gateway::mapping
