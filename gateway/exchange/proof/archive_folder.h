#pragma once
// One archive on its way to a disk: a sealed folder of files by their digest.

#include <filesystem>
#include <string>
#include <vector>

#include "gateway/exchange/proof/sealed_folder.h"
#include "gateway/store/archive.h"

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

/// As SealedFolder. One thread.
class ArchiveFolder {
  public:
    ArchiveFolder(const std::filesystem::path& to, ArchiveManifest manifest);

    /// False: its bytes are not those of its digest; it is not taken.
    [[nodiscard]] bool add(const store::ArchivePiece& piece);
    [[nodiscard]] std::size_t entries() const noexcept { return manifest_.entries.size(); }
    [[nodiscard]] std::int64_t bytes() const noexcept { return folder_.bytes(); }

    /// Seals and names it; what it is then. The folder stays when this dies.
    [[nodiscard]] store::ArchiveRecord finish(const trust::Seal& seal, base::Timestamp madeAt);

  private:
    SealedFolder folder_;
    ArchiveManifest manifest_;
};

}  // namespace gateway::exchange
