// The smaller parts of the exchange, each by itself.

#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/schema.h"
#include "gateway/document/xml.h"
#include "gateway/exchange/casework/ruling_comparison.h"
#include "gateway/exchange/delivery/kept_reason.h"
#include "gateway/exchange/delivery/reachability.h"
#include "gateway/exchange/desk/attachments.h"
#include "gateway/exchange/desk/reception.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/store/entry_hash.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

model::Payload transferWith(const model::Attachment& attachment) {
    auto transfer = transferOf("1/2026/HC-ST");
    transfer.ruling.attachments.push_back(attachment);
    return transfer;
}

model::Attachment pdf(const std::string& content) {
    model::Attachment attachment;
    attachment.fileName = "a.pdf";
    attachment.mediaType = "application/pdf";
    attachment.content = content;
    return attachment;
}

TEST(Reachability, WhoHasJustFailedGetsOneTurnAtATime) {
    const base::Limits limits;
    Reachability reachability(limits);
    const Reachability::Instant now{};
    for (std::size_t i = 0; i < limits.pushesPerRecipient; ++i)
        EXPECT_TRUE(reachability.takeTurn("H01", now));
    EXPECT_TRUE(reachability.isLeftAlone("H01", now));
    EXPECT_FALSE(reachability.takeTurn("H01", now));
    EXPECT_FALSE(reachability.isLeftAlone("H02", now));
    for (std::size_t i = 0; i < limits.pushesPerRecipient; ++i)
        EXPECT_GT(reachability.failed("H01", now).count(), 0);
    EXPECT_TRUE(reachability.isLeftAlone("H01", now)) << "a pause";
    EXPECT_FALSE(reachability.takeTurn("H01", now));
    const auto later = now + limits.longestBackOff;
    EXPECT_TRUE(reachability.takeTurn("H01", later));
    EXPECT_TRUE(reachability.isLeftAlone("H01", later)) << "one is all it gets";
    EXPECT_EQ(reachability.silentFor("H01", later), limits.longestBackOff);
    reachability.answered("H01");
    EXPECT_TRUE(reachability.takeTurn("H01", later));
    EXPECT_FALSE(reachability.isLeftAlone("H01", later)) << "it answers again";
    EXPECT_EQ(reachability.silentFor("H01", later).count(), 0);
}

TEST(KeptReason, IsOneBoundedPrintableLine) {
    EXPECT_EQ(keptReason("không  thuộc\n\tthẩm quyền \n"), "không thuộc thẩm quyền");
    EXPECT_EQ(keptReason("\x1b[2J\xe2\x80\xae"), "\\u001b[2J\\u202e");
    EXPECT_EQ(keptReason("\xff"), "\\ufffd");
    EXPECT_EQ(keptReason(""), "");
    EXPECT_EQ(keptReason(std::string(base::kKeptReason, 'x')), std::string(base::kKeptReason, 'x'));
    for (std::size_t lead = 0; lead < 3; ++lead) {
        std::string long_(lead, 'x');
        while (long_.size() < 10 * base::kKeptReason) long_ += "ế";
        const auto kept = keptReason(long_);
        EXPECT_LE(kept.size(), base::kKeptReason);
        EXPECT_GT(kept.size(), base::kKeptReason - 6);
        EXPECT_TRUE(kept.ends_with("ế…")) << kept;
    }
}

