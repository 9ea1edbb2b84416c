// Refusals of what was mapped without fault name the place in the sender's own document.

#include "gateway/exchange/desk/sender_place.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

using gateway::base::ErrorCode;
using gateway::base::Problem;

class CourtsTransfer : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        const std::string family = GetParam();
        const auto* const plan = formatsInService().find("court-" + family + "/ruling");
        ASSERT_NE(plan, nullptr);
        text_ = bytesOf(std::filesystem::path(THAHC_SOURCE_DIR) / "mappings" / ("court-" + family) /
                        "ruling" / ("ok-full." + family));
        content_ = contentOf(text_, plan->theirs());
        auto mapped = plan->read(content_, {});
        ASSERT_TRUE(mapped);
        ours_ = std::move(mapped->ours);
    }
    [[nodiscard]] Problem placed(const char* path, const std::string& value = {}) const {
        return gateway::exchange::BothSides{content_.tree.root, ours_}.placed(
            Problem(ErrorCode::AGENCY_UNKNOWN, path, {}).with("value", value));
    }
    [[nodiscard]] static bool isXml() { return std::string(GetParam()) == "xml"; }
    [[nodiscard]] std::uint32_t lineOf(const std::string& found) const {
        const auto at = text_.find(found);
        EXPECT_NE(at, std::string::npos) << found;
        return static_cast<std::uint32_t>(
            std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
    }

    std::string text_;
    gateway::document::Content content_;
    gateway::document::Node ours_;
};

TEST_P(CourtsTransfer, NamesTheMembersThatTheCourtWrote) {
    struct Case {
        const char *ours, *value, *xml, *found;
    };
    const Case cases[] = {
        {"/envelope/to", "", "/ChuyenGiaoBanAn/ThongTinChung/NoiNhan", "thahc/demo"},
        {"ruling/reference/court", "", "/ChuyenGiaoBanAn/BanAn/ToaAn", nullptr},
        {"ruling/obligations/obligatedAgency", "H21.X1",
         "/ChuyenGiaoBanAn/BanAn/NghiaVuThiHanh[1]/MaCoQuanPhaiThiHanh", "H21.X1"},
        {"ruling/attachments/0", "", "/ChuyenGiaoBanAn/BanAn/TepDinhKem", nullptr},
    };
    for (const auto& one : cases) {
        const auto problem = placed(one.ours, one.value);
        if (isXml()) {
            EXPECT_EQ(problem.path, one.xml);
        }
        EXPECT_NE(problem.path, one.ours);
        EXPECT_GT(problem.position.line, 0U) << one.ours;
        if (one.found != nullptr) {
            EXPECT_EQ(problem.position.line, lineOf(one.found)) << one.ours;
        }
    }
}

// The type is said by the format, and what is missing nobody has written.
TEST_P(CourtsTransfer, KeepsOurPathForWhatTheCourtDidNotWrite) {
    EXPECT_EQ(placed("/envelope/type").path, "/envelope/type");
    EXPECT_EQ(placed("ruling/noSuchMember").path, "ruling/noSuchMember");
    EXPECT_GT(placed("ruling/noSuchMember").position.line, 0U);
    EXPECT_EQ(placed("").path, "");
}

INSTANTIATE_TEST_SUITE_P(All, CourtsTransfer, testing::Values("xml", "json"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace golden
