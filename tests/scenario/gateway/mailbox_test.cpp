// What is told to whom and when it counts as told: parking, linking, mailboxes, dead letters.

#include <algorithm>
#include <thread>

#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"
#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

class Mailboxes : public Town {
  protected:
    void SetUp() override {
        for (const auto* agency : {&court(), &enforcement(), &committee(), &procuracy()})
            ASSERT_GE(agency->emptyMailbox(), 0);
    }
    static std::string stageOf(const std::string& number) {
        return procuracy().ask(questionFor(number)).at("queryAnswer/cases/0/stage");
    }
    static Reply fetch(const Agency& agency, const std::string& item) {
        auto reply = agency.get("/v1/mailbox/" + item);
        EXPECT_EQ(reply.status, 200) << reply.body;
        EXPECT_TRUE(reply.sealed);
        return reply;
    }
    // The type of the only open item, which is then accepted.
    static std::string takeOne(const Agency& agency) {
        const auto items = agency.mailbox();
        EXPECT_EQ(items.children.size(), 1U);
        if (items.children.empty()) return "nothing";
        const auto item = valueAt(items, "0/item");
        const auto delivered = fetch(agency, item);
        EXPECT_EQ(delivered.at("envelope/id"), item);
        EXPECT_EQ(delivered.at("envelope/to"), agency.code());
        EXPECT_EQ(agency.close(item, agency.word(item, delivered.body)).status, 200);
        return delivered.at("envelope/type");
    }
};

TEST_F(Mailboxes, TheWholeRoadOfARuling) {
    const auto number = newNumber();
    ASSERT_EQ(court().send(transferOf(number)).verdict(), "accepted");
    EXPECT_EQ(takeOne(enforcement()), "JudgmentTransfer");
    EXPECT_EQ(stageOf(number), "RECEIVED");
    ASSERT_EQ(enforcement().send(registrationOf(number, "12/2026")).verdict(), "accepted");
    EXPECT_EQ(takeOne(court()), "TransferAcknowledgement");
    EXPECT_EQ(stageOf(number), "REGISTERED");
    ASSERT_EQ(enforcement().send(noticeToday(number, "1/TB-THA")).verdict(), "accepted");
    EXPECT_EQ(takeOne(committee()), "VoluntaryNotice");
    ASSERT_EQ(committee().send(seenToday(number, "1/TB-THA")).verdict(), "accepted");
    EXPECT_EQ(takeOne(enforcement()), "NoticeAcknowledgement");
    ASSERT_EQ(committee().send(statusOf(number, "1/BC")).verdict(), "accepted");
    EXPECT_EQ(takeOne(enforcement()), "StatusReport");
    EXPECT_EQ(takeOne(court()), "MonitoringResult");
    EXPECT_EQ(takeOne(procuracy()), "MonitoringResult");
    ASSERT_EQ(committee().send(completionOf(number, "2/BC")).verdict(), "accepted");
    EXPECT_EQ(takeOne(enforcement()), "CompletionReport");
    EXPECT_EQ(takeOne(court()), "MonitoringResult");
    EXPECT_EQ(takeOne(procuracy()), "MonitoringResult");
    EXPECT_EQ(stageOf(number), "COMPLETED");
}

