#include "gateway/server/door/refusal_log.h"

#include <chrono>

#include "gateway/base/limits.h"

namespace gateway::server {
namespace {

constexpr std::chrono::minutes kWindow{1};
constexpr const char* kOthers = "others";

}  // namespace

RefusalLog::~RefusalLog() { tell(endMinute()); }

void RefusalLog::log(const std::string& source, base::Timestamp now, base::LogLevel level,
                     std::string_view event, std::initializer_list<base::LogField> fields) {
    std::vector<LeftOut> leftOut;
    bool said = false;
    {
        const std::lock_guard lock(mutex_);
        // A clock that was set back begins a new minute, too.
        if (now >= since_ + kWindow || now < since_) {
            leftOut = endMinute();
            since_ = now;
        }
        const bool known = seen_.contains(source) || seen_.size() < base::kRefusalSources;
        said = ++seen_[known ? source : kOthers] <= base::kRefusalLines;
    }
    tell(leftOut);
    if (said) base::logEvent(level, event, fields);
}

std::vector<RefusalLog::LeftOut> RefusalLog::endMinute() {
    std::vector<LeftOut> leftOut;
    for (const auto& [source, count] : seen_)
        if (count > base::kRefusalLines) leftOut.push_back({source, count - base::kRefusalLines});
    seen_.clear();
    return leftOut;
}

void RefusalLog::tell(const std::vector<LeftOut>& leftOut) {
    for (const auto& [source, count] : leftOut)
        base::logEvent(base::LogLevel::Warning, "refusals_left_out",
                       {{"source", source}, {"count", std::to_string(count)}});
}

}  // namespace gateway::server
