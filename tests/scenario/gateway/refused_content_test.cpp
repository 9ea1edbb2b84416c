// Messages whose signer is known and whose content is refused: class A.

#include <algorithm>

#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"
#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

class RefusedContent : public Town {
  protected:
    static void expectCode(const model::Message& message, const char* code, int status = 422) {
        expectJudged(court().send(message), status, code, court(), message);
        expectJudged(court().send(court().xml(message)), status, code, court(), message);
    }
    static model::Message transfer() { return court().message(transferOf(newNumber())); }
    static std::string pretty(const model::Message& message) {
        return document::writeJsonPretty(mapping::unbindMessage(message));
    }
    // The line, from 1, on which the text stands.
    static std::string lineOf(const std::string& text, const std::string& found) {
        const auto at = text.find(found);
        EXPECT_NE(at, std::string::npos) << found;
        const auto lines = std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
        return std::to_string(lines + 1);
    }
};

TEST_F(RefusedContent, ForAnotherEnvironment) {
    auto message = transfer();
    message.envelope.to = "thahc/production";
    expectCode(message, "ADDRESSEE_OTHER");
}

TEST_F(RefusedContent, TooOldAndFromTheFuture) {
    const auto now = base::SystemClock().now();
    auto old = transfer();
    old.envelope.created = now - std::chrono::hours(24 * 30 + 1);
    expectCode(old, "MESSAGE_TOO_OLD");
    auto early = transfer();
    early.envelope.created = now + std::chrono::minutes(6);
    expectCode(early, "MESSAGE_FROM_FUTURE");
    auto fast = transfer();
    fast.envelope.created = now + std::chrono::minutes(4);
    EXPECT_EQ(court().send(fast).verdict(), "accepted");
}

TEST_F(RefusedContent, TheSameIdWithOtherContent) {
    auto message = transfer();
    const auto receipt = court().send(message);
    ASSERT_EQ(receipt.verdict(), "accepted");
    auto other = message;
    std::get<model::JudgmentTransfer>(other.payload).ruling.subject = "Khác";
    expectJudged(court().send(other), 409, "CONFLICT_MESSAGE_ID", court(), other);
    // The refusal has bound nothing and spoilt nothing.
    EXPECT_EQ(court().send(message).at("receipt/receiptId"), receipt.at("receipt/receiptId"));
    EXPECT_EQ(court().get("/v1/messages?id=" + message.envelope.id).body, receipt.body);
}

TEST_F(RefusedContent, AChannelThatMayNotCarryForTheSigner) {
    const Agency borrowed(world(), kCourt, kOtherCourt + "-channel");
    const auto reply = borrowed.send(transfer());
    expectRefusal(reply, 422, "A", "FORBIDDEN_CHANNEL");
    EXPECT_EQ(reply.at("refusal/signerAgency"), kCourt);
    EXPECT_EQ(reply.at("refusal/channel"), "ch-" + kOtherCourt);
}

TEST_F(RefusedContent, AnotherSenderThanTheSigner) {
    auto message = transfer();
    message.envelope.from = kOtherCourt;
    expectCode(message, "FORBIDDEN_SENDER");
}

TEST_F(RefusedContent, UnknownNodeByLine) {
    auto message = transfer();
    auto text = pretty(message);
    text.insert(text.find("\"kind\""), "\"mauMuc\": \"xanh\",\n");
    const auto reply = court().send(court().signJson(text));
    expectRefusal(reply, 422, "A", "MAPPING_UNKNOWN_NODE");
    EXPECT_EQ(reply.at("refusal/reasons/0/line"), lineOf(text, "mauMuc"));
    EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/judgmentTransfer/ruling/mauMuc");
}

TEST_F(RefusedContent, WrongDateByLine) {
    auto message = transfer();
    auto text = pretty(message);
    text.replace(text.find("2026-03-02"), 10, "2026-02-30");
    const auto reply = court().send(court().signJson(text));
    expectRefusal(reply, 422, "A", "MAPPING_VALUE");
    EXPECT_EQ(reply.at("refusal/reasons/0/line"), lineOf(text, "2026-02-30"));
    EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/judgmentTransfer/ruling/reference/issuedOn");
    EXPECT_NE(reply.at("refusal/reasons/0/vi").find("2026-02-30"), std::string::npos);
}

TEST_F(RefusedContent, XmlAgainstItsSchemaByLine) {
    auto text = xmlOf(transfer());
    text.insert(text.find("<Kind>"), "\n<MauMuc>xanh</MauMuc>");
    const auto reply = court().send(court().signXml(text));
    expectRefusal(reply, 422, "A", "SCHEMA_INVALID");
    EXPECT_EQ(reply.at("refusal/reasons/0/line"), lineOf(text, "MauMuc"));
}

TEST_F(RefusedContent, NoSuchFormat) {
    const auto reply = court().send(court().signJson(R"({"hello":"world"})"));
    expectRefusal(reply, 422, "A", "MAPPING_NO_FORMAT");
    EXPECT_EQ(reply.at("refusal/signerAgency"), kCourt);
}

