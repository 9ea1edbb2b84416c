#pragma once
// What was counted: each number with the lines that make it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/law/figures/declaration.h"
#include "gateway/law/figures/period.h"
#include "gateway/law/figures/ruling_view.h"

namespace gateway::law::figures {

/// One that counts.
struct Line {
    std::string ruling;  ///< RulingHistory::id
    std::string label;   ///< number and day, as people say it
    std::string item;    ///< of the ruling: the act, fact, term or obligation; empty: itself
    std::vector<Ground> grounds;
};

struct Cell {
    std::vector<Line> lines;
    std::int64_t unlisted = 0;  ///< counted without their lines (tally.h)
    [[nodiscard]] std::int64_t value() const noexcept {
        return static_cast<std::int64_t>(lines.size()) + unlisted;
    }
};

/// One value of a split.
struct Part {
    std::string split, value, vi;
    Cell cell;
};

struct ColumnFigures {
    const Column* column = nullptr;
    const Sheet* sheet = nullptr;
    bool counted = true;  ///< false: it awaits something
    Cell whole;
    std::vector<Part> parts;
};

/// An identity that does not hold.
struct Finding {
    std::string identity, vi;
    std::string part;  ///< "kind/judgment-first": of that value of a split only
    std::int64_t left = 0, right = 0;
    bool warning = false;
    std::vector<std::string> rulings;  ///< on one side only, where the sides are of rulings
};

struct Rate {
    const Indicator* indicator = nullptr;
    std::int64_t numerator = 0, denominator = 0;
    std::string text;  ///< "41,37 %"
};

/// Borrows the book.
struct Table {
    Period period;
    base::Timestamp cutoff{};
    std::vector<ColumnFigures> columns;
    std::vector<Finding> findings;
    std::vector<Rate> rates;

    [[nodiscard]] const ColumnFigures* column(std::string_view id) const {
        for (const auto& one : columns)
            if (one.column->id == id) return &one;
        return nullptr;
    }
    /// Whether it may be locked: every finding is a warning.
    [[nodiscard]] bool holds() const {
        for (const auto& finding : findings)
            if (!finding.warning) return false;
        return true;
    }
};

/// Rounded half up to two decimals, with a comma; "–" if the denominator is 0. Not negative.
[[nodiscard]] std::string rateText(std::int64_t numerator, std::int64_t denominator);

}  // namespace gateway::law::figures
