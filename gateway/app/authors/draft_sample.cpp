#include "gateway/app/authors/draft_sample.h"

#include "gateway/document/json.h"
#include "gateway/document/schemas/xml_prefixes.h"
#include "gateway/document/xml.h"

namespace gateway::app {
namespace {

using document::Node;

constexpr std::uint32_t kLastHeaderRow = 10;

// Every column stands in the first row, also one that is empty in all others.
DraftSample rowsOf(const document::Table& table, const document::TableLayout& layout) {
    DraftSample sample{{document::Form::Json, document::arrayNode()}, layout};
    Node columns = document::objectNode();
    for (const auto& column : table.columns) {
        Node empty = document::stringNode(column.name, {});
        empty.kind = document::Kind::Null;
        columns.children.push_back(std::move(empty));
    }
    sample.tree.root.children.push_back(std::move(columns));
    for (const Node& row : table.rows()) sample.tree.root.children.push_back(row);
    return sample;
}

base::Result<DraftSample> tableIn(const std::string& bytes, document::TableForm form) {
    std::optional<document::Table> widest;
    document::TableLayout chosen;
    std::optional<base::Problem> problem;
    const bool workbook = form == document::TableForm::Xlsx;
    for (const char separator : {';', ',', '\t'}) {
        for (std::uint32_t row = 1; row <= kLastHeaderRow; ++row) {
            document::TableLayout layout;
            layout.separator = separator;
            layout.headerRow = row;
            auto table = document::readTable(bytes, form, layout);
            if (!table) {
                if (row == 1 && !problem) problem = table.error();
                continue;
            }
            if (table->rows().empty() ||
                (widest && widest->columns.size() >= table->columns.size()))
                continue;
            widest = std::move(*table);
            chosen = layout;
        }
        if (workbook) break;
    }
    if (widest) return rowsOf(*widest, chosen);
    if (problem) return *problem;
    base::Problem empty(base::ErrorCode::TABLE_HEADER);
    empty.position.line = 1;
    return std::move(empty)
        .with("line", "1")
        .inWords("why", {"bên dưới không có hàng nào", "no row stands below it"});
}

}  // namespace

base::Result<DraftSample> draftSample(std::string bytes) {
    if (bytes.starts_with("PK")) return tableIn(bytes, document::TableForm::Xlsx);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    const auto first = bytes.find_first_not_of(" \t\r\n");
    const char sign = first == std::string::npos ? '{' : bytes[first];
    if (sign == '{' || sign == '[') {
        auto tree = document::readJson(bytes);
        if (!tree) return std::move(tree).error();
        return DraftSample{std::move(*tree)};
    }
    if (sign != '<') return tableIn(bytes, document::TableForm::Csv);
    auto document = document::XmlDocument::parse(bytes);
    if (!document) return std::move(document).error();
    return DraftSample{document->toTree(), std::nullopt, document::prefixesIn(*document)};
}

bool isMappingId(const std::string& id) {
    return !id.empty() &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-/") == std::string::npos &&
           id.front() != '/' && id.front() != '-' && id.back() != '/' &&
           id.find("//") == std::string::npos && id.find("/-") == std::string::npos;
}

}  // namespace gateway::app
