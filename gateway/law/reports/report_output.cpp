// A report as JSON, as CSV and as a page.

#include "gateway/base/time_format.h"
#include "gateway/document/print/csv.h"
#include "gateway/document/print/html_page.h"
#include "gateway/law/figures/output.h"
#include "gateway/law/reports/report.h"

namespace gateway::law::figures {
namespace {

using document::Node;

Node textsNode(const char* name, const std::vector<std::string>& texts) {
    Node list = document::arrayNode(name);
    for (const auto& text : texts) list.children.push_back(document::stringNode("", text));
    return list;
}

bool isNumber(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

std::string reportCsv(const ReportBook& book, const Period& period,
                      const std::vector<Printed>& sections) {
    document::CsvText made;
    made.line({book.vi, titleOf(period), book.basis});
    for (const auto& section : sections) {
        made.line({section.id, section.vi}).line(section.heads);
        for (const auto& row : section.rows) made.line(row);
    }
    return made.text();
}

std::string reportHtml(const ReportBook& book, const Period& period,
                       const std::vector<Printed>& sections) {
    document::HtmlPage page(book.vi);
    page.leaf("h1", book.vi).open("p", {{"class", "sub"}});
    page.text(titleOf(period)).lineEnd().text(book.basis).close();
    for (const auto& section : sections) {
        page.leaf("h2", section.vi).open("table").open("thead").row(section.heads, "th").close();
        page.open("tbody");
        for (const auto& row : section.rows) {
            page.open("tr");
            for (const auto& text : row)
                page.leaf("td", text,
                          isNumber(text) ? document::HtmlPage::Attributes{{"class", "n"}}
                                         : document::HtmlPage::Attributes{});
            page.close();
        }
        page.close().close();
    }
    return std::move(page).finish();
}

Node reportNode(const ReportBook& book, const Period& period,
                const std::vector<Printed>& sections) {
    Node root = document::objectNode();
    addText(root, "title", book.vi);
    addText(root, "basis", book.basis);
    addText(root, "period", titleOf(period));
    addText(root, "from", base::formatDate(period.first()));
    addText(root, "to", base::formatDate(period.last()));
    Node list = document::arrayNode("sections");
    for (const auto& section : sections) {
        Node one = document::objectNode();
        addText(one, "id", section.id);
        addText(one, "vi", section.vi);
        one.children.push_back(textsNode("heads", section.heads));
        Node rows = document::arrayNode("rows");
        for (const auto& row : section.rows) rows.children.push_back(textsNode("", row));
        one.children.push_back(std::move(rows));
        list.children.push_back(std::move(one));
    }
    root.children.push_back(std::move(list));
    return root;
}

}  // namespace gateway::law::figures
