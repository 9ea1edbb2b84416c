#pragma once
// The rounds of a sequence that repeats.

#include <cstddef>
#include <vector>

namespace gateway::document {

/// One part of the sequence: how often it stands in a round, and where it was written.
struct Round {
    std::size_t least, most;
    std::vector<std::size_t> written;  ///< ascending
};

/// `written` are the places of all parts, ascending. They stay if they are rounds already; if every
/// part was written in one go, the rounds are dealt from that: A A B B becomes A B A B. Where it
/// cannot be known whose an optional part is, they stay.
[[nodiscard]] std::vector<std::size_t> dealtRounds(const std::vector<Round>& parts,
                                                   std::vector<std::size_t> written);

}  // namespace gateway::document
