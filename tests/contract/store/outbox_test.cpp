// What must go out: in order per recipient and case, moved by one hand only, never hidden.

#include <utility>

#include "gateway/base/fault.h"
#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> idsOf(const std::vector<OutboxItem>& items) {
    std::vector<std::string> ids;
    for (const OutboxItem& one : items) {
        ids.push_back(one.itemId);
    }
    return ids;
}

using Ids = std::vector<std::string>;

const std::set<std::string> kAll{"H01.5", "TA.AG", "a \"quoted\" name"};

OutboxMove to(OutboxState state, gateway::base::Timestamp at = kNoon) {
    OutboxMove move;
    move.to = state;
    move.at = at;
    return move;
}

}  // namespace

class Sending : public StoreContract {
  protected:
    void put(std::vector<OutboxItem> items) {
        Acceptance acceptance;
        acceptance.message = message("TA.AG", "m-" + std::to_string(++messages_));
        acceptance.outbox = std::move(items);
        ASSERT_TRUE(is<Stored>(ledger().accept(acceptance)));
    }
    bool close(std::string_view itemId, OutboxState from, OutboxState state) {
        return outbox().move(itemId, from, to(state));
    }

  private:
    int messages_ = 0;
};
RUN_AGAINST_ALL_STORES(Sending);

TEST_P(Sending, AnItemComesBackWhole) {
    OutboxItem made = item("out-1", "H01.5", "case-1");
    made.createdAt = kNoon - 1s;
    made.dueAt = kNoon + 1s;
    put({made});
    const auto found = outbox().find("out-1");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->recipient, made.recipient);
    EXPECT_EQ(found->caseId, made.caseId);
    EXPECT_EQ(found->messageType, made.messageType);
    EXPECT_EQ(found->content, made.content);
    EXPECT_EQ(found->sourceAgency, made.sourceAgency);
    EXPECT_EQ(found->sourceMessageId, made.sourceMessageId);
    EXPECT_EQ(found->state, OutboxState::Waiting);
    EXPECT_EQ(found->sequence, 1);
    EXPECT_EQ(found->attempts, 0);
    EXPECT_EQ(found->createdAt, made.createdAt);
    EXPECT_EQ(found->dueAt, made.dueAt);
    EXPECT_FALSE(found->fetchedAt.has_value());
    EXPECT_FALSE(found->closedAt.has_value());
    EXPECT_FALSE(outbox().find("out-2").has_value());
}

TEST_P(Sending, OnlyTheHeadOfEachQueueIsDue) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-1"),
         item("b1", "H01.5", "case-2"), item("c1", "TA.AG", "case-1")});
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), (Ids{"a1", "c1", "b1"}));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 2, kAll)), (Ids{"a1", "c1"})) << "recipients in turn";
    EXPECT_TRUE(outbox().due(kNoon - 1ms, 10, kAll).empty());
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, {"TA.AG"})), Ids{"c1"});
    EXPECT_TRUE(outbox().due(kNoon, 10, {}).empty());
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Delivered));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), (Ids{"a2", "c1", "b1"}));
}

TEST_P(Sending, AHeadThatIsNotDueHoldsItsQueueOnly) {
    OutboxItem later = item("a1", "H01.5", "case-1");
    later.dueAt = kNoon + 1h;
    put({later, item("a2", "H01.5", "case-1"), item("b1", "H01.5", "case-2")});
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), Ids{"b1"});
    EXPECT_EQ(idsOf(outbox().due(kNoon + 1h, 10, kAll)), (Ids{"b1", "a1"}));
    ASSERT_TRUE(outbox().move("b1", OutboxState::Waiting, to(OutboxState::Sending)));
    EXPECT_EQ(idsOf(outbox().due(kNoon + 1h, 10, kAll)), Ids{"a1"});
}

