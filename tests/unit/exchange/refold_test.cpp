// A store that an older version has written: its cases are derived anew, and their terms counted.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/acts/case_clock.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kCase = "case-old";

model::Event oldEvent(model::EventType type, const std::string& actor, const std::string& id,
                      base::Timestamp at) {
    model::Act act{actor, id, std::string(64, '0'), at};
    return model::eventBy(act, type, kCase);
}

class Refold : public testing::Test {
  protected:
    Refold() : store_(open()) {
        auto transferred = oldEvent(model::EventType::JudgmentTransferred, scenario::kCourt, "t",
                                    house_.clock.now() - 24h * 30);
        transferred.ruling = scenario::transferOf("1/2026/HC-ST").ruling;
        transferred.ruling->firstInstanceCourt = scenario::kCourt;
        transferred.ruling->reference.numberNormalised = "1/2026/HC-ST";
        transferred.routing = {scenario::kEnforcement, scenario::kProcuracy, "p34-52"};
        accept(transferred, 1);
        const std::string named = R"({"case":{"ruling":{"court":"D01.21","number":"1/2026/HC-ST",
            "numberNormalised":"1/2026/HC-ST","issuedOn":"2026-03-02"}},)";
        accept(oldEvent(model::EventType::Registered, scenario::kEnforcement, "r",
                        house_.clock.now() - 24h * 29),
               2, "registration", named + R"("registerNumber":"7","registeredOn":"2026-04-02",
                          "receivedOn":"2026-04-01","formOfReceipt":"electronic"})");
        store_.reset();
        store::sqlite::Connection connection(file(), store::sqlite::Access::ReadWrite);
        // As the migration finds what was written before terms were part of a case.
        connection.execute("UPDATE case_file SET next_day = NULL, snapshot = '{}'");
    }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "old.db"; }
    [[nodiscard]] std::unique_ptr<store::sqlite::SqliteStore> open() {
        return store::sqlite::SqliteStore::open(file(), house_.limits, house_.clock);
    }
    // With what was said in a member of its own, as it was written before acts were declared.
    void accept(model::Event event, std::int64_t version, const std::string& member = {},
                const std::string& said = {}) {
        auto text = eventsText({event});
        if (!member.empty()) {
            text.replace(text.rfind('}'), 1, ",\"" + member + "\":" + said + "}");
            store::MessageRecord read;
            read.events = text;
            event = eventsOf(read).front();
        }
        fold(file_, event);
        file_.version = version;
        store::Acceptance acceptance;
        auto& message = acceptance.message;
        message.agency = event.actor;
        message.messageId = event.messageId;
        message.messageType = "Old";
        message.caseId = kCase;
        message.caseVersion = version;
        message.decidedAt = message.receivedAt = event.recordedAt;
        message.events = text;
        message.receiptId = "rcp-" + event.messageId;
        message.entrySha256 = store::entryHash(message);
        acceptance.caseAfter = recordOf(file_);
        acceptance.expectedVersion = version - 1;
        if (version == 1) acceptance.newAliases.push_back(aliasOf(file_.ruling.reference));
        ASSERT_TRUE(std::holds_alternative<store::Stored>(store_->ledger().accept(acceptance)));
    }
    support::TemporaryFolder folder_;
    House house_;
    model::CaseFile file_;
    std::unique_ptr<store::sqlite::SqliteStore> store_;
};

TEST_F(Refold, DerivesEachCaseFromItsMessagesOnce) {
    store_ = open();
    EXPECT_EQ(store_->cases().toBeRefolded(9), std::vector<std::string>{kCase});
    EXPECT_EQ(refold(store_->ledger(), store_->cases()), 1U);
    EXPECT_EQ(refold(store_->ledger(), store_->cases()), 0U);
    const auto file = caseFileOf(store_->cases().find(kCase).value());
    EXPECT_EQ(file.registerNumber, "7");
    EXPECT_TRUE(std::ranges::any_of(file.facts, [](const model::Fact& fact) {
        return fact.kind == model::FactKind::Registered && fact.number == "7";
    }));
    EXPECT_EQ(file.stage(), model::Stage::Registered);
    EXPECT_EQ(file.acts.size(), 2U);
}

TEST_F(Refold, ThenTheClockCountsTheTermsAndTellsNoOldNews) {
    store_ = open();
    ASSERT_EQ(refold(store_->ledger(), store_->cases()), 1U);
    CaseClock clock({"thahc", "test"}, house_.snapshots, store_->ledger(), store_->cases(),
                    house_.bell, house_.clock);
    clock.tick();
    const auto file = caseFileOf(store_->cases().find(kCase).value());
    EXPECT_EQ(file.version, 3);
    EXPECT_TRUE(file.judgedByLaw);
    const auto notice = std::ranges::find(file.terms, "thads-voluntary-notice", &model::Term::rule);
    ASSERT_NE(notice, file.terms.end());
    EXPECT_EQ(notice->outcome(), model::TermOutcome::Passed);
    std::size_t told = 0;
    store_->outbox().forEachItem(0, [&](const store::OutboxItem&) { return ++told > 0; });
    EXPECT_EQ(told, 0U);
    clock.tick();
    EXPECT_EQ(store_->cases().find(kCase)->version, 3) << "once";
}

