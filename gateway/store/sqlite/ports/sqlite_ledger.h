#pragma once
// The log in SQLite.

#include "gateway/store/ledger.h"
#include "gateway/store/sqlite/engine/writer.h"
#include "gateway/store/sqlite/ports/log_search.h"
#include "gateway/store/sqlite/ports/readers.h"

namespace gateway::store::sqlite {

/// As Ledger promises. Lives within SqliteStore.
class SqliteLedger final : public Ledger {
  public:
    SqliteLedger(Writer& writer, Readers& readers, const SpaceWatch& space, DamageReport& damage) :
        writer_(writer), readers_(readers), space_(space), damage_(damage), search_(readers) {}

    AcceptOutcome accept(const Acceptance& acceptance) override;
    std::optional<MessageRecord> findByBody(std::string_view channel,
                                            std::string_view bodySha256) override;
    std::optional<MessageRecord> findByKey(std::string_view agency,
                                           std::string_view messageId) override;
    std::optional<MessageRecord> findByReceipt(std::string_view receiptId) override;
    std::optional<MessageRecord> findWhole(std::string_view agency,
                                           std::string_view messageId) override;
    void refold(const std::vector<CaseRecord>& cases) override;
    ReadRecorded recordRead(const ReadAudit& audit, std::size_t storedQuota) override;
    std::optional<base::Timestamp> recordRefusal(const RefusalRecord& refusal,
                                                 const RefusedBytesQuota& quota) override;
    std::int64_t storedBytes(std::string_view agency) override;
    std::vector<AgencyStorage> storage() override;
    std::vector<FoundMessage> messages(const MessageSearch& search, std::int64_t before,
                                       std::size_t limit) override {
        return search_.messages(search, before, limit);
    }
    std::vector<RefusalRecord> refusals(const RefusalSearch& search, std::int64_t before,
                                        std::size_t limit) override {
        return search_.refusals(search, before, limit);
    }
    std::vector<ReadAudit> reads(const ReadSearch& search, std::int64_t before,
                                 std::size_t limit) override {
        return search_.reads(search, before, limit);
    }

  private:
    Writer& writer_;
    Readers& readers_;
    const SpaceWatch& space_;
    DamageReport& damage_;
    SqliteLogSearch search_;
};

}  // namespace gateway::store::sqlite