TEST_P(Sending, ADueTimeOfAClockThatRanAheadHoldsNobody) {
    OutboxItem stray = item("a1", "H01.5", "case-1");
    stray.dueAt = kNoon + 24h;
    OutboxItem later = item("c1", "H01.5", "case-3");
    later.dueAt = kNoon + kFarthestDue;
    put({stray, later, item("d1", "TA.AG", "case-1")});
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), (Ids{"d1", "a1"}));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 1, kAll)), Ids{"d1"});
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, {"TA.AG"})), Ids{"d1"});
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, to(OutboxState::Sending)));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), Ids{"d1"});
}

TEST_P(Sending, AMailboxIsReadInPages) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-1"),
         item("b1", "H01.5", "case-2"), item("c1", "TA.AG", "case-1"),
         item("d1", "H01.5", "case-3")});
    const auto first = outbox().mailbox("H01.5", 2);
    EXPECT_EQ(idsOf(first), (Ids{"a1", "b1"}));
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 2, first.back().sequence)), Ids{"d1"});
    EXPECT_TRUE(outbox().mailbox("H01.5", 2, outbox().find("d1")->sequence).empty());
}

TEST_P(Sending, ARefusedOrDeadItemLetsTheCaseGoOn) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-1"),
         item("a3", "H01.5", "case-1")});
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Refused));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), Ids{"a2"});
    ASSERT_TRUE(close("a2", OutboxState::Waiting, OutboxState::Dead));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), Ids{"a3"});
    EXPECT_EQ(idsOf(outbox().deadLetters({}, 0, 10)), (Ids{"a1", "a2"}));
    EXPECT_EQ(idsOf(outbox().deadLetters({}, 0, 1)), Ids{"a1"});
}

TEST_P(Sending, AResentItemTakesItsOldPlace) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-1")});
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Dead));
    ASSERT_TRUE(outbox().find("a1")->closedAt.has_value());
    ASSERT_TRUE(outbox().move("a1", OutboxState::Dead, to(OutboxState::Waiting)));
    EXPECT_FALSE(outbox().find("a1")->closedAt.has_value());
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), Ids{"a1"});
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), Ids{"a1"});
    EXPECT_TRUE(outbox().deadLetters({}, 0, 10).empty());
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Delivered));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), Ids{"a2"});
}

TEST_P(Sending, WithoutACaseEachSenderHasAQueueOfItsOwn) {
    const auto from = [](const char* id, const char* source, gateway::base::Timestamp at) {
        auto made = item(id, "H01.5", "");
        made.sourceAgency = source;
        made.dueAt = at;
        return made;
    };
    put({from("a1", "TA.AG", kNoon - 3s), from("a2", "TA.AG", kNoon - 2s),
         from("a3", "TA.AG", kNoon - 2s), from("b1", "H09", kNoon - 1s)});
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), (Ids{"a1", "b1"}));
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), (Ids{"a1", "b1"}));
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Delivered));
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), (Ids{"b1", "a2"}))
        << "who has many takes its turn behind who has one";
    EXPECT_EQ(outbox().find("a2")->dueAt, kNoon);
    EXPECT_EQ(outbox().find("a3")->dueAt, kNoon - 2s);
}

TEST_P(Sending, ADeadLetterMayHoldWhatStandsBehindIt) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-1"),
         item("b1", "H01.5", "case-2"), item("c1", "TA.AG", "case-1")});
    auto dies = to(OutboxState::Dead);
    dies.holds = true;
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, dies));
    EXPECT_TRUE(outbox().find("a1")->holds);
    EXPECT_EQ(idsOf(outbox().due(kNoon, 10, kAll)), (Ids{"b1", "c1"})) << "nothing overtakes";
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), Ids{"b1"});
    put({item("a3", "H01.5", "case-1")});
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), Ids{"b1"});
    ASSERT_TRUE(outbox().move("a1", OutboxState::Dead, to(OutboxState::Waiting, kNoon + 1s)));
    EXPECT_FALSE(outbox().find("a1")->holds);
    EXPECT_EQ(outbox().find("a1")->openSince, kNoon + 1s);
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), (Ids{"a1", "b1"}));
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, dies));
    ASSERT_TRUE(close("a1", OutboxState::Dead, OutboxState::Settled));
    EXPECT_FALSE(outbox().find("a1")->holds);
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), (Ids{"a2", "b1"}));
    ASSERT_TRUE(close("a2", OutboxState::Waiting, OutboxState::Delivered));
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), (Ids{"b1", "a3"}));
    EXPECT_EQ(outbox().counts().settled, 1);
    EXPECT_EQ(outbox().counts().dead, 0);
}

