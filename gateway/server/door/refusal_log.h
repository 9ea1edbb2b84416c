#pragma once
// Log lines about what was turned away, bounded: refusing costs a stranger nothing, a full disk
// would cost us everything.

#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"

namespace gateway::server {

/// Within a minute, a source (a channel by its certificate, else an address) gets at most
/// kRefusalLines; what is beyond is counted, and said in one line `refusals_left_out` for each
/// source, with the first refusal of a later minute or at the end. Sources beyond kRefusalSources
/// share one place. Metrics count every refusal all the same. Thread-safe.
class RefusalLog {
  public:
    RefusalLog() = default;
    ~RefusalLog();
    RefusalLog(const RefusalLog&) = delete;
    RefusalLog& operator=(const RefusalLog&) = delete;

    /// Never throws but for want of memory; `fields` as for base::logEvent.
    void log(const std::string& source, base::Timestamp now, base::LogLevel level,
             std::string_view event, std::initializer_list<base::LogField> fields);

  private:
    struct LeftOut {
        std::string source;
        std::size_t count = 0;
    };
    [[nodiscard]] std::vector<LeftOut> endMinute();
    static void tell(const std::vector<LeftOut>& leftOut);

    std::mutex mutex_;
    base::Timestamp since_{};
    std::map<std::string, std::size_t> seen_;  ///< in this minute, by source
};

}  // namespace gateway::server
