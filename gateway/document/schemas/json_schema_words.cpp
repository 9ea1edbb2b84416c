#include "gateway/document/schemas/json_schema_words.h"

#include <array>
#include <string>

namespace gateway::document {
namespace {

// What a description starts with, and what to say; {} is its quoted name or its number.
struct Row {
    std::string_view starts, vi, en;
};

constexpr std::string_view kUnknownMember = "Object contains a property";
constexpr std::string_view kAnyOf = "Failed to validate against any schemas allowed by anyOf";
constexpr std::string_view kOneOf = "Failed to validate against any child schemas allowed by oneOf";
constexpr std::string_view kExactlyOne = "Failed to validate against exactly one child schema";

constexpr std::array<Row, 32> kRows = {{
    {"Missing required property", "thiếu trường “{}”", "the member \"{}\" is missing"},
    {kUnknownMember, "trường “{}” không có trong định dạng", "the format has no member \"{}\""},
    {"Value type not permitted", "kiểu giá trị không đúng", "the value is of a wrong type"},
    {"Failed to match against any enum", "giá trị không thuộc danh sách được dùng",
     "the value is none of those allowed"},
    {"Failed to match expected value", "giá trị không đúng với giá trị cố định",
     "the value is not the fixed one"},
    {"thahc: pattern", "giá trị không đúng mẫu quy định", "the value does not match the pattern"},
    {"thahc: format date-time", "phải là thời điểm, ví dụ 2025-03-05T08:30:00+07:00",
     "must be a moment, e.g. 2025-03-05T08:30:00+07:00"},
    {"thahc: format date", "phải là ngày có thật dạng năm-tháng-ngày, ví dụ 2025-03-05",
     "must be a date that exists, e.g. 2025-03-05"},
    {"thahc: format time", "phải là giờ, ví dụ 08:30:00+07:00",
     "must be a time, e.g. 08:30:00+07:00"},
    {"thahc: format uuid", "phải là mã UUID", "must be a UUID"},
    {"thahc: unique", "danh sách có phần tử lặp lại", "the list has an item twice"},
    {kAnyOf, "không đúng với phương án nào được phép", "none of the alternatives fits"},
    {kOneOf, "không đúng với phương án nào được phép", "none of the alternatives fits"},
    {kExactlyOne, "đúng với nhiều phương án, chỉ được một", "more than one alternative fits"},
    {"Target should not validate", "giá trị thuộc loại không được phép",
     "the value is of a kind that is excluded"},
    {"String should be no fewer", "ngắn hơn {} ký tự", "shorter than {} characters"},
    {"String should be no more", "dài hơn {} ký tự", "longer than {} characters"},
    {"Array should contain no fewer", "danh sách có ít hơn {} phần tử", "fewer than {} items"},
    {"Array should contain no more", "danh sách có nhiều hơn {} phần tử", "more than {} items"},
    {"Array contains more items", "danh sách có nhiều phần tử hơn quy định",
     "more items than are allowed"},
    {"Cannot validate item", "danh sách có nhiều phần tử hơn quy định",
     "more items than are allowed"},
    {"Object should have no fewer", "có ít hơn {} trường", "fewer than {} members"},
    {"Object should have no more", "có nhiều hơn {} trường", "more than {} members"},
    {"Expected number greater than or equal", "phải từ {} trở lên", "must be at least {}"},
    {"Expected number greater than", "phải lớn hơn {}", "must be greater than {}"},
    {"Expected number less than or equal", "phải từ {} trở xuống", "must be at most {}"},
    {"Expected number less than", "phải nhỏ hơn {}", "must be less than {}"},
    {"Value should be a multiple", "phải là bội của {}", "must be a multiple of {}"},
    {"Value could not be converted", "phải là số", "must be a number"},
    {"Missing dependency", "thiếu trường “{}” đi kèm", "the member \"{}\" must go with it"},
    {"Failed to any values against", "danh sách thiếu phần tử bắt buộc",
     "an item that must be there is missing"},
    {"Elements at indexes", "danh sách có phần tử lặp lại", "the list has an item twice"},
}};

// In single quotes, or the last number.
std::string_view argumentOf(std::string_view description) {
    const auto open = description.find('\'');
    const auto close = description.rfind('\'');
    if (open != std::string_view::npos && close > open)
        return description.substr(open + 1, close - open - 1);
    const auto end = description.find_last_of("0123456789");
    if (end == std::string_view::npos) return {};
    const auto begin = description.find_last_not_of("0123456789.-+e", end);
    return description.substr(begin + 1, end - begin);  // npos + 1 = 0
}

std::string filled(std::string_view words, std::string_view argument) {
    std::string text(words);
    if (const auto at = text.find("{}"); at != std::string::npos)
        text.replace(at, 2, base::shortened(argument, 100));
    return text;
}

}  // namespace

std::optional<base::Words> jsonComplaint(std::string_view description) {
    for (const Row& row : kRows) {
        if (!description.starts_with(row.starts)) continue;
        const auto argument =
            row.starts == kUnknownMember ? memberMeant(description) : argumentOf(description);
        return base::Words{filled(row.vi, argument), filled(row.en, argument)};
    }
    return std::nullopt;
}

bool isAboutAlternatives(std::string_view description) {
    return description.starts_with(kAnyOf) || description.starts_with(kOneOf);
}

std::string_view memberMeant(std::string_view description) {
    constexpr std::string_view kBefore = "constraints: '";
    const auto at = description.find(kBefore);
    if (!description.starts_with(kUnknownMember) || at == std::string_view::npos) return {};
    const auto name = description.substr(at + kBefore.size());
    return name.substr(0, name.rfind('\''));
}

}  // namespace gateway::document