TEST_P(Sending, OnlyDeadHolds) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-1")});
    auto refused = to(OutboxState::Refused);
    refused.holds = true;
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, refused));
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), Ids{"a2"});
}

TEST_P(Sending, DeadLettersAreFoundByWhatIsKnownOfThemPageByPage) {
    auto other = item("b1", "TA.AG", "case-2");
    other.sourceAgency = "H09";
    other.messageType = "StatusReport";
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-1"),
         item("a3", "H01.5", "case-3"), other, item("open", "H01.5", "case-4")});
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Dead));
    ASSERT_TRUE(close("a2", OutboxState::Waiting, OutboxState::Refused));
    ASSERT_TRUE(close("a3", OutboxState::Waiting, OutboxState::Dead));
    ASSERT_TRUE(close("b1", OutboxState::Waiting, OutboxState::Dead));
    const auto found = [&](const DeadLetterFilter& filter) {
        return idsOf(outbox().deadLetters(filter, 0, 10));
    };
    EXPECT_EQ(found({}), (Ids{"a1", "a2", "a3", "b1"}));
    EXPECT_EQ(found({OutboxState::Dead, "", "", "", ""}), (Ids{"a1", "a3", "b1"}));
    EXPECT_EQ(found({OutboxState::Refused, "", "", "", ""}), Ids{"a2"});
    EXPECT_EQ(found({{}, "H01.5", "", "", ""}), (Ids{"a1", "a2", "a3"}));
    EXPECT_EQ(found({OutboxState::Dead, "H01.5", "", "case-1", ""}), Ids{"a1"});
    EXPECT_EQ(found({{}, "", "H09", "", ""}), Ids{"b1"});
    EXPECT_EQ(found({{}, "", "", "", "StatusReport"}), Ids{"b1"});
    const auto first = outbox().deadLetters({}, 0, 2);
    EXPECT_EQ(idsOf(first), (Ids{"a1", "a2"}));
    EXPECT_EQ(idsOf(outbox().deadLetters({}, first.back().sequence, 2)), (Ids{"a3", "b1"}));
    ASSERT_TRUE(close("a3", OutboxState::Dead, OutboxState::Settled));
    EXPECT_EQ(found({}), (Ids{"a1", "a2", "b1"}));
    EXPECT_EQ(found({OutboxState::Settled, "", "", "", ""}), Ids{"a3"});
    EXPECT_TRUE(found({OutboxState::Settled, "TA.AG", "", "", ""}).empty());
}

TEST_P(Sending, ADeadLetterIsUntoldUntilItsAuthorKnows) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-2")});
    EXPECT_TRUE(outbox().untold(10).empty());
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Dead));
    ASSERT_TRUE(close("a2", OutboxState::Waiting, OutboxState::Refused));
    EXPECT_EQ(idsOf(outbox().untold(10)), (Ids{"a1", "a2"}));
    EXPECT_EQ(idsOf(outbox().untold(1)), Ids{"a1"});
    outbox().authorTold("a1");
    EXPECT_EQ(idsOf(outbox().untold(10)), Ids{"a2"});
    ASSERT_TRUE(close("a2", OutboxState::Refused, OutboxState::Settled));
    EXPECT_TRUE(outbox().untold(10).empty());
    ASSERT_TRUE(outbox().move("a1", OutboxState::Dead, to(OutboxState::Waiting)));
    EXPECT_TRUE(outbox().untold(10).empty());
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Dead));
    EXPECT_EQ(idsOf(outbox().untold(10)), Ids{"a1"}) << "given up once more is news again";
}

