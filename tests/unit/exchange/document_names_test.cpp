// One official document that is delivered twice, in messages with ids of their own.

#include "gateway/exchange/acts/document_names.h"

#include <algorithm>
#include <optional>
#include <thread>

#include "gateway/document/digest.h"
#include "gateway/exchange/proof/rebuild.h"
#include "tests/unit/exchange/courts_letter.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using Words = std::vector<std::string>;

model::DocumentTransfer letter() {
    auto letter = courtsLetter();
    letter.recipients.emplace_back().code = scenario::kEnforcement;
    return letter;
}

std::size_t deliveriesIn(House& house) {
    std::size_t count = 0;
    house.store.outbox().forEachItem(0, [&](const auto&) { return ++count, true; });
    return count;
}

Words differencesIn(House& house) {
    return rebuild(house.store.cases(), house.store.outbox()).differences;
}

TEST(DocumentNames, TheSameDocumentInAnotherMessageIsDeliveredOnce) {
    House house;
    const auto first = house.send(house.court, letter());
    ASSERT_EQ(first.verdict(), "accepted") << first.body;
    const auto second = house.send(house.court, letter());
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.verdict(), "linked") << second.body;
    EXPECT_NE(second.at("receipt/receiptId"), first.at("receipt/receiptId"));
    EXPECT_EQ(second.at("receipt/notes/0"),
              "document-received-before:" + first.at("receipt/receiptId"));
    EXPECT_EQ(house.send(house.court, letter()).at("receipt/notes/0"),
              second.at("receipt/notes/0"));
    EXPECT_EQ(deliveriesIn(house), 1U);
    EXPECT_EQ(differencesIn(house), Words{});
    // Another sender calls its documents as it likes.
    auto others = letter();
    others.sender.code = scenario::kOtherCourt;
    EXPECT_EQ(house.send(house.otherCourt, others).verdict(), "accepted");
    EXPECT_EQ(deliveriesIn(house), 2U);
}

TEST(DocumentNames, WhoWasNotConnectedTheFirstTimeNeverGetsIt) {
    House house;
    std::optional<trust::Partner> away;
    house.change(scenario::kEnforcement, [&](auto& partner) {
        away = partner;
        partner.agency = "Q99.Q9";
    });
    auto both = letter();
    both.recipients.emplace_back().code = scenario::kProcuracy;
    const auto first = house.send(house.court, both);
    EXPECT_EQ(first.at("receipt/notes/0"), "recipient-not-connected:" + scenario::kEnforcement)
        << first.body;
    house.change("Q99.Q9", [&](auto& partner) { partner = *away; });
    const auto second = house.send(house.court, both);
    EXPECT_EQ(second.verdict(), "linked") << second.body;
    EXPECT_EQ(second.at("receipt/notes/1"), "");
    EXPECT_EQ(toldTo(house, scenario::kEnforcement), Words{});
    EXPECT_EQ(toldTo(house, scenario::kProcuracy), Words{"DocumentTransfer"});
    EXPECT_EQ(differencesIn(house), Words{});
}

TEST(DocumentNames, AFileIsKnownAgainByItsDigest) {
    House house;
    auto enclosed = letter();
    enclosed.attachments.push_back({"a.pdf", "application/pdf", "", 0, "YQ=="});
    ASSERT_EQ(house.send(house.court, enclosed).verdict(), "accepted");
    auto named = letter();
    named.attachments.push_back(
        {"a.pdf", "application/pdf", document::sha256(std::string("a")).hex(), 0, ""});
    EXPECT_EQ(house.send(house.court, named).verdict(), "linked");
    enclosed.attachments.front().content = "Yg==";
    EXPECT_EQ(house.send(house.court, enclosed).code(), "CONFLICT_DOCUMENT");
}

