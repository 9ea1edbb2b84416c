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

    std::vector<std::string> bytesKept(const std::string& channel) {
        std::vector<std::string> kept;
        for (const RefusalRecord& record : ledger().refusals(channel, 100)) {
            kept.push_back(record.bytes);
            EXPECT_EQ(record.bodySha256, "digest of " + record.refusalId);
        }
        return kept;
    }
};
RUN_AGAINST_ALL_STORES(Auditing);

TEST_P(Auditing, AQueryIdIsUsedOnceByEachAgency) {
    ReadAudit audit{"VKS.AG", "q-1", "ch-1", "aa", "bb", "MonitoringQuery", R"(["case-1"])", kNoon};
    EXPECT_TRUE(ledger().recordRead(audit));
    audit.answerSha256 = "cc";
    EXPECT_FALSE(ledger().recordRead(audit));
    audit.agency = "VKS.BL";
    EXPECT_TRUE(ledger().recordRead(audit));
    audit.agency = "VKS.AG";
    audit.queryId = "q-2";
    EXPECT_TRUE(ledger().recordRead(audit));
    const auto reads = ledger().reads("VKS.AG", 10);
    ASSERT_EQ(reads.size(), 2U);
    EXPECT_EQ(reads[0].queryId, "q-2");
    EXPECT_EQ(reads[1].queryId, "q-1");
    EXPECT_EQ(reads[1].channel, "ch-1");
    EXPECT_EQ(reads[1].questionSha256, "aa");
    EXPECT_EQ(reads[1].answerSha256, "bb");
    EXPECT_EQ(reads[1].purpose, "MonitoringQuery");
    EXPECT_EQ(reads[1].caseIds, R"(["case-1"])");
    EXPECT_EQ(reads[1].at, kNoon);
    EXPECT_EQ(ledger().reads("VKS.AG", 1).size(), 1U);
}

TEST_P(Auditing, ARefusalIsKeptButTakesNoKey) {
    ledger().recordRefusal(refusal("ref-1", "ch-1", std::string("<a\0", 3)), 100);
    const auto kept = ledger().refusals("ch-1", 10);
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
    ledger().recordRefusal(refusal("r1", "ch-1", "1111"), 10);
    ledger().recordRefusal(refusal("x1", "ch-2", "xxxx"), 10);
    ledger().recordRefusal(refusal("r2", "ch-1", "2222"), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"2222", "1111"}));
    ledger().recordRefusal(refusal("r3", "ch-1", "333"), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"333", "2222", ""}));
    ledger().recordRefusal(refusal("r4", "ch-1", std::string(11, '4')), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{"", "333", "2222", ""}));
    ledger().recordRefusal(refusal("r5", "ch-1", std::string(10, '5')), 10);
    EXPECT_EQ(bytesKept("ch-1"), (std::vector<std::string>{std::string(10, '5'), "", "", "", ""}));
    EXPECT_EQ(bytesKept("ch-2"), std::vector<std::string>{"xxxx"});
    EXPECT_EQ(ledger().refusals("ch-1", 2).size(), 2U);
}
