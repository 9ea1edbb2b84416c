#include "gateway/server/archive_nodes.h"

#include "gateway/base/time_format.h"

namespace gateway::server {
namespace {

using document::Node;
using store::ArchivedKind;

void add(Node& object, const char* name, const std::string& value) {
    object.children.push_back(document::stringNode(name, value));
}

template <class Number>
void addNumber(Node& object, const char* name, Number value) {
    object.children.push_back(document::numberNode(name, std::to_string(value)));
}

const char* wordFor(ArchivedKind kind) {
    switch (kind) {
        case ArchivedKind::Message: return "messages";
        case ArchivedKind::File: return "files";
        case ArchivedKind::Delivery: return "deliveries";
        case ArchivedKind::Refusal: break;
    }
    return "refusals";
}

Node recordNode(const store::ArchiveRecord& archive) {
    Node node = document::objectNode();
    add(node, "archive", archive.archiveId);
    add(node, "folder", archive.folder);
    add(node, "manifestSha256", archive.manifestSha256);
    add(node, "madeAt", base::formatTimestamp(archive.madeAt));
    return node;
}

}  // namespace

Node archiveNode(const exchange::ArchiveReport& report) {
    Node root = document::objectNode();
    root.children.push_back(document::booleanNode("done", true));
    for (const auto kind : {ArchivedKind::Delivery, ArchivedKind::Message, ArchivedKind::File,
                            ArchivedKind::Refusal}) {
        const auto found = report.gone.find(kind);
        addNumber(root, wordFor(kind), found == report.gone.end() ? 0 : found->second);
    }
    addNumber(root, "bytes", report.bytes);
    Node archives = document::arrayNode("archives");
    for (const auto& archive : report.archives) archives.children.push_back(recordNode(archive));
    root.children.push_back(std::move(archives));
    Node damaged = document::arrayNode("damaged");
    for (const auto& one : report.damaged)
        damaged.children.push_back(document::stringNode("", one));
    root.children.push_back(std::move(damaged));
    return root;
}

Node archivedNode(const std::vector<store::ArchivedBytes>& found) {
    Node list = document::arrayNode("archived");
    for (const auto& one : found) {
        Node node = recordNode(one.archive);
        add(node, "kind", wordFor(one.kind));
        add(node, "sha256", one.sha256);
        add(node, "path", "bytes/" + one.sha256.substr(0, 2) + "/" + one.sha256);
        list.children.push_back(std::move(node));
    }
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    return root;
}

}  // namespace gateway::server
