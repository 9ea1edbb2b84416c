#include "gateway/app/printing/life_input.h"

#include "gateway/app/settings/failure.h"
#include "gateway/base/time_format.h"
#include "gateway/mapping/binding.h"

namespace gateway::app {
namespace {

using document::Kind;
using document::Node;

std::string at(const std::string& pointer, base::Position position) {
    if (position.line == 0) return pointer + ": ";
    return pointer + " (line " + std::to_string(position.line) + ", column " +
           std::to_string(position.column) + "): ";
}

[[noreturn]] void bad(const std::string& pointer, const Node& node, const std::string& what) {
    throw InputError(at(pointer.empty() ? "/" : pointer, node.position) + what);
}

void mustBe(Kind kind, const char* what, const std::string& pointer, const Node& node) {
    if (node.kind != kind) bad(pointer, node, std::string("it is to be ") + what);
}

const Node& member(const Node& object, const std::string& pointer, const char* name) {
    mustBe(Kind::Object, "an object", pointer, object);
    const auto* found = object.child(name);
    if (!found) bad(pointer, object, std::string("\"") + name + "\" is missing");
    return *found;
}

const std::string& textIn(const Node& object, const std::string& pointer, const char* name) {
    const auto& found = member(object, pointer, name);
    mustBe(Kind::String, "a text", pointer + "/" + name, found);
    return found.value;
}

base::Date dayIn(const Node& object, const std::string& pointer, const char* name) {
    const auto& text = textIn(object, pointer, name);
    const auto day = base::parseDate(text);
    if (!day)
        bad(pointer + "/" + name, *object.child(name), "\"" + text + "\" is no day (yyyy-MM-dd)");
    return *day;
}

// A ruling as the case model has it; "delivered" and the like are acts.
model::Ruling rulingAt(const Node& object, const std::string& pointer) {
    const auto& node = member(object, pointer, "ruling");
    const auto here = pointer + "/ruling";
    mustBe(Kind::Object, "an object", here, node);
    auto read = mapping::fromNode<model::Ruling>(node);
    if (read) return std::move(read).value();
    std::string text;
    for (const auto& problem : read.error()) {
        const auto* line = text.empty() ? "" : "\n";
        text += line + at(here + problem.path, problem.position) + render(problem).en;
    }
    throw InputError(text);
}

// What is recorded for an author stands in the content of the act that records it.
const Node& saidIn(const Node& content) {
    const auto* inner = content.child("content");
    return inner && inner->kind == Kind::Object ? *inner : content;
}

// Nine in the morning; those of one day in the order in which they stand.
base::Timestamp morningOf(base::Date day, std::size_t order) {
    return std::chrono::sys_days(day) + std::chrono::hours(2) + std::chrono::milliseconds(order);
}

law::SaidAct actAt(const Node& node, const std::string& pointer, std::size_t order) {
    law::SaidAct act;
    act.type = textIn(node, pointer, "type");
    act.day = dayIn(node, pointer, "on");
    act.recordedAt = morningOf(act.day, order);
    const auto& sender = textIn(node, pointer, "sender");
    const auto role = model::valueOf<law::Role>(sender);
    if (!role)
        bad(pointer + "/sender", *node.child("sender"), "there is no role \"" + sender + "\"");
    act.sender = *role;
    act.id = node.child("id") ? textIn(node, pointer, "id") : "m" + std::to_string(order);
    act.content = document::objectNode();
    if (const auto* content = node.child("content")) {
        mustBe(Kind::Object, "an object", pointer + "/content", *content);
        act.content = *content;
        act.content.name.clear();
        const auto& said = saidIn(*content);
        const auto* ruling = said.child("ruling");
        const auto* inner = &said == content ? "/content" : "/content/content";
        if (ruling && ruling->child("reference")) act.ruling = rulingAt(said, pointer + inner);
    }
    return act;
}

}  // namespace

model::Ruling rulingIn(const Node& input) { return rulingAt(input, {}); }

std::vector<law::SaidAct> actsIn(const Node& input) {
    const auto& list = member(input, {}, "acts");
    mustBe(Kind::Array, "a list", "/acts", list);
    std::vector<law::SaidAct> acts;
    for (const auto& node : list.children) {
        const auto pointer = "/acts/" + std::to_string(acts.size());
        acts.push_back(actAt(node, pointer, acts.size() + 1));
        if (acts.size() > 1 && acts.back().day < acts[acts.size() - 2].day)
            bad(pointer + "/on", *node.child("on"), "it is before the act that stands above it");
    }
    return acts;
}

}  // namespace gateway::app
