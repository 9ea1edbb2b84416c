// What holds of every life, whatever happens in it: random lives with a seed that is printed.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/unit/app/lives.h"

namespace gateway::app {
namespace {

using document::Node;
using namespace lives;
using std::chrono::days;
using std::chrono::sys_days;

constexpr unsigned kSeed = 20250310;
constexpr int kLives = 300;
constexpr std::array kCategories{"a", "b", "c", "d", "dd", "e", "g"};

Node parsed(const std::string& json) { return document::readJson(json).value().root; }

/// Random acts that no state forbids, so that every order of them is accepted.
class Chance {
  public:
    explicit Chance(unsigned seed) : random_(seed) {}

    std::string dayFrom(const char* first, int most) {
        const auto day = sys_days(*base::parseDate(first)) + days(below(most));
        return base::formatDate(base::Date(day));
    }
    int below(int most) { return std::uniform_int_distribution<int>(0, most - 1)(random_); }

    Node ruling() {
        return parsed(
            R"({"kind":"BA","reference":{"court":"TA.AG","number":"6/2025/HC-ST",)"
            R"("issuedOn":"2025-02-03"},"instance":"ST","effectiveOn":"2025-03-05",)"
            R"("parties":[{"role":"plaintiff","name":"A"},{"role":"defendant","name":"B"}],)"
            R"("obligations":[{"no":1,"category":")" +
            std::string(kCategories.at(static_cast<std::size_t>(below(7)))) +
            R"(","text":"x","obligatedParty":"B","obligatedPartyKind":")" +
            (below(2) == 0 ? "authority" : "person") + R"("}]})");
    }
    std::vector<std::string> acts() {
        std::vector<std::string> all{
            delivered("court-first"),
            delivered("obligated"),
            delivered("thads"),
            R"("thads","type":"OfficerAssigned","content":{"officer":"A","from":")" + day() + "\"}",
            R"("thads","type":"Classification","content":{"class":"with-content","reason":"x",)"
            R"("decidedOn":")" +
                day() + "\"}",
            R"("thads","type":"TransferAcknowledgement","content":{"registerNumber":"1",)"
            R"("registeredOn":"2025-04-30","receivedOn":")" +
                dayFrom("2025-03-10", 40) + R"(","formOfReceipt":"post"})",
            R"("obligated","type":"StatusReport","content":{"number":"1","reportedOn":")" + day() +
                R"(","items":[{"obligation":1,"progress":"partly","text":"x"}]})",
            R"("thads","type":"GuidanceRequest","content":{"number":"9","issuedOn":")" + day() +
                R"(","question":"x","ownView":"y"})",
            R"("procuracy-first","type":"ProcuracyRequirement","content":{"kind":"c","number":"7",)"
            R"("issuedOn":")" +
                day() + R"(","addressee":"thads","asks":"x"})"};
        std::shuffle(all.begin(), all.end(), random_);
        all.resize(static_cast<std::size_t>(2 + below(6)));
        std::ranges::sort(all);
        return all;
    }
    std::mt19937& random() { return random_; }

  private:
    std::string day() { return dayFrom("2025-03-10", 60); }
    std::string delivered(const char* sender) {
        return "\"" + std::string(sender) +
               R"(","type":"JudgmentDelivered","content":{"deliveries":[{"obligation":1,)"
               R"("receivedOn":")" +
               day() + R"(","form":"post"}]})";
    }
    std::mt19937 random_;
};

// Each act under an id that does not depend on when it is said.
Node life(const Node& ruling, const std::vector<std::string>& acts, const std::string& more = {}) {
    std::string list = R"([{"on":"2025-03-10","sender":"court-first","type":"JudgmentTransfer"})";
    for (const auto& act : acts)
        list += R"(,{"on":"2025-05-12","id":")" + std::to_string(std::hash<std::string>()(act)) +
                R"(","sender":)" + act + "}";
    Node input = document::objectNode();
    input.children.push_back(ruling);
    input.children.back().name = "ruling";
    input.children.push_back(parsed(list + more + "]"));
    input.children.back().name = "acts";
    return input;
}

// Stage, tracks and terms; not on what day somebody was reminded.
std::string stateOf(const Node& input, const char* asOf = "2025-06-30") {
    const auto played = playLife(book(), input, base::parseDate(asOf));
    for (const auto& step : played.child("steps")->children)
        EXPECT_NE(text(step, "verdict"), "refused") << document::writeJson(step);
    return document::writeJson(*played.child("state"));
}

TEST(Lives, OfTheSameMessagesInAnyOrderAreTheSame) {
    for (unsigned seed = kSeed; seed < kSeed + kLives; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Chance chance(seed);
        const auto ruling = chance.ruling();
        auto acts = chance.acts();
        const auto state = stateOf(life(ruling, acts));
        std::shuffle(acts.begin(), acts.end(), chance.random());
        ASSERT_EQ(stateOf(life(ruling, acts)), state);
        ASSERT_EQ(stateOf(life(ruling, acts)), stateOf(life(ruling, acts))) << "played anew";
    }
}