// E28: annulled, tried again, and replaced by the judgment of the retrial, sent as XML.
TEST_F(Mailboxes, ALaterRulingEndsTheCaseOfTheOneThatItReplaces) {
    const auto earlier = newNumber(), later = newNumber();
    ASSERT_EQ(court().send(transferOf(earlier)).verdict(), "accepted");
    EXPECT_EQ(takeOne(enforcement()), "JudgmentTransfer");
    model::DeclaredAct annulled;
    annulled.type = "CassationDecision";
    annulled.caseReference = caseOf(earlier);
    annulled.content = document::objectNode();
    document::addText(annulled.content, "number", "7/2026/HC-GĐT");
    document::addText(annulled.content, "issuedOn", "2026-06-01");
    document::addText(annulled.content, "outcome", "272.3");
    ASSERT_EQ(court().send(annulled).verdict(), "accepted");
    EXPECT_EQ(stageOf(earlier), "ANNULLED");
    EXPECT_EQ(takeOne(enforcement()), "CassationDecision");
    ASSERT_GE(procuracy().emptyMailbox(), 0);
    auto transfer = transferOf(later);
    transfer.relations.push_back(
        {model::RelationKind::Replaces, kCourt, earlier, transfer.ruling.reference.issuedOn});
    const auto message = court().message(transfer);
    const auto reply = court().send(court().xml(message));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(stageOf(earlier), "SUPERSEDED");
    EXPECT_EQ(stageOf(later), "RECEIVED");
    // One letter in each case; the new ruling itself says what it does.
    std::vector<std::string> told;
    for (auto items = enforcement().mailbox(); !items.children.empty();
         items = enforcement().mailbox()) {
        const auto delivered = fetch(enforcement(), valueAt(items, "0/item"));
        told.push_back(delivered.at("envelope/type"));
        if (told.back() == "LaterRuling") {
            EXPECT_EQ(delivered.at("laterRuling/case/ruling/number"), earlier);
            EXPECT_EQ(delivered.at("laterRuling/later/number"), later);
        } else {
            EXPECT_EQ(delivered.at("judgmentTransfer/relations/0/number"), earlier);
        }
        const auto item = valueAt(items, "0/item");
        EXPECT_EQ(enforcement().close(item, enforcement().word(item, delivered.body)).status, 200);
    }
    std::ranges::sort(told);
    EXPECT_EQ(told, (std::vector<std::string>{"JudgmentTransfer", "LaterRuling"}));
    EXPECT_EQ(takeOne(procuracy()), "LaterRuling");
    EXPECT_EQ(takeOne(court()), "LaterRuling");
}

TEST_F(Mailboxes, AnEarlyMessageWaitsForItsRuling) {
    const auto number = newNumber();
    const auto early = enforcement().message(registrationOf(number, "40/2026"));
    const auto parked = enforcement().send(early);
    ASSERT_EQ(parked.verdict(), "parked") << parked.body;
    EXPECT_EQ(parked.at("receipt/notes/0"), "waits-for-ruling");
    EXPECT_EQ(parked.at("receipt/caseId"), "");
    const auto late = enforcement().message(registrationOf(number, "41/2026"));
    ASSERT_EQ(enforcement().send(late).verdict(), "parked");
    EXPECT_TRUE(court().mailbox().children.empty());

    const auto transferred = court().send(transferOf(number));
    EXPECT_EQ(transferred.verdict(), "accepted");
    EXPECT_EQ(transferred.at("receipt/notes/0"), "parked-messages-applied");
    EXPECT_EQ(stageOf(number), "REGISTERED");
    EXPECT_EQ(takeOne(court()), "TransferAcknowledgement");
    const auto state = procuracy().ask(questionFor(number));
    EXPECT_EQ(state.at("queryAnswer/cases/0/registerNumber"), "40/2026");
    // The first was applied, the second had no place any more, and its sender is told so.
    EXPECT_EQ(takeOne(enforcement()), "JudgmentTransfer");
    const auto items = enforcement().mailbox();
    ASSERT_EQ(items.children.size(), 1U);
    const auto told = fetch(enforcement(), valueAt(items, "0/item"));
    EXPECT_EQ(told.at("monitoringResult/event"), "ParkingEnded");
    EXPECT_EQ(told.at("delivery/sourceMessageId"), late.envelope.id);
    // Its receipt stays what it was.
    EXPECT_EQ(enforcement().send(early).body, parked.body);
}

