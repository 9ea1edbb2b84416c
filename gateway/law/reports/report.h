#pragma once
// Reports of a period: the same columns as the sheets, arranged as data say it
// (mappings/legal-rules/report.xml). Law: NĐ 71/2016 Đ.32.2c; QĐ 340/QĐ-BTP II.8.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "gateway/law/figures/figures.h"

namespace gateway::law::figures {

/// One table of a report. Exactly one of: columns alone, columns by something, lines of a column.
struct ReportSection {
    std::string id, vi;
    std::vector<std::string> columns;
    std::string by;        ///< province, province-then, court-level, party-name, or a split
    bool compare = false;  ///< with the same period of the year before
    std::vector<std::string> within;  ///< SPLIT/VALUE: lines of these parts alone
    std::string lines;                ///< rulings of this column, the oldest first
    std::size_t most = 0;             ///< so many of them; 0: all
};

/// Immutable. load() throws base::Fault with file and line for an unknown column or split.
struct ReportBook {
    std::string vi, basis;
    std::vector<ReportSection> sections;
    [[nodiscard]] static ReportBook load(const std::filesystem::path& mappings,
                                         const FigureBook& figures);
};

/// What only the directory of agencies knows of a ruling. Empty text: unknown.
struct Places {
    /// The province in which it lies on that day, by name.
    std::function<std::string(const RulingHistory&, base::Date)> province;
    /// The level of the court that issued it.
    std::function<std::string(const RulingHistory&)> courtLevel;
};

/// A table as it is printed: the first column is text, numbers are written as such.
struct Printed {
    std::string id, vi;
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
};

/// Every row that a section has in the period, and the sum of rows where they are of rulings: it
/// is the whole of the column, since a ruling has one place. Pure.
[[nodiscard]] std::vector<Printed> reportOf(const ReportBook& book, const FigureBook& figures,
                                            const std::vector<RulingHistory>& histories,
                                            const Period& period, base::Timestamp cutoff,
                                            const Places& places);

[[nodiscard]] document::Node reportNode(const ReportBook& book, const Period& period,
                                        const std::vector<Printed>& sections);
[[nodiscard]] std::string reportCsv(const ReportBook& book, const Period& period,
                                    const std::vector<Printed>& sections);
[[nodiscard]] std::string reportHtml(const ReportBook& book, const Period& period,
                                     const std::vector<Printed>& sections);

}  // namespace gateway::law::figures
