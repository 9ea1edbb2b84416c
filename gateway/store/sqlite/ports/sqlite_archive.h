#pragma once
// Old bytes on their way out of SQLite.

#include "gateway/store/archive.h"
#include "gateway/store/sqlite/engine/writer.h"
#include "gateway/store/sqlite/ports/readers.h"

namespace gateway::store::sqlite {

/// As Archive promises. Lives within SqliteStore.
class SqliteArchive final : public Archive {
  public:
    SqliteArchive(Writer& writer, Readers& readers, Checkpointer& checkpointer) :
        writer_(writer), readers_(readers), checkpointer_(checkpointer) {}

    std::vector<ArchivePiece> page(ArchivedKind kind, base::Timestamp before, std::int64_t afterRow,
                                   std::size_t mostBytes) override;
    std::size_t purge(const ArchiveRecord& archive, ArchivedKind kind,
                      const std::vector<std::string>& keys, base::Timestamp before) override;
    bool returnSpace() override;
    std::vector<ArchivedBytes> whereIs(std::string_view id) override;

  private:
    void cutLog();
    Writer& writer_;
    Readers& readers_;
    Checkpointer& checkpointer_;
};

}  // namespace gateway::store::sqlite
