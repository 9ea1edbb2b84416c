// <inside>: a document that stands in a text: as XML or JSON, plain, base64, or base64 of a ZIP.

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"
#include "gateway/mapping/values/packed_text.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

base::Result<document::Tree> parsed(const std::string& bytes, Form form) {
    if (form == Form::Json) return document::readJson(bytes);
    auto xml = document::XmlDocument::parse(bytes);
    if (!xml) return std::move(xml).error();
    return xml->toTree();
}

class InsideRule final : public Rule {
  public:
    Path theirs;
    Form form{};
    Packing packed = Packing::Plain;
    document::Prefixes prefixes;
    Presence presence;
    Rules rules;

    void read(Run& run, const Here& here, Target& target) const override {
        const auto source = run.valueAt(here, {theirs}, Kind::String, presence);
        if (!source || source->null || source->node == nullptr) return;
        const auto bytes = unpackedText(source->text, packed);
        if (!bytes) {
            run.wrongValue(*source, bytes.error());
            return;
        }
        auto tree = parsed(*bytes, form);
        if (!tree) {
            base::Problem problem = tree.error();
            problem.path = run.placeOf(*source->node) + "!" + problem.path;
            run.put(std::move(problem));
            return;
        }
        run.openInner(std::move(tree).value(), *source->node, here);
        run.runAll(rules, run.finder().start(), target);
        run.closeInner();
    }

    void write(Run& run, const Here& here, Target& target) const override {
        Node root = document::objectNode();
        Target inner{&root, false, &target};
        run.beginInner(form, root);
        run.runAll(rules, here, inner);
        run.finishInner(root);
        if (!inner.real) {
            run.putAbsent(target, theirs, presence, here);
            return;
        }
        std::string text = form == Form::Json ? document::writeJson(root) : asXml(run, root);
        const char* const name = form == Form::Json ? "noi-dung.json" : "noi-dung.xml";
        run.putValue(target, theirs, Kind::String, packedText(std::move(text), packed, name),
                     {here.node, {}, here.node->position, false}, true);
    }

    // Laid out anew; what it says is told place by place.
    std::vector<Loss> losses() const override { return {Loss::Notation}; }
    void forEachInside(const std::function<void(const Rule&)>& visit) const override {
        for (const auto& rule : rules) visit(*rule);
    }

  private:
    [[nodiscard]] std::string asXml(const Run& run, const Node& root) const {
        if (root.children.size() != 1 || root.children.front().kind != Kind::Element)
            throw base::Fault(run.rule()->text + ": the rules write no root element, or several");
        return document::writeXml(root.children.front(), prefixes);
    }
};

}  // namespace

std::unique_ptr<Rule> makeInside(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<InsideRule>();
    rule->presence = compiler.presence(element);
    rule->theirs = compiler.theirValue(element.attribute("theirs")->value, place);
    if (!rule->theirs.isOwn()) throw base::Fault("a document inside stands in the document");
    rule->form = element.attribute("form")->value == "xml" ? Form::Xml : Form::Json;
    rule->packed = packingOf(attributeOr(element, "packed", "text"));
    Place inner = place;
    inner.theirs = compiler.theirPath(rule->theirs, place) + "!";
    inner.theirSteps.clear();
    rule->rules = compiler.rulesInside(element, inner, rule->form);
    rule->prefixes = compiler.prefixes();  // those of a mapping used there too
    return rule;
}

}  // namespace gateway::mapping
