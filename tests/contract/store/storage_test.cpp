// Whose bytes are kept: counted as they come, bounded by agency, the same in every store.

#include "gateway/store/entry_hash.h"
#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;

// Events "[]" and the receipt of a sample.
constexpr int kBeside = 2 + 12;

class Storage : public StoreContract {
  protected:
    [[nodiscard]] AgencyStorage of(std::string_view agency) {
        for (const auto& one : ledger().storage())
            if (one.agency == agency) return one;
        return {};
    }
    static Acceptance sending(std::string_view agency, std::string_view id, std::size_t bytes) {
        Acceptance made;
        made.message = message(agency, id, std::string(bytes, 'x'));
        made.message.events = "[]";
        made.message.entrySha256 = entryHash(made.message);
        return made;
    }
};
RUN_AGAINST_ALL_STORES(Storage);

TEST_P(Storage, IsCountedByAgencyAndKind) {
    auto letter = sending("TA.AG", "m-1", 1'000);
    letter.attachments = {{"aa", std::string(400, 'a')}, {"bb", std::string(60, 'b')}};
    letter.outbox = {item("out-1", "H01.5", "")};
    ASSERT_TRUE(is<Stored>(ledger().accept(letter)));
    const auto content = static_cast<std::int64_t>(letter.outbox.front().content.size());
    EXPECT_EQ(of("TA.AG").messages, 1'000 + kBeside);
    EXPECT_EQ(of("TA.AG").files, 460);
    EXPECT_EQ(of("TA.AG").deliveries, content);
    // What it holds already adds nothing; what another sends is counted for the other as well.
    auto again = sending("TA.AG", "m-2", 10);
    again.attachments = {{"aa", std::string(400, 'a')}};
    ASSERT_TRUE(is<Stored>(ledger().accept(again)));
    auto other = sending("TA.CT", "m-1", 10);
    other.attachments = {{"aa", std::string(400, 'a')}};
    ASSERT_TRUE(is<Stored>(ledger().accept(other)));
    EXPECT_EQ(of("TA.AG").files, 460);
    EXPECT_EQ(of("TA.CT").files, 400);

    outbox().rendered("out-1", {std::string(77, 'r'), "application/xml", "", "d"});
    EXPECT_EQ(of("TA.AG").deliveries, content + 77);
    EXPECT_EQ(of("H01.5").total(), 0) << "its recipient has not caused it";
    EXPECT_EQ(ledger().storedBytes("TA.AG"), 1'010 + 2 * kBeside + 460 + content + 77);
    EXPECT_EQ(ledger().storage().front().agency, "TA.AG") << "the largest first";
}

TEST_P(Storage, OfWhatWaitsAndWhatIsRefusedIsToldBeside) {
    auto parked = sending("THADS.44", "e-1", 300);
    parked.parkUnder = alias("77/2026/HC-ST");
    ASSERT_TRUE(is<Stored>(ledger().accept(parked)));
    RefusalRecord refusal;
    refusal.refusalId = "ref-1";
    refusal.channel = "c1";
    refusal.agency = "THADS.44";
    refusal.bytes = std::string(50, 'x');
    refusal.length = 50;
    EXPECT_EQ(ledger().recordRefusal(refusal, {"agency:THADS.44", 1'000}), std::nullopt);
    EXPECT_EQ(of("THADS.44").parked, 300);
    EXPECT_EQ(of("THADS.44").refused, 50);
    EXPECT_EQ(of("THADS.44").total(), 300 + kBeside) << "refused bytes give way by themselves";
}

TEST_P(Storage, CountsWhatAnAgencyHasReadWithinItsQuota) {
    ReadAudit audit{"VKS.AG", "q-1", "ch-1", "aa", "bb", "MonitoringQuery", R"(["case-1"])", kNoon};
    ASSERT_EQ(ledger().recordRead(audit, 1'048), ReadRecorded::Yes);
    ASSERT_EQ(ledger().recordRead(audit, 1'048), ReadRecorded::Repeated);
    EXPECT_EQ(of("VKS.AG").reads, 10 + 512);
    EXPECT_EQ(of("VKS.AG").total(), 522);
    audit.queryId = "q-2";
    EXPECT_EQ(ledger().recordRead(audit, 1'043), ReadRecorded::OverQuota);
    EXPECT_EQ(ledger().reads({.agency = "VKS.AG"}, 0, 10).size(), 1U);
    EXPECT_EQ(ledger().recordRead(audit, 1'044), ReadRecorded::Yes) << "its id is not used up";
    EXPECT_EQ(ledger().storedBytes("VKS.AG"), 1'044);
}

TEST_P(Storage, HasAQuotaThatStopsNewMessagesAlone) {
    auto first = sending("TA.AG", "m-1", 600);
    first.storedQuota = 1'000;
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    auto second = sending("TA.AG", "m-2", 400 - 2 * kBeside);
    second.storedQuota = 1'000;
    second.attachments = {{"aa", "x"}};
    const auto outcome = ledger().accept(second);
    ASSERT_TRUE(is<OverQuota>(outcome));
    EXPECT_EQ(std::get<OverQuota>(outcome).used, 600 + kBeside);
    EXPECT_FALSE(ledger().findByKey("TA.AG", "m-2"));
    EXPECT_EQ(of("TA.AG").total(), 600 + kBeside);
    // The key is asked first: what was accepted stays accepted.
    EXPECT_TRUE(is<SameContent>(ledger().accept(first)));
    second.attachments.clear();
    EXPECT_TRUE(is<Stored>(ledger().accept(second))) << "to the last byte";
    auto other = sending("TA.CT", "m-2", 900);
    other.storedQuota = 1'000;
    EXPECT_TRUE(is<Stored>(ledger().accept(other)));
}
