#pragma once
// What a mapping did with every node of the source: nothing is dropped in silence (promise P5).

#include <cstdint>
#include <string>
#include <vector>

namespace gateway::mapping {

enum class NodeUse : std::uint8_t { Used, Ignored, Kept, Unknown };

/// One source node that carries a value (leaf element, attribute, text beside elements, JSON
/// scalar) and its fate.
struct NodeFate {
    std::string path;  ///< in the source, e.g. /BanAn/DuongSu[2]/HoTen or /ruling/number
    std::uint32_t line = 0;
    NodeUse use{};
    std::string rule;    ///< the rule that used or ignored it, as written in the mapping
    std::string reason;  ///< why it is ignored
};

/// In document order.
struct Report {
    std::vector<NodeFate> nodes;
    [[nodiscard]] std::size_t count(NodeUse use) const noexcept;
};

}  // namespace gateway::mapping
