#include "gateway/mapping/paths/left_out.h"

#include <set>

#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using document::Node;

class Gatherer {
  public:
    explicit Gatherer(const Marks& marks) : marks_(marks) {}

    struct Seen {
        bool read = false, value = false;
    };

    // Depth is that of the tree, which is our own model's.
    Seen visit(const Node& node, const std::string& path) {
        if (node.isLeaf()) return leaf(node, path);
        const std::size_t before = places_.size();
        Seen all;
        for (const Node& child : node.children) {
            const Seen seen = visit(child, below(node, path, child));
            all.read = all.read || seen.read;
            all.value = all.value || seen.value;
        }
        if (all.value && !all.read && !path.empty()) {
            places_.resize(before);
            places_.push_back(path);
        }
        return all;
    }

    std::vector<std::string> take() {
        std::vector<std::string> once;
        std::set<std::string_view> known;
        for (const std::string& place : places_)
            if (known.insert(place).second) once.push_back(place);
        return once;
    }

  private:
    Seen leaf(const Node& node, const std::string& path) {
        const auto* const mark = marks_.find(node);
        const bool read = mark != nullptr && mark->use == Marks::Use::Used;
        const bool value = node.kind != Kind::Null && !trimmed(node.value).empty();
        if (value && !read) places_.push_back(path);
        return {read, value};
    }

    // Items have the path of their array, so that they are one place.
    static std::string below(const Node& node, const std::string& path, const Node& child) {
        if (node.kind == Kind::Array) return path;
        return path + (path.empty() ? "" : "/") + child.name +
               (child.kind == Kind::Array ? "[]" : "");
    }

    const Marks& marks_;
    std::vector<std::string> places_;
};

}  // namespace

std::vector<std::string> leftOut(const Node& ours, const Marks& marks) {
    Gatherer gatherer(marks);
    gatherer.visit(ours, {});
    return gatherer.take();
}

}  // namespace gateway::mapping
