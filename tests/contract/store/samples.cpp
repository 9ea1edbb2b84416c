#include "tests/contract/store/samples.h"

#include <gtest/gtest.h>

#include "gateway/document/digest.h"
#include "gateway/store/entry_hash.h"

namespace gateway::contract {

using namespace gateway::store;

namespace {

std::string digestOf(std::string_view text) { return document::sha256(text).hex(); }

void seal(MessageRecord& record) { record.entrySha256 = entryHash(record); }

}  // namespace

MessageRecord message(std::string_view agency, std::string_view id, std::string_view body) {
    MessageRecord record;
    record.agency = agency;
    record.messageId = id;
    record.messageType = "JudgmentTransfer";
    record.channel = "channel-of-" + record.agency;
    record.signerSha256 = digestOf("certificate of " + record.agency);
    record.bodySha256 = digestOf(body);
    record.contentSha256 = digestOf("content of " + std::string(body));
    record.mediaType = "application/xml";
    record.detachedHeader = "eyJhbGciOiJFUzI1NiJ9..c2ln";
    record.body = body;
    record.receivedAt = kNoon;
    record.decidedAt = kNoon + std::chrono::milliseconds(7);
    record.mappingId = "court-a/judgment-1";
    record.mappingSha256 = digestOf("mapping");
    record.rulesSha256 = digestOf("rules");
    record.events = R"([{"type":"Registered"}])";
    record.receiptId = "rcp-" + record.agency + "-" + record.messageId;
    record.receipt = std::string("<Receipt/>\0\xff", 12);
    record.receiptMediaType = "application/xml";
    seal(record);
    return record;
}

CaseRecord caseFile(std::string_view caseId) {
    CaseRecord record;
    record.caseId = caseId;
    record.version = 1;
    record.court = "TA.AG";
    record.firstInstanceCourt = "TA.AG.KV1";
    record.province = "VN-44";
    record.number = "05/2026/HC-ST";
    record.issuedOn = "2026-09-15";
    record.stage = "transferred";
    record.snapshot = R"({"stage":"transferred"})";
    record.agencies = {{"H01.5", "obligated"}, {"TA.AG", "court"}};
    return record;
}

Acceptance opening(std::string_view caseId, std::string_view messageId, std::string_view number) {
    Acceptance acceptance;
    acceptance.message = message("TA.AG", messageId, "<BanAn>" + std::string(number) + "</BanAn>");
    acceptance.message.caseId = caseId;
    acceptance.message.caseVersion = 1;
    seal(acceptance.message);
    acceptance.caseAfter = caseFile(caseId);
    acceptance.caseAfter->number = number;
    acceptance.newAliases = {alias(number)};
    return acceptance;
}

Acceptance following(std::string_view caseId, std::string_view messageId, std::int64_t version) {
    Acceptance acceptance = opening(caseId, messageId);
    acceptance.message.messageType = "StatusReport";
    acceptance.message.caseVersion = version + 1;
    seal(acceptance.message);
    acceptance.caseAfter->version = version + 1;
    acceptance.caseAfter->stage = "registered";
    acceptance.expectedVersion = version;
    acceptance.newAliases.clear();
    return acceptance;
}

OutboxItem item(std::string_view itemId, std::string_view recipient, std::string_view caseId) {
    OutboxItem made;
    made.itemId = itemId;
    made.recipient = recipient;
    made.caseId = caseId;
    made.messageType = "VoluntaryNotice";
    made.content = R"({"voluntaryNotice":{}})";
    made.sourceAgency = "TA.AG";
    made.sourceMessageId = "m-1";
    made.createdAt = kNoon;
    made.dueAt = kNoon;
    return made;
}

CaseAlias alias(std::string_view number) { return {"TA.AG", std::string(number), "2026-09-15"}; }

MessageRecord withoutBody(MessageRecord message) {
    message.body.clear();
    return message;
}

void expectSame(const MessageRecord& actual, const MessageRecord& expected) {
    EXPECT_EQ(actual.agency, expected.agency);
    EXPECT_EQ(actual.messageId, expected.messageId);
    EXPECT_EQ(actual.messageType, expected.messageType);
    EXPECT_EQ(actual.channel, expected.channel);
    EXPECT_EQ(actual.signerSha256, expected.signerSha256);
    EXPECT_EQ(actual.bodySha256, expected.bodySha256);
    EXPECT_EQ(actual.contentSha256, expected.contentSha256);
    EXPECT_EQ(actual.mediaType, expected.mediaType);
    EXPECT_EQ(actual.detachedHeader, expected.detachedHeader);
    EXPECT_EQ(actual.body, expected.body);
    EXPECT_EQ(actual.receivedAt, expected.receivedAt);
    EXPECT_EQ(actual.decidedAt, expected.decidedAt);
    EXPECT_EQ(actual.caseId, expected.caseId);
    EXPECT_EQ(actual.caseVersion, expected.caseVersion);
    EXPECT_EQ(actual.mappingId, expected.mappingId);
    EXPECT_EQ(actual.mappingSha256, expected.mappingSha256);
    EXPECT_EQ(actual.rulesSha256, expected.rulesSha256);
    EXPECT_EQ(actual.events, expected.events);
    EXPECT_EQ(actual.entrySha256, expected.entrySha256);
    EXPECT_EQ(actual.receiptId, expected.receiptId);
    EXPECT_EQ(actual.receipt, expected.receipt);
    EXPECT_EQ(actual.receiptMediaType, expected.receiptMediaType);
}

}  // namespace gateway::contract
