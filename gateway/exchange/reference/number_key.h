#pragma once
// How the numbers of rulings and notices are looked up.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/document/text.h"
#include "gateway/model/messages/case_number.h"

namespace gateway::exchange {

/// The key of a number as somebody typed it, in whatever Unicode form. Thread-safe.
[[nodiscard]] inline std::string numberKey(std::string_view asTyped) {
    return model::normaliseCaseNumber(asTyped).normalised;
}

/// That of a ruling's number: without a year it is of the year of the ruling. Thread-safe.
[[nodiscard]] inline std::string numberKey(std::string_view asTyped,
                                           std::optional<base::Date> issuedOn) {
    return model::normaliseCaseNumber(asTyped, issuedOn).normalised;
}

/// Whether two numbers are one text, however their letters are composed. Thread-safe.
[[nodiscard]] inline bool sameNumber(std::string_view left, std::string_view right) {
    return left == right || document::toNfc(left) == document::toNfc(right);
}

}  // namespace gateway::exchange
