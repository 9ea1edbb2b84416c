// The table as CSV and as a page.

#include "gateway/document/print/csv.h"
#include "gateway/document/print/html_page.h"
#include "gateway/law/figures/output.h"

namespace gateway::law::figures {
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

void addRow(document::HtmlPage& page, const Row& row) {
    page.open("tr", {{"class", classOf(row.kind)}});
    if (row.kind == Row::Kind::Sheet) {
        page.leaf("td", row.vi + (row.basis.empty() ? "" : " (" + row.basis + ")"),
                  {{"colspan", "4"}});
    } else {
        page.leaf("td", row.kind == Row::Kind::Part ? "" : row.id);
        page.leaf("td", row.vi, {{"class", "t"}});
        page.leaf("td", row.value ? std::to_string(*row.value) : row.text, {{"class", "n"}});
        page.leaf("td", row.source + (row.basis.empty() ? "" : "; " + row.basis));
    }
    page.close();
}

void addSignatures(document::HtmlPage& page) {
    page.open("div", {{"class", "signed"}});
    page.open("div").text("ĐƠN VỊ PHỐI HỢP").lineEnd().text("KÝ XÁC NHẬN");
    page.leaf("div", "", {{"class", "gap"}}).close();
    page.open("div").text("Ngày ..... tháng ..... năm .....").lineEnd();
    page.text("THỦ TRƯỞNG ĐƠN VỊ").leaf("div", "", {{"class", "gap"}}).close().close();
}

}  // namespace

std::string headingText(const Heading& heading) {
    const auto& place = heading.placeName.empty() ? heading.place : heading.placeName;
    const auto& known = heading.asKnownWords.empty() ? heading.asKnown : heading.asKnownWords;
    return (place.empty() ? "Toàn bộ dữ liệu đưa vào" : place) +
           (known.empty() ? "" : "; theo hiểu biết đến " + known);
}

std::string tableCsv(const Table& table, const Heading& heading) {
    document::CsvText made;
    made.line({titleOf(table.period), headingText(heading)});
    made.line({"Mã", "Chỉ tiêu", "Tiếng Anh", "Số", "Nguồn", "Căn cứ"});
    auto rows = rowsOf(table, heading.form);
    rows.insert(rows.end(), heading.more.begin(), heading.more.end());
    for (const auto& row : rows)
        made.line({row.id, row.vi, row.en, row.value ? std::to_string(*row.value) : row.text,
                   row.source, row.basis});
    return made.text();
}

std::string tableHtml(const Table& table, const Heading& heading) {
    document::HtmlPage page("Thống kê thi hành án hành chính");
    page.leaf("h1", "THỐNG KÊ THI HÀNH ÁN HÀNH CHÍNH").open("p", {{"class", "sub"}});
    if (!heading.form.empty()) page.text("Biểu " + heading.form).lineEnd();
    page.text(titleOf(table.period)).lineEnd().text(headingText(heading)).close();
    if (!table.holds())
        page.open("p")
            .leaf("strong", "Chưa chốt được số liệu: có đẳng thức không khớp, xem cuối biểu.")
            .close();
    page.open("table").open("thead").row({"Mã", "Chỉ tiêu", "Số", "Nguồn, căn cứ"}, "th").close();
    page.open("tbody");
    for (const auto& row : rowsOf(table, heading.form)) addRow(page, row);
    for (const auto& row : heading.more) addRow(page, row);
    page.close().close();
    addSignatures(page);
    return std::move(page).finish();
}

}  // namespace gateway::law::figures
