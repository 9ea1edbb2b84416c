#include "gateway/document/schema_words.h"

#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::document {
namespace {

using base::shortened;
using base::Words;

constexpr std::size_t kLongestReason = 300;
constexpr std::size_t kLongestValue = 80;
constexpr std::size_t kMostNames = 10;

/// "... 'value' ... 'type' ...": libxml2 quotes with ', which a value may contain as well, so a
/// part is found by the words around it.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
    const auto begin = text.find(before);
    if (begin == std::string_view::npos) return {};
    const auto from = begin + before.size();
    const auto end = text.rfind(after);
    if (end == std::string_view::npos || end < from) return {};
    return text.substr(from, end - from);
}

std::string trimmed(std::string_view text) {
    const auto end = text.find_last_not_of(" \t\r\n.");
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

// libxml2 begins with "Element '{uri}name': ", which our path says better.
std::string_view withoutElement(std::string_view text) {
    const auto colon = text.find("': ");
    if (text.starts_with("Element '") && colon != std::string_view::npos)
        text.remove_prefix(colon + 3);
    return text;
}

/// "{uri}name" as "name".
std::string_view localName(std::string_view name) {
    const auto brace = name.rfind('}');
    return brace == std::string_view::npos ? name : name.substr(brace + 1);
}

std::string quotedVi(std::string_view text) { return "“" + shortened(text, kLongestValue) + "”"; }
std::string quotedEn(std::string_view text) { return "\"" + shortened(text, kLongestValue) + "\""; }

Words joined(const std::vector<std::string>& names) {
    Words list;
    for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) {
        list.vi += (i == 0 ? "" : ", ") + quotedVi(names[i]);
        list.en += (i == 0 ? "" : ", ") + quotedEn(names[i]);
    }
    if (names.size() > kMostNames) {
        list.vi += ", …";
        list.en += ", …";
    }
    return list;
}

/// "... Expected is one of ( {uri}a, {uri}b )": a, b. Empty if a wildcard is among them, since
/// then the names are not all that may stand there.
std::vector<std::string> expectedNames(std::string_view message) {
    constexpr std::string_view kExpected = "Expected is ";
    const auto at = message.rfind(kExpected);
    if (at == std::string_view::npos) return {};
    auto list = between(message.substr(at), "( ", " )");
    std::vector<std::string> names;
    while (!list.empty()) {
        const auto comma = list.find(", ");
        const auto name = localName(list.substr(0, comma));
        if (name.find('*') != std::string_view::npos) return {};
        names.emplace_back(name);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 2);
    }
    return names;
}

std::string nameOf(const xmlNode* node) {
    return node == nullptr || node->name == nullptr ? ""
                                                    : reinterpret_cast<const char*>(node->name);
}

// Whether what is expected is missing or optional is not told, so neither do we say it.
Words unexpected(const xmlNode* node, const std::vector<std::string>& names) {
    const auto here = nameOf(node);
    Words words{"phần tử " + quotedVi(here) + " không được có ở vị trí này",
                "the element " + quotedEn(here) + " may not stand here"};
    if (names.empty()) return words;
    const Words list = joined(names);
    const bool one = names.size() == 1;
    words.vi +=
        (one ? "; đây là chỗ của phần tử " : "; đây là chỗ của một trong các phần tử ") + list.vi;
    words.en += (one ? "; this is the place of " : "; this is the place of one of ") + list.en;
    return words;
}

Words missingChild(const std::vector<std::string>& names) {
    const Words list = joined(names);
    if (names.empty()) return {"thiếu phần tử con", "a child element is missing"};
    if (names.size() == 1)
        return {"thiếu phần tử " + list.vi + " ở cuối",
                "the element " + list.en + " is missing at the end"};
    return {"thiếu một trong các phần tử " + list.vi + " ở cuối",
            "one of the elements " + list.en + " is missing at the end"};
}

Words unexpectedContent(std::string_view message) {
    if (message.starts_with("This element is not expected")) return {};
    if (message.find("nilled") != std::string_view::npos)
        return {"phần tử ghi là rỗng (nil) nên không được có nội dung",
                "the element is nil and must have no content"};
    if (message.starts_with("Character content"))
        return {"ở đây không được có văn bản, chỉ được có phần tử con (hoặc để trống)",
                "text may not stand here, only child elements or nothing"};
    return {"ở đây không được có phần tử con", "child elements may not stand here"};
}

