// What one agency must not learn, take or hold up of another's.

#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"
#include "gateway/exchange/proof/rebuild.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

constexpr const char* kNumber = "1/2026/HC-ST";

model::DocumentTransfer letterFrom(const std::string& sender, const std::string& recipient) {
    model::DocumentTransfer letter;
    letter.documentId = "G1";
    letter.number = "10";
    letter.notation = "TB";
    letter.subject = "Về việc gửi tài liệu";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = sender;
    letter.recipients.emplace_back().code = recipient;
    return letter;
}

model::Attachment named(const std::string& bytes) {
    model::Attachment file;
    file.fileName = "tai-lieu.pdf";
    file.mediaType = "application/pdf";
    file.sha256 = document::sha256(bytes).hex();
    return file;
}

// What one reads of an answer that does not name the message itself.
std::string toldBy(const scenario::Reply& reply) {
    std::string told = std::to_string(reply.status) + " " + reply.verdict() + " " + reply.code();
    for (const char* place :
         {"receipt/caseId", "receipt/notes/0", "receipt/notes/1", "refusal/reasons/0/path",
          "refusal/reasons/0/vi", "refusal/reasons/0/remedyVi", "refusal/reasons/1/code"})
        told += " | " + reply.at(place);
    return told;
}

// A case in which the committee has no part.
std::string foreignCase(House& house, const std::string& number) {
    auto transfer = transferOf(number);
    for (auto& obligation : transfer.ruling.obligations) obligation.obligatedAgency = "H26.X1";
    EXPECT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    return house.caseNumbered(number).caseId;
}

TEST(Boundaries, WhoGuessesARulingLearnsNothingOfItsCase) {
    House house;
    ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).verdict(), "parked");
    static_cast<void>(foreignCase(house, kNumber));
    EXPECT_TRUE(house.store.outbox().mailbox(scenario::kCommittee, 10).empty())
        << "not even that it was transferred";
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kCommittee), 1U);
    const auto known = house.send(house.committee, scenario::statusOf(kNumber, "BC-2"));
    const auto unknown = house.send(house.committee, scenario::statusOf("9/2026/HC-ST", "BC-3"));
    EXPECT_EQ(known.verdict(), "parked");
    EXPECT_EQ(toldBy(known), toldBy(unknown));
    const auto dry = [&](const std::string& number) {
        const auto message = house.message(house.committee, scenario::statusOf(number, "BC-4"));
        return toldBy(house.send(house.committee, house.committee.json(message), true));
    };
    EXPECT_EQ(dry(kNumber), dry("9/2026/HC-ST"));
    EXPECT_TRUE(rebuild(house.store.cases(), house.store.outbox()).clean());
}

TEST(Boundaries, AForeignCaseIsAsUnknownAsNone) {
    House house;
    auto report = scenario::statusOf("3/2026/HC-ST", "BC-1");
    report.caseReference.caseId = foreignCase(house, kNumber);
    const auto foreign = house.send(house.committee, report);
    report.caseReference.caseId = "case-00000000000000000000000000";
    const auto none = house.send(house.committee, report);
    EXPECT_EQ(foreign.code(), "CASE_UNKNOWN");
    EXPECT_EQ(toldBy(foreign), toldBy(none));
}

TEST(Boundaries, WhoComesIntoACaseHasWrittenBefore) {
    House house;
    auto transfer = transferOf(kNumber);
    for (auto& obligation : transfer.ruling.obligations) {
        obligation.obligatedAgency.clear();
        obligation.obligatedParty = "Chủ tịch Ủy ban nhân dân phường";
    }
    ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "12")).status, 200);
    auto seen = scenario::noticeSeen(kNumber, "TB-1");
    ASSERT_EQ(house.send(house.committee, seen).verdict(), "parked") << "nobody has named it yet";
    const auto notice = house.send(house.enforcement, scenario::noticeOf(kNumber, "TB-1"));
    EXPECT_EQ(notice.at("receipt/notes/0"), "parked-messages-applied");
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kCommittee), 0U);
    EXPECT_NE(house.caseNumbered(kNumber).snapshot.find("acknowledgedOn"), std::string::npos);
    const auto report = rebuild(house.store.cases(), house.store.outbox());
    EXPECT_TRUE(report.clean()) << report.differences.front();
}

TEST(Boundaries, ADigestOpensOnlyWhatItsSenderHasGiven) {
    House house;
    const std::string secret = "bytes of the court's file";
    auto transfer = transferOf(kNumber);
    transfer.ruling.attachments.push_back(named(secret));
    transfer.ruling.attachments.back().content = base::toBase64(secret);
    ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");

    const auto contentOf = [&](const scenario::Agency& sender, const std::string& code) {
        auto letter = letterFrom(code, scenario::kProcuracy);
        letter.attachments.push_back(named(secret));
        EXPECT_EQ(house.send(sender, letter).verdict(), "accepted");
        const auto item = house.store.outbox().mailbox(scenario::kProcuracy, 1).at(0);
        const auto rendered = house.rendering.rendered(*house.snapshots.current(), item);
        store::OutboxMove closed;
        closed.to = OutboxState::Delivered;
        EXPECT_TRUE(house.store.outbox().move(item.itemId, rendered.state, closed));
        return house.read({200, rendered.renderedMediaType, rendered.renderedBytes})
            .at("documentTransfer/attachments/0/content");
    };
    EXPECT_EQ(contentOf(house.committee, scenario::kCommittee), "");
    EXPECT_EQ(contentOf(house.court, scenario::kCourt), base::toBase64(secret));
}

TEST(Boundaries, AnItemIsNobodyElses) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).verdict(), "accepted");
    const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    static_cast<void>(house.rendering.rendered(*house.snapshots.current(), item));
    const auto word = house.committee.word(item.itemId, "something else");
    const auto answer = house.mailbox.close(house.inbound(scenario::kCommittee, word), item.itemId);
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.bytes, "");
    const auto none = house.mailbox.close(house.inbound(scenario::kCommittee, word), "dlv-none");
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(none.bytes, "");
    EXPECT_TRUE(house.ledger.refusals({.channel = "ch-" + scenario::kCommittee}, 0, 1).empty());
}

TEST(Boundaries, WhoDoesNotAnswerHoldsUpNobodyElse) {
    House house;
    for (int n = 1; n <= 12; ++n)
        ASSERT_EQ(house.send(house.court, transferOf(std::to_string(n) + "/2026/HC-ST")).verdict(),
                  "accepted");
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).verdict(),
              "accepted");
    for (const auto* agency : {&scenario::kEnforcement, &scenario::kCourt})
        house.change(*agency, [](trust::Partner& partner) {
            partner.pushUrl = "https://localhost:1/inbox";
        });
    std::vector<std::string> tried;
    house.transport.answer = [&](const Push& push) -> PushOutcome {
        tried.push_back(house.store.outbox().find(push.itemId)->recipient);
        if (tried.back() != scenario::kCourt) return {Reach::NotSent, 0, "", "", "no answer"};
        const auto said = house.court.word(push.itemId, push.bytes);
        return {Reach::Answered, 200, said.mediaType, said.body, ""};
    };
    while (house.dispatcher.runOnce()) {
    }
    EXPECT_EQ(tried, (std::vector<std::string>{scenario::kEnforcement, scenario::kCourt}));
    house.clock.advance(house.limits.firstBackOff);
    while (house.dispatcher.runOnce()) {
    }
    EXPECT_EQ(tried.size(), 3U) << "tried again after its pause, once";
}

}  // namespace
}  // namespace gateway::exchange::fixture
