#include "gateway/exchange/intake.h"

#include <functional>
#include <thread>

#include "gateway/base/encoding.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/store/entry_hash.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

std::size_t messagesIn(House& house) {
    std::size_t count = 0;
    house.store.cases().forEachMessage(0, [&count](const store::MessageRecord&) {
        ++count;
        return true;
    });
    return count;
}

TEST(Intake, ReceiptSaysWhatWasRecorded) {
    for (const bool xml : {false, true}) {
        House house;
        const auto message = house.message(house.court, transferOf("1/2026/HC-ST"));
        const auto sent = xml ? house.court.xml(message) : house.court.json(message);
        const auto rung = house.bell.seen();
        const auto reply = house.send(house.court, sent);
        ASSERT_EQ(reply.status, 200) << reply.body;
        EXPECT_TRUE(reply.sealed);
        EXPECT_EQ(reply.mediaType, xml ? "application/xml" : "application/jose");
        EXPECT_EQ(reply.verdict(), "accepted");
        EXPECT_EQ(reply.at("receipt/signerAgency"), scenario::kCourt);
        EXPECT_EQ(reply.at("receipt/bodySha256"), document::sha256(sent.body).hex());
        EXPECT_EQ(reply.at("receipt/bodyLength"), std::to_string(sent.body.size()));
        EXPECT_EQ(reply.at("receipt/mappingId"), xml ? "case-model-xml/judgment-transfer@1"
                                                     : "case-model-json/judgment-transfer@1");
        const auto stored = house.ledger.findWhole(scenario::kCourt, message.envelope.id);
        ASSERT_TRUE(stored);
        EXPECT_EQ(stored->receipt, reply.body);
        EXPECT_EQ(stored->body, sent.body);
        EXPECT_TRUE(store::entryHolds(*stored));
        EXPECT_EQ(reply.at("receipt/entrySha256"), stored->entrySha256);
        EXPECT_EQ(reply.at("receipt/contentSha256"), stored->contentSha256);
        EXPECT_EQ(reply.at("receipt/caseId"), house.caseNumbered("1/2026/HC-ST").caseId);
        EXPECT_NE(house.bell.seen(), rung);
        const auto told = house.store.outbox().mailbox(scenario::kEnforcement, 10);
        ASSERT_EQ(told.size(), 1U);
        EXPECT_EQ(told.front().messageType, "JudgmentTransfer");
    }
}

TEST(Intake, SameContentGetsTheSameReceipt) {
    House house;
    const auto message = house.message(house.court, transferOf("1/2026/HC-ST"));
    const auto first = house.court.json(message);
    const auto again = house.court.json(message);
    ASSERT_NE(first.body, again.body) << "ECDSA signs with a fresh number each time";
    const auto receipt = house.send(house.court, first);
    ASSERT_EQ(receipt.status, 200) << receipt.body;
    house.clock.advance(1h);
    EXPECT_EQ(house.send(house.court, first).body, receipt.body);
    EXPECT_EQ(house.send(house.court, again).body, receipt.body);
    EXPECT_EQ(messagesIn(house), 1U);
}

TEST(Intake, OtherContentUnderOneIdIsAConflict) {
    House house;
    auto message = house.message(house.court, transferOf("1/2026/HC-ST"));
    ASSERT_EQ(house.send(house.court, house.court.json(message)).status, 200);
    message.payload = transferOf("2/2026/HC-ST");
    const auto reply = house.send(house.court, house.court.json(message));
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.code(), "CONFLICT_MESSAGE_ID");
    EXPECT_EQ(reply.at("refusal/class"), "A");
    EXPECT_EQ(reply.at("refusal/messageId"), message.envelope.id);
    EXPECT_EQ(messagesIn(house), 1U);
    const auto first = house.store.ledger().findByKey(scenario::kCourt, message.envelope.id);
    for (const char* words : {"vi", "en", "remedyVi", "remedyEn"})
        EXPECT_NE(reply.at(std::string("refusal/reasons/0/") + words).find(first->receiptId),
                  std::string::npos)
            << words << ": a message built anew is told where its first receipt is";
}

TEST(Intake, RefusalBindsNothing) {
    House house;
    auto message = house.message(house.committee, house.noticeSeen("1/2026/HC-ST", "TB-1"));
    ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    const auto early = house.committee.json(message);
    ASSERT_EQ(house.send(house.committee, early).code(), "CONFLICT_STATE");
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf("1/2026/HC-ST", "TB-1")).status, 200);
    EXPECT_EQ(house.send(house.committee, early).verdict(), "accepted")
        << "the same bytes, judged anew";
}

