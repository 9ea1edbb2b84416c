#include "tests/contract/store/stores.h"

#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/support/memory_store.h"
#include "tests/support/temporary_folder.h"

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

class InSqlite final : public StoreUnderTest {
  public:
    store::Ledger& ledger() override { return store_->ledger(); }
    store::Cases& cases() override { return store_->cases(); }
    store::Outbox& outbox() override { return store_->outbox(); }

  private:
    support::TemporaryFolder folder_;
    base::SystemClock clock_;
    std::unique_ptr<store::sqlite::SqliteStore> store_ =
        store::sqlite::SqliteStore::open(folder_.path() / "store.db", {}, clock_);
};

template <class Kind>
std::unique_ptr<StoreUnderTest> make() {
    return std::make_unique<Kind>();
}

}  // namespace

std::vector<StoreKind> allStores() {
    return {{"Memory", &make<InMemory>}, {"Sqlite", &make<InSqlite>}};
}

}  // namespace gateway::contract
