#include "connectors/simulator/year/life.h"

#include <algorithm>

#include "connectors/simulator/stage/child_process.h"
#include "connectors/simulator/stage/members.h"
#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"

namespace gateway::simulator {
namespace {

using document::Node;

base::Date day(const Node& node, const char* name) {
    const auto date = base::parseDate(text(node, name));
    if (!date) throw base::Fault(std::string("no day: ") + name);
    return *date;
}

LifeAct actOf(const Node& node) {
    LifeAct act{day(node, "on"), text(node, "id"), text(node, "sender"), text(node, "type"),
                document::objectNode()};
    if (const auto* content = node.child("content")) act.content = *content;
    act.content.name.clear();
    return act;
}

Life lifeIn(const std::filesystem::path& file) {
    const auto tree = document::readJson(contentsOf(file));
    if (!tree) throw base::Fault(file.string() + ": " + base::render(tree.error()).en);
    Life life;
    life.id = file.stem().string();
    life.title = text(tree->root, "title");
    for (const auto& one : member(tree->root, "agencies").children)
        life.agencies[one.name] = one.value;
    auto ruling = mapping::fromNode<model::Ruling>(member(tree->root, "ruling"));
    if (!ruling) throw base::Fault(life.id + ": " + base::render(ruling.error().front()).en);
    life.ruling = std::move(ruling).value();
    for (const auto& act : member(tree->root, "acts").children) life.acts.push_back(actOf(act));
    for (const auto& one : member(tree->root, "listed").children)
        life.listed.push_back({day(one, "sentOn"), day(one, "on"), text(one, "form")});
    for (const auto& stage : member(tree->root, "finally").children)
        life.finally.push_back(stage.value);
    return life;
}

}  // namespace

const std::string& Life::agency(const std::string& role) const {
    const auto found = agencies.find(role);
    if (found == agencies.end()) throw base::Fault(id + ": nobody is " + role);
    return found->second;
}

std::vector<Life> loadLives(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Life> lives;
    for (const auto& file : files) lives.push_back(lifeIn(file));
    return lives;
}

}  // namespace gateway::simulator
