#include "gateway/exchange/proof/archive_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <system_error>
#include <utility>

#include "gateway/base/fault.h"
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

[[noreturn]] void fail(const std::filesystem::path& path) {
    throw base::Fault(path.string() + ": " + std::generic_category().message(errno));
}

void sync(const std::filesystem::path& folder, bool wholeDisk) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && (wholeDisk ? ::syncfs(file) : ::fsync(file)) == 0;
    const int error = errno;
    if (file >= 0) ::close(file);
    errno = error;
    if (!synced) fail(folder);
}

}  // namespace

ArchiveFolder::ArchiveFolder(const std::filesystem::path& to, ArchiveManifest manifest) :
    folder_(to / manifest.archive), manifest_(std::move(manifest)) {
    partial_ = folder_;
    partial_ += ".partial";
    std::error_code failed;
    if (!std::filesystem::is_directory(to, failed))
        throw base::Fault(to.string() + " is no folder");
    if (!std::filesystem::create_directory(partial_, failed)) {
        errno = failed ? failed.value() : EEXIST;
        fail(partial_);
    }
    std::filesystem::permissions(partial_, std::filesystem::perms::owner_all, failed);
    if (failed || !std::filesystem::create_directory(partial_ / "bytes", failed)) fail(partial_);
}

ArchiveFolder::~ArchiveFolder() {
    std::error_code ignored;
    if (!finished_) std::filesystem::remove_all(partial_, ignored);
}

void ArchiveFolder::write(const std::filesystem::path& path, std::string_view bytes) const {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) fail(path);
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            const int error = errno;
            ::close(file);
            errno = error;
            fail(path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::close(file) != 0) fail(path);
}

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
    const auto path = partial_ / entry.path;
    std::error_code failed;
    std::filesystem::create_directory(path.parent_path(), failed);
    // Equal content once: the same file of several rows.
    if (!std::filesystem::exists(path)) {
        write(path, piece.bytes);
        bytes_ += entry.length;
    }
    manifest_.entries.push_back(std::move(entry));
    return true;
}

std::string ArchiveFolder::sums() const {
    std::set<std::string> lines;
    for (const auto& entry : manifest_.entries)
        lines.insert(entry.sha256 + "  " + entry.path + "\n");
    std::string text;
    for (const auto& line : lines) text += line;
    return text;
}

void ArchiveFolder::readBack() const {
    std::set<std::string> seen;
    for (const auto& entry : manifest_.entries) {
        if (!seen.insert(entry.path).second) continue;
        std::ifstream file(partial_ / entry.path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        if (!file || document::sha256(bytes).hex() != entry.sha256)
            throw base::Fault((partial_ / entry.path).string() + " is not what was written");
    }
}

store::ArchiveRecord ArchiveFolder::finish(const trust::Seal& seal, base::Timestamp madeAt) {
    const auto list = sums();
    write(partial_ / "SHA256SUMS", list);
    manifest_.sumsSha256 = document::sha256(list).hex();
    manifest_.madeAt = base::formatTimestamp(madeAt);
    const auto sealed = seal.jws(jsonOf(manifest_), "thahc-archive+json");
    write(partial_ / "manifest.jose", sealed);
    sync(partial_, true);
    readBack();
    std::error_code failed;
    std::filesystem::rename(partial_, folder_, failed);
    if (failed) {
        errno = failed.value();
        fail(folder_);
    }
    finished_ = true;
    sync(folder_.parent_path(), false);
    return {manifest_.archive, folder_.string(), document::sha256(sealed).hex(), madeAt};
}

}  // namespace gateway::exchange
