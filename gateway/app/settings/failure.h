#pragma once
// Why a command gives no result: a text for people and an exit code for scripts.

#include <filesystem>
#include <string>

#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/fault.h"

namespace gateway::app {

/// Ends a command: main prints the text (with --json as {"problem"}) and ends with the code.
class CommandFailure : public base::Fault {
  public:
    CommandFailure(ExitCode code, const std::string& text) : Fault(text), code_(code) {}
    [[nodiscard]] ExitCode code() const noexcept { return code_; }

  private:
    ExitCode code_;
};

/// Wrong use of a command.
class UsageError : public CommandFailure {
  public:
    explicit UsageError(const std::string& text) : CommandFailure(kExitUsage, text) {}
};

/// A file or folder that was named to us cannot be read, used or written.
class InputError : public CommandFailure {
  public:
    explicit InputError(const std::string& text) : CommandFailure(kExitBadData, text) {}
};

/// Gives what `make` makes of files that were named to us; a Fault is then theirs, an InputError.
template <class Make>
auto fromInput(Make make) -> decltype(make()) {
    try {
        return make();
    } catch (const CommandFailure&) {
        throw;
    } catch (const base::Fault& fault) {
        throw InputError(fault.what());
    } catch (const std::filesystem::filesystem_error& error) {
        throw InputError(error.what());
    }
}

}  // namespace gateway::app
