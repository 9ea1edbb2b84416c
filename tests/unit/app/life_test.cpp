// Worked cases: what the law makes of dated acts, to the day. Each file of lives/ is what try-life
// takes, and beside it what is expected of some of its steps.

#include <gtest/gtest.h>

#include <filesystem>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/unit/app/lives.h"

namespace gateway::app {
namespace {

using document::Node;
using namespace lives;

std::vector<std::string> events(const Node& step) {
    std::vector<std::string> found;
    for (const auto& one : step.child("deadlineEvents")->children)
        found.push_back(text(one, "event") + " " + text(one, "rule") + " " + text(one, "due"));
    return found;
}

/// Who is told of "EVENT TERM".
std::vector<std::string> toldOf(const Node& step, const std::string& event) {
    for (const auto& one : step.child("deadlineEvents")->children)
        if (text(one, "event") + " " + text(one, "rule") == event) return texts(one, "told");
    return {"no such event"};
}

/// A term of the first obligation as the whole play leaves it, or as a step shows it.
std::string ofTerm(const Node& where, const std::string& rule, const char* member) {
    for (const auto& obligation : where.child("obligations")->children)
        for (const auto& deadline : obligation.child("deadlines")->children)
            if (text(deadline, "rule") == rule) return text(deadline, member);
    return {};
}

class Lives : public ::testing::TestWithParam<std::string> {
  protected:
    // The step that is meant: its number, or the next of that act, on that day if it is said.
    const Node* stepFor(const Node& expected, const Node& steps) {
        const auto number = text(expected, "step");
        for (; at_ < steps.children.size(); ++at_) {
            const auto& step = steps.children[at_];
            if (!number.empty()
                    ? text(step, "step") == number
                    : text(step, "act") == text(expected, "act") &&
                          (!expected.child("on") || text(step, "on") == text(expected, "on")))
                return &steps.children[at_++];
        }
        return nullptr;
    }
    void compare(const Node& expected, const Node& step) {
        if (expected.child("verdict")) {
            EXPECT_EQ(text(step, "verdict"), text(expected, "verdict"));
        }
        if (expected.child("stage")) {
            EXPECT_EQ(texts(step, "obligations", "stage"), texts(expected, "stage"));
        }
        if (expected.child("reasons")) {
            EXPECT_EQ(texts(step, "reasons", "code"), texts(expected, "reasons"));
        }
        if (expected.child("flags")) {
            EXPECT_EQ(texts(step, "flags", "name"), texts(expected, "flags"));
        }
        if (expected.child("recipients")) {
            EXPECT_EQ(texts(step, "recipients", "role"), texts(expected, "recipients"));
        }
        if (const auto* told = expected.child("told"))
            for (const auto& one : told->children) {
                EXPECT_EQ(toldOf(step, one.name), texts(*told, one.name.c_str())) << one.name;
            }
        const auto happened = events(step);
        for (const auto& event : texts(expected, "events"))
            EXPECT_TRUE(std::ranges::count(happened, event) == 1) << event;
        if (const auto* due = expected.child("due"))
            for (const auto& one : due->children)
                if (one.kind == document::Kind::String) {
                    EXPECT_EQ(ofTerm(step, one.name, "due"), one.value) << one.name;
                }
        if (const auto* outcome = expected.child("outcome"))
            for (const auto& one : outcome->children) {
                EXPECT_EQ(outcomeIn(step, one.name), one.value) << one.name;
            }
    }
    // What has been answered or lifted stands among all terms of a play that ends here.
    std::string outcomeIn(const Node& step, const std::string& rule) {
        Node cut = input_;
        auto& acts = cut.child("acts")->children;
        const auto id = text(step, "id");
        for (std::size_t i = 0; i < acts.size(); ++i) {
            const auto* own = acts[i].child("id");
            if ((own ? own->value : "m" + std::to_string(i + 1)) == id) acts.resize(i + 1);
        }
        return ofTerm(*playLife(book(), cut, {}).child("state"), rule, "outcome");
    }

    Node input_;
    std::size_t at_ = 0;
};

TEST_P(Lives, AreAsTheLawSays) {
    input_ = readJsonFile(std::filesystem::path(THAHC_SOURCE_DIR "/tests/unit/app/lives") /
                          (GetParam() + ".json"));
    const auto played = playLife(book(), input_, {});
    for (const auto& expected : input_.child("expect")->children) {
        SCOPED_TRACE(document::writeJson(expected));
        const auto* step = stepFor(expected, *played.child("steps"));
        ASSERT_NE(step, nullptr) << document::writeJson(played);
        compare(expected, *step);
        if (HasFailure()) FAIL() << document::writeJson(*step);
    }
}

std::vector<std::string> allLives() {
    std::vector<std::string> found;
    for (const auto& entry :
         std::filesystem::directory_iterator(THAHC_SOURCE_DIR "/tests/unit/app/lives"))
        found.push_back(entry.path().stem().string());
    std::ranges::sort(found);
    return found;
}

// Two parties whose reminders cross: what is reckoned for one must not say that of the other again.
TEST(Reminders, AreSaidOnceEachWhateverIsReckonedBetween) {
    const auto* file = THAHC_SOURCE_DIR "/tests/unit/app/lives/nhieu-nguoi-va-ke-thua.json";
    const auto played = playLife(book(), readJsonFile(file), *base::parseDate("2027-12-31"));
    std::vector<std::string> said;
    for (const auto& step : played.child("steps")->children) {
        const auto* events = step.child("deadlineEvents");
        if (!events) continue;
        for (const auto& one : events->children)
            if (text(one, "event") == "DeadlineNear" &&
                text(one, "rule") == "entitled-request-order")
                said.push_back(text(step, "on") + " " + text(one, "obligation"));
    }
    EXPECT_EQ(said, (std::vector<std::string>{"2026-03-30 2", "2026-05-07 1", "2026-05-30 2",
                                              "2026-07-07 1"}));
}

INSTANTIATE_TEST_SUITE_P(Worked, Lives, ::testing::ValuesIn(allLives()), [](const auto& one) {
    auto name = one.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

}  // namespace
}  // namespace gateway::app