// Who waits for what an old event told reads the very bytes that were put into the outbox then.
TEST_F(Refold, WhatOldEventsToldIsToldStill) {
    const struct {
        const char *event, *member, *said, *act;
        std::vector<std::string> told;
    } rows[] = {
        {"Registered",
         "registration",
         R"("registerNumber":"7","registeredOn":"2026-04-02")",
         "transferAcknowledgement",
         {"D01.21 TransferAcknowledgement"}},
        {"NoticeIssued",
         "notice",
         R"("number":"TB-1","addressee":"H21.X1","obligations":[1])",
         "voluntaryNotice",
         {"H21.X1 VoluntaryNotice"}},
        {"NoticeAcknowledged",
         "acknowledgement",
         R"("noticeNumber":"TB-1","contact":"VT")",
         "noticeAcknowledgement",
         {"G15.90.21 NoticeAcknowledgement"}},
        {"StatusReported",
         "status",
         R"("number":"BC-1","items":[{"obligation":1,"progress":"partly","text":"x"}])",
         "statusReport",
         {"G15.90.21 StatusReport", "D01.21 MonitoringResult", "E01.21 MonitoringResult"}},
        {"CompletionReported",
         "completion",
         R"("number":"KQ-1","items":[{"obligation":1,"completedOn":"2026-05-29","text":"x"}])",
         "completionReport",
         {"G15.90.21 CompletionReport", "D01.21 MonitoringResult", "E01.21 MonitoringResult"}}};
    for (const auto& row : rows) {
        SCOPED_TRACE(row.event);
        store::MessageRecord record;
        record.events = std::string(R"([{"type":")") + row.event +
                        R"(","happenedOn":"2026-04-06","recordedAt":"2026-04-06T02:00:00.000Z",
                           "actor":"H1","messageId":"m","caseId":"case-old",")" +
                        row.member + R"(":{"case":{"caseId":"theirs"},)" + row.said + "}}]";
        const auto items = Notifications({"thahc", "test"})
                               .forOld(model::AgencyDirectory(), file_, eventsOf(record).front());
        std::vector<std::string> told;
        for (const auto& item : items) told.push_back(item.recipient + " " + item.messageType);
        EXPECT_EQ(told, row.told);
        ASSERT_FALSE(items.empty());
        const auto ours = std::string(",\"") + row.act +
                          R"(":{"case":{"caseId":"case-old","ruling":{)" +
                          R"("court":"D01.21","number":"1/2026/HC-ST",)" +
                          R"("numberNormalised":"1/2026/HC-ST","issuedOn":"2026-03-02"}},)" +
                          row.said + R"(},"delivery":{)";
        EXPECT_NE(items.front().content.find(ours), std::string::npos) << items.front().content;
    }
}

// A store of before there was a list of what is owed: its rows follow from the cases.
TEST_F(Refold, WhatIsOwedIsListedAnew) {
    store_ = open();
    ASSERT_EQ(refold(store_->ledger(), store_->cases()), 1U);
    CaseClock clock({"thahc", "test"}, house_.snapshots, store_->ledger(), store_->cases(),
                    house_.bell, house_.clock);
    clock.tick();
    const auto byRule = [](std::vector<store::TermRow> rows) {
        std::ranges::sort(rows, {}, &store::TermRow::at);
        return rows;
    };
    const auto live = byRule(store_->cases().termsOf(kCase));
    ASSERT_FALSE(live.empty());
    EXPECT_TRUE(std::ranges::any_of(live, [](const store::TermRow& row) {
        return row.at.rule == "thads-voluntary-notice" && row.passed &&
               row.at.owner == scenario::kEnforcement;
    }));
    store_.reset();
    {
        store::sqlite::Connection connection(file(), store::sqlite::Access::ReadWrite);
        connection.execute("DELETE FROM case_term; DELETE FROM term_line");
        connection.execute("UPDATE case_file SET next_day = NULL");
    }
    store_ = open();
    EXPECT_TRUE(store_->cases().termsOf(kCase).empty());
    ASSERT_EQ(refold(store_->ledger(), store_->cases()), 1U);
    EXPECT_EQ(byRule(store_->cases().termsOf(kCase)), live);
}

}  // namespace
}  // namespace gateway::exchange::fixture
