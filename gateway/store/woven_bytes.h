#pragma once
// Bytes that repeat others, kept as a recipe: a letter with its files, rendered for a hundred
// recipients, is a hundred times a few lines and once the files.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::store {

/// Bytes that may stand within others as base64 (RFC 4648 section 4, one line). `name` is printable
/// ASCII without line ends.
struct KnownBytes {
    std::string name, bytes;
};

/// Below this much base64 naming a part is not worth a look-up.
inline constexpr std::size_t kWorthWeaving = 1024;

struct Woven {
    std::string recipe;
    std::vector<std::string> named;  ///< the parts that it needs
};

/// A recipe for `bytes` that names the parts instead of repeating them, also within the payload of
/// a compact JWS (RFC 7515). Nothing if no part occurs. What it gives is proven: unweave() of it
/// gives `bytes`. Pure.
[[nodiscard]] std::optional<Woven> weave(std::string_view bytes,
                                         const std::vector<KnownBytes>& parts);

using PartSource = std::function<std::optional<std::string>(std::string_view name)>;
/// The bytes again; nothing if the recipe is none, or a part is not there.
[[nodiscard]] std::optional<std::string> unweave(std::string_view recipe, const PartSource& part);

}  // namespace gateway::store
