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
    std::stable_sort(
        carried_.begin(), carried_.end(),
        [&before](const Carried& a, const Carried& b) { return before(a.node, b.node); });
}

std::vector<Marks::Carried> Marks::carriedOf(const Node& node) const {
    const auto before = [](const Carried& carried, const Node* wanted) {
        return std::less<const Node*>()(carried.node, wanted);
    };
    auto at = std::lower_bound(carried_.begin(), carried_.end(), &node, before);
    std::vector<Carried> found;
    for (; at != carried_.end() && at->node == &node; ++at) found.push_back(*at);
    return found;
}

const Marks::Mark* Marks::find(const Node& node) const noexcept {
    const auto found = std::lower_bound(marks_.begin(), marks_.end(), &node,
                                        [](const Mark& mark, const Node* wanted) {
                                            return std::less<const Node*>()(mark.node, wanted);
                                        });
    return found != marks_.end() && found->node == &node ? &*found : nullptr;
}

}  // namespace gateway::mapping
