// How a message was read, rule by rule.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/app/printed_by.h"

namespace gateway::app {
namespace {

const std::string kMappings = THAHC_SOURCE_DIR "/mappings";
const std::string kRuling = kMappings + "/court-xml/ruling";

const document::Node* fateOf(const document::Node& told, std::string_view path) {
    for (const auto& fate : told.child("report")->children)
        if (fate.child("path")->value == path) return &fate;
    return nullptr;
}

TEST(Explain, saysWhichRuleReadWhatIntoWhat) {
    const auto printed = printedBy(explainCommand,
                                   {kRuling + "/ok-dirty.xml", "--mappings", kMappings, "--mapping",
                                    "court-xml/ruling", "--json"},
                                   kExitOk);
    const auto told = document::readJson(printed);
    ASSERT_TRUE(told.ok()) << printed;
    EXPECT_EQ(told->root.child("mapping")->value, "court-xml/ruling@1");
    const auto* day = fateOf(told->root, "/ChuyenGiaoBanAn/BanAn/NgayBanAn");
    ASSERT_NE(day, nullptr);
    EXPECT_EQ(day->child("value")->value, "ngày 27/5/ 2025");
    ASSERT_NE(day->child("into"), nullptr);
    const auto& into = day->child("into")->children.front();
    EXPECT_EQ(into.child("place")->value, "judgmentTransfer/ruling/reference/issuedOn");
    EXPECT_EQ(into.child("value")->value, "2025-05-27");
    EXPECT_NE(day->child("rule")->value.find("NgayBanAn"), std::string::npos);
    EXPECT_TRUE(day->child("file")->value.ends_with("parts/ruling-xml.xml"));
}

TEST(Explain, findsTheMappingThatTakesIt) {
    const auto found = printedBy(
        explainCommand, {kRuling + "/bad-amount.xml", "--mappings", kMappings}, kExitRefused);
    EXPECT_NE(found.find("court-xml/ruling@1"), std::string::npos) << found;
    EXPECT_NE(found.find("MAPPING_VALUE"), std::string::npos) << found;
}

TEST(Explain, makesAPageInWhichNothingThatWasSentIsMarkup) {
    const support::TemporaryFolder folder;
    const auto sample = folder.path() / "sample.json", page = folder.path() / "page.html";
    std::ifstream in(kMappings + "/committee-json/status-report/ok-full.json");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string plain = "Đã dự thảo quyết định hủy.";
    ASSERT_NE(text.find(plain), std::string::npos);
    text.replace(text.find(plain), plain.size(), "<script>alert(1)</script> & <b>");
    std::ofstream(sample, std::ios::binary) << text;
    printedBy(explainCommand,
              {sample.string(), "--mappings", kMappings, "--mapping",
               "committee-json/status-report", "--html", page.string()},
              kExitOk);
    std::ifstream made(page);
    const std::string html{std::istreambuf_iterator<char>(made), {}};
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;"),
              std::string::npos);
    EXPECT_NE(html.find("id=\"s1\""), std::string::npos) << "lines that the rules lead to";
    EXPECT_NE(html.find("statusReport/items[]/progress"), std::string::npos);
}

constexpr const char* kOutwardMapping = R"x(<?xml version="1.0" encoding="UTF-8"?>
<mapping xmlns="urn:thahc:mapping:1" id="thu/ra" version="1" theirs="xml" ours="so.schema.json">
  <accept root="So"/>
  <body>
    <group theirs="So">
      <field theirs="Ten" ours="name"/>
      <each theirs="Viec" ours="tasks[]">
        <field theirs="NoiDung" ours="text"/>
        <field theirs="@ngay" ours="day" as="date dd/MM/yyyy"/>
      </each>
    </group>
  </body>
</mapping>
)x";