TEST(Reachability, WhatARecipientAsksForIsKept) {
    const base::Limits limits;
    Reachability reachability(limits);
    const Reachability::Instant now{};
    ASSERT_TRUE(reachability.takeTurn("H01", now));
    EXPECT_EQ(reachability.failed("H01", now, 90s), 90s);
    EXPECT_TRUE(reachability.isLeftAlone("H01", now + 89s));
    EXPECT_FALSE(reachability.isLeftAlone("H01", now + 90s));
    ASSERT_TRUE(reachability.takeTurn("H01", now + 90s));
    EXPECT_EQ(reachability.failed("H01", now, 86'400s), store::kFarthestDue);
}

TEST(Attachments, AreTakenOutAndNamedByDigest) {
    model::Payload payload = transferWith(pdf(base::toBase64("abc")));
    const auto stored = takeAttachments(payload);
    ASSERT_TRUE(stored);
    ASSERT_EQ(stored->size(), 1U);
    EXPECT_EQ(stored->front().bytes, "abc");
    const auto& left = attachmentsOf(payload)->front();
    EXPECT_EQ(left.content, "");
    EXPECT_EQ(left.sha256, document::sha256("abc").hex());
    EXPECT_EQ(left.sizeBytes, 3);
}

TEST(Attachments, MustBeWhatTheySay) {
    const auto codeOf = [](const model::Attachment& attachment) {
        model::Payload payload = transferWith(attachment);
        const auto taken = takeAttachments(payload);
        return taken ? std::string("ok") : std::string(entryOf(taken.error().code).name);
    };
    auto wrong = pdf(base::toBase64("abc"));
    wrong.sha256 = document::sha256("abd").hex();
    EXPECT_EQ(codeOf(wrong), "ATTACHMENT_MISMATCH");
    wrong = pdf(base::toBase64("abc"));
    wrong.sizeBytes = 4;
    EXPECT_EQ(codeOf(wrong), "ATTACHMENT_MISMATCH");
    EXPECT_EQ(codeOf(pdf("no base64!")), "ATTACHMENT_MISMATCH");
    wrong = pdf(base::toBase64("MZ"));
    wrong.mediaType = "application/x-msdownload";
    EXPECT_EQ(codeOf(wrong), "ATTACHMENT_MISMATCH");
    EXPECT_EQ(codeOf(pdf("")), "ok") << "named, to follow on paper";
}

TEST(Attachments, AFileIsAttachedOnce) {
    auto twice = transferWith(pdf(base::toBase64("abc")));
    auto& files = std::get<model::JudgmentTransfer>(twice).ruling.attachments;
    files.push_back(files.front());
    files.back().fileName = "khac.pdf";
    model::Payload payload = twice;
    const auto taken = takeAttachments(payload);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, base::ErrorCode::ATTACHMENT_REPEATED);
    EXPECT_EQ(taken.error().path, "ruling/attachments/1");
    // By digest alone, or once enclosed and once named in the other case.
    files.back().content.clear();
    files.back().sha256 = document::sha256("abc").hex();
    for (char& c : files.back().sha256) c = static_cast<char>(std::toupper(c));
    payload = twice;
    EXPECT_FALSE(takeAttachments(payload));
    files.front() = files.back();
    payload = twice;
    EXPECT_FALSE(takeAttachments(payload));
    files.back().sha256 = document::sha256("abd").hex();
    payload = twice;
    EXPECT_TRUE(takeAttachments(payload));
}

TEST(Attachments, ADigestIsOneInEitherCase) {
    auto file = pdf(base::toBase64("abc"));
    file.sha256 = document::sha256("abc").hex();
    for (char& c : file.sha256) c = static_cast<char>(std::toupper(c));
    model::Payload payload = transferWith(file);
    const auto stored = takeAttachments(payload);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->front().sha256, document::sha256("abc").hex());
    EXPECT_EQ(attachmentsOf(payload)->front().sha256, document::sha256("abc").hex());
}

TEST(Spans, AreSaidInTheUnitThatOneWouldUse) {
    using namespace std::chrono_literals;
    EXPECT_EQ(spanWords(5min), (base::Words{"5 phút", "5 minutes"}));
    EXPECT_EQ(spanWords(1h), (base::Words{"1 giờ", "1 hour"}));
    EXPECT_EQ(spanWords(47h), (base::Words{"47 giờ", "47 hours"}));
    EXPECT_EQ(spanWords(48h), (base::Words{"2 ngày", "2 days"}));
    EXPECT_EQ(spanWords(30 * 24h), (base::Words{"30 ngày", "30 days"}));
    EXPECT_EQ(spanWords(90min), (base::Words{"90 phút", "90 minutes"})) << "not rounded";
    EXPECT_EQ(spanWords(20s), (base::Words{"20 giây", "20 seconds"}));
}

