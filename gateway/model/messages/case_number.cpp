#include "gateway/model/messages/case_number.h"

#include <algorithm>
#include <array>

#include "gateway/document/lookalikes.h"
#include "gateway/document/text.h"

namespace gateway::model {
namespace {

constexpr std::size_t kLongest = 200;

constexpr std::array<std::string_view, 6> kDocuments{"QĐXX", "QDXX", "QĐ", "QD", "TB", "TL"};
constexpr std::array<std::string_view, 8> kFields{"HNGĐ", "HNGD", "KDTM", "HC",
                                                  "HS",   "DS",   "LĐ",   "LD"};
constexpr std::array<std::string_view, 5> kLevels{"GĐT", "GDT", "ST", "PT", "TT"};
constexpr std::array<std::string_view, 4> kSubjects{"BPKCTT", "BTHA", "THA", "TA"};

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string cleaned(std::string_view text) {
    auto result = document::plainSigns(text).text;
    const auto last = result.find_last_not_of(' ');
    result.erase(last == std::string::npos ? 0 : last + 1);
    result.erase(0, std::min(result.find_first_not_of(' '), result.size()));
    return result;
}

void skip(std::string_view& text, std::string_view characters) {
    text.remove_prefix(std::min(text.find_first_not_of(characters), text.size()));
}

/// Up to nine digits; nothing if there are none or too many.
std::optional<std::int64_t> takeNumber(std::string_view& text, std::size_t& width) {
    std::int64_t value = 0;
    width = 0;
    while (width < text.size() && isDigit(text[width])) {
        if (width == 9) return std::nullopt;
        value = value * 10 + (text[width++] - '0');
    }
    if (width == 0) return std::nullopt;
    text.remove_prefix(width);
    return value;
}

/// With Đ where the plain D stands for it.
std::string withBarredD(std::string_view atom) {
    if (atom == "QD") return "QĐ";
    if (atom == "QDXX") return "QĐXX";
    if (atom == "HNGD") return "HNGĐ";
    if (atom == "LD") return "LĐ";
    if (atom == "GDT") return "GĐT";
    return std::string(atom);
}

template <std::size_t Count>
bool take(std::string_view& text, const std::array<std::string_view, Count>& atoms,
          std::string& into) {
    if (!into.empty()) return false;
    for (const auto atom : atoms) {
        if (!text.starts_with(atom)) continue;
        into = withBarredD(atom);
        text.remove_prefix(atom.size());
        return true;
    }
    return false;
}

/// The letters after the year, without any separator between them.
struct Notation {
    std::string document, field, level, subject;
    bool documentLast = false;
};

/// "HC-ST", "HCST", "QĐST-HC", "QĐ-PT", "HSPT-QĐ", "QĐ-BPKCTT": a document, a field and a level at
/// most once each, a field before its level when no document comes first.
std::optional<Notation> readNotation(std::string_view text) {
    Notation found;
    bool first = true;
    for (; !text.empty(); first = false) {
        skip(text, "-/ .");
        if (text.empty()) break;
        if (found.documentLast) return std::nullopt;
        const bool hadDocument = !found.document.empty();
        if (take(text, kDocuments, found.document)) {
            found.documentLast = !first;
            continue;
        }
        if (take(text, kFields, found.field)) {
            if (!hadDocument && !found.level.empty()) return std::nullopt;
            continue;
        }
        if (hadDocument && take(text, kSubjects, found.subject)) continue;
        if (!take(text, kLevels, found.level)) return std::nullopt;
    }
    const bool ruling = !found.field.empty() && !found.level.empty();
    if (found.document.empty() && !ruling) return std::nullopt;
    if (found.documentLast && !ruling) return std::nullopt;
    return found;
}

std::string written(const Notation& notation) {
    const auto joined = [](const std::string& left, const std::string& right) {
        return left.empty() || right.empty() ? left + right : left + "-" + right;
    };
    if (notation.document.empty()) return joined(notation.field, notation.level);
    if (notation.documentLast) return joined(notation.field + notation.level, notation.document);
    // QĐST-HC with a field, QĐ-PT without one.
    const auto head = notation.field.empty() ? joined(notation.document, notation.level)
                                             : notation.document + notation.level;
    return joined(joined(head, notation.field), notation.subject);
}

/// Cuts "ngày ..." off: dockets are often written with their date.
std::string_view cutRemainder(std::string_view& text) {
    for (const std::string_view word : {"ngày", "Ngày", "NGÀY"}) {
        const auto where = text.find(word);
        if (where == std::string_view::npos || where == 0) continue;
        const auto rest = text.substr(where);
        text = text.substr(0, text.find_last_not_of(" ,(", where - 1) + 1);
        return rest;
    }
    return {};
}

/// "Số: 34/2025/HC-ST", "№ 34/2025/HC-ST"
void cutPrefix(std::string& text) {
    for (const std::string_view prefix : {"SỐ", "NO"}) {
        std::string_view rest = text;
        if (!rest.starts_with(prefix)) continue;
        rest.remove_prefix(prefix.size());
        skip(rest, " :.");
        text = std::string(rest);
        return;
    }
}

/// Blanks beside separators go, blanks elsewhere become one.
std::string compacted(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool separator = c == '-' || c == '/';
        if (separator)
            while (!result.empty() && result.back() == ' ') result.pop_back();
        const bool afterSeparator =
            result.empty() || result.back() == '-' || result.back() == '/' || result.back() == ' ';
        if (c == ' ' && afterSeparator) continue;
        result += c;
    }
    return result;
}

std::string padded(std::int64_t sequence) {
    return (sequence < 10 ? "0" : "") + std::to_string(sequence);
}

bool readParts(std::string_view text, std::optional<base::Date> issuedOn, CaseNumber& number) {
    std::size_t width = 0;
    const auto sequence = takeNumber(text, width);
    if (!sequence) return false;
    const auto separator = text.substr(0, std::min(text.find_first_not_of(" /-."), text.size()));
    if (separator.empty()) return false;
    skip(text, " /-.");
    std::optional<std::int64_t> year;
    if (!text.empty() && isDigit(text.front())) {
        year = takeNumber(text, width);
        number.shortYear = width == 2 && issuedOn;
        if (year && number.shortYear) *year += static_cast<int>(issuedOn->year()) / 100 * 100;
        const bool whole = width == 4 || number.shortYear;
        if (!year || !whole || *year < 1945 || *year > 2200) return false;
    }
    skip(text, " /-.");
    const auto notation = readNotation(text);
    if (!notation) return false;
    number.sequence = sequence;
    number.year = year;
    number.documentType = notation->document.empty() ? "BA" : notation->document;
    number.field = notation->field;
    number.level = notation->level;
    number.subject = notation->subject;
    if (!year && issuedOn) year = static_cast<int>(issuedOn->year());
    number.normalised = padded(*sequence) + (year ? "/" + std::to_string(*year) : std::string()) +
                        "/" + written(*notation);
    return true;
}

std::string_view levelOf(Instance instance) noexcept {
    switch (instance) {
        case Instance::First: return "ST";
        case Instance::Appeal: return "PT";
        case Instance::Cassation: return "GĐT";
        case Instance::Reopening: return "TT";
    }
    return {};
}

// A decision of cassation is numbered as a judgment is: 11/2024/HC-GĐT.
bool isOtherKind(const CaseNumber& number, RulingKind kind) {
    if (kind == RulingKind::Judgment) return number.documentType == "QĐ";
    return number.documentType == "BA" && (number.level == "ST" || number.level == "PT");
}

}  // namespace

