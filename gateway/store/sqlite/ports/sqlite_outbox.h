#pragma once
// The outbox in SQLite.

#include "gateway/store/ledger.h"
#include "gateway/store/sqlite/engine/writer.h"
#include "gateway/store/sqlite/ports/readers.h"

namespace gateway::store::sqlite {

/// As Outbox promises. Lives within SqliteStore.
class SqliteOutbox final : public Outbox {
  public:
    SqliteOutbox(Writer& writer, Readers& readers, const SpaceWatch& space) :
        writer_(&writer), readers_(readers), space_(&space) {}
    /// Of a view: reads only.
    explicit SqliteOutbox(Readers& readers) : readers_(readers) {}

    std::vector<OutboxItem> due(base::Timestamp now, std::size_t limit,
                                const std::set<std::string>& among) override;
    std::vector<OutboxItem> mailbox(std::string_view agency, std::size_t limit,
                                    std::int64_t after) override;
    std::optional<OutboxItem> find(std::string_view itemId) override;
    void rendered(std::string_view itemId, const RenderedDelivery& delivery) override;
    bool move(std::string_view itemId, OutboxState expected, const OutboxMove& move) override;
    std::vector<OutboxItem> deadLetters(const DeadLetterFilter& filter, std::int64_t after,
                                        std::size_t limit) override;
    std::vector<WaitingFor> waiting() override;
    std::vector<OutboxItem> waitingFor(std::string_view recipient, std::int64_t after,
                                       std::size_t limit) override;
    std::vector<OutboxItem> untold(std::size_t limit) override;
    void authorTold(std::string_view itemId) override;
    void addNote(std::string_view itemId, const OutboxNote& note) override;
    std::vector<OutboxNote> notes(std::string_view itemId) override;
    OutboxCounts counts() override;
    void forEachItem(std::int64_t after,
                     const std::function<bool(const OutboxItem&)>& visit) override;

  private:
    [[nodiscard]] Writer& writer() const;
    [[nodiscard]] const SpaceWatch& space() const;

    Writer* const writer_ = nullptr;
    Readers& readers_;
    const SpaceWatch* const space_ = nullptr;
};

}  // namespace gateway::store::sqlite