TEST_P(Sending, NotesStayWithTheirItem) {
    put({item("a1", "H01.5", "case-1"), item("a2", "H01.5", "case-2")});
    EXPECT_TRUE(outbox().notes("a1").empty());
    outbox().addNote("a1", {kNoon, "lan/1000", "đã gọi"});
    outbox().addNote("a1", {kNoon + 1s, "minh/1001", "gửi giấy"});
    const auto notes = outbox().notes("a1");
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_EQ(notes[0].text, "đã gọi");
    EXPECT_EQ(notes[0].operatorName, "lan/1000");
    EXPECT_EQ(notes[1].at, kNoon + 1s);
    EXPECT_TRUE(outbox().notes("a2").empty());
    EXPECT_TRUE(outbox().notes("unknown").empty());
}

TEST_P(Sending, AnAttemptThatCostNothingIsTakenBack) {
    put({item("a1", "H01.5", "case-1")});
    auto sending = to(OutboxState::Sending);
    sending.countAttempt = true;
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, sending));
    auto back = to(OutboxState::Rendered);
    back.takeBackAttempt = true;
    ASSERT_TRUE(outbox().move("a1", OutboxState::Sending, back));
    EXPECT_EQ(outbox().find("a1")->attempts, 0);
    EXPECT_EQ(outbox().find("a1")->openSince, outbox().find("a1")->createdAt);
}

TEST_P(Sending, AMailboxShowsOnePerCaseWhateverItsState) {
    put({item("a1", "H01.5", "case-1"), item("c1", "TA.AG", "case-1"),
         item("b1", "H01.5", "case-2"), item("a2", "H01.5", "case-1"), item("n1", "H01.5", ""),
         item("n2", "H01.5", "")});
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), (Ids{"a1", "b1", "n1"}));
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 2)), (Ids{"a1", "b1"}));
    for (const OutboxState state : {OutboxState::Sending, OutboxState::Maybe}) {
        ASSERT_TRUE(outbox().move("a1", outbox().find("a1")->state, to(state)));
        EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 1)), Ids{"a1"});
    }
    ASSERT_TRUE(close("a1", OutboxState::Maybe, OutboxState::Delivered));
    EXPECT_EQ(idsOf(outbox().mailbox("H01.5", 10)), (Ids{"b1", "a2", "n1"}));
    EXPECT_TRUE(outbox().mailbox("H09", 10).empty());
}

TEST_P(Sending, IsRenderedOnce) {
    put({item("a1", "H01.5", "case-1")});
    const RenderedDelivery delivery{std::string("<D/>\0", 5), "application/xml", "eyJ9..s", "aa"};
    outbox().rendered("a1", delivery);
    outbox().rendered("a1", delivery);
    RenderedDelivery other = delivery;
    other.bytes = "<E/>";
    other.sha256 = "bb";
    EXPECT_THROW(outbox().rendered("a1", other), gateway::base::Fault);
    EXPECT_THROW(outbox().rendered("unknown", delivery), gateway::base::Fault);
    const auto found = outbox().find("a1");
    EXPECT_EQ(found->state, OutboxState::Rendered);
    EXPECT_EQ(found->renderedBytes, delivery.bytes);
    EXPECT_EQ(found->renderedMediaType, delivery.mediaType);
    EXPECT_EQ(found->renderedHeader, delivery.header);
    EXPECT_EQ(found->renderedSha256, delivery.sha256);
    EXPECT_EQ(found->renderedLength, static_cast<std::int64_t>(delivery.bytes.size()));
    // A list of many items must not bring all their files along.
    for (const OutboxItem& listed :
         {outbox().mailbox("H01.5", 1).at(0), outbox().due(kNoon, 1, kAll).at(0)}) {
        EXPECT_EQ(listed.renderedBytes, "");
        EXPECT_EQ(listed.renderedLength, found->renderedLength);
        EXPECT_EQ(listed.renderedSha256, delivery.sha256);
    }
}

