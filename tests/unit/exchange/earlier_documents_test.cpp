// Withdrawals, updates and replacements of official documents: whom they reach, and what is left.

#include <algorithm>

#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "tests/unit/exchange/courts_letter.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using model::DocumentBusiness;
using Words = std::vector<std::string>;

class EarlierDocument : public testing::Test {
  protected:
    // The court's letter of that id to those agencies.
    static model::DocumentTransfer letter(const std::string& id, const Words& recipients) {
        auto letter = courtsLetter();
        letter.documentId = id;
        for (const auto& code : recipients) letter.recipients.emplace_back().code = code;
        return letter;
    }
    static model::DocumentTransfer acting(DocumentBusiness business, const std::string& id,
                                          const std::string& earlier, const Words& recipients) {
        auto said = letter(id, recipients);
        said.business = business;
        said.earlierId = earlier;
        return said;
    }
    static model::DocumentTransfer withdrawalOf(const std::string& earlier) {
        return acting(DocumentBusiness::Withdrawal, "W-" + earlier, earlier, {kEnforcement});
    }
    scenario::Reply send(const model::DocumentTransfer& said) {
        return house_.send(house_.court, said);
    }
    std::string sent(const model::DocumentTransfer& said) {
        const auto reply = send(said);
        EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
        return reply.at("receipt/receiptId");
    }
    // Ids of the documents that were ever told to an agency, in order.
    Words lettersTo(const std::string& agency) {
        Words ids;
        house_.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.recipient == agency) {
                const auto content = document::readJson(item.content, document::kOwnBounds);
                ids.push_back(scenario::valueAt(content->root, "documentTransfer/documentId"));
            }
            return true;
        });
        return ids;
    }
    void TearDown() override {
        EXPECT_EQ(rebuild(house_.store.cases(), house_.store.outbox()).differences, differences_);
    }

    static inline const std::string kEnforcement = scenario::kEnforcement;
    static inline const std::string kProcuracy = scenario::kProcuracy;
    static inline const std::string kCommittee = scenario::kCommittee;
    House house_;
    Words differences_;
};

TEST_F(EarlierDocument, AWithdrawalReachesAllWhoGotIt) {
    const auto first = sent(letter("G1", {kEnforcement, kProcuracy}));
    const auto reply = send(withdrawalOf("G1"));
    EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/0"), "document-withdrawal:" + first);
    EXPECT_EQ(reply.at("receipt/notes/1"), "");
    EXPECT_EQ(lettersTo(kEnforcement), (Words{"G1", "W-G1"}));
    EXPECT_EQ(lettersTo(kProcuracy), (Words{"G1", "W-G1"})) << "although it does not name it";
    EXPECT_EQ(lettersTo(kCommittee), Words{});
    // The axis delivers it twice, too.
    const auto again = send(withdrawalOf("G1"));
    EXPECT_EQ(again.verdict(), "linked") << again.body;
    EXPECT_EQ(lettersTo(kProcuracy).size(), 2U);
    // And the first one late.
    const auto late = send(letter("G1", {kEnforcement, kProcuracy}));
    EXPECT_EQ(late.at("receipt/notes/0"), "document-received-before:" + first);
    EXPECT_EQ(late.at("receipt/notes/1"),
              "document-stands-no-more:" + reply.at("receipt/receiptId"));
}

TEST_F(EarlierDocument, WithoutAnotherIdItSpeaksOfItsOwn) {
    const auto first = sent(letter("G1", {kEnforcement}));
    const auto reply = send(acting(DocumentBusiness::Withdrawal, "G1", "", {kEnforcement}));
    EXPECT_EQ(reply.at("receipt/notes/0"), "document-withdrawal:" + first) << reply.body;
    const auto unknown = send(acting(DocumentBusiness::Update, "G2", "", {kEnforcement}));
    EXPECT_EQ(unknown.code(), "DOCUMENT_UNKNOWN");
    EXPECT_EQ(unknown.at("refusal/reasons/0/path"), "/documentTransfer/documentId");
}

