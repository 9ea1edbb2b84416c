#pragma once
// Names that look like one that nobody bears: for a person to choose from, never an answer.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::model {

/// Immutable once filled, thread-safe then.
class NearNames {
  public:
    /// `id` comes back from nearest().
    void add(std::string_view name, std::size_t id);
    /// Ids of the names most like the text, most alike first, each once; none that shares less than
    /// half of what is rare in it. Marks on letters, blanks and capitals say nothing here.
    [[nodiscard]] std::vector<std::size_t> nearest(std::string_view text, std::size_t most) const;

  private:
    std::map<std::string, std::vector<std::size_t>, std::less<>> byPiece_;  ///< names, by piece
    std::vector<std::size_t> ids_;
};

}  // namespace gateway::model