TEST_P(Sending, AClosedItemIsNotRendered) {
    put({item("a1", "H01.5", "case-1")});
    ASSERT_TRUE(close("a1", OutboxState::Waiting, OutboxState::Dead));
    EXPECT_THROW(outbox().rendered("a1", {"<D/>", "application/xml", "", "aa"}),
                 gateway::base::Fault);
    EXPECT_EQ(outbox().find("a1")->state, OutboxState::Dead);
}

TEST_P(Sending, AMoveIsGuardedAndKeepsWhatItIsTold) {
    put({item("a1", "H01.5", "case-1")});
    EXPECT_FALSE(outbox().move("a1", OutboxState::Rendered, to(OutboxState::Sending)));
    EXPECT_THROW((void)outbox().move("unknown", OutboxState::Waiting, to(OutboxState::Dead)),
                 gateway::base::Fault);
    OutboxMove first = to(OutboxState::Sending, kNoon + 1s);
    first.countAttempt = true;
    first.fetched = true;
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, first));
    OutboxMove second = to(OutboxState::Maybe, kNoon + 2s);
    second.fetched = true;
    second.dueAt = kNoon + 1min;
    second.error = "no answer";
    ASSERT_TRUE(outbox().move("a1", OutboxState::Sending, second));
    OutboxItem found = *outbox().find("a1");
    EXPECT_EQ(found.attempts, 1);
    EXPECT_EQ(found.fetchedAt, kNoon + 1s);
    EXPECT_EQ(found.dueAt, kNoon + 1min);
    EXPECT_EQ(found.lastError, "no answer");
    OutboxMove third = to(OutboxState::Delivered, kNoon + 3s);
    third.countAttempt = true;
    third.partnerReceipt = std::string("receipt\0", 8);
    third.partnerReceiptMediaType = "application/json";
    third.partnerReceiptHeader = "eyJ9..s";
    ASSERT_TRUE(outbox().move("a1", OutboxState::Maybe, third));
    found = *outbox().find("a1");
    EXPECT_EQ(found.attempts, 2);
    EXPECT_EQ(found.partnerReceipt, third.partnerReceipt);
    EXPECT_EQ(found.partnerReceiptMediaType, third.partnerReceiptMediaType);
    EXPECT_EQ(found.partnerReceiptHeader, third.partnerReceiptHeader);
    EXPECT_EQ(found.closedAt, kNoon + 3s);
    EXPECT_EQ(found.lastError, "no answer");
    EXPECT_FALSE(outbox().move("a1", OutboxState::Maybe, third));
    // A move without a receipt keeps it; another receipt brings what belongs to it.
    ASSERT_TRUE(outbox().move("a1", OutboxState::Delivered, to(OutboxState::Waiting)));
    EXPECT_EQ(outbox().find("a1")->partnerReceiptHeader, third.partnerReceiptHeader);
    OutboxMove compact = to(OutboxState::Refused);
    compact.partnerReceipt = "a.b.c";
    compact.partnerReceiptMediaType = "application/jose";
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, compact));
    EXPECT_EQ(outbox().deadLetters({}, 0, 1).at(0).partnerReceipt, "a.b.c");
    EXPECT_EQ(outbox().find("a1")->partnerReceiptMediaType, "application/jose");
    EXPECT_EQ(outbox().find("a1")->partnerReceiptHeader, "");
}

