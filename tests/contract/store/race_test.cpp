// Many at once: exactly one wins, and the others are told the truth.

#include <atomic>
#include <set>
#include <thread>

#include "gateway/base/fault.h"
#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;

namespace {

constexpr int kThreads = 50;

/// Runs `work(n)` on kThreads threads that start together.
template <class Work>
void together(const Work& work) {
    std::atomic<int> ready{0};
    std::vector<std::thread> threads;
    for (int n = 0; n < kThreads; ++n) {
        threads.emplace_back([&, n] {
            ++ready;
            while (ready < kThreads) {
                std::this_thread::yield();
            }
            work(n);
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

}  // namespace

class Racing : public StoreContract {};
RUN_AGAINST_ALL_STORES(Racing);

TEST_P(Racing, OneKeyIsTakenOnce) {
    std::atomic<int> stored{0};
    std::atomic<int> same{0};
    std::vector<std::string> receipts(kThreads);
    together([&](int n) {
        Acceptance mine = opening("case-1", "m-1");
        mine.message.receipt = "receipt of thread " + std::to_string(n);
        const AcceptOutcome outcome = ledger().accept(mine);
        stored += is<Stored>(outcome) ? 1 : 0;
        if (const auto* other = std::get_if<SameContent>(&outcome)) {
            ++same;
            receipts[static_cast<std::size_t>(n)] = other->message.receipt;
        }
    });
    EXPECT_EQ(stored, 1);
    EXPECT_EQ(same, kThreads - 1);
    const std::string kept = ledger().findByKey("TA.AG", "m-1")->receipt;
    for (const std::string& receipt : receipts) {
        EXPECT_TRUE(receipt.empty() || receipt == kept);
    }
    EXPECT_EQ(cases().messagesOf("case-1").size(), 1U);
}

TEST_P(Racing, OneVersionIsFollowedOnce) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-0"))));
    std::atomic<int> stored{0};
    std::atomic<int> moved{0};
    together([&](int n) {
        const auto outcome = ledger().accept(following("case-1", "v-" + std::to_string(n), 1));
        stored += is<Stored>(outcome) ? 1 : 0;
        moved += is<VersionMoved>(outcome) ? 1 : 0;
    });
    EXPECT_EQ(stored, 1);
    EXPECT_EQ(moved, kThreads - 1);
    EXPECT_EQ(cases().find("case-1")->version, 2);
}

// They are written together: what one of them undoes is its own alone.
TEST_P(Racing, AFaultUndoesItsOwnActAndNoOther) {
    Acceptance first = opening("case-1", "m-0");
    first.outbox = {item("out-1", "H01.5", "case-1")};
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    const auto before = ledger().storedBytes("TA.AG");
    std::atomic<int> stored{0};
    std::atomic<int> faults{0};
    std::atomic<std::int64_t> bytes{0};
    together([&](int n) {
        Acceptance mine;
        mine.message = message("TA.AG", "f-" + std::to_string(n));
        const bool faulty = n % 5 == 0;
        // After its message is written: the id is taken.
        if (faulty) mine.outbox = {item("out-1", "H01.5", "case-1")};
        try {
            stored += is<Stored>(ledger().accept(mine)) ? 1 : 0;
            bytes +=
                static_cast<std::int64_t>(mine.message.body.size() + mine.message.receipt.size() +
                                          mine.message.events.size());
        } catch (const gateway::base::Fault&) {
            ++faults;
        }
    });
    EXPECT_EQ(faults, kThreads / 5);
    EXPECT_EQ(stored, kThreads - kThreads / 5);
    for (int n = 0; n < kThreads; ++n)
        EXPECT_EQ(ledger().findByKey("TA.AG", "f-" + std::to_string(n)).has_value(), n % 5 != 0);
    EXPECT_EQ(ledger().storedBytes("TA.AG") - before, bytes);
}

TEST_P(Racing, WhoJudgesAgainGetsIn) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-0"))));
    together([&](int n) {
        for (;;) {
            const std::int64_t seen = cases().find("case-1")->version;
            const auto outcome =
                ledger().accept(following("case-1", "j-" + std::to_string(n), seen));
            if (is<Stored>(outcome)) {
                return;
            }
            ASSERT_TRUE(is<VersionMoved>(outcome));
        }
    });
    EXPECT_EQ(cases().find("case-1")->version, 1 + kThreads);
    const auto log = cases().messagesOf("case-1");
    ASSERT_EQ(log.size(), 1U + kThreads);
    for (std::size_t i = 0; i < log.size(); ++i) {
        EXPECT_EQ(log[i].caseVersion, static_cast<std::int64_t>(i) + 1);
    }
}

TEST_P(Racing, OneRulingBecomesOneCase) {
    std::atomic<int> stored{0};
    std::set<std::string> told;
    std::mutex mutex;
    together([&](int n) {
        const std::string own = std::to_string(n);
        const auto outcome = ledger().accept(opening("case-" + own, "a-" + own));
        stored += is<Stored>(outcome) ? 1 : 0;
        if (const auto* taken = std::get_if<AliasTaken>(&outcome)) {
            const std::lock_guard lock(mutex);
            told.insert(taken->caseId);
        }
    });
    EXPECT_EQ(stored, 1);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(cases().findByAlias(alias("05/2026/HC-ST"))->caseId, *told.begin());
    EXPECT_EQ(cases().select({}, "", 100).size(), 1U);
}

TEST_P(Racing, OneMoveOfAnItemWins) {
    Acceptance first = opening("case-1", "m-1");
    first.outbox = {item("out-1", "H01.5", "case-1")};
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    std::atomic<int> moved{0};
    together([&](int) {
        OutboxMove move;
        move.to = OutboxState::Sending;
        move.at = kNoon;
        move.countAttempt = true;
        moved += outbox().move("out-1", OutboxState::Waiting, move) ? 1 : 0;
    });
    EXPECT_EQ(moved, 1);
    EXPECT_EQ(outbox().find("out-1")->attempts, 1);
}

TEST_P(Racing, OneQueryIdIsUsedOnce) {
    std::atomic<int> taken{0};
    together([&](int) {
        ReadAudit audit;
        audit.agency = "VKS.AG";
        audit.queryId = "q-1";
        audit.at = kNoon;
        taken += ledger().recordRead(audit, 0) == ReadRecorded::Yes ? 1 : 0;
    });
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(ledger().reads({.agency = "VKS.AG"}, 0, 100).size(), 1U);
}