TEST(Lives, WithAnActWithdrawnAndSentAgainAreTheSame) {
    for (unsigned seed = kSeed; seed < kSeed + kLives; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Chance chance(seed);
        const auto ruling = chance.ruling();
        const auto acts = chance.acts();
        const auto& one =
            acts[static_cast<std::size_t>(chance.below(static_cast<int>(acts.size())))];
        const auto sender = one.substr(0, one.find(','));
        const auto id = std::to_string(std::hash<std::string>()(one));
        const auto withdrawn = R"(,{"on":"2025-05-12","sender":)" + sender +
                               R"(,"type":"ActWithdrawal","content":{"act":")" + id +
                               R"(","reason":"x"}},{"on":"2025-05-12","id":")" + id +
                               R"(","sender":)" + one + "}";
        ASSERT_EQ(stateOf(life(ruling, acts, withdrawn)), stateOf(life(ruling, acts)));
    }
}

TEST(Lives, HaveOneOpenTermForEachDutyAndNoStageThatAWallClockMakes) {
    for (unsigned seed = kSeed; seed < kSeed + kLives; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Chance chance(seed);
        const auto input = life(chance.ruling(), chance.acts());
        const auto played = playLife(book(), input, base::parseDate("2026-12-31"));
        for (const auto& step : played.child("steps")->children) {
            std::vector<std::string> open;
            for (const auto& term :
                 step.child("obligations")->children[0].child("deadlines")->children) {
                EXPECT_TRUE(text(term, "outcome") == "open" || text(term, "answeredOn").empty());
                open.push_back(text(term, "rule") + text(term, "start"));
            }
            std::ranges::sort(open);
            ASSERT_EQ(std::ranges::adjacent_find(open), open.end()) << document::writeJson(step);
        }
        // Between two days on which the clock has spoken nothing changes.
        const auto& steps = played.child("steps")->children;
        const auto last = *base::parseDate(text(steps.back(), "on"));
        const auto later = base::formatDate(base::Date(sys_days(last) + days(40)));
        if (later < "2026-12-31") {
            ASSERT_EQ(stateOf(input, later.c_str()),
                      stateOf(input, base::formatDate(last).c_str()));
        }
    }
}

std::string keyOf(const Node& term) {
    return text(term, "rule") + " " + text(term, "obligation") + " " + text(term, "start");
}

// Whether what is known of a term bears out that it has passed: nothing answers it, or too late.
bool passedRightly(const Node& term, const std::string& due) {
    const auto answered = text(term, "answeredOn");
    return answered.empty() || answered > due;
}

// Every DeadlinePassed has either an answer dated later or no answer on the day: when the clock
// says so, and for as long as it has not been moved or lifted.
TEST(Lives, HaveAnAnswerOfLaterOrNoneForWhateverHasPassed) {
    int passed = 0, late = 0, takenBack = 0;
    for (unsigned seed = kSeed; seed < kSeed + kLives; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Chance chance(seed);
        const auto ruling = chance.ruling();
        const auto input = life(ruling, chance.acts());
        const auto played = playLife(book(), input, base::parseDate("2026-12-31"));
        std::map<std::string, std::string> standing;  // due day of what has passed
        for (const auto& step : played.child("steps")->children)
            for (const auto& news : step.child("deadlineEvents")->children) {
                if (text(news, "event") == "DeadlinePassed") {
                    ++passed;
                    standing[keyOf(news)] = text(news, "due");
                    EXPECT_LT(text(news, "due"), text(step, "on")) << document::writeJson(news);
                    EXPECT_TRUE(passedRightly(news, text(news, "due")));
                } else if (text(news, "event") != "DeadlineSet" &&
                           text(news, "event") != "DeadlineNear") {
                    takenBack += static_cast<int>(standing.erase(keyOf(news)));
                }
            }
        std::map<std::string, const Node*> terms;
        for (const auto& one : played.child("state")->child("obligations")->children)
            for (const auto& term : one.child("deadlines")->children) terms[keyOf(term)] = &term;
        for (const auto& [key, due] : standing) {
            ASSERT_TRUE(terms.contains(key)) << key;
            ASSERT_TRUE(passedRightly(*terms[key], due)) << document::writeJson(*terms[key]);
            if (!text(*terms[key], "answeredOn").empty()) ++late;
        }
    }
    EXPECT_GT(passed, kLives) << "or nothing was shown";
    EXPECT_GT(late, 0) << "answered after its day";
    EXPECT_GT(takenBack, 0) << "answered in time, told late";
    RecordProperty("seeds", std::to_string(kSeed) + " ... " + std::to_string(kSeed + kLives - 1));
}

}  // namespace
}  // namespace gateway::app
