// The directory on the command line: who is who on a day, and every fault of its files at once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/app/printed_by.h"

namespace gateway::app {
namespace {

using document::Node;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kMappings = THAHC_SOURCE_DIR "/mappings";

Node found(const std::string& text, const std::string& day, int expected) {
    return document::readJson(
               printedBy(agenciesCommand,
                         {"find", text, "--on", day, "--json", "--mappings", kMappings}, expected))
        .value()
        .root;
}

const std::string& firstIn(const Node& answer, const char* list, const char* member) {
    return answer.child(list)->children.at(0).child(member)->value;
}

TEST(AgenciesFind, ACodeInEitherForm) {
    for (const char* code : {"H08", "000.00.00.H08"}) {
        const auto answer = found(code, "2025-06-30", kExitOk);
        EXPECT_EQ(firstIn(answer, "agencies", "name"), "Ủy ban nhân dân tỉnh Bình Định");
        EXPECT_EQ(firstIn(answer, "agencies", "olderCode"), "000.00.00.H08");
        EXPECT_EQ(firstIn(answer, "agencies", "codeStatus"), "unverified");
        EXPECT_EQ(firstIn(answer, "agencies", "holds"), "true");
        EXPECT_EQ(answer.child("agencies")->children[0].child("today")->child("code")->value,
                  "H21");
    }
    EXPECT_EQ(firstIn(found("H08", "2025-07-01", kExitOk), "agencies", "holds"), "false");
    EXPECT_EQ(firstIn(found("G15.90.08", "2025-06-30", kExitOk), "agencies", "olderCode"),
              "000.08.90.G15");
}

// 52 was Bình Định and is Gia Lai.
TEST(AgenciesFind, ACodeOfTheStatisticalOfficeByTheDay) {
    const auto holding = [](const char* day) {
        const auto answer = found("52", day, kExitOk);
        EXPECT_EQ(answer.child("territories")->children.size(), 2U);
        for (const auto& one : answer.child("territories")->children)
            if (one.child("holds")->value == "true") return one.child("name")->value;
        return std::string();
    };
    EXPECT_EQ(holding("2025-06-30"), "Tỉnh Bình Định");
    EXPECT_EQ(holding("2025-07-01"), "Tỉnh Gia Lai");
}

TEST(AgenciesFind, NamesAsPeopleWriteThem) {
    EXPECT_EQ(firstIn(found("UBND TP.HCM", "2026-01-01", kExitOk), "agencies", "code"), "H29");
    const auto province = found("BR-VT", "2025-06-30", kExitOk);
    EXPECT_EQ(firstIn(province, "territories", "id"), "p63-77");
    EXPECT_EQ(province.child("territories")->children[0].child("bodies")->children.size(), 4U);
    const auto none = found("UBND tinh Kien Giang", "2026-01-01", kExitNotFound);
    EXPECT_EQ(firstIn(none, "near", "code"), "H33");
}

TEST(AgenciesFind, ForPeople) {
    const auto text = printedBy(
        agenciesCommand,
        {"find", "THADS tỉnh Bắc Giang", "--on", "2026-01-01", "--mappings", kMappings}, kExitOk);
    EXPECT_THAT(text, AllOf(HasSubstr("G15.90.02 Cục Thi hành án dân sự tỉnh Bắc Giang"),
                            HasSubstr("NOT on that day"), HasSubstr("code: provisional"),
                            HasSubstr("superior: G15.90 "), HasSubstr("by G15.90.05 "),
                            HasSubstr("today: G15.90.05 Thi hành án dân sự tỉnh Bắc Ninh")));
}

class AgenciesCheck : public testing::Test {
  protected:
    void put(const std::string& name, const std::string& agencies) {
        const auto folder = local_.path() / "mappings" / "agencies";
        std::filesystem::create_directories(folder);
        std::ofstream(folder / name) << "<agencies xmlns=\"urn:thahc:agency-directory:1\">\n"
                                     << agencies << "</agencies>\n";
    }
    std::string checked(int expected) {
        return printedBy(agenciesCommand,
                         {"check", "--mappings", kMappings, "--local", local_.path().string()},
                         expected);
    }
    std::string line(const char* name, int number) {
        return "BAD: " + (local_.path() / "mappings" / "agencies" / name).string() + ":" +
               std::to_string(number) + ": ";
    }
    support::TemporaryFolder local_;
};

TEST_F(AgenciesCheck, TheDeliveredDirectoryIsGood) {
    EXPECT_THAT(checked(kExitOk), AllOf(HasSubstr("good\n"), Not(HasSubstr("BAD"))));
}

// One file more is all that an operator needs; every fault of it is told with its line.
TEST_F(AgenciesCheck, AFileOfAnOperatorIsJudgedWhole) {
    const std::string good =
        "<agency code=\"H26.X9\" status=\"provisional\" kind=\"peoples-committee\" "
        "level=\"commune\""
        " territory=\"p34-01\" superior=\"H26\" from=\"2025-07-01\"><name>UBND xã "
        "Thử</name></agency>\n";
    put("communes.xml", good);
    EXPECT_THAT(checked(kExitOk), HasSubstr("good"));
    put("communes.xml",
        "<agency code=\"H26\" status=\"verified\" kind=\"peoples-committee\" level=\"province\""
        " territory=\"p34-01\"><name>x</name></agency>\n"
        "<agency code=\"H26.X8\" status=\"provisional\" kind=\"peoples-committee\" "
        "level=\"commune\""
        " territory=\"p34-99\" superior=\"H26.X8\" until=\"2026-01-01\"><name>y</name>"
        "<successor code=\"H26.X7\" on=\"2026-01-01\" type=\"whole\"/></agency>\n");
    EXPECT_THAT(checked(kExitBadData),
                AllOf(HasSubstr(line("communes.xml", 3) + "agency H26.X8: unknown territory"),
                      HasSubstr("agency H26.X8: unknown successor \"H26.X7\""),
                      HasSubstr("agency H26.X8: its superiors form a cycle"),
                      HasSubstr("agency H26: is declared twice")));
    put("broken.xml", "<agency/>\n");
    EXPECT_THAT(checked(kExitBadData), HasSubstr(line("broken.xml", 2)));
}

}  // namespace
}  // namespace gateway::app
