#pragma once
// A register as it is written out of the histories of rulings. Pure: no store, no clock.
// Nothing that once stood in it disappears: what was withdrawn or corrected is crossed out and
// stays to be read (TT 04/2023/TT-BTP Đ.30.4b).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/figures/history.h"
#include "gateway/law/figures/period.h"
#include "gateway/law/registers/register_book.h"

namespace gateway::law::registers {

/// Something that was written into a cell.
struct Item {
    std::string text;
    std::string message;                      ///< sourceOf(); empty: none tells it
    base::Timestamp from{};                   ///< recorded; the beginning of time: reckoned now
    std::optional<base::Timestamp> struckAt;  ///< withdrawn or corrected
};

struct Line {
    std::string ruling;  ///< RulingHistory::id
    std::vector<std::vector<Item>> cells;
    bool struck = false;
};

struct Register {
    const Form* form = nullptr;
    figures::Period period;
    std::vector<Line> lines;
};

/// How an agency is called on a day; its code if nobody knows it.
using Naming = std::function<std::string(const std::string& code, base::Date day)>;

/// With the knowledge of `cutoff` and what had happened by the end of the period. Borrows the form.
[[nodiscard]] Register registerOf(const RegisterBook& book, const Form& form,
                                  const figures::FigureBook& figures,
                                  const std::vector<figures::RulingHistory>& histories,
                                  const figures::Period& period, base::Timestamp cutoff,
                                  const Naming& naming);

/// What stands above a printed register.
struct Heading {
    std::string office, officeName;
    std::optional<base::Timestamp> asKnown;
    /// What was written or crossed out after that is marked: since when it was printed last
    /// (TT 04/2023 Đ.30.4d).
    std::optional<base::Timestamp> since;
};

[[nodiscard]] document::Node registerNode(const Register& made, const Heading& heading);
[[nodiscard]] std::string registerCsv(const Register& made, const Heading& heading);
[[nodiscard]] std::string registerHtml(const Register& made, const Heading& heading);
/// Heads and rows as texts, for a workbook.
[[nodiscard]] std::vector<std::string> headsOf(const Register& made);
[[nodiscard]] std::vector<std::vector<std::string>> textRowsOf(const Register& made,
                                                               const Heading& heading);

}  // namespace gateway::law::registers
