#include "gateway/server/operators/archive_nodes.h"

#include "gateway/base/time_format.h"

namespace gateway::server {
namespace {

using document::Node;
using store::ArchivedKind;

const char* wordFor(ArchivedKind kind) {
    switch (kind) {
        case ArchivedKind::Message: return "messages";
        case ArchivedKind::File: return "files";
        case ArchivedKind::Delivery: return "deliveries";
        case ArchivedKind::Refusal: return "refusals";
        case ArchivedKind::Reads: break;
    }
    return "reads";
}

Node recordNode(const store::ArchiveRecord& archive) {
    Node node = document::objectNode();
    addText(node, "archive", archive.archiveId);
    addText(node, "folder", archive.folder);
    addText(node, "manifestSha256", archive.manifestSha256);
    addText(node, "madeAt", base::formatTimestamp(archive.madeAt));
    return node;
}

}  // namespace

Node archiveNode(const exchange::ArchiveReport& report) {
    Node root = document::objectNode();
    root.children.push_back(document::booleanNode("done", true));
    for (const auto kind : {ArchivedKind::Delivery, ArchivedKind::Message, ArchivedKind::File,
                            ArchivedKind::Refusal, ArchivedKind::Reads}) {
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
        addText(node, "kind", wordFor(one.kind));
        addText(node, "sha256", one.sha256);
        addText(node, "path", "bytes/" + one.sha256.substr(0, 2) + "/" + one.sha256);
        list.children.push_back(std::move(node));
    }
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    return root;
}

}  // namespace gateway::server
