// What is kept of questions and of refusals.

#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;

class Auditing : public StoreContract {
  protected:
    static RefusalRecord refusal(const std::string& id, const std::string& channel,
                                 const std::string& bytes) {
        RefusalRecord record;
        record.refusalId = id;
        record.channel = channel;
        record.agency = "TA.AG";
        record.messageId = "m-1";
        record.code = "SYNTAX_XML";
        record.bodySha256 = "digest of " + id;
        record.bytes = bytes;
        record.length = static_cast<std::int64_t>(bytes.size());
        record.at = kNoon;
        return record;
    }

    // In the ring of its channel, which never says no.
    void keep(const RefusalRecord& record, std::size_t bytes) {
        EXPECT_EQ(ledger().recordRefusal(record, {record.channel, bytes}), std::nullopt);
    }

    std::vector<std::string> bytesKept(const std::string& channel) {
        std::vector<std::string> kept;
        for (const RefusalRecord& record : ledger().refusals({.channel = channel}, 0, 100)) {
            kept.push_back(record.bytes);
            EXPECT_EQ(record.bodySha256, "digest of " + record.refusalId);
        }
        return kept;
    }
};
RUN_AGAINST_ALL_STORES(Auditing);

TEST_P(Auditing, AQueryIdIsUsedOnceByEachAgency) {
    ReadAudit audit{"VKS.AG", "q-1", "ch-1", "aa", "bb", "MonitoringQuery", R"(["case-1"])", kNoon};
    EXPECT_EQ(ledger().recordRead(audit, 0), ReadRecorded::Yes);
    audit.answerSha256 = "cc";
    EXPECT_EQ(ledger().recordRead(audit, 0), ReadRecorded::Repeated);
    audit.agency = "VKS.BL";
    EXPECT_EQ(ledger().recordRead(audit, 0), ReadRecorded::Yes);
    audit.agency = "VKS.AG";
    audit.queryId = "q-2";
    EXPECT_EQ(ledger().recordRead(audit, 0), ReadRecorded::Yes);
    const auto reads = ledger().reads({.agency = "VKS.AG"}, 0, 10);
    ASSERT_EQ(reads.size(), 2U);
    EXPECT_EQ(reads[0].queryId, "q-2");
    EXPECT_EQ(reads[1].queryId, "q-1");
    EXPECT_EQ(reads[1].channel, "ch-1");
    EXPECT_EQ(reads[1].questionSha256, "aa");
    EXPECT_EQ(reads[1].answerSha256, "bb");
    EXPECT_EQ(reads[1].purpose, "MonitoringQuery");
    EXPECT_EQ(reads[1].caseIds, R"(["case-1"])");
    EXPECT_EQ(reads[1].at, kNoon);
    EXPECT_EQ(ledger().reads({.agency = "VKS.AG"}, 0, 1).size(), 1U);
}

TEST_P(Auditing, AFetchIsAReadOfAnItem) {
    ReadAudit audit{"TA.AG",      "fetch-1",       "ch-1", "",     "bb",
                    kMailboxItem, R"(["case-1"])", kNoon,  "dlv-1"};
    EXPECT_EQ(ledger().recordRead(audit, 0), ReadRecorded::Yes);
    audit.queryId = "fetch-2";
    EXPECT_EQ(ledger().recordRead(audit, 0), ReadRecorded::Yes);
    const auto reads = ledger().reads({.agency = "TA.AG"}, 0, 10);
    ASSERT_EQ(reads.size(), 2U);
    EXPECT_EQ(reads[1].itemId, "dlv-1");
    EXPECT_EQ(reads[1].purpose, kMailboxItem);
    EXPECT_EQ(reads[1].questionSha256, "");
}

TEST_P(Auditing, ARefusalIsKeptButTakesNoKey) {
    keep(refusal("ref-1", "ch-1", std::string("<a\0", 3)), 100);
    const auto kept = ledger().refusals({.channel = "ch-1"}, 0, 10);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].agency, "TA.AG");
    EXPECT_EQ(kept[0].messageId, "m-1");
    EXPECT_EQ(kept[0].code, "SYNTAX_XML");
    EXPECT_EQ(kept[0].bytes, std::string("<a\0", 3));
    EXPECT_EQ(kept[0].length, 3);
    EXPECT_EQ(kept[0].at, kNoon);
    EXPECT_FALSE(ledger().findByKey("TA.AG", "m-1").has_value());
    EXPECT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
}

TEST_P(Auditing, TheOldestBytesGiveWayWithinTheirChannel) {
    keep(refusal("r1", "ch-1", "1111"), 10);
    keep(refusal("x1", "ch-2", "xxxx"), 10);
    keep(refusal("r2", "ch-1", "2222"), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"2222", "1111"}));
    keep(refusal("r3", "ch-1", "333"), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"333", "2222", ""}));
    keep(refusal("r4", "ch-1", std::string(11, '4')), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"", "333", "2222", ""}));
    keep(refusal("r5", "ch-1", std::string(10, '5')), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{std::string(10, '5'), "", "", "", ""}));
    EXPECT_EQ(bytesKept("ch-2"), std::vector<std::string>{"xxxx"});
    EXPECT_EQ(ledger().refusals({.channel = "ch-1"}, 0, 2).size(), 2U);
}

