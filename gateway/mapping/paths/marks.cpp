#include "gateway/mapping/paths/marks.h"

#include <algorithm>
#include <functional>

namespace gateway::mapping {

using document::Node;

void Marks::seal() {
    const std::less<const Node*> before;
    std::sort(marks_.begin(), marks_.end(), [&before](const Mark& a, const Mark& b) {
        if (a.node != b.node) return before(a.node, b.node);
        return a.use > b.use;
    });
    const auto end = std::unique(marks_.begin(), marks_.end(),
                                 [](const Mark& a, const Mark& b) { return a.node == b.node; });
    marks_.erase(end, marks_.end());
}

const Marks::Mark* Marks::find(const Node& node) const noexcept {
    const auto found = std::lower_bound(marks_.begin(), marks_.end(), &node,
                                        [](const Mark& mark, const Node* wanted) {
                                            return std::less<const Node*>()(mark.node, wanted);
                                        });
    return found != marks_.end() && found->node == &node ? &*found : nullptr;
}

}  // namespace gateway::mapping
