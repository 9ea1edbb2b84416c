// What operators find in the log: by each name that they have of it, and page by page.

#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;

namespace {

using namespace std::chrono_literals;

class Searching : public StoreContract {
  protected:
    void accepted(const std::string& agency, const std::string& id, const auto& bend) {
        Acceptance made;
        made.message = message(agency, id);
        bend(made.message);
        ASSERT_TRUE(std::holds_alternative<Stored>(ledger().accept(made)));
    }
    void refused(const std::string& id, const auto& bend) {
        RefusalRecord record;
        record.refusalId = id;
        record.channel = "ch-1";
        record.code = "SYNTAX_XML";
        record.bodySha256 = "digest-" + id;
        record.at = kNoon;
        bend(record);
        static_cast<void>(ledger().recordRefusal(record, {"ch-1", 100}));
    }
    void read(const std::string& id, const auto& bend) {
        ReadAudit audit{"VKS.AG",        id,   "ch-1", "aa", "bb", "MonitoringQuery",
                        R"(["case-1"])", kNoon};
        bend(audit);
        ASSERT_EQ(ledger().recordRead(audit, 0), ReadRecorded::Yes);
    }
    std::string found(const MessageSearch& search, std::int64_t before = 0,
                      std::size_t limit = 100) {
        std::string ids;
        for (const auto& one : ledger().messages(search, before, limit)) {
            ids += one.message.messageId + " ";
            EXPECT_EQ(one.message.body + one.message.receipt + one.message.events, "");
        }
        return ids;
    }
    std::string found(const RefusalSearch& search, std::int64_t before = 0,
                      std::size_t limit = 100) {
        std::string ids;
        for (const auto& one : ledger().refusals(search, before, limit)) ids += one.refusalId + " ";
        return ids;
    }
    std::string found(const ReadSearch& search, std::int64_t before = 0, std::size_t limit = 100) {
        std::string ids;
        for (const auto& one : ledger().reads(search, before, limit)) ids += one.queryId + " ";
        return ids;
    }
};
RUN_AGAINST_ALL_STORES(Searching);

TEST_P(Searching, FindsMessagesByEachOfTheirNames) {
    accepted("TA.AG", "m-1", [](MessageRecord& m) { m.channel = "hub"; });
    accepted("TA.BL", "m-2", [](MessageRecord& m) { m.messageType = "Ping"; });
    accepted("TA.AG", "m-2", [](MessageRecord& m) { m.receivedAt = kNoon + 1h; });
    accepted("TA.AG", "m-3", [](MessageRecord& m) {
        m.bodySha256 = "body";
        m.contentSha256 = "content";
        m.receivedAt = kNoon + 2h;
    });
    EXPECT_EQ(found(MessageSearch{}), "m-3 m-2 m-2 m-1 ");
    EXPECT_EQ(found(MessageSearch{.agency = "TA.AG"}), "m-3 m-2 m-1 ");
    EXPECT_EQ(found(MessageSearch{.messageId = "m-2"}), "m-2 m-2 ");
    EXPECT_EQ(found(MessageSearch{.agency = "TA.BL", .messageId = "m-2"}), "m-2 ");
    EXPECT_EQ(found(MessageSearch{.agency = "TA.BL", .messageId = "m-1"}), "");
    EXPECT_EQ(found(MessageSearch{.digest = "body"}), "m-3 ");
    EXPECT_EQ(found(MessageSearch{.digest = "content"}), "m-3 ");
    EXPECT_EQ(found(MessageSearch{.channel = "hub"}), "m-1 ");
    EXPECT_EQ(found(MessageSearch{.messageType = "Ping"}), "m-2 ");
    EXPECT_EQ(found(MessageSearch{.received = {kNoon + 1h, {}}}), "m-3 m-2 ");
    EXPECT_EQ(found(MessageSearch{.received = {{}, kNoon}}), "m-2 m-1 ");
    EXPECT_EQ(found(MessageSearch{.agency = "TA.AG", .received = {kNoon + 30min, kNoon + 90min}}),
              "m-2 ");
    EXPECT_EQ(found(MessageSearch{.received = {kNoon + 9h, {}}}), "");
    const auto whole = ledger().messages({.digest = "body"}, 0, 1);
    ASSERT_EQ(whole.size(), 1U);
    EXPECT_EQ(found(MessageSearch{.receiptId = whole.front().message.receiptId}), "m-3 ");
    EXPECT_EQ(whole.front().message.contentSha256, "content");
    EXPECT_FALSE(whole.front().waiting);
}

TEST_P(Searching, FindsMessagesOfACaseAndThoseThatWait) {
    Acceptance waits;
    waits.message = message("UB.AG", "m-0");
    waits.parkUnder = alias("09/2026/HC-ST");
    ASSERT_TRUE(std::holds_alternative<Stored>(ledger().accept(waits)));
    const auto opens = opening("case-1", "m-1");
    const auto called = opens.newAliases.at(0);
    ASSERT_TRUE(std::holds_alternative<Stored>(ledger().accept(opens)));
    EXPECT_EQ(found(MessageSearch{.caseId = "case-1"}), "m-1 ");
    EXPECT_EQ(found(MessageSearch{.ruling = called}), "m-1 ");
    EXPECT_EQ(found(MessageSearch{.caseId = "case-2", .ruling = called}), "");
    EXPECT_EQ(found(MessageSearch{.ruling = *waits.parkUnder}), "");
    EXPECT_EQ(found(MessageSearch{.waiting = true}), "m-0 ");
    EXPECT_TRUE(ledger().messages({.messageId = "m-0"}, 0, 1).at(0).waiting);
}

TEST_P(Searching, GoesBackPageByPage) {
    for (int n = 1; n <= 5; ++n) {
        accepted("TA.AG", "m-" + std::to_string(n), [](MessageRecord&) {});
        refused("r-" + std::to_string(n), [](RefusalRecord&) {});
        read("q-" + std::to_string(n), [](ReadAudit&) {});
    }
    const auto page = ledger().messages({.agency = "TA.AG"}, 0, 2);
    ASSERT_EQ(page.size(), 2U);
    EXPECT_EQ(found(MessageSearch{.agency = "TA.AG"}, page.back().message.position, 2), "m-3 m-2 ");
    const auto refusals = ledger().refusals({.channel = "ch-1"}, 0, 2);
    ASSERT_EQ(refusals.size(), 2U);
    EXPECT_EQ(found(RefusalSearch{.channel = "ch-1"}, refusals.back().number, 9), "r-3 r-2 r-1 ");
    const auto reads = ledger().reads({.agency = "VKS.AG"}, 0, 2);
    ASSERT_EQ(reads.size(), 2U);
    EXPECT_EQ(found(ReadSearch{.agency = "VKS.AG"}, reads.back().number, 9), "q-3 q-2 q-1 ");
}

TEST_P(Searching, FindsRefusalsByEachOfTheirNames) {
    refused("r-1", [](RefusalRecord& r) { r.agency = "TA.AG"; });
    refused("r-2", [](RefusalRecord& r) { r.messageId = "m-7"; });
    refused("r-3", [](RefusalRecord& r) { r.code = "REPLAY"; });
    refused("r-4", [](RefusalRecord& r) { r.at = kNoon + 1h; });
    EXPECT_EQ(found(RefusalSearch{}), "r-4 r-3 r-2 r-1 ");
    EXPECT_EQ(found(RefusalSearch{.agency = "TA.AG"}), "r-1 ");
    EXPECT_EQ(found(RefusalSearch{.messageId = "m-7"}), "r-2 ");
    EXPECT_EQ(found(RefusalSearch{.code = "REPLAY"}), "r-3 ");
    EXPECT_EQ(found(RefusalSearch{.refusalId = "r-3"}), "r-3 ");
    EXPECT_EQ(found(RefusalSearch{.digest = "digest-r-2"}), "r-2 ");
    EXPECT_EQ(found(RefusalSearch{.at = {kNoon + 1h, {}}}), "r-4 ");
    EXPECT_EQ(found(RefusalSearch{.channel = "ch-2", .code = "REPLAY"}), "");
}

TEST_P(Searching, FindsWhoReadACase) {
    read("q-1", [](ReadAudit& a) { a.caseIds = R"(["case-1","case-12"])"; });
    read("q-2", [](ReadAudit& a) { a.caseIds = R"(["case-2"])"; });
    read("q-3", [](ReadAudit& a) {
        a.itemId = "item-1";
        a.agency = "UB.AG";
        a.at = kNoon + 1h;
    });
    EXPECT_EQ(found(ReadSearch{.caseId = "case-1"}), "q-3 q-1 ");
    EXPECT_EQ(found(ReadSearch{.caseId = "case-12"}), "q-1 ");
    EXPECT_EQ(found(ReadSearch{.caseId = "case"}), "");
    EXPECT_EQ(found(ReadSearch{.itemId = "item-1"}), "q-3 ");
    EXPECT_EQ(found(ReadSearch{.agency = "VKS.AG", .caseId = "case-1"}), "q-1 ");
    EXPECT_EQ(found(ReadSearch{.at = {kNoon + 1h, {}}}), "q-3 ");
    EXPECT_EQ(found(ReadSearch{.channel = "ch-2"}), "");
}

}  // namespace
