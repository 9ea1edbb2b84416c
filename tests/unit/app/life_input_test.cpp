// What is wrong in a file of try-life is told where it stands, in words.

#include "gateway/app/printing/life_input.h"

#include <gtest/gtest.h>

#include "gateway/app/settings/failure.h"
#include "tests/unit/app/lives.h"

namespace gateway::app {
namespace {

constexpr const char* kRuling =
    "{\"ruling\": {\"kind\": \"BA\", \"instance\": \"ST\", \"effectiveOn\": \"2025-04-09\",\n"
    " \"reference\": {\"court\": \"TA.AG\", \"number\": \"1/2025/HC-ST\", \"issuedOn\": \"DAY\"},\n"
    " \"parties\": [{\"role\": \"plaintiff\", \"name\": \"A\"}], \"obligations\": []},\n";

std::string problemOf(const std::string& acts, const std::string& day = "2025-03-10") {
    std::string text = kRuling + acts + "}";
    text.replace(text.find("DAY"), 3, day);
    const auto input = document::readJson(text).value().root;
    try {
        static_cast<void>(rulingIn(input));
        static_cast<void>(actsIn(input));
    } catch (const InputError& problem) {
        return problem.what();
    }
    return {};
}

TEST(LifeInput, NamesPlaceLineAndColumn) {
    EXPECT_EQ(problemOf("\"acts\": [\n {\"on\": \"2025-05-01\", \"sender\": \"king\",\n"
                        "  \"type\": \"X\"}]"),
              "/acts/0/sender (line 5, column 23): there is no role \"king\"");
    EXPECT_EQ(problemOf("\"acts\": [\n {\"on\": \"1/5/2025\", \"sender\": \"thads\", "
                        "\"type\": \"X\"}]"),
              "/acts/0/on (line 5, column 3): \"1/5/2025\" is no day (yyyy-MM-dd)");
    EXPECT_EQ(problemOf("\"acts\": [\n {\"on\": \"2025-05-02\", \"sender\": \"thads\"}]"),
              "/acts/0 (line 5, column 2): \"type\" is missing");
    EXPECT_EQ(problemOf("\"acts\": {}"), "/acts (line 4, column 1): it is to be a list");
    EXPECT_EQ(
        problemOf("\"acts\": [{\"on\": \"2025-05-02\", \"sender\": \"thads\", \"type\": \"X\"},\n"
                  "{\"on\": \"2025-05-01\", \"sender\": \"thads\", \"type\": \"X\"}]"),
        "/acts/1/on (line 5, column 2): it is before the act that stands above it");
}

TEST(LifeInput, NamesThePlaceInTheRuling) {
    const auto problem = problemOf("\"acts\": []", "10-03-2025");
    EXPECT_TRUE(problem.starts_with("/ruling/reference/issuedOn (line 2, column")) << problem;
}

}  // namespace
}  // namespace gateway::app