// A format of its own, so that nothing but this is shown.
class ExplainOutward : public testing::Test {
  protected:
    ExplainOutward() {
        write("so.schema.json",
              R"({"type":"object","properties":{"name":{"type":"string"},"note":{"type":"string"},
                 "tasks":{"type":"array","items":{"type":"object","properties":{
                 "text":{"type":"string"},"day":{"type":"string"},"room":{"type":"string"}}}}}})");
        write("mapping.xml", kOutwardMapping);
    }
    std::string write(const std::string& name, const std::string& text) {
        const auto file = folder_.path() / name;
        std::ofstream(file, std::ios::binary) << text;
        return file.string();
    }
    std::vector<std::string> words(const std::string& sample) {
        return {write("so.json", sample),
                "--outward",
                "--mapping",
                (folder_.path() / "mapping.xml").string(),
                "--mappings",
                kMappings};
    }
    support::TemporaryFolder folder_;
};

constexpr const char* kBook = R"x({
  "name": "Sổ",
  "note": "riêng",
  "tasks": [
    {"text": "một", "day": "2026-01-31"},
    {"text": "hai", "room": "P.2"}
  ]
})x";

TEST_F(ExplainOutward, saysWhereEachValueGoesAndWhatStaysBehind) {
    auto asked = words(kBook);
    asked.push_back("--json");
    const auto told = document::readJson(printedBy(explainCommand, asked, kExitOk));
    ASSERT_TRUE(told.ok());
    const auto* day = fateOf(told->root, "/tasks/0/day");
    ASSERT_NE(day, nullptr);
    EXPECT_EQ(day->child("line")->value, "5");
    EXPECT_EQ(day->child("use")->value, "used");
    EXPECT_NE(day->child("rule")->value.find("@ngay"), std::string::npos);
    ASSERT_NE(day->child("into"), nullptr);
    EXPECT_EQ(day->child("into")->children.front().child("place")->value, "/So/Viec[1]/@ngay");
    EXPECT_EQ(day->child("into")->children.front().child("value")->value, "31/01/2026");
    const auto* second = fateOf(told->root, "/tasks/1/text");
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(second->child("into")->children.front().child("place")->value, "/So/Viec[2]/NoiDung");
    for (const char* place : {"/note", "/tasks/1/room"}) {
        const auto* left = fateOf(told->root, place);
        ASSERT_NE(left, nullptr) << place;
        EXPECT_EQ(left->child("use")->value, "left-out") << place;
        EXPECT_EQ(left->child("into"), nullptr) << place;
    }
    const auto* names = told->root.child("leftOut");
    ASSERT_EQ(names->children.size(), 2U);
    EXPECT_EQ(names->children[0].value, "note");
    EXPECT_EQ(names->children[1].value, "tasks[]/room");
}

TEST_F(ExplainOutward, asTextAndAsAPageWithTheDocumentBesideTheModel) {
    auto asked = words(kBook);
    const auto text = printedBy(explainCommand, asked, kExitOk);
    EXPECT_NE(text.find("    -> /So/Viec[1]/@ngay  31/01/2026"), std::string::npos) << text;
    EXPECT_NE(text.find("does not go out:\n  note\n  tasks[]/room\n"), std::string::npos) << text;
    EXPECT_NE(text.find("<NoiDung>hai</NoiDung>"), std::string::npos) << text;
    const auto page = (folder_.path() / "page.html").string();
    asked.insert(asked.end(), {"--html", page});
    printedBy(explainCommand, asked, kExitOk);
    std::ifstream made(page);
    const std::string html{std::istreambuf_iterator<char>(made), {}};
    for (const char* part : {"Không gửi đi / left out", "Bản gửi đi / As it goes out",
                             "&lt;NoiDung&gt;hai&lt;/NoiDung&gt;", "tasks[]/room"})
        EXPECT_NE(html.find(part), std::string::npos) << part;
}

TEST_F(ExplainOutward, whatCannotBeWrittenIsRefusedWithItsPlace) {
    const auto text =
        printedBy(explainCommand, words(R"({"name":"Sổ","tasks":[{"text":"một","day":"mai"}]})"),
                  kExitRefused);
    EXPECT_NE(text.find("/tasks/0/day"), std::string::npos) << text;
}

}  // namespace
}  // namespace gateway::app
