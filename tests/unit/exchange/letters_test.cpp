// Letters: to whom they go, in whose name, and what their receipts say of it.

#include "tests/unit/exchange/courts_letter.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

TEST(Letters, DocumentGoesOnceToEachConnectedRecipient) {
    House house;
    auto document = courtsLetter();
    for (const auto& code : {scenario::kEnforcement, scenario::kEnforcement, std::string("H21.X2"),
                             std::string("Q99.Q9")}) {
        model::Correspondent recipient;
        recipient.code = code;
        document.recipients.push_back(recipient);
    }
    const auto reply = house.send(house.court, document);
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(toldTo(house, scenario::kEnforcement), std::vector<std::string>{"DocumentTransfer"});
    EXPECT_EQ(reply.at("receipt/notes/0"), "recipient-not-connected:H21.X2");
    EXPECT_EQ(reply.at("receipt/notes/1"), "recipient-not-connected:Q99.Q9");
    document.documentId = "G2";
    document.recipients.front().code = "Kính gửi: <b>Sở Tư pháp</b>";
    const auto odd = house.send(house.court, document);
    EXPECT_EQ(odd.at("receipt/notes/0"), "recipient-not-connected:#1") << "no text of the sender's";
}

TEST(Letters, ADocumentDoesNotSpeakForAnotherAgency) {
    House house;
    auto letter = courtsLetter();
    letter.recipients.emplace_back().code = scenario::kProcuracy;
    letter.sender.code = scenario::kOtherCourt;
    const auto reply = house.send(house.court, letter);
    EXPECT_EQ(reply.code(), "FORBIDDEN_SENDER");
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(reply.at("refusal/reasons/0/path").ends_with("sender/code")) << reply.body;
    EXPECT_TRUE(toldTo(house, scenario::kProcuracy).empty());
    // What is no code (blanks, another case, a letter that looks alike, our own address).
    for (const std::string code : {" ", "d01.21", " D01.21", "\u039201.21", "D01\u00a0.21",
                                   "D01..21", "thahc/test", "Tòa án nhân dân"}) {
        letter.sender.code = code;
        const auto refused = house.send(house.court, letter);
        EXPECT_EQ(refused.status, 422) << code;
        EXPECT_TRUE(refused.at("refusal/reasons/0/path").ends_with("sender/code")) << code;
    }
    EXPECT_TRUE(toldTo(house, scenario::kProcuracy).empty());
    letter.sender.code = "000.11.22." + scenario::kCourt;  // an office of its own, unknown here
    EXPECT_EQ(house.send(house.court, letter).verdict(), "accepted");
    EXPECT_EQ(toldTo(house, scenario::kProcuracy).size(), 1U);
    letter.documentId = "G2";
    letter.sender.code = scenario::kCourt;
    letter.recipients.front().code = scenario::kEnforcement;
    EXPECT_EQ(house.send(house.court, letter).verdict(), "accepted");
    EXPECT_EQ(toldTo(house, scenario::kEnforcement).size(), 1U);
}

TEST(Letters, NotesOfAReceiptAreBounded) {
    House house;
    auto document = courtsLetter();
    const auto sent = [&](std::size_t recipients) {
        while (document.recipients.size() < recipients)
            document.recipients.emplace_back().code =
                "Q99.Q" + std::to_string(document.recipients.size());
        document.documentId = "G" + std::to_string(recipients);
        return house.send(house.court, document);
    };
    auto reply = sent(base::kReceiptNotes);
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/31"), "recipient-not-connected:Q99.Q31");
    reply = sent(base::kReceiptNotes + 500);
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/30"), "recipient-not-connected:Q99.Q30");
    EXPECT_EQ(reply.at("receipt/notes/31"), "more:501");
    EXPECT_EQ(reply.at("receipt/notes/32"), "");
}

}  // namespace
}  // namespace gateway::exchange::fixture
