#pragma once
// The store's ports in memory, for tests of the rooms above. It passes the same contract suite as
// the real store (tests/contract/store) and forgets everything when it goes.

#include <memory>

#include "gateway/store/ledger.h"

namespace gateway::support {

struct MemoryState;

/// Owns what the three ports share. The ports live as long as this does. Thread-safe.
class MemoryStore {
  public:
    MemoryStore();
    ~MemoryStore();
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

    [[nodiscard]] store::Ledger& ledger() noexcept { return *ledger_; }
    [[nodiscard]] store::Cases& cases() noexcept { return *cases_; }
    [[nodiscard]] store::Outbox& outbox() noexcept { return *outbox_; }

    /// As a sick disk or a stranger would: one letter of what an item says, or of its sealed bytes
    /// once there are some.
    void spoil(std::string_view itemId);
    void spoilReceipt(std::string_view receiptId);

  private:
    std::unique_ptr<MemoryState> state_;
    std::unique_ptr<store::Ledger> ledger_;
    std::unique_ptr<store::Cases> cases_;
    std::unique_ptr<store::Outbox> outbox_;
};

}  // namespace gateway::support