TEST_F(RefusedContent, TransferAgainWithOtherContent) {
    const auto number = newNumber();
    ASSERT_EQ(court().send(transferOf(number)).verdict(), "accepted");
    auto other = transferOf(number);
    other.ruling.subject = "Khiếu kiện khác";
    other.ruling.obligations.front().text = "Việc khác";
    const auto message = court().message(other);
    const auto reply = court().send(message);
    expectJudged(reply, 409, "CONFLICT_CASE", court(), message);
    const auto words = reply.at("refusal/reasons/0/en");
    EXPECT_NE(words.find("subject"), std::string::npos) << words;
    EXPECT_NE(words.find("obligations"), std::string::npos) << words;
    EXPECT_EQ(words.find("parties"), std::string::npos) << words;
}

TEST_F(RefusedContent, AnActThatTheCaseDoesNotAllow) {
    const auto number = newNumber();
    ASSERT_EQ(court().send(transferOf(number)).verdict(), "accepted");
    const auto early = committee().message(noticeSeen(number, "1/TB"));
    const auto reply = committee().send(early);
    expectJudged(reply, 409, "CONFLICT_STATE", committee(), early);
    const auto words = reply.at("refusal/reasons/0/en");
    EXPECT_NE(words.find("no notice has been issued"), std::string::npos) << words;
    EXPECT_NE(words.find("StatusReport"), std::string::npos) << words;
    EXPECT_EQ(words.find("TransferAcknowledgement"), std::string::npos) << "not its to send";
    ASSERT_EQ(enforcement().send(registrationOf(number, "77")).verdict(), "accepted");
    // Registered twice.
    const auto again = enforcement().message(registrationOf(number, "78"));
    expectJudged(enforcement().send(again), 409, "CONFLICT_STATE", enforcement(), again);
}

TEST_F(RefusedContent, WhatTheLawDoesNotAllowIsToldWithItsArticle) {
    const auto number = newNumber();
    ASSERT_EQ(court().send(transferOf(number, model::Category::H)).verdict(), "accepted");
    const auto message = enforcement().message(noticeToday(number, "2/TB"));
    const auto reply = enforcement().send(message);
    expectJudged(reply, 422, "ACT_REFUSED", enforcement(), message);
    EXPECT_NE(reply.at("refusal/reasons/0/vi").find("NĐ 71/2016 Đ.14.2"), std::string::npos)
        << reply.body;
}

TEST_F(RefusedContent, WhoHasNothingToDoWithTheCase) {
    const auto number = noticedCase("3/TB");
    const auto foreign = agencies().otherCourt.message(transferOf(newNumber()));
    expectJudged(agencies().otherCourt.send(foreign), 422, "FORBIDDEN_CASE", agencies().otherCourt,
                 foreign);
    const auto report = court().message(statusOf(number, "6/BC"));
    expectJudged(court().send(report), 422, "FORBIDDEN_TYPE", court(), report);
    auto elsewhere = statusOf(number, "6/BC");
    elsewhere.caseReference = {};
    elsewhere.caseReference.caseId = "case-00000000000000000000000000";
    const auto lost = committee().message(elsewhere);
    expectJudged(committee().send(lost), 422, "CASE_UNKNOWN", committee(), lost);
}

TEST_F(RefusedContent, AnAgencyThatIsNotInTheDirectory) {
    const auto number = newNumber();
    auto wrong = transferOf(number);
    wrong.ruling.obligations.front().obligatedAgency = "H99.X9";
    const auto message = court().message(wrong);
    expectJudged(court().send(message), 422, "AGENCY_UNKNOWN", court(), message);
}

TEST_F(RefusedContent, ANoticeToWhomTheRulingDoesNotOblige) {
    const auto number = newNumber();
    ASSERT_EQ(court().send(transferOf(number)).verdict(), "accepted");
    ASSERT_EQ(enforcement().send(registrationOf(number, "79")).verdict(), "accepted");
    auto notice = noticeOf(number, "9/TB");
    say(notice, "addressee", std::string("H26.X1"));
    auto message = enforcement().message(notice);
    const auto other = enforcement().send(message);
    expectJudged(other, 409, "CONFLICT_ADDRESSEE", enforcement(), message);
    EXPECT_TRUE(other.at("refusal/reasons/0/path").ends_with("addressee")) << other.body;
    say(notice, "addressee", kProcuracy);
    message = enforcement().message(notice);
    const auto wrongKind = enforcement().send(message);
    expectJudged(wrongKind, 422, "FORBIDDEN_ADDRESSEE", enforcement(), message);
    EXPECT_TRUE(wrongKind.at("refusal/reasons/0/path").ends_with("addressee")) << wrongKind.body;
    // It has got nothing, and sees of the case what it saw before.
    for (const auto& entry : procuracy().mailbox().children)
        EXPECT_NE(valueAt(entry, "type"), "VoluntaryNotice");
    EXPECT_EQ(enforcement().send(noticeOf(number, "9/TB")).verdict(), "accepted");
}

