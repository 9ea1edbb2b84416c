// Drafts of mappings: they load at once, and so does every rule that they propose.

#include "tests/unit/app/new_mapping_fixture.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;

TEST_F(NewMapping, LoadsAtOnceAndSoDoesWhatItProposes) {
    int drafted = 0;
    for (const auto& entry : fs::recursive_directory_iterator(kMappings)) {
        const auto name = entry.path().filename().string();
        const bool sample = name.starts_with("ok") && !name.ends_with(".jws") &&
                            (name.ends_with(".xml") || name.ends_with(".json"));
        if (!sample || entry.path().string().find("/expected") != std::string::npos) continue;
        if (++drafted % 64 != 0) continue;  // each reads all that is known anew
        const auto made = draft({"--from", entry.path().string()});
        ASSERT_EQ(made.code, kExitOk) << entry.path() << made.err;
        // Whatever is missing in ours: the draft itself is good, and nothing is unknown.
        const auto checked = check(made.out, entry.path().string());
        EXPECT_TRUE(isGood(checked)) << entry.path() << checked.err << made.out;
        EXPECT_EQ(checked.out.find("MAPPING_UNKNOWN"), std::string::npos) << checked.out;
        EXPECT_EQ(checked.out.find("MAPPING_NO_FORMAT"), std::string::npos) << checked.out;
        const std::string all = taken(made.out);
        const auto tried = check(all, entry.path().string());
        EXPECT_TRUE(isGood(tried)) << entry.path() << tried.err << all;
    }
    EXPECT_GT(drafted, 100);
}

TEST_F(NewMapping, ProposesWhatTheNamesSay) {
    const auto made =
        draft({"--from", THAHC_SOURCE_DIR "/tests/golden/mapping/tour-xml/ok-ruling.xml"});
    const auto says = [&](const std::string& part) {
        EXPECT_NE(made.out.find(part), std::string::npos) << part << "\n" << made.out;
    };
    says("message=\"JudgmentTransfer\"");
    says("<accept root=\"BanAn\" when=\"@phienBan = '1.0'\"/>");
    says("<constant theirs=\"@phienBan\" value=\"1.0\"/>");
    says("<field theirs=\"MaGoiTin\" ours=\"envelope/id\" as=\"token\" required=\"yes\"/>");
    says("<field theirs=\"LapLuc\" ours=\"envelope/created\" as=\"moment dd/MM/yyyy HH:mm:ss\"");
    says(
        "<!-- <field theirs=\"SoBanAn\" ours=\"judgmentTransfer/ruling/reference/number\""
        " as=\"case-number\"/> -->");
    says("as=\"date d/M/ yyyy\" · thấy: 8/4/ 2025 -->");
    says("true=\"Có\" false=\"Không\"");
    says("<!-- <each theirs=\"Nguoi\" ours=\"judgmentTransfer/ruling/parties[]\">");
    says("  <field theirs=\"SoTien\" ours=\"amountVnd\" as=\"amount 1.234\"/>");
    says("<ignore theirs=\"GhiChu\" why=\"CHƯA ÁNH XẠ\"/>");
    EXPECT_NE(made.err.find("places to decide on"), std::string::npos) << made.err;
}

TEST_F(NewMapping, ShowsWhatTheSchemaKnowsAndTheSampleDoesNot) {
    const std::string schema = kMappings + "/parts/toa-an.xsd";
    const auto out = (place() / "new.xml").string();
    const auto made = draft({"--from", kMappings + "/court-xml/ruling/ok-full.xml", "--schema",
                             schema, "--out", out, "--json"});
    EXPECT_EQ(made.code, kExitOk) << made.err;
    const auto told = document::readJson(made.out);
    EXPECT_EQ(told->root.child("file")->value, out);
    EXPECT_GT(std::stoi(told->root.child("places")->value), 20);
    const std::string text = textOf(out);
    EXPECT_NE(text.find("<!-- không có trong mẫu · lặp lại -->"), std::string::npos) << text;
    EXPECT_NE(text.find("<schema file=\"" +
                        fs::path(schema).lexically_relative(fs::canonical(place())).string()),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("<group theirs=\"BanAn\">"), std::string::npos);  // stands once
    // What is there already is somebody's work.
    EXPECT_EQ(draft({"--from", kMappings + "/court-xml/ruling/ok-full.xml", "--out", out}).code,
              kExitBadData);
}

