#pragma once
// A store on a disk in a folder of its own, whose file a test may open beside it.

#include <gtest/gtest.h>

#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/samples.h"
#include "tests/support/temporary_folder.h"

namespace gateway::contract {

class FixedClock final : public base::Clock {
  public:
    [[nodiscard]] base::Timestamp now() const override { return kNoon; }
};

class SqliteFile : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }
    [[nodiscard]] std::filesystem::path in(const char* name) const { return folder_.path() / name; }
    [[nodiscard]] std::unique_ptr<store::sqlite::SqliteStore> open(base::Limits limits = {}) const {
        return store::sqlite::SqliteStore::open(file(), limits, clock_);
    }
    static store::Acceptance numbered(int n) {
        const std::string own = std::to_string(n);
        return opening("case-" + own, "m-" + own, own + "/2026/HC-ST");
    }
    static std::string pragma(const std::filesystem::path& path, const char* sql) {
        store::sqlite::Connection connection(path, store::sqlite::Access::ReadOnly);
        return connection.value(sql);
    }

    FixedClock clock_;

  private:
    support::TemporaryFolder folder_;
};

}  // namespace gateway::contract
