// What becomes of an acceptance, one outcome at a time.

#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;

class Accepting : public StoreContract {};
RUN_AGAINST_ALL_STORES(Accepting);

TEST_P(Accepting, StoresTheMessageAndFindsItAgain) {
    const Acceptance first = opening("case-1", "m-1");
    const AcceptOutcome outcome = ledger().accept(first);
    ASSERT_TRUE(is<Stored>(outcome));
    EXPECT_EQ(std::get<Stored>(outcome).position, 1);

    for (const auto& found : {ledger().findByKey("TA.AG", "m-1"),
                              ledger().findByBody(first.message.channel, first.message.bodySha256),
                              ledger().findByReceipt(first.message.receiptId)}) {
        ASSERT_TRUE(found.has_value());
        expectSame(*found, withoutBody(first.message));
        EXPECT_EQ(found->position, 1);
        EXPECT_EQ(found->bodyLength, static_cast<std::int64_t>(first.message.body.size()));
    }
    expectSame(*ledger().findWhole("TA.AG", "m-1"), first.message);
    EXPECT_FALSE(ledger().findWhole("TA.AG", "m-2").has_value());
    EXPECT_FALSE(ledger().findByKey("TA.AG", "m-2").has_value());
    EXPECT_FALSE(ledger().findByKey("TA.BL", "m-1").has_value());
    EXPECT_FALSE(ledger().findByBody("another-channel", first.message.bodySha256).has_value());
    EXPECT_FALSE(ledger().findByReceipt("rcp-unknown").has_value());
}

TEST_P(Accepting, TheSameContentGetsWhatWasStored) {
    const Acceptance first = opening("case-1", "m-1");
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    Acceptance again = first;  // an honest re-sign: other bytes, same content
    again.message.bodySha256 = std::string(64, 'a');
    again.message.body = "<BanAn resigned/>";
    again.message.receiptId = "rcp-second";
    again.message.receipt = "another receipt";
    const AcceptOutcome outcome = ledger().accept(again);
    ASSERT_TRUE(is<SameContent>(outcome));
    expectSame(std::get<SameContent>(outcome).message, withoutBody(first.message));
    EXPECT_FALSE(ledger().findByReceipt("rcp-second").has_value());
}

TEST_P(Accepting, OtherContentOrTypeUnderTheSameKeyIsTold) {
    const Acceptance first = opening("case-1", "m-1");
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    Acceptance other = first;
    other.message.contentSha256 = std::string(64, 'b');
    const AcceptOutcome outcome = ledger().accept(other);
    ASSERT_TRUE(is<OtherContent>(outcome));
    expectSame(std::get<OtherContent>(outcome).message, withoutBody(first.message));
    other = first;
    other.message.messageType = "Ping";
    EXPECT_TRUE(is<OtherContent>(ledger().accept(other)));
}

TEST_P(Accepting, TheKeyIsAskedBeforeTheVersion) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
    ASSERT_TRUE(is<Stored>(ledger().accept(following("case-1", "m-2", 1))));
    EXPECT_TRUE(is<SameContent>(ledger().accept(following("case-1", "m-2", 1))));
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(following("case-1", "m-3", 1))));
}

// What the gateway says of a message in another case.
TEST_P(Accepting, WhatFollowsIsWrittenWithItOrNothingIs) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
    Acceptance later = opening("case-2", "m-2", "06/2026/HC-ST");
    for (const auto& wrong : {following("case-1", "own-1", 2), following("case-1", "m-1", 1)}) {
        later.following = {wrong};
        EXPECT_TRUE(is<VersionMoved>(ledger().accept(later)));
        EXPECT_FALSE(cases().find("case-2"));
        EXPECT_FALSE(ledger().findByKey(later.message.agency, "m-2"));
        EXPECT_EQ(cases().find("case-1")->version, 1);
    }
    later.following = {following("case-1", "own-1", 1)};
    later.following.front().outbox = {item("out-1", "H01.5", "case-1")};
    EXPECT_EQ(std::get<Stored>(ledger().accept(later)).position, 2);
    EXPECT_EQ(cases().find("case-2")->version, 1);
    EXPECT_EQ(cases().find("case-1")->version, 2);
    EXPECT_EQ(cases().messagesOf("case-1").back().messageId, "own-1");
    EXPECT_EQ(cases().messagesOf("case-1").back().position, 3);
    EXPECT_TRUE(outbox().find("out-1"));
}

TEST_P(Accepting, AnotherVersionWritesNothing) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
    Acceptance late = following("case-1", "m-2", 2);
    late.outbox = {item("out-1", "H01.5", "case-1")};
    late.attachments = {{"aa", "scan"}};
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(late)));
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(opening("case-1", "m-3"))));
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(following("case-unknown", "m-4", 1))));
    EXPECT_FALSE(ledger().findByKey("TA.AG", "m-2").has_value());
    EXPECT_FALSE(outbox().find("out-1").has_value());
    EXPECT_FALSE(cases().attachment("TA.AG", "aa").has_value());
    EXPECT_EQ(cases().find("case-1")->version, 1);
}

