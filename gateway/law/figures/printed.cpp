// The table as CSV and as a page.

#include "gateway/law/figures/output.h"

namespace gateway::law::figures {
std::string csvField(std::string text) {
    // What others have said must not be calculated by whoever opens the file.
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string made = "\"";
    for (const char c : text) made += c == '"' ? std::string("\"\"") : std::string{c};
    return made + '"';
}

std::string csvLine(const std::vector<std::string>& fields) {
    std::string line;
    for (const auto& field : fields) line += (&field == fields.data() ? "" : ",") + field;
    return line + "\r\n";
}

std::string htmlText(std::string_view text) {
    std::string made;
    for (const char c : text) switch (c) {
            case '&': made += "&amp;"; break;
            case '<': made += "&lt;"; break;
            case '>': made += "&gt;"; break;
            case '"': made += "&quot;"; break;
            default: made += c;
        }
    return made;
}

namespace {

// Printed without colours that carry a meaning; numbers to the right.
constexpr const char* kStyle = R"x(
@page { size: A4; margin: 20mm 15mm 20mm 20mm;
  @bottom-right { content: "Trang " counter(page) "/" counter(pages); font-size: 9pt; } }
body { font-family: "Noto Serif", "DejaVu Serif", serif; font-size: 10.5pt; }
h1 { font-size: 14pt; text-align: center; margin: 0 0 2mm; }
h2 { font-size: 11.5pt; margin: 6mm 0 2mm; }
p.sub { text-align: center; margin: 0 0 4mm; }
table { border-collapse: collapse; width: 100%; }
thead { display: table-header-group; }
tr { page-break-inside: avoid; }
th, td { border: 0.5pt solid #000; padding: 1mm 1.5mm; vertical-align: top; text-align: left; }
td.n { text-align: right; white-space: nowrap; }
tr.sheet td { font-weight: bold; background: #eee; }
tr.part td { font-size: 9.5pt; } tr.part td.t { padding-left: 6mm; }
.signed { display: flex; justify-content: space-between; margin-top: 10mm; text-align: center;
  page-break-inside: avoid; }
.signed div { width: 45%; } .signed .gap { height: 25mm; }
)x";

}  // namespace

std::string pageStyle() { return kStyle; }

namespace {

const char* classOf(Row::Kind kind) {
    switch (kind) {
        case Row::Kind::Sheet: return "sheet";
        case Row::Kind::Part: return "part";
        case Row::Kind::Finding: return "finding";
        case Row::Kind::Column:
        case Row::Kind::Rate: break;
    }
    return "column";
}

std::string rowHtml(const Row& row) {
    if (row.kind == Row::Kind::Sheet)
        return "<tr class=\"sheet\"><td colspan=\"4\">" + htmlText(row.vi) +
               (row.basis.empty() ? "" : " (" + htmlText(row.basis) + ")") + "</td></tr>\n";
    std::string made = std::string("<tr class=\"") + classOf(row.kind) + "\"><td>";
    made += row.kind == Row::Kind::Part ? "" : htmlText(row.id);
    made += "</td><td class=\"t\">" + htmlText(row.vi) + "</td><td class=\"n\">";
    made += row.value ? std::to_string(*row.value) : htmlText(row.text);
    made += "</td><td>" + htmlText(row.source) +
            (row.basis.empty() ? "" : "; " + htmlText(row.basis)) + "</td></tr>\n";
    return made;
}

std::string placeText(const Heading& heading) {
    return (heading.place.empty() ? "Toàn bộ dữ liệu đưa vào" : heading.place) +
           (heading.asKnown.empty() ? "" : "; theo hiểu biết đến " + heading.asKnown);
}

}  // namespace

std::string tableCsv(const Table& table, const Heading& heading) {
    std::string made = "\xEF\xBB\xBF";
    made += csvLine({csvField(titleOf(table.period)), csvField(placeText(heading))});
    made += csvLine({"Mã", "Chỉ tiêu", "Tiếng Anh", "Số", "Nguồn", "Căn cứ"});
    auto rows = rowsOf(table, heading.form);
    rows.insert(rows.end(), heading.more.begin(), heading.more.end());
    for (const auto& row : rows)
        made += csvLine({csvField(row.id), csvField(row.vi), csvField(row.en),
                         row.value ? std::to_string(*row.value) : csvField(row.text),
                         csvField(row.source), csvField(row.basis)});
    return made;
}

std::string tableHtml(const Table& table, const Heading& heading) {
    std::string made =
        "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"
        "<title>Thống kê thi hành án hành chính</title><style>";
    made += kStyle;
    made += "</style></head><body>\n<h1>THỐNG KÊ THI HÀNH ÁN HÀNH CHÍNH</h1>\n<p class=\"sub\">";
    if (!heading.form.empty()) made += "Biểu " + htmlText(heading.form) + "<br>";
    made += htmlText(titleOf(table.period)) + "<br>" + htmlText(placeText(heading)) + "</p>\n";
    if (!table.holds())
        made +=
            "<p><strong>Chưa chốt được số liệu: có đẳng thức không khớp, xem cuối biểu."
            "</strong></p>\n";
    made +=
        "<table><thead><tr><th>Mã</th><th>Chỉ tiêu</th><th>Số</th><th>Nguồn, căn "
        "cứ</th></tr></thead>"
        "<tbody>\n";
    for (const auto& row : rowsOf(table, heading.form)) made += rowHtml(row);
    for (const auto& row : heading.more) made += rowHtml(row);
    made +=
        "</tbody></table>\n<div class=\"signed\"><div>ĐƠN VỊ PHỐI HỢP<br>KÝ XÁC NHẬN<div "
        "class=\"gap\"></div></div><div>Ngày ..... tháng ..... năm .....<br>THỦ TRƯỞNG ĐƠN VỊ<div "
        "class=\"gap\"></div></div></div>\n</body></html>\n";
    return made;
}

}  // namespace gateway::law::figures
