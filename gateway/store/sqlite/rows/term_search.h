#pragma once
// Lists of terms, read from the lines of those who see them. Internal to the store.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/sqlite/rows/term_readers.h"
#include "gateway/store/sqlite/rows/term_table.h"
#include "gateway/store/term_rows.h"

namespace gateway::store::sqlite {

/// What reads ahead of one reader's lines.
extern const char* const kAheadOf;

/// The lines of some readers, merged in the order of their places; what two of them see comes once.
class TermLines {
  public:
    struct Place {
        std::int64_t due = 0, term = 0;
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    struct Bounds {
        Place after;  ///< without it
        std::int64_t lastDue = 0;
        std::size_t atOnce = 0;  ///< lines that are read ahead of each reader
    };

    TermLines(Connection& connection, const std::vector<TermReader>& readers, TermsOf list,
              Bounds bounds);
    [[nodiscard]] std::optional<Place> next();

  private:
    struct Lane {
        TermReader reader;
        std::int64_t list = 0;
        std::vector<Place> ahead;  ///< the next one last
        Place read;                ///< up to here
        bool whole = false;        ///< there is no more to read
    };
    void readAhead(Lane& lane);
    void queue(std::size_t lane);

    Connection& connection_;
    Bounds bounds_;
    std::vector<Lane> lanes_;
    std::vector<std::pair<Place, std::size_t>> heads_;  ///< a heap, the first place on top
    Place given_{-1, -1};
};

/// What one filter asks for. Lives within one read of one connection.
class TermSearch {
  public:
    TermSearch(Connection& connection, const TermFilter& filter);
    [[nodiscard]] std::vector<TermRow> page(const std::optional<TermPlace>& after,
                                            std::size_t limit);
    [[nodiscard]] std::int64_t count();

  private:
    void seeBy(const std::string& name, std::int64_t why);
    void leadBy(const std::string& name, std::int64_t why);
    [[nodiscard]] TermLines::Bounds boundsAfter(const std::optional<TermPlace>& after,
                                                std::size_t limit) const;
    [[nodiscard]] bool shows(const KeptTerm& term) const;
    [[nodiscard]] bool seen(const KeptTerm& term, const std::vector<TermReader>& by) const;
    [[nodiscard]] std::vector<TermRow> ofCase() const;

    Connection& connection_;
    const TermFilter& filter_;
    std::vector<TermReader> sight_;             ///< by whom the asker sees
    std::vector<TermReader> walked_;            ///< whose lines are walked
    std::vector<TermReader> court_, province_;  ///< asked for
    bool apart_ = false;                        ///< no row is seen by two of those who are walked
    bool each_ = false;                         ///< each line that is walked is shown
};

}  // namespace gateway::store::sqlite
