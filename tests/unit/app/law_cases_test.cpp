// Worked cases written from the law's own words, by people who had not read the data that is held
// against them: law_cases/*.json. `law`: the article or rule; `acts`: as try-life takes them;
// `expect`: what must be said of an act (`of`: its id), of a day of the clock, or of the end.

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "gateway/base/time_format.h"
#include "tests/unit/app/lives.h"

namespace gateway::app {
namespace {

using document::Node;
using namespace lives;

constexpr const char* kFolder = THAHC_SOURCE_DIR "/tests/unit/app/law_cases";

std::set<std::string> asSet(const std::vector<std::string>& all) {
    return {all.begin(), all.end()};
}

std::string json(const Node& node) { return document::writeJson(node); }

/// "2:RULE" is of obligation 2, "RULE" of the first.
struct Named {
    explicit Named(const std::string& written) {
        const auto colon = written.find(':');
        no = colon == std::string::npos ? "1" : written.substr(0, colon);
        name = colon == std::string::npos ? written : written.substr(colon + 1);
    }
    std::string no, name;
};

const Node* obligation(const Node& where, const std::string& no) {
    for (const auto& one : where.child("obligations")->children)
        if (text(one, "no") == no) return &one;
    return nullptr;
}

/// A member of the last such term of an obligation; "-" if it has none.
std::string ofTerm(const Node& where, const Named& rule, const char* member) {
    std::string found = "-";
    for (const auto& one : obligation(where, rule.no)->child("deadlines")->children)
        if (text(one, "rule") == rule.name) found = text(one, member);
    return found;
}

/// How one step, or the end, is what was expected.
class Comparison {
  public:
    Comparison(const Node& expected, const Node& found) : expected_(expected), found_(found) {}

    void all() const {
        same("verdict", text(found_, "verdict"));
        same("act", text(found_, "act"));
        sameList("reasons", texts(found_, "reasons", "code"));
        sameList("flags", texts(found_, "flags", "name"));
        holds("reasonsHas", texts(found_, "reasons", "code"), true);
        holds("flagsHas", texts(found_, "flags", "name"), true);
        holds("toldHas", texts(found_, "recipients", "role"), true);
        holds("toldNot", texts(found_, "recipients", "role"), false);
        holds("legalNot", texts(found_, "legalActs"), false);
        if (expected_.child("path")) {
            EXPECT_EQ(texts(found_, "reasons", "path"), std::vector{text(expected_, "path")});
        }
        stages();
        tracks();
        events();
        if (const auto* due = expected_.child("due"))
            for (const auto& one : due->children) {
                const auto found = ofTerm(found_, Named(one.name), "due");
                // Nothing runs, or what runs has no last day.
                const bool none =
                    one.kind == document::Kind::Null && (found.empty() || found == "-");
                EXPECT_EQ(none ? one.value : found, one.value) << one.name;
            }
        if (const auto* outcome = expected_.child("outcome"))
            for (const auto& one : outcome->children) {
                EXPECT_EQ(ofTerm(found_, Named(one.name), "outcome"), one.value) << one.name;
            }
    }

  private:
    void same(const char* name, const std::string& found) const {
        if (expected_.child(name)) {
            EXPECT_EQ(found, text(expected_, name));
        }
    }
    void sameList(const char* name, const std::vector<std::string>& found) const {
        if (expected_.child(name)) {
            EXPECT_EQ(asSet(found), asSet(texts(expected_, name))) << name;
        }
    }
    void holds(const char* name, const std::vector<std::string>& found, bool has) const {
        for (const auto& one : texts(expected_, name))
            EXPECT_EQ(asSet(found).contains(one), has) << name << " " << one;
    }
    void stages() const {
        const auto* stage = expected_.child("stage");
        if (!stage) return;
        if (stage->kind == document::Kind::String) {
            EXPECT_EQ(text(*obligation(found_, "1"), "stage"), stage->value);
        }
        for (const auto& one : stage->children)
            EXPECT_EQ(text(*obligation(found_, one.name), "stage"), one.value) << one.name;
    }
    void tracks() const {
        const auto* tracks = expected_.child("tracks");
        if (!tracks) return;
        for (const auto& one : tracks->children)
            EXPECT_EQ(text(*obligation(found_, "1")->child("tracks"), one.name.c_str()), one.value)
                << one.name;
    }
    void events() const {
        std::set<std::string> happened;
        if (const auto* list = found_.child("deadlineEvents"))
            for (const auto& one : list->children)
                happened.insert(text(one, "event") + " " + text(one, "rule"));
        for (const auto& one : texts(expected_, "events"))
            EXPECT_TRUE(happened.contains(one)) << one;
        const auto* told = expected_.child("eventTold");
        if (!told) return;
        for (const auto& one : told->children) {
            std::set<std::string> found{"no such event"};
            for (const auto& event : found_.child("deadlineEvents")->children)
                if (text(event, "event") + " " + text(event, "rule") == one.name)
                    found = asSet(texts(event, "told"));
            EXPECT_EQ(found, asSet(texts(*told, one.name.c_str()))) << one.name;
        }
    }

    const Node& expected_;
    const Node& found_;
};

/// What is meant: the end, a day of the clock, or the last word on an act (it may have waited).
const Node* meant(const Node& expected, const Node& played) {
    if (expected.child("end")) return played.child("state");
    const auto day = text(expected, "clock");
    const Node* found = nullptr;
    for (const auto& step : played.child("steps")->children) {
        const bool clock = text(step, "act") == "clock";
        if (day.empty() ? text(step, "id") == text(expected, "of")
                        : clock && text(step, "on") == day) {
            if (found && text(expected, "verdict") == "parked") break;
            found = &step;
        }
    }
    return found;
}

std::vector<std::string> groups() {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder))
        found.push_back(entry.path().stem().string());
    std::ranges::sort(found);
    return found;
}

class LawCases : public ::testing::TestWithParam<std::string> {};

TEST_P(LawCases, AreAsTheLawSays) {
    const auto cases = readJsonFile(std::string(kFolder) + "/" + GetParam() + ".json");
    ASSERT_FALSE(cases.children.empty());
    for (const auto& one : cases.children) {
        SCOPED_TRACE(text(one, "id") + " (" + text(one, "law") + ")");
        const auto played = playLife(book(), one, base::parseDate(text(one, "asOf")));
        for (const auto& expected : one.child("expect")->children) {
            SCOPED_TRACE(json(expected));
            const auto* found = meant(expected, played);
            if (found)
                Comparison(expected, *found).all();
            else
                ADD_FAILURE() << "no such step";
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Written, LawCases, ::testing::ValuesIn(groups()),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace gateway::app
