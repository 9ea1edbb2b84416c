#pragma once
// The read side of cases in SQLite.

#include "gateway/store/ledger.h"
#include "gateway/store/sqlite/ports/readers.h"

namespace gateway::store::sqlite {

/// As Cases promises. Lives within SqliteStore.
class SqliteCases final : public Cases {
  public:
    /// Held against their digests, or given as they are to whoever judges them itself.
    enum class Rows : std::uint8_t { Checked, AsTheyAre };
    explicit SqliteCases(Readers& readers, Rows rows = Rows::Checked) :
        readers_(readers), checked_(rows == Rows::Checked) {}

    std::optional<CaseRecord> find(std::string_view caseId) override;
    std::optional<CaseRecord> findByAlias(const CaseAlias& alias) override;
    bool isRegisteredElsewhere(std::string_view registered, std::string_view caseId) override;
    std::optional<KnownDocument> findDocument(std::string_view agency,
                                              std::string_view name) override;
    std::vector<CaseRecord> select(const CaseFilter& filter, std::string_view afterCaseId,
                                   std::size_t limit) override;
    std::vector<StatisticsCount> count(const CaseFilter& filter) override;
    std::vector<std::string> dueByClock(std::string_view day, std::size_t skip,
                                        std::size_t limit) override;
    std::vector<std::string> toBeRefolded(std::size_t limit) override;
    std::vector<MessageRecord> messagesOf(std::string_view caseId) override;
    Histories historiesOf(const std::vector<std::string>& caseIds, std::size_t mostBytes,
                          std::string_view askedBy) override;
    std::vector<MessageRecord> parkedFor(const CaseAlias& alias) override;
    std::size_t parkedCount(std::string_view agency) override;
    void forEachMessage(std::int64_t afterPosition,
                        const std::function<bool(const MessageRecord&)>& visit) override;
    void forEachCase(const std::function<bool(const CaseRecord&)>& visit) override;
    void forEachAlias(const std::function<bool(const NamedCase&)>& visit) override;
    void forEachParked(const std::function<bool(const ParkedMessage&)>& visit) override;
    void forEachDocument(const DocumentVisit& visit) override;
    void forEachPublished(const std::function<bool(const PublishedCase&)>& visit) override;
    std::vector<TermRow> termPage(const TermFilter& filter, const std::optional<TermPlace>& after,
                                  std::size_t limit) override;
    std::int64_t termCount(const TermFilter& filter) override;
    std::vector<TermRow> termsOf(std::string_view caseId) override;
    std::optional<std::int64_t> attachmentSize(std::string_view agency,
                                               std::string_view sha256) override;
    std::optional<std::string> attachment(std::string_view agency,
                                          std::string_view sha256) override;

  private:
    std::vector<CaseRecord> page(ReadKind kind, const CaseFilter& filter,
                                 std::string_view afterCaseId, std::size_t limit);

    Readers& readers_;
    const bool checked_;
};

}  // namespace gateway::store::sqlite