TEST_P(Accepting, AnAliasBelongsToOneCase) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
    const AcceptOutcome outcome = ledger().accept(opening("case-2", "m-2"));
    ASSERT_TRUE(is<AliasTaken>(outcome));
    EXPECT_EQ(std::get<AliasTaken>(outcome).caseId, "case-1");
    EXPECT_FALSE(cases().find("case-2").has_value());

    Acceptance again = following("case-1", "m-3", 1);  // the owner may name it again, and add one
    again.newAliases = {alias("05/2026/HC-ST"), alias("5/2026/HCST")};
    EXPECT_TRUE(is<Stored>(ledger().accept(again)));
    EXPECT_EQ(cases().findByAlias(alias("5/2026/HCST"))->caseId, "case-1");
}

TEST_P(Accepting, ANumberOfARegisterIsOneCases) {
    const auto registered = [](Acceptance one, const char* number) {
        one.caseAfter->registered = number;
        return one;
    };
    auto other = opening("case-2", "m-2");
    other.newAliases = {alias("6/2026/HC-ST")};
    ASSERT_TRUE(is<Stored>(ledger().accept(registered(opening("case-1", "m-1"), "H 2026 7"))));
    ASSERT_TRUE(is<Stored>(ledger().accept(other)));
    EXPECT_FALSE(cases().isRegisteredElsewhere("H 2026 7", "case-1"));
    EXPECT_TRUE(cases().isRegisteredElsewhere("H 2026 7", "case-2"));
    EXPECT_FALSE(cases().isRegisteredElsewhere("H 2026 8", "case-2"));
    EXPECT_FALSE(cases().isRegisteredElsewhere("", "case-1")) << "in no register";

    // Judged before the first was seen.
    EXPECT_TRUE(
        is<VersionMoved>(ledger().accept(registered(following("case-2", "m-3", 1), "H 2026 7"))));
    EXPECT_TRUE(is<Stored>(ledger().accept(registered(following("case-2", "m-3", 1), "H 2027 7"))));
    EXPECT_EQ(cases().find("case-2")->registered, "H 2027 7");
    EXPECT_TRUE(is<Stored>(ledger().accept(registered(following("case-1", "m-4", 1), "H 2026 7"))));
    // Who leaves the number leaves it to others.
    EXPECT_TRUE(is<Stored>(ledger().accept(registered(following("case-1", "m-5", 2), ""))));
    EXPECT_TRUE(is<Stored>(ledger().accept(registered(following("case-2", "m-6", 2), "H 2026 7"))));
}

TEST_P(Accepting, AFreedNameIsSomebodyElsesToTake) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
    Acceptance freeing = following("case-1", "m-2", 1);
    freeing.newAliases.clear();
    freeing.freedAliases = opening("case-1", "m-1").newAliases;
    ASSERT_TRUE(is<Stored>(ledger().accept(freeing)));
    EXPECT_FALSE(cases().findByAlias(freeing.freedAliases.front()).has_value());
    EXPECT_EQ(cases().find("case-1")->version, 2) << "the case itself stays";
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-2", "m-3"))));
    EXPECT_EQ(cases().findByAlias(freeing.freedAliases.front())->caseId, "case-2");
}

TEST_P(Accepting, KeepsAttachmentsByDigest) {
    Acceptance first = opening("case-1", "m-1");
    const std::string scan("%PDF\0\xff", 6);
    first.attachments = {{"aa", scan}, {"bb", ""}};
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    Acceptance second = following("case-1", "m-2", 1);
    second.message.agency = "H01.5";
    second.attachments = {{"aa", scan}};
    ASSERT_TRUE(is<Stored>(ledger().accept(second)));
    EXPECT_EQ(cases().attachment("TA.AG", "aa"), scan);
    EXPECT_EQ(cases().attachment("TA.AG", "bb"), "");
    EXPECT_FALSE(cases().attachment("TA.AG", "cc").has_value());
}

TEST_P(Accepting, ADigestAloneOpensNobodyElsesAttachment) {
    Acceptance first = opening("case-1", "m-1");
    first.attachments = {{"aa", "scan"}};
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    EXPECT_FALSE(cases().attachment("H01.5", "aa").has_value());
    Acceptance second = following("case-1", "m-2", 1);
    second.message.agency = "H01.5";
    second.attachments = {{"aa", "scan"}};
    ASSERT_TRUE(is<Stored>(ledger().accept(second)));
    EXPECT_EQ(cases().attachment("H01.5", "aa"), "scan");
}

