#include "gateway/law/reports/sheet_check.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/time_format.h"

namespace gateway::law::figures {
namespace {

using document::Node;

// Rulings that one side has and the other has not (statistics: A3 and A4 of form 03).
constexpr std::string_view kOneSided[] = {"A3", "A4"};

bool says(const Node& line, std::string_view column) {
    const auto* columns = line.child("columns");
    if (!columns) return false;
    if (columns->kind == document::Kind::String) return columns->value == column;
    return std::ranges::any_of(columns->children,
                               [&](const Node& one) { return one.value == column; });
}

/// One sheet.
class SheetCheck {
  public:
    SheetCheck(const FigureBook& book, const Node& sheet) : book_(book), sheet_(sheet) {}

    std::set<std::string, std::less<>> findings() {
        readColumns();
        readCells();
        if (const auto* lines = sheet_.child("lines")) judgeLines(*lines);
        judgeIdentities();
        if (isUnexplained()) found_.insert("unexplained");
        return std::move(found_);
    }

  private:
    void readColumns() {
        const auto* form = sheet_.child("form");
        const auto* written = sheet_.child("period");
        std::optional<base::Date> last;
        if (written)
            if (const auto period = periodIn(*written)) last = period->last();
        for (const auto& sheet : book_.sheets())
            for (const auto& column : sheet.columns)
                if (form && sheet.form == form->value && (!last || column.period.covers(*last)))
                    columns_[column.id] = &column;
    }

    void readCells() {
        const auto* cells = sheet_.child("cells");
        if (!cells) return;
        for (const auto& cell : cells->children) {
            const auto *column = cell.child("column"), *value = cell.child("value");
            if (!column || !value) continue;
            std::int64_t number = 0;
            std::from_chars(value->value.data(), value->value.data() + value->value.size(), number);
            const bool known = columns_.contains(column->value);
            if (!known || number < 0 || !cells_.emplace(column->value, number).second)
                found_.insert("other-cells");
        }
    }

    // A column of rulings has as many lines; of documents, terms or obligations a ruling may bring
    // several.
    void judgeLines(const Node& lines) {
        for (const auto& [id, value] : cells_) {
            const auto column = columns_.find(id);
            if (column == columns_.end()) continue;
            const auto count = std::ranges::count_if(
                lines.children, [&](const Node& line) { return says(line, id); });
            const bool fits = column->second->unit == Unit::Ruling
                                  ? value == count
                                  : value >= count && (value == 0) == (count == 0);
            if (!fits) found_.insert("other-cells");
        }
        for (const auto& line : lines.children)
            if (const auto* columns = line.child("columns"))
                for (const auto& one : columns->children)
                    if (!cells_.contains(one.value)) found_.insert("other-cells");
    }

    [[nodiscard]] std::optional<std::int64_t> total(const Sum& sum) const {
        std::int64_t found = 0;
        for (const auto& [sign, id] : sum) {
            const auto cell = cells_.find(id);
            if (cell == cells_.end()) return std::nullopt;
            found += sign * cell->second;
        }
        return found;
    }

    void judgeIdentities() {
        for (const auto& identity : book_.identities()) {
            if (identity.across != Identity::Across::No || identity.warning) continue;
            const auto left = total(identity.left), right = total(identity.right);
            if (left && right && (identity.atMost ? *left > *right : *left != *right))
                found_.insert("broken-identity");
        }
    }

    [[nodiscard]] bool isUnexplained() const {
        const auto* lines = sheet_.child("lines");
        return std::ranges::any_of(kOneSided, [&](std::string_view column) {
            const auto cell = cells_.find(column);
            if (cell == cells_.end() || cell->second == 0) return false;
            return !lines || std::ranges::any_of(lines->children, [&](const Node& line) {
                return says(line, column) && !line.child("reason");
            });
        });
    }

    const FigureBook& book_;
    const Node& sheet_;
    std::map<std::string, const Column*, std::less<>> columns_;
    std::map<std::string, std::int64_t, std::less<>> cells_;
    std::set<std::string, std::less<>> found_;
};

}  // namespace

std::optional<Period> periodIn(const Node& written) {
    const auto *from = written.child("from"), *until = written.child("until"),
               *kind = written.child("kind");
    const auto first = from ? base::parseDate(from->value) : std::nullopt;
    const auto last = until ? base::parseDate(until->value) : std::nullopt;
    if (!first || !last) return std::nullopt;
    for (const auto& [months, name] : model::Names<Months>::table) {
        if (kind && kind->value != "joint" && kind->value != name) continue;
        const Period made{months, static_cast<int>(first->year()) + 1};
        if (made.first() == *first && made.last() == *last) return made;
    }
    return std::nullopt;
}

std::optional<Period> periodEnding(base::Date day) {
    const int year = static_cast<int>(day.year()) + (day.month() > std::chrono::September ? 1 : 0);
    for (const auto& [months, name] : model::Names<Months>::table)
        if (const Period made{months, year}; made.last() == day) return made;
    return std::nullopt;
}

bool mayCorrect(const Period& period, const Period& other) {
    if (other.year == period.year) return other.months > period.months;
    return other.year == period.year + 1 && other.months == Months::Three;
}

std::set<std::string, std::less<>> findingsOf(const FigureBook& book, const Node& sheet) {
    return SheetCheck(book, sheet).findings();
}

}  // namespace gateway::law::figures
