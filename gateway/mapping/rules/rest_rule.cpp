// <rest>: what no rule beside it names, unchanged; between documents of one form only.

#include <algorithm>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

// Among the names: a rule beside it takes the text of the place itself.
constexpr const char* kOwnText = ".";

std::string nameOf(bool attribute, const std::string& uri, const std::string& name) {
    return (attribute ? "@{" : "{") + uri + "}" + name;
}

class RestRule final : public Rule {
  public:
    std::set<std::string> theirNames, ourNames;  ///< of nameOf(); of the side that is read
    std::set<std::string> except;                ///< local names with "@" before an attribute's

    void read(Run& run, const Here& here, Target& target) const override {
        copy(run, here, target, theirNames, ourNames);
    }
    void write(Run& run, const Here& here, Target& target) const override {
        copy(run, here, target, ourNames, theirNames);
    }

    bool takesWhole() const override { return true; }

  private:
    void copy(Run& run, const Here& here, Target& target, const std::set<std::string>& named,
              const std::set<std::string>& taken) const {
        if (here.document) return;
        const bool hasText = here.node->kind == Kind::Element && !trimmed(here.node->value).empty();
        if (here.node->hasPieces() || (hasText && !named.contains(kOwnText))) {
            run.mark(*here.node, Marks::Use::Used);
            target.node->value = here.node->value;
            target.real = true;
        }
        for (const Node& child : here.node->children) {
            const bool attribute = child.kind == Kind::Attribute;
            const std::string shown = (attribute ? "@" : "") + child.name;
            if (except.contains(shown)) continue;
            const std::string name = nameOf(attribute, child.namespaceUri, child.name);
            if (named.contains(name)) continue;
            // A rule beside it writes that name: there would be two of them.
            if (taken.contains(name)) {
                run.wrongValue({&child, child.value, child.position, false},
                               {"tên này đã dùng cho nội dung khác: " + shown,
                                "this name is taken by something else: " + shown});
                continue;
            }
            if (!run.mayWrite(child.value.size(), {&child, {}, child.position, false})) return;
            run.finder().markAll(child, Marks::Use::Used, run.rule());
            auto& children = target.node->children;
            const auto at = std::find_if(children.begin(), children.end(), [](const Node& node) {
                return node.kind != Kind::Attribute;
            });
            children.insert(attribute ? at : children.end(), child);
            target.real = true;
        }
    }
};

// The first names that the rules beside it go down by.
void addNames(const RuleCompiler& compiler, const Node& parent, bool theirs,
              std::set<std::string>& names) {
    const PathParser& parser = theirs ? compiler.theirs() : compiler.ours();
    for (const Node& element : parent.children) {
        if (element.kind != Kind::Element) continue;
        bool goesDown = false;
        if (const Node* const written = element.attribute(theirs ? "theirs" : "ours"))
            for (const Path& path : parser.alternatives(written->value)) {
                if (path.from != Path::From::Here) continue;
                if (path.steps.empty()) {
                    if (element.name != "group") names.insert(kOwnText);
                    continue;
                }
                const Step& first = path.steps.front();
                names.insert(nameOf(first.attribute, first.uri, first.name));
                goesDown = true;
            }
        if (!goesDown && element.name != "rest") addNames(compiler, element, theirs, names);
    }
}

}  // namespace

std::unique_ptr<Rule> makeRest(RuleCompiler& compiler, const Node& element, const Place& place) {
    if (compiler.theirs().form() != compiler.ours().form() || compiler.oursIsModel())
        throw base::Fault(
            "the rest goes between two documents of one form, neither of which is "
            "the case model");
    auto rule = std::make_unique<RestRule>();
    for (const std::string& name : splitTrimmed(attributeOr(element, "except", ""), " ")) {
        if (!name.empty()) rule->except.insert(name);
    }
    addNames(compiler, compiler.parent(), true, rule->theirNames);
    addNames(compiler, compiler.parent(), false, rule->ourNames);
    compiler.theirPath({}, place);
    compiler.shapePath({}, place);
    return rule;
}

}  // namespace gateway::mapping
