#pragma once
// Identifiers that we give out: unguessable, sortable by time, safe in URLs, XML names and files.

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"

namespace gateway::base {

/// A new identifier: prefix, '-', 10 characters of milliseconds, 16 of randomness (ULID alphabet,
/// Crockford base 32, lower case). Randomness comes from the kernel. Thread-safe.
/// Example: newId("rcp", now) -> "rcp-01k9w3v6c0q3x5m8y7t2r4b6n1".
[[nodiscard]] std::string newId(std::string_view prefix, Timestamp now);

/// An identifier that is a function of its inputs: prefix, '-', 26 characters of `digest32`
/// (at least 17 bytes of a cryptographic digest). The same input gives the same id, so a replay
/// or a rebuild creates nothing new.
[[nodiscard]] std::string derivedId(std::string_view prefix, std::string_view digest32);

/// A uniformly random number below `bound` (> 0), for jitter. Thread-safe.
[[nodiscard]] std::uint64_t randomBelow(std::uint64_t bound);

/// What a partner may use as a message id: 1-128 characters, printable ASCII without blanks,
/// quotes, backslash, '<', '>' or '&' (so it stands unescaped in XML, JSON and a header).
[[nodiscard]] bool isMessageId(std::string_view text) noexcept;

}  // namespace gateway::base
