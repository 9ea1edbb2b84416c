#pragma once
// What is wrong with a mapping, in Vietnamese: loading tells it in English, for logs and terminals.

#include <string>
#include <string_view>

namespace gateway::app {

/// The same said in Vietnamese; places, names and numbers in it stay as they are. What is not known
/// here stays English behind words that say so.
[[nodiscard]] std::string vietnameseFault(const std::string& english);

}  // namespace gateway::app
