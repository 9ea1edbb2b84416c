#include "gateway/document/tables/sheet_cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace gateway::document {
namespace {

constexpr std::uint32_t kLastRow = 1'048'576, kLastColumn = 16'384;

std::string_view attributeOf(const Node& node, std::string_view name) {
    const auto* attribute = node.attribute(name);
    return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

std::optional<std::uint32_t> numberOf(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// "AB12"; the row only where it agrees with the row's own.
std::optional<std::uint32_t> columnOf(std::string_view reference, std::uint32_t row) {
    std::uint32_t column = 0;
    while (!reference.empty() && reference.front() >= 'A' && reference.front() <= 'Z' &&
           column <= kLastColumn) {
        column = column * 26 + static_cast<std::uint32_t>(reference.front() - 'A' + 1);
        reference.remove_prefix(1);
    }
    if (column == 0 || column > kLastColumn || numberOf(reference) != row) return std::nullopt;
    return column;
}

bool isSet(std::string_view flag) { return flag == "1" || flag == "true"; }

std::string unescaped(std::string text) {
    constexpr std::size_t kLength = 7;  // _x000D_
    for (auto at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
        if (at + kLength > text.size() || text[at + kLength - 1] != '_') continue;
        unsigned sign = 0;
        const char* const digits = text.data() + at + 2;
        const auto [end, error] = std::from_chars(digits, digits + 4, sign, 16);
        if (error == std::errc() && end == digits + 4 && sign < 0x80U)
            text.replace(at, kLength, 1, static_cast<char>(sign));
    }
    return text;
}

class SheetReader {
  public:
    SheetReader(const CellValues& values, TableBuilder& builder) :
        values_(values), builder_(builder) {}

    void readLook(const Node& worksheet, const Node& data) {
        for (const Node& row : data.children)
            if (const auto number = numberOf(attributeOf(row, "r"));
                number && isSet(attributeOf(row, "hidden")))
                builder_.hideRow(*number);
        if (const auto* columns = worksheet.child("cols"))
            for (const Node& column : columns->children)
                if (isSet(attributeOf(column, "hidden")))
                    builder_.hideColumns(numberOf(attributeOf(column, "min")).value_or(0),
                                         numberOf(attributeOf(column, "max")).value_or(0));
        if (const auto* merged = worksheet.child("mergeCells"))
            for (const Node& cells : merged->children)
                if (cells.name == "mergeCell") merge(attributeOf(cells, "ref"));
    }

    void read(const Node& data) {
        std::uint32_t last = 0;
        for (const Node& row : data.children) {
            if (row.name != "row") continue;
            const auto said = attributeOf(row, "r");
            const auto number = said.empty() ? last + 1 : numberOf(said).value_or(0);
            if (number <= last || number > kLastRow) return disordered();
            last = number;
            if (!readRow(row, number)) return disordered();
        }
    }

  private:
    void merge(std::string_view area) {
        const auto colon = std::min(area.find(':'), area.size());
        const auto first = cornerOf(area.substr(0, colon));
        const auto last = colon == area.size() ? first : cornerOf(area.substr(colon + 1));
        if (!first || !last) return disordered();
        builder_.merge({*first, *last});
    }

    static std::optional<base::Position> cornerOf(std::string_view reference) {
        const auto digits = reference.find_first_of("0123456789");
        if (digits == std::string_view::npos) return std::nullopt;
        const auto row = numberOf(reference.substr(digits));
        const auto column = row && *row > 0 ? columnOf(reference, *row) : std::nullopt;
        return column ? std::optional(base::Position{*row, *column}) : std::nullopt;
    }

    void disordered() {
        builder_.stop({}, {"trang tính hỏng: hàng, ô không theo thứ tự",
                           "the sheet is broken: rows or cells out of order"});
    }

    bool readRow(const Node& row, std::uint32_t number) {
        std::uint32_t last = 0;
        for (const Node& cell : row.children) {
            if (cell.name != "c") continue;
            const auto said = attributeOf(cell, "r");
            const auto column = said.empty() ? last + 1 : columnOf(said, number).value_or(0);
            if (column <= last) return false;
            last = column;
            readCell(cell, {number, column});
            if (builder_.stopped()) return true;
        }
        return true;
    }

    void readCell(const Node& cell, base::Position at) {
        const auto type = attributeOf(cell, "t");
        const auto* stored = cell.child("v");
        const std::string value = stored == nullptr ? std::string() : stored->value;
        if (type == "inlineStr") {
            if (const auto* text = cell.child("is")) builder_.cell(at, richText(*text));
        } else if (value.empty()) {
            if (cell.child("f") != nullptr && type != "str")
                builder_.fault(
                    at, {"công thức chưa có kết quả được lưu", "its formula has no stored result"});
        } else if (type == "s") {
            sharedText(value, at);
        } else if (type == "e") {
            builder_.fault(at, {"ô báo lỗi " + value, "the cell shows the error " + value});
        } else if (type == "b") {
            builder_.cell(at, value == "0" ? "FALSE" : "TRUE");
        } else if (type.empty() || type == "n") {
            numeric(cell, value, at);
        } else if (type == "str") {
            builder_.cell(at, unescaped(value));
        } else if (type == "d") {
            builder_.cell(at, value);
        } else {
            builder_.fault(at, {"kiểu ô không rõ", "the cell is of an unknown kind"});
        }
    }

    void sharedText(std::string_view value, base::Position at) {
        const auto number = numberOf(value);
        if (!number || *number >= values_.texts.size())
            return builder_.fault(at, {"ô trỏ đến chuỗi không có", "it points to no text"});
        builder_.cell(at, values_.texts[*number]);
    }

    // 7 % is stored as 7.0000000000000007E-2: the digits by which the same number is meant.
    static std::string plainNumber(const std::string& value) {
        if (value.find_first_of(".eE") == std::string::npos) return value;
        double number = 0;
        const char* const end = value.data() + value.size();
        const auto [stop, error] = std::from_chars(value.data(), end, number);
        if (error != std::errc() || stop != end || !std::isfinite(number)) return value;
        std::array<char, 400> digits{};
        const auto made = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                        std::chars_format::fixed);
        return made.ec == std::errc() ? std::string(digits.data(), made.ptr) : value;
    }

    void numeric(const Node& cell, const std::string& value, base::Position at) {
        const auto look = numberOf(attributeOf(cell, "s")).value_or(0);
        if (look >= values_.lookIsDate.size() || !values_.lookIsDate[look])
            return builder_.cell(at, plainNumber(value));
        auto date = dateOf(value, values_.dates);
        if (!date) return builder_.fault(at, {"không phải ngày", "it is no day"});
        builder_.cell(at, *std::move(date));
    }

    const CellValues& values_;
    TableBuilder& builder_;
};

}  // namespace

std::string richText(const Node& item) {
    std::string text;
    for (const Node& child : item.children) {
        if (child.name == "t") text += child.value;
        if (child.name == "r")
            if (const auto* run = child.child("t")) text += run->value;
    }
    return unescaped(std::move(text));
}

bool hasValues(const Node& sheetData) {
    return std::any_of(sheetData.children.begin(), sheetData.children.end(), [](const Node& row) {
        return std::any_of(row.children.begin(), row.children.end(), [](const Node& cell) {
            return cell.child("v") != nullptr || cell.child("is") != nullptr;
        });
    });
}

void readSheet(const Node& worksheet, const Node& sheetData, const CellValues& values,
               TableBuilder& builder) {
    SheetReader reader(values, builder);
    reader.readLook(worksheet, sheetData);
    reader.read(sheetData);
}

}  // namespace gateway::document
