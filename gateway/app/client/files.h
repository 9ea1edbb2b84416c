#pragma once
// Small helpers of the command line.

#include <filesystem>
#include <string>
#include <vector>

namespace gateway::app {

/// The bytes of a file, "-" for standard input. Throws InputError if it cannot be read.
[[nodiscard]] std::string readFile(const std::filesystem::path& file);

/// "a,b" -> {"a", "b"}; blanks around items are dropped, empty items too.
[[nodiscard]] std::vector<std::string> splitList(const std::string& text);

}  // namespace gateway::app
