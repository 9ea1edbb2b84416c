#pragma once
// Commands that a visitor can type while the demonstration stays up; they are tried before they
// are shown, so that they really work.

#include <filesystem>
#include <string>
#include <vector>

#include "connectors/simulator/demo/play.h"

namespace gateway::simulator {

/// The scripts of one tour below tour/, made anew by each constructor.
class Tour {
  public:
    /// `sequence`: of the number of the ruling that the court sends in the first command.
    Tour(Play& play, const std::filesystem::path& gatewayBinary, const std::string& sequence);

    /// Runs every command; one that does not end with 0 counts in the account.
    void walk() const;
    /// Prints addresses and commands.
    void show() const;

  private:
    struct Stop {
        std::string vi, en;
        std::filesystem::path script;
    };
    void add(const std::string& name, std::string vi, std::string en, const std::string& command);
    [[nodiscard]] std::string client(const std::string& act, const Office& office,
                                     bool withSeal) const;

    Play& play_;
    std::filesystem::path binary_, directory_;
    std::vector<Stop> stops_;
};

}  // namespace gateway::simulator
