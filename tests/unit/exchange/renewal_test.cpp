// A report that leaves out what its sender's format calls unchanged.

#include <gtest/gtest.h>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/casework/renewal.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";
const std::string kPlace = "statusReport/items[obligation=1]/expectedOn";

class Renewals : public testing::Test {
  protected:
    void SetUp() override {
        house.change(scenario::kCommittee, [](trust::Partner& partner) {
            partner.formatsIn.emplace_back("committee-tracker/status-report");
        });
        ASSERT_EQ(house.send(house.court, scenario::transferOf(kNumber)).verdict(), "accepted");
    }
    /// The tracker's whole file; `entry` is its one update, beside number and day.
    struct Sent {
        std::string id;
        Signed message;
        scenario::Reply reply;
    };
    Sent track(const std::string& number, const std::string& entry) {
        const auto claims = house.message(house.committee, model::Ping{}).envelope;
        const auto day = base::formatDate(base::vietnamDate(house.clock.now()));
        const auto body = R"({"toa_an":"D01.21","so_ban_an":")" + std::string(kNumber) +
                          R"(","ngay_ban_an":"02/03/2026","nguoi_khoi_kien":["Bà Mẫu"],)"
                          R"("nguoi_phai_thi_hanh":"Ủy ban nhân dân","nghia_vu_thi_hanh":[],)"
                          R"("quyet_dinh_buoc_thi_hanh":[],"tien_do_cap_nhat":[{"so_bao_cao":")" +
                          number + R"(","ngay_cap_nhat":")" + day.substr(8) + "/" +
                          day.substr(5, 2) + "/" + day.substr(0, 4) + R"(","nghia_vu":[{"stt":1,)" +
                          entry + R"(}]}],"ket_qua_cuoi_cung":null})";
        Signed message{
            body, "application/json",
            house.committee.detachedOver(body, claims, "application/json", "StatusReport")};
        auto reply = house.send(house.committee, message);
        EXPECT_EQ(reply.verdict(), "accepted") << reply.body << reply.at("refusal/reasons/0/en");
        return {claims.id, message, std::move(reply)};
    }
    model::Event last() {
        const auto messages = house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId);
        return eventsOf(messages.back()).front();
    }
    static std::string itemOf(const model::Event& event) {
        return document::writeJson(event.act->content.child("items")->children.front());
    }
    std::string toldToThads() {
        std::string content;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (item.recipient == scenario::kEnforcement && item.messageType == "StatusReport")
                content = item.content;
            return true;
        });
        return content;
    }

    House house;
};

TEST_F(Renewals, WhatIsLeftOutIsAsItWasOrGoneAsTheFormatSays) {
    const auto first = track("1/BC", R"("tien_do":"Chưa thi hành","ly_do_cham":"Chờ đo đạc",)"
                                     R"("du_kien_xong":"30/09/2099")");
    EXPECT_EQ(first.reply.at("receipt/notes/0"), "");
    EXPECT_TRUE(last().note.empty());
    const auto second = track("2/BC", R"("tien_do":"Đang thi hành","noi_dung":"Đã đo xong")");
    const auto event = last();
    EXPECT_EQ(itemOf(event), R"({"obligation":1,"progress":"partly","text":"Đã đo xong",)"
                             R"("expectedOn":"2099-09-30"})");
    // The records say which came from where, and its recipients are told the same.
    EXPECT_EQ(event.note, "unchanged-from:" + first.id + " " + kPlace);
    EXPECT_EQ(second.reply.at("receipt/notes/0"), "unchanged-from:" + first.id);
    EXPECT_EQ(second.reply.at("receipt/notes/1"), "unchanged:" + kPlace);
    EXPECT_NE(toldToThads().find(R"("expectedOn":"2099-09-30")"), std::string::npos);
    EXPECT_EQ(toldToThads().find("Chờ đo đạc"), std::string::npos);
    EXPECT_EQ(house.send(house.committee, second.message).body, second.reply.body);
    // Said anew it is said, and stands from then on.
    track("3/BC", R"("tien_do":"Đang thi hành","du_kien_xong":"31/12/2099")");
    EXPECT_TRUE(last().note.empty());
    track("4/BC", R"("tien_do":"Đang thi hành")");
    EXPECT_NE(itemOf(last()).find("2099-12-31"), std::string::npos);
    const auto report = rebuild(house.store.cases(), house.store.outbox());
    EXPECT_TRUE(report.clean()) << report.differences.front();
}

