#include "gateway/exchange/delivery/mailbox.h"

#include <thread>

#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

class MailboxTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    }
    document::Node list(const std::string& agency = scenario::kEnforcement,
                        std::chrono::milliseconds wait = 0ms) {
        const auto reply =
            house.read(house.mailbox.list(house.snapshots, agency, wait, std::stop_token()));
        EXPECT_EQ(reply.status, 200);
        const auto* items = scenario::nodeAt(reply.content, "items");
        return items ? *items : document::arrayNode();
    }
    Answer fetch(const std::string& item, const std::string& agency = scenario::kEnforcement) {
        const auto snapshot = house.snapshots.current();
        return house.mailbox.fetch(*snapshot, *snapshot->registry->channelById("ch-" + agency),
                                   agency, item);
    }
    scenario::Reply close(const scenario::Agency& agency, const std::string& item,
                          const std::string& bytes, const std::string& because = {}) {
        return house.read(house.mailbox.close(
            house.inbound(agency.code(), agency.word(item, bytes, because)), item));
    }
    std::string first() { return scenario::valueAt(list(), "0/item"); }

    House house;
};

TEST_F(MailboxTest, StaysUntilTheRecipientSaysSo) {
    const auto item = first();
    const auto delivered = fetch(item);
    EXPECT_EQ(delivered.status, 200);
    EXPECT_TRUE(house.read(delivered).sealed);
    EXPECT_EQ(fetch(item).bytes, delivered.bytes) << "sealed once";
    EXPECT_EQ(first(), item) << "fetching is not taking";
    EXPECT_NE(scenario::valueAt(list(), "0/fetchedAt"), "");
    EXPECT_EQ(scenario::valueAt(list(), "0/sha256"), document::sha256(delivered.bytes).hex());
    const auto closed = close(house.enforcement, item, delivered.bytes);
    EXPECT_EQ(closed.status, 200) << closed.body;
    EXPECT_EQ(closed.at("verdict"), "accepted");
    EXPECT_TRUE(list().children.empty());
    EXPECT_EQ(close(house.enforcement, item, delivered.bytes).body, closed.body);
    EXPECT_EQ(close(house.enforcement, item, delivered.bytes, "sai").status, 409);
}

TEST(MailboxQuota, ANewItemIsReadBeyondTheQuotaButNotOverAndOver) {
    House house([](base::Limits& limits) { limits.storedBytesPerAgency = 60'000; });
    ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    const auto snapshot = house.snapshots.current();
    const auto& channel =
        *snapshot->registry->channelById("ch-" + std::string(scenario::kEnforcement));
    const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0).itemId;
    const auto fetch = [&](const std::string& id) {
        return house.mailbox.fetch(*snapshot, channel, scenario::kEnforcement, id);
    };
    Answer answer;
    int fetched = 0;
    while (fetched < 1'000 && (answer = fetch(item)).status == 200) ++fetched;
    EXPECT_GT(fetched, 50);
    EXPECT_EQ(answer.status, 429);
    EXPECT_GT(answer.retryAfter, 0s);
    ASSERT_EQ(house.send(house.court, transferOf("2/2026/HC-ST")).status, 200);
    const auto next = house.store.outbox().mailbox(scenario::kEnforcement, 2).at(1).itemId;
    EXPECT_EQ(fetch(next).status, 200);
    EXPECT_EQ(fetch(next).status, 429);
}

TEST_F(MailboxTest, RefusedItemGoesToTheDeadLettersAndTheCaseGoesOn) {
    ASSERT_EQ(house.send(house.court, transferOf("2/2026/HC-ST")).status, 200);
    EXPECT_EQ(list().children.size(), 2U) << "one of each case";
    const auto item = first();
    EXPECT_EQ(close(house.enforcement, item, fetch(item).bytes, "không thuộc thẩm quyền").status,
              200);
    const auto dead = house.store.outbox().deadLetters({}, 0, 10);
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead.front().state, OutboxState::Refused);
    EXPECT_EQ(dead.front().lastError, "không thuộc thẩm quyền");
    EXPECT_NE(dead.front().partnerReceipt, "");
    const auto again = house.acts.resend("tester", item, "đã sửa");
    ASSERT_FALSE(again) << "its recipient has signed";
    EXPECT_NE(again.error().find("new message"), std::string::npos) << again.error();
    EXPECT_EQ(house.store.outbox().find(item)->state, OutboxState::Refused);
    EXPECT_EQ(list().children.size(), 1U);
}

// What was changed in the store is found before our seal is under it.
TEST_F(MailboxTest, DamagedItemIsNeverSealed) {
    ASSERT_EQ(house.send(house.court, transferOf("2/2026/HC-ST")).status, 200);
    const auto waiting = house.store.outbox().mailbox(scenario::kEnforcement, 10);
    ASSERT_EQ(waiting.size(), 2U);
    house.store.spoil(waiting[0].itemId);
    EXPECT_EQ(fetch(waiting[0].itemId).status, 503);
    const auto dead = house.store.outbox().find(waiting[0].itemId).value();
    EXPECT_EQ(dead.state, OutboxState::Dead) << "no attempt can mend it";
    EXPECT_EQ(dead.renderedSha256, "");
    EXPECT_NE(dead.lastError.find("no longer what was recorded"), std::string::npos);
    EXPECT_EQ(first(), waiting[1].itemId) << "others are served";
    EXPECT_EQ(fetch(waiting[1].itemId).status, 200);
}

TEST_F(MailboxTest, WhatStandsBehindADamagedItemIsListedAtOnce) {
    const auto damaged = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0).itemId;
    auto next = house.store.outbox().find(damaged).value();
    store::Acceptance more;
    more.message.agency = next.sourceAgency;
    more.message.messageId = "one-more";
    more.message.receiptId = "rcp-one-more";
    next.itemId = "dlv-next";
    more.outbox = {next};
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house.store.ledger().accept(more)));
    ASSERT_EQ(house.store.outbox().mailbox(scenario::kEnforcement, 9).size(), 1U);
    house.store.spoil(damaged);
    const auto listed = list();
    ASSERT_EQ(listed.children.size(), 1U) << "not only for whoever asks again";
    EXPECT_EQ(scenario::valueAt(listed, "0/item"), "dlv-next");
}

