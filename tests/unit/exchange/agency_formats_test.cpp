// Acts that no class knows, said and delivered in the agencies' own formats.

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/law/conditions/calendar.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";

class AgencyFormats : public testing::Test {
  protected:
    AgencyFormats() {
        house.bringToNotice(kNumber);
        house.change(scenario::kCourt, [](trust::Partner& partner) {
            partner.formatsIn.emplace_back("court-json/compel-order@1");
            partner.formatsOut = {{"*", "court-json/*"}};
        });
        house.change(scenario::kCommittee, [](trust::Partner& partner) {
            partner.formatsOut = {{"*", "committee-xml/*"}};
        });
    }
    [[nodiscard]] static std::string written(base::Date day) {
        const auto text = base::formatDate(day);
        return text.substr(8) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
    }
    [[nodiscard]] base::Date today() const { return base::vietnamDate(house.clock.now()); }
    /// A compelling decision as the court's own software writes it; `dated` stands on line 9.
    [[nodiscard]] std::string order(base::Date dated, const std::string& more = "") const {
        const auto reference = scenario::caseOf(kNumber).ruling.value();
        const auto now = base::formatTimestamp(house.clock.now());
        return "{\n\"ma_thong_diep\": \"TA-" + std::to_string(++numbers_) +
               "\",\n\"loai_thong_diep\": \"QUYET_DINH_BUOC_THI_HANH\",\n\"noi_nhan\": \"" +
               scenario::kAddress + "\",\n\"thoi_diem_lap\": \"" + now.substr(0, 19) +
               "Z\",\n\"ho_so\": {\"ban_an\": {\"toa_an\": \"" + reference.court +
               "\", \"so_ban_an\": \"" + reference.number + "\", \"ngay_ban_an\": \"" +
               written(reference.issuedOn) +
               "\"}},\n\"so_van_ban\": \"01/QĐ-THA\",\n\"nghia_vu\": [1],\n\"ngay_ban_hanh\": \"" +
               written(dated) + "\"" + more + "\n}";
    }
    [[nodiscard]] scenario::Reply said(const std::string& text) {
        return house.send(house.court, house.court.signJson(text));
    }
    [[nodiscard]] store::OutboxItem rendered(const char* type, const std::string& recipient) {
        std::string id;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.messageType == type && item.recipient == recipient) id = item.itemId;
            return true;
        });
        EXPECT_NE(id, "") << type << " for " << recipient;
        return house.rendering.rendered(*house.snapshots.current(),
                                        house.store.outbox().find(id).value());
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }

    House house;
    mutable int numbers_ = 0;
};

TEST_F(AgencyFormats, CarryADeclaredActInAndOutAndTellWhatTheyLeaveOut) {
    const auto reply = said(order(today(), R"(,
"noi_gui_van_ban": [{"vai_tro": "CO_QUAN_THI_HANH_AN", "noi_nhan": "THADS"}])"));
    ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/messageType"), "CompelOrder");
    EXPECT_EQ(reply.at("receipt/mappingId"), "court-json/compel-order@1");
    const auto* plan = house.snapshots.current()->mappings->find("court-json/compel-order");
    EXPECT_EQ(reply.at("receipt/mappingSha256"), plan->digest().hex());
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "COMPELLED");

    // The committee reads it in its own format, which has no place for whom the court wrote to.
    const auto own = rendered("CompelOrder", scenario::kCommittee);
    EXPECT_EQ(own.renderedMediaType, "application/xml");
    EXPECT_TRUE(has(own.renderedBytes, "<QuyetDinhBuocThiHanh")) << own.renderedBytes;
    EXPECT_TRUE(has(own.renderedBytes, "<SoVanBan>01/QĐ-THA</SoVanBan>"));
    EXPECT_TRUE(
        has(own.renderedBytes, "<ThongTinKhongChuyen>compelOrder/sentTo[]</ThongTinKhongChuyen>"))
        << own.renderedBytes;
    // Who has chosen none gets the canonical form, with all of it.
    const auto canonical = rendered("CompelOrder", scenario::kEnforcement);
    document::Node content;
    ASSERT_TRUE(scenario::sealIsGood(canonical.renderedBytes,
                                     house.snapshots.current()->seal->certificate(), &content));
    EXPECT_EQ(scenario::valueAt(content, "compelOrder/sentTo/0/role"), "thads");
}

