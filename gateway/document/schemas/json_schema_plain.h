#pragma once
// A JSON Schema of any draft, said in the words that the validator underneath knows.

#include <filesystem>

#include "gateway/document/tree.h"

namespace gateway::document {

// Keywords of ours in place of such as the validator would carry out without a bound.
inline constexpr const char* kPatternKeyword = "x-thahc-pattern";
inline constexpr const char* kFormatKeyword = "x-thahc-format";
inline constexpr const char* kUniqueKeyword = "x-thahc-unique";
inline constexpr const char* kStepKeyword = "x-thahc-step";

/// One schema of draft 7 in one piece, with every file that it refers to. Each part counts itself
/// by kStepKeyword. Throws Fault for what JsonSchema::load() refuses.
[[nodiscard]] Node plainJsonSchema(const std::filesystem::path& file);

}  // namespace gateway::document
