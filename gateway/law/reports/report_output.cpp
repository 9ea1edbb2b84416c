// A report as JSON, as CSV and as a page.

#include "gateway/base/time_format.h"
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

// A number is not mistaken for a formula, whatever stands before it.
bool isNumber(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

std::string reportCsv(const ReportBook& book, const Period& period,
                      const std::vector<Printed>& sections) {
    std::string made = "\xEF\xBB\xBF";
    made += csvLine({csvField(book.vi), csvField(titleOf(period)), csvField(book.basis)});
    for (const auto& section : sections) {
        made += csvLine({csvField(section.id), csvField(section.vi)});
        const auto line = [](const std::vector<std::string>& texts) {
            std::vector<std::string> fields;
            for (const auto& text : texts) fields.push_back(isNumber(text) ? text : csvField(text));
            return csvLine(fields);
        };
        made += line(section.heads);
        for (const auto& row : section.rows) made += line(row);
    }
    return made;
}

std::string reportHtml(const ReportBook& book, const Period& period,
                       const std::vector<Printed>& sections) {
    std::string made = "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>" +
                       htmlText(book.vi) + "</title><style>" + pageStyle() +
                       "</style></head><body>\n<h1>" + htmlText(book.vi) +
                       "</h1>\n<p class=\"sub\">" + htmlText(titleOf(period)) + "<br>" +
                       htmlText(book.basis) + "</p>\n";
    for (const auto& section : sections) {
        made += "<h2>" + htmlText(section.vi) + "</h2>\n<table><thead><tr>";
        for (const auto& head : section.heads) made += "<th>" + htmlText(head) + "</th>";
        made += "</tr></thead><tbody>\n";
        for (const auto& row : section.rows) {
            made += "<tr>";
            for (const auto& text : row)
                made += (isNumber(text) ? "<td class=\"n\">" : "<td>") + htmlText(text) + "</td>";
            made += "</tr>\n";
        }
        made += "</tbody></table>\n";
    }
    return made + "</body></html>\n";
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