TEST(Intake, DryRunLeavesNothingBehind) {
    House house;
    const auto sent = house.court.json(house.message(house.court, transferOf("1/2026/HC-ST")));
    const auto reply = house.send(house.court, sent, true);
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.verdict(), "would-accept");
    EXPECT_EQ(reply.at("receipt/entrySha256"), "");
    EXPECT_EQ(messagesIn(house), 0U);
    EXPECT_TRUE(house.store.outbox().mailbox(scenario::kEnforcement, 10).empty());
    const auto bad = house.send(house.court, {"{}", "application/jose", ""}, true);
    EXPECT_EQ(bad.at("refusal/dryRun"), "true");
    EXPECT_TRUE(house.ledger.refusals({.channel = "ch-" + scenario::kCourt}, 0, 10).empty());
    EXPECT_EQ(house.send(house.court, sent).verdict(), "accepted");
}

TEST(Intake, UnknownSignerIsToldOfBytesOnly) {
    House house;
    const scenario::Agency stranger(world(), scenario::kCourt, "", "stranger-seal");
    const auto message = house.message(stranger, transferOf("1/2026/HC-ST"));
    const auto sent = stranger.json(message);
    const auto reply = house.send(house.court, sent);
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(reply.sealed);
    EXPECT_EQ(reply.at("refusal/class"), "U");
    EXPECT_EQ(reply.code(), "SIGNER_UNKNOWN");
    for (const char* absent : {"messageId", "messageType", "signerAgency", "reasons/0/path"})
        EXPECT_EQ(reply.at("refusal/" + std::string(absent)), "") << absent;
    EXPECT_EQ(document::writeJson(reply.content).find(message.envelope.id), std::string::npos);
    const auto kept = house.ledger.refusals({.channel = "ch-" + scenario::kCourt}, 0, 10);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept.front().bodySha256, document::sha256(sent.body).hex());
    EXPECT_EQ(kept.front().code, "SIGNER_UNKNOWN");
}

TEST(Intake, EnvelopeMustBeForUsAndFresh) {
    House house;
    const auto reply = [&house](auto bend) {
        auto message = house.message(house.court, model::Ping{"x"});
        bend(message.envelope);
        const auto said = house.send(house.court, house.court.json(message));
        return said.status == 200 ? std::string("ok") : said.code();
    };
    using E = model::Envelope;
    EXPECT_EQ(reply([](E&) {}), "ok");
    EXPECT_EQ(reply([](E& e) { e.to = "thahc/production"; }), "ADDRESSEE_OTHER");
    EXPECT_EQ(reply([](E& e) { e.from = scenario::kOtherCourt; }), "FORBIDDEN_SENDER");
    EXPECT_EQ(reply([](E& e) { e.from = scenario::kCourt; }), "ok");
    const auto now = house.clock.now();
    EXPECT_EQ(reply([&](E& e) { e.created = now - 30 * 24h; }), "ok");
    EXPECT_EQ(reply([&](E& e) { e.created = now - 30 * 24h - 1ms; }), "MESSAGE_TOO_OLD");
    EXPECT_EQ(reply([&](E& e) { e.created = now + 5min; }), "ok");
    EXPECT_EQ(reply([&](E& e) { e.created = now + 5min + 1ms; }), "MESSAGE_FROM_FUTURE");
}

TEST(Intake, TypesAreSentByThoseWhoMay) {
    House house;
    EXPECT_EQ(house.send(house.court, scenario::statusOf("1/2026/HC-ST", "BC-1")).code(),
              "FORBIDDEN_TYPE");
    EXPECT_EQ(house.send(house.committee, transferOf("1/2026/HC-ST")).code(), "FORBIDDEN_TYPE");
}

