#pragma once
// What each command says of itself: the overview, `COMMAND --help`, and what docs/cli.md is held
// to.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::app {

/// One command. Its usage stands in docs/cli.md in the same words.
struct CommandHelp {
    std::string_view name;
    std::string_view brief;  ///< one line
    std::string_view usage;  ///< a line for each way to call it, without the program's name
    enum class Takes { Nothing, Json, JsonAndSocket } takes = Takes::Json;
    std::string_view example{};  ///< behind the program's name
};

[[nodiscard]] std::span<const CommandHelp> commandHelps();
/// Null: there is no such command.
[[nodiscard]] const CommandHelp* helpOf(std::string_view command);

/// What an option is for, by its name; with the command's own word where it differs from the
/// others'. Empty: nobody has said it.
[[nodiscard]] std::string_view meaningOf(std::string_view command, std::string_view option);
/// The options that a command's usage names, each once, in that order.
[[nodiscard]] std::vector<std::string> optionsOf(const CommandHelp& help);

/// All commands, a line each.
[[nodiscard]] std::string overview();
/// Usage, options and an example.
[[nodiscard]] std::string helpText(const CommandHelp& help);

}  // namespace gateway::app