TEST(DocumentNames, OtherContentUnderTheSameNameIsRefused) {
    House house;
    const auto first = house.send(house.court, letter());
    auto other = letter();
    other.subject += " sơ thẩm";
    const auto reply = house.send(house.court, other);
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.code(), "CONFLICT_DOCUMENT");
    EXPECT_TRUE(reply.at("refusal/reasons/0/path").ends_with("documentId")) << reply.body;
    EXPECT_EQ(reply.at("refusal/reasons/0/en"),
              "Document G1 was sent before with other content. Its first receipt: " +
                  first.at("receipt/receiptId") + ".");
    EXPECT_EQ(deliveriesIn(house), 1U);
}

TEST(DocumentNames, WhatIsDoneToADocumentHasANameOfItsOwn) {
    House house;
    ASSERT_EQ(house.send(house.court, letter()).verdict(), "accepted");
    auto update = letter();
    update.business = model::DocumentBusiness::Update;
    update.earlierId = "G1";
    const auto reply = house.send(house.court, update);
    EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(house.send(house.court, update).verdict(), "linked");
    update.subject += " sơ thẩm";
    EXPECT_EQ(house.send(house.court, update).verdict(), "accepted") << "a second update";
    EXPECT_EQ(deliveriesIn(house), 3U);
    EXPECT_EQ(differencesIn(house), Words{});
}

TEST(DocumentNames, OfTwoAtOnceExactlyOneIsDelivered) {
    House house;
    std::vector<Signed> sent;
    for (int i = 0; i < 4; ++i)
        sent.push_back(house.court.json(house.message(house.court, letter())));
    std::vector<Answer> answers(sent.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < sent.size(); ++i)
            threads.emplace_back([&house, &one = sent[i], &answer = answers[i]] {
                answer = house.intake.accept(house.inbound(scenario::kCourt, one));
            });
    }
    Words verdicts;
    for (const auto& answer : answers) verdicts.push_back(house.read(answer).verdict());
    EXPECT_EQ(std::ranges::count(verdicts, "accepted"), 1);
    EXPECT_EQ(std::ranges::count(verdicts, "linked"), std::ssize(verdicts) - 1);
    EXPECT_EQ(deliveriesIn(house), 1U);
    EXPECT_EQ(differencesIn(house), Words{});
}

// Threads may happen to come one after the other: this one does not.
TEST(DocumentNames, WhoseTwinCameWhileItWasJudgedIsLinked) {
    House house;
    int tries = 0;
    house.ledger.onAccept = [&](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        if (++tries == 1) {
            EXPECT_EQ(house.send(house.court, letter()).verdict(), "accepted");
        }
        return std::nullopt;
    };
    EXPECT_EQ(house.send(house.court, letter()).verdict(), "linked");
    EXPECT_EQ(deliveriesIn(house), 1U);
}

TEST(DocumentNames, ADeliveryOfTheFirstThatIsMissingIsFound) {
    House house;
    ASSERT_EQ(house.send(house.court, letter()).verdict(), "accepted");
    ASSERT_EQ(house.send(house.court, letter()).verdict(), "linked");
    support::MemoryStore empty;
    const auto words = rebuild(house.store.cases(), empty.outbox()).differences;
    ASSERT_EQ(words.size(), 1U);
    EXPECT_TRUE(words.front().ends_with("no outbox item although it tells all")) << words.front();
}

TEST(DocumentNames, WhatIsLinkedToNothingIsFound) {
    House house;
    // Somebody has written a name into the store by hand.
    store::Acceptance forged;
    forged.message.agency = scenario::kCourt;
    forged.message.messageId = "never";
    forged.message.receiptId = "rcp-never";
    forged.document = documentNameOf(letter());
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house.store.ledger().accept(forged)));
    ASSERT_EQ(house.send(house.court, letter()).verdict(), "linked");
    const auto words = differencesIn(house);
    EXPECT_TRUE(std::ranges::any_of(words, [](const auto& word) {
        return word.ends_with("names no document that was received before it");
    }));
}

}  // namespace
}  // namespace gateway::exchange::fixture