// Beside its files; the limits of the document still hold for those.
TEST(Intake, OneMessageSaysNoMoreThanItMay) {
    House house;
    const auto refusedAt = [&](const std::string& path, const std::string& limit,
                               const model::Payload& payload) {
        const auto reply = house.send(house.court, payload);
        EXPECT_EQ(reply.code(), "CONTENT_TOO_LARGE") << path;
        EXPECT_TRUE(reply.at("refusal/reasons/0/path").starts_with(path)) << reply.body;
        EXPECT_NE(reply.at("refusal/reasons/0/en").find("limit of " + limit), std::string::npos)
            << reply.at("refusal/reasons/0/en");
        EXPECT_NE(reply.at("refusal/messageId"), "");
    };
    auto transfer = transferOf("1/2026/HC-ST");
    transfer.ruling.subject.assign(house.limits.contentBytes, 'x');
    refusedAt("", "1048576 byte", transfer);
    transfer = transferOf("1/2026/HC-ST");
    model::Attachment file;
    file.fileName = "ban-an.pdf";
    file.mediaType = "application/pdf";
    file.content = base::toBase64(std::string(house.limits.contentBytes, 'x'));
    transfer.ruling.attachments.push_back(file);
    EXPECT_EQ(house.send(house.court, transfer).verdict(), "accepted") << "that is a file";
    transfer.ruling.attachments.resize(101);
    for (auto& one : transfer.ruling.attachments) one.fileName = one.mediaType = "a";
    refusedAt("/judgmentTransfer/ruling/attachments", "100", transfer);
    transfer = transferOf("1/2026/HC-ST");
    while (transfer.ruling.obligations.size() <= house.limits.contentItems)
        transfer.ruling.obligations.push_back(transfer.ruling.obligations.front());
    refusedAt("/judgmentTransfer/ruling/obligations", "1000", transfer);
    model::DocumentTransfer letter;
    letter.documentId = letter.number = letter.notation = letter.subject = "G1";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = scenario::kCourt;
    letter.recipients.resize(1'001);
    for (auto& one : letter.recipients) one.code = scenario::kProcuracy;
    refusedAt("/documentTransfer/recipients", "1000", letter);
}

TEST(Intake, ALettersCopiesTogetherAreBounded) {
    House house([](base::Limits& limits) { limits.letterCopiesBytes = 60'000; });
    model::DocumentTransfer letter;
    letter.documentId = letter.number = letter.notation = letter.subject = "G1";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = scenario::kCourt;
    for (const auto& code : {scenario::kProcuracy, scenario::kEnforcement, scenario::kCommittee})
        letter.recipients.emplace_back().code = code;
    letter.content.assign(10'000, 'x');
    const auto refused = house.send(house.court, letter);
    EXPECT_EQ(refused.code(), "CONTENT_TOO_LARGE");
    EXPECT_TRUE(refused.at("refusal/reasons/0/en").ends_with("limit of 2.")) << refused.body;
    letter.recipients.pop_back();
    EXPECT_EQ(house.send(house.court, letter).verdict(), "accepted");
}

TEST(Intake, FilesCountInALettersCopiesEvenByDigestAlone) {
    House house([](base::Limits& limits) { limits.letterCopiesBytes = 1'000'000; });
    const std::string bytes(200'000, 'x');
    model::DocumentTransfer letter;
    letter.documentId = letter.number = letter.notation = letter.subject = "G1";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = scenario::kCourt;
    letter.recipients.emplace_back().code = scenario::kProcuracy;
    model::Attachment file;
    file.fileName = "a.pdf";
    file.mediaType = "application/pdf";
    file.content = base::toBase64(bytes);
    letter.attachments.push_back(file);
    ASSERT_EQ(house.send(house.court, letter).verdict(), "accepted");
    letter.documentId = "G2";
    // The file is ours now: a small letter that names it weighs as much for each recipient.
    letter.attachments.front().content.clear();
    letter.attachments.front().sha256 = document::sha256(bytes).hex();
    for (const auto& code : {scenario::kEnforcement, scenario::kCommittee})
        letter.recipients.emplace_back().code = code;
    const auto refused = house.send(house.court, letter);
    EXPECT_EQ(refused.code(), "CONTENT_TOO_LARGE");
    letter.recipients.pop_back();
    letter.attachments.front().sha256 = document::sha256("none of ours").hex();
    EXPECT_EQ(house.send(house.court, letter).verdict(), "accepted") << "nothing to enclose";
}

// What was said is answered as it was, however long ago; a trial of it is judged like any other.
TEST(Intake, ARepetitionIsKnownBeforeItIsJudgedAndATrialIsNot) {
    House house;
    const auto sent = house.court.json(house.message(house.court, transferOf("1/2026/HC-ST")));
    const auto receipt = house.send(house.court, sent);
    ASSERT_EQ(receipt.verdict(), "accepted");
    house.clock.advance(house.limits.messageAge + std::chrono::hours(24));
    EXPECT_EQ(house.send(house.court, sent).body, receipt.body);
    const auto trial = house.send(house.court, sent, true);
    EXPECT_NE(trial.body, receipt.body);
    EXPECT_NE(trial.status, 200) << trial.body;
}

TEST(Intake, AnAgencysStoredBytesAreBounded) {
    House house([](base::Limits& limits) { limits.storedBytesPerAgency = 100'000; });
    const auto first = house.court.json(house.message(house.court, transferOf("1/2026/HC-ST")));
    const auto receipt = house.send(house.court, first);
    ASSERT_EQ(receipt.verdict(), "accepted");
    scenario::Reply last;
    int taken = 1;
    while (taken < 100 &&
           (last = house.send(house.court, transferOf(std::to_string(++taken) + "/2026/HC-ST")))
                   .status == 200) {
    }
    EXPECT_EQ(last.status, 422);
    ASSERT_EQ(last.code(), "QUOTA_EXCEEDED") << last.body;
    const auto used = house.ledger.storedBytes(scenario::kCourt);
    EXPECT_GT(used, 50'000);
    EXPECT_LE(used, 100'000);
    const auto words = last.at("refusal/reasons/0/en");
    EXPECT_NE(words.find("quota of 100000 bytes"), std::string::npos) << words;
    EXPECT_NE(last.at("refusal/reasons/0/remedyEn").find("archive"), std::string::npos);
    // A trial tells the same; what is known already is answered as ever; nobody else feels it.
    const auto trial = house.court.json(house.message(house.court, transferOf("200/2026/HC-ST")));
    EXPECT_EQ(house.send(house.court, trial, true).code(), "QUOTA_EXCEEDED");
    EXPECT_EQ(house.send(house.court, first).body, receipt.body);
    EXPECT_EQ(house.send(house.otherCourt, model::Ping{}).status, 200);
    EXPECT_EQ(house.ledger.storedBytes(scenario::kCourt), used) << "a refusal is kept elsewhere";
}

// The header and the body are two signed statements: where both say a thing they must agree.
TEST(Intake, ADetachedHeaderThatContradictsItsBodyIsRefused) {
    House house;
    const auto about = [&](const std::function<void(model::Envelope&)>& bend) {
        auto inBody = house.message(house.court, transferOf("1/2026/HC-ST"));
        auto inHeader = inBody;
        bend(inHeader.envelope);
        auto sent = house.court.detached(inBody);
        sent.detachedHeader = house.court.detachedOver(sent.body, inHeader.envelope);
        return house.send(house.court, sent);
    };
    using namespace std::chrono_literals;
    const std::vector<std::pair<std::string, std::function<void(model::Envelope&)>>> bends = {
        {"to", [](auto& e) { e.to = "other-gateway/test"; }},
        {"type", [](auto& e) { e.type = model::MessageType::Ping; }},
        {"id", [](auto& e) { e.id += "x"; }},
        {"created", [](auto& e) { e.created -= 2s; }}};
    for (const auto& [member, bend] : bends) {
        const auto reply = about(bend);
        EXPECT_EQ(reply.code(), "CLAIM_CONTRADICTED") << member;
        EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/envelope/" + member);
    }
    EXPECT_EQ(about([](auto& e) { e.created += 1s; }).verdict(), "accepted") << "two looks";
}

TEST(Intake, WhatIsPostedToTheWrongAddressIsToldTheRightOne) {
    House house;
    const auto question = house.send(house.procuracy, scenario::questionFor("1/2026/HC-ST"));
    EXPECT_EQ(question.code(), "WRONG_ADDRESS");
    EXPECT_NE(question.at("refusal/reasons/0/vi").find(" /v1/queries."), std::string::npos);
    const auto receipt =
        house.send(house.court, model::DeliveryReceipt{"dlv-1", std::string(64, 'a'),
                                                       model::DeliveryVerdict::Accepted, ""});
    EXPECT_EQ(receipt.code(), "WRONG_ADDRESS");
    EXPECT_NE(receipt.at("refusal/reasons/0/en").find(" /v1/mailbox/{item}/receipt."),
              std::string::npos);
    const auto report = house.ask(house.committee, scenario::statusOf("1/2026/HC-ST", "BC-1"));
    EXPECT_EQ(report.code(), "WRONG_ADDRESS");
    EXPECT_NE(report.at("refusal/reasons/0/vi").find(" /v1/messages."), std::string::npos);
    // Who has no right to it either is told both.
    const auto both = house.ask(house.court, scenario::statusOf("1/2026/HC-ST", "BC-1"));
    EXPECT_EQ(both.code(), "WRONG_ADDRESS");
    EXPECT_EQ(both.at("refusal/reasons/1/code"), "FORBIDDEN_TYPE");
}

TEST(Intake, ChannelMustCarryForTheSigner) {
    House house;
    const auto sent = house.court.json(house.message(house.court, model::Ping{}));
    const auto reply = house.read(house.intake.accept(house.inbound(scenario::kCommittee, sent)));
    EXPECT_EQ(reply.code(), "FORBIDDEN_CHANNEL");
    EXPECT_EQ(reply.at("refusal/class"), "A");
}

// A message that its sender may not send, of some length.
Signed forbidden(House& house, const scenario::Agency& agency, std::size_t length) {
    auto document = transferOf("1/2026/HC-ST");
    document.ruling.subject = std::string(length, 'x');
    return agency.json(house.message(agency, document));
}

TEST(Intake, RefusedBytesOfAnAgencyStayForTheirTime) {
    House house([](base::Limits& limits) {
        limits.refusedBytesPerAgency = 20'000;
        limits.refusedBytesPerChannel = 20'000;
        limits.refusedBytesKept = 600s;
    });
    const auto evidence = forbidden(house, house.committee, 4'000);
    EXPECT_EQ(house.send(house.committee, evidence).code(), "FORBIDDEN_TYPE");
    const auto kept = [&house] {
        const auto all = house.ledger.refusals({.channel = "ch-" + scenario::kCommittee}, 0, 100);
        return all.back().bytes;
    };
    for (int i = 0; i < 20; ++i) {
        const std::string junk = std::to_string(i) + std::string(4'000, '{');
        EXPECT_EQ(house.send(house.committee, {junk, "application/jose", ""}).status, 422);
    }
    EXPECT_EQ(kept(), evidence.body) << "what nobody has signed pushes nothing out";
    // Somebody else brings copies of what the agency has signed.
    for (int i = 0; i < 8; ++i) {
        const auto copy = house.inbound(scenario::kCourt, evidence);
        EXPECT_EQ(house.read(house.intake.accept(copy)).code(), "FORBIDDEN_CHANNEL");
    }
    Answer full;
    int refused = 0;
    for (; full.status != 429 && refused < 10; ++refused)
        full = house.intake.accept(
            house.inbound(scenario::kCommittee, forbidden(house, house.committee, 4'000)));
    EXPECT_EQ(refused, 3) << "of five to seven thousand bytes each";
    EXPECT_EQ(full.bytes, "");
    EXPECT_EQ(full.refused, base::ErrorClass::Transport);
    EXPECT_EQ(full.retryAfter, 601s);
    EXPECT_EQ(kept(), evidence.body);
    // Only what would be refused waits; and it can be asked for without a trace.
    EXPECT_EQ(house.send(house.committee, model::Ping{}).status, 200);
    EXPECT_EQ(house.send(house.committee, evidence, true).code(), "FORBIDDEN_TYPE");
    house.clock.advance(full.retryAfter);
    EXPECT_EQ(house.send(house.committee, forbidden(house, house.committee, 4'000)).code(),
              "FORBIDDEN_TYPE");
    EXPECT_EQ(kept(), "") << "its time was over";
}

TEST(Intake, GivesUpWhenTheCaseNeverRests) {
    House house;
    int tries = 0;
    house.ledger.onAccept = [&tries](const store::Acceptance&) {
        ++tries;
        return store::AcceptOutcome(store::VersionMoved{});
    };
    const auto reply = house.send(house.court, transferOf("1/2026/HC-ST"));
    EXPECT_EQ(reply.code(), "CONFLICT_BUSY");
    EXPECT_EQ(tries, base::kCaseVersionRetries);
}

TEST(Intake, JudgesAgainWhenTheCaseMoved) {
    House house;
    int tries = 0;
    house.ledger.onAccept = [&](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        if (++tries > 1) return std::nullopt;
        // The same ruling by another message comes in between.
        EXPECT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).verdict(), "accepted");
        return store::AcceptOutcome(store::AliasTaken{"x"});
    };
    EXPECT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).verdict(), "linked");
    EXPECT_TRUE(rebuild(house.store.cases(), house.store.outbox()).clean());
}

TEST(Intake, OneMessageFromManyThreadsIsOneCase) {
    House house;
    const auto sent = house.court.json(house.message(house.court, transferOf("1/2026/HC-ST")));
    std::vector<std::string> receipts(12);
    {
        std::vector<std::jthread> threads;
        for (auto& receipt : receipts)
            threads.emplace_back([&house, &sent, &receipt] {
                receipt = house.intake.accept(house.inbound(scenario::kCourt, sent)).bytes;
            });
    }
    for (const auto& receipt : receipts) EXPECT_EQ(receipt, receipts.front());
    EXPECT_EQ(messagesIn(house), 1U);
    EXPECT_EQ(house.caseNumbered("1/2026/HC-ST").version, 1);
}

}  // namespace
}  // namespace gateway::exchange::fixture
