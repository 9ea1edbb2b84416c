#include "gateway/document/tables/table_builder.h"

#include <algorithm>
#include <utility>

#include "gateway/document/text.h"

namespace gateway::document {
namespace {

using base::ErrorCode;
using base::Position;
using base::Problem;

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20U && c != '\t' && c != '\n' && c != '\r';
    });
}

}  // namespace

TableBuilder::TableBuilder(const TableLayout& layout, const TableBounds& bounds) :
    layout_(layout), bounds_(bounds) {
    table_.root = objectNode();
    table_.root.children.push_back(arrayNode("rows"));
}

void TableBuilder::refuse(Problem problem) {
    if (!problem_) problem_ = std::move(problem);
}

void TableBuilder::stop(Position at, base::Words why) {
    refuse(Problem(ErrorCode::TABLE_UNREADABLE, {}, at).inWords("why", std::move(why)));
}

void TableBuilder::fault(Position at, base::Words why) {
    if (stopped() || at.line < layout_.headerRow) return;
    if (at.line <= layout_.lastHeaderRow()) return stop(at, std::move(why));
    joinHeaders();
    if (rowAt(at) != nullptr) addFault(at, std::move(why));
}

void TableBuilder::addFault(Position at, base::Words why) {
    const auto name = names_.find(at.column);
    const auto step = name == names_.end() ? columnLetters(at.column) : name->second;
    table_.cellFaults.push_back(
        Problem(ErrorCode::TABLE_CELL, "/rows/" + std::to_string(at.line) + "/" + step, at)
            .inWords("why", std::move(why)));
}

void TableBuilder::header(Position at, const std::string& text) {
    auto name = toNfc(oneBlank(text));
    if (name.empty()) return;
    const auto twin = std::any_of(names_.begin(), names_.end(),
                                  [&](const auto& known) { return known.second == name; });
    if (twin)
        return refuse(Problem(ErrorCode::TABLE_HEADER, {}, at)
                          .inWords("why", {"hai cột cùng tiêu đề “" + name + "”",
                                           "two columns bear the header \"" + name + "\""}));
    table_.columns.push_back({name, at.column});
    const auto isHidden = [&](const auto& columns) {
        return columns.first <= at.column && at.column <= columns.second;
    };
    if (std::ranges::any_of(hiddenColumns_, isHidden)) table_.hiddenColumns.push_back(at.column);
    names_.emplace(at.column, std::move(name));
}

Node* TableBuilder::rowAt(Position at) {
    auto& rows = table_.root.children.front().children;
    if (!rows.empty() && rows.back().position.line == at.line) return &rows.back();
    if (rows.size() >= bounds_.rows) {
        refuse(Problem(ErrorCode::CONTENT_TOO_LARGE, "/rows", at)
                   .with("limit", std::to_string(bounds_.rows)));
        return nullptr;
    }
    rows.push_back(objectNode());
    rows.back().position = {at.line, 0};
    beginRow(at.line);
    return &rows.back();
}

void TableBuilder::beginRow(std::uint32_t row) {
    if (hiddenRows_.contains(row)) table_.hiddenRows.push_back(row);
    const auto reaches = std::ranges::find_if(merged_, [row](const MergedCells& cells) {
        return cells.first.line <= row && row <= cells.last.line;
    });
    if (reaches != merged_.end())
        addFault({row, reaches->first.column},
                 {"ô gộp với ô khác; cần ghi giá trị vào từng ô",
                  "it is merged with others; write the value into each of them"});
}

void TableBuilder::cell(Position at, std::string text) {
    if (stopped() || at.line < layout_.headerRow) return;
    if (!isUtf8(text)) return stop(at, {"không phải mã UTF-8", "it is not encoded in UTF-8"});
    if (oneBlank(text).empty()) return;
    if (hasControl(text)) return fault(at, {"có ký tự điều khiển", "it holds a control character"});
    if (at.column > bounds_.columns)
        return refuse(Problem(ErrorCode::CONTENT_TOO_LARGE, "/rows", at)
                          .with("limit", std::to_string(bounds_.columns)));
    if (at.line <= layout_.lastHeaderRow()) {
        if (layout_.headerRows == 1) return header(at, text);
        auto& head = heads_[at.column];
        head.resize(layout_.headerRows);
        head[at.line - layout_.headerRow] = oneBlank(text);
        return;
    }
    joinHeaders();
    if (stopped()) return;
    const auto name = names_.find(at.column);
    if (name == names_.end())
        return fault(at, {"cột này không có tiêu đề", "its column has no header"});
    Node* const row = rowAt(at);
    if (row == nullptr) return;
    row->children.push_back(stringNode(name->second, std::move(text)));
    row->children.back().position = at;
}

void TableBuilder::joinHeaders() {
    std::uint32_t last = 0;
    std::vector<std::string> before;
    for (auto& [column, head] : std::exchange(heads_, {})) {
        // A cell over several columns stands in the first of them.
        bool goesOn = last != 0 && column == last + 1 && !head.back().empty();
        for (std::size_t row = 0; goesOn && row + 1 < head.size(); ++row) {
            goesOn = head[row].empty() && !before.back().empty();
            if (goesOn) head[row] = before[row];
        }
        std::string name;
        for (const auto& text : head)
            if (!text.empty()) name.append(name.empty() ? "" : " / ").append(text);
        header({layout_.lastHeaderRow(), column}, name);
        last = column;
        before = std::move(head);
    }
}

base::Result<Table> TableBuilder::finish() {
    joinHeaders();
    if (!problem_ && names_.empty())
        refuse(Problem(ErrorCode::TABLE_HEADER, {}, {layout_.headerRow, 1})
                   .inWords("why", {"không có hàng tiêu đề", "there is no header row"}));
    if (problem_) return *std::move(problem_);
    return std::move(table_);
}

}  // namespace gateway::document
