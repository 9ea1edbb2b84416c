#include "gateway/app/printing/matter_nodes.h"

#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

using document::Node;
using model::CaseFile;

Node stepNode(const model::Fact& fact) {
    Node node = document::objectNode();
    addText(node, "what", std::string(model::nameOf(fact.kind)));
    addText(node, "message", std::string(model::messageIdOf(fact.source)));
    addText(node, "by", std::string(model::agencyOf(fact.source)));
    addText(node, "on", base::formatDate(fact.on));
    if (!fact.number.empty()) addText(node, "number", fact.number);
    return node;
}

}  // namespace

Node textsNode(const char* name, const std::vector<std::string>& texts) {
    Node list = document::arrayNode(name);
    for (const auto& text : texts) list.children.push_back(document::stringNode("", text));
    return list;
}

Node termNode(const model::Term& term) {
    Node node = document::objectNode();
    addText(node, "rule", term.rule);
    addText(node, "vi", term.vi);
    addText(node, "owes", term.owes);
    if (term.due) addText(node, "dueOn", base::formatDate(*term.due));
    addText(node, "outcome", std::string(model::nameOf(term.outcome())));
    addText(node, "explanation", term.explanation);
    addText(node, "basis", term.basis);
    return node;
}

Node partNode(const law::LawBook& law, const CaseFile& file, const model::MatterPart& part,
              const char* kind) {
    Node node = document::objectNode();
    addNumber(node, "no", part.no);
    addText(node, kind, part.no == 0 ? "" : part.kind);
    node.children.push_back(textsNode("with", part.agencies));
    addText(node, "state", part.state);
    if (const auto* line = law.process(file.matter->subject).stageNamed(part.state))
        addText(node, "vi", line->vi);
    Node steps = document::arrayNode("steps"), terms = document::arrayNode("terms");
    for (const auto& fact : file.facts)
        if (fact.obligation == part.no) steps.children.push_back(stepNode(fact));
    for (const auto& term : file.terms)
        if (term.obligation == part.no && !term.lifted) terms.children.push_back(termNode(term));
    node.children.push_back(std::move(steps));
    node.children.push_back(std::move(terms));
    return node;
}

}  // namespace gateway::app
