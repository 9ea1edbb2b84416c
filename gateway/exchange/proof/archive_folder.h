#pragma once
// One archive on its way to a disk: files by their digest, a list that sha256sum reads, and a
// manifest under our seal.

#include <filesystem>
#include <string>
#include <vector>

#include "gateway/store/archive.h"
#include "gateway/trust/signer.h"

namespace gateway::exchange {

/// What the manifest says of one row; its bytes lie in `path`.
struct ArchiveEntry {
    std::string kind, agency, id, receiptId, mediaType, detachedHeader;
    std::string sha256, path, at;
    std::int64_t length = 0;
};

/// Who has made which archive of what.
struct ArchiveManifest {
    std::string archive, gateway, environment, store, before, madeAt, sumsSha256;
    std::vector<ArchiveEntry> entries;
};

/// Written as FOLDER.partial and named when everything in it is durable and read back. One thread.
/// Throws base::Fault: the disk says no, or gives other bytes than it took; what was written is
/// removed then.
class ArchiveFolder {
  public:
    /// `to` must be there; nothing by the name of the archive may.
    ArchiveFolder(const std::filesystem::path& to, ArchiveManifest manifest);
    ~ArchiveFolder();
    ArchiveFolder(const ArchiveFolder&) = delete;
    ArchiveFolder& operator=(const ArchiveFolder&) = delete;

    /// False: its bytes are not those of its digest; it is not taken.
    [[nodiscard]] bool add(const store::ArchivePiece& piece);
    [[nodiscard]] std::size_t entries() const noexcept { return manifest_.entries.size(); }
    [[nodiscard]] std::int64_t bytes() const noexcept { return bytes_; }

    /// Seals and names it; what it is then. The folder stays when this dies.
    [[nodiscard]] store::ArchiveRecord finish(const trust::Seal& seal, base::Timestamp madeAt);

  private:
    void write(const std::filesystem::path& path, std::string_view bytes) const;
    [[nodiscard]] std::string sums() const;
    void readBack() const;

    std::filesystem::path folder_, partial_;
    ArchiveManifest manifest_;
    std::int64_t bytes_ = 0;
    bool finished_ = false;
};

}  // namespace gateway::exchange
