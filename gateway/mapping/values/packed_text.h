#pragma once
// Bytes that stand packed in a text: as they are, in base64, or zipped and then in base64.

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace gateway::mapping {

enum class Packing : std::uint8_t { Plain, Base64, Zip };

/// "text", "base64", "zip"; another word is a base::Fault.
[[nodiscard]] Packing packingOf(std::string_view word);

/// What the text stands for, or in words what it must be. A ZIP archive holds one file.
[[nodiscard]] base::Result<std::string, base::Words> unpackedText(std::string_view text,
                                                                  Packing packing);
/// `name` is that of the file in a ZIP archive.
[[nodiscard]] std::string packedText(std::string bytes, Packing packing, const std::string& name);

}  // namespace gateway::mapping