TEST_F(Mailboxes, ASecondTransferIsLinked) {
    const auto number = newNumber();
    const auto first = court().send(transferOf(number));
    const auto second = court().send(transferOf(number));
    EXPECT_EQ(first.verdict(), "accepted");
    EXPECT_EQ(second.verdict(), "linked");
    EXPECT_EQ(second.at("receipt/caseId"), first.at("receipt/caseId"));
    EXPECT_NE(second.at("receipt/receiptId"), first.at("receipt/receiptId"));
    EXPECT_EQ(takeOne(enforcement()), "JudgmentTransfer");
    EXPECT_TRUE(enforcement().mailbox().children.empty());
    EXPECT_EQ(procuracy().ask(questionFor(number)).at("queryAnswer/cases/0/version"), "2");
}

TEST_F(Mailboxes, AtLeastOnceAndClosedOnce) {
    ASSERT_EQ(court().send(transferOf(newNumber())).verdict(), "accepted");
    const auto items = enforcement().mailbox();
    ASSERT_EQ(items.children.size(), 1U);
    const auto item = valueAt(items, "0/item");
    // Neither listing nor fetching hides it, and the bytes are always the same.
    const auto delivered = fetch(enforcement(), item);
    EXPECT_EQ(fetch(enforcement(), item).body, delivered.body);
    EXPECT_EQ(valueAt(enforcement().mailbox(), "0/item"), item);
    EXPECT_EQ(valueAt(enforcement().mailbox(), "0/sha256"), document::sha256(delivered.body).hex());
    EXPECT_NE(valueAt(enforcement().mailbox(), "0/fetchedAt"), "");

    const auto wrong = enforcement().close(item, enforcement().word(item, "something else"));
    expectRefusal(wrong, 422, "A", "MAPPING_VALUE");
    EXPECT_EQ(valueAt(enforcement().mailbox(), "0/item"), item);

    const auto closed = enforcement().close(item, enforcement().word(item, delivered.body));
    ASSERT_EQ(closed.status, 200) << closed.body;
    EXPECT_EQ(closed.at("verdict"), "accepted");
    EXPECT_TRUE(enforcement().mailbox().children.empty());
    const auto again = enforcement().close(item, enforcement().word(item, delivered.body));
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, closed.body);
    const auto other = enforcement().close(item, enforcement().word(item, delivered.body, "đổi ý"));
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.at("verdict"), "accepted");
}

TEST_F(Mailboxes, RefusedGoesToTheDeadLettersAndTheCaseGoesOn) {
    const auto number = newNumber();
    ASSERT_EQ(court().send(transferOf(number)).verdict(), "accepted");
    ASSERT_EQ(enforcement().send(registrationOf(number, "50/2026")).verdict(), "accepted");
    ASSERT_EQ(enforcement().send(noticeToday(number, "50/TB")).verdict(), "accepted");
    ASSERT_EQ(committee().send(seenToday(number, "50/TB")).verdict(), "accepted");
    // One open item a case: the acknowledgement waits behind the ruling.
    const auto items = enforcement().mailbox();
    ASSERT_EQ(items.children.size(), 1U);
    const auto item = valueAt(items, "0/item");
    EXPECT_EQ(valueAt(items, "0/type"), "JudgmentTransfer");
    const auto delivered = fetch(enforcement(), item);
    const auto refused =
        enforcement().close(item, enforcement().word(item, delivered.body, "thiếu tệp"));
    ASSERT_EQ(refused.status, 200) << refused.body;
    EXPECT_EQ(refused.at("verdict"), "refused");
    EXPECT_EQ(valueAt(enforcement().mailbox(), "0/type"), "NoticeAcknowledgement");

    const auto dead = world().operatorGet("/v1/dead-letters");
    EXPECT_EQ(dead.at("items/0/item"), item);
    EXPECT_EQ(dead.at("items/0/state"), "refused");
    EXPECT_EQ(dead.at("items/0/reason"), "thiếu tệp");

    // The recipient has signed, and the same bytes may get no other word.
    std::string output;
    EXPECT_EQ(world().command({"resend", item, "--reason", "đã bổ sung"}, &output), 1);
    EXPECT_NE(output.find("refused"), std::string::npos) << output;
    EXPECT_EQ(world().operatorGet("/v1/dead-letters").at("items/0/state"), "refused");
    EXPECT_EQ(valueAt(enforcement().mailbox(), "0/type"), "NoticeAcknowledgement");
    const auto other = enforcement().close(item, enforcement().word(item, delivered.body));
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.at("verdict"), "refused");
}