TEST_F(MailboxTest, DamagedRenderingIsNeverServed) {
    const auto item = first();
    ASSERT_EQ(fetch(item).status, 200);
    house.store.spoil(item);
    EXPECT_THROW(static_cast<void>(fetch(item)), base::Fault);
    EXPECT_EQ(house.store.outbox().find(item)->state, OutboxState::Dead);
}

TEST_F(MailboxTest, WordMustNameTheItemAndTheBytes) {
    const auto item = first();
    const auto bytes = fetch(item).bytes;
    const auto otherBytes = close(house.enforcement, item, bytes + "x");
    EXPECT_EQ(otherBytes.code(), "MAPPING_VALUE");
    EXPECT_EQ(otherBytes.at("refusal/reasons/0/path"), "/deliveryReceipt/deliveredSha256");
    EXPECT_NE(otherBytes.at("refusal/reasons/0/column"), "0");
    const auto digest = house.store.outbox().find(item)->renderedSha256;
    EXPECT_NE(otherBytes.at("refusal/reasons/0/vi").find("đã giao có giá trị " + digest),
              std::string::npos)
        << otherBytes.at("refusal/reasons/0/vi");
    EXPECT_EQ(close(house.committee, item, bytes).status / 100, 4);
    const auto wrong = house.read(house.mailbox.close(
        house.inbound(scenario::kEnforcement, house.enforcement.word("dlv-other", bytes)), item));
    EXPECT_EQ(wrong.code(), "MAPPING_VALUE");
    EXPECT_EQ(close(house.enforcement, "dlv-other", bytes).status, 404);
    EXPECT_EQ(fetch(item, scenario::kCommittee).status, 404);
    EXPECT_EQ(first(), item) << "still open";
}

TEST_F(MailboxTest, AWordSignedBesideItsBytesCanBeVerifiedAgain) {
    const auto item = first();
    const auto said = house.enforcement.detachedWord(item, fetch(item).bytes);
    const auto answer = house.mailbox.close(house.inbound(scenario::kEnforcement, said), item);
    EXPECT_EQ(answer.status, 200) << answer.bytes;
    EXPECT_EQ(house.store.outbox().find(item)->partnerReceiptHeader, said.detachedHeader);
    EXPECT_EQ(house.signerOfReceipt(item), scenario::kEnforcement);
}

