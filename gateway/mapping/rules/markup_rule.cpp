// <markup>: text with elements in the midst of it on one side, the same written out on the other.

#include "gateway/base/fault.h"
#include "gateway/document/xml_writer.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

// The words alone, in the order in which they are read.
std::string wordsOf(const Node& element) {
    std::string words = element.hasPieces() ? std::string() : element.value;
    for (const Node& child : element.children) {
        if (child.kind == Kind::Attribute) continue;
        words += child.isPieceOf(element) ? child.value : wordsOf(child);
    }
    return words;
}

class MarkupRule final : public Rule {
  public:
    Path theirs, ours;
    Form theirForm{};
    bool onlyWords = false;
    Presence presence;
    document::Prefixes prefixes;

    void read(Run& run, const Here& here, Target& target) const override {
        if (theirForm == Form::Xml)
            writeOut(run, here, target, theirs, ours);
        else
            takeIn(run, here, target, theirs, ours);
    }
    void write(Run& run, const Here& here, Target& target) const override {
        if (theirForm == Form::Xml)
            takeIn(run, here, target, ours, theirs);
        else
            writeOut(run, here, target, ours, theirs);
    }
    std::vector<Loss> losses() const override {
        return onlyWords ? std::vector{Loss::Notation} : std::vector<Loss>{};
    }
    bool takesWhole() const override { return true; }

  private:
    // An element's content, as a text.
    void writeOut(Run& run, const Here& here, Target& target, const Path& from,
                  const Path& to) const {
        const Nodes found = run.find(here, from);
        if (found.size() > 1) run.repeated(*found[1]);
        if (found.empty()) {
            if (presence.required(run.flow())) run.missing(here, from);
            if (run.flow() == Flow::Out) run.putAbsent(target, to, presence, here);
            return;
        }
        const Node& element = *found.front();
        markContent(run, element);
        const Source source{&element, {}, element.position, false};
        auto text = onlyWords ? wordsOf(element) : document::writeXmlContent(element, prefixes);
        if (!trimmed(text).empty())
            run.putValue(target, to, Kind::String, std::move(text), source, true);
        else if (presence.empty == Empty::IsValue)
            run.putValue(target, to, Kind::String, {}, source, true);
        else if (presence.empty == Empty::Refused)
            run.wrongValue(source, notEmpty());
    }

    // Attributes of the element itself are no content.
    static void markContent(Run& run, const Node& element) {
        run.mark(element, Marks::Use::Used);
        for (const Node& child : element.children)
            if (child.kind == Kind::Element)
                run.finder().markAll(child, Marks::Use::Used, run.rule());
    }

    // A text, as the content of an element.
    void takeIn(Run& run, const Here& here, Target& target, const Path& from,
                const Path& to) const {
        const auto source = run.valueAt(here, {from}, Kind::String, presence);
        if (!source) {
            if (run.flow() == Flow::Out) run.putAbsent(target, to, presence, here);
            return;
        }
        if (!run.mayWrite(source->text.size(), *source)) return;
        auto content = document::readXmlContent(source->text);
        if (!content) {
            run.wrongValue(*source, {"phải là đoạn XML đúng khuôn dạng",
                                     "it must be well-formed content of an XML element"});
            return;
        }
        const Below below(target, to.steps);
        Node& element = run.builder().container(*below.target().node, below.steps(),
                                                below.steps().size(), source->position);
        element.value = std::move(content->value);
        for (Node& child : content->children) element.children.push_back(std::move(child));
        target.real = true;
        below.target().real = true;
    }
};

}  // namespace

std::unique_ptr<Rule> makeMarkup(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<MarkupRule>();
    rule->theirForm = compiler.theirs().form();
    if (rule->theirForm != Form::Xml && compiler.ours().form() != Form::Xml)
        throw base::Fault("markup stands in XML, which neither side is");
    rule->presence = compiler.presence(element);
    rule->onlyWords = attributeOr(element, "only", "") == "words";
    if (rule->onlyWords && compiler.active()(rule->theirForm == Form::Xml ? Flow::Out : Flow::In))
        throw base::Fault("words alone do not say where elements stood; say direction");
    rule->theirs = compiler.theirValue(element.attribute("theirs")->value, place);
    if (!rule->theirs.isOwn()) throw base::Fault("markup stands in the document");
    rule->ours = compiler.ours().path(element.attribute("ours")->value);
    if (!rule->ours.isOwn() || rule->ours.from != Path::From::Here)
        throw base::Fault("ours goes down from here only");
    const auto at = compiler.shapePath(rule->ours, place);
    if (at && compiler.ours().form() == Form::Json && compiler.kindAt(*at) != Kind::String)
        throw base::Fault("\"" + *at + "\" is no text");
    if (compiler.active().in) compiler.checkWritable(rule->ours, place.ourSteps);
    const auto& steps = rule->theirForm == Form::Xml ? rule->theirs.steps : rule->ours.steps;
    if (!steps.empty() && steps.back().attribute)
        throw base::Fault("an attribute has no elements in it");
    rule->prefixes = compiler.prefixes();
    return rule;
}

}  // namespace gateway::mapping
