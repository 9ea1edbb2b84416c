#include "gateway/model/cases/stays.h"

#include <gtest/gtest.h>

namespace gateway::model {
namespace {

using namespace std::chrono_literals;

constexpr base::Date day(unsigned month, unsigned d) {
    return 2025y / std::chrono::month(month) / std::chrono::day(d);
}

Fact stay(const char* source, base::Date on, std::optional<base::Date> until,
          std::int64_t obligation = 0) {
    Fact fact;
    fact.kind = FactKind::Stay;
    fact.source = source;
    fact.on = on;
    fact.until = until;
    fact.obligation = obligation;
    return fact;
}

Fact resumed(const char* source, base::Date on, std::int64_t obligation = 0) {
    auto fact = stay(source, on, {}, obligation);
    fact.kind = FactKind::Resumed;
    return fact;
}

std::vector<Obligation> two() {
    std::vector<Obligation> both(2);
    both[0].no = 1;
    both[1].no = 2;
    return both;
}

std::vector<std::string> shown(const std::vector<StayEnd>& ends) {
    std::vector<std::string> texts;
    for (const auto& end : ends)
        texts.push_back(end.stay->source + " " + std::to_string(end.obligation) + " " +
                        std::to_string(static_cast<unsigned>(end.on.month())) + "/" +
                        std::to_string(static_cast<unsigned>(end.on.day())));
    return texts;
}

using Texts = std::vector<std::string>;

TEST(Stays, APostponementEndsOnTheDayAfterItsLast) {
    EXPECT_EQ(shown(endsByThemselves({stay("a", day(3, 20), day(4, 20))}, two())),
              Texts{"a 0 4/21"});
    EXPECT_TRUE(endsByThemselves({stay("a", day(3, 20), {})}, two()).empty());
    auto struck = stay("a", day(3, 20), day(4, 20));
    struck.struck = true;
    EXPECT_TRUE(endsByThemselves({struck}, two()).empty());
}

TEST(Stays, WhatAnotherActHasEndedDoesNotEndByItself) {
    const auto a = stay("a", day(3, 20), day(4, 20));
    EXPECT_TRUE(endsByThemselves({a, resumed("b", day(4, 1))}, two()).empty());
    EXPECT_EQ(shown(endsByThemselves({a, resumed("b", day(3, 20))}, two())), Texts{"a 0 4/21"});
    auto withdrawn = resumed("b", day(4, 1));
    withdrawn.struck = true;
    EXPECT_EQ(shown(endsByThemselves({a, withdrawn}, two())), Texts{"a 0 4/21"});
}

TEST(Stays, AnEndIsOfItsOwnObligations) {
    const auto a = stay("a", day(3, 20), day(4, 20));
    EXPECT_EQ(shown(endsByThemselves({a, resumed("b", day(4, 1), 2)}, two())), Texts{"a 1 4/21"});
    EXPECT_EQ(shown(endsByThemselves(
                  {stay("a", day(3, 20), day(4, 20), 2), resumed("b", day(4, 1), 1)}, two())),
              Texts{"a 2 4/21"});
}

TEST(Stays, OneThatGoesOnKeepsTheOtherFromEnding) {
    const auto a = stay("a", day(3, 20), day(4, 20));
    EXPECT_EQ(shown(endsByThemselves({a, stay("b", day(4, 1), day(5, 15))}, two())),
              Texts{"b 0 5/16"});
    EXPECT_EQ(shown(endsByThemselves({a, stay("b", day(4, 21), day(5, 15))}, two())),
              Texts{"b 0 5/16"})
        << "from the day after";
    EXPECT_EQ(shown(endsByThemselves({a, stay("b", day(4, 22), day(5, 15))}, two())),
              (Texts{"a 0 4/21", "b 0 5/16"}))
        << "a day between";
    EXPECT_TRUE(endsByThemselves({a, stay("s", day(4, 1), {})}, two()).empty());
    EXPECT_EQ(shown(endsByThemselves({a, stay("s", day(4, 1), {}, 1)}, two())), Texts{"a 2 4/21"});
    EXPECT_EQ(
        shown(endsByThemselves({a, stay("s", day(3, 1), {}), resumed("r", day(3, 10))}, two())),
        Texts{"a 0 4/21"})
        << "a suspension that was over before";
}

TEST(Stays, TheClockRecordsAnEndOnceAndTakesItBackWhenItWasNone) {
    const auto a = stay("a", day(3, 20), day(4, 20));
    std::vector<Fact> facts{a};
    const auto ends = endsToRecord(facts, two());
    ASSERT_EQ(ends.size(), 1u);
    facts.push_back(recordOf(ends[0]));
    EXPECT_EQ(facts.back().kind, FactKind::Resumed);
    EXPECT_EQ(facts.back().on, day(4, 21));
    EXPECT_TRUE(endsToRecord(facts, two()).empty());
    EXPECT_TRUE(untrueEnds(facts, two()).empty());

    auto prolonged = facts;
    prolonged.push_back(stay("s", day(4, 15), {}));
    EXPECT_EQ(untrueEnds(prolonged, two()), Texts{"clock/a"});
    auto corrected = facts;
    corrected[0].until = day(5, 15);
    EXPECT_EQ(untrueEnds(corrected, two()), Texts{"clock/a"});
    EXPECT_EQ(shown(endsToRecord(corrected, two())), Texts{"a 0 5/16"});
    auto withdrawn = facts;
    withdrawn[0].struck = true;
    EXPECT_EQ(untrueEnds(withdrawn, two()), Texts{"clock/a"});
}

}  // namespace
}  // namespace gateway::model
