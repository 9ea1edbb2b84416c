#include "gateway/app/printing/law_changes.h"

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "gateway/app/printing/law_page.h"
#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

using document::Node;
using Lines = std::vector<std::string>;

Lines linesOf(const std::string& text) {
    Lines lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
    return lines;
}

std::string periodText(const model::Period& period) {
    std::string text = period.from ? "from " + base::formatDate(*period.from) : "ever since";
    return period.until ? text + " until " + base::formatDate(*period.until) : text;
}

void addFields(Lines& lines, const std::vector<law::Field>& fields, const std::string& above) {
    for (const auto& field : fields) {
        auto line = "field " + above + field.name + ": " + field.vi + ", " +
                    std::string(model::nameOf(field.type));
        for (const auto& code : field.codes) line += " " + code;
        if (field.optional) line += ", not required";
        if (!field.required.isAlways()) line += ", required when " + field.required.text();
        if (field.future) line += ", may be to come";
        lines.push_back(std::move(line));
        addFields(lines, field.members, above + field.name + "/");
    }
}

Lines linesOf(const law::ActDeclaration& act) {
    Lines lines{act.vi + " / " + act.en + ", " + act.article};
    addFields(lines, act.content, "");
    for (const auto& rule : act.rules) {
        std::ostringstream page;
        printRule(page, rule);
        for (auto& line : linesOf(page.str()))
            lines.push_back(periodText(rule.period) + " " + std::move(line));
    }
    return lines;
}

std::string lineOf(const law::TermRule& rule) {
    std::ostringstream page;
    printTerm(page, rule);
    auto line = periodText(rule.period) + " " + page.str();
    line.pop_back();
    if (!rule.lifted.isAlways()) line += " lifted when " + rule.lifted.text();
    for (const auto& near : rule.near)
        line += " near " + std::to_string(near.count) + " " + std::string(model::nameOf(near.unit));
    if (rule.remind.given()) line += " reminds on " + rule.remind.text();
    return rule.pausedByStay ? line + " paused by a stay" : line;
}

// Those of `these` that `others` does not have.
Node only(const char* name, const Lines& these, const Lines& others) {
    Node array = document::arrayNode(name);
    for (const auto& line : these)
        if (std::ranges::find(others, line) == others.end())
            array.children.push_back(document::stringNode("", line));
    return array;
}

Node changed(const char* key, const std::string& name, bool known, bool stays) {
    Node node = document::objectNode();
    addText(node, key, name);
    addText(node, "change", !known ? "added" : stays ? "changed" : "gone");
    return node;
}

Node rolesNode(const char* name, const std::set<law::Role>& roles) {
    Node array = document::arrayNode(name);
    for (const auto role : roles)
        array.children.push_back(document::stringNode("", std::string(model::nameOf(role))));
    return array;
}

void addAct(Node& acts, const std::string& type, const law::ActDeclaration* now,
            const law::ActDeclaration* then) {
    if (now && then && now->sha256 == then->sha256) return;
    const auto& act = then ? *then : *now;
    Node node = changed("act", type, now, then);
    addText(node, "vi", act.vi);
    std::set<law::Role> senders, told;
    for (const auto& rule : act.rules) {
        for (const auto& one : rule.senders) senders.insert(one.role);
        for (const auto& one : rule.told) told.insert(one.role);
    }
    node.children.push_back(rolesNode("senders", senders));
    node.children.push_back(rolesNode("told", told));
    if (now && then) {
        const auto before = linesOf(*now), after = linesOf(*then);
        node.children.push_back(only("was", before, after));
        node.children.push_back(only("becomes", after, before));
    }
    acts.children.push_back(std::move(node));
}

void addTerms(Node& root, const law::LawBook& now, const law::LawBook& then) {
    Node terms = document::arrayNode("terms");
    std::map<std::string, std::pair<Lines, Lines>> versions;
    std::map<std::string, std::string> titles;
    for (const auto& rule : now.terms()) {
        versions[rule.id].first.push_back(lineOf(rule));
        titles[rule.id] = rule.vi;
    }
    for (const auto& rule : then.terms()) {
        versions[rule.id].second.push_back(lineOf(rule));
        titles[rule.id] = rule.vi;
    }
    for (const auto& [id, both] : versions) {
        if (both.first == both.second) continue;
        Node node = changed("term", id, !both.first.empty(), !both.second.empty());
        addText(node, "vi", titles[id]);
        node.children.push_back(only("was", both.first, both.second));
        node.children.push_back(only("becomes", both.second, both.first));
        terms.children.push_back(std::move(node));
    }
    root.children.push_back(std::move(terms));
}