TEST(RulingComparison, NamesWhatDiffersAndNothingElse) {
    auto first = transferOf("1/2026/HC-ST").ruling;
    first.reference.numberNormalised = "1/2026/HC-ST";
    auto second = first;
    second.reference.number = "01/2026/HC-ST ";
    EXPECT_EQ(differingFields(first, second), base::Words()) << "typing does not count";
    second.closedHearing = false;
    EXPECT_EQ(differingFields(first, second), base::Words()) << "no is what was meant by nothing";
    second.clerk = "Trần Thị Thử";
    second.parties.clear();
    EXPECT_EQ(differingFields(first, second).en, "clerk, parties");
    EXPECT_EQ(differingFields(first, second).vi, "thư ký phiên tòa, đương sự");
    EXPECT_EQ(differingFields(second, first).en, "clerk, parties");
    second = first;
    second.reference.issuedOn = base::Date(std::chrono::year(2026) / 3 / 3);
    EXPECT_EQ(differingFields(first, second).en, "reference");
}

TEST(Evidence, XmlFollowsItsPublishedSchema) {
    House house;
    const auto schema =
        document::XmlSchema::load(THAHC_SOURCE_DIR "/mappings/case-model/receipt.xsd");
    const auto check = [&schema](const std::string& bytes) {
        auto document = document::XmlDocument::parse(bytes, {});
        ASSERT_TRUE(document);
        const auto problems = schema->validate(*document);
        EXPECT_TRUE(problems.empty()) << base::render(problems.front()).en << bytes;
    };
    const auto accepted = house.court.xml(house.message(house.court, transferOf("1/2026/HC-ST")));
    check(house.send(house.court, accepted).body);
    auto bad = house.message(house.court, transferOf("2/2026/HC-ST"));
    bad.envelope.to = "somebody/else";
    check(house.send(house.court, house.court.xml(bad)).body);
    check(house.send(house.court, {"<x/>", "application/xml", ""}).body);
}

// The store after somebody has changed it behind our back.
class TamperedCases final : public store::Cases {
  public:
    explicit TamperedCases(store::Cases& real) : real_(real) {}
    std::function<void(store::CaseRecord&)> bendCase = [](store::CaseRecord&) {};
    std::function<void(std::vector<store::TermRow>&)> bendTerms = [](std::vector<store::TermRow>&) {
    };
    std::function<void(store::MessageRecord&)> bendMessage = [](store::MessageRecord&) {};
    std::vector<store::PublishedCase> alsoPublished;