TEST_F(RefusedContent, AnAttachmentThatIsNotWhatItClaims) {
    auto wrong = transferOf(newNumber());
    model::Attachment file;
    file.fileName = "ban-an.pdf";
    file.mediaType = "application/pdf";
    file.sha256 = std::string(64, 'a');
    file.sizeBytes = 3;
    file.content = "YWJj";
    wrong.ruling.attachments.push_back(file);
    const auto message = court().message(wrong);
    expectJudged(court().send(message), 422, "ATTACHMENT_MISMATCH", court(), message);
}

TEST_F(RefusedContent, QuestionsTwiceLateOrWithoutTheRight) {
    const auto number = noticedCase("4/TB");
    const auto question = procuracy().json(procuracy().message(questionFor(number)));
    const auto answer = procuracy().ask(question);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.sealed);
    EXPECT_EQ(answer.at("queryAnswer/cases/0/ruling/number"), number);
    expectRefusal(procuracy().ask(question), 422, "A", "REPLAY");

    auto late = procuracy().message(questionFor(number));
    late.envelope.created -= std::chrono::minutes(6);
    expectJudged(procuracy().ask(procuracy().json(late)), 422, "MESSAGE_TOO_OLD", procuracy(),
                 late);

    // A court that has ended may ask nothing any more.
    const auto ended = agencies().formerCourt.message(questionFor(number));
    expectJudged(agencies().formerCourt.ask(agencies().formerCourt.json(ended)), 422,
                 "FORBIDDEN_TYPE", agencies().formerCourt, ended);
    // Another province's court may ask, and sees nothing.
    const auto nothing = agencies().otherCourt.ask(questionFor(number));
    ASSERT_EQ(nothing.status, 200) << nothing.body;
    EXPECT_EQ(nodeAt(nothing.content, "queryAnswer/cases"), nullptr);

    auto pages = questionFor(number);
    pages.cursor = "bm9uc2Vuc2U";
    const auto lost = procuracy().message(pages);
    expectJudged(procuracy().ask(procuracy().json(lost)), 422, "CURSOR_INVALID", procuracy(), lost);
}

TEST_F(RefusedContent, WhatBelongsToOthersLooksLikeNothing) {
    const auto receipt = court().send(transferOf(newNumber()));
    ASSERT_EQ(receipt.verdict(), "accepted");
    const auto path = "/v1/receipts/" + receipt.at("receipt/receiptId");
    EXPECT_EQ(court().get(path).body, receipt.body);
    expectTransport(agencies().otherCourt.get(path), 404, "HTTP_NOT_FOUND");
    const auto none = agencies().otherCourt.get("/v1/receipts/rcp-00000000000000000000000000");
    expectTransport(none, 404, "HTTP_NOT_FOUND");
    expectTransport(agencies().otherCourt.get("/v1/messages?agency=" + kCourt +
                                              "&id=" + receipt.at("receipt/messageId")),
                    404, "HTTP_NOT_FOUND");
    expectTransport(
        agencies().otherCourt.get("/v1/messages/sha256-" + receipt.at("receipt/bodySha256")), 404,
        "HTTP_NOT_FOUND");
    expectTransport(agencies().otherCourt.get("/v1/mailbox?agency=" + kEnforcement), 404,
                    "HTTP_NOT_FOUND");
    const auto items = enforcement().mailbox(5);
    ASSERT_FALSE(items.children.empty());
    const auto item = valueAt(items, "0/item");
    expectTransport(agencies().otherCourt.get("/v1/mailbox/" + item), 404, "HTTP_NOT_FOUND");
    // Nor can anybody else close it.
    const auto bytes = enforcement().get("/v1/mailbox/" + item).body;
    expectTransport(agencies().otherCourt.close(item, agencies().otherCourt.word(item, bytes)), 404,
                    "HTTP_NOT_FOUND");
    EXPECT_EQ(valueAt(enforcement().mailbox(), "0/item"), item);
}

TEST_F(RefusedContent, DryRunsSayTheSameAndKeepNothing) {
    const auto message = transfer();
    const auto dry = court().post("/v1/messages?dry-run", court().json(message));
    EXPECT_EQ(dry.status, 200);
    EXPECT_EQ(dry.verdict(), "would-accept");
    EXPECT_EQ(dry.at("receipt/entrySha256"), "");
    expectTransport(court().get("/v1/messages?id=" + message.envelope.id), 404, "HTTP_NOT_FOUND");
    auto wrong = transfer();
    wrong.envelope.to = "other/place";
    const auto refused = court().post("/v1/messages?dry-run", court().json(wrong));
    expectJudged(refused, 422, "ADDRESSEE_OTHER", court(), wrong);
    EXPECT_EQ(refused.at("refusal/dryRun"), "true");
}

}  // namespace
}  // namespace gateway::scenario
