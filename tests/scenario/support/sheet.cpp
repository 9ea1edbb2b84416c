#include "tests/scenario/support/sheet.h"

#include <chrono>
#include <cstdio>
#include <optional>

#include "gateway/document/tables/table.h"
#include "tests/support/packed_files.h"

namespace gateway::scenario {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

// Days since the start of the workbook's calendar.
std::optional<long> dayNumber(const std::string& cell) {
    using namespace std::chrono;
    unsigned d = 0, m = 0;
    int y = 0, read = 0;
    if (cell.size() != 10 || std::sscanf(cell.c_str(), "%2u/%2u/%4d%n", &d, &m, &y, &read) != 3 ||
        read != 10)
        return std::nullopt;
    const auto date = year(y) / month(m) / day(d);
    if (!date.ok()) return std::nullopt;
    return (sys_days(date) - sys_days(year(1899) / December / 30)).count();
}

std::string cellOf(const std::string& place, const std::string& text) {
    if (const auto day = dayNumber(text))
        return "<c r=\"" + place + "\" s=\"1\"><v>" + std::to_string(*day) + "</v></c>";
    const auto escaped = replaced(replaced(text, "&", "&amp;"), "<", "&lt;");
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + escaped + "</t></is></c>";
}

std::string csvOf(const Sheet& sheet) {
    std::string text = "\xEF\xBB\xBF";
    for (const auto& row : sheet) {
        std::string line;
        for (const auto& cell : row)
            line += (line.empty() ? "\"" : ";\"") + replaced(cell, "\"", "\"\"") + "\"";
        text += line + "\r\n";
    }
    return text;
}

std::string xlsxOf(const Sheet& sheet) {
    const std::string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string relations =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    std::string rows;
    for (std::size_t r = 0; r < sheet.size(); ++r) {
        const auto number = std::to_string(r + 1);
        rows += "<row r=\"" + number + "\">";
        for (std::size_t c = 0; c < sheet[r].size(); ++c)
            rows += cellOf(document::columnLetters(static_cast<std::uint32_t>(c + 1)) + number,
                           sheet[r][c]);
        rows += "</row>";
    }
    return document::testing::packed({
        {"xl/workbook.xml", "<workbook " + main + " xmlns:r=\"" + relations +
                                "\"><sheets><sheet name=\"Trang 1\" sheetId=\"1\" r:id=\"r1\"/>"
                                "</sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"r1\" Type=\"" +
             relations +
             "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" +
             relations + "/styles\" Target=\"styles.xml\"/></Relationships>"},
        {"xl/styles.xml", "<styleSheet " + main +
                              "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
                              "</styleSheet>"},
        {"xl/worksheets/sheet1.xml",
         "<worksheet " + main + "><sheetData>" + rows + "</sheetData></worksheet>"},
    });
}

}  // namespace

SheetFile saved(const Sheet& sheet, SheetForm form) {
    if (form == SheetForm::Csv) return {csvOf(sheet), "text/csv", ".csv"};
    return {xlsxOf(sheet), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx"};
}

}  // namespace gateway::scenario
