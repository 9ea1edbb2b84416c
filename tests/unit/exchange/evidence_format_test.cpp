// Receipts and refusals in the format and with the codes of who gets them.

#include <gtest/gtest.h>

#include <tuple>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/trust/unsealed.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

class EvidenceFormat : public testing::Test {
  protected:
    void choose(const std::string& agency, const std::string& format) {
        house.change(agency, [&](trust::Partner& partner) {
            partner.formatsOut = {{"Receipt", format + "/receipt"},
                                  {"Refusal", format + "/refusal"}};
        });
    }
    Answer answered(const scenario::Agency& agency, const Signed& message) {
        return house.intake.accept(house.inbound(agency.code(), message));
    }
    /// What is sealed in it, by the gateway.
    std::string saidIn(const Answer& answer) {
        const auto seal = house.snapshots.current()->seal->certificate();
        EXPECT_TRUE(scenario::sealIsGood(answer.bytes, seal)) << answer.bytes;
        const auto content = trust::unsealed({answer.bytes, answer.mediaType, {}}, {});
        EXPECT_TRUE(content.ok());
        const auto& root = content->content.tree.root;
        return answer.mediaType == "application/xml" ? document::writeXml(root)
                                                     : document::writeJson(root);
    }
    static testing::AssertionResult has(const std::string& text, const std::string& part) {
        if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
        return testing::AssertionFailure() << part << " is not in " << text;
    }

    House house;
};

TEST_F(EvidenceFormat, ACourtReadsItsOwnXmlAndTheCanonicalOneIsKept) {
    choose(scenario::kCourt, "court-xml");
    const auto message = house.message(house.court, model::Ping{"thử"});
    const auto sent = house.court.xml(message);
    const auto first = answered(house.court, sent);
    EXPECT_EQ(first.status, 200);
    const auto told = saidIn(first);
    EXPECT_TRUE(has(told, "<BienNhan xmlns=\"urn:toa-an:trao-doi:1\" phienBan=\"1.0\">"));
    EXPECT_TRUE(has(told, "<KetLuan>DA_NHAN</KetLuan>"));
    EXPECT_TRUE(has(told, "<MaThongDiep>" + message.envelope.id + "</MaThongDiep>"));
    const auto kept = house.store.ledger().findByKey(scenario::kCourt, message.envelope.id);
    ASSERT_TRUE(kept);
    EXPECT_TRUE(has(told, "<MaBienNhan>" + kept->receiptId + "</MaBienNhan>"));
    const auto whole = house.store.ledger().findWhole(scenario::kCourt, message.envelope.id);
    EXPECT_TRUE(has(whole->receipt, "<ReceiptId>" + kept->receiptId + "</ReceiptId>"));
    // Sent again it is told the same, in the same words.
    EXPECT_EQ(saidIn(answered(house.court, sent)), told);
    // Of the other family no mapping of it speaks: the canonical answer is better than none.
    const auto json =
        answered(house.court, house.court.json(house.message(house.court, model::Ping{"b"})));
    EXPECT_TRUE(has(saidIn(json), "{\"receipt\":{"));
}

