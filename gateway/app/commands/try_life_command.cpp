#include <algorithm>
#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/printing/life_nodes.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/law/life/case_life.h"
#include "gateway/mapping/binding.h"

namespace gateway::app {
namespace {

using document::Node;

[[noreturn]] void bad(const std::string& what) { throw InputError(what); }

const Node& member(const Node& object, const char* name) {
    const auto* found = object.child(name);
    if (!found) bad(std::string("\"") + name + "\" is missing");
    return *found;
}

base::Date dayOf(const std::string& text, const std::string& where) {
    const auto day = base::parseDate(text);
    if (!day) bad(where + ": \"" + text + "\" is no day (yyyy-MM-dd)");
    return *day;
}

// A ruling as the case model has it; "delivered" and the like are acts.
model::Ruling rulingOf(const Node& node) {
    auto read = mapping::fromNode<model::Ruling>(node);
    if (read) return std::move(read).value();
    std::string text = "the ruling:";
    for (const auto& problem : read.error()) text += " " + problem.path + " " + render(problem).en;
    bad(text);
}

law::SaidAct actOf(const Node& node, std::size_t number) {
    const auto where = "act " + std::to_string(number);
    law::SaidAct act;
    act.type = member(node, "type").value;
    act.day = dayOf(member(node, "on").value, where);
    act.recordedAt =
        std::chrono::sys_days(act.day) + std::chrono::hours(2) + std::chrono::milliseconds(number);
    const auto& sender = member(node, "sender").value;
    const auto role = model::valueOf<law::Role>(sender);
    if (!role) bad(where + ": there is no role \"" + sender + "\"");
    act.sender = *role;
    const auto* id = node.child("id");
    act.id = id ? id->value : "m" + std::to_string(number);
    const auto* content = node.child("content");
    act.content = content ? *content : document::objectNode();
    act.content.name.clear();
    if (const auto* ruling = act.content.child("ruling"); ruling && ruling->child("reference"))
        act.ruling = rulingOf(*ruling);
    return act;
}

}  // namespace

Node playLife(const law::LawBook& book, const Node& input, const std::optional<base::Date>& asOf) {
    law::CaseLife life(book, rulingOf(member(input, "ruling")));
    Node steps = document::arrayNode("steps");
    const auto add = [&](const law::Step& step) {
        steps.children.push_back(stepNode(life, step, steps.children.size() + 1));
    };
    std::size_t number = 0;
    base::Date last{};
    for (const auto& node : member(input, "acts").children) {
        auto act = actOf(node, ++number);
        if (number > 1 && act.day < last)
            bad("act " + std::to_string(number) + " is before the last");
        if (asOf && act.day > *asOf) break;
        last = act.day;
        life.advance(act.day, add);
        life.say(std::move(act), add);
    }
    if (asOf) life.advance(*asOf, add);
    Node root = document::objectNode();
    addText(root, "calendar", book.calendar().version());
    root.children.push_back(std::move(steps));
    root.children.push_back(stateNode(life));
    return root;
}

int tryLifeCommand(const Words& words) {
    const Arguments arguments(words, {"as-of", "mappings", "local"}, {"json"}, {});
    if (arguments.positional().size() != 1) throw UsageError("try-life needs a file");
    const auto data = dataNamedBy(arguments);
    const auto book = loadLaw(data);
    const auto bytes = readFile(arguments.positional().front());
    const auto tree = document::readJson(bytes);
    if (!tree) bad(arguments.positional().front() + ": " + render(tree.error()).en);
    std::optional<base::Date> asOf;
    if (arguments.has("as-of")) asOf = dayOf(arguments.get("as-of"), "--as-of");
    const auto played = playLife(book, tree->root, asOf);
    if (arguments.has("json"))
        std::cout << document::writeJson(played) << '\n';
    else
        printLife(std::cout, played);
    return kExitOk;
}

}  // namespace gateway::app
