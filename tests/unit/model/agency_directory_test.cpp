#include "gateway/model/agency_directory.h"

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

TEST(BadTerritories, AreNamed) {
    auto where = territories();
    where.push_back(where.front());
    expectFault({}, where, "declared twice");
    where = territories();
    where[0].successor = "p34-77";
    expectFault({}, where, "unknown successor");
    where = territories();
    where[0].successionOn = kToday;
    expectFault({}, where, "on the day on which it ends");
    where = territories();
    where[0].successor = "p63-52";
    expectFault({}, where, "cycle");
    where = territories();
    where[0].names.push_back({"second", {}});
    expectFault({}, where, "overlap");
}

}  // namespace
}  // namespace gateway::model
