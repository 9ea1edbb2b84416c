#pragma once
// Local time of a place, by the zones of the IANA time zone database.

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "gateway/base/clock.h"

namespace gateway::mapping {

/// Immutable and thread-safe. Asia/Ho_Chi_Minh is UTC+7 on every day, as the law has counted since
/// 1975, without a look into the database.
class TimeZone {
  public:
    /// Throws base::Fault for a name that is no zone.
    explicit TimeZone(std::string_view name);
    ~TimeZone();
    TimeZone(TimeZone&&) noexcept;

    [[nodiscard]] std::chrono::minutes offsetAt(base::Timestamp instant) const;
    /// The instant of a local time; nothing where clocks show it twice or never.
    [[nodiscard]] std::optional<base::Timestamp> instantOf(base::Timestamp local) const;

  private:
    struct Rules;
    std::chrono::minutes fixed_{};
    std::unique_ptr<const Rules> rules_;  ///< null where the offset is fixed
};

}  // namespace gateway::mapping