struct TypeName {
    std::string_view type;
    std::string_view vi, en;
};
constexpr std::array<TypeName, 14> kTypes = {{
    {"xs:date", "ngày dạng năm-tháng-ngày, ví dụ 2025-03-05", "a date, e.g. 2025-03-05"},
    {"xs:dateTime", "thời điểm, ví dụ 2025-03-05T08:30:00+07:00",
     "a date and time, e.g. 2025-03-05T08:30:00+07:00"},
    {"xs:time", "giờ, ví dụ 08:30:00", "a time, e.g. 08:30:00"},
    {"xs:gYear", "năm, ví dụ 2025", "a year, e.g. 2025"},
    {"xs:integer", "số nguyên", "an integer"},
    {"xs:int", "số nguyên", "an integer"},
    {"xs:long", "số nguyên", "an integer"},
    {"xs:short", "số nguyên", "an integer"},
    {"xs:positiveInteger", "số nguyên lớn hơn 0", "an integer above 0"},
    {"xs:nonNegativeInteger", "số nguyên không âm", "an integer that is not negative"},
    {"xs:unsignedInt", "số nguyên không âm", "an integer that is not negative"},
    {"xs:decimal", "số thập phân, ví dụ 1234.56", "a decimal number, e.g. 1234.56"},
    {"xs:boolean", "true hoặc false", "true or false"},
    {"xs:base64Binary", "dữ liệu base64", "base64 data"},
}};

/// yyyy-MM-dd by its look, so that what is wrong with it is the day.
bool looksLikeADate(std::string_view value) {
    constexpr std::string_view kForm = "0000-00-00";
    if (value.size() < kForm.size()) return false;
    for (std::size_t i = 0; i < kForm.size(); ++i) {
        const bool digit = value[i] >= '0' && value[i] <= '9';
        if (kForm[i] == '0' ? !digit : value[i] != kForm[i]) return false;
    }
    return true;
}

Words wrongType(std::string_view message) {
    constexpr std::string_view kNotOf = "' is not a valid value of ";
    const auto value = between(message, "'", kNotOf);
    const auto type = between(message.substr(message.rfind(kNotOf) + kNotOf.size()), "'", "'");
    const Words of{"giá trị " + quotedVi(value), "the value " + quotedEn(value)};
    if (type == "xs:date" && value.size() == 10 && looksLikeADate(value))
        return {of.vi + " không phải là ngày có thật", of.en + " is a day that does not exist"};
    for (const auto& known : kTypes)
        if (type == known.type)
            return {of.vi + " không đúng, phải là " + std::string(known.vi),
                    of.en + " is wrong, it must be " + std::string(known.en)};
    if (type.empty())
        return {of.vi + " không đúng kiểu dữ liệu", of.en + " is not of the right type"};
    return {of.vi + " không đúng kiểu dữ liệu " + quotedVi(localName(type)),
            of.en + " is not of type " + quotedEn(localName(type))};
}

/// "The value has a length of '2'; this underruns the allowed minimum length of '3'".
Words wrongLength(std::string_view message, const Words& bound) {
    const auto length = std::string(between(message, "a length of '", "'; "));
    const auto allowed = std::string(between(message, "length of '", "'"));
    const auto limit = allowed.substr(allowed.rfind('\'') + 1);
    return {"độ dài là " + length + ", " + bound.vi + " " + limit,
            "its length is " + length + ", " + bound.en + " " + limit};
}

/// "The value 'x' SAYS ('5')" or "... SAYS '5'".
Words wrongBound(std::string_view message, std::string_view says, const Words& must) {
    const auto value = between(message, "The value '", says);
    const auto at = message.rfind(says);
    const auto limit = at == std::string_view::npos ? std::string_view()
                                                    : between(message.substr(at + 1), "'", "'");
    return {"giá trị " + quotedVi(value) + " không đúng, " + must.vi + " " + std::string(limit),
            "the value " + quotedEn(value) + " is wrong, it " + must.en + " " + std::string(limit)};
}

