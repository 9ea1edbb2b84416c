#include "gateway/base/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <sstream>
#include <thread>
#include <vector>

using namespace gateway::base;

TEST(Log, NoContentCanForgeALine) {
    EXPECT_EQ(jsonQuoted("a\nb\"c\\"), "\"a\\u000ab\\\"c\\\\\"");
    EXPECT_EQ(jsonQuoted("Hòa"), "\"Hòa\"");
    EXPECT_EQ(jsonQuoted("\xff\xc0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");
    EXPECT_EQ(jsonQuoted("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");  // a surrogate
}

TEST(Log, WritesOneLineOfJson) {
    testing::internal::CaptureStderr();
    logEvent(LogLevel::Warning, "door.refused",
             {{"channel", "a\nb"}, {"big", std::string(9000, 'x')}});
    const auto line = testing::internal::GetCapturedStderr();
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_NE(line.find("\"event\":\"door.refused\""), std::string::npos);
    EXPECT_NE(line.find("\"cut\":true}"), std::string::npos);
    testing::internal::CaptureStderr();
    logEvent(LogLevel::Debug, "quiet");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

namespace {

/// Standard error on a pipe or socket of ours, until destroyed; read() never waits.
class Reader {
  public:
    explicit Reader(bool socket) : saved_(::dup(STDERR_FILENO)) {
        std::array<int, 2> ends{};
        EXPECT_EQ(socket ? ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) : ::pipe(ends.data()),
                  0);
        read_ = ends[0];
        ::fcntl(read_, F_SETFL, O_NONBLOCK);
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[1]);
    }
    ~Reader() {
        ::dup2(saved_, STDERR_FILENO);
        ::close(saved_);
        ::close(read_);
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    std::string read() const {
        std::string all;
        std::array<char, 4096> chunk{};
        for (ssize_t got = 0; (got = ::read(read_, chunk.data(), chunk.size())) > 0;)
            all.append(chunk.data(), static_cast<std::size_t>(got));
        return all;
    }

  private:
    int saved_, read_ = -1;
};

class LogThatNobodyReads : public testing::TestWithParam<bool> {};

}  // namespace

TEST_P(LogThatNobodyReads, HoldsNobodyUpAndCountsWhatIsLost) {
    constexpr std::size_t kThreads = 4, kEach = 2'000;
    const auto before = droppedLogLines();
    std::string all;
    std::uint64_t dropped = 0;
    {
        const Reader reader(GetParam());
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < kThreads; ++t)
            threads.emplace_back([] {
                for (std::size_t i = 0; i < kEach; ++i)
                    logEvent(LogLevel::Info, "flood", {{"text", std::string(900, 'x')}});
            });
        for (auto& thread : threads) thread.join();
        flushLog(std::chrono::milliseconds(1));
        dropped = droppedLogLines() - before;
        EXPECT_GT(dropped, 0U);
        for (std::string part; !(part = reader.read()).empty();) {
            all += part;
            flushLog(std::chrono::milliseconds(0));
        }
        logEvent(LogLevel::Info, "after");
        all += reader.read();
    }
    std::size_t lines = 0, others = 0;
    std::istringstream in(all);
    for (std::string line; std::getline(in, line);) {
        const bool flood = line.find("\"event\":\"flood\"") != std::string::npos;
        ++(flood ? lines : others);
        EXPECT_TRUE(line.starts_with("{\"time\":") && line.ends_with("}")) << line;
        EXPECT_EQ(line.find("{\"time\":", 1), std::string::npos) << "one line in another";
    }
    EXPECT_EQ(lines + dropped, kThreads * kEach);
    EXPECT_EQ(others, 2U) << "that lines were lost, and the one after";
    EXPECT_NE(all.find("\"event\":\"log.lines_dropped\",\"count\":\"" + std::to_string(dropped)),
              std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Outputs, LogThatNobodyReads, testing::Bool(),
                         [](const auto& is) { return is.param ? "Socket" : "Pipe"; });