TEST_P(Sending, AReSendCountsAttemptsAnew) {
    put({item("a1", "H01.5", "case-1")});
    OutboxMove dies = to(OutboxState::Dead, kNoon);
    dies.countAttempt = true;
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, dies));
    EXPECT_EQ(outbox().find("a1")->attempts, 1);
    ASSERT_TRUE(outbox().move("a1", OutboxState::Dead, to(OutboxState::Waiting, kNoon + 1s)));
    EXPECT_EQ(outbox().find("a1")->attempts, 0);
    EXPECT_FALSE(outbox().find("a1")->closedAt.has_value());
}

TEST_P(Sending, WhatWaitsIsToldByRecipient) {
    EXPECT_TRUE(outbox().waiting().empty());
    const auto made = [](const char* id, const char* recipient, const char* queue, auto age) {
        auto one = item(id, recipient, queue);
        one.createdAt = kNoon - age;
        return one;
    };
    put({made("a1", "H01.5", "case-1", 1min), made("a2", "H01.5", "case-1", 3min),
         made("a3", "H01.5", "case-2", 2min), made("a4", "H01.5", "case-3", 9min),
         made("b1", "TA.AG", "case-1", 4min)});
    ASSERT_TRUE(outbox().move("a3", OutboxState::Waiting, to(OutboxState::Maybe)));
    ASSERT_TRUE(close("a4", OutboxState::Waiting, OutboxState::Delivered));
    OutboxMove dies = to(OutboxState::Dead);
    dies.holds = true;
    ASSERT_TRUE(outbox().move("a1", OutboxState::Waiting, dies));
    const auto waiting = outbox().waiting();
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].recipient, "TA.AG");
    EXPECT_EQ(waiting[0].oldest, kNoon - 4min);
    EXPECT_EQ(waiting[1].recipient, "H01.5");
    EXPECT_EQ(waiting[1].items, 2) << "neither what has arrived nor what holds its case";
    EXPECT_EQ(waiting[1].maybe, 1);
    EXPECT_EQ(waiting[1].oldest, kNoon - 3min);
    EXPECT_EQ(idsOf(outbox().waitingFor("H01.5", 0, 10)), (Ids{"a2", "a3"}));
    const auto first = outbox().waitingFor("H01.5", 0, 1);
    EXPECT_EQ(idsOf(first), Ids{"a2"});
    EXPECT_EQ(idsOf(outbox().waitingFor("H01.5", first.back().sequence, 10)), Ids{"a3"});
    EXPECT_TRUE(outbox().waitingFor("H01", 0, 10).empty());
}

TEST_P(Sending, CountsByState) {
    EXPECT_FALSE(outbox().counts().oldestOpen.has_value());
    const std::pair<const char*, OutboxState> states[] = {
        {"i0", OutboxState::Waiting}, {"i1", OutboxState::Rendered},  {"i2", OutboxState::Sending},
        {"i3", OutboxState::Maybe},   {"i4", OutboxState::Delivered}, {"i5", OutboxState::Refused},
        {"i6", OutboxState::Dead},    {"i7", OutboxState::Dead}};
    for (const auto& [id, state] : states) {
        OutboxItem made = item(id, "H01.5", id);
        made.createdAt = kNoon - 1min;
        put({made});
        if (state != OutboxState::Waiting) {
            ASSERT_TRUE(outbox().move(id, OutboxState::Waiting, to(state)));
        }
    }
    OutboxCounts counts = outbox().counts();
    EXPECT_EQ(counts.waiting, 1);
    EXPECT_EQ(counts.rendered, 1);
    EXPECT_EQ(counts.sending, 1);
    EXPECT_EQ(counts.maybe, 1);
    EXPECT_EQ(counts.delivered, 1);
    EXPECT_EQ(counts.refused, 1);
    EXPECT_EQ(counts.dead, 2);
    EXPECT_EQ(counts.oldestOpen, kNoon - 1min);
    ASSERT_TRUE(outbox().move("i6", OutboxState::Dead, to(OutboxState::Waiting)));
    counts = outbox().counts();
    EXPECT_EQ(counts.waiting, 2);
    EXPECT_EQ(counts.dead, 1);
}
