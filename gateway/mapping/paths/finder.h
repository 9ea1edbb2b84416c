#pragma once
// Finds nodes of the source by paths and tests conditions; remembers what was looked at.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/marks.h"
#include "gateway/mapping/paths/paths.h"
#include "gateway/mapping/paths/references.h"

namespace gateway::mapping {

/// A place in the source from which paths are seen.
struct Here {
    const document::Node* node = nullptr;
    bool document = false;     ///< above the root element: the first step names the root itself
    std::size_t position = 0;  ///< of the item in the nearest each, from 1; 0 outside
};

using Nodes = std::vector<const document::Node*>;
/// Walks paths through the source tree, and through what is opened inside of it. One message, one
/// thread.
class Finder {
  public:
    /// `marks` may be null: then nothing is remembered (our own side).
    Finder(document::Form form, const document::Node& root, Marks* marks) : marks_(marks) {
        scopes_.push_back({form, &root, {}});
    }

    void setDocuments(const Documents* documents) noexcept { documents_ = documents; }
    void setReferences(const ReferenceForms& forms) {
        references_.emplace(forms, *scopes_[0].root);
    }
    [[nodiscard]] std::optional<ReferenceTable>& references() noexcept { return references_; }

    [[nodiscard]] Here start() const noexcept {
        return {scopes_.back().root, scopes_.back().form == document::Form::Xml, 0};
    }
    /// From now on "/" is the root of a document that stands at `here`; till leave().
    void enter(document::Form form, const document::Node& root, const Here& here) {
        scopes_.push_back({form, &root, here});
    }
    void leave() {
        scopes_.pop_back();
        notedScopes_ = std::min(notedScopes_, scopes_.size());
    }

    /// What the last find() met that was not of the kind that the path speaks of.
    struct Unlike {
        const document::Node* notAnArray = nullptr;
        /// An array where the path goes down by a name, as if it were an object.
        const document::Node* array = nullptr;
    };

    /// All nodes that the path leads to, in document order. Passes for `rule`.
    [[nodiscard]] Nodes find(const Here& here, const Path& path, const RuleText* rule);
    [[nodiscard]] bool holds(const Here& here, const Condition& condition, const RuleText* rule);
    [[nodiscard]] const Unlike& unlike() const noexcept { return unlike_; }
    /// References met so far that lead to nothing, and to an object that they stand in.
    [[nodiscard]] const Nodes& dangling() const noexcept { return dangling_; }
    [[nodiscard]] const Nodes& circular() const noexcept { return circular_; }
    /// Most nodes that may be looked at: a walk within a walk would cost their product. Beyond it
    /// nothing more is found, and isExhausted() says so.
    void limitVisits(std::size_t most) noexcept { mostVisits_ = most; }
    [[nodiscard]] bool isExhausted() const noexcept { return visits_ > mostVisits_; }
    /// The object above a node; nullptr above a root. Items of an array stand below its object.
    [[nodiscard]] const document::Node* parentOf(const document::Node& node);

    void mark(const document::Node& node, Marks::Use use, const RuleText* rule) {
        if (marks_ != nullptr) marks_->add(node, use, rule);
    }
    /// The same for a whole subtree.
    void markAll(const document::Node& node, Marks::Use use, const RuleText* rule);
    [[nodiscard]] Marks* marks() noexcept { return marks_; }

  private:
    struct Scope {
        document::Form form;
        const document::Node* root;
        Here outer;
    };
    struct Walk {
        const std::vector<Step>& steps;
        const Here& origin;
        const RuleText* rule;
        Nodes& found;
    };
    using Index = std::unordered_multimap<std::string_view, const document::Node*>;

    [[nodiscard]] std::optional<Here> startOf(const Here& here, const Path& path) const;
    void descend(const document::Node& node, std::size_t at, const Walk& walk);
    void goDown(const document::Node& node, std::size_t at, const Walk& walk, Nodes& reached);
    void tryChild(const document::Node& child, std::size_t at, const Walk& walk, Nodes& reached);
    void arrive(const document::Node& node, std::size_t at, const Walk& walk);
    [[nodiscard]] const document::Node* resolved(const document::Node& node, const Walk& walk);
    [[nodiscard]] bool standsIn(const document::Node& node, const document::Node& object);
    [[nodiscard]] bool lookUp(const document::Node& parent, std::size_t at, const Walk& walk);
    [[nodiscard]] bool clauseHolds(const Here& here, const Here& origin, const Clause& clause,
                                   const RuleText* rule);
    [[nodiscard]] bool equals(const Here& origin, const Clause& clause, const Nodes& found,
                              const RuleText* rule);
    void markKeys(const Here& item, const Walk& walk, const Clause& clause);
    void noteParents(const document::Node& node);
    [[nodiscard]] std::string_view keyText(const document::Node& node, const Clause& clause);

    std::vector<Scope> scopes_;
    Marks* marks_;
    const Documents* documents_ = nullptr;
    std::optional<ReferenceTable> references_;
    Unlike unlike_;
    Nodes dangling_, circular_;
    std::size_t visits_ = 0;
    std::size_t mostVisits_ = SIZE_MAX;
    // Items of one parent by the key that a look-up compares, so that n look-ups cost n, not n².
    std::map<std::pair<const document::Node*, const Step*>, Index> indexes_;
    std::deque<std::string> normalisedKeys_;
    // Filled for a document when something there goes up for the first time.
    std::unordered_map<const document::Node*, const document::Node*> parents_;
    std::size_t notedScopes_ = 0;
    bool notedDocuments_ = false;
};

/// The value as the clause compares it: RFC 2392 writes cid:7 where others write 7.
[[nodiscard]] std::string_view keyOf(const document::Node& node, const Clause& clause);

/// Whether a step's name is the node's.
[[nodiscard]] inline bool fits(const document::Node& node, const Step& step) noexcept {
    return (node.kind == document::Kind::Attribute) == step.attribute &&
           (step.any || (node.name == step.name && node.namespaceUri == step.uri));
}

}  // namespace gateway::mapping
