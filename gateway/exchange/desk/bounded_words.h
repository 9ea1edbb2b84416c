#pragma once
// Lists of stable words in what we sign, kept short.

#include <string>
#include <vector>

namespace gateway::exchange {

inline constexpr const char* kUnnamedWords = "more:";

/// The words as they are, if there are at most `most`; else the first `most - 1` of them and, as
/// the last, "more:N" with the number of those not named (protocol.md). `most` is at least 2.
[[nodiscard]] inline std::vector<std::string> boundedWords(std::vector<std::string> words,
                                                           std::size_t most) {
    if (words.size() <= most) return words;
    const std::size_t unnamed = words.size() - (most - 1);
    words.resize(most - 1);
    words.push_back(kUnnamedWords + std::to_string(unnamed));
    return words;
}

}  // namespace gateway::exchange
