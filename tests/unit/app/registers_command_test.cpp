// The registers of an office, written out of lives, and what a correction leaves to be read.

#include <gtest/gtest.h>

#include "gateway/law/registers/register_book.h"
#include "tests/scenario/support/child.h"
#include "tests/scenario/support/reply.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/app/lives.h"
#include "tests/unit/app/printed_by.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;
using namespace lives;

const fs::path kMappings = THAHC_SOURCE_DIR "/mappings";
const fs::path kLives = THAHC_SOURCE_DIR "/tests/unit/app/lives";
// An enforcement authority of the directory, and what it is called.
constexpr const char* kOffice = "G15.90.01";

class Registers : public ::testing::Test {
  protected:
    std::string run(const std::vector<std::string>& more, int expected,
                    const fs::path& mappings = kMappings) {
        Words words{"--mappings", mappings.string(), "--lives", folder_.path().string(),
                    "--office",   kOffice,           "--year",  "2025"};
        words.insert(words.end(), more.begin(), more.end());
        return printedBy(registersCommand, words, expected);
    }
    Node made(const std::string& form, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--form", form});
        return document::readJson(run(more, kExitOk), {}).value().root;
    }
    // A shipped life of our office, with these acts before its own last ones.
    void put(const std::string& name, const std::string& number,
             const std::vector<std::string>& acts) {
        auto input = readJsonFile(kLives / "tu-nguyen-trong-tet.json");
        input.children.push_back(
            document::readJson(R"({"office":{"thads":")" + std::string(kOffice) + R"("}})")
                .value()
                .root.children.front());
        input.child("ruling")->child("reference")->child("number")->value = number;
        auto& said = input.child("acts")->children;
        said.resize(1);
        for (const auto& act : acts) said.push_back(document::readJson(act).value().root);
        scenario::writeFile(folder_.path() / (name + ".json"), document::writeJson(input));
    }
    static std::string entry(const std::string& number, const std::string& day) {
        return R"({"on":")" + day +
               R"(","sender":"thads","type":"TransferAcknowledgement","id":"so)" + number +
               R"(","content":{"registerNumber":")" + number + R"(","registeredOn":")" + day +
               R"(","receivedOn":")" + day + R"(","formOfReceipt":"post"}})";
    }
    static const Node& cell(const Node& root, std::size_t line, const char* column) {
        return *root.child("lines")->children.at(line).child("cells")->child(column);
    }
    support::TemporaryFolder folder_;
};

TEST_F(Registers, OfRulingsReceivedCountByNumberAndKeepWhatWasStruck) {
    put("b", "2/2024/HC-ST", {entry("10", "2024-11-20")});
    put("a", "1/2024/HC-ST",
        {entry("9", "2024-11-20"),
         R"({"on":"2024-11-25","sender":"thads","type":"ActCorrection","content":{"act":"so9",
             "reason":"ghi nhầm","changes":[{"field":"registerNumber","was":"9","is":"8"}]}})"});
    put("c", "3/2024/HC-ST",
        {entry("11", "2024-12-02"),
         R"({"on":"2024-12-03","sender":"thads","type":"TransferReturn","content":{
             "returnedOn":"2024-12-03","reason":"x"}})"});
    put("later", "4/2024/HC-ST", {entry("1", "2025-10-01")});
    const auto root = made("01");
    EXPECT_EQ(text(root, "officeName").find("Thi hành án dân sự"), 0U) << text(root, "officeName");
    ASSERT_EQ(root.child("lines")->children.size(), 3U) << document::writeJson(root);
    const auto& numbers = cell(root, 0, "1").children;
    ASSERT_EQ(numbers.size(), 2U) << document::writeJson(root);
    EXPECT_EQ(text(numbers[0], "text"), "9");
    EXPECT_EQ(text(numbers[0], "struckAt").substr(0, 10), "2024-11-25");
    EXPECT_EQ(text(numbers[1], "text"), "8");
    EXPECT_EQ(text(numbers[1], "struckAt"), "");
    EXPECT_EQ(cell(root, 0, "2").children.size(), 1U) << "the day was not corrected";
    EXPECT_EQ(text(cell(root, 1, "1").children.at(0), "text"), "10") << "as numbers, not as words";
    EXPECT_EQ(text(cell(root, 0, "3").children.at(0), "text"), "dịch vụ bưu chính");
    EXPECT_EQ(text(root.child("lines")->children[1], "struck"), "false");
    EXPECT_EQ(text(root.child("lines")->children[2], "struck"), "true") << "it was returned";
    // Before the correction the first number stood alone, and was not struck.
    const auto before = made("01", {"--as-known-at", "2024-11-24"});
    ASSERT_EQ(cell(before, 0, "1").children.size(), 1U);
    EXPECT_EQ(text(cell(before, 0, "1").children[0], "struckAt"), "");
    EXPECT_EQ(made("01", {"--period", "3"}).child("lines")->children.size(), 3U);
}

TEST_F(Registers, MarkWhatHasChangedSinceTheyWerePrinted) {
    put("a", "1/2024/HC-ST",
        {entry("9", "2024-11-20"),
         R"({"on":"2024-11-25","sender":"thads","type":"ActCorrection","content":{"act":"so9",
             "reason":"ghi nhầm","changes":[{"field":"registerNumber","was":"9","is":"8"}]}})"});
    const auto page = run({"--form", "01", "--format", "html", "--since", "2024-11-22"}, kExitOk);
    EXPECT_NE(page.find("<s>9</s> (gạch bỏ 25/11/2024) (*)"), std::string::npos) << page;
    EXPECT_NE(page.find("(*) Ghi hoặc sửa sau 23:59:59 ngày 22/11/2024 (giờ Việt Nam"),
              std::string::npos);
    EXPECT_EQ(run({"--form", "01", "--format", "html"}, kExitOk).find("(*)"), std::string::npos);
}

