#include "tests/contract/store/stores.h"

#include "tests/support/memory_store.h"

namespace gateway::contract {
namespace {

class InMemory final : public StoreUnderTest {
  public:
    store::Ledger& ledger() override { return store_.ledger(); }
    store::Cases& cases() override { return store_.cases(); }
    store::Outbox& outbox() override { return store_.outbox(); }

  private:
    support::MemoryStore store_;
};

}  // namespace

std::vector<StoreKind> allStores() {
    return {{"Memory", [] { return std::unique_ptr<StoreUnderTest>(new InMemory); }}};
}

}  // namespace gateway::contract
