#pragma once
// What the JSON Schema validator complains of, in our words. Internal to this shelf.

#include <optional>
#include <string_view>

#include "gateway/base/problem.h"

namespace gateway::document {

/// Nothing for what only says that something below is wrong.
[[nodiscard]] std::optional<base::Words> jsonComplaint(std::string_view description);

/// Whether it says that none, or more than one, of several alternatives fits.
[[nodiscard]] bool isAboutAlternatives(std::string_view description);

/// The member that the complaint is about and that is there, empty if it is about the place itself.
[[nodiscard]] std::string_view memberMeant(std::string_view description);

}  // namespace gateway::document