TEST_F(Registers, OfMonitoringTellTheLifeOfARuling) {
    auto input = scenario::readFile(kLives / "buoc-thi-hanh.json");
    input.insert(input.find('{') + 1, R"("office":{"thads":")" + std::string(kOffice) + "\"},");
    scenario::writeFile(folder_.path() / "a.json", input);
    const auto root = made("19");
    ASSERT_EQ(root.child("lines")->children.size(), 1U);
    EXPECT_EQ(text(cell(root, 0, "1").children.at(0), "text"), "1");
    EXPECT_EQ(text(cell(root, 0, "9").children.at(1), "text").find("QĐ số "), 0U)
        << document::writeJson(cell(root, 0, "9"));
    EXPECT_FALSE(cell(root, 0, "8").children.empty());
    EXPECT_TRUE(text(cell(root, 0, "13").children.at(0), "text").starts_with("1. "));
    // Not of another office.
    Words other{"--mappings", kMappings.string(),
                "--lives",    folder_.path().string(),
                "--office",   "G15.90.05",
                "--year",     "2025",
                "--form",     "19"};
    EXPECT_NE(printedBy(registersCommand, other, kExitOk).find("\"lines\":[]"), std::string::npos);
}

TEST_F(Registers, ComeInEveryFormat) {
    put("a", "1/2024/HC-ST", {entry("9", "2024-11-20")});
    const auto out = (folder_.path() / "so").string();
    run({"--form", "01", "--format", "csv", "--out", out + ".csv"}, kExitOk);
    const auto csv = scenario::readFile(out + ".csv");
    EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBFMẫu số 01,\"SỔ NHẬN BẢN ÁN")) << csv;
    EXPECT_NE(csv.find("\r\n,9,20/11/2024,dịch vụ bưu chính,"), std::string::npos) << csv;
    run({"--form", "01", "--format", "xlsx", "--out", out + ".xlsx"}, kExitOk);
    EXPECT_TRUE(scenario::readFile(out + ".xlsx").starts_with("PK"));
    run({"--form", "01", "--format", "pdf", "--out", out + ".pdf"}, kExitOk);
    std::string text;
    ASSERT_EQ(scenario::run({"pdftotext", "-layout", out + ".pdf", "-"}, &text), 0) << text;
    EXPECT_NE(text.find("SỔ NHẬN BẢN ÁN, QUYẾT ĐỊNH"), std::string::npos) << text;
    EXPECT_NE(text.find("20/11/2024"), std::string::npos) << text;
    EXPECT_NE(text.find("Trang 1/1"), std::string::npos) << text;
}

TEST_F(Registers, SayWhatIsWrong) {
    EXPECT_NE(run({}, kExitUsage).find("--form"), std::string::npos);
    EXPECT_NE(run({"--form", "02"}, kExitUsage).find("no register 02"), std::string::npos);
    EXPECT_NE(run({"--form", "01", "--since", "soon"}, kExitUsage).find("--since"),
              std::string::npos);
    support::TemporaryFolder copy;
    fs::copy(kMappings, copy.path() / "m", fs::copy_options::recursive);
    const auto file = copy.path() / "m" / "legal-rules" / "registers.xml";
    const auto shipped = scenario::readFile(file);
    const auto refused = [&](const std::string& was, const std::string& is) {
        auto changed = shipped;
        changed.replace(changed.find(was), was.size(), is);
        scenario::writeFile(file, changed);
        return run({"--form", "01"}, kExitBadData, copy.path() / "m");
    };
    EXPECT_NE(refused("says=\"{number}\"", "says=\"{nummer}\"").find("no field nummer"),
              std::string::npos);
    EXPECT_NE(refused("says=\"{number}\"", "says=\"{number\"").find("does not close"),
              std::string::npos);
    EXPECT_NE(refused("entered=\"registered\"", "entered=\"enrolled\"").find("enrolled"),
              std::string::npos);
    EXPECT_NE(refused("acts=\"SanctionResult\"", "acts=\"Sanction\"").find("unknown act Sanction"),
              std::string::npos);
    EXPECT_NE(refused("when=\"subject\"", "when=\"object\"").find("registers.xml:"),
              std::string::npos);
}

TEST(RegisterTemplate, LeavesOutBracketsWhoseFieldsAreEmpty) {
    const auto made = law::registers::Template::read("QĐ[ số {number}] ngày {on}");
    EXPECT_EQ(made.write({{"number", "5"}, {"on", "1"}}), "QĐ số 5 ngày 1");
    EXPECT_EQ(made.write({{"number", ""}, {"on", "1"}}), "QĐ ngày 1");
    EXPECT_EQ(made.write({{"number", "5"}}), "") << "nothing to say";
    for (const char* bad : {"{a", "a}", "[a", "a]", "{a{b}}", "[a[b]]", "{[a]}"})
        EXPECT_THROW(static_cast<void>(law::registers::Template::read(bad)), std::invalid_argument)
            << bad;
}

}  // namespace
}  // namespace gateway::app