    std::optional<store::CaseRecord> find(std::string_view id) override {
        auto record = real_.find(id);
        if (record) bendCase(*record);
        return record;
    }
    std::optional<store::CaseRecord> findByAlias(const store::CaseAlias& alias) override {
        return real_.findByAlias(alias);
    }
    bool isRegisteredElsewhere(std::string_view registered, std::string_view caseId) override {
        return real_.isRegisteredElsewhere(registered, caseId);
    }
    std::optional<store::KnownDocument> findDocument(std::string_view agency,
                                                     std::string_view name) override {
        return real_.findDocument(agency, name);
    }
    std::vector<store::TermRow> termPage(const store::TermFilter& filter,
                                         const std::optional<store::TermPlace>& after,
                                         std::size_t limit) override {
        return real_.termPage(filter, after, limit);
    }
    std::int64_t termCount(const store::TermFilter& filter) override {
        return real_.termCount(filter);
    }
    std::vector<store::TermRow> termsOf(std::string_view caseId) override {
        auto rows = real_.termsOf(caseId);
        bendTerms(rows);
        return rows;
    }
    std::vector<std::string> dueByClock(std::string_view day, std::size_t skip,
                                        std::size_t limit) override {
        return real_.dueByClock(day, skip, limit);
    }
    std::vector<std::string> toBeRefolded(std::size_t limit) override {
        return real_.toBeRefolded(limit);
    }
    std::vector<store::CaseRecord> select(const store::CaseFilter& filter, std::string_view after,
                                          std::size_t limit) override {
        return real_.select(filter, after, limit);
    }
    std::vector<store::StatisticsCount> count(const store::CaseFilter& filter) override {
        return real_.count(filter);
    }
    std::vector<store::MessageRecord> messagesOf(std::string_view id) override {
        return real_.messagesOf(id);
    }
    store::Histories historiesOf(const std::vector<std::string>& ids, std::size_t mostBytes,
                                 std::string_view askedBy) override {
        return real_.historiesOf(ids, mostBytes, askedBy);
    }
    std::vector<store::MessageRecord> parkedFor(const store::CaseAlias& alias) override {
        return real_.parkedFor(alias);
    }
    std::size_t parkedCount(std::string_view agency) override { return real_.parkedCount(agency); }
    void forEachMessage(std::int64_t after,
                        const std::function<bool(const store::MessageRecord&)>& visit) override {
        real_.forEachMessage(after, [&](store::MessageRecord record) {
            bendMessage(record);
            return visit(record);
        });
    }
    void forEachCase(const std::function<bool(const store::CaseRecord&)>& visit) override {
        real_.forEachCase(visit);
    }
    void forEachAlias(const std::function<bool(const store::NamedCase&)>& visit) override {
        real_.forEachAlias(visit);
    }
    void forEachParked(const std::function<bool(const store::ParkedMessage&)>& visit) override {
        real_.forEachParked(visit);
    }
    void forEachDocument(const DocumentVisit& visit) override { real_.forEachDocument(visit); }
    void forEachPublished(const std::function<bool(const store::PublishedCase&)>& visit) override {
        for (const auto& one : alsoPublished)
            if (!visit(one)) return;
        real_.forEachPublished(visit);
    }
    std::optional<std::int64_t> attachmentSize(std::string_view agency,
                                               std::string_view sha256) override {
        return real_.attachmentSize(agency, sha256);
    }
    std::optional<std::string> attachment(std::string_view agency,
                                          std::string_view sha256) override {
        return real_.attachment(agency, sha256);
    }

  private:
    store::Cases& real_;
};

TEST(Rebuild, FindsWhatWasTamperedWith) {
    House house;
    house.bringToNotice("1/2026/HC-ST");
    TamperedCases cases(house.store.cases());
    const auto clean = rebuild(cases, house.store.outbox());
    EXPECT_TRUE(clean.clean()) << clean.differences.front();
    EXPECT_EQ(clean.messages, 3);
    EXPECT_EQ(clean.cases, 1);

    const auto found = [&] { return rebuild(cases, house.store.outbox()).differences; };
    cases.bendCase = [](store::CaseRecord& record) { record.stage = "COMPLETED"; };
    ASSERT_EQ(found().size(), 1U);
    EXPECT_NE(found().front().find("stage is 'COMPLETED', by the log 'VOLUNTARY'"),
              std::string::npos);
    cases.bendCase = [](store::CaseRecord&) {};
    cases.bendMessage = [](store::MessageRecord& record) { record.body += " "; };
    EXPECT_EQ(found().size(), 6U) << "each row's hash, and the length its receipt states";
    cases.bendMessage = [](store::MessageRecord& record) { record.receipt.back() ^= 1; };
    EXPECT_EQ(found().size(), 3U);
    cases.bendMessage = [](store::MessageRecord& record) {
        record.rulesSha256 = record.bodySha256;
        record.entrySha256 = store::entryHash(record);
    };
    EXPECT_EQ(found().size(), 6U) << "a hash made anew is not the one in the sealed receipt";
    cases.bendMessage = [](store::MessageRecord& record) { record.position += 1; };
    ASSERT_EQ(found().size(), 1U);
    EXPECT_EQ(found().front(), "log: nothing between position 0 and 2");
    cases.bendMessage = [](store::MessageRecord& record) { record.events = "[{}]"; };
    EXPECT_EQ(found().size(), 6U) << "unreadable rows end nothing";
    cases.bendMessage = [](store::MessageRecord&) {};
    cases.bendTerms = [](auto& rows) {
        ASSERT_FALSE(rows.empty());
        rows.front().at.due = "2020-01-01";
    };
    EXPECT_EQ(found().size(), 2U) << "what is listed, and what should be";
    cases.bendTerms = [](auto& rows) { rows.clear(); };
    EXPECT_NE(found().front().find("is not listed as the log has it"), std::string::npos);
    cases.bendTerms = [](auto&) {};
    cases.alsoPublished = {{"case-x", "thads-page", 1}};
    ASSERT_EQ(found().size(), 1U);
    EXPECT_EQ(found().front(),
              "case case-x: is listed as published at thads-page, which is not by the log");
}

