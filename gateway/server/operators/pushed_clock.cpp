#include "gateway/server/operators/pushed_clock.h"

#include <charconv>
#include <fstream>

#include "gateway/base/fault.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"

namespace gateway::server {
namespace {

std::int64_t offsetIn(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (file.empty() || !stream) return 0;
    std::string text;
    std::getline(stream, text);
    std::int64_t offset = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (error != std::errc() || end != text.data() + text.size())
        throw base::Fault(file.string() + ": no number of milliseconds");
    return offset;
}

}  // namespace

PushedClock::PushedClock(std::filesystem::path file) :
    file_(std::move(file)), offset_(offsetIn(file_)) {}

base::Timestamp PushedClock::now() const {
    return base::SystemClock().now() + std::chrono::milliseconds(offset_.load());
}

std::chrono::steady_clock::time_point PushedClock::steady() const {
    return base::Clock::steady() + std::chrono::milliseconds(pushed_.load());
}

std::optional<std::string> PushedClock::push(base::Timestamp to) {
    if (file_.empty()) return "this clock is nobody's to push";
    const std::lock_guard lock(pushing_);
    const auto from = now();
    if (to < from) return "it is " + base::formatTimestamp(from) + " already";
    const auto ahead = (to - from).count();
    base::replaceFile(file_, std::to_string(offset_.load() + ahead) + "\n");
    pushed_ += ahead;  // first: a wall that is ahead of the steady time would be a jump
    offset_ += ahead;
    return std::nullopt;
}

}  // namespace gateway::server
