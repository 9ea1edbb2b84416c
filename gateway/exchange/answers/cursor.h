#pragma once
// Where the next page of an answer starts, bound to the question it belongs to.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"

namespace gateway::exchange {

/// Opaque to partners. Holds the last thing shown, the digest of (asker, question, rules) and
/// when it was given; it opens nothing: rights are judged anew on every page.
struct Cursor {
    std::string after;  ///< without a line break: a case id, a place in a list
    std::string binding;
    base::Timestamp givenAt{};

    [[nodiscard]] std::string encode() const;
    /// Whether it is of that question and may be used still.
    [[nodiscard]] bool continues(std::string_view question, base::Timestamp at) const;
    /// Nothing if it is not one of ours.
    [[nodiscard]] static std::optional<Cursor> decode(std::string_view text);
};

}  // namespace gateway::exchange
