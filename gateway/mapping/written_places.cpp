#include "gateway/mapping/written_places.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/mapping/paths/node_path.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using document::Node;

class WrittenPlaces {
  public:
    // Depth is that of the tree, which rules have made.
    void gather(const NodeLink& link) {
        const Node& node = *link.node;
        if (node.isLeaf() || !trimmed(node.value).empty())
            at_[keyOf(node)].emplace_back(pathOf(link), node.value);
        for (const Node& child : node.children)
            if (!child.isPieceOf(node)) gather({&link, &child});
    }

    void tell(const Node& ours, Marks& marks) const {
        if (const auto found = at_.find(keyOf(ours)); found != at_.end() && ours.isLeaf())
            for (const auto& [place, text] : found->second)
                marks.carry({&ours, nullptr, place, text});
        for (const Node& child : ours.children) tell(child, marks);
    }

  private:
    using Key = std::pair<std::uint32_t, std::uint32_t>;
    static Key keyOf(const Node& node) { return {node.position.line, node.position.column}; }
    std::map<Key, std::vector<std::pair<std::string, std::string>>> at_;
};

}  // namespace

void carryWritten(const Node& ours, const Node& written, Marks& marks) {
    WrittenPlaces places;
    places.gather({nullptr, &written});
    places.tell(ours, marks);
}

}  // namespace gateway::mapping