TEST_F(EvidenceFormat, ACommitteeReadsItsOwnCodes) {
    choose(scenario::kCommittee, "committee-json");
    auto text = scenario::jsonOf(house.message(house.committee, model::Ping{"thử"}));
    text.insert(text.find("\"text\""), "\"extra\":\"x\",");
    const auto refused = answered(house.committee, house.committee.signJson(text));
    EXPECT_EQ(refused.status, 422);
    const auto told = saidIn(refused);
    EXPECT_TRUE(has(told, R"({"loai_thong_diep":"TU_CHOI")"));
    EXPECT_TRUE(has(told, R"("loi":[{"ma_loi":"E105","vi_tri":"/ping/extra")"));
    EXPECT_TRUE(has(told, R"("ma_bam_noi_dung":")"));
    // Of a question, too.
    const auto question = house.inquiry.ask(
        house.inbound(scenario::kCommittee,
                      house.committee.json(house.message(house.committee, model::Ping{"thử"}))));
    EXPECT_TRUE(has(saidIn(question), R"({"loai_thong_diep":"TU_CHOI")"));
    // Others hear as before.
    EXPECT_EQ(house.send(house.court, model::Ping{"thử"}).verdict(), "accepted");
}

TEST_F(EvidenceFormat, EveryFamilyHasItsWordsInXmlAndJson) {
    const std::vector<std::tuple<const scenario::Agency*, std::string, std::string>> families = {
        {&house.court, "court", "TA-105"},
        {&house.procuracy, "procuracy", "VKS-105"},
        {&house.committee, "committee", "E105"},
        {&house.enforcement, "enforcement", "THA-105"}};
    for (const auto& [agency, family, code] : families) {
        SCOPED_TRACE(family);
        const auto message = house.message(*agency, model::Ping{"thử"});
        choose(agency->code(), family + "-xml");
        EXPECT_TRUE(
            has(saidIn(answered(*agency, agency->xml(message))), "<KetLuan>DA_NHAN</KetLuan>"));
        choose(agency->code(), family + "-json");
        auto text = scenario::jsonOf(house.message(*agency, model::Ping{"thử"}));
        EXPECT_TRUE(
            has(saidIn(answered(*agency, agency->signJson(text))), R"("ket_luan":"DA_NHAN")"));
        text.insert(text.find("\"text\""), "\"extra\":\"x\",");
        EXPECT_TRUE(has(saidIn(answered(*agency, agency->signJson(text))),
                        R"("ma_loi":")" + code + R"(","vi_tri":"/ping/extra")"));
    }
}

// What the document axis understands: a status message about the document that was sent.
TEST_F(EvidenceFormat, ADocumentOfTheAxisIsAnsweredByAStatusMessage) {
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.formatsIn = {"edxml/document", "edxml/status"};
        partner.formatsOut = {{"Receipt", "edxml/receipt"}, {"Refusal", "edxml/refusal"}};
    });
    const auto sent = [&](const std::string& body, const std::string& type) {
        const auto claims = house.message(house.court, model::Ping{}).envelope;
        return Signed{body, "application/xml",
                      house.court.detachedOver(body, claims, "application/xml", type)};
    };
    const auto sample = [](const std::string& name) {
        return scenario::readFile(std::string(THAHC_SOURCE_DIR "/mappings/edxml/") + name);
    };
    auto package = sample("document/ok-default-namespace-raw.xml");
    const auto kind = package.find("<BussinessDocType>3<");
    ASSERT_NE(kind, std::string::npos);
    package[kind + 18] = '0';  // what it replaces was never sent
    const auto message = sent(package, "DocumentTransfer");
    const auto taken = answered(house.court, message);
    EXPECT_EQ(taken.status, 200);
    const auto told = saidIn(taken);
    EXPECT_TRUE(has(told, "<StatusCode>03</StatusCode>"));
    EXPECT_TRUE(has(told,
                    "<ResponseFor><OrganId>000.00.00.A80</OrganId>"
                    "<Code>2491/VD-VP</Code>"
                    "<DocumentId>6d1f2b0a-5f0e-4a5c-9a52-0c61d1f0e001</"));
    EXPECT_TRUE(has(told, "<Description>Biên nhận rcp-"));
    EXPECT_EQ(saidIn(answered(house.court, message)), told);

    auto wrong = package;
    wrong.replace(wrong.find("<Subject>"), 9, "<Wrong>1</Wrong><Subject>");
    const auto refused = answered(house.court, sent(wrong, "DocumentTransfer"));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(saidIn(refused), "<StatusCode>02</StatusCode>"));
    EXPECT_TRUE(has(saidIn(refused), "<Description>Lỗi MAPPING_UNKNOWN_NODE, dòng 43: "));
    EXPECT_TRUE(has(saidIn(refused), "6d1f2b0a-5f0e-4a5c-9a52-0c61d1f0e001"));

    // No status says something of a status, nor of what no reader could read.
    testing::internal::CaptureStderr();
    const auto ofStatus =
        answered(house.court, sent(sample("status/ok-03-registered.xml"), "DocumentStatus"));
    EXPECT_TRUE(has(saidIn(ofStatus), "{\"refusal\":{"));
    const auto ofNothing = answered(house.court, sent("<edXML", "DocumentTransfer"));
    EXPECT_TRUE(has(ofNothing.bytes, "."));
    EXPECT_FALSE(has(testing::internal::GetCapturedStderr(), "evidence.not_in_format"));
}

TEST_F(EvidenceFormat, WhatCannotBeWrittenSoIsToldAsItIs) {
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.formatsOut = {{"Receipt", "court-xml/nothing"}};
    });
    testing::internal::CaptureStderr();
    const auto answer =
        answered(house.court, house.court.xml(house.message(house.court, model::Ping{"thử"})));
    EXPECT_TRUE(has(testing::internal::GetCapturedStderr(), "evidence.not_in_format"));
    EXPECT_TRUE(has(saidIn(answer), "<Verdict>accepted</Verdict>"));
}

}  // namespace
}  // namespace gateway::exchange::fixture
