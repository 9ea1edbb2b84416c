#include "gateway/model/agencies/territory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "tests/unit/model/directory_fixture.h"

namespace gateway::model {
namespace {

using namespace fixture;

void expectFault(std::vector<Territory> where, const std::string& what) {
    try {
        const Territories made(std::move(where));
        FAIL() << "accepted in spite of: " << what;
    } catch (const base::Fault& fault) {
        EXPECT_THAT(fault.what(), testing::HasSubstr(what));
        EXPECT_THAT(fault.what(), testing::HasSubstr(".xml:"));
    }
}

TEST(BadTerritories, AreNamed) {
    auto where = territories();
    where.push_back(where.front());
    expectFault(where, "declared twice");
    where = territories();
    where[0].successor = "p34-77";
    expectFault(where, "unknown successor");
    where = territories();
    where[0].successionOn = kToday;
    expectFault(where, "on the day on which it ends");
    where = territories();
    where[0].successor = "p63-52";
    expectFault(where, "cycle");
    where = territories();
    where[0].names.push_back({"second", {}});
    expectFault(where, "overlap");
    where = territories();
    where[0].names.clear();
    expectFault(where, "has no name");
    where = territories();
    where[0].names[0].period = {kMerger, kMerger};
    expectFault(where, "a name has an empty period");
    where = territories();
    where[0].period = {kMerger, kMerger};
    expectFault(where, "its period is empty");
    where = territories();
    where[0].successionOn.reset();
    expectFault(where, "on the day on which it ends");
    where = territories();
    where[0].successionOn.reset();
    where[0].period.until.reset();
    expectFault(where, "on the day on which it ends");
}

TEST(Territories, NobodySucceedsBeforeTheSuccession) {
    auto where = territories();
    where[0].period.from = 2000y / 1 / 1;
    where[3].period.from.reset();
    const Territories all(where);
    EXPECT_EQ(all.at("p63-52", 1999y / 12 / 31), std::nullopt);
    EXPECT_EQ(all.at("p63-52", kMerger), "p34-52");
}

TEST(Territories, NamesMayFollowEachOther) {
    auto where = territories();
    where[3].names = {{"Tỉnh Gia Lai", {{}, kToday}}, {"Thành phố Gia Lai", {kToday, {}}}};
    EXPECT_NO_THROW(const Territories made(where));
}

TEST(Territories, ChainsAreFollowedByTheirDays) {
    std::vector<Territory> where = {
        territory("a", {{}, kBefore}, "A", "b"), territory("b", {kBefore, kMerger}, "B", "c"),
        territory("c", {kMerger, kToday}, "C", "d"), territory("d", {kToday, {}}, "D"),
        territory("e", {{}, kMerger}, "E")};
    const Territories all(where);
    EXPECT_EQ(all.at("a", 2020y / 1 / 1), "a");
    EXPECT_EQ(all.at("a", kBefore), "b");
    EXPECT_EQ(all.at("a", kMerger), "c");
    EXPECT_EQ(all.at("a", kToday), "d");
    EXPECT_EQ(all.at("b", 2020y / 1 / 1), std::nullopt) << "did not exist yet";
    EXPECT_EQ(all.at("e", kMerger), std::nullopt) << "ended without a successor";
    EXPECT_THAT(all.closure("d", kToday), testing::ElementsAre("d", "c", "b", "a"));
    EXPECT_THAT(all.closure("d", kMerger), testing::ElementsAre("d"));
    EXPECT_THAT(all.closure("c", kMerger), testing::ElementsAre("c", "b", "a"));
    EXPECT_THAT(all.closure("b", kBefore), testing::ElementsAre("b", "a"));
    EXPECT_THAT(all.closure("z", kToday), testing::IsEmpty());
}

}  // namespace
}  // namespace gateway::model
