#pragma once
// The command line of one command: options with and without values, and the rest.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/app/settings/failure.h"

namespace gateway::app {

/// Parsed arguments. `--name value` and `--name=value` for names in `valued`, bare `--name` for
/// names in `flags`, everything else is positional; "--" ends the options. An unknown option, a
/// missing value or a doubled option that is not `repeatable` throws UsageError.
class Arguments {
  public:
    Arguments(const std::vector<std::string>& words, const std::set<std::string>& valued,
              const std::set<std::string>& flags, const std::set<std::string>& repeatable = {});

    [[nodiscard]] bool has(const std::string& name) const { return options_.contains(name); }
    [[nodiscard]] std::string get(const std::string& name, const std::string& standard = {}) const;
    /// Throws UsageError if it was not given.
    [[nodiscard]] std::string need(const std::string& name) const;
    /// Every value of a repeatable option, as they stood.
    [[nodiscard]] std::vector<std::string> all(const std::string& name) const;
    [[nodiscard]] const std::vector<std::string>& positional() const noexcept {
        return positional_;
    }

  private:
    std::map<std::string, std::vector<std::string>> options_;
    std::vector<std::string> positional_;
};

}  // namespace gateway::app
