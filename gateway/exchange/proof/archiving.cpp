#include "gateway/exchange/proof/archiving.h"

#include <algorithm>
#include <optional>

#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/proof/archive_folder.h"
#include "gateway/exchange/proof/lasting_place.h"

namespace gateway::exchange {
namespace {

using store::ArchivedKind;

constexpr std::size_t kPageBytes = 16 * 1024 * 1024;
// Of one transaction: others' commits wait behind it for a few milliseconds.
constexpr std::size_t kKeysAtOnce = 32;
constexpr std::size_t kBytesAtOnce = 4 * 1024 * 1024;
constexpr std::size_t kMostDamaged = 100;

// Renderings first: they repeat bodies and files, which may leave once they have left.
constexpr ArchivedKind kOrder[] = {ArchivedKind::Delivery, ArchivedKind::Message,
                                   ArchivedKind::File, ArchivedKind::Refusal, ArchivedKind::Reads};

}  // namespace

/// The archive that is being written, and what will leave with it.
struct Archiving::Part {
    struct Leaving {
        ArchivedKind kind;
        std::string key;
        std::size_t bytes;
    };

    std::string operatorName;
    base::Timestamp before;
    std::filesystem::path to;
    ArchiveReport report;
    std::optional<ArchiveFolder> folder;
    std::vector<Leaving> leaving;
};

base::Result<ArchiveReport, std::string> Archiving::run(const std::string& operatorName,
                                                        base::Timestamp before,
                                                        const std::filesystem::path& to) {
    const std::unique_lock running(running_, std::try_to_lock);
    if (!running) return std::string("another archive is being made");
    if (before > clock_.now()) return std::string("that day is not over yet");
    if (auto reason = whyNotLasting(to, storeFile_)) return std::move(*reason);
    document::Node details = document::objectNode();
    details.children.push_back(document::stringNode("before", base::formatTimestamp(before)));
    details.children.push_back(document::stringNode("to", to.string()));
    acts_.record(operatorName, "archive", std::move(details));
    Part part{operatorName, before, to, {}, {}, {}};
    try {
        for (const auto kind : kOrder) archiveKind(kind, part);
        finish(part);
        while (archive_.returnSpace()) {
        }
    } catch (const store::StoreFault&) {
        throw;
    } catch (const base::Fault& fault) {
        return std::string(fault.what());
    }
    return std::move(part.report);
}

// A question's id is in the audit that it may be used once, as long as its age would let it pass.
base::Timestamp Archiving::endOf(ArchivedKind kind, const Part& part) const {
    constexpr auto kDay = std::chrono::hours(24);
    return kind == ArchivedKind::Reads ? std::min(part.before, clock_.now() - messageAge_ - kDay)
                                       : part.before;
}

void Archiving::archiveKind(ArchivedKind kind, Part& part) {
    std::int64_t after = 0;
    for (;;) {
        const auto page = archive_.page(kind, endOf(kind, part), after, kPageBytes);
        if (page.empty()) break;
        for (const auto& piece : page) {
            after = piece.row;
            if (!part.folder) {
                ArchiveManifest manifest;
                manifest.archive = base::newId("archive", clock_.now());
                manifest.gateway = identity_.gateway;
                manifest.environment = identity_.environment;
                manifest.store = storeIdentity_;
                manifest.before = base::formatTimestamp(part.before);
                part.folder.emplace(part.to, std::move(manifest));
            }
            if (part.folder->add(piece))
                part.leaving.push_back({kind, piece.key, piece.bytes.size()});
            else if (part.report.damaged.size() < kMostDamaged)
                part.report.damaged.push_back(piece.agency + " " +
                                              (piece.id.empty() ? piece.sha256 : piece.id));
            if (part.folder->entries() >= kEntries ||
                part.folder->bytes() >= static_cast<std::int64_t>(kBytes))
                finish(part);
        }
    }
    // What comes next is asked for when this kind has left.
    finish(part);
}

void Archiving::finish(Part& part) {
    if (!part.folder || part.leaving.empty()) {
        part.folder.reset();
        return;
    }
    part.report.bytes += part.folder->bytes();
    const auto record = part.folder->finish(snapshots_.current()->seal->own(), clock_.now());
    document::Node details = document::objectNode();
    details.children.push_back(document::stringNode("archive", record.archiveId));
    details.children.push_back(document::stringNode("folder", record.folder));
    details.children.push_back(document::stringNode("manifestSha256", record.manifestSha256));
    acts_.record(part.operatorName, kArchiveMade, std::move(details));
    letGo(part, record);
    base::logEvent(base::LogLevel::Info, "archive.made",
                   {{"archive", record.archiveId},
                    {"folder", record.folder},
                    {"entries", std::to_string(part.leaving.size())}});
    part.report.archives.push_back(record);
    part.folder.reset();
    part.leaving.clear();
}

void Archiving::letGo(Part& part, const store::ArchiveRecord& record) {
    std::vector<std::string> keys;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < part.leaving.size(); ++i) {
        const auto& one = part.leaving[i];
        keys.push_back(one.key);
        bytes += one.bytes;
        const bool last = i + 1 == part.leaving.size() || part.leaving[i + 1].kind != one.kind;
        if (!last && keys.size() < kKeysAtOnce && bytes < kBytesAtOnce) continue;
        part.report.gone[one.kind] += archive_.purge(record, one.kind, keys, endOf(one.kind, part));
        keys.clear();
        bytes = 0;
    }
}

}  // namespace gateway::exchange