CaseNumber normaliseCaseNumber(std::string_view text, std::optional<base::Date> issuedOn) {
    CaseNumber number;
    number.original = std::string(text);
    const auto composed = document::toNfc(text);
    std::string_view withoutDate = composed;
    const auto remainder = cutRemainder(withoutDate);
    auto clean = cleaned(withoutDate);
    cutPrefix(clean);
    number.otherSigns = document::plainSigns(withoutDate).replaced;
    if (text.size() > kLongest || !readParts(clean, issuedOn, number)) {
        number.normalised = compacted(cleaned(composed));
        return number;
    }
    number.remainder = std::string(remainder);
    if (number.documentType == "QĐXX") number.documentType = "QĐ";
    return number;
}

std::vector<NumberDoubt> doubtsOf(std::string_view text, const NumberedRuling& of) {
    const auto number = normaliseCaseNumber(text, of.issuedOn);
    std::vector<NumberDoubt> found;
    const auto add = [&found](bool doubtful, NumberDoubt doubt) {
        if (doubtful) found.push_back(doubt);
    };
    const bool known = number.known(), dated = number.year && of.issuedOn;
    const auto issuedIn = of.issuedOn ? static_cast<int>(of.issuedOn->year()) : 0;
    add(!known, NumberDoubt::UnknownForm);
    add(known && !number.year, NumberDoubt::NoYear);
    add(known && number.shortYear, NumberDoubt::ShortYear);
    add(!number.remainder.empty(), NumberDoubt::MoreText);
    add(number.otherSigns, NumberDoubt::OtherSigns);
    add(dated && *number.year > issuedIn, NumberDoubt::LaterYear);
    add(dated && *number.year < issuedIn, NumberDoubt::EarlierYear);
    add(of.instance && !number.level.empty() && number.level != levelOf(*of.instance),
        NumberDoubt::OtherInstance);
    add(of.kind && isOtherKind(number, *of.kind), NumberDoubt::OtherKind);
    add(number.documentType == "TL" || number.documentType == "TB", NumberDoubt::NoRuling);
    add(!number.field.empty() && number.field != "HC", NumberDoubt::OtherField);
    return found;
}

}  // namespace gateway::model
