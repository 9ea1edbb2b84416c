#pragma once
// Compiles a mapping that is being written: from memory, as if it lay in its place.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/authors/workshop.h"
#include "gateway/document/tree.h"

namespace gateway::app {

/// Something that is wrong with the mapping.
struct MappingFault {
    std::string file;         ///< that it stands in; empty: the mapping itself
    base::Position position;  ///< in it, from 1; zero where nobody can tell
    std::string vi, en;
};

/// What came of a text.
struct BenchResult {
    std::optional<CheckedMapping> checked;  ///< none: faults says why
    std::vector<MappingFault> faults;       ///< in the order in which they were found
    document::Node coverage = document::objectNode("coverage");
    std::filesystem::path folder;  ///< in which it lay; gone by now

    /// How to call a file that rules are said to stand in; empty: the text itself.
    [[nodiscard]] std::string named(const std::string& file) const;
};

/// Immutable and thread-safe; each text lies in a private folder for as long as it is compiled,
/// with what is around its place linked beside it. The workshop must outlive it.
class MappingBench {
  public:
    /// `file` is the mapping that is worked on, or empty. A text of its id lies in its folder, any
    /// other where its id says, among the delivered mappings.
    MappingBench(const Workshop& workshop, const std::filesystem::path& file);

    /// Throws base::Fault if no folder can be made.
    [[nodiscard]] BenchResult compile(const std::string& text) const;
    [[nodiscard]] const Workshop& workshop() const noexcept { return workshop_; }

  private:
    const Workshop& workshop_;
    std::filesystem::path own_;  ///< folder of that file; empty if there is none
    std::string ownId_;          ///< empty: it is not there yet
};

}  // namespace gateway::app
