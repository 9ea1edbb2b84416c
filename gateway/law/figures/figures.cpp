#include "gateway/law/figures/figures.h"

#include <algorithm>

#include "gateway/law/figures/lines.h"

namespace gateway::law::figures {
namespace {

Part& partFor(ColumnFigures& figures, const Split& split, const std::string& value,
              const std::string& vi) {
    for (auto& part : figures.parts)
        if (part.split == split.name && part.value == value) return part;
    figures.parts.push_back({split.name, value, vi, {}});
    return figures.parts.back();
}

// Every value of a split has its row, also with nothing in it.
ColumnFigures emptyFor(const FigureBook& book, const Sheet& sheet, const Column& column) {
    ColumnFigures made{&column, &sheet, column.awaits.empty(), {}, {}};
    for (const auto& name : column.splits) {
        const auto& split = book.split(name);
        for (const auto& value : split.values)
            static_cast<void>(partFor(made, split, value.name, value.vi));
    }
    return made;
}

// Splits as the column names them; values that nobody has declared by their words, not by whose
// ruling was read first.
void sortParts(const FigureBook& book, ColumnFigures& figures) {
    const auto key = [&](const Part& part) {
        const auto& splits = figures.column->splits;
        const bool declared = !book.split(part.split).values.empty();
        return std::pair(std::ranges::find(splits, part.split) - splits.begin(),
                         declared ? std::string_view() : std::string_view(part.value));
    };
    std::ranges::stable_sort(figures.parts, {}, key);
}

const Cell* cellOf(const ColumnFigures& figures, const std::string& part) {
    if (part.empty()) return &figures.whole;
    for (const auto& one : figures.parts)
        if (one.split + "/" + one.value == part) return &one.cell;
    return nullptr;
}

// The sum, or nothing if a column is not there or has no such part.
std::optional<std::int64_t> total(const Table& table, const Sum& sum, const std::string& part) {
    std::int64_t found = 0;
    for (const auto& [sign, id] : sum) {
        const auto* column = table.column(id);
        const auto* cell = column ? cellOf(*column, part) : nullptr;
        if (!cell) return std::nullopt;
        found += sign * cell->value();
    }
    return found;
}

// How often a ruling counts in a sum.
void tally(const Table& table, const Sum& sum, int factor, std::map<std::string, int>& found) {
    for (const auto& [sign, id] : sum)
        for (const auto& line : table.column(id)->whole.lines) found[line.ruling] += factor * sign;
}

void judge(const Identity& identity, const Table& left, const Table& right, const std::string& part,
           std::vector<Finding>& findings) {
    const auto one = total(left, identity.left, part);
    const auto other = total(right, identity.right, part);
    if (!one || !other || (identity.atMost ? *one <= *other : *one == *other)) return;
    Finding made{identity.id, identity.vi, part, *one, *other, identity.warning, {}};
    std::map<std::string, int> rulings;
    tally(left, identity.left, 1, rulings);
    tally(right, identity.right, -1, rulings);
    for (const auto& [ruling, times] : rulings)
        if (identity.atMost ? times > 0 : times != 0) made.rulings.push_back(ruling);
    findings.push_back(std::move(made));
}

// A split of every column of the identity is held against it value by value.
std::vector<std::string> commonParts(const Table& table, const Identity& identity) {
    const auto* first = table.column(identity.left.front().second);
    std::vector<std::string> found{{}};
    if (!first || identity.warning) return found;
    for (const auto& part : first->parts) found.push_back(part.split + "/" + part.value);
    return found;
}

}  // namespace

std::string rateText(std::int64_t numerator, std::int64_t denominator) {
    if (denominator == 0) return "–";
    const auto hundredths = (numerator * 20000 + denominator) / (2 * denominator);
    const auto decimals = std::to_string(100 + hundredths % 100).substr(1);
    return std::to_string(hundredths / 100) + "," + decimals + " %";
}

void Figures::addTo(Table& table, const RulingView& view) const {
    for (auto& figures : table.columns) {
        if (!figures.counted) continue;
        for (auto& found : linesOf(*figures.column, view)) {
            for (const auto& name : figures.column->splits) {
                const auto& split = book_.split(name);
                const auto [value, vi] = valueIn(split, found, view);
                partFor(figures, split, value, vi).cell.lines.push_back(found.line);
            }
            figures.whole.lines.push_back(std::move(found.line));
        }
    }
}

Table Figures::empty(const Period& period, base::Timestamp cutoff) const {
    Table table{period, cutoff, {}, {}, {}};
    for (const auto& sheet : book_.sheets())
        for (const auto& column : sheet.columns)
            if (column.period.covers(period.last()))
                table.columns.push_back(emptyFor(book_, sheet, column));
    return table;
}

void Figures::conclude(Table& table) const {
    for (auto& column : table.columns) sortParts(book_, column);
    for (const auto& identity : book_.identities())
        if (identity.across == Identity::Across::No)
            for (const auto& part : commonParts(table, identity))
                judge(identity, table, table, part, table.findings);
    for (const auto& indicator : book_.indicators()) {
        const auto numerator = total(table, indicator.numerator, {});
        const auto denominator = total(table, indicator.denominator, {});
        if (numerator && denominator)
            table.rates.push_back(
                {&indicator, *numerator, *denominator, rateText(*numerator, *denominator)});
    }
}

Table Figures::count(const std::vector<RulingHistory>& histories, const Period& period,
                     base::Timestamp cutoff) const {
    auto table = empty(period, cutoff);
    for (const auto& history : histories)
        if (!history.versions.empty()) addTo(table, RulingView(book_, history, period, cutoff));
    conclude(table);
    return table;
}

Tally Figures::tally(const RulingHistory& history, const Period& period,
                     base::Timestamp cutoff) const {
    auto table = empty(period, cutoff);
    if (!history.versions.empty()) addTo(table, RulingView(book_, history, period, cutoff));
    return tallyOf(table);
}

Table Figures::add(const Tally& sums, const Period& period, base::Timestamp cutoff) const {
    auto table = empty(period, cutoff);
    for (auto& figures : table.columns) {
        const auto& id = figures.column->id;
        if (const auto own = sums.find(id); own != sums.end()) figures.whole.unlisted = own->second;
        for (auto at = sums.lower_bound(id + "/"); at != sums.end(); ++at) {
            if (!at->first.starts_with(id + "/")) break;
            const auto rest = std::string_view(at->first).substr(id.size() + 1);
            const auto slash = rest.find('/');
            const auto& split = book_.split(rest.substr(0, slash));
            const std::string value(rest.substr(slash + 1));
            const auto& vi = value == "none" && !split.none.empty() ? split.none : value;
            partFor(figures, split, value, vi).cell.unlisted = at->second;
        }
    }
    conclude(table);
    return table;
}

void Figures::compare(Table& table, const Table& other) const {
    const bool yearBefore =
        other.period.year == table.period.year - 1 && other.period.months == Months::Twelve;
    const bool shorter =
        other.period.year == table.period.year && other.period.months < table.period.months;
    for (const auto& identity : book_.identities()) {
        if (yearBefore && identity.across == Identity::Across::YearBefore)
            judge(identity, table, other, {}, table.findings);
        if (shorter && identity.across == Identity::Across::ShorterPeriod)
            judge(identity, other, table, {}, table.findings);
    }
}

}  // namespace gateway::law::figures
