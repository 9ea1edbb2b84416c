// What time alone brings: recorded once, told once, whatever the machine does.
#include "gateway/exchange/acts/case_clock.h"

#include "gateway/base/time_format.h"
#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";
const Identity kIdentity{"thahc", "test"};

base::Date dayAfterNextWeek(base::Date day) {
    return base::Date(std::chrono::sys_days(day) + std::chrono::days(8));
}

class CaseClockTest : public testing::Test {
  protected:
    CaseClockTest() {
        EXPECT_EQ(house.send(house.court, scenario::transferOf(kNumber)).status, 200);
    }
    CaseClock clock() {
        return {kIdentity,           house.snapshots, house.ledger,
                house.store.cases(), house.bell,      house.clock};
    }
    [[nodiscard]] model::CaseFile file() { return caseFileOf(house.caseNumbered(kNumber)); }
    [[nodiscard]] const model::Term& term(const model::CaseFile& from, const char* rule) const {
        const auto found = std::ranges::find(from.terms, rule, &model::Term::rule);
        EXPECT_NE(found, from.terms.end()) << rule;
        return *found;
    }
    [[nodiscard]] std::vector<store::OutboxItem> notices(const std::string& agency) {
        std::vector<store::OutboxItem> found;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.recipient == agency && item.messageType == "DeadlineNotice")
                found.push_back(item);
            return true;
        });
        return found;
    }
    void expectClean() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
};

TEST_F(CaseClockTest, SaysOnceThatATermIsOver) {
    EXPECT_FALSE(term(file(), "thads-voluntary-notice").passed);
    house.clock.advance(24h * 12);
    auto ticking = clock();
    const auto heard = house.bell.seen(scenario::kEnforcement);
    ticking.tick();
    EXPECT_NE(house.bell.seen(scenario::kEnforcement), heard) << "who delivers is woken";
    const auto after = file();
    EXPECT_TRUE(term(after, "thads-voluntary-notice").passed);
    EXPECT_TRUE(term(after, "thads-register").passed);
    const auto version = after.version;
    EXPECT_GT(version, 1);
    ASSERT_FALSE(notices(scenario::kEnforcement).empty());
    const auto content = notices(scenario::kEnforcement).back().content;
    EXPECT_NE(content.find("\"kind\":\"passed\""), std::string::npos) << content;
    EXPECT_NE(content.find("ngày làm việc"), std::string::npos) << "how the day was counted";
    EXPECT_NE(content.find("NĐ 71"), std::string::npos) << "by which article";
    const auto told = notices(scenario::kEnforcement).size();
    // Again, and by a process that has started anew.
    ticking.tick();
    clock().tick();
    EXPECT_EQ(file().version, version);
    EXPECT_EQ(notices(scenario::kEnforcement).size(), told);
    expectClean();
}

TEST_F(CaseClockTest, CostsNothingWhereNothingIsDue) {
    clock().tick();
    EXPECT_EQ(file().version, 1);
    EXPECT_TRUE(house.store.cases()
                    .dueByClock(base::formatDate(base::vietnamDate(house.clock.now())), 0, 9)
                    .empty());
}

TEST_F(CaseClockTest, WhatIsAnsweredInTimeIsNotOver) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "7")).status, 200);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf(kNumber, "TB-1")).status, 200);
    house.clock.advance(24h * 12);
    clock().tick();
    const auto after = file();
    EXPECT_FALSE(term(after, "thads-voluntary-notice").passed);
    EXPECT_EQ(term(after, "thads-voluntary-notice").outcome(), model::TermOutcome::Met);
    expectClean();
}

TEST_F(CaseClockTest, AMachineWhoseTimeJumpsEndsNoTerms) {
    auto ticking = clock();
    ticking.tick();
    house.clock.jump(24h * 400);
    ticking.tick();
    EXPECT_FALSE(term(file(), "thads-voluntary-notice").passed);
    house.clock.jump(-24h * 400);
    house.clock.advance(1h);
    ticking.tick();
    EXPECT_FALSE(term(file(), "thads-voluntary-notice").passed) << "it was a mistake";
    house.clock.jump(24h * 12);
    ticking.tick();
    EXPECT_FALSE(term(file(), "thads-voluntary-notice").passed);
    house.clock.advance(31min);
    ticking.tick();
    EXPECT_TRUE(term(file(), "thads-voluntary-notice").passed) << "the time has stood";
}

// What is over when an act comes is over for it, whether or not the clock has been here.
TEST_F(CaseClockTest, AnActDoesNotWaitForTheClock) {
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf(kNumber, "TB-1")).status, 200);
    auto before = file();
    auto& running = *std::ranges::find(before.terms, "thads-register", &model::Term::rule);
    EXPECT_FALSE(running.passed);
    const auto later = dayAfterNextWeek(*running.due);
    const auto decided = CaseLaw(*house.snapshots.current()->reference).tick(before, later);
    EXPECT_TRUE(std::ranges::any_of(decided.changes, [](const model::TermChange& change) {
        return change.event == model::DeadlineEvent::Passed && change.rule == "thads-register";
    }));
    model::Act act{scenario::kEnforcement, "late", "digest", std::chrono::sys_days(later) + 3h};
    std::vector<law::ToldRole> told;
    const auto entry = scenario::registrationOf(kNumber, "7");
    const auto event =
        CaseLaw(*house.snapshots.current()->reference).judge(before, act, entry, {}, {}, told);
    ASSERT_TRUE(event.ok());
    const auto passed =
        std::ranges::find_if(event->decided->changes, [](const model::TermChange& change) {
            return change.event == model::DeadlineEvent::Passed && change.rule == "thads-register";
        });
    EXPECT_NE(passed, event->decided->changes.end());
}

// The receipt of the record is our own sealed word.
TEST_F(CaseClockTest, IsRecordedAsAMessageOfTheGateway) {
    house.clock.advance(24h * 12);
    clock().tick();
    const auto messages = house.store.cases().messagesOf(file().caseId);
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages.back().messageType, "TermsTold");
    EXPECT_EQ(messages.back().agency, kIdentity.address());
    const auto event = eventsOf(messages.back()).front();
    ASSERT_TRUE(event.decided);
    EXPECT_FALSE(event.decided->changes.empty());
    EXPECT_EQ(event.decided->law.size(), 64U);
}

}  // namespace
}  // namespace gateway::exchange::fixture
