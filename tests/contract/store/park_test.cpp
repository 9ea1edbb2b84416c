// Messages that come before their ruling.

#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;

class Parking : public StoreContract {
  protected:
    static Acceptance early(std::string_view id, std::string_view number = "05/2026/HC-ST") {
        Acceptance acceptance;
        acceptance.message = message("THADS.44", id, id);
        acceptance.parkUnder = alias(number);
        return acceptance;
    }
};
RUN_AGAINST_ALL_STORES(Parking);

TEST_P(Parking, WaitsUnderItsAliasUntilTheRulingTakesIt) {
    ASSERT_TRUE(is<Stored>(ledger().accept(early("e-1"))));
    ASSERT_TRUE(is<Stored>(ledger().accept(early("e-2", "06/2026/HC-ST"))));
    ASSERT_TRUE(is<Stored>(ledger().accept(early("e-3"))));
    EXPECT_EQ(cases().parkedCount("THADS.44"), 3U);
    EXPECT_EQ(cases().parkedCount("THADS.45"), 0U);
    const auto waiting = cases().parkedFor(alias("05/2026/HC-ST"));
    ASSERT_EQ(waiting.size(), 2U);
    auto first = early("e-1").message;
    first.body.clear();
    first.receipt.clear();
    expectSame(waiting[0], first);
    EXPECT_EQ(waiting[1].messageId, "e-3");

    Acceptance ruling = opening("case-1", "m-1");
    ruling.unparkPositions = {waiting[0].position, waiting[1].position};
    ASSERT_TRUE(is<Stored>(ledger().accept(ruling)));
    EXPECT_EQ(cases().parkedCount("THADS.44"), 1U);
    EXPECT_TRUE(cases().parkedFor(alias("05/2026/HC-ST")).empty());
}

TEST_P(Parking, WhoHasLeftCannotLeaveAgain) {
    ASSERT_TRUE(is<Stored>(ledger().accept(early("e-1"))));
    Acceptance ruling = opening("case-1", "m-1");
    ruling.unparkPositions = {1};
    ASSERT_TRUE(is<Stored>(ledger().accept(ruling)));
    Acceptance again = following("case-1", "m-2", 1);
    again.unparkPositions = {1};
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(again)));
    again.unparkPositions = {99};
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(again)));
    EXPECT_EQ(cases().find("case-1")->version, 1);
}

TEST_P(Parking, ARulingThatDidNotSeeAParkedMessageIsJudgedAgain) {
    ASSERT_TRUE(is<Stored>(ledger().accept(early("e-1"))));
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(opening("case-1", "m-1"))));
    EXPECT_FALSE(cases().find("case-1").has_value());
}

TEST_P(Parking, NobodyParksUnderAKnownRuling) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
    const auto outcome = ledger().accept(early("e-1"));
    ASSERT_TRUE(is<AliasTaken>(outcome));
    EXPECT_EQ(std::get<AliasTaken>(outcome).caseId, "case-1");
    EXPECT_EQ(cases().parkedCount("THADS.44"), 0U);
}

TEST_P(Parking, WhoHasNoPartInTheCaseParksBesideItAsItIsNow) {
    ASSERT_TRUE(is<Stored>(ledger().accept(opening("case-1", "m-1"))));
    auto beside = early("e-1");
    beside.parkBeside = "case-2";
    beside.besideVersion = 1;
    EXPECT_FALSE(is<Stored>(ledger().accept(beside))) << "no such case";
    beside.parkBeside = "case-1";
    beside.besideVersion = 2;
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(beside))) << "judged by another state";
    beside.besideVersion = 1;
    EXPECT_TRUE(is<Stored>(ledger().accept(beside)));
    EXPECT_EQ(cases().parkedFor(alias("05/2026/HC-ST")).size(), 1U);
}

TEST_P(Parking, WhatWasSeenMayStayButMustHaveBeenSeen) {
    ASSERT_TRUE(is<Stored>(ledger().accept(early("e-1"))));
    const auto position = cases().parkedFor(alias("05/2026/HC-ST")).at(0).position;
    auto ruling = opening("case-1", "m-1");
    ruling.stillParked = {position};
    ASSERT_TRUE(is<Stored>(ledger().accept(ruling)));
    EXPECT_EQ(cases().parkedCount("THADS.44"), 1U);
    auto next = following("case-1", "m-2", 1);
    next.looksUnder = alias("05/2026/HC-ST");
    EXPECT_TRUE(is<VersionMoved>(ledger().accept(next)));
    next.unparkPositions = {position};
    EXPECT_TRUE(is<Stored>(ledger().accept(next)));
    EXPECT_EQ(cases().parkedCount("THADS.44"), 0U);
}
