#include "gateway/law/conditions/facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/base/time_format.h"

namespace gateway::law {
namespace {

Fact fact(FactKind kind, const char* on, const char* code, const char* source,
          std::int64_t obligation = 1, int recorded = 0) {
    Fact made;
    made.kind = kind;
    made.obligation = obligation;
    made.on = *base::parseDate(on);
    made.code = code;
    made.source = source;
    made.recordedAt = base::Timestamp(std::chrono::milliseconds(recorded));
    return made;
}

TEST(FactsInForce, AreThoseOfTheObligationThatWereNotStruck) {
    std::vector<Fact> all{fact(FactKind::Notice, "2025-03-10", "", "m1"),
                          fact(FactKind::Notice, "2025-03-11", "", "m2", 2),
                          fact(FactKind::Officer, "2025-03-09", "", "m3", 0),
                          fact(FactKind::Order, "2025-04-01", "", "m4")};
    all[3].struck = true;
    const FactsInForce facts(all, 1);
    EXPECT_EQ(facts.of(FactKind::Notice).size(), 1U);
    EXPECT_NE(facts.latest(FactKind::Officer), nullptr) << "of the whole case";
    EXPECT_EQ(facts.latest(FactKind::Order), nullptr);
    EXPECT_EQ(FactsInForce(all, 2).latest(FactKind::Notice)->source, "m2");
}

TEST(FactsInForce, TheBetterSourceOfADeliveryCounts) {
    std::vector<Fact> all{fact(FactKind::Delivered, "2025-03-20", "thads", "m1", 1, 9),
                          fact(FactKind::Delivered, "2025-03-12", "court", "m2", 1, 1),
                          fact(FactKind::Delivered, "2025-03-14", "obligated", "m3", 1, 8)};
    EXPECT_EQ(FactsInForce(all, 1).latest(FactKind::Delivered)->source, "m2");
    all.push_back(fact(FactKind::Delivered, "2025-03-11", "court", "m4", 1, 2));
    EXPECT_EQ(FactsInForce(all, 1).latest(FactKind::Delivered)->source, "m4") << "recorded later";
}

TEST(FactsInForce, TheOrderOfArrivalMakesNoDifference) {
    std::vector<Fact> all{fact(FactKind::Finding, "2025-04-06", "slow", "m1"),
                          fact(FactKind::Finding, "2025-04-08", "revoked", "m2"),
                          fact(FactKind::Finding, "2025-04-08", "wrong", "m3")};
    do {
        EXPECT_EQ(FactsInForce(all, 1).latest(FactKind::Finding)->source, "m3");
    } while (std::ranges::next_permutation(all, {}, &Fact::source).found);
}

TEST(FactsInForce, ASuccessorHasReceivedNothingYet) {
    std::vector<Fact> all{fact(FactKind::Delivered, "2025-03-12", "court", "m1"),
                          fact(FactKind::Notice, "2025-03-14", "", "m2"),
                          fact(FactKind::Minutes, "2025-03-14", "17.1", "m3"),
                          fact(FactKind::Succession, "2025-07-01", "", "m4")};
    const FactsInForce after(all, 1);
    EXPECT_EQ(after.latest(FactKind::Delivered), nullptr);
    EXPECT_EQ(after.latest(FactKind::Notice), nullptr);
    EXPECT_NE(after.latest(FactKind::Minutes), nullptr);
    all[3].code = "new-version";
    EXPECT_EQ(FactsInForce(all, 1).latest(FactKind::Minutes), nullptr);
    all[3].obligation = 2;
    EXPECT_NE(FactsInForce(all, 1).latest(FactKind::Notice), nullptr) << "of another obligation";
    all.push_back(fact(FactKind::Delivered, "2025-07-08", "court", "m5"));
    all[3].obligation = 1;
    EXPECT_EQ(FactsInForce(all, 1).latest(FactKind::Delivered)->source, "m5");
}

}  // namespace
}  // namespace gateway::law