TEST_F(EarlierDocument, WhatIsUnknownAndWhatIsAnothersAreToldAlike) {
    auto others = letter("G1", {kEnforcement});
    others.sender.code = scenario::kOtherCourt;
    ASSERT_EQ(house_.send(house_.otherCourt, others).verdict(), "accepted");
    for (const std::string id : {"G1", "G0"}) {
        const auto reply = send(withdrawalOf(id));
        EXPECT_EQ(reply.status, 422);
        EXPECT_EQ(reply.code(), "DOCUMENT_UNKNOWN") << reply.body;
        EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/documentTransfer/earlierId");
        EXPECT_EQ(reply.at("refusal/reasons/0/en"),
                  "No document " + id + " of the sender's was received before.");
        EXPECT_NE(reply.at("refusal/reasons/0/vi").find(id), std::string::npos);
        EXPECT_NE(reply.at("refusal/reasons/0/remedyVi"), "");
    }
    EXPECT_EQ(lettersTo(kEnforcement), Words{"G1"});
    // A withdrawal is no document that can be withdrawn.
    sent(letter("G2", {kEnforcement}));
    sent(withdrawalOf("G2"));
    EXPECT_EQ(send(withdrawalOf("W-G2")).code(), "DOCUMENT_UNKNOWN");
}

TEST_F(EarlierDocument, ASuccessorWithdrawsWhatItsPredecessorHasSent) {
    store::Acceptance before;
    before.message.agency = scenario::kFormerCourt;
    before.message.messageId = "before";
    before.message.receiptId = "rcp-before";
    before.document = store::DocumentName{"G1", "d", {kProcuracy}, {}};
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house_.store.ledger().accept(before)));
    before.message.messageId = "before-2";
    before.message.receiptId = "rcp-before-2";
    before.document->name = "G2";
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house_.store.ledger().accept(before)));
    // What it has called so itself goes before.
    const auto own = sent(letter("G2", {kEnforcement}));
    EXPECT_EQ(send(withdrawalOf("G2")).at("receipt/notes/0"), "document-withdrawal:" + own);
    EXPECT_EQ(lettersTo(kProcuracy), Words{});
    const auto reply = send(withdrawalOf("G1"));
    EXPECT_EQ(reply.at("receipt/notes/0"), "document-withdrawal:rcp-before") << reply.body;
    EXPECT_EQ(lettersTo(kProcuracy), Words{"W-G1"});
    // Nothing in the log stands behind the row that this test has written.
    for (auto& one : rebuild(house_.store.cases(), house_.store.outbox()).differences)
        differences_.push_back(std::move(one));
    EXPECT_TRUE(std::ranges::any_of(differences_, [](const auto& word) {
        return word.ends_with("acts on a document that was not received before it");
    }));
}

TEST_F(EarlierDocument, WhatWasWithdrawnIsNotActedOn) {
    sent(letter("G1", {kEnforcement}));
    const auto withdrawn = sent(withdrawalOf("G1"));
    auto otherwise = withdrawalOf("G1");
    otherwise.businessReason = "Gửi nhầm";
    for (const auto& said : {otherwise, acting(DocumentBusiness::Update, "G1", "", {kEnforcement}),
                             acting(DocumentBusiness::Replacement, "R1", "G1", {kEnforcement})}) {
        const auto reply = send(said);
        EXPECT_EQ(reply.status, 409);
        EXPECT_EQ(reply.code(), "CONFLICT_DOCUMENT_ENDED") << reply.body;
        EXPECT_NE(reply.at("refusal/reasons/0/en").find(withdrawn), std::string::npos);
    }
    EXPECT_EQ(lettersTo(kEnforcement), (Words{"G1", "W-G1"}));
}

TEST_F(EarlierDocument, AnUpdateReachesWhoGotItAndWhomItNames) {
    const auto first = sent(letter("G1", {kEnforcement, kProcuracy}));
    auto update = acting(DocumentBusiness::Update, "U1", "G1", {kCommittee});
    update.receivers.push_back({kProcuracy, model::ReceiverChange::Removed});
    EXPECT_EQ(send(update).at("receipt/notes/0"), "document-update:" + first);
    for (const auto& code : {kEnforcement, kProcuracy})
        EXPECT_EQ(lettersTo(code), (Words{"G1", "U1"})) << code;
    // From now on it stands with the committee, and no more with the procuracy.
    sent(withdrawalOf("G1"));
    EXPECT_EQ(lettersTo(kEnforcement), (Words{"G1", "U1", "W-G1"}));
    EXPECT_EQ(lettersTo(kCommittee), (Words{"U1", "W-G1"}));
    EXPECT_EQ(lettersTo(kProcuracy), (Words{"G1", "U1"}));
    // An update of an id of its own is a document, too.
    EXPECT_EQ(send(acting(DocumentBusiness::Update, "U1", "G1", {kEnforcement})).code(),
              "CONFLICT_DOCUMENT");
    sent(withdrawalOf("U1"));
    EXPECT_EQ(lettersTo(kCommittee), (Words{"U1", "W-G1", "W-U1"}));
}

