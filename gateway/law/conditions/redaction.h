#pragma once
// Names that the public is not told, found in or taken out of a text that it may read. Law: NĐ
// 71/2016 Đ.30.2.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/messages/ruling.h"

namespace gateway::law {

/// What stands in place of a name.
inline constexpr std::string_view kLeftOutName = "[…]";

/// Everybody whom a case names, but for obligated and other authorities: parties and those who are
/// entitled, judge, clerk, prosecutor, enforcement officers; without "ông", "bà" and the like.
[[nodiscard]] std::vector<std::string> privateNamesIn(const model::Ruling& ruling,
                                                      const std::vector<std::string>& officers);

/// The text without these names, in whatever spelling document::nameKey() takes for the same.
/// Names of one word are left: they are words of the language, too. Pure.
[[nodiscard]] std::string withoutNames(std::string_view text,
                                       const std::vector<std::string>& names);

/// Whether one of them still stands in the text, wherever its words are broken.
[[nodiscard]] bool hasNameOf(std::string_view text, const std::vector<std::string>& names);

}  // namespace gateway::law
