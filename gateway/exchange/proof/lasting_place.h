#pragma once
// Whether what is written somewhere will be found there again.

#include <filesystem>
#include <optional>
#include <string>

namespace gateway::exchange {

/// Why `folder` is no place for what must last (English): it is emptied at a restart or seen by the
/// service alone (PrivateTmp of systemd), or it is the store's own. A store that itself lies in
/// such a place, as that of a demonstration does, asks for no better one. Not checked: whether the
/// disk is another one. Thread-safe.
[[nodiscard]] std::optional<std::string> whyNotLasting(const std::filesystem::path& folder,
                                                       const std::filesystem::path& storeFile);

}  // namespace gateway::exchange
