#include "gateway/app/process/mapping_choices.h"

#include "gateway/app/client/files.h"
#include "gateway/base/fault.h"
#include "gateway/base/replace_file.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

std::string need(const Node& object, const char* name) {
    const auto* member = object.child(name);
    if (!member || member->value.empty()) throw base::Fault(std::string("no ") + name);
    return member->value;
}

mapping::VersionChoice choiceOf(const Node& entry) {
    mapping::VersionChoice choice;
    if (const auto* activated = entry.child("activated"))
        for (const auto& one : activated->children)
            choice.activated.push_back({need(one, "version"), need(one, "sha256")});
    if (const auto* withdrawn = entry.child("withdrawn"))
        for (const auto& one : withdrawn->children) choice.withdrawn.insert(one.value);
    return choice;
}

Node nodeOf(const std::string& id, const mapping::VersionChoice& choice) {
    Node entry = document::objectNode();
    entry.children.push_back(document::stringNode("id", id));
    Node activated = document::arrayNode("activated");
    for (const auto& one : choice.activated) {
        Node node = document::objectNode();
        node.children.push_back(document::stringNode("version", one.version));
        node.children.push_back(document::stringNode("sha256", one.sha256));
        activated.children.push_back(std::move(node));
    }
    Node withdrawn = document::arrayNode("withdrawn");
    for (const auto& version : choice.withdrawn)
        withdrawn.children.push_back(document::stringNode("", version));
    entry.children.push_back(std::move(activated));
    entry.children.push_back(std::move(withdrawn));
    return entry;
}

}  // namespace

mapping::VersionChoices MappingChoices::load() const {
    mapping::VersionChoices choices;
    if (file_.empty() || !std::filesystem::exists(file_)) return choices;
    try {
        const auto tree = document::readJson(readFile(file_));
        if (!tree || !tree->root.child("mappings")) throw base::Fault("no list of mappings");
        for (const auto& entry : tree->root.child("mappings")->children)
            choices.emplace(need(entry, "id"), choiceOf(entry));
    } catch (const base::Fault& fault) {
        throw base::Fault(file_.string() + ": " + fault.what());
    }
    return choices;
}

void MappingChoices::save(const mapping::VersionChoices& choices) const {
    if (file_.empty()) throw base::Fault("there is no folder beside the store");
    Node list = document::arrayNode("mappings");
    for (const auto& [id, choice] : choices) list.children.push_back(nodeOf(id, choice));
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    std::filesystem::create_directories(file_.parent_path());
    base::replaceFile(file_, document::writeJsonPretty(root));
}

}  // namespace gateway::app
