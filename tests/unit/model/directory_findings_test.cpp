#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/model/agencies/directory_faults.h"
#include "tests/unit/model/directory_fixture.h"

namespace gateway::model {
namespace {

using namespace fixture;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

Agency& withCode(std::vector<Agency>& list, std::string_view code) {
    for (auto& agency : list)
        if (agency.code == code) return agency;
    throw std::runtime_error("no such fixture");
}

auto says(const std::string& what) {
    return Contains(Field(&DirectoryFinding::what, HasSubstr(what)));
}

TEST(DirectoryFaults, AreAllToldAtOnceWithTheirPlaces) {
    auto list = agencies();
    withCode(list, "H21").superior = "H77";
    withCode(list, "D01.21").territory = "p34-77";
    withCode(list, "H08").successors[0].successor = "H78";
    list.push_back(list.front());
    const auto faults = directoryFaults(list, Territories(territories()));
    EXPECT_THAT(faults, AllOf(says("agency H21: unknown superior \"H77\""),
                              says("agency D01.21: unknown territory \"p34-77\""),
                              says("agency H08: unknown successor \"H78\""),
                              says("is declared twice, also at ")));
    for (const auto& fault : faults) EXPECT_THAT(fault.origin, HasSubstr(".xml:"));
    EXPECT_THAT(directoryFaults(agencies(), Territories(territories())), IsEmpty());
}

TEST(DirectoryFaults, ACodeOfTheStatisticalOfficeIsOneProvincesOnADay) {
    auto places = territories();
    for (auto& one : places)
        if (one.id == "p34-52") one.period.from = kBefore;
    EXPECT_THAT(directoryFaults({}, Territories(places)), says("on which p63-52 has it"));
}

TEST(DirectoryNotes, NameWhatIsMissing) {
    auto list = agencies();
    auto notes = directoryNotes(list, Territories(territories()));
    EXPECT_THAT(notes, Not(says("agency H21: ")));
    withCode(list, "H21").names = {{"UBND tỉnh Gia Lai", {{}, kBefore}, false},
                                   {"UBND tỉnh Gia Lai", {kMerger, {}}, false}};
    withCode(list, "H08").successors.clear();
    notes = directoryNotes(list, Territories(territories()));
    EXPECT_THAT(notes, AllOf(says("agency H21: has no official name on 2025-06-30"),
                             says("agency H08: ends and nobody is said to follow"),
                             says("territory p34-01: has no enforcement on 2025-07-01")));
    EXPECT_THAT(notes, Not(says("territory p34-52: has no enforcement")));
}

TEST(DirectoryNotes, ANameOfTwoIsToldOnceAndOnlyOfCommonDays) {
    using enum AgencyKind;
    using enum AgencyLevel;
    const auto one = agency("H21.X1", PeoplesCommittee, Commune, "p34-52", "UBND xã An Phú");
    const auto named = [&](Period period) {
        return directoryNotes(
            {one, agency("H21.X2", PeoplesCommittee, Commune, "p34-52", "UBND xã An Phú", period)},
            Territories());
    };
    EXPECT_THAT(named({}), SizeIs(1));
    EXPECT_THAT(named({}), says("H21.X1's as well"));
    EXPECT_THAT(directoryNotes({one}, Territories()), IsEmpty());
}

}  // namespace
}  // namespace gateway::model