TEST_F(MailboxTest, EveryFetchIsAudited) {
    const auto item = first();
    EXPECT_TRUE(house.ledger.reads({.agency = scenario::kEnforcement}, 0, 10).empty())
        << "a list shows no case";
    const auto bytes = fetch(item).bytes;
    static_cast<void>(fetch(item));
    ASSERT_EQ(close(house.enforcement, item, bytes).status, 200);
    EXPECT_EQ(fetch(item).bytes, bytes) << "still there to be read";
    EXPECT_EQ(fetch(item, scenario::kCommittee).status, 404);
    const auto reads = house.ledger.reads({.agency = scenario::kEnforcement}, 0, 10);
    ASSERT_EQ(reads.size(), 3U);
    for (const auto& read : reads) {
        EXPECT_EQ(read.purpose, store::kMailboxItem);
        EXPECT_EQ(read.itemId, item);
        EXPECT_EQ(read.channel, "ch-" + scenario::kEnforcement);
        EXPECT_EQ(read.answerSha256, document::sha256(bytes).hex());
        EXPECT_EQ(read.caseIds, "[\"" + house.caseNumbered("1/2026/HC-ST").caseId + "\"]");
        EXPECT_EQ(read.at, house.clock.now());
    }
    EXPECT_TRUE(house.ledger.reads({.agency = scenario::kCommittee}, 0, 10).empty());
}

TEST_F(MailboxTest, ADigestInCapitalsIsTheSameDigest) {
    for (const bool xml : {false, true}) {
        ASSERT_EQ(
            house.send(house.court, scenario::transferOf(xml ? "8/2026/HC-ST" : "9/2026/HC-ST"))
                .status,
            200);
        const auto item = first();
        model::DeliveryReceipt word;
        word.item = item;
        word.verdict = model::DeliveryVerdict::Accepted;
        for (const char c : document::sha256(fetch(item).bytes).hex())
            word.deliveredSha256.push_back(c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
        const auto message = house.enforcement.message(word);
        const auto said = xml ? house.enforcement.xml(message) : house.enforcement.json(message);
        const auto answer = house.mailbox.close(house.inbound(scenario::kEnforcement, said), item);
        EXPECT_EQ(answer.status, 200) << answer.bytes;
    }
}

TEST_F(MailboxTest, RefusedWordsLeaveATrace) {
    const auto item = first();
    const auto bytes = fetch(item).bytes;
    const auto lastOf = [this](const std::string& agency) {
        const auto kept = house.ledger.refusals({.channel = "ch-" + agency}, 0, 1);
        return kept.empty() ? store::RefusalRecord() : kept.front();
    };
    const auto wrong = house.enforcement.word(item, bytes + "x");
    const auto said = house.mailbox.close(house.inbound(scenario::kEnforcement, wrong), item);
    EXPECT_EQ(said.refused, base::ErrorClass::KnownSigner);
    const auto kept = lastOf(scenario::kEnforcement);
    EXPECT_EQ(kept.refusalId, house.read(said).at("refusal/refusalId"));
    EXPECT_EQ(kept.agency, scenario::kEnforcement);
    EXPECT_EQ(kept.code, "MAPPING_VALUE");
    EXPECT_EQ(kept.bytes, wrong.body);
    static_cast<void>(close(house.committee, item, bytes));
    EXPECT_EQ(lastOf(scenario::kCommittee).code, "") << "as little as of an item that is none";
    const auto junk = house.mailbox.close(
        house.inbound(scenario::kEnforcement, {"{}", "application/jose", ""}), item);
    EXPECT_EQ(junk.refused, base::ErrorClass::UnknownSigner);
    EXPECT_EQ(lastOf(scenario::kEnforcement).bytes, "{}");
    EXPECT_EQ(lastOf(scenario::kEnforcement).agency, "");
    ASSERT_EQ(close(house.enforcement, item, bytes).status, 200);
    const auto before =
        house.ledger.refusals({.channel = "ch-" + scenario::kEnforcement}, 0, 10).size();
    const auto other = house.enforcement.word(item, bytes, "đổi ý");
    const auto conflict = house.mailbox.close(house.inbound(scenario::kEnforcement, other), item);
    EXPECT_EQ(conflict.status, 409);
    EXPECT_EQ(conflict.refused, base::ErrorClass::KnownSigner);
    EXPECT_EQ(lastOf(scenario::kEnforcement).bytes, other.body);
    EXPECT_EQ(house.ledger.refusals({.channel = "ch-" + scenario::kEnforcement}, 0, 10).size(),
              before + 1);
}

TEST_F(MailboxTest, OneUnreadableItemHidesNoOther) {
    ASSERT_EQ(house.send(house.court, transferOf("2/2026/HC-ST")).status, 200);
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf("1/2026/HC-ST", "1")).status,
              200);
    ASSERT_EQ(list(scenario::kCourt).children.size(), 1U);
    model::DocumentTransfer document;
    document.documentId = "G1";
    document.number = "10";
    document.notation = "TB";
    document.subject = "x";
    document.business = model::DocumentBusiness::New;
    document.sender.code = scenario::kEnforcement;
    model::Correspondent recipient;
    recipient.code = scenario::kCourt;
    document.recipients.push_back(recipient);
    ASSERT_EQ(house.send(house.enforcement, document).status, 200);
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.formatsOut["DocumentTransfer"] = "no-such-format/document";
    });
    const auto shown = list(scenario::kCourt);
    ASSERT_EQ(shown.children.size(), 1U);
    EXPECT_EQ(scenario::valueAt(shown, "0/type"), "TransferAcknowledgement");
}

