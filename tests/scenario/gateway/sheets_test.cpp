// A sheet of the joint statistics from the court's list to the national total, with the real
// process: a ruling that went astray, a mismatch, a second version. Law: TTLT 12/2021 Đ.6-10.
#include <thread>

#include "gateway/document/json.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

using namespace std::chrono_literals;

constexpr const char* kDepartment = "G15.90";
const std::string kPeriod = R"("period":{"from":"2025-10-01","until":"2026-09-30","kind":"12"})";

class Sheets : public testing::Test {
  protected:
    Sheets() {
        enrolProvince(world);
        Enrolment enrolment;
        enrolment.agency = kDepartment;
        world.enrol(enrolment);
    }
    Reply said(const Agency& who, const char* type, const std::string& content) {
        auto reply = who.send(actOf(type, content));
        EXPECT_EQ(reply.verdict(), "accepted") << type << ": " << reply.body;
        return reply;
    }
    std::string lock(const Agency& office) {
        return said(office, "PeriodLocked",
                    R"({"office":"G15.90.21",)" + kPeriod +
                        R"(,"cutoff":"2026-10-01T17:00:00+07:00","snapshot":"ab"})")
            .at("receipt/messageId");
    }
    // The member of the sheet that names it.
    std::string send(const Agency& office, int version, const std::string& lock,
                     const std::string& reason) {
        const auto line =
            R"({"ruling":{"court":"D01.21","number":"7/2026/HC-ST","issuedOn":"2026-03-02"},
                "columns":["A1","A3"])" +
            (reason.empty() ? "" : R"(,"reason":")" + reason + "\"") + "}";
        const auto reply =
            said(office, "ReconciliationSheet",
                 R"({"form":"03",)" + kPeriod +
                     R"(,"lead":"G15.90.21","counterpart":"D01.21","version":)" +
                     std::to_string(version) +
                     R"(,"cells":[{"column":"A1","value":1},{"column":"A2","value":0},
                         {"column":"A3","value":1},{"column":"A4","value":0}],"lines":[)" +
                     line + R"(],"lock":")" + lock +
                     R"(","signers":[{"name":"Ông Mẫu","position":"Trưởng"}]})");
        return R"("sheet":{"message":")" + reply.at("receipt/messageId") + R"(","sha256":")" +
               reply.at("receipt/contentSha256") + R"("})";
    }
    std::string states() {
        std::string output;
        EXPECT_EQ(run({World::binary(), "figures", "--store", world.storeFile().string(),
                       "--office", "G15.90.21", "--year", "2026", "--show", "sheets", "--mappings",
                       THAHC_SOURCE_DIR "/mappings"},
                      &output),
                  0)
            << output;
        return output;
    }
    // The clock tells the sheets of a joint report in its next round.
    std::string statesWith(const std::string& wanted) {
        std::string output;
        for (int i = 0; i < 60; ++i) {
            output = states();
            if (output.find(wanted) != std::string::npos) break;
            std::this_thread::sleep_for(500ms);
        }
        return output;
    }
    World world;
};

TEST_F(Sheets, FromTheCourtsListToTheNationalTotal) {
    ASSERT_TRUE(world.start()) << world.log();
    const Agencies agencies(world);
    const Agency department(world, kDepartment);
    said(agencies.court, "CourtTransferList",
         R"({"court":"D01.21","enforcement":"G15.90.21",
             "period":{"from":"2025-10-01","until":"2026-09-30"},
             "lines":[{"ruling":{"court":"D01.21","number":"7/2026/HC-ST",
                                 "issuedOn":"2026-03-02"},
                       "class":"first-instance","sentOn":"2026-04-02","form":"post"}]})");
    std::string differences;
    EXPECT_EQ(run({World::binary(), "figures", "--store", world.storeFile().string(), "--office",
                   "G15.90.21", "--year", "2026", "--show", "differences", "--mappings",
                   THAHC_SOURCE_DIR "/mappings"},
                  &differences),
              0);
    EXPECT_NE(differences.find("missing-transfer"), std::string::npos) << differences;
    const auto first = lock(agencies.enforcement);
    const auto sheet = send(agencies.enforcement, 1, first, {});
    said(agencies.court, "SheetMismatch",
         "{" + sheet + R"(,"lines":[{"column":"A2","leadValue":0,"counterpartValue":1,
             "rulings":[{"court":"D01.21","number":"7/2026/HC-ST","issuedOn":"2026-03-02"}]}],
             "on":"2026-11-01"})");
    EXPECT_NE(states().find("DISPUTED"), std::string::npos);
    const auto again =
        send(agencies.enforcement, 2, lock(agencies.enforcement), "thất lạc, Tòa án gửi lại");
    const auto stale = agencies.court.send(
        actOf("SheetCounterSignature",
              "{" + sheet + R"(,"signers":[{"name":"B","position":"C"}],"on":"2026-11-02"})"));
    EXPECT_EQ(stale.code(), "ACT_REFUSED") << "the first version is no longer the sheet";
    said(agencies.court, "SheetCounterSignature",
         "{" + again + R"(,"signers":[{"name":"B","position":"C"}],"on":"2026-11-02"})");
    said(agencies.enforcement, "SheetForwarded",
         "{" + again + R"(,"to":"G15.90","channel":"electronic-signed"})");
    EXPECT_NE(states().find("FORWARDED"), std::string::npos);
    const auto other = department.send(
        actOf("PeriodReport",
              R"({"period":{"from":"2025-10-01","until":"2026-09-30","kind":"joint"},
             "cells":[{"column":"A1","value":2}]})"));
    EXPECT_EQ(other.code(), "ACT_REFUSED") << "not the sum of what was sent up: " << other.body;
    EXPECT_EQ(other.at("refusal/reasons/0/path"), "/periodReport/cells");
    said(department, "PeriodReport",
         R"({"period":{"from":"2025-10-01","until":"2026-09-30","kind":"joint"},
             "cells":[{"column":"A1","value":1}]})");
    EXPECT_NE(statesWith("CONSOLIDATED").find("CONSOLIDATED"), std::string::npos);
    said(agencies.enforcement, "SheetCorrection",
         "{" + again + R"(,"lines":[{"column":"A3","was":1,"is":0,"reason":"đã nhận"}],
             "intoPeriod":{"from":"2026-10-01","until":"2026-12-31","kind":"3"}})");
    std::string next;
    run({World::binary(), "figures", "--store", world.storeFile().string(), "--office", "G15.90.21",
         "--year", "2027", "--period", "3", "--mappings", THAHC_SOURCE_DIR "/mappings"},
        &next);
    EXPECT_NE(next.find("adjustments"), std::string::npos) << "điều chỉnh kỳ trước";
    EXPECT_EQ(world.rebuild(), "clean");
}

}  // namespace
}  // namespace gateway::scenario
