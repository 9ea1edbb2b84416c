#pragma once
// Searches of the log in SQLite.

#include "gateway/store/log_search.h"
#include "gateway/store/sqlite/ports/readers.h"

namespace gateway::store::sqlite {

/// As LogSearch promises. `readers` outlive it.
class SqliteLogSearch final : public LogSearch {
  public:
    explicit SqliteLogSearch(Readers& readers) : readers_(readers) {}

    std::vector<FoundMessage> messages(const MessageSearch& search, std::int64_t before,
                                       std::size_t limit) override;
    std::vector<RefusalRecord> refusals(const RefusalSearch& search, std::int64_t before,
                                        std::size_t limit) override;
    std::vector<ReadAudit> reads(const ReadSearch& search, std::int64_t before,
                                 std::size_t limit) override;

  private:
    Readers& readers_;
};

}  // namespace gateway::store::sqlite
