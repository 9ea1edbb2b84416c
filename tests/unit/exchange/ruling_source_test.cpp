#include "gateway/exchange/casework/ruling_source.h"

#include <gmock/gmock.h>

#include "gateway/exchange/reference/reference_data.h"

namespace gateway::exchange {
namespace {

using model::Instance;
using testing::HasSubstr;

using namespace std::chrono_literals;

// Provincial court of Hà Nội and its region; Thủ Đức's district court became HCMC's region 2.
constexpr const char* kHanoi = "D01.26";
constexpr const char* kHanoiRegion = "D01.26.K1";
constexpr const char* kThuDuc = "D01.29.L1";
constexpr const char* kSaigon = "D01.29";
constexpr const char* kHighDanang = "D01.C2";
constexpr const char* kAppealsHanoi = "D01.P1";

class RulingSourceTest : public testing::Test {
  protected:
    static const ReferenceData& reference() {
        static const auto data = ReferenceData::load(ReferencePaths::under(THAHC_SOURCE_DIR));
        return *data;
    }

    static std::optional<base::Problem> judged(const char* court, Instance instance,
                                               const char* first, base::Date day) {
        model::Ruling ruling;
        ruling.reference.court = court;
        ruling.reference.issuedOn = day;
        ruling.instance = instance;
        ruling.firstInstanceCourt = first;
        return impossibleCourt(reference(), ruling);
    }
    // Where it is refused and why, "" if it is not.
    static std::string refusal(const char* court, Instance instance, const char* first,
                               base::Date day) {
        const auto problem = judged(court, instance, first, day);
        if (!problem) return {};
        EXPECT_EQ(problem->code, base::ErrorCode::RULING_COURT);
        EXPECT_FALSE(base::render(*problem).vi.empty());
        return problem->path + ": " + base::render(*problem).en;
    }
};

TEST_F(RulingSourceTest, CourtsThatFitAreTaken) {
    EXPECT_EQ(refusal(kHanoiRegion, Instance::First, kHanoiRegion, 2026y / 3 / 1), "");
    EXPECT_EQ(refusal(kThuDuc, Instance::First, kThuDuc, 2025y / 6 / 30), "") << "its last day";
    EXPECT_EQ(refusal(kHanoi, Instance::Appeal, kHanoiRegion, 2026y / 3 / 1), "");
    EXPECT_EQ(refusal(kSaigon, Instance::Appeal, kThuDuc, 2025y / 9 / 1), "")
        << "the court of first instance has ended meanwhile";
    EXPECT_EQ(refusal(kHighDanang, Instance::Appeal, "D01.47", 2025y / 5 / 27), "");
    EXPECT_EQ(refusal(kAppealsHanoi, Instance::Appeal, "D01.02", 2026y / 6 / 11), "");
    EXPECT_EQ(refusal(kHanoi, Instance::Cassation, kHanoiRegion, 2026y / 3 / 1), "");
    EXPECT_EQ(refusal("D01", Instance::Reopening, kHanoiRegion, 2026y / 3 / 1), "");
}

TEST_F(RulingSourceTest, AnEndedCourtIsNamedWithItsLastDayAndSuccessor) {
    const auto refused = refusal(kThuDuc, Instance::First, kThuDuc, 2025y / 7 / 1);
    EXPECT_THAT(refused, HasSubstr("ruling/reference/court"));
    EXPECT_THAT(refused, HasSubstr("2025-06-30"));
    EXPECT_THAT(refused, HasSubstr("D01.29.K2"));
    EXPECT_THAT(base::render(*judged(kThuDuc, Instance::First, kThuDuc, 2025y / 7 / 1)).vi,
                HasSubstr("hết ngày 30/06/2025"));
    EXPECT_THAT(refusal(kHighDanang, Instance::Appeal, "D01.47", 2025y / 9 / 18),
                HasSubstr("no court is known"));
}

TEST_F(RulingSourceTest, ACourtThatHadNotBegunIsRefused) {
    EXPECT_THAT(refusal(kHanoiRegion, Instance::First, kHanoiRegion, 2025y / 6 / 30),
                HasSubstr("began on 2025-07-01"));
    EXPECT_THAT(refusal("D01", Instance::Cassation, kHanoiRegion, 2025y / 6 / 30),
                HasSubstr("ruling/firstInstanceCourt"));
}

TEST_F(RulingSourceTest, AtFirstInstanceTheTwoCourtsAreOne) {
    EXPECT_THAT(refusal(kHanoi, Instance::First, kHanoiRegion, 2026y / 3 / 1),
                HasSubstr("ruling/firstInstanceCourt"));
    EXPECT_THAT(refusal("D01.26.K2", Instance::First, kHanoiRegion, 2026y / 3 / 1),
                HasSubstr("ruling/firstInstanceCourt"));
}

TEST_F(RulingSourceTest, TheInstanceMustBeOneOfItsLevel) {
    EXPECT_THAT(refusal(kHanoiRegion, Instance::Appeal, kHanoiRegion, 2026y / 3 / 1),
                HasSubstr("ruling/instance"));
    EXPECT_THAT(refusal(kHanoi, Instance::Cassation, kThuDuc, 2025y / 6 / 1),
                HasSubstr("ruling/instance"))
        << "provinces review since 01/07/2025 only";
    EXPECT_THAT(refusal("D01", Instance::First, "D01", 2026y / 3 / 1),
                HasSubstr("ruling/instance"));
}

TEST_F(RulingSourceTest, AnotherProvincesCourtIsNotAbove) {
    EXPECT_THAT(refusal(kSaigon, Instance::Appeal, kHanoiRegion, 2026y / 3 / 1),
                HasSubstr("is not above"));
}

}  // namespace
}  // namespace gateway::exchange