TEST_F(Renewals, WhatWasWithdrawnIsNotAsItWasAndACorrectionIs) {
    const auto first = track("1/BC", R"("tien_do":"Đang thi hành","du_kien_xong":"30/09/2099")");
    const auto wrong = track("2/BC", R"("tien_do":"Đang thi hành","du_kien_xong":"01/10/2099")");
    const auto act = [&](const char* type, const std::string& content) {
        return house.send(house.committee, scenario::actOf(type, content, kNumber)).verdict();
    };
    ASSERT_EQ(act("ActWithdrawal", R"({"act":")" + wrong.id + R"(","reason":"gửi nhầm"})"),
              "accepted");
    track("3/BC", R"("tien_do":"Đang thi hành")");
    EXPECT_EQ(last().note, "unchanged-from:" + first.id + " " + kPlace);
    EXPECT_NE(itemOf(last()).find("2099-09-30"), std::string::npos);
}

TEST_F(Renewals, NobodyElsesWordStaysNorWhatItsFormatCallsGone) {
    track("1/BC", R"("tien_do":"Đang thi hành","du_kien_xong":"30/09/2099")");
    // By the canonical form, which says what it leaves out to be gone.
    const auto day = base::formatDate(base::vietnamDate(house.clock.now()));
    ASSERT_EQ(
        house
            .send(house.committee, scenario::actOf("StatusReport",
                                                   R"({"number":"2/BC","reportedOn":")" + day +
                                                       R"(","items":[{"obligation":1,)"
                                                       R"("progress":"partly"}]})",
                                                   kNumber))
            .verdict(),
        "accepted");
    EXPECT_EQ(itemOf(last()).find("expectedOn"), std::string::npos);
    // And what is gone from the last word does not come back from the one before.
    track("3/BC", R"("tien_do":"Đang thi hành")");
    EXPECT_TRUE(last().note.empty());
}

TEST_F(Renewals, ItemsAreTheSameByTheirKey) {
    const auto& law = house.snapshots.current()->reference->law();
    const auto tree = [](const char* text) { return document::readJson(text).value().root; };
    const auto before = tree(R"({"ground":"10.2","items":[{"obligation":1,"reason":"a"},)"
                             R"({"obligation":2,"reason":"b","text":"x"}]})");
    auto said = tree(R"({"items":[{"obligation":2},{"obligation":3},{"text":"y"}]})");
    const auto kept =
        keepUnchanged(*law.act("StatusReport"), before,
                      {"statusReport/items[]/reason", "statusReport/items[]/text"}, said);
    // A text is none of what the law lets stay, whatever a mapping says.
    EXPECT_EQ(kept, std::vector<std::string>{"statusReport/items[obligation=2]/reason"});
    EXPECT_EQ(document::writeJson(said),
              R"({"items":[{"obligation":2,"reason":"b"},{"obligation":3},{"text":"y"}]})")
        << "one without a key is none of before";
}

TEST_F(Renewals, WhatStaysInAnObjectStaysWhereTheObjectIsSaid) {
    law::ActDeclaration declared;
    declared.type = "StatusReport";
    law::Field day;
    day.name = "day";
    day.stays = true;
    law::Field contact;
    contact.name = "contact";
    contact.type = law::FieldType::Object;
    contact.members = {day};
    declared.content = {contact};
    const auto before = document::readJson(R"({"contact":{"day":"1","name":"A"}})").value().root;
    const std::vector<std::string> unchanged = {"statusReport/contact/day"};
    auto said = document::readJson(R"({"contact":{"name":"B"}})").value().root;
    EXPECT_EQ(keepUnchanged(declared, before, unchanged, said), unchanged);
    EXPECT_EQ(document::writeJson(said), R"({"contact":{"name":"B","day":"1"}})");
    auto silent = document::readJson("{}").value().root;
    EXPECT_TRUE(keepUnchanged(declared, before, unchanged, silent).empty());
    EXPECT_EQ(document::writeJson(silent), "{}");
}

}  // namespace
}  // namespace gateway::exchange::fixture
