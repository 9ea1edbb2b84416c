// The thirteenth hour in an agency's own format: what is put in beside the new acts.

#include "tests/scenario/gateway/decree.h"

namespace gateway::scenario {
namespace {

// Two more files, and an agency reads and says the new acts as its own software writes them.
TEST_F(Decree, AnAgencysOwnFormatCarriesTheNewActsBothWays) {
    Enrolment own;
    own.agency = kCommittee;
    own.formatsIn = {"committee-json/*", "case-model-json/*"};
    own.formatsOut = {{"*", "committee-json/*"}};
    world_.enrol(own);
    fs::copy(kDecree / "format", local(), fs::copy_options::recursive);
    // Mappings of acts that there are not yet are named, and nothing changes.
    std::string output;
    EXPECT_EQ(world_.command({"reload"}, &output), 1);
    EXPECT_NE(output.find("committee-json/dialogue-invitation/mapping.xml:1: mapping: there is no "
                          "message or act \"DialogueInvitation\""),
              std::string::npos)
        << output;
    fs::copy(kDecree / "local", local(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    reload();
    const auto number = noticed();
    ASSERT_EQ(saidInXml(invitation(number)).verdict(), "accepted");
    const auto invited = fetched(committee());
    EXPECT_EQ(invited.at("loai_thong_diep"), "GIAY_MOI_DOI_THOAI") << invited.body;
    EXPECT_EQ(invited.at("so_giay_moi"), kInvitation);
    EXPECT_EQ(invited.at("hinh_thuc"), "TRUC_TIEP");
    EXPECT_EQ(invited.at("duoc_moi/0/ten"), "Ủy ban nhân dân phường Quy Nhơn");
    EXPECT_EQ(invited.at("nguon_goc/thong_tin_khong_chuyen/0"), "dialogueInvitation/invited[]/as");

    const auto day = base::formatDate(today());
    auto reply = spoken(readFile(kDecree / "reply-committee.json"), "UBND-2026-000089", number);
    const auto created = reply.find("\"thoi_diem_lap\": \"") + 18;
    reply.replace(created, reply.find('"', created) - created,
                  base::formatTimestamp(base::SystemClock().now()).substr(0, 19) + "Z");
    reply = exchanged(std::move(reply), "04/08/2026",
                      day.substr(8) + "/" + day.substr(5, 2) + "/" + day.substr(0, 4));
    const auto unasked = exchanged(reply, kInvitation, "06/GM-THADS");
    expectAt(saidInJson(committee(), unasked), 422, "ACT_REFUSED", "/so_giay_moi",
             lineOf(unasked, "\"so_giay_moi\""));
    const auto declined = exchanged(reply, "THAM_DU", "KHONG_THAM_DU");
    EXPECT_EQ(saidInJson(committee(), declined).code(), "MAPPING_REQUIRED");
    const auto answered = saidInJson(committee(), reply);
    ASSERT_EQ(answered.verdict(), "accepted") << answered.body;
    EXPECT_EQ(answered.at("receipt/mappingId"), "committee-json/dialogue-reply@1");
    EXPECT_EQ(fetched(enforcement()).at("dialogueReply/answer"), "attends");
    EXPECT_EQ(term(number, "dialogue-reply", "outcome"), "met");

    // The act taken out while its mapping stays: both stay in force.
    const auto file = local() / "mappings" / "acts" / "DialogueReply.xml";
    const auto act = readFile(file);
    fs::remove(file);
    fs::remove(local() / "mappings" / "legal-rules" / "terms-dialogue.xml");
    EXPECT_EQ(world_.command({"reload"}, &output), 1);
    EXPECT_NE(output.find("dialogue-reply/mapping.xml"), std::string::npos) << output;
    EXPECT_NE(output.find("acts have other members"), std::string::npos) << output;
    EXPECT_EQ(saidInJson(committee(), exchanged(reply, "THAM_DU", "KHONG_THAM_DU")).code(),
              "MAPPING_REQUIRED")
        << "still judged";
}

}  // namespace
}  // namespace gateway::scenario
