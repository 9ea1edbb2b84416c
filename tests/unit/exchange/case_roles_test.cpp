// Who is what in a case: roles of the law over the directory of a day.
#include "gateway/exchange/casework/case_roles.h"

#include <gtest/gtest.h>

#include "gateway/exchange/reference/court_procuracy.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange::fixture {
namespace {

using law::Role;
using Roles = std::set<Role>;
using Codes = std::vector<std::string>;
constexpr base::Date kDay = 2026y / 6 / 15;

class CaseRolesTest : public testing::Test {
  protected:
    CaseRolesTest() {
        file_.ruling.reference.court = "D01.21";
        file_.ruling.firstInstanceCourt = "D01.21";
        file_.routing = {"G15.90.21", "E01.21", "p34-52"};
        for (const auto& [no, agency] : {std::pair{1, "H21.X1"}, std::pair{2, "H08.V1"}}) {
            model::Obligation obligation;
            obligation.no = no;
            file_.ruling.obligations.push_back(obligation);
            file_.obligations.push_back({no, {}, agency, {}, {}});
        }
    }
    [[nodiscard]] CaseRoles roles(base::Date day = kDay) const {
        static const auto data = projectData();
        return {*data, file_, day};
    }
    model::CaseFile file_;
};

TEST_F(CaseRolesTest, OneCourtIsBothWhenItTriedTheCaseItself) {
    EXPECT_EQ(roles().of("D01.21", 1), (Roles{Role::CourtFirst, Role::CourtIssuer}));
    file_.ruling.reference.court = "D01.P2";
    EXPECT_EQ(roles().of("D01.21", 1), Roles{Role::CourtFirst});
    EXPECT_TRUE(roles().of("D01.P2", 1).contains(Role::CourtIssuer));
    EXPECT_TRUE(roles().of("D01.P2", 1).contains(Role::Cassation));
}

// Viện kiểm sát cùng cấp: that of the level and the region of the court of first instance.
TEST_F(CaseRolesTest, TheProcuracyIsThatOfTheCourtsLevelAndRegion) {
    static const auto data = projectData();
    const auto& directory = data->directory();
    const struct {
        const char *court, *procuracy;
        base::Date on;
    } rows[] = {{"D01.21", "E01.21", kDay},
                {"D01.08", "E01.21", kDay},
                {"D01.08", "E01.08", 2024y / 5 / 6},
                {"D01.29.K1", "E01.29.K1", kDay},
                {"D01.29.K2", "E01.29.K2", kDay},
                {"D01.29.L1", "E01.29.K2", kDay},
                {"D01.29.L1", "E01.29.L1", 2024y / 5 / 6},
                {"D01.P2", "E01", kDay},
                {"D01", "E01", kDay}};
    for (const auto& row : rows) {
        const auto* found = procuracyOf(directory, row.court, row.on);
        ASSERT_NE(found, nullptr) << row.court;
        EXPECT_EQ(found->code, row.procuracy) << row.court;
    }
    EXPECT_EQ(procuracyOf(directory, "E01.21", kDay), nullptr) << "no court";
    EXPECT_EQ(procuracyOf(directory, "D01.99", kDay), nullptr);
    for (const auto& agency : directory.all())
        if (agency.kind == model::AgencyKind::Court && agency.level == model::AgencyLevel::Region) {
            EXPECT_EQ(procuracyOf(directory, agency.code, kDay)->level, agency.level)
                << agency.code;
        }
}

// The procuracy above may what the one below may; it is not the one that is told.
TEST_F(CaseRolesTest, OfARegionalCaseTheProvincesProcuracyHasAPartToo) {
    file_.ruling.reference.court = file_.ruling.firstInstanceCourt = "D01.29.K1";
    file_.routing = {"G15.90.29", "E01.29.K1", "p34-79"};
    EXPECT_EQ(roles().holders(Role::ProcuracyFirst, 1), Codes{"E01.29.K1"});
    EXPECT_EQ(roles().holders(Role::ProcuracyIssuer, 1), Codes{"E01.29.K1"});
    EXPECT_TRUE(roles().of("E01.29.K1", 1).contains(Role::ProcuracyFirst));
    EXPECT_TRUE(roles().of("E01.29", 1).contains(Role::ProcuracyFirst));
    for (const char* other : {"E01.29.K2", "E01.26.K1", "E01.26"})
        EXPECT_FALSE(roles().of(other, 1).contains(Role::ProcuracyFirst)) << other;
    file_.ruling.reference.court = "D01.29";
    EXPECT_EQ(roles().holders(Role::ProcuracyIssuer, 1), Codes{"E01.29"});
}

TEST_F(CaseRolesTest, AnObligatedAgencyIsThatForItsOwnObligationOnly) {
    EXPECT_TRUE(roles().of("H21.X1", 1).contains(Role::Obligated));
    EXPECT_FALSE(roles().of("H21.X1", 2).contains(Role::Obligated)) << "a split passes nothing";
    EXPECT_FALSE(roles().of("H26", 1).contains(Role::Obligated));
}

// Its duties run from the ruling (311.2), not from the notice that names its code.
TEST_F(CaseRolesTest, AnObligatedAgencyIsWhomTheRulingCallsSoUntilItsCodeIsKnown) {
    auto& state = file_.obligations.front();
    auto& obligation = file_.ruling.obligations.front();
    state.obligatedAgency.clear();
    EXPECT_TRUE(roles().holders(Role::Obligated, 1).empty()) << "the ruling names nobody";
    obligation.obligatedParty = "Ủy ban nhân dân phường Quy Nhơn";
    EXPECT_EQ(roles().holders(Role::Obligated, 1), Codes{"H21.X1"});
    EXPECT_TRUE(roles().of("H21.X1", 1).contains(Role::Obligated));
    EXPECT_TRUE(roles().hasPart("H21.X1"));
    EXPECT_EQ(roles().holders(Role::Superior, 1), Codes{"H21"}) << "and its superior";
    file_.routing.province = "p34-79";
    EXPECT_TRUE(roles().holders(Role::Obligated, 1).empty()) << "a namesake of another province";
    file_.routing.province = "p34-52";
    state.obligatedAgency = "H26.X1";
    EXPECT_EQ(roles().holders(Role::Obligated, 1), Codes{"H26.X1"}) << "the notice says whom";
    state.obligatedAgency.clear();
    obligation.obligatedParty = "Tòa án nhân dân tỉnh Gia Lai";
    EXPECT_TRUE(roles().holders(Role::Obligated, 1).empty()) << "no court is ever obligated";
}

TEST_F(CaseRolesTest, TheSuperiorIsTheDirectorysUnlessTheRulingNamesIt) {
    EXPECT_EQ(roles().holders(Role::Superior, 1), Codes{"H21"});
    EXPECT_TRUE(roles().of("H21", 1).contains(Role::Superior));
    file_.ruling.obligations.front().obligatedSuperior = "G06";
    EXPECT_EQ(roles().holders(Role::Superior, 1), Codes{"G06"});
}

TEST_F(CaseRolesTest, WhoFollowedWholeHasTheRolesOfWhomItFollowed) {
    file_.routing.enforcement = "G15.90.08";
    EXPECT_TRUE(roles().of("G15.90.21", 1).contains(Role::Thads));
    EXPECT_FALSE(roles(2024y / 1 / 1).of("G15.90.21", 1).contains(Role::Thads)) << "not yet";
}

TEST_F(CaseRolesTest, DepartmentAndMinistryAreFoundByWhatTheyAre) {
    EXPECT_EQ(roles().holders(Role::Department, 1), Codes{"G15.90"});
    EXPECT_EQ(roles().holders(Role::Ministry, 1), Codes{"G15"});
    EXPECT_TRUE(roles().of("G15.90", 1).contains(Role::Department));
    EXPECT_FALSE(roles().of("G06", 1).contains(Role::Ministry)) << "another ministry";
}

TEST_F(CaseRolesTest, WhomAnActHasNamedIsItsAddressee) {
    EXPECT_FALSE(roles().of("H26", 1).contains(Role::Addressee));
    file_.acts.push_back(
        {"m", "InformationRequest", "G15.90.21", "thads", kDay, {toldAs(Role::Addressee, "H26")}});
    EXPECT_TRUE(roles().of("H26", 1).contains(Role::Addressee));
    EXPECT_FALSE(roles().of("H21", 1).contains(Role::Addressee));
}

// Who may write to a case without standing in any of its lists.
TEST_F(CaseRolesTest, SuperiorsAndHigherCourtsHaveAPartOthersHaveNone) {
    EXPECT_TRUE(roles().hasPart("H21")) << "the superior";
    EXPECT_TRUE(roles().hasPart("D01")) << "may decide in cassation";
    EXPECT_TRUE(roles().hasPart("E01")) << "may protest";
    EXPECT_TRUE(roles().hasPart("H21.X1"));
    EXPECT_FALSE(roles().hasPart("H26")) << "every authority could fine somebody";
    EXPECT_FALSE(roles().hasPart("D01.26")) << "another province's court";
}

TEST_F(CaseRolesTest, PersonsAndThePublicAreNoAgencies) {
    EXPECT_EQ(roles().holders(Role::Entitled, 1), Codes{});
    EXPECT_EQ(roles().holders(Role::Public, 1), Codes{});
}

}  // namespace
}  // namespace gateway::exchange::fixture