TEST_P(Auditing, TheOldestRecordsOfAHolderGiveWayAndAreCounted) {
    const RefusedBytesQuota three{"agency:TA.AG", 8, kNoon, 3};
    const auto ids = [&] {
        std::string all;
        for (const auto& one : ledger().refusals({.channel = "ch-1"}, 0, 100))
            all.append(all.empty() ? "" : " ").append(one.refusalId);
        return all;
    };
    const auto late = [](const char* id, const std::string& bytes) {
        auto record = refusal(id, "ch-1", bytes);
        record.at = kNoon + std::chrono::seconds(1);
        return record;
    };
    auto early = refusal("r1", "ch-1", "1111");
    early.at = kNoon - std::chrono::seconds(1);
    EXPECT_FALSE(ledger().recordRefusal(early, three));
    keep(refusal("x1", "ch-1", "other"), 100);
    for (const char* id : {"r2", "r3", "r4"})
        EXPECT_FALSE(ledger().recordRefusal(late(id, std::string(9, '2')), three));
    EXPECT_EQ(ids(), "r4 r3 r2 x1");
    EXPECT_FALSE(ledger().recordRefusal(late("r5", "5555"), three));
    EXPECT_FALSE(ledger().recordRefusal(late("r6", std::string(9, '6')), three));
    EXPECT_EQ(ids(), "r6 r5 r4 x1");
    EXPECT_EQ(ledger().storage().front().refusalsGone, 3);
    EXPECT_EQ(ledger().storage().front().refused, 4)
        << "bytes of those that have gone do not count";
    // A bound that was lowered is reached by and by; bytes that must stay keep their record.
    const RefusedBytesQuota one{"agency:TA.AG", 8, kNoon, 1};
    EXPECT_FALSE(ledger().recordRefusal(late("r7", std::string(9, '7')), one));
    EXPECT_EQ(ids(), "r7 r6 r5 x1") << "r5's bytes are not yet free to go";
    const RefusedBytesQuota later{"agency:TA.AG", 8, kNoon + std::chrono::hours(1), 1};
    EXPECT_FALSE(ledger().recordRefusal(late("r8", std::string(9, '8')), later));
    EXPECT_EQ(ids(), "r8 r7 x1");
    EXPECT_FALSE(ledger().recordRefusal(late("r9", std::string(9, '9')), later));
    EXPECT_EQ(ids(), "r9 x1");
}

TEST_P(Auditing, NobodyPushesOutAnothersBytes) {
    // The agency's own, over a channel where others send junk, and over a second one.
    EXPECT_FALSE(ledger().recordRefusal(refusal("a1", "ch-1", "1111"), {"agency", 10, kNoon}));
    EXPECT_FALSE(ledger().recordRefusal(refusal("a2", "ch-2", "2222"), {"agency", 10, kNoon}));
    for (int i = 0; i < 5; ++i) {
        keep(refusal("j" + std::to_string(i), "ch-1", "junkjunk"), 10);
    }
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"junkjunk", "", "", "", "", "1111"}));
    EXPECT_EQ(bytesKept("ch-2"), std::vector<std::string>{"2222"});
}

TEST_P(Auditing, WhatMustStayLeavesNoRoom) {
    const auto at = [](RefusalRecord record, gateway::base::Timestamp when) {
        record.at = when;
        return record;
    };
    const auto since = [](gateway::base::Timestamp when) {
        return RefusedBytesQuota{"agency", 10, when};
    };
    using std::chrono::seconds;
    const auto record = [&](const std::string& id, const std::string& bytes, seconds when,
                            seconds keptSince) {
        return ledger().recordRefusal(at(refusal(id, "ch-1", bytes), kNoon + when),
                                      since(kNoon + keptSince));
    };
    EXPECT_EQ(record("r1", "1111", seconds(0), seconds(0)), std::nullopt);
    EXPECT_EQ(record("r2", "2222", seconds(5), seconds(0)), std::nullopt);
    EXPECT_EQ(record("r3", "333", seconds(6), seconds(0)), kNoon) << "r1 is in the way";
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"2222", "1111"})) << "no trace of it";
    EXPECT_EQ(record("r4", "44", seconds(7), seconds(0)), std::nullopt) << "what fits is taken";
    EXPECT_EQ(record("r5", std::string(11, '5'), seconds(8), seconds(0)), std::nullopt)
        << "never kept, so it needs no room";
    EXPECT_EQ(record("r6", "6666", seconds(9), seconds(1)), std::nullopt) << "r1's time is over";
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"6666", "", "44", "2222", ""}));
    EXPECT_EQ(record("r7", "777777777", seconds(9), seconds(6)), kNoon + seconds(9))
        << "r4 alone would not do";
    EXPECT_EQ(record("r8", "8888", seconds(9), seconds(6)), std::nullopt)
        << "what may go has gone for r7 and is counted no longer";
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"8888", "6666", "", "44", "", ""}));
}
