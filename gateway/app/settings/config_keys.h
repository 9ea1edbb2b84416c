#pragma once
// The table of all settings: name, default, meaning, and how a text becomes a typed value.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/settings/config.h"

namespace gateway::app {

struct ConfigKey {
    std::string name;
    std::optional<std::string> defaultValue;
    bool required = false;
    std::string meaning;
    /// Throws std::exception with a reason if the text is not of the kind.
    std::function<void(Config&, const std::string& text, const std::filesystem::path& base)> set;
};

/// In the order in which check-config prints them. Made once; thread-safe.
[[nodiscard]] const std::vector<ConfigKey>& configKeys();

}  // namespace gateway::app
