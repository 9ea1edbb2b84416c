#include "gateway/exchange/proof/archive_folder.h"

#include <utility>

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"

namespace gateway::exchange {
namespace {

using document::Node;
using store::ArchivedKind;

const char* wordFor(ArchivedKind kind) {
    switch (kind) {
        case ArchivedKind::Message: return "message";
        case ArchivedKind::File: return "file";
        case ArchivedKind::Delivery: return "delivery";
        case ArchivedKind::Refusal: return "refusal";
        case ArchivedKind::Reads: break;
    }
    return "reads";
}

std::string jsonOf(const ArchiveManifest& manifest) {
    Node root = document::objectNode();
    addText(root, "archive", manifest.archive);
    addText(root, "gateway", manifest.gateway);
    addText(root, "environment", manifest.environment);
    addText(root, "store", manifest.store);
    addText(root, "before", manifest.before);
    addText(root, "madeAt", manifest.madeAt);
    addText(root, "sumsSha256", manifest.sumsSha256);
    Node list = document::arrayNode("entries");
    for (const auto& entry : manifest.entries) {
        Node node = document::objectNode();
        addText(node, "kind", entry.kind);
        addText(node, "agency", entry.agency);
        addText(node, "id", entry.id);
        addText(node, "receiptId", entry.receiptId);
        addText(node, "mediaType", entry.mediaType);
        addText(node, "detachedHeader", entry.detachedHeader);
        addText(node, "at", entry.at);
        addText(node, "sha256", entry.sha256);
        addNumber(node, "length", static_cast<std::int64_t>(entry.length));
        addText(node, "path", entry.path);
        list.children.push_back(std::move(node));
    }
    root.children.push_back(std::move(list));
    return document::writeJson(root);
}

}  // namespace

ArchiveFolder::ArchiveFolder(const std::filesystem::path& to, ArchiveManifest manifest) :
    folder_(to, manifest.archive), manifest_(std::move(manifest)) {}

bool ArchiveFolder::add(const store::ArchivePiece& piece) {
    if (document::sha256(piece.bytes).hex() != piece.sha256) return false;
    ArchiveEntry entry;
    entry.kind = wordFor(piece.kind);
    entry.agency = piece.agency;
    entry.id = piece.id;
    entry.receiptId = piece.receiptId;
    entry.mediaType = piece.mediaType;
    entry.detachedHeader = piece.detachedHeader;
    entry.sha256 = piece.sha256;
    entry.path = "bytes/" + piece.sha256.substr(0, 2) + "/" + piece.sha256;
    entry.at = base::formatTimestamp(piece.at);
    entry.length = static_cast<std::int64_t>(piece.bytes.size());
    // Equal content once: the same file of several rows.
    folder_.put(entry.path, piece.bytes, entry.sha256);
    manifest_.entries.push_back(std::move(entry));
    return true;
}

store::ArchiveRecord ArchiveFolder::finish(const trust::Seal& seal, base::Timestamp madeAt) {
    manifest_.madeAt = base::formatTimestamp(madeAt);
    const auto digest = folder_.finish(
        seal,
        [this](const std::string& sums) {
            manifest_.sumsSha256 = sums;
            return jsonOf(manifest_);
        },
        "thahc-archive+json");
    return {manifest_.archive, folder_.folder().string(), digest, madeAt};
}

}  // namespace gateway::exchange
