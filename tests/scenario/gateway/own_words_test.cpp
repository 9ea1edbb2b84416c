// What the gateway answers, in the words of an agency's own software, over its own channel.

#include <gtest/gtest.h>

#include "tests/scenario/gateway/replaced.h"
#include "tests/scenario/support/facts.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

TEST(OwnWords, AnAgencyReadsReceiptsAndRefusalsInItsOwnFormat) {
    World world;
    enrolProvince(world);
    ASSERT_TRUE(world.start()) << world.log();
    Agencies agencies(world);
    Enrolment enrolment;
    enrolment.agency = kCommittee;
    enrolment.formatsOut = {{"Receipt", "committee-json/receipt"},
                            {"Refusal", "committee-json/refusal"}};
    world.enrol(enrolment);
    ASSERT_EQ(world.command({"reload"}), 0);

    const auto message = agencies.committee.message(model::Ping{"thử"});
    const auto taken = agencies.committee.send(message);
    EXPECT_EQ(taken.status, 200);
    EXPECT_TRUE(taken.sealed) << taken.body;
    EXPECT_EQ(taken.at("ket_luan"), "DA_NHAN") << taken.body;
    EXPECT_EQ(taken.at("ma_thong_diep"), message.envelope.id);
    // Evidence stays what every auditor reads.
    const auto kept = agencies.committee.get("/v1/receipts/" + taken.at("ma_bien_nhan"));
    EXPECT_TRUE(kept.sealed);
    EXPECT_EQ(kept.at("receipt/verdict"), "accepted") << kept.body;

    auto wrong = jsonOf(agencies.committee.message(model::Ping{"thử"}));
    wrong.insert(wrong.find("\"text\""), "\"extra\":\"x\",");
    const auto refused = agencies.committee.send(agencies.committee.signJson(wrong));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.sealed) << refused.body;
    EXPECT_EQ(refused.at("loi/0/ma_loi"), "E105") << refused.body;
    EXPECT_EQ(refused.at("loi/0/vi_tri"), "/ping/extra");
    EXPECT_NE(refused.at("loi/0/cach_khac_phuc"), "");
    EXPECT_EQ(agencies.court.send(model::Ping{"thử"}).verdict(), "accepted");

    // In the words of the file that a committee keeps; a code without such words is said as ours.
    enrolment.formatsOut = {{"Receipt", "committee-tracker/receipt"},
                            {"Refusal", "committee-tracker/refusal"}};
    world.enrol(enrolment);
    ASSERT_EQ(world.command({"reload"}), 0);
    const auto tracked = agencies.committee.send(model::Ping{"thử"});
    EXPECT_EQ(tracked.at("ket_qua_tiep_nhan"), "Đã tiếp nhận") << tracked.body;
    EXPECT_NE(tracked.at("bien_nhan/so"), "");
    const auto sentBack = agencies.committee.send(agencies.committee.signJson(wrong));
    EXPECT_EQ(sentBack.at("ket_qua_tiep_nhan"), "Trả lại") << sentBack.body;
    EXPECT_EQ(sentBack.at("can_sua/0/loi"), "Mục không khai báo");
    auto elsewhere = agencies.committee.message(model::Ping{"thử"});
    elsewhere.envelope.to = "thahc/other";
    EXPECT_EQ(agencies.committee.send(elsewhere).at("can_sua/0/loi"), "ADDRESSEE_OTHER");
    EXPECT_EQ(world.rebuild(), "clean");
    // No registration names what writes something else.
    enrolment.formatsOut = {{"Refusal", "committee-json/status-report"}};
    world.enrol(enrolment);
    EXPECT_EQ(world.command({"reload"}), 1);
}

TEST(OwnWords, ADocumentOfTheAxisIsAnsweredByAStatusMessage) {
    World world;
    enrolProvince(world);
    Enrolment enrolment;
    enrolment.agency = kCommittee;
    enrolment.formatsIn = {"edxml/document"};
    enrolment.formatsOut = {{"Receipt", "edxml/receipt"}, {"Refusal", "edxml/refusal"}};
    world.enrol(enrolment);
    ASSERT_TRUE(world.start()) << world.log();
    Agencies agencies(world);
    auto package = replaced(
        readFile(THAHC_SOURCE_DIR "/mappings/edxml/document/ok-default-namespace-raw.xml"),
        "<BussinessDocType>3<", "<BussinessDocType>0<");  // what it replaces was never sent
    const auto sent = [&] {
        return agencies.committee.send(
            {package, "application/xml",
             agencies.committee.detachedOver(package,
                                             agencies.committee.message(model::Ping{}).envelope,
                                             "application/xml", "DocumentTransfer")});
    };
    const auto arrived = sent();
    EXPECT_EQ(arrived.status, 200) << arrived.body;
    EXPECT_TRUE(arrived.sealed);
    EXPECT_NE(arrived.body.find("StatusCode>03</"), std::string::npos) << arrived.body;
    EXPECT_NE(arrived.body.find("DocumentId>6d1f2b0a-5f0e-4a5c-9a52-0c61d1f0e001</"),
              std::string::npos);
    package.replace(package.find("<Subject>"), 9, "<Wrong>1</Wrong><Subject>");
    const auto turnedAway = sent();
    EXPECT_EQ(turnedAway.status, 422);
    EXPECT_NE(turnedAway.body.find("StatusCode>02</"), std::string::npos) << turnedAway.body;
    EXPECT_EQ(world.rebuild(), "clean");
}

}  // namespace
}  // namespace gateway::scenario
