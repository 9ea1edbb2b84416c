#pragma once
// For how long something holds: civil days in Viet Nam, as the law counts them.

#include <optional>

#include "gateway/base/clock.h"

namespace gateway::model {

/// The days [from, until): `until` is the first day on which it no longer holds, so that the end
/// of one thing and the start of the next are the same date. An absent end is open.
struct Period {
    std::optional<base::Date> from, until;

    [[nodiscard]] bool covers(base::Date day) const noexcept {
        return (!from || *from <= day) && (!until || day < *until);
    }
    [[nodiscard]] bool overlaps(const Period& other) const noexcept {
        return (!until || !other.from || *other.from < *until) &&
               (!other.until || !from || *from < *other.until);
    }
    /// False for a period of no day at all.
    [[nodiscard]] bool wellFormed() const noexcept { return !from || !until || *from < *until; }
};

}  // namespace gateway::model
