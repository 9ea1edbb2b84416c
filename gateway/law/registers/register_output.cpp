// A register as JSON, as CSV and as a page.

#include "gateway/base/time_format.h"
#include "gateway/document/print/csv.h"
#include "gateway/document/print/html_page.h"
#include "gateway/document/print/vietnam_time.h"
#include "gateway/law/registers/register.h"

namespace gateway::law::registers {
namespace {

using document::Node;

constexpr const char* kStyle = R"x(
body { font-size: 8.5pt; } th { font-size: 8pt; text-align: center; } th.no { font-weight: normal; }
td { overflow-wrap: break-word; } td p { margin: 0 0 0.8mm; } tr.struck td { color: #444; }
p.note { font-size: 8pt; margin: 2mm 0 0; }
)x";

bool isNew(const Item& item, const Heading& heading) {
    return heading.since &&
           (item.from > *heading.since || (item.struckAt && *item.struckAt > *heading.since));
}

std::string dayOf(base::Timestamp instant) {
    return base::formatDayMonthYear(base::vietnamDate(instant));
}

// As one text, for tables that have no line through a word.
std::string textOf(const Item& item, const Heading& heading) {
    auto text = item.text;
    if (item.struckAt) text = "[gạch bỏ " + dayOf(*item.struckAt) + ": " + text + "]";
    return isNew(item, heading) ? text + " (*)" : text;
}

std::string titleOf(const Register& made) {
    const auto& period = made.period;
    return "Năm thống kê " + std::to_string(period.year) + " (" +
           base::formatDayMonthYear(period.first()) + " - " +
           base::formatDayMonthYear(period.last()) + ")";
}

std::string knownText(const Heading& heading) {
    return heading.asKnown ? "Theo hiểu biết đến " + document::printedMoment(*heading.asKnown)
                           : std::string();
}

Node itemNode(const Item& item, const Heading& heading) {
    Node node = document::objectNode();
    addText(node, "text", item.text);
    addText(node, "message", std::string(model::messageIdOf(item.message)));
    addText(node, "by", std::string(item.message.empty() ? "" : model::agencyOf(item.message)));
    if (item.from != base::Timestamp{})
        addText(node, "recordedAt", base::formatTimestamp(item.from));
    if (item.struckAt) addText(node, "struckAt", base::formatTimestamp(*item.struckAt));
    if (isNew(item, heading)) addFlag(node, "new", true);
    return node;
}

void addCell(document::HtmlPage& page, const std::vector<Item>& items, bool struck,
             const Heading& heading) {
    page.open("td");
    for (const auto& item : items) {
        page.open("p");
        if (struck || item.struckAt)
            page.open("s").lines(item.text).close();
        else
            page.lines(item.text);
        if (item.struckAt) page.text(" (gạch bỏ " + dayOf(*item.struckAt) + ")");
        if (isNew(item, heading)) page.text(" (*)");
        page.close();
    }
    page.close();
}

void addHeads(document::HtmlPage& page, const Form& form) {
    page.open("thead").row(
        [&] {
            std::vector<std::string> heads;
            for (const auto& column : form.columns) heads.push_back(column.vi);
            return heads;
        }(),
        "th");
    page.open("tr");
    for (const auto& column : form.columns) page.leaf("th", column.id, {{"class", "no"}});
    page.close().close();
}

void addFoot(document::HtmlPage& page, const Heading& heading) {
    page.leaf("p",
              "Chữ bị gạch ngang: mục đã thu hồi hoặc đính chính, giữ nguyên để đọc được "
              "(TT 04/2023/TT-BTP Điều 30 khoản 4 điểm b); thủ trưởng đơn vị ký xác nhận.",
              {{"class", "note"}});
    if (heading.since)
        page.leaf("p", "(*) Ghi hoặc sửa sau " + document::printedMoment(*heading.since) + ".",
                  {{"class", "note"}});
    page.open("div", {{"class", "signed"}});
    page.open("div").text("NGƯỜI GIỮ SỔ").leaf("div", "", {{"class", "gap"}}).close();
    page.open("div").text("Ngày ..... tháng ..... năm .....").lineEnd();
    page.text("THỦ TRƯỞNG ĐƠN VỊ").leaf("div", "", {{"class", "gap"}}).close().close();
}

}  // namespace

std::vector<std::string> headsOf(const Register& made) {
    std::vector<std::string> heads{"Gạch bỏ"};
    for (const auto& column : made.form->columns) heads.push_back(column.vi);
    heads.push_back("Vụ việc");
    return heads;
}

std::vector<std::vector<std::string>> textRowsOf(const Register& made, const Heading& heading) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : made.lines) {
        std::vector<std::string> row{line.struck ? "x" : ""};
        for (const auto& items : line.cells) {
            std::string cell;
            for (const auto& item : items)
                cell += (cell.empty() ? "" : "\n") + textOf(item, heading);
            row.push_back(std::move(cell));
        }
        row.push_back(line.ruling);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string registerCsv(const Register& made, const Heading& heading) {
    document::CsvText csv;
    csv.line(
        {made.form->title, made.form->vi, heading.officeName, titleOf(made), knownText(heading)});
    csv.line(headsOf(made));
    for (const auto& row : textRowsOf(made, heading)) csv.line(row);
    return csv.text();
}

std::string registerHtml(const Register& made, const Heading& heading) {
    const auto& form = *made.form;
    document::HtmlPage page(form.vi, {.landscape = true, .style = kStyle});
    page.leaf("p", form.title + " (" + form.basis + ")",
              {{"style", "text-align: right; margin: 0"}});
    page.open("p").leaf("b", heading.officeName).close();
    page.open("h1").lines(form.vi).close().open("p", {{"class", "sub"}}).text(titleOf(made));
    if (const auto known = knownText(heading); !known.empty()) page.lineEnd().text(known);
    page.close().open("table");
    addHeads(page, form);
    page.open("tbody");
    for (const auto& line : made.lines) {
        page.open("tr", {{"class", line.struck ? "struck" : "line"}});
        for (const auto& items : line.cells) addCell(page, items, line.struck, heading);
        page.close();
    }
    page.close().close();
    addFoot(page, heading);
    return std::move(page).finish();
}

Node registerNode(const Register& made, const Heading& heading) {
    const auto& form = *made.form;
    Node root = document::objectNode();
    addText(root, "form", form.id);
    addText(root, "title", form.title);
    addText(root, "vi", form.vi);
    addText(root, "en", form.en);
    addText(root, "basis", form.basis);
    addText(root, "office", heading.office);
    addText(root, "officeName", heading.officeName);
    addText(root, "from", base::formatDate(made.period.first()));
    addText(root, "to", base::formatDate(made.period.last()));
    if (heading.asKnown) addText(root, "asKnownAt", base::formatTimestamp(*heading.asKnown));
    Node columns = document::arrayNode("columns"), lines = document::arrayNode("lines");
    for (const auto& column : form.columns) {
        Node one = document::objectNode();
        addText(one, "id", column.id);
        addText(one, "vi", column.vi);
        addText(one, "en", column.en);
        addText(one, "level", std::string(model::nameOf(column.source)));
        addText(one, "basis", column.basis);
        columns.children.push_back(std::move(one));
    }
    for (const auto& line : made.lines) {
        Node one = document::objectNode();
        addText(one, "case", line.ruling);
        addFlag(one, "struck", line.struck);
        Node cells = document::objectNode("cells");
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            Node cell = document::arrayNode(form.columns[i].id.c_str());
            for (const auto& item : line.cells[i]) cell.children.push_back(itemNode(item, heading));
            cells.children.push_back(std::move(cell));
        }
        one.children.push_back(std::move(cells));
        lines.children.push_back(std::move(one));
    }
    root.children.push_back(std::move(columns));
    root.children.push_back(std::move(lines));
    return root;
}

}  // namespace gateway::law::registers