void addStages(Node& root, const law::LawBook& now, const law::LawBook& then) {
    const auto lines = [](const law::LawBook& book) {
        Lines all;
        for (const auto& stage : book.stages())
            all.push_back(stage.name + ", " + stage.vi +
                          (stage.when.isAlways() ? "" : ": " + stage.when.text()));
        return all;
    };
    Node stages = document::objectNode("stages");
    stages.children.push_back(only("was", lines(now), lines(then)));
    stages.children.push_back(only("becomes", lines(then), lines(now)));
    root.children.push_back(std::move(stages));
}

std::string dayText(const law::SpecialDay* day) {
    if (!day) return {};
    return std::string(model::nameOf(day->kind)) + ", " + std::string(model::nameOf(day->status)) +
           ": " + day->vi;
}

void addDays(Node& root, const law::Calendar& now, const law::Calendar& then) {
    std::set<base::Date> all;
    for (const auto* calendar : {&now, &then})
        for (const auto& [date, day] : calendar->days()) all.insert(date);
    Node days = document::arrayNode("days");
    for (const auto date : all) {
        const auto was = dayText(now.special(date)), becomes = dayText(then.special(date));
        if (was == becomes) continue;
        Node node = document::objectNode();
        addText(node, "day", base::formatDate(date));
        if (!was.empty()) addText(node, "was", was);
        if (!becomes.empty()) addText(node, "becomes", becomes);
        node.children.push_back(document::booleanNode("workingDay", then.isWorkingDay(date)));
        days.children.push_back(std::move(node));
    }
    Node versions = document::objectNode("calendar");
    addText(versions, "was", now.version());
    addText(versions, "becomes", then.version());
    root.children.push_back(std::move(versions));
    root.children.push_back(std::move(days));
}

std::string wordsOf(const Node& array) {
    std::string text;
    for (const auto& one : array.children) text += (text.empty() ? "" : " ") + one.value;
    return text.empty() ? "-" : text;
}

void printBoth(std::ostream& out, const Node& node) {
    for (const auto& [name, mark] : {std::pair{"was", "    - "}, {"becomes", "    + "}})
        if (const auto* lines = node.child(name))
            for (const auto& line : lines->children) out << mark << line.value << '\n';
}

}  // namespace

void addLawChanges(Node& root, const law::LawBook& now, const law::LawBook& then) {
    std::set<std::string> types;
    for (const auto* book : {&now, &then})
        for (const auto* act : book->everyAct()) types.insert(act->type);
    Node acts = document::arrayNode("acts");
    for (const auto& type : types) addAct(acts, type, now.act(type), then.act(type));
    root.children.push_back(std::move(acts));
    addTerms(root, now, then);
    addStages(root, now, then);
    addDays(root, now.calendar(), then.calendar());
}

void printLawChanges(std::ostream& out, const Node& root) {
    const auto value = [](const Node& node, const char* name) {
        const auto* child = node.child(name);
        return child ? child->value : std::string();
    };
    for (const auto& act : root.child("acts")->children) {
        out << "act " << value(act, "change") << ": " << value(act, "act") << ", "
            << value(act, "vi") << "; sent by " << wordsOf(*act.child("senders")) << "; told "
            << wordsOf(*act.child("told")) << '\n';
        printBoth(out, act);
    }
    for (const auto& term : root.child("terms")->children) {
        out << "term " << value(term, "change") << ": " << value(term, "term") << ", "
            << value(term, "vi") << '\n';
        printBoth(out, term);
    }
    if (const auto& stages = *root.child("stages");
        !stages.child("was")->children.empty() || !stages.child("becomes")->children.empty()) {
        out << "stages changed\n";
        printBoth(out, stages);
    }
    const auto& versions = *root.child("calendar");
    if (const auto& days = root.child("days")->children;
        !days.empty() || value(versions, "was") != value(versions, "becomes"))
        out << "calendar: version " << value(versions, "was") << " becomes "
            << value(versions, "becomes") << '\n';
    for (const auto& day : root.child("days")->children)
        out << "day " << value(day, "day") << ": "
            << (value(day, "workingDay") == "true" ? "a working day" : "a day off") << " (was "
            << (value(day, "was").empty() ? "no special day" : value(day, "was")) << "; becomes "
            << (value(day, "becomes").empty() ? "no special day" : value(day, "becomes")) << ")\n";
}

}  // namespace gateway::app
