#include "gateway/app/printing/life_nodes.h"

#include <ostream>

#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

using document::Node;
using model::nameOf;

Node roleList(const char* name, const std::vector<law::Role>& roles) {
    Node list = document::arrayNode(name);
    for (const auto role : roles)
        list.children.push_back(document::stringNode("", std::string(nameOf(role))));
    return list;
}

void addDay(Node& node, const char* name, const std::optional<base::Date>& day) {
    if (day) addText(node, name, base::formatDate(*day));
}

Node deadlineNode(const law::Deadline& deadline) {
    const auto& rule = *deadline.rule;
    Node node = document::objectNode();
    addText(node, "rule", rule.id);
    addText(node, "vi", rule.vi);
    addNumber(node, "obligation", deadline.obligation);
    addText(node, "owes", std::string(nameOf(rule.owes)));
    node.children.push_back(roleList("to", rule.to));
    addDay(node, "start", deadline.start);
    addDay(node, "due", deadline.due);
    addText(node, "explanation", deadline.explanation);
    addText(node, "basis", rule.basis);
    addText(node, "level", std::string(nameOf(rule.level)));
    addDay(node, "ruleFrom", rule.period.from);
    addText(node, "calendar", deadline.calendarVersion);
    addText(node, "outcome", std::string(nameOf(deadline.outcome())));
    addDay(node, "answeredOn", deadline.answeredOn);
    if (deadline.outcome() == law::Outcome::Passed) addText(node, "flag", rule.flag);
    return node;
}

Node reasonNode(const law::Reason& reason) {
    Node node = document::objectNode();
    addText(node, "code", reason.code);
    addText(node, "path", reason.path);
    addText(node, "basis", reason.basis);
    addText(node, "vi", reason.vi);
    addText(node, "en", reason.en);
    return node;
}

Node newsNode(const law::TermNews& news) {
    Node node = document::objectNode();
    addText(node, "event", std::string(nameOf(news.event)));
    auto deadline = deadlineNode(news.deadline);
    for (auto& child : deadline.children) node.children.push_back(std::move(child));
    addDay(node, "was", news.was);
    if (news.event == law::DeadlineEvent::Passed)
        addText(node, "consequence", news.deadline.rule->consequence);
    node.children.push_back(roleList("told", news.told));
    return node;
}

Node obligationNode(const law::ObligationView& view, bool everything) {
    Node node = document::objectNode();
    addNumber(node, "no", view.no);
    addText(node, "stage", view.stage->name);
    addText(node, "label", view.stage->vi);
    addFlag(node, "open", view.stage->open);
    Node tracks = document::objectNode("tracks");
    for (const auto& [track, value] : view.tracks) addText(tracks, track->name, value->name);
    node.children.push_back(std::move(tracks));
    Node list = document::arrayNode("deadlines");
    for (const auto* deadline : view.deadlines)
        if (everything || deadline->outcome() == law::Outcome::Open ||
            deadline->outcome() == law::Outcome::Passed)
            list.children.push_back(deadlineNode(*deadline));
    node.children.push_back(std::move(list));
    return node;
}

Node obligationsNode(const law::CaseLife& life, bool everything) {
    Node list = document::arrayNode("obligations");
    for (const auto& view : life.view()) list.children.push_back(obligationNode(view, everything));
    return list;
}

std::string text(const Node& node, const char* name) {
    const auto* child = node.child(name);
    return child ? child->value : std::string();
}

}  // namespace

Node stepNode(const law::CaseLife& life, const law::Step& step, std::size_t number) {
    Node node = document::objectNode();
    addNumber(node, "step", static_cast<std::int64_t>(number));
    addDay(node, "on", step.day);
    addText(node, "act", step.act);
    addText(node, "id", step.id);
    if (step.recordedBy) addText(node, "recordedBy", std::string(nameOf(*step.recordedBy)));
    addText(node, "verdict", std::string(nameOf(step.answer)));
    Node reasons = document::arrayNode("reasons");
    for (const auto& reason : step.reasons) reasons.children.push_back(reasonNode(reason));
    if (!reasons.children.empty()) node.children.push_back(std::move(reasons));
    Node legal = document::arrayNode("legalActs");
    for (const auto& type : step.legalActs)
        legal.children.push_back(document::stringNode("", type));
    if (!legal.children.empty()) node.children.push_back(std::move(legal));
    Node marks = document::arrayNode("flags");
    for (const auto& mark : step.marks) {
        Node one = document::objectNode();
        addText(one, "name", mark.name);
        addText(one, "vi", mark.vi);
        addText(one, "en", mark.en);
        marks.children.push_back(std::move(one));
    }
    if (!marks.children.empty()) node.children.push_back(std::move(marks));
    Node told = document::arrayNode("recipients");
    for (const auto& one : step.told) {
        Node entry = document::objectNode();
        addText(entry, "role", std::string(nameOf(one.role)));
        addText(entry, "level", std::string(nameOf(one.level)));
        addText(entry, "basis", one.basis);
        told.children.push_back(std::move(entry));
    }
    node.children.push_back(std::move(told));
    Node news = document::arrayNode("deadlineEvents");
    for (const auto& one : step.terms) news.children.push_back(newsNode(one));
    node.children.push_back(std::move(news));
    node.children.push_back(obligationsNode(life, false));
    return node;
}

Node stateNode(const law::CaseLife& life) {
    Node node = document::objectNode("state");
    node.children.push_back(obligationsNode(life, true));
    return node;
}

void printLife(std::ostream& out, const Node& played) {
    for (const auto& step : played.child("steps")->children) {
        out << text(step, "on") << "  " << text(step, "act") << "  " << text(step, "verdict");
        for (const auto& one : step.child("obligations")->children)
            out << "  [" << text(one, "no") << " " << text(one, "stage") << "]";
        out << '\n';
        if (const auto* reasons = step.child("reasons"))
            for (const auto& reason : reasons->children)
                out << "            " << text(reason, "code") << " " << text(reason, "path") << " "
                    << text(reason, "vi") << '\n';
        if (const auto* flags = step.child("flags"))
            for (const auto& flag : flags->children)
                out << "            " << text(flag, "name") << ": " << text(flag, "vi") << '\n';
        for (const auto& news : step.child("deadlineEvents")->children)
            out << "            " << text(news, "event") << " " << text(news, "rule") << " "
                << text(news, "due") << ": " << text(news, "explanation") << '\n';
    }
}

}  // namespace gateway::app