// Whoever an update adds is not taken away, and an office may be called by the older form of its
// code.
TEST_F(EarlierDocument, AnUpdateTakesAwayWhomItSaysAlone) {
    sent(letter("G1", {kEnforcement, kProcuracy}));
    auto update = acting(DocumentBusiness::Update, "U1", "G1", {kEnforcement});
    update.receivers = {{"000.21.90.G15", model::ReceiverChange::Removed},
                        {kProcuracy, model::ReceiverChange::Added}};
    sent(update);
    auto withdrawal = withdrawalOf("G1");
    withdrawal.recipients.front().code = kCommittee;
    sent(withdrawal);
    EXPECT_EQ(lettersTo(kProcuracy), (Words{"G1", "U1", "W-G1"}));
    EXPECT_EQ(lettersTo(kEnforcement), (Words{"G1", "U1"}));
}

TEST_F(EarlierDocument, AReplacementForSeveralNamesThemInAnyForm) {
    sent(letter("G1", {kEnforcement, kProcuracy, kCommittee}));
    auto said = acting(DocumentBusiness::Replacement, "R1", "", {kEnforcement});
    said.replaces = {{"G1", {"000.21.90.G15"}}, {"G1", {kProcuracy}}};
    sent(said);
    for (const auto& code : {kEnforcement, kProcuracy})
        EXPECT_EQ(lettersTo(code), (Words{"G1", "R1"})) << code;
    auto withdrawal = withdrawalOf("G1");
    withdrawal.recipients.front().code = kCommittee;
    sent(withdrawal);
    EXPECT_EQ(lettersTo(kCommittee), (Words{"G1", "W-G1"}));
    for (const auto& code : {kEnforcement, kProcuracy})
        EXPECT_EQ(lettersTo(code), (Words{"G1", "R1"})) << code << ": with them it stands no more";
}

TEST_F(EarlierDocument, AReplacementStandsInTheirPlace) {
    const auto one = sent(letter("G1", {kEnforcement, kProcuracy}));
    const auto two = sent(letter("G2", {kCommittee}));
    auto said = acting(DocumentBusiness::Replacement, "R1", "G1", {kEnforcement});
    said.replaces = {{"G1", {}}, {"G2", {}}, {"G1", {kProcuracy}}};
    const auto reply = send(said);
    EXPECT_EQ(reply.at("receipt/notes/0"), "document-replacement:" + one) << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/1"), "document-replacement:" + two);
    EXPECT_EQ(reply.at("receipt/notes/2"), "") << "each once";
    for (const auto& code : {kProcuracy, kEnforcement, kCommittee})
        EXPECT_EQ(lettersTo(code).back(), "R1");
    for (const std::string id : {"G1", "G2"}) {
        const auto late = send(withdrawalOf(id));
        EXPECT_EQ(late.code(), "CONFLICT_DOCUMENT_ENDED");
        EXPECT_NE(late.at("refusal/reasons/0/en").find(reply.at("receipt/receiptId")),
                  std::string::npos);
    }
    sent(withdrawalOf("R1"));
    EXPECT_EQ(lettersTo(kCommittee), (Words{"G2", "R1", "W-R1"}));
}

TEST_F(EarlierDocument, AReplacementForSomeLeavesItToTheOthers) {
    sent(letter("G1", {kEnforcement, kProcuracy}));
    auto said = acting(DocumentBusiness::Replacement, "R1", "", {kEnforcement});
    said.replaces = {{"G1", {kEnforcement}}};
    sent(said);
    EXPECT_EQ(lettersTo(kProcuracy), Words{"G1"});
    auto withdrawal = withdrawalOf("G1");
    withdrawal.recipients.front().code = kProcuracy;
    sent(withdrawal);
    EXPECT_EQ(lettersTo(kProcuracy), (Words{"G1", "W-G1"}));
    EXPECT_EQ(lettersTo(kEnforcement), (Words{"G1", "R1"}));
    said.documentId = "R2";
    said.replaces = {{"R1", {kEnforcement}}};
    sent(said);
    EXPECT_EQ(send(withdrawalOf("R1")).code(), "CONFLICT_DOCUMENT_ENDED") << "nobody is left";
    said.documentId = "R3";
    said.replaces = {{"R2", {}}, {"G7", {}}};
    const auto unknown = send(said);
    EXPECT_EQ(unknown.code(), "DOCUMENT_UNKNOWN");
    EXPECT_EQ(unknown.at("refusal/reasons/0/path"), "/documentTransfer/replaces/1/documentId");
    EXPECT_EQ(send(withdrawalOf("R2")).verdict(), "accepted") << "nothing of it was recorded";
}

