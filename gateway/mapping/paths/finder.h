#pragma once
// Finds nodes of the source by paths and tests conditions; remembers what was looked at.

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/report.h"
#include "gateway/mapping/rules/rules.h"

namespace gateway::mapping {

/// A place in the source from which paths are seen.
struct Here {
    const document::Node* node = nullptr;
    bool document = false;     ///< above the root element: the first step names the root itself
    std::size_t position = 0;  ///< of the item in the nearest each, from 1; 0 outside
};

/// What rules did with nodes of the source. Recording is cheap; look-ups come after seal().
class Marks {
  public:
    /// Stronger uses come later. Passed: gone through as a container, its own text not used.
    enum class Use : std::uint8_t { Passed, Ignored, Kept, Used };
    struct Mark {
        const document::Node* node;
        Use use;
        const Rule* rule;
    };

    void add(const document::Node& node, Use use, const Rule* rule) {
        marks_.push_back({&node, use, rule});
    }
    /// Sorts and keeps the strongest of each node.
    void seal();
    [[nodiscard]] const Mark* find(const document::Node& node) const noexcept;

  private:
    std::vector<Mark> marks_;
};

using Nodes = std::vector<const document::Node*>;

/// Walks paths through one source tree. One message, one thread.
class Finder {
  public:
    /// `marks` may be null: then nothing is remembered (our own side).
    Finder(document::Form form, const document::Node& root, Marks* marks) :
        form_(form), root_(root), marks_(marks) {}

    [[nodiscard]] Here start() const noexcept { return {&root_, form_ == document::Form::Xml, 0}; }
    /// All nodes that the path leads to, in document order. Passes for `rule`.
    [[nodiscard]] Nodes find(const Here& here, const Path& path, const Rule* rule);
    [[nodiscard]] bool holds(const Here& here, const Condition& condition, const Rule* rule);
    /// A node that should have been an array, met by the last find(); nullptr if none.
    [[nodiscard]] const document::Node* notAnArray() const noexcept { return notAnArray_; }

    void mark(const document::Node& node, Marks::Use use, const Rule* rule) {
        if (marks_ != nullptr) marks_->add(node, use, rule);
    }

  private:
    struct Walk {
        const std::vector<Step>& steps;
        const Here& origin;
        const Rule* rule;
        Nodes& found;
    };
    using Index = std::unordered_multimap<std::string_view, const document::Node*>;

    void descend(const document::Node& node, std::size_t at, const Walk& walk);
    void tryChild(const document::Node& child, std::size_t at, const Walk& walk);
    void arrive(const document::Node& node, std::size_t at, const Walk& walk);
    [[nodiscard]] bool lookUp(const document::Node& parent, std::size_t at, const Walk& walk);
    [[nodiscard]] bool clauseHolds(const Here& here, const Here& origin, const Clause& clause,
                                   const Rule* rule);

    document::Form form_;
    const document::Node& root_;
    Marks* marks_;
    const document::Node* notAnArray_ = nullptr;
    // Items of one parent by the key that a look-up compares, so that n look-ups cost n, not n².
    std::map<std::pair<const document::Node*, const Step*>, Index> indexes_;
};

/// Whether a step's name is the node's.
[[nodiscard]] inline bool fits(const document::Node& node, const Step& step) noexcept {
    return (node.kind == document::Kind::Attribute) == step.attribute && node.name == step.name &&
           node.namespaceUri == step.uri;
}

}  // namespace gateway::mapping
