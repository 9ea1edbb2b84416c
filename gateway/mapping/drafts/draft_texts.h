#pragma once
// Texts as they may stand in the file of a draft.

#include <string>
#include <string_view>
#include <vector>

namespace gateway::mapping::drafts {

/// The reason of what is ignored until its author decides.
inline constexpr const char* kNotYet = "CHƯA ÁNH XẠ";
/// So much of a value is shown.
inline constexpr std::size_t kShown = 60;

/// For an attribute's value.
[[nodiscard]] std::string escaped(std::string_view text);
/// For a comment, on one line.
[[nodiscard]] std::string harmless(std::string_view text);
/// "A | B | …": the first few, for a comment.
[[nodiscard]] std::string listed(const std::vector<std::string>& values);

}  // namespace gateway::mapping::drafts