TEST_F(MailboxTest, WhatCannotBeWrittenIsGivenUpAndItsCaseGoesOn) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf("1/2026/HC-ST", "1")).status,
              200);
    auto behind = house.store.outbox().mailbox(scenario::kCourt, 1).at(0);
    const auto stuck = behind.itemId;
    // What was accepted once may not be writable any more: its format went with a reload.
    behind.itemId = "dlv-behind";
    behind.content.replace(behind.content.find("TransferAcknowledgement"), 23, "StatusReport");
    behind.messageType = "StatusReport";
    store::Acceptance acceptance;
    acceptance.message.agency = scenario::kEnforcement;
    acceptance.message.messageId = "behind";
    acceptance.outbox.push_back(behind);
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house.store.ledger().accept(acceptance)));
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.formatsOut["TransferAcknowledgement"] = "no-such-format/x";
    });
    const auto state = [&] { return house.store.outbox().find(stuck).value(); };
    EXPECT_TRUE(list(scenario::kCourt).children.empty());
    EXPECT_EQ(state().attempts, 1);
    EXPECT_NE(state().lastError, "");
    EXPECT_EQ(fetch(stuck, scenario::kCourt).status, 503);
    for (int i = 0; i < 5; ++i) static_cast<void>(list(scenario::kCourt));
    EXPECT_EQ(state().attempts, 1) << "polling uses up nothing";
    for (std::size_t i = 1; i < house.limits.attempts; ++i) {
        EXPECT_EQ(state().state, OutboxState::Waiting);
        house.clock.advance(house.limits.longestBackOff);
        if (i % 2 == 0) house.dispatcher.runOnce();  // which leaves mailboxes alone
        static_cast<void>(list(scenario::kCourt));
    }
    EXPECT_EQ(state().state, OutboxState::Dead);
    EXPECT_EQ(fetch(stuck, scenario::kCourt).status, 404);
    ASSERT_EQ(house.store.outbox().deadLetters({}, 0, 10).size(), 1U);
    ASSERT_EQ(house.store.outbox().mailbox(scenario::kCourt, 10).size(), 1U);
    EXPECT_EQ(house.store.outbox().mailbox(scenario::kCourt, 10).front().itemId, "dlv-behind");
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.formatsOut.erase("TransferAcknowledgement");
    });
    ASSERT_TRUE(house.acts.resend("tester", stuck, "mapping mended"));
    EXPECT_EQ(house.store.outbox().mailbox(scenario::kCourt, 10).front().itemId, stuck)
        << "in its old place";
}

TEST_F(MailboxTest, WaitingEndsWithTheBell) {
    EXPECT_TRUE(list(scenario::kCourt, 1ms).children.empty());
    std::jthread later([this] {
        EXPECT_EQ(
            house.send(house.enforcement, scenario::registrationOf("1/2026/HC-ST", "1")).status,
            200);
    });
    EXPECT_EQ(list(scenario::kCourt, 20s).children.size(), 1U);
}