TEST_F(Mailboxes, AStruckTransferGivesWayToTheTrueOne) {
    const auto number = newNumber();
    auto wrong = transferOf(number);
    wrong.ruling.parties.front().name += " (người khác)";
    const auto first = court().send(wrong);
    ASSERT_EQ(first.verdict(), "accepted");
    ASSERT_EQ(enforcement().send(registrationOf(number, "60/2026")).verdict(), "accepted");
    const auto blocked = court().send(transferOf(number));
    expectRefusal(blocked, 409, "A", "CONFLICT_CASE");

    std::string output;
    const auto struck = first.at("receipt/caseId");
    ASSERT_EQ(world().command({"undo-transfer", struck, "--reason", "gửi nhầm"}, &output), 0)
        << output;
    EXPECT_EQ(procuracy().ask(questionFor(number)).at("queryAnswer/cases/0/caseId"), "");
    // Whoever was told of the case hears that it is none any more, behind all that went before.
    EXPECT_EQ(world().operatorGet("/v1/waiting?recipient=" + kEnforcement).at("items/1/type"),
              "DocumentTransfer");
    EXPECT_EQ(takeOne(enforcement()), "JudgmentTransfer");
    const auto letter = fetch(enforcement(), valueAt(enforcement().mailbox(), "0/item"));
    EXPECT_NE(letter.at("documentTransfer/content").find("gửi nhầm"), std::string::npos)
        << letter.body;
    EXPECT_EQ(takeOne(enforcement()), "DocumentTransfer");
    EXPECT_EQ(enforcement().send(registrationOf(number, "61/2026")).verdict(), "parked");

    const auto second = court().send(transferOf(number));
    ASSERT_EQ(second.verdict(), "accepted") << second.body;
    EXPECT_NE(second.at("receipt/caseId"), struck);
    EXPECT_EQ(second.at("receipt/notes/0"), "parked-messages-applied");
    EXPECT_EQ(stageOf(number), "REGISTERED");
    EXPECT_EQ(takeOne(enforcement()), "JudgmentTransfer");
    // The receipt of the struck one stays what it was.
    EXPECT_EQ(court().get("/v1/receipts/" + first.at("receipt/receiptId")).body, first.body);
}

TEST_F(Mailboxes, ALongPollEndsWhenSomethingComes) {
    const auto started = std::chrono::steady_clock::now();
    document::Node items;
    std::thread waiting([&] { items = enforcement().mailbox(25); });
    // Sent while the poll is surely open, or just before: it must be seen either way.
    ASSERT_EQ(court().send(transferOf(newNumber())).verdict(), "accepted");
    waiting.join();
    EXPECT_EQ(items.children.size(), 1U);
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(20));
    EXPECT_TRUE(procuracy().mailbox(1).children.empty());
}

TEST_F(Mailboxes, TheAuthorsOwnBytesTravelAlong) {
    const auto sent = court().xml(court().message(transferOf(newNumber())));
    ASSERT_EQ(court().send(sent).verdict(), "accepted");
    const auto item = valueAt(enforcement().mailbox(), "0/item");
    const auto delivered = fetch(enforcement(), item);
    EXPECT_EQ(delivered.at("delivery/sourceAgency"), kCourt);
    EXPECT_EQ(delivered.at("delivery/originalMediaType"), "application/xml");
    EXPECT_EQ(base::fromBase64(delivered.at("delivery/original")), sent.body);
}

}  // namespace
}  // namespace gateway::scenario
