#include "gateway/exchange/proof/log_check.h"

#include "gateway/store/entry_hash.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

class LogCheckTest : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* number : {"1/2026/HC-ST", "2/2026/HC-ST", "3/2026/HC-ST"})
            ASSERT_EQ(house.send(house.court, transferOf(number)).status, 200);
    }
    // A whole pass; says in how many beats.
    int pass() {
        int beats = 1;
        while (!check.step() && beats < 1'000) ++beats;
        return beats;
    }

    House house;
    store::DamageReport damage;
    bool others = false;
    LogCheck check{house.store.cases(),
                   house.store.outbox(),
                   damage,
                   house.clock,
                   {2,
                    [this] {
                        return KnownSeals{{house.snapshots.current()->seal->certificate()}, true};
                    },
                    [this] { return others; }}};
};

TEST_F(LogCheckTest, WalksAllAtItsPaceAndFindsNothing) {
    EXPECT_FALSE(check.step());
    EXPECT_EQ(check.figures().position, 2) << "two a beat";
    EXPECT_GT(pass(), 1);
    EXPECT_EQ(check.figures().position, 3);
    EXPECT_EQ(check.figures().passes, 1);
    EXPECT_EQ(check.figures().lastPass, house.clock.now());
    EXPECT_EQ(damage.count(), 0U);
    pass();
    EXPECT_EQ(check.figures().passes, 2);
}

TEST_F(LogCheckTest, LeavesABeatOutForOthers) {
    others = true;
    EXPECT_FALSE(check.step());
    EXPECT_EQ(check.figures().position, 0);
}

TEST_F(LogCheckTest, FindsAChangedReceiptAndAChangedItemOnceEach) {
    std::string receipt;
    house.store.cases().forEachMessage(1, [&](const store::MessageRecord& m) {
        receipt = m.receiptId;
        return false;
    });
    house.store.spoilReceipt(receipt);
    pass();
    const auto found = damage.count();
    EXPECT_GE(found, 1U);
    house.store.spoil(house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0).itemId);
    pass();
    EXPECT_EQ(damage.count(), found + 1);
    pass();
    EXPECT_EQ(damage.count(), found + 1);
}

// Recorded so by a program's mistake: the digest is right, and yet no case can be made of it.
TEST_F(LogCheckTest, FindsEventsThatNobodyCanRead) {
    store::MessageRecord pattern;
    house.store.cases().forEachMessage(0, [&](const store::MessageRecord& m) {
        pattern = m;
        return false;
    });
    for (const char* events : {"no JSON", "[]"}) {
        const auto before = damage.count();
        store::Acceptance odd;
        odd.message = pattern;
        odd.message.messageId = odd.message.receiptId = std::string("odd ") + events;
        odd.message.caseId.clear();
        odd.message.caseVersion = 0;
        odd.message.events = events;
        odd.message.entrySha256 = store::entryHash(odd.message);
        ASSERT_TRUE(std::holds_alternative<store::Stored>(house.store.ledger().accept(odd)));
        testing::internal::CaptureStderr();
        pass();
        base::flushLog(5s);
        const auto log = testing::internal::GetCapturedStderr();
        EXPECT_GT(damage.count(), before) << events;
        EXPECT_NE(log.find("no readable events"), std::string::npos) << events << log;
    }
}

}  // namespace
}  // namespace gateway::exchange::fixture
