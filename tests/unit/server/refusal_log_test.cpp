#include "gateway/server/door/refusal_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <sstream>

#include "gateway/base/limits.h"

namespace gateway::server {
namespace {

using namespace std::chrono_literals;

const base::Timestamp kNoon{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 12h};

class RefusalLogTest : public testing::Test {
  protected:
    void refuse(const std::string& source, base::Timestamp at, std::size_t times = 1) {
        for (std::size_t i = 0; i < times; ++i)
            log_->log(source, at, base::LogLevel::Warning, "refused", {{"who", source}});
    }
    // The lines that `act` writes and that hold all of `words`.
    template <class Act>
    static std::size_t lines(const std::vector<std::string>& words, Act act) {
        testing::internal::CaptureStderr();
        act();
        std::istringstream all(testing::internal::GetCapturedStderr());
        std::size_t found = 0;
        for (std::string line; std::getline(all, line);)
            if (std::ranges::all_of(words, [&](const auto& word) {
                    return line.find("\"" + word + "\"") != std::string::npos;
                }))
                ++found;
        return found;
    }

    std::unique_ptr<RefusalLog> log_ = std::make_unique<RefusalLog>();
};

TEST_F(RefusalLogTest, TellsTheFirstAndCountsTheRest) {
    EXPECT_EQ(lines({"refused"}, [&] { refuse("a", kNoon, base::kRefusalLines + 30); }),
              base::kRefusalLines);
    EXPECT_EQ(lines({"refused", "b"}, [&] { refuse("b", kNoon + 59s); }), 1U) << "each its own";
    EXPECT_EQ(lines({}, [&] { refuse("a", kNoon + 59s, 5); }), 0U);
    EXPECT_EQ(lines({"refusals_left_out", "a", "35"}, [&] { refuse("b", kNoon + 60s); }), 1U);
    EXPECT_EQ(lines({"refused", "a"}, [&] { refuse("a", kNoon + 60s); }), 1U) << "a new minute";
    EXPECT_EQ(lines({"refusals_left_out"}, [&] { refuse("b", kNoon + 120s); }), 0U)
        << "nothing to tell";
}

TEST_F(RefusalLogTest, TheEndTellsWhatIsLeft) {
    EXPECT_EQ(lines({"refused"}, [&] { refuse("a", kNoon, base::kRefusalLines + 7); }),
              base::kRefusalLines);
    EXPECT_EQ(lines({"refusals_left_out", "a", "7"}, [&] { log_.reset(); }), 1U);
}

TEST_F(RefusalLogTest, AClockSetBackDoesNotSilenceIt) {
    static_cast<void>(lines({}, [&] { refuse("a", kNoon, base::kRefusalLines + 1); }));
    EXPECT_EQ(lines({"refused"}, [&] { refuse("a", kNoon - 1h); }), 1U);
}

TEST_F(RefusalLogTest, ManySourcesCostNoMoreThanTheirNumberAllows) {
    const auto all = [&] {
        for (std::size_t i = 0; i < 3 * base::kRefusalSources; ++i)
            refuse("source" + std::to_string(i), kNoon);
    };
    EXPECT_EQ(lines({"refused"}, all), base::kRefusalSources + base::kRefusalLines);
    const auto rest = 2 * base::kRefusalSources - base::kRefusalLines;
    EXPECT_EQ(lines({"refusals_left_out", "others", std::to_string(rest)}, [&] { log_.reset(); }),
              1U);
}

}  // namespace
}  // namespace gateway::server
