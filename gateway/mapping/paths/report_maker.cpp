#include "gateway/mapping/paths/report_maker.h"

#include <utility>

#include "gateway/base/problem.h"
#include "gateway/mapping/paths/node_path.h"
#include "gateway/mapping/paths/schema_instance.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using document::Node;

// Naming a place costs a look at its siblings, so there is an end to it.
constexpr std::size_t kMostTold = 200;
constexpr std::size_t kMostToldInFull = 20'000;
constexpr std::size_t kLongestValue = 200;

// Where a schema may be found says nothing about the case; many tools write it.
bool isSchemaHint(const Node& node) {
    return node.kind == Kind::Attribute && node.namespaceUri == kSchemaInstance &&
           (node.name == "schemaLocation" || node.name == "noNamespaceSchemaLocation");
}

NodeUse useOf(Marks::Use use) {
    switch (use) {
        case Marks::Use::Used: return NodeUse::Used;
        case Marks::Use::Ignored: return NodeUse::Ignored;
        case Marks::Use::Kept: return NodeUse::Kept;
        case Marks::Use::Passed: break;
    }
    return NodeUse::Unknown;
}

bool hasElements(const Node& node) { return node.kind == Kind::Element && !node.isLeaf(); }

class ReportMaker {
  public:
    ReportMaker(const InnerRoots& inner, const Marks& marks, Detail detail, Problems* problems) :
        inner_(inner),
        marks_(marks),
        detail_(detail),
        mostTold_(detail == Detail::All ? kMostToldInFull : kMostTold),
        problems_(problems) {}

    // `above` is the rule that left out all below a place, if any. Depth is that of the tree.
    void visit(const NodeLink& link, const Marks::Mark* above) {
        const Node& node = *link.node;
        const Marks::Mark* const own = marks_.find(node);
        const bool passed = own != nullptr && own->use == Marks::Use::Passed;
        const Marks::Mark* const mark = own == nullptr || (passed && above) ? above : own;
        if (carriesValue(node, passed)) tell(link, mark);
        const bool leaves =
            mark != nullptr && (mark->use == Marks::Use::Ignored || mark->use == Marks::Use::Kept);
        for (const Node& child : node.children)
            if (!child.isPieceOf(node))  // told as its text
                visit({&link, &child}, leaves ? mark : nullptr);
        if (const auto found = inner_.find(&node); found != inner_.end())
            visit({&link, found->second, true}, nullptr);
    }

    Report take() { return std::move(report_); }

  private:
    // A container that rules went through is told by what stands in it.
    static bool carriesValue(const Node& node, bool passed) {
        if (node.kind == Kind::Object || node.kind == Kind::Array)
            return node.children.empty() && !passed;
        if (node.kind != Kind::Element) return true;
        const bool hasText = !trimmed(node.value).empty();
        return hasElements(node) || passed ? hasText : true;
    }

    void tell(const NodeLink& link, const Marks::Mark* mark) {
        const Node& node = *link.node;
        NodeUse use = mark == nullptr ? NodeUse::Unknown : useOf(mark->use);
        const bool hint = use == NodeUse::Unknown && isSchemaHint(node);
        if (hint) use = NodeUse::Ignored;
        ++report_.counts[static_cast<std::size_t>(use)];
        const bool refused =
            use == NodeUse::Unknown && problems_ != nullptr && problems_->size() < kMostProblems;
        if (use == NodeUse::Used && detail_ == Detail::NotUsed) return;
        if (!refused && report_.nodes.size() >= mostTold_) return;
        std::string path = pathOf(link);
        if (hasElements(node)) path.append("/text()");
        if (refused)
            problems_->emplace_back(base::ErrorCode::MAPPING_UNKNOWN_NODE, path, node.position);
        NodeFate fate{std::move(path), node.position.line, use, {}, {}, {}, {}, {}};
        if (hint) fate.reason = "schema hint";
        if (mark != nullptr && use != NodeUse::Unknown) {
            fate.rule = mark->rule->text;
            fate.reason = mark->rule->why;
        }
        if (detail_ == Detail::All) explain(node, mark, fate);
        report_.nodes.push_back(std::move(fate));
    }

    void explain(const Node& node, const Marks::Mark* mark, NodeFate& fate) const {
        // No rule went through the root: it is passed because every reading begins there.
        if (mark != nullptr && mark->rule != nullptr) fate.file = mark->rule->file;
        fate.value = base::shortened(node.value, kLongestValue);
        for (const auto& carried : marks_.carriedOf(node))
            fate.carried.push_back({carried.place, base::shortened(carried.text, kLongestValue)});
    }

    const InnerRoots& inner_;
    const Marks& marks_;
    Detail detail_;
    std::size_t mostTold_;
    Problems* problems_;
    Report report_;
};

}  // namespace

Report makeReport(const Node& root, const InnerRoots& inner, const Marks& marks, Detail detail,
                  Problems* problems) {
    ReportMaker maker(inner, marks, detail, problems);
    maker.visit({nullptr, &root}, nullptr);
    return maker.take();
}

}  // namespace gateway::mapping