TEST_F(NewMapping, TakesTheOddestNamesAndValues) {
    const auto json = write("odd.json", R"({"a=a": "x--y", "b c": "<&\"'>-", "d/e": [1, 2.5],
        "it's": {"f.g": null, "h": [[1], []]}, "so_ban_an": "--", "n": -1})");
    const auto made = draft({"--from", json, "--message", "JudgmentTransfer"});
    const auto checked = check(made.out, json);
    EXPECT_NE(checked.out.find("\"ignored\""), std::string::npos) << checked.out << made.out;
    EXPECT_EQ(checked.out.find("MAPPING_UNKNOWN"), std::string::npos) << checked.out;
    const auto xml = write("odd.xml", R"(<?xml version="1.0"?><!-- before -->
        <r xmlns="urn:r" xmlns:q="urn:q" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
           xsi:schemaLocation="urn:r r.xsd" q:v="1--1"><q:m at="">text</q:m><q:m/><n/></r>)");
    const auto other = draft({"--from", xml, "--message", "JudgmentTransfer"});
    const auto verdict = check(other.out, xml);
    EXPECT_NE(verdict.out.find("\"ignored\""), std::string::npos) << verdict.out << other.out;
    EXPECT_EQ(verdict.out.find("MAPPING_UNKNOWN"), std::string::npos) << verdict.out;
}

TEST_F(NewMapping, ReadsAJsonSchemaToo) {
    const auto schema = write("local/mappings/moi/thu/so.schema.json",
                              R"({"type": "object", "required": ["so_ban_an"],
        "properties": {"so_ban_an": {"type": "string", "description": "Số bản án"},
                       "cap": {"enum": ["ST", "PT"]}}})");
    const auto sample = write("so.json", R"({"so_ban_an": "1/2025/HC-ST"})");
    const auto made =
        draft({"--from", sample, "--schema", schema, "--message", "JudgmentTransfer"});
    EXPECT_NE(made.out.find("<!-- Số bản án · bắt buộc theo lược đồ · as=\"case-number\""),
              std::string::npos)
        << made.out << made.err;
    EXPECT_NE(made.out.find("không có trong mẫu · as=\"token\" · một trong: ST | PT"),
              std::string::npos)
        << made.out;
    EXPECT_NE(made.out.find("<schema file=\"so.schema.json\"/>"), std::string::npos) << made.out;
    EXPECT_TRUE(isGood(check(made.out, sample))) << made.out;
}

// What the draft only ignores is covered; what nobody has written yet is not filled.
TEST_F(NewMapping, LeavesOursToBeFilledAsCoverageSays) {
    const std::string sample = kMappings + "/court-xml/ruling/ok-full.xml";
    const std::string schema = kMappings + "/parts/toa-an.xsd";
    const auto out = (place() / "mapping.xml").string();
    ASSERT_EQ(draft({"--from", sample, "--schema", schema, "--out", out}).code, kExitOk);
    const Words check{out, "--mappings", kMappings, "--coverage", "--json"};
    const auto covered = document::readJson(run(checkMappingCommand, check).out);
    ASSERT_TRUE(covered);
    const auto* coverage = covered->root.child("coverage");
    ASSERT_NE(coverage, nullptr);
    EXPECT_TRUE(coverage->child("theirs")->children.empty());
    ASSERT_EQ(coverage->child("ours")->children.size(), 1U);
    EXPECT_EQ(coverage->child("ours")->children[0].value, "judgmentTransfer/ruling");
    const auto people = run(checkMappingCommand, {kMappings + "/court-xml/ruling/mapping.xml",
                                                  "--mappings", kMappings, "--coverage"});
    EXPECT_NE(people.out.find("ours: 0 required fields"), std::string::npos) << people.out;
}

TEST_F(NewMapping, SaysWhatIsWrong) {
    EXPECT_EQ(draft({}).code, kExitUsage);
    EXPECT_EQ(draft({"--from", "/nowhere.xml"}).code, kExitBadData);
    const auto broken = draft({"--from", write("broken.xml", "<a>\n<b></a>")});
    EXPECT_NE(broken.err.find("broken.xml:2"), std::string::npos) << broken.err;
    const auto strange = draft({"--from", write("strange.json", R"({"qzx": 1})")});
    EXPECT_NE(strange.err.find("--message"), std::string::npos) << strange.err;
    EXPECT_EQ(run(newMappingCommand, {"--from", "x", "--format", "Big Name"}).code, kExitUsage);
}

}  // namespace
}  // namespace gateway::app