TEST(Rebuild, NamesEachMemberOfACase) {
    House house;
    house.bringToNotice("1/2026/HC-ST");
    TamperedCases cases(house.store.cases());
    const auto found = [&](const std::function<void(store::CaseRecord&)>& bend) {
        cases.bendCase = bend;
        const auto differences = rebuild(cases, house.store.outbox()).differences;
        std::string told;
        for (const auto& one : differences) {
            const auto colon = one.find(": ");
            told += (told.empty() ? "" : "; ") + one.substr(colon + 2);
        }
        return told;
    };
    const auto kept = house.caseNumbered("1/2026/HC-ST");
    const auto changed = [](const char* member, const std::string& is, const std::string& want) {
        return std::string(member) + " is '" + is + "', by the log '" + want + "'";
    };
    const std::string name = "leads to case " + kept.caseId + ", which is not called so";
    EXPECT_EQ(found([](auto& record) { record.version = 9; }), changed("version", "9", "3"));
    EXPECT_EQ(found([](auto& record) { record.province = "p"; }),
              changed("province", "p", kept.province));
    EXPECT_EQ(found([](auto& record) { record.firstInstanceCourt = "c"; }),
              changed("first_instance_court", "c", kept.firstInstanceCourt));
    EXPECT_EQ(found([](auto& record) { record.number = "n"; }),
              changed("number", "n", kept.number) + "; " + name);
    EXPECT_EQ(found([](auto& record) { record.court = "c"; }),
              changed("court", "c", kept.court) + "; " + name);
    EXPECT_EQ(found([](auto& record) { record.issuedOn = "d"; }),
              changed("issued_on", "d", kept.issuedOn) + "; " + name);
    EXPECT_EQ(found([](auto& record) { record.snapshot += " "; }),
              "snapshot differs from its events");
    ASSERT_FALSE(kept.agencies.empty());
    const auto& first = kept.agencies.front();
    EXPECT_EQ(found([](auto& record) { record.agencies.erase(record.agencies.begin()); }),
              "agency " + first.agency + " as " + first.role + " is missing");
    EXPECT_EQ(found([](auto& record) {
                  record.agencies.push_back({"H99", "court"});
              }),
              "agency H99 as court is not by the log");
}