TEST_F(AgencyFormats, WhatTheLawRefusesIsNamedAsItsSenderHasWrittenIt) {
    const auto early = said(order(base::parseDate("2001-02-03").value()));
    EXPECT_EQ(early.code(), "ACT_REFUSED") << early.body;
    EXPECT_EQ(early.at("refusal/reasons/0/path"), "/ngay_ban_hanh");
    EXPECT_EQ(early.at("refusal/reasons/0/line"), "9");
    // Its shape, too, is the declaration's to judge: a day to come.
    const auto late = said(order(law::dayAfter(today(), 1)));
    EXPECT_EQ(late.code(), "MAPPING_VALUE") << late.body;
    EXPECT_EQ(late.at("refusal/reasons/0/path"), "/ngay_ban_hanh");
    EXPECT_EQ(late.at("refusal/reasons/0/line"), "9");
    EXPECT_TRUE(has(late.at("refusal/reasons/0/vi"), "ngày chưa đến")) << late.body;
}

// A form chosen for a type, or for all, is kept where no mapping stands behind it.
TEST_F(AgencyFormats, TheCanonicalFormIsChosenLikeAnyOther) {
    const auto formOf = [&](const std::map<std::string, std::string>& out,
                            const std::string& type = "StatusReport") {
        house.change(scenario::kCommittee, [&](trust::Partner& partner) {
            partner.formatsOut = out;
            partner.preferredFamily = "json";
        });
        const auto snapshot = house.snapshots.current();
        return outwardForm(*snapshot, *snapshot->registry->partner(scenario::kCommittee), type,
                           base::vietnamDate(house.clock.now()))
            .id();
    };
    EXPECT_EQ(formOf({}), "case-model-json/status-report");
    EXPECT_EQ(formOf({{"StatusReport", "case-model-xml/status-report"}}),
              "case-model-xml/status-report");
    EXPECT_EQ(formOf({{"*", "case-model-xml/*"}}), "case-model-xml/status-report");
    EXPECT_THROW(formOf({{"StatusReport", "case-model-xml/compel-order"}}), base::Fault);
    // Of a whole format: also what is not called like the type, by its version, and no other's.
    const std::map<std::string, std::string> axis = {{"*", "edxml/*"}};
    EXPECT_EQ(formOf(axis, "DocumentTransfer"), "edxml/document@4");
    EXPECT_EQ(formOf(axis, "DocumentStatus"), "edxml/status@1");
    EXPECT_EQ(formOf(axis), "case-model-json/status-report");
    EXPECT_EQ(formOf({{"*", "enforcement-xml/*"}}, "JudgmentTransfer"), "enforcement-xml/ruling@1");
    EXPECT_EQ(formOf({{"*", "edxml-json/*"}}, "DocumentTransfer"),
              "case-model-json/document-transfer@2");
}

// An act may say as an object what an agency's format has one text for.
TEST_F(AgencyFormats, WriteFreeWordsAsOneTextAndACodeByItself) {
    model::DeclaredAct act;
    act.type = "CompelOrder";
    act.caseReference = scenario::caseOf(kNumber);
    act.content = document::readJson(R"({"number":"02/QĐ-THA","issuedOn":")" +
                                     base::formatDate(today()) + R"(","obligations":[1],
        "entitled":{"name":"Bà Mẫu","address":"Số 1"},
        "requestOf":["Đơn 1",{"number":"2","on":"x"}]})")
                      .value()
                      .root;
    ASSERT_EQ(house.send(house.court, act).verdict(), "accepted");
    const auto own = rendered("CompelOrder", scenario::kCommittee).renderedBytes;
    EXPECT_TRUE(has(own, "<NguoiDuocThiHanh>Bà Mẫu, Số 1</NguoiDuocThiHanh>")) << own;
    EXPECT_TRUE(has(own, "<DonYeuCau>Đơn 1; 2, x</DonYeuCau>")) << own;
    EXPECT_FALSE(has(own, "ThongTinKhongChuyen")) << own;

    model::DeclaredAct urging;
    urging.type = "UrgingLetter";
    urging.caseReference = scenario::caseOf(kNumber);
    urging.content =
        document::readJson(R"({"number":"3/CV","issuedOn":")" + base::formatDate(today()) +
                           R"(","asks":{"code":"plan","text":"kế hoạch cụ thể"}})")
            .value()
            .root;
    const auto urged = house.send(house.enforcement, urging);
    ASSERT_EQ(urged.verdict(), "accepted") << urged.body;
    const auto letter = rendered("UrgingLetter", scenario::kCommittee).renderedBytes;
    EXPECT_TRUE(has(letter, "<NoiDungDonDoc>KE_HOACH</NoiDungDonDoc>")) << letter;
    EXPECT_TRUE(has(letter, "<ThongTinKhongChuyen>urgingLetter/asks/text</ThongTinKhongChuyen>"))
        << letter;
}

}  // namespace
}  // namespace gateway::exchange::fixture