Words notInSet(std::string_view message) {
    constexpr std::string_view kNotOf = "' is not an element of the set {";
    if (message.find(kNotOf) == std::string_view::npos) return {};
    const auto value = between(message, "The value '", kNotOf);
    auto set = between(message.substr(message.rfind(kNotOf) + kNotOf.size() - 1), "{", "}");
    std::vector<std::string> allowed;
    while (set.starts_with('\'')) {
        const auto end = set.find("', '");
        allowed.emplace_back(
            set.substr(1, (end == std::string_view::npos ? set.size() - 1 : end) - 1));
        set.remove_prefix(end == std::string_view::npos ? set.size() : end + 3);
    }
    const Words list = joined(allowed);
    return {"giá trị " + quotedVi(value) + " không được dùng, phải là một trong: " + list.vi,
            "the value " + quotedEn(value) + " is not one of: " + list.en};
}

Words notOfPattern(std::string_view message) {
    constexpr std::string_view kNotOf = "' is not accepted by the pattern '";
    const auto value = between(message, "The value '", kNotOf);
    const auto pattern = between(message, kNotOf, "'");
    return {"giá trị " + quotedVi(value) + " không đúng mẫu " + quotedVi(pattern),
            "the value " + quotedEn(value) + " does not follow the pattern " + quotedEn(pattern)};
}

Words facet(int code, std::string_view message) {
    switch (code) {
        case XML_SCHEMAV_CVC_ENUMERATION_VALID: return notInSet(message);
        case XML_SCHEMAV_CVC_PATTERN_VALID: return notOfPattern(message);
        case XML_SCHEMAV_CVC_LENGTH_VALID:
            return wrongLength(message, {"phải đúng bằng", "it must be"});
        case XML_SCHEMAV_CVC_MINLENGTH_VALID:
            return wrongLength(message, {"ít nhất phải là", "the least is"});
        case XML_SCHEMAV_CVC_MAXLENGTH_VALID:
            return wrongLength(message, {"nhiều nhất là", "the most is"});
        case XML_SCHEMAV_CVC_MININCLUSIVE_VALID:
            return wrongBound(message, "' is less than ", {"ít nhất phải là", "must be at least"});
        case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID:
            return wrongBound(message, "' is greater than ",
                              {"nhiều nhất phải là", "must be at most"});
        case XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID:
            return wrongBound(message, "' must be greater than ",
                              {"phải lớn hơn", "must be above"});
        case XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID:
            return wrongBound(message, "' must be less than ", {"phải nhỏ hơn", "must be below"});
        case XML_SCHEMAV_CVC_TOTALDIGITS_VALID:
            return wrongBound(message, "' has more digits ",
                              {"số chữ số nhiều nhất là", "may have digits at most:"});
        case XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID:
            return wrongBound(
                message, "' has more fractional digits ",
                {"số chữ số thập phân nhiều nhất là", "may have decimal places at most:"});
        default: return {};
    }
}

Words ofAttribute(int code, std::string_view message) {
    const auto name = localName(between(message, "attribute '", "'"));
    if (code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4)
        return {"thiếu thuộc tính " + quotedVi(name),
                "the attribute " + quotedEn(name) + " is missing"};
    return {"thuộc tính " + quotedVi(name) + " không thuộc định dạng",
            "the attribute " + quotedEn(name) + " is not of the format"};
}

bool isTypeError(int code) {
    return code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 ||
           code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2 ||
           code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3;
}

}  // namespace

Words complaintOf(const xmlError& error, const xmlNode* node) {
    const std::string text = trimmed(error.message == nullptr ? "" : error.message);
    const auto message = withoutElement(text);
    Words words;
    if (error.code == XML_SCHEMAV_ELEMENT_CONTENT &&
        message.starts_with("This element is not expected"))
        words = unexpected(node, expectedNames(message));
    else if (message.starts_with("Missing child element"))
        words = missingChild(expectedNames(message));
    else if (isTypeError(error.code) &&
             message.find("' is not a valid value of ") != std::string_view::npos)
        words = wrongType(message);
    else if (error.code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4 ||
             error.code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1)
        words = ofAttribute(error.code, message);
    else if (error.code == XML_SCHEMAV_CVC_ELT_1)
        words = {"phần tử gốc " + quotedVi(nameOf(node)) + " không thuộc định dạng",
                 "the root element " + quotedEn(nameOf(node)) + " is not of the format"};
    else
        words = facet(error.code, message);
    if (words.vi.empty() && message.find(" content ") != std::string_view::npos &&
        message.find("not allowed") != std::string_view::npos)
        words = unexpectedContent(message);
    if (!words.vi.empty()) return words;
    return {"nội dung không đúng quy định của định dạng",
            message.empty() ? "the document is not valid" : shortened(message, kLongestReason)};
}

}  // namespace gateway::document
