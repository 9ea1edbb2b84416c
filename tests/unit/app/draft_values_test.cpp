// What a draft makes of tables, of texts with attributes, and of values that belie their names.

#include "tests/unit/app/new_mapping_fixture.h"

namespace gateway::app {
namespace {

using DraftValues = NewMapping;

// Titles above the header, a separator of its own, a column that is empty everywhere.
TEST_F(DraftValues, ReadsATableByItsHeaders) {
    const auto csv = write("so.csv",
                           "\xEF\xBB\xBFSổ chuyển giao bản án\n\n"
                           "STT,Số bản án,Ngày bản án,Tòa án,Ghi chú\n"
                           "1,34/2025/HC-ST,18/04/2025,D01.08,\n"
                           "2,35/2025/HC-ST,21/04/2025,D01.08,\n");
    const auto made = draft({"--from", csv, "--message", "JudgmentTransfer"});
    const auto says = [&](const std::string& part) {
        EXPECT_NE(made.out.find(part), std::string::npos) << part << "\n" << made.out << made.err;
    };
    says("theirs=\"table\" direction=\"in\"");
    says("<accept when=\"exists STT and exists 'Số bản án' and exists 'Ngày bản án'");
    says("<table separator=\",\" header-row=\"3\"/>");
    says("theirs=\"$exchange/audience\" ours=\"envelope/to\"");
    says("<!-- <field theirs=\"'Số bản án'\" ours=\"judgmentTransfer/ruling/reference/number\"");
    says("<ignore theirs=\"'Ghi chú'\"");
    for (const auto& text : {made.out, taken(made.out)}) {
        const auto checked = check(text, csv);
        EXPECT_TRUE(isGood(checked)) << checked.err << text;
        EXPECT_EQ(checked.out.find("MAPPING_NO_FORMAT"), std::string::npos) << checked.out;
        EXPECT_EQ(checked.out.find("MAPPING_UNKNOWN"), std::string::npos) << checked.out;
    }
    const auto empty = draft({"--from", write("empty.csv", "A;B\n"), "--message", "Ping"});
    EXPECT_EQ(empty.code, kExitBadData);
    EXPECT_NE(empty.err.find("empty.csv:1"), std::string::npos) << empty.err;
    EXPECT_NE(empty.err.find("no row stands below"), std::string::npos) << empty.err;
}

TEST_F(DraftValues, ShowsTheAttributesOfATextAndWhatIsInAList) {
    const auto xml = write("phieu.xml", R"(<PhieuXuLy so="1">
        <BaoCao ngayBaoCao="05/11/2026" donVi="x">Đã xong.</BaoCao>
        <Zzq loai="a" nguon="b">một</Zzq><Zzq loai="c">hai</Zzq></PhieuXuLy>)");
    const auto made = draft({"--from", xml, "--message", "StatusReport"});
    const auto says = [&](const std::string& part) {
        EXPECT_NE(made.out.find(part), std::string::npos) << part << "\n" << made.out;
    };
    says("<!--   @ngayBaoCao: as=\"date dd/MM/yyyy\" · thấy: 05/11/2026 -->");
    says("<!-- <group theirs=\"BaoCao\">");
    says("<field theirs=\"@ngayBaoCao\" ours=\"statusReport/reportedOn\"");
    says("<ignore theirs=\"@donVi\" why=\"CHƯA ÁNH XẠ\"/>");
    says("<!--   @loai: as=\"token\" · thấy: a | c -->");
    const auto checked = check(made.out, xml);
    EXPECT_TRUE(isGood(checked)) << checked.err << made.out;
    EXPECT_EQ(checked.out.find("MAPPING_UNKNOWN"), std::string::npos) << checked.out;
}

TEST_F(DraftValues, AsksTheValueBeforeTheName) {
    const auto xml = write("vu.xml", R"(<Phieu><VuAn banAn="15/2026/HC-ST"
        soBanAn="12/03/2026" xyz="16/2026/HC-ST"/></Phieu>)");
    const auto made = draft({"--from", xml, "--message", "JudgmentTransfer"});
    const auto says = [&](const std::string& part) {
        EXPECT_NE(made.out.find(part), std::string::npos) << part << "\n" << made.out;
    };
    says("theirs=\"@banAn\" ours=\"judgmentTransfer/ruling/reference/number\" as=\"case-number\"");
    says("theirs=\"@xyz\" ours=\"judgmentTransfer/ruling/");
    EXPECT_EQ(made.out.find("theirs=\"@soBanAn\" ours=\"judgmentTransfer/ruling/reference/number"),
              std::string::npos)
        << made.out;
}

}  // namespace
}  // namespace gateway::app
