#include "gateway/model/agencies/agency_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "tests/unit/model/directory_fixture.h"

namespace gateway::model {
namespace {

using namespace fixture;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

AgencyDirectory directory() { return AgencyDirectory(agencies(), Territories(territories())); }

TEST(Territories, CollidingCodesNeverMix) {
    const Territories all(territories());
    EXPECT_EQ(all.at("p63-52", kBefore), "p63-52");
    EXPECT_EQ(all.at("p63-52", kMerger), "p34-52");
    EXPECT_EQ(all.at("p63-64", kToday), "p34-52");
    EXPECT_EQ(all.at("p34-52", kToday), "p34-52");
    EXPECT_EQ(all.at("p34-52", kBefore), std::nullopt);
    EXPECT_EQ(all.at("p63-99", kToday), std::nullopt);
    EXPECT_THAT(all.closure("p34-52", kToday), UnorderedElementsAre("p34-52", "p63-52", "p63-64"));
    EXPECT_THAT(all.closure("p63-52", kToday), ElementsAre("p63-52"));
}

TEST(AgencyDirectory, FindsByEitherFormAndByDay) {
    const auto all = directory();
    ASSERT_NE(all.find("000.00.00.H08"), nullptr);
    EXPECT_EQ(all.find("000.00.00.H08")->code, "H08");
    EXPECT_NE(all.find("H08", kBefore), nullptr);
    EXPECT_EQ(all.find("H08", kMerger), nullptr);
    EXPECT_EQ(all.find("H99"), nullptr);
    EXPECT_EQ(all.find("nonsense"), nullptr);
}

TEST(AgencyDirectory, ClosureFollowsTheMergerFromItsDayOn) {
    const auto all = directory();
    EXPECT_THAT(all.closure("D01.21", kBefore).codes, ElementsAre("D01.21"));
    EXPECT_THAT(all.closure("D01.21", kMerger).codes, ElementsAre("D01.21", "D01.08"));
    EXPECT_THAT(all.closure("D01.08", kToday).codes, ElementsAre("D01.08"));
    EXPECT_TRUE(all.closure("D01.21.K1", kToday).contains("D01.08.L1"));
    EXPECT_THAT(all.closure("H99", kToday).codes, IsEmpty());
}

TEST(AgencyDirectory, ClosureIsTransitive) {
    auto list = agencies();
    for (auto& agency : list)
        if (agency.code == "D01.21.K1")
            agency = [&] {
                auto made = agency;
                made.period.until = 2026y / 6 / 1;
                made.successors = {{"D01.21.K2", 2026y / 6 / 1, SuccessionType::Whole, {}}};
                return made;
            }();
    list.push_back(agency("D01.21.K2", AgencyKind::Court, AgencyLevel::Region, "p34-52",
                          "TAND khu vực 2 - Gia Lai", {kMerger, {}}));
    const AgencyDirectory all(list, Territories(territories()));
    EXPECT_THAT(all.closure("D01.21.K2", kToday).codes,
                ElementsAre("D01.21.K2", "D01.21.K1", "D01.08.L1"));
    EXPECT_THAT(all.closure("D01.21.K2", 2026y / 5 / 31).codes, ElementsAre("D01.21.K2"));
    EXPECT_EQ(all.holderOn("D01.08.L1", kToday)->code, "D01.21.K2");
}

TEST(AgencyDirectory, ASplitGivesNothing) {
    const auto all = directory();
    const auto closure = all.closure("H21.X1", kToday);
    EXPECT_THAT(closure.codes, ElementsAre("H21.X1"));
    EXPECT_THAT(closure.split, ElementsAre("H08.V1"));
    EXPECT_EQ(all.holderOn("H08.V1", kToday), nullptr);
    EXPECT_EQ(all.holderOn("H08.V1", kBefore)->code, "H08.V1");
}

TEST(AgencyDirectory, HolderIsTheSuccessorOfTheDay) {
    const auto all = directory();
    EXPECT_EQ(all.holderOn("D01.08", kBefore)->code, "D01.08");
    EXPECT_EQ(all.holderOn("D01.08", kMerger)->code, "D01.21");
    EXPECT_EQ(all.holderOn("D01.21.K1", kBefore), nullptr);
}

TEST(AgencyDirectory, CompetenceFollowsTheTerritory) {
    const auto all = directory();
    EXPECT_EQ(all.enforcementFor("p63-52", kBefore)->code, "G15.90.08");
    EXPECT_EQ(all.enforcementFor("p63-52", kMerger)->code, "G15.90.21");
    EXPECT_EQ(all.enforcementFor("p34-52", kToday)->code, "G15.90.21");
    EXPECT_EQ(all.enforcementFor("p34-01", kToday), nullptr);
    EXPECT_EQ(all.procuracyFor("p63-52", kToday)->code, "E01.21");
    EXPECT_EQ(all.procuracyFor("p63-52", kBefore), nullptr);
    EXPECT_EQ(all.provinceOn("D01.08", kToday), "p34-52");
    EXPECT_EQ(all.provinceOn("D01.21", kBefore), "p63-64");
    EXPECT_EQ(all.provinceOn("E01", kToday), "");
    EXPECT_EQ(all.provinceOn("H99", kToday), "");
    EXPECT_EQ(all.provinceAt("p63-64", kToday), "p34-52");
}

TEST(AgencyDirectory, NamesBelongToDays) {
    const auto all = directory();
    EXPECT_EQ(all.named("TAND tỉnh Bình Định").size(), 1U);
    EXPECT_EQ(all.namedOn("TAND tỉnh Bình Định", kBefore).size(), 1U);
    EXPECT_EQ(all.namedOn("TAND tỉnh Bình Định", kMerger).size(), 0U);
    EXPECT_EQ(all.named("TAND tỉnh Binh Dinh").size(), 0U);
}

TEST(AgencyDirectory, SubordinatesAreTransitive) {
    const auto all = directory();
    std::vector<std::string> codes;
    for (const auto* agency : all.subordinates("H21")) codes.push_back(agency->code);
    EXPECT_THAT(codes, UnorderedElementsAre("H21.X1", "H21.X2"));
    EXPECT_EQ(all.subordinates("H21.X1").size(), 0U);
}

// Every mistake in the data is named with file and line.
void expectFault(std::vector<Agency> list, std::vector<Territory> where, const std::string& what) {
    try {
        const AgencyDirectory made(std::move(list), Territories(std::move(where)));
        FAIL() << "accepted in spite of: " << what;
    } catch (const base::Fault& fault) {
        EXPECT_THAT(fault.what(), HasSubstr(what));
        EXPECT_THAT(fault.what(), HasSubstr(".xml:"));
    }
}

Agency& withCode(std::vector<Agency>& list, std::string_view code) {
    for (auto& agency : list)
        if (agency.code == code) return agency;
    throw std::runtime_error("no such fixture");
}

TEST(BadDirectory, DoubledCode) {
    auto list = agencies();
    list.push_back(list.front());
    expectFault(list, territories(), "declared twice");
}

TEST(BadDirectory, UnknownReferences) {
    auto list = agencies();
    withCode(list, "H21").superior = "H77";
    expectFault(list, territories(), "unknown superior \"H77\"");
    list = agencies();
    withCode(list, "H21").territory = "p34-77";
    expectFault(list, territories(), "unknown territory \"p34-77\"");
    list = agencies();
    withCode(list, "H21").territory = "";
    expectFault(list, territories(), "needs a territory");
    list = agencies();
    withCode(list, "H08").successors[0].successor = "H77";
    expectFault(list, territories(), "unknown successor \"H77\"");
}

TEST(BadDirectory, ImpossibleSuccessions) {
    auto list = agencies();
    withCode(list, "H08").successors[0].on = kToday;
    expectFault(list, territories(), "on the day on which the agency ends");
    list = agencies();
    withCode(list, "H08").successors[0].successor = "D01.21";
    expectFault(list, territories(), "of another kind");
    list = agencies();
    withCode(list, "H08").successors.push_back({"H21.X1", kMerger, SuccessionType::Split, {}});
    expectFault(list, territories(), "has several successors");
    list = agencies();
    withCode(list, "H21").period.until = kBefore;
    expectFault(list, territories(), "does not exist on that day");
}

TEST(BadDirectory, Cycles) {
    auto list = agencies();
    withCode(list, "H21").superior = "H21.X1";
    expectFault(list, territories(), "superiors form a cycle");
    list = agencies();
    auto& first = withCode(list, "D01.21.K1");
    first.period.until = kToday;
    first.successors = {{"D01.21.K1", kToday, SuccessionType::Whole, {}}};
    expectFault(list, territories(), "does not exist on that day");
}

TEST(BadDirectory, OverlappingNamesAndCompetence) {
    auto list = agencies();
    withCode(list, "H21").names.push_back({"second", {kMerger, {}}, false});
    expectFault(list, territories(), "overlap");
    list = agencies();
    list.push_back(agency("G15.90.52", AgencyKind::Enforcement, AgencyLevel::Province, "p34-52",
                          "THADS", {kMerger, {}}));
    expectFault(list, territories(), "both are competent for p34-52 on 2025-07-01");
}

TEST(BadDirectory, CodesAndOriginals) {
    auto list = agencies();
    list.push_back(
        agency("000.00.11.H21", AgencyKind::PeoplesCommittee, AgencyLevel::Commune, "p34-52", "x"));
    expectFault(list, territories(), "not canonical");
    list = agencies();
    withCode(list, "H21").originals = {"000.00.00.H08"};
    expectFault(list, territories(), "another agency's");
    list = agencies();
    withCode(list, "H21").names[0].alias = true;
    expectFault(list, territories(), "no official name");
}

TEST(BadDirectory, EmptyPeriods) {
    auto list = agencies();
    withCode(list, "E01.26").period = {kMerger, kMerger};
    expectFault(list, territories(), "its period is empty");
    list = agencies();
    withCode(list, "H21").names[0].period = {kMerger, kMerger};
    expectFault(list, territories(), "has an empty period");
}

TEST(BadDirectory, DoubledCodeNamesTheFirstPlace) {
    auto list = agencies();
    list.push_back(agency("H21", AgencyKind::PeoplesCommittee, AgencyLevel::Province, "p63-64",
                          "UBND tỉnh Gia Lai"));
    list.back().origin = "second.xml:7";
    expectFault(list, territories(),
                "second.xml:7: agency H21: is declared twice, also at "
                "agencies.xml:H21");
}

TEST(BadDirectory, OnlyTheHighestNeedNoTerritory) {
    using enum AgencyLevel;
    for (const auto level : {Central, High, Province, Region, District, Commune}) {
        auto list = agencies();
        list.push_back(agency("D05", AgencyKind::Court, level, "", "Tòa án"));
        if (level == Central || level == High)
            EXPECT_NO_THROW(AgencyDirectory(list, Territories(territories())));
        else
            expectFault(list, territories(), "needs a territory");
    }
}

TEST(BadDirectory, AliasesMayOverlapNamesMayNot) {
    auto list = agencies();
    auto& names = withCode(list, "H21").names;
    names.push_back({"UBND Gia Lai", {}, true});
    names.push_back({"Gia Lai", {}, true});
    EXPECT_NO_THROW(AgencyDirectory(list, Territories(territories())));
    names = {{"alias", {}, true}, {"one", {{}, kMerger}, false}, {"two", {kMerger, {}}, false}};
    EXPECT_NO_THROW(AgencyDirectory(list, Territories(territories())));
}

TEST(BadDirectory, TwoProcuraciesForOneProvince) {
    auto list = agencies();
    list.push_back(agency("E01.52", AgencyKind::Procuracy, AgencyLevel::Province, "p34-52", "VKSND",
                          {kMerger, {}}));
    expectFault(list, territories(), "both are competent for p34-52");
    // Agencies of other kinds and levels may stand side by side in a province.
    list = agencies();
    list.push_back(agency("E01.52", AgencyKind::Procuracy, AgencyLevel::Region, "p34-52", "VKSND",
                          {kMerger, {}}));
    list.push_back(agency("D01.52", AgencyKind::Court, AgencyLevel::Province, "p34-52", "TAND",
                          {kMerger, {}}));
    list.push_back(agency("H52", AgencyKind::PeoplesCommittee, AgencyLevel::Province, "p34-52",
                          "UBND", {kMerger, {}}));
    EXPECT_NO_THROW(AgencyDirectory(list, Territories(territories())));
}

// Two offices become competent for one province on a day on which none of the two begins: the
// provinces merged, and a third agency ended.
TEST(BadDirectory, CompetenceIsJudgedOnDaysOfEndsToo) {
    using enum AgencyKind;
    using enum AgencyLevel;
    auto ended = agency("H08", PeoplesCommittee, Province, "p63-52", "UBND", {{}, kMerger});
    expectFault({agency("G15.90.08", Enforcement, Province, "p63-52", "THADS Bình Định"),
                 agency("G15.90.21", Enforcement, Province, "p63-64", "THADS Gia Lai"), ended},
                territories(), "both are competent for p34-52 on 2025-07-01");
}

TEST(BadDirectory, CompetenceIsJudgedOnDaysOfBeginningsToo) {
    using enum AgencyKind;
    using enum AgencyLevel;
    expectFault({agency("G15.90.21", Enforcement, Province, "p34-52", "THADS Gia Lai"),
                 agency("G15.90.22", Enforcement, Province, "p34-52", "THADS khác", {kToday, {}})},
                territories(), "both are competent for p34-52 on 2026-11-21");
}

TEST(AgencyDirectory, CompetentIsOnlyTheProvincesOffice) {
    using enum AgencyKind;
    using enum AgencyLevel;
    const AgencyDirectory all(
        {agency("G15.90.01", Enforcement, Region, "p34-52", "THADS khu vực"),
         agency("E01.01", Procuracy, Region, "p34-52", "VKSND khu vực"),
         agency("H21", PeoplesCommittee, Province, "p34-52", "UBND"),
         agency("G15.90.26", Enforcement, Province, "p34-01", "THADS Hà Nội", {kMerger, {}}),
         agency("G15.90.52", Enforcement, Province, "p34-52", "THADS", {kMerger, kToday})},
        Territories(territories()));
    ASSERT_NE(all.enforcementFor("p34-52", kMerger), nullptr);
    EXPECT_EQ(all.enforcementFor("p34-52", kMerger)->code, "G15.90.52");
    EXPECT_EQ(all.enforcementFor("p34-52", kToday), nullptr) << "its office has ended";
    EXPECT_EQ(all.enforcementFor("p34-01", kToday)->code, "G15.90.26");
    EXPECT_EQ(all.enforcementFor("p34-77", kToday), nullptr);
    EXPECT_EQ(all.procuracyFor("p34-52", kToday), nullptr);
}

TEST(AgencyDirectory, NamesMayBeSharedAndReturn) {
    using enum AgencyKind;
    using enum AgencyLevel;
    auto ward = agency("H21.X1", PeoplesCommittee, Commune, "p34-52", "UBND xã An Phú");
    ward.names = {{"UBND xã An Phú", {{}, kBefore}, false},
                  {"UBND xã Mới", {kBefore, kMerger}, false},
                  {"UBND xã An Phú", {kMerger, {}}, false}};
    auto other =
        agency("H21.X2", PeoplesCommittee, Commune, "p34-52", "UBND xã An Phú", {{}, kMerger});
    const AgencyDirectory all({ward, other}, Territories(territories()));
    EXPECT_EQ(all.named("UBND xã An Phú").size(), 2U);
    ASSERT_EQ(all.namedOn("UBND xã An Phú", kBefore).size(), 1U);
    EXPECT_EQ(all.namedOn("UBND xã An Phú", kBefore).front()->code, "H21.X2");
    ASSERT_EQ(all.namedOn("UBND xã An Phú", kMerger).size(), 1U);
    EXPECT_EQ(all.namedOn("UBND xã An Phú", kMerger).front()->code, "H21.X1");
    EXPECT_EQ(all.namedOn("UBND xã An Phú", 2020y / 1 / 1).size(), 2U);
}

TEST(AgencyDirectory, ASplitPassesNoOfficeOn) {
    auto list = agencies();
    withCode(list, "D01.08").successors[0].type = SuccessionType::Split;
    const AgencyDirectory all(list, Territories(territories()));
    EXPECT_EQ(all.holderOn("D01.08", kMerger), nullptr);
    EXPECT_THAT(all.closure("D01.21", kMerger).codes, ElementsAre("D01.21"));
    EXPECT_THAT(all.closure("D01.21", kMerger).split, ElementsAre("D01.08"));
    EXPECT_THAT(all.closure("D01.21", kBefore).split, IsEmpty());
    EXPECT_FALSE(all.closure("D01.21", kMerger).contains("D01.08"));
    EXPECT_EQ(all.holderOn("H99", kMerger), nullptr);
}

}  // namespace
}  // namespace gateway::model
