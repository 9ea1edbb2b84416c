#pragma once
// Whether what a message says can be: days in order, amounts and years within reason, texts that
// somebody can read. The bounds of each field are data: plausibility_rules.cpp.

#include <optional>
#include <span>
#include <string_view>

#include "gateway/base/problem.h"
#include "gateway/model/any_message.h"

namespace gateway::exchange {

/// Days that the message itself does not say; a bound that is not known is not applied.
struct KnownDays {
    base::Date latest{};                   ///< nothing has happened after it
    std::optional<base::Date> ruling;      ///< of the case: issued on
    std::optional<base::Date> registered;  ///< with the enforcement authority
    std::optional<base::Date> notice;      ///< the notice that is spoken of: issued on
};

/// The bounds of one field. A bound is a number or an ISO date, another field of the message, or a
/// day of KnownDays: @latest, @ruling, @registered, @notice; days may be added ("@latest+366").
/// Empty: none.
struct FieldBounds {
    model::MessageType type{};
    std::string_view field;  ///< below the payload, list items as "items[]/completedOn"
    std::string_view least, most;
};
/// Every day and number that a message may bring has a row.
[[nodiscard]] std::span<const FieldBounds> fieldBounds() noexcept;

/// The first thing that cannot be, as MAPPING_VALUE with its path below the payload: a day or a
/// number outside its bounds, a text of which nothing can be seen, an empty one that is required.
/// Pure.
[[nodiscard]] std::optional<base::Problem> implausible(const model::Payload& payload,
                                                       const KnownDays& known);

}  // namespace gateway::exchange
