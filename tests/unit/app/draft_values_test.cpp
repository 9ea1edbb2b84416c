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

void says(const Printed& made, const std::string& part) {
    EXPECT_NE(made.out.find(part), std::string::npos) << part << "\n" << made.out << made.err;
}
void saysNot(const Printed& made, const std::string& part) {
    EXPECT_EQ(made.out.find(part), std::string::npos) << part << "\n" << made.out;
}

// An author knows a format by its own prefixes; one that stands for two namespaces is one's only.
TEST_F(DraftValues, KeepsThePrefixesOfTheDocument) {
    const auto xml = write("ho-so.xml", R"(<f:Filing xmlns:f="urn:f" xmlns="urn:plain">
        <nc:Case xmlns:nc="urn:core" nc:id="7"><Title>một</Title></nc:Case>
        <nc:Case2 xmlns:nc="urn:other"><nc:Amount>125000.50</nc:Amount></nc:Case2></f:Filing>)");
    const auto made = draft({"--from", xml, "--message", "JudgmentTransfer"});
    says(made, R"(<accept root="f:Filing"/>)");
    says(made, R"(<namespace prefix="f" uri="urn:f"/>)");
    says(made, R"(<namespace prefix="nc" uri="urn:core"/>)");
    says(made, R"(<namespace prefix="n1" uri="urn:plain"/>)");
    says(made, R"(<namespace prefix="n2" uri="urn:other"/>)");
    says(made, R"(<ignore theirs="@nc:id")");
    says(made, "<!-- as=\"number\" · thấy: 125000.50 -->");
    const auto checked = check(made.out, xml);
    EXPECT_TRUE(isGood(checked)) << checked.err << made.out;
    EXPECT_EQ(checked.out.find("MAPPING_UNKNOWN"), std::string::npos) << checked.out;
}

TEST_F(DraftValues, OneListInNumberedColumnsIsOneDecision) {
    const auto xml = write("phieu.xml", R"(<Phieu><NV1>một</NV1><NV1_Diem>b</NV1_Diem>
        <NV2>hai</NV2><NV3/><Dieu2>x</Dieu2><Ma311>y</Ma311></Phieu>)");
    const auto made = draft({"--from", xml, "--message", "JudgmentTransfer", "--json"});
    const auto told = document::readJson(made.out);
    ASSERT_TRUE(told.ok()) << made.out << made.err;
    EXPECT_EQ(told->root.child("places")->value, "3") << "NV, Dieu2 and Ma311";
    const auto text = draft({"--from", xml, "--message", "JudgmentTransfer"});
    says(text, R"(<numbered theirs="NV{n}" up-to="3" ours="…[]" empty="is-absent">)"
               " · bên cạnh / beside: ../NV{n}_Diem");
    says(text, R"(<ignore theirs="NV1_Diem" why="CHƯA ÁNH XẠ"/>)");
    saysNot(text, R"(theirs="Dieu{n}")");
    const auto checked = check(text.out, xml);
    EXPECT_TRUE(isGood(checked)) << checked.err << text.out;
    EXPECT_EQ(checked.out.find("MAPPING_UNKNOWN"), std::string::npos) << checked.out;
    const auto json = write("so.json", R"({"nv_1": "a", "nv_2": "b", "nv_2_han": "c"})");
    says(draft({"--from", json, "--message", "JudgmentTransfer"}),
         R"(<numbered theirs="nv_{n}" up-to="2")");
}

// What every message may have in common is no identity of one, and nobody's addressee.
TEST_F(DraftValues, NeitherIdNorAddresseeIsFilledByAName) {
    const auto json = write("tin.json", R"({"id": "D1", "noiNhan": "D01.08", "soBanAn": "1"})");
    const auto made = draft({"--from", json, "--message", "JudgmentTransfer"});
    says(made, R"(<field theirs="$exchange/messageId" ours="envelope/id" direction="in"/>)");
    says(made, "QUYẾT ĐỊNH / DECIDE");
    says(made, "có thể là / maybe: id -->");
    says(made, R"(<field theirs="$exchange/gateway" ours="envelope/to" direction="in"/>)");
    saysNot(made, R"(theirs="id" ours="envelope/id")");
    saysNot(made, R"(theirs="noiNhan" ours="envelope/to")");
    const auto named = write("goi.json", R"({"maGoiTin": "GT-2026-001", "soBanAn": "1"})");
    says(draft({"--from", named, "--message", "JudgmentTransfer"}),
         "guessed by its name: each message has another one -->\n"
         "    <field theirs=\"maGoiTin\" ours=\"envelope/id\"");
}

TEST_F(DraftValues, WritesIntoASchemaOfOurs) {
    const auto ours = write("local/mappings/moi/thu/so.schema.json",
                            R"({"type": "object", "required": ["soHoSo"], "properties": {
        "soHoSo": {"type": "string"}, "tien": {"type": "number"}, "ghiChu": {"type": "string"},
        "nguoi": {"type": "array", "items": {"type": "object", "properties": {
            "ten": {"type": "string"}, "tuoi": {"type": "integer"}}}}}})");
    const auto xml = write("ho-so.xml", R"(<HoSo><So_Ho_So>A-1</So_Ho_So><Tien>12.50</Tien>
        <Nguoi><Ten>An</Ten><Tuoi>30</Tuoi></Nguoi><Nguoi><Ten>Bình</Ten></Nguoi>
        <Khac><X>1</X></Khac><Khac/></HoSo>)");
    const auto made =
        draft({"--from", xml, "--ours", ours, "--out", (place() / "draft.xml").string()});
    EXPECT_EQ(made.code, kExitOk) << made.err;
    Printed file;
    file.out = textOf(place() / "draft.xml");
    says(file, R"(ours="so.schema.json" theirs="xml" direction="in">)");
    saysNot(file, "envelope");
    says(file, "       soHoSo *\n");
    says(file, "       nguoi[]/ten\n");
    says(file, R"(<!-- <field theirs="So_Ho_So" ours="soHoSo" as="token")");
    says(file, R"(<!-- <each theirs="Nguoi" ours="nguoi[]">)");
    says(file, R"(a list: <each theirs="Khac" ours="…[]"> … </each>, mỗi chỗ một luật)");
    EXPECT_EQ(check(file.out, xml).out.find("MAPPING_UNKNOWN"), std::string::npos);
    const auto whole = check(taken(file.out), xml);
    EXPECT_NE(whole.out.find("\"accepted\":true"), std::string::npos) << whole.out << whole.err;
    EXPECT_NE(whole.out.find(R"("nguoi":[{"ten":"An","tuoi":30},{"ten":"Bình"}])"),
              std::string::npos)
        << whole.out;
    EXPECT_EQ(draft({"--from", xml, "--ours", ours, "--message", "Ping"}).code, kExitUsage);
}

}  // namespace
}  // namespace gateway::app
