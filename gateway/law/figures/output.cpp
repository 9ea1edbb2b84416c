#include "gateway/law/figures/output.h"

#include "gateway/base/time_format.h"

namespace gateway::law::figures {
namespace {

using document::Node;

constexpr std::string_view kIndicators = "indicators";

std::string findingText(const Finding& finding) {
    const bool atMost = finding.identity.find("<=") != std::string::npos;
    auto text =
        std::to_string(finding.left) + (atMost ? " > " : " ≠ ") + std::to_string(finding.right);
    if (!finding.part.empty()) text += " (" + finding.part + ")";
    return text;
}

void addColumn(const ColumnFigures& figures, std::vector<Row>& rows) {
    const auto& column = *figures.column;
    Row row{Row::Kind::Column,         column.id,   column.vi, column.en, {}, {},
            sourceText(column.source), column.basis};
    if (figures.counted)
        row.value = figures.whole.value();
    else
        row.text = "– (" + column.awaits + ")";
    rows.push_back(std::move(row));
    for (const auto& part : figures.parts)
        rows.push_back({Row::Kind::Part,
                        column.id + "/" + part.value,
                        part.vi,
                        part.value,
                        part.cell.value(),
                        {},
                        {},
                        {}});
}

Node linesNode(const Cell& cell) {
    Node list = document::arrayNode("lines");
    for (const auto& line : cell.lines) {
        Node one = document::objectNode();
        addText(one, "case", line.ruling);
        addText(one, "ruling", line.label);
        addText(one, "item", line.item);
        Node grounds = document::arrayNode("because");
        for (const auto& ground : line.grounds) {
            Node because = document::objectNode();
            addText(because, "what", ground.what);
            addText(because, "message", ground.message);
            addText(because, "on", base::formatDate(ground.day));
            grounds.children.push_back(std::move(because));
        }
        one.children.push_back(std::move(grounds));
        list.children.push_back(std::move(one));
    }
    return list;
}

Node columnNode(const ColumnFigures& figures) {
    const auto& column = *figures.column;
    Node node = document::objectNode();
    addText(node, "id", column.id);
    addText(node, "sheet", figures.sheet->id);
    addText(node, "form", figures.sheet->form);
    addText(node, "vi", column.vi);
    addText(node, "en", column.en);
    addText(node, "level", std::string(model::nameOf(column.source)));
    addText(node, "basis", column.basis);
    addText(node, "awaits", column.awaits);
    if (!figures.counted) return node;
    addNumber(node, "value", figures.whole.value());
    Node parts = document::arrayNode("parts");
    for (const auto& part : figures.parts) {
        Node one = document::objectNode();
        addText(one, "split", part.split);
        addText(one, "name", part.value);
        addText(one, "vi", part.vi);
        addNumber(one, "value", part.cell.value());
        parts.children.push_back(std::move(one));
    }
    if (!parts.children.empty()) node.children.push_back(std::move(parts));
    node.children.push_back(linesNode(figures.whole));
    return node;
}

Node findingNode(const Finding& finding) {
    Node node = document::objectNode();
    addText(node, "identity", finding.identity);
    addText(node, "vi", finding.vi);
    addText(node, "part", finding.part);
    addNumber(node, "left", finding.left);
    addNumber(node, "right", finding.right);
    addFlag(node, "warning", finding.warning);
    Node rulings = document::arrayNode("cases");
    for (const auto& ruling : finding.rulings)
        rulings.children.push_back(document::stringNode("", ruling));
    node.children.push_back(std::move(rulings));
    return node;
}

Node rateNode(const Rate& rate) {
    Node node = document::objectNode();
    addText(node, "id", rate.indicator->id);
    addText(node, "vi", rate.indicator->vi);
    addText(node, "en", rate.indicator->en);
    addText(node, "level", std::string(model::nameOf(rate.indicator->source)));
    addText(node, "basis", rate.indicator->basis);
    addNumber(node, "numerator", rate.numerator);
    addNumber(node, "denominator", rate.denominator);
    addText(node, "rate", rate.text);
    return node;
}

template <class T>
Node listOf(const char* name, const std::vector<T>& all, Node (*make)(const T&)) {
    Node list = document::arrayNode(name);
    for (const auto& one : all) list.children.push_back(make(one));
    return list;
}

}  // namespace

std::string sourceText(Source source) {
    switch (source) {
        case Source::Law: return "pháp luật";
        case Source::Published: return "đã công bố";
        case Source::Derived: break;
    }
    return "suy luận";
}

std::string titleOf(const Period& period) {
    return "Kỳ " + std::string(model::nameOf(period.months)) + " tháng năm " +
           std::to_string(period.year) + " (" + base::formatDayMonthYear(period.first()) + " - " +
           base::formatDayMonthYear(period.last()) + ")";
}

std::vector<Row> rowsOf(const Table& table, const std::string& form) {
    std::vector<Row> rows;
    const Sheet* sheet = nullptr;
    for (const auto& figures : table.columns) {
        if (!form.empty() && form != figures.sheet->form) continue;
        if (figures.sheet != sheet) {
            sheet = figures.sheet;
            rows.push_back({Row::Kind::Sheet,
                            sheet->id,
                            sheet->vi,
                            sheet->en,
                            {},
                            {},
                            sourceText(sheet->source),
                            sheet->basis});
        }
        addColumn(figures, rows);
    }
    const bool rates = form.empty() || form == kIndicators;
    if (rates) rows.push_back({Row::Kind::Sheet, "%", "Chỉ tiêu", "Indicators", {}, {}, {}, {}});
    for (const auto& rate : table.rates)
        if (rates)
            rows.push_back({Row::Kind::Rate,
                            rate.indicator->id,
                            rate.indicator->vi,
                            rate.indicator->en,
                            {},
                            std::to_string(rate.numerator) + "/" +
                                std::to_string(rate.denominator) + " = " + rate.text,
                            sourceText(rate.indicator->source),
                            rate.indicator->basis});
    if (table.findings.empty()) return rows;
    rows.push_back(
        {Row::Kind::Sheet, "!", "Phải xem lại trước khi chốt số liệu", "Findings", {}, {}, {}, {}});
    for (const auto& finding : table.findings)
        rows.push_back({Row::Kind::Finding,
                        finding.identity,
                        (finding.warning ? "Lưu ý: " : "Không khớp: ") + finding.vi,
                        finding.warning ? "warning" : "broken",
                        {},
                        findingText(finding),
                        {},
                        {}});
    return rows;
}

Node tableNode(const Table& table, const Heading& heading) {
    Node root = document::objectNode();
    addText(root, "title", titleOf(table.period));
    addText(root, "place", heading.place);
    addText(root, "from", base::formatDate(table.period.first()));
    addText(root, "to", base::formatDate(table.period.last()));
    addText(root, "asKnownAt", heading.asKnown);
    addFlag(root, "holds", table.holds());
    root.children.push_back(listOf("findings", table.findings, findingNode));
    root.children.push_back(listOf("indicators", table.rates, rateNode));
    root.children.push_back(listOf("columns", table.columns, columnNode));
    return root;
}

}  // namespace gateway::law::figures