TEST(Rebuild, ReceiptsBearOurSeals) {
    House house;
    house.bringToNotice("1/2026/HC-ST");
    const auto ours = house.snapshots.current()->seal->certificate();
    using Found = std::pair<std::size_t, std::int64_t>;
    TamperedCases cases(house.store.cases());
    const auto found = [&](const KnownSeals& seals) -> Found {
        const auto report = rebuild(cases, house.store.outbox(), seals);
        return {report.differences.size(), report.unvouched};
    };
    EXPECT_EQ(found({{ours}, true}), Found(0, 0));
    EXPECT_EQ(found({{ours}, false}), Found(0, 0));
    const auto other = house.court.seal().signer().certificate();
    EXPECT_EQ(found({{other}, true}), Found(3, 3));
    EXPECT_EQ(found({{other}, false}), Found(0, 3)) << "an earlier seal's";
    EXPECT_EQ(found({}), Found(0, 3));
    cases.bendMessage = [](store::MessageRecord& record) {
        auto& sign = record.receipt[record.receipt.rfind('.') + 40];
        sign = sign == 'A' ? 'B' : 'A';
    };
    EXPECT_EQ(found({{ours}, false}), Found(3, 3)) << "our seal does not hold";
}

TEST(Rebuild, NamesAtMostAHundred) {
    House house;
    for (int i = 0; i < 60; ++i)
        ASSERT_EQ(house.send(house.court, model::Ping{"ping"}).verdict(), "accepted");
    TamperedCases cases(house.store.cases());
    cases.bendMessage = [](store::MessageRecord& record) { record.body += " "; };
    const auto report = rebuild(cases, house.store.outbox());
    ASSERT_EQ(report.differences.size(), 101U);
    EXPECT_EQ(report.differences.back(), "and 20 more");
}

TEST(OperatorActs, AreSealedMessagesOfOurOwn) {
    House house;
    auto details = document::objectNode();
    details.children.push_back(document::stringNode("path", "/x"));
    const auto id = house.acts.record("lan/1000", "backup", std::move(details));
    const auto stored = house.ledger.findWhole("thahc/test", id);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->messageType, "OperatorAct");
    EXPECT_TRUE(store::entryHolds(*stored));
    const auto events = eventsOf(*stored);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.front().recordedAt, house.clock.now());
    const auto act = house.read({200, stored->mediaType, stored->body});
    EXPECT_TRUE(act.sealed);
    EXPECT_EQ(act.at("operator"), "lan/1000");
    EXPECT_EQ(act.at("act"), "backup");
    EXPECT_EQ(act.at("details/path"), "/x");
    EXPECT_FALSE(house.acts.resend("lan/1000", "dlv-none", "thử"));
    EXPECT_TRUE(rebuild(house.store.cases(), house.store.outbox()).clean());
}

TEST(OperatorActs, SayWhatTheyWereAbout) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf("1/2026/HC-ST")).status, 200);
    const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).front();
    store::OutboxMove dead;
    dead.to = OutboxState::Dead;
    dead.at = house.clock.now();
    ASSERT_TRUE(house.store.outbox().move(item.itemId, OutboxState::Waiting, dead));
    ASSERT_TRUE(house.acts.resend("lan/1000", item.itemId, "đã nối lại"));
    std::optional<store::MessageRecord> last;
    house.store.cases().forEachMessage(
        0, [&](const store::MessageRecord& record) { return last = record, true; });
    ASSERT_TRUE(last);
    const auto act = house.read({200, last->mediaType, last->body});
    EXPECT_EQ(act.at("act"), "resend");
    EXPECT_EQ(act.at("id"), last->messageId);
    EXPECT_EQ(act.at("at"), base::formatTimestamp(house.clock.now()));
    EXPECT_EQ(act.at("details/item"), item.itemId);
    EXPECT_EQ(act.at("details/recipient"), scenario::kEnforcement);
    EXPECT_EQ(act.at("details/reason"), "đã nối lại");
    EXPECT_EQ(last->agency, "thahc/test");
    EXPECT_EQ(last->channel, "operator");
    EXPECT_EQ(last->receivedAt, house.clock.now());
    EXPECT_EQ(last->bodySha256, document::sha256(last->body).hex());
    EXPECT_EQ(last->receipt, last->body) << "our own word is its own evidence";
    EXPECT_EQ(house.store.outbox().find(item.itemId)->state, OutboxState::Waiting);
}

}  // namespace
}  // namespace gateway::exchange::fixture
