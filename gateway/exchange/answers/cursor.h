#pragma once
// Where the next page of an answer starts, bound to the question it belongs to.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"

namespace gateway::exchange {

/// Opaque to partners. Holds the last case shown, the digest of (asker, selection, rules) and
/// when it was given; it opens nothing: rights are judged anew on every page.
struct Cursor {
    std::string afterCaseId;
    std::string binding;
    base::Timestamp givenAt{};

    [[nodiscard]] std::string encode() const;
    /// Nothing if it is not one of ours.
    [[nodiscard]] static std::optional<Cursor> decode(std::string_view text);
};

}  // namespace gateway::exchange
