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

}  // namespace
}  // namespace gateway::app
