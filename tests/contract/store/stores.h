#pragma once
// The stores under test: one suite runs against each of them.

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gateway/store/ledger.h"

namespace gateway::contract {

/// One implementation with a life of its own.
class StoreUnderTest {
  public:
    virtual ~StoreUnderTest() = default;
    [[nodiscard]] virtual store::Ledger& ledger() = 0;
    [[nodiscard]] virtual store::Cases& cases() = 0;
    [[nodiscard]] virtual store::Outbox& outbox() = 0;
};

using MakeStore = std::unique_ptr<StoreUnderTest> (*)();

struct StoreKind {
    std::string name;
    MakeStore make;
    friend void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }
};

/// A fresh store for every test.
class StoreContract : public ::testing::TestWithParam<StoreKind> {
  protected:
    StoreContract() : store_(GetParam().make()) {}
    [[nodiscard]] store::Ledger& ledger() { return store_->ledger(); }
    [[nodiscard]] store::Cases& cases() { return store_->cases(); }
    [[nodiscard]] store::Outbox& outbox() { return store_->outbox(); }

  private:
    std::unique_ptr<StoreUnderTest> store_;
};

[[nodiscard]] std::vector<StoreKind> allStores();
[[nodiscard]] inline std::string nameOfStore(const ::testing::TestParamInfo<StoreKind>& info) {
    return info.param.name;
}

}  // namespace gateway::contract

#define RUN_AGAINST_ALL_STORES(Suite)                                                            \
    INSTANTIATE_TEST_SUITE_P(Stores, Suite, ::testing::ValuesIn(gateway::contract::allStores()), \
                             gateway::contract::nameOfStore)