TEST(Bell, RingsForOneRecipientAndForThoseWhoDeliver) {
    Bell bell;
    const auto court = bell.seen("court");
    const auto all = bell.seen();
    bell.ring("ward");
    EXPECT_FALSE(bell.wait("court", court, 1ms));
    EXPECT_TRUE(bell.wait(all, 0ms));
    bell.ring();
    EXPECT_FALSE(bell.wait("court", court, 1ms)) << "no news for a mailbox";
    bell.ring("court");
    EXPECT_TRUE(bell.wait("court", court, 0ms));
    EXPECT_FALSE(bell.wait("court", bell.seen("court"), 1ms));
}

/// How often mailboxes are looked at.
class CountedOutbox final : public store::Outbox {
  public:
    explicit CountedOutbox(store::Outbox& real) : real_(real) {}
    std::atomic<int> looks{0};

    std::vector<store::OutboxItem> due(base::Timestamp now, std::size_t limit,
                                       const std::set<std::string>& among) override {
        return real_.due(now, limit, among);
    }
    std::vector<store::OutboxItem> mailbox(std::string_view agency, std::size_t limit,
                                           std::int64_t after) override {
        ++looks;
        return real_.mailbox(agency, limit, after);
    }
    std::optional<store::OutboxItem> find(std::string_view itemId) override {
        return real_.find(itemId);
    }
    void rendered(std::string_view itemId, const store::RenderedDelivery& delivery) override {
        real_.rendered(itemId, delivery);
    }
    bool move(std::string_view itemId, OutboxState expected,
              const store::OutboxMove& move) override {
        return real_.move(itemId, expected, move);
    }
    std::vector<store::OutboxItem> deadLetters(const store::DeadLetterFilter& filter,
                                               std::int64_t after, std::size_t limit) override {
        return real_.deadLetters(filter, after, limit);
    }
    std::vector<store::WaitingFor> waiting() override { return real_.waiting(); }
    std::vector<store::OutboxItem> waitingFor(std::string_view recipient, std::int64_t after,
                                              std::size_t limit) override {
        return real_.waitingFor(recipient, after, limit);
    }
    std::vector<store::OutboxItem> untold(std::size_t limit) override {
        return real_.untold(limit);
    }
    void authorTold(std::string_view itemId) override { real_.authorTold(itemId); }
    void addNote(std::string_view itemId, const store::OutboxNote& note) override {
        real_.addNote(itemId, note);
    }
    std::vector<store::OutboxNote> notes(std::string_view itemId) override {
        return real_.notes(itemId);
    }
    store::OutboxCounts counts() override { return real_.counts(); }
    void forEachItem(std::int64_t after,
                     const std::function<bool(const store::OutboxItem&)>& visit) override {
        real_.forEachItem(after, visit);
    }

  private:
    store::Outbox& real_;
};

// How often one poll of the court looks while bells ring for `whom` without a pause.
int looksWhileRinging(House& house, const std::string& whom, std::chrono::milliseconds wait) {
    CountedOutbox outbox(house.store.outbox());
    Mailbox mailbox(house.rendering, house.verdict, house.ledger, outbox, house.bell, house.clock,
                    house.limits);
    const std::jthread ringer([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) house.bell.ring(whom);
    });
    const auto answer = mailbox.list(house.snapshots, scenario::kCourt, wait, {});
    EXPECT_EQ(answer.status, 200);
    return outbox.looks;
}

TEST_F(MailboxTest, OthersNewsIsNoReasonToLook) {
    EXPECT_LE(looksWhileRinging(house, scenario::kCommittee, 300ms), 2) << "before and after";
}

TEST_F(MailboxTest, LooksAreApartWhateverRings) {
    const int looks = looksWhileRinging(house, scenario::kCourt, 4 * base::kPollPause);
    EXPECT_LE(looks, 1 + 4 + 1);
    EXPECT_GE(looks, 2);
}

TEST_F(MailboxTest, WaitersNeverTakeAllThreads) {
    House small([](base::Limits& limits) { limits.connections = 1; });
    const auto answer =
        small.mailbox.list(small.snapshots, scenario::kCourt, 1s, std::stop_token());
    EXPECT_EQ(answer.status, 503);
}

}  // namespace
}  // namespace gateway::exchange::fixture