TEST_F(EarlierDocument, WhoIsNotConnectedAnyMoreIsNamed) {
    sent(letter("G1", {kEnforcement, kProcuracy}));
    house_.change(kProcuracy, [](auto& partner) { partner.agency = "Q99.Q9"; });
    const auto reply = send(withdrawalOf("G1"));
    EXPECT_TRUE(reply.at("receipt/notes/0").starts_with("document-withdrawal:")) << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/1"), "recipient-not-connected:" + kProcuracy);
    EXPECT_EQ(lettersTo(kProcuracy), Words{"G1"});
}

// A dialect without a word for it stands in nobody's way: who has the document hears of it in the
// canonical form, and its author is told to whom that may be new.
TEST_F(EarlierDocument, WhoseFormatHasNoWordForItIsToldInTheCanonicalForm) {
    house_.change(kProcuracy, [](auto& partner) {
        partner.formatsOut = {{"DocumentTransfer", "edxml/edoc"}};
    });
    const auto renderedFor = [this](const std::string& agency) {
        store::OutboxItem last;
        house_.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.recipient == agency) last = item;
            return true;
        });
        return house_.rendering.rendered(*house_.snapshots.current(), last);
    };
    sent(letter("G1", {kEnforcement, kProcuracy}));
    EXPECT_NE(renderedFor(kProcuracy).renderedBytes.find("http://www.go.vn/eDoc"),
              std::string::npos);
    const auto reply = send(withdrawalOf("G1"));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body << reply.at("refusal/reasons/0/en");
    EXPECT_EQ(reply.at("receipt/notes/1"), "delivery-in-canonical-form:" + kProcuracy);
    EXPECT_EQ(reply.at("receipt/notes/2"), "") << "the other one hears it as ever";
    const auto told = renderedFor(kProcuracy);
    EXPECT_EQ(told.renderedMediaType, "application/jose");
    const auto read = house_.read({200, told.renderedMediaType, told.renderedBytes});
    ASSERT_TRUE(read.sealed);
    EXPECT_EQ(read.at("documentTransfer/business"), "withdrawal");
    EXPECT_EQ(read.at("documentTransfer/earlierId"), "G1");
}

// What the log says of a document goes before what the store keeps of it.
TEST_F(EarlierDocument, ARebuildHoldsThemAgainstTheLog) {
    const auto first = sent(letter("G1", {kEnforcement, kProcuracy}));
    auto update = acting(DocumentBusiness::Update, "U1", "G1", {kCommittee});
    update.receivers.push_back({kProcuracy, model::ReceiverChange::Removed});
    sent(update);
    const auto known = house_.store.cases().findDocument(scenario::kCourt, "G1");
    ASSERT_TRUE(known.has_value());
    EXPECT_EQ(known->version, 2);
    EXPECT_TRUE(rebuild(house_.store.cases(), house_.store.outbox()).clean());
    // A change that no message stands behind: whoever is told, its end, how often it was changed.
    store::Acceptance bent;
    bent.message.agency = scenario::kCourt;
    bent.message.messageId = "bent";
    bent.message.receiptId = "rcp-bent";
    bent.document = store::DocumentName{
        "none", "d", {}, {{scenario::kCourt, "G1", known->version, {kEnforcement}, true}}};
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house_.store.ledger().accept(bent)));
    for (auto& one : rebuild(house_.store.cases(), house_.store.outbox()).differences)
        differences_.push_back(std::move(one));
    const auto which = "document of message " + scenario::kCourt + " " + known->messageId + ": ";
    for (const std::string& word :
         {which + "told is '" + kEnforcement + "', by the log '" + kEnforcement + " " + kCommittee +
              "'",
          which + "ended_by is 'rcp-bent', by the log ''", which + "version is '3', by the log '2'",
          "document of message " + scenario::kCourt + " bent: no message in the log brings it"})
        EXPECT_TRUE(std::ranges::find(differences_, word) != differences_.end()) << word;
}

// Threads may happen to come one after the other: this one does not.
TEST_F(EarlierDocument, OfTwoThatWithdrawItAtOnceOneIsTooLate) {
    sent(letter("G1", {kEnforcement}));
    auto otherwise = withdrawalOf("G1");
    otherwise.businessReason = "Gửi nhầm";
    int tries = 0;
    house_.ledger.onAccept = [&](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        if (++tries == 1) {
            EXPECT_EQ(send(otherwise).verdict(), "accepted");
        }
        return std::nullopt;
    };
    EXPECT_EQ(send(withdrawalOf("G1")).code(), "CONFLICT_DOCUMENT_ENDED");
    EXPECT_EQ(lettersTo(kEnforcement), (Words{"G1", "W-G1"}));
}

}  // namespace
}  // namespace gateway::exchange::fixture
