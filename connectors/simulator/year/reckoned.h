#pragma once
// The law's figures as the program counts them in a store's file or in a folder of lives.

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/document/tree.h"

namespace gateway::simulator {

/// One column: its number, and the numbers of the rulings that it counts.
struct Column {
    std::int64_t value = 0;
    std::set<std::string> rulings;
};
using Columns = std::map<std::string, Column>;  ///< by id

/// Runs `thahc-gateway figures`.
class Reckoner {
  public:
    /// `scratch`: a folder for what the program writes.
    Reckoner(std::filesystem::path binary, std::filesystem::path mappings,
             std::filesystem::path scratch) :
        binary_(std::move(binary)), mappings_(std::move(mappings)), scratch_(std::move(scratch)) {}

    /// `source`: "--store" or "--lives" and where it is. Throws base::Fault with what the program
    /// said if it does not count.
    [[nodiscard]] Columns count(const std::string& source, const std::filesystem::path& where,
                                const std::string& court, int year, int months,
                                std::optional<base::Timestamp> asKnownAt) const;

  private:
    std::filesystem::path binary_, mappings_, scratch_;
};

}  // namespace gateway::simulator
