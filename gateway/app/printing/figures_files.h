#pragma once
// Figures as files that are no text.

#include <filesystem>

#include "gateway/law/figures/output.h"
#include "gateway/law/reports/report.h"

namespace gateway::app {

/// Two sheets: the figures, and every line with what made it count. Numbers are numbers. Throws
/// InputError if the file cannot be written.
void writeWorkbook(const law::figures::Table& table, const law::figures::Heading& heading,
                   const std::filesystem::path& file);

/// A report: one sheet for each section.
void writeReportBook(const std::vector<law::figures::Printed>& sections,
                     const std::filesystem::path& file);

/// The page through WeasyPrint, a program of its own that must be installed. Throws InputError.
void writePdf(const std::string& html, const std::filesystem::path& file);

}  // namespace gateway::app
