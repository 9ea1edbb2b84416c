#include "gateway/mapping/values/time_zone.h"

#include <unicode/basictz.h>

#include <string>

#include "gateway/base/fault.h"

namespace gateway::mapping {

using std::chrono::milliseconds;
using std::chrono::minutes;

struct TimeZone::Rules {
    std::unique_ptr<const icu::BasicTimeZone> zone;

    [[nodiscard]] milliseconds at(UDate date, bool local,
                                  UTimeZoneLocalOption option = UCAL_TZ_LOCAL_FORMER) const {
        UErrorCode status = U_ZERO_ERROR;
        std::int32_t raw = 0;
        std::int32_t saving = 0;
        if (local)
            zone->getOffsetFromLocal(date, option, option, raw, saving, status);
        else
            zone->getOffset(date, 0, raw, saving, status);
        if (U_FAILURE(status)) throw base::Fault("the offset of a time zone cannot be told");
        return milliseconds{raw + saving};
    }
};

TimeZone::TimeZone(std::string_view name) {
    if (name == "UTC") return;
    if (name == "Asia/Ho_Chi_Minh") {
        fixed_ = minutes{7 * 60};
        return;
    }
    std::unique_ptr<icu::TimeZone> zone(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(name))));
    const auto* const basic = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
    if (basic == nullptr || *zone == icu::TimeZone::getUnknown())
        throw base::Fault("there is no time zone \"" + std::string(name) + "\"");
    auto rules = std::make_unique<Rules>();
    rules->zone.reset(basic);
    static_cast<void>(zone.release());
    rules_ = std::move(rules);
}

TimeZone::~TimeZone() = default;
TimeZone::TimeZone(TimeZone&&) noexcept = default;

minutes TimeZone::offsetAt(base::Timestamp instant) const {
    if (rules_ == nullptr) return fixed_;
    const auto date = static_cast<UDate>(instant.time_since_epoch().count());
    return std::chrono::duration_cast<minutes>(rules_->at(date, false));
}

std::optional<base::Timestamp> TimeZone::instantOf(base::Timestamp local) const {
    if (rules_ == nullptr) return local - fixed_;
    const auto date = static_cast<UDate>(local.time_since_epoch().count());
    const auto former = rules_->at(date, true, UCAL_TZ_LOCAL_FORMER);
    const auto latter = rules_->at(date, true, UCAL_TZ_LOCAL_LATTER);
    if (former != latter) return std::nullopt;
    return local - former;
}

}  // namespace gateway::mapping
