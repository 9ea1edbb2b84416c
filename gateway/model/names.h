#pragma once
// Enumerations with one stable text each: what stands in canonical JSON and XML and in the store.

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace gateway::model {

/// Specialise with `static constexpr std::pair<E, std::string_view> table[]`.
template <class E>
struct Names;

template <class E>
concept Named = requires {
    Names<E>::table;
};

/// The stable text of a value. Every enumerator must be in its table.
template <Named E>
[[nodiscard]] constexpr std::string_view nameOf(E value) noexcept {
    for (const auto& row : Names<E>::table)
        if (row.first == value) return row.second;
    return {};
}

/// The value of a stable text, or nothing.
template <Named E>
[[nodiscard]] constexpr std::optional<E> valueOf(std::string_view name) noexcept {
    for (const auto& row : Names<E>::table)
        if (row.second == name) return row.first;
    return std::nullopt;
}

}  // namespace gateway::model