TEST_P(Accepting, OurOwnMistakesAreFaultsAndHarmNobody) {
    Acceptance first = opening("case-1", "m-1");
    first.outbox = {item("out-1", "H01.5", "case-1")};
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));

    Acceptance twice = following("case-1", "m-2", 1);
    twice.outbox = {item("out-1", "H01.5", "case-1")};
    EXPECT_THROW((void)ledger().accept(twice), gateway::base::Fault);
    Acceptance jump = following("case-1", "m-3", 1);
    jump.caseAfter->version = 3;
    EXPECT_THROW((void)ledger().accept(jump), gateway::base::Fault);
    Acceptance stray;
    stray.message = message("TA.AG", "m-4");
    stray.message.caseId = "case-unknown";
    EXPECT_THROW((void)ledger().accept(stray), gateway::base::Fault);
    Acceptance sameReceipt;
    sameReceipt.message = message("TA.AG", "m-5");
    sameReceipt.message.receiptId = first.message.receiptId;
    EXPECT_THROW((void)ledger().accept(sameReceipt), gateway::base::Fault);

    for (const char* id : {"m-2", "m-3", "m-4", "m-5"}) {
        EXPECT_FALSE(ledger().findByKey("TA.AG", id).has_value()) << id;
    }
    EXPECT_TRUE(is<Stored>(ledger().accept(following("case-1", "m-2", 1))));
}

TEST_P(Accepting, ADocumentHasItsNameOnce) {
    const auto bringing = [](const char* agency, const char* id, const char* name) {
        Acceptance one;
        one.message = message(agency, id, id);
        one.document = DocumentName{name, std::string(64, 'd')};
        return one;
    };
    EXPECT_FALSE(cases().findDocument("TA.AG", "G1").has_value());
    const auto first = bringing("TA.AG", "m-1", "G1");
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    const auto known = cases().findDocument("TA.AG", "G1");
    ASSERT_TRUE(known.has_value());
    EXPECT_EQ(known->sha256, std::string(64, 'd'));
    EXPECT_EQ(known->messageId, "m-1");
    EXPECT_EQ(known->receiptId, first.message.receiptId);
    EXPECT_FALSE(cases().findDocument("TA.AG", "G2").has_value());
    EXPECT_FALSE(cases().findDocument("TA.BL", "G1").has_value());

    auto again = bringing("TA.AG", "m-2", "G1");
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(again)));
    EXPECT_FALSE(ledger().findByKey("TA.AG", "m-2").has_value()) << "nothing was written";
    again.document.reset();  // linked
    EXPECT_TRUE(is<Stored>(ledger().accept(again)));
    EXPECT_EQ(cases().findDocument("TA.AG", "G1")->messageId, "m-1");
    EXPECT_TRUE(is<Stored>(ledger().accept(bringing("TA.AG", "m-3", "G2"))));
    EXPECT_TRUE(is<Stored>(ledger().accept(bringing("TA.BL", "m-1", "G1"))));
}

TEST_P(Accepting, ADocumentStandsAsTheLastChangeSays) {
    const auto bringing = [](const char* id, const char* name) {
        Acceptance one;
        one.message = message("TA.AG", id, id);
        one.document = DocumentName{name, std::string(64, 'd'), {"H01.5", "VKS.AG"}, {}};
        return one;
    };
    ASSERT_TRUE(is<Stored>(ledger().accept(bringing("m-1", "G1"))));
    auto known = cases().findDocument("TA.AG", "G1").value();
    EXPECT_EQ(known.told, (std::vector<std::string>{"H01.5", "VKS.AG"}));
    EXPECT_EQ(known.endedBy, "");

    auto update = bringing("m-2", "update:G1");
    update.document->changes = {{"TA.AG", "G1", known.version, {"VKS.AG", "THADS.44"}, false}};
    auto late = update, withdrawal = update, beside = update;
    ASSERT_TRUE(is<Stored>(ledger().accept(update)));
    known = cases().findDocument("TA.AG", "G1").value();
    EXPECT_EQ(known.told, (std::vector<std::string>{"VKS.AG", "THADS.44"}));
    EXPECT_EQ(known.messageId, "m-1");
    EXPECT_EQ(known.endedBy, "");

    late.message = message("TA.AG", "m-3", "m-3");
    late.document->name = "update:G1:2";
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(late))) << "it was changed meanwhile";
    EXPECT_FALSE(ledger().findByKey("TA.AG", "m-3").has_value()) << "nothing was written";
    EXPECT_FALSE(cases().findDocument("TA.AG", "update:G1:2").has_value());
    withdrawal.message = message("TA.AG", "m-4", "m-4");
    withdrawal.document->name = "withdrawal:G1";
    withdrawal.document->changes = {{"TA.AG", "G1", known.version, known.told, true}};
    ASSERT_TRUE(is<Stored>(ledger().accept(withdrawal)));
    EXPECT_EQ(cases().findDocument("TA.AG", "G1")->endedBy, withdrawal.message.receiptId);
    EXPECT_EQ(cases().findDocument("TA.AG", "update:G1")->endedBy, "");

    // All of them, by agency and name.
    std::vector<std::string> walked;
    cases().forEachDocument(
        [&](const std::string& agency, const std::string& name, const KnownDocument& document) {
            walked.push_back(agency + " " + name + " " + std::to_string(document.version) + " " +
                             document.endedBy);
            return walked.size() < 2;
        });
    EXPECT_EQ(walked, (std::vector<std::string>{"TA.AG G1 3 " + withdrawal.message.receiptId,
                                                "TA.AG update:G1 1 "}));

    beside.message = message("TA.AG", "m-5", "m-5");
    beside.document->name = "update:G9";
    beside.document->changes.front().name = "G9";
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(beside))) << "there is no such document";
}
