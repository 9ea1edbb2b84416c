// kill -9 at random moments: whatever was acknowledged is there, once, and nothing is half there.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "gateway/base/ids.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/samples.h"
#include "tests/support/kill_rounds.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;

namespace {

constexpr int kThreads = 8;

Acceptance numbered(int n) {
    const std::string own = std::to_string(n);
    Acceptance acceptance = opening("case-" + own, "m-" + own, own + "/2026/HC-ST");
    acceptance.outbox = {item("out-" + own, "H01.5", "case-" + own)};
    return acceptance;
}

/// Accepts one message after another on several threads, telling each number once it is durable.
[[noreturn]] void work(const std::filesystem::path& file, int told, int first) {
    const gateway::base::SystemClock clock;
    const auto store = SqliteStore::open(file, {}, clock);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int n = first + t;; n += kThreads) {
                if (!is<Stored>(store->ledger().accept(numbered(n))) ||
                    ::write(told, &n, sizeof n) != sizeof n) {
                    ::_exit(1);
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    ::_exit(0);
}

}  // namespace

TEST(Crash, KillsLoseNothingAcknowledgedAndDoubleNothing) {
    const gateway::support::TemporaryFolder folder;
    const auto file = folder.path() / "store.db";
    const gateway::base::SystemClock clock;
    const int rounds = gateway::support::killRounds();
    std::vector<int> acknowledged;
    for (int round = 0; round < rounds; ++round) {
        int told[2] = {};
        ASSERT_EQ(::pipe(told), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            work(file, told[1], round * 1'000'000);
        }
        ::close(told[1]);
        // The moment is a random number of acknowledgements, so a slow machine tests the same.
        const std::uint64_t until = gateway::base::randomBelow(400);
        int n = 0;
        for (std::uint64_t seen = 0; ::read(told[0], &n, sizeof n) == sizeof n; ++seen) {
            acknowledged.push_back(n);
            if (seen == until) {
                ::kill(child, SIGKILL);
            }
        }
        ::close(told[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself in round " << round;
    }

    const auto store = SqliteStore::open(file, {}, clock);
    EXPECT_TRUE(store->integrityCheck().empty());
    std::vector<std::string> stored;
    store->cases().forEachMessage(0, [&](const MessageRecord& m) {
        stored.push_back(m.messageId);
        EXPECT_TRUE(entryHolds(m));
        EXPECT_EQ(store->cases().find(m.caseId)->version, 1);
        EXPECT_TRUE(store->outbox().find("out-" + m.messageId.substr(2)).has_value());
        return true;
    });
    std::sort(stored.begin(), stored.end());
    EXPECT_EQ(std::adjacent_find(stored.begin(), stored.end()), stored.end());
    for (const int n : acknowledged) {
        EXPECT_TRUE(std::binary_search(stored.begin(), stored.end(), "m-" + std::to_string(n)))
            << n;
    }
    EXPECT_GE(acknowledged.size(), static_cast<std::size_t>(rounds));
    // No case and no item without its message.
    EXPECT_EQ(store->cases().select({}, "", 1'000'000).size(), stored.size());
    EXPECT_EQ(static_cast<std::size_t>(store->outbox().counts().waiting), stored.size());
    std::cout << acknowledged.size() << " acknowledged, " << stored.size() << " stored, " << rounds
              << " kills\n";
}
