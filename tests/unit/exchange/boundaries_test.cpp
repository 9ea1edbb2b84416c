// What one agency must not learn, take or hold up of another's.

#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"
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
    letter.business = "new";
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

TEST(Boundaries, WhoGuessesARulingLearnsNothingOfItsCase) {
    House house;
    ASSERT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).verdict(), "parked");
    auto transfer = transferOf(kNumber);
    for (auto& obligation : transfer.ruling.obligations)
        obligation.obligatedAgency = scenario::kOtherCourt;
    ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    const auto items = house.store.outbox().mailbox(scenario::kCommittee, 10);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items.front().messageType, "DocumentTransfer");
    EXPECT_EQ(items.front().content.find("caseState"), std::string::npos);
    EXPECT_EQ(items.front().content.find("obligations"), std::string::npos);
    const auto rendered = house.rendering.rendered(*house.snapshots.current(), items.front());
    const auto told = house.read({200, rendered.renderedMediaType, rendered.renderedBytes});
    EXPECT_NE(told.at("documentTransfer/content"), "");
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
    const auto rendered = house.rendering.rendered(*house.snapshots.current(), item);
    const auto word = house.committee.word(item.itemId, "something else");
    const auto answer = house.mailbox.close(house.inbound(scenario::kCommittee, word), item.itemId);
    const auto reply = house.read(answer);
    EXPECT_EQ(reply.code(), "FORBIDDEN_CASE");
    EXPECT_EQ(reply.body.find(rendered.renderedSha256), std::string::npos);
    EXPECT_EQ(reply.at("refusal/reasons/1/code"), "");
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
