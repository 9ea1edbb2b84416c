#include "gateway/mapping/values/time_form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/document/text.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using std::chrono::minutes;
using Unit = TimeUnit;

struct Letters {
    std::string_view text;
    Unit unit;
    std::size_t fewest, most;
};

// Longer runs first, so that MM is not read as M twice.
constexpr std::array<Letters, 13> kLetters = {{{"yyyy", Unit::Year, 4, 4},
                                               {"yy", Unit::Year, 2, 2},
                                               {"MM", Unit::Month, 2, 2},
                                               {"M", Unit::Month, 1, 2},
                                               {"dd", Unit::Day, 2, 2},
                                               {"d", Unit::Day, 1, 2},
                                               {"HH", Unit::Hour, 2, 2},
                                               {"H", Unit::Hour, 1, 2},
                                               {"mm", Unit::Minute, 2, 2},
                                               {"ss", Unit::Second, 2, 2},
                                               {"SSS", Unit::Millisecond, 3, 3},
                                               {"XXX", Unit::Offset, 1, 1},
                                               {"XX", Unit::Offset, 0, 0}}};

/// In the order of Unit, up to Millisecond.
constexpr std::array<std::pair<const char*, const char*>, 9> kWords = {
    {{"năm", "year"},
     {"tháng", "month"},
     {"ngày", "day"},
     {"giờ", "hour"},
     {"phút", "minute"},
     {"giây", "second"},
     {"phần nghìn giây", "millisecond"},
     {"", ""},
     {"", ""}}};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

base::Words exampleWords(const std::string& example) {
    return {"phải viết như ví dụ " + example, "write it like " + example};
}

/// Letters, also those beyond ASCII.
bool isNoSign(char c) { return isLetter(c) || static_cast<unsigned char>(c) > 127; }

bool takeText(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

int& reference(TimeFields& fields, Unit unit) {
    switch (unit) {
        case Unit::Year: return fields.year;
        case Unit::Month: return fields.month;
        case Unit::Day: return fields.day;
        case Unit::Hour: return fields.hour;
        case Unit::Minute: return fields.minute;
        case Unit::Second: return fields.second;
        default: return fields.millisecond;
    }
}
int valueOf(TimeFields fields, Unit unit) { return reference(fields, unit); }

bool takeDigits(std::string_view& text, std::size_t fewest, std::size_t most, int& into) {
    std::size_t count = 0;
    int value = 0;
    while (count < text.size() && count < most && text[count] >= '0' && text[count] <= '9')
        value = value * 10 + (text[count++] - '0');
    if (count < fewest) return false;
    text.remove_prefix(count);
    into = value;
    return true;
}

// Software often writes more of a second than the form asks for.
void takeFraction(std::string_view& text, TimeFields& fields) {
    constexpr std::size_t kMostDigits = 9;
    if (!text.starts_with('.') && !text.starts_with(',')) return;
    auto rest = text.substr(1);
    std::size_t count = 0;
    int value = 0;
    for (; count < kMostDigits && !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; ++count) {
        if (count < 3) value = value * 10 + (rest[0] - '0');
        rest.remove_prefix(1);
    }
    if (count == 0) return;
    for (auto digits = count; digits < 3; ++digits) value *= 10;
    fields.millisecond = value;
    text = rest;
}

bool takeOffset(std::string_view& text, std::string_view colon, TimeFields& fields) {
    if (takeText(text, "Z")) {
        fields.offset = minutes{0};
        return true;
    }
    const bool minus = text.starts_with('-');
    if (!minus && !text.starts_with('+')) return false;
    text.remove_prefix(1);
    int hour = 0;
    int minute = 0;
    if (!takeDigits(text, 2, 2, hour) || !takeText(text, colon) ||
        !takeDigits(text, 2, 2, minute) || hour > 23 || minute > 59)
        return false;
    const minutes offset{hour * 60 + minute};
    fields.offset = minus ? -offset : offset;
    return true;
}

std::string digits(int value, std::size_t fewest) {
    std::string text = std::to_string(value);
    if (text.size() < fewest) text.insert(0, fewest - text.size(), '0');
    return text;
}

std::string offsetText(minutes offset, std::string_view colon) {
    if (offset == minutes{0}) return "Z";
    const auto size = std::chrono::abs(offset).count();
    return (offset < minutes{0} ? "-" : "+") + digits(static_cast<int>(size / 60), 2) +
           std::string(colon) + digits(static_cast<int>(size % 60), 2);
}

// The form's words without blanks and example: forms that differ in no more are one to a clerk.
std::string gist(const base::Words& described) {
    auto text = described.en.substr(0, described.en.find(", e.g."));
    std::erase(text, ' ');
    return text;
}

}  // namespace

TimeForm::TimeForm(std::string_view pattern, std::optional<int> firstYear) :
    pattern_(document::toNfc(pattern)) {
    for (std::size_t at = 0; at < pattern_.size();) at = addToken(pattern_, at);
    std::vector<Unit> seen;
    for (const Token& token : tokens_) {
        if (token.unit == Unit::Text) continue;
        if (std::find(seen.begin(), seen.end(), token.unit) != seen.end())
            fail("a unit occurs twice");
        seen.push_back(token.unit);
    }
    takeShortYear(firstYear);
}

void TimeForm::takeShortYear(std::optional<int> firstYear) {
    for (const Token& token : tokens_)
        if (token.unit == Unit::Year && token.most == 2) {
            if (!firstYear) fail("yy needs century=\"YEAR\", the first year that it can mean,");
            firstYear_ = firstYear;
        }
}

bool TimeForm::has(Unit unit) const {
    return std::any_of(tokens_.begin(), tokens_.end(),
                       [unit](const Token& token) { return token.unit == unit; });
}

// XXX has one in its offset, XX none.
std::string_view TimeForm::colonOf(const Token& token) { return token.most > 0 ? ":" : ""; }

bool TimeForm::readsOtherwise(const TimeForm& other) const {
    if (tokens_.size() != other.tokens_.size()) return false;
    bool differs = false;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const Token& one = tokens_[i];
        const Token& two = other.tokens_[i];
        const bool alike = one.text == two.text && one.fewest <= two.most && two.fewest <= one.most;
        if (!alike || (one.unit == TimeUnit::Text) != (two.unit == TimeUnit::Text)) return false;
        differs = differs || one.unit != two.unit;
    }
    return differs;
}

std::optional<TimeFields> TimeForm::read(std::string_view written) const {
    TimeFields fields;
    const std::string composed = document::toNfc(written);
    std::string_view text = composed;
    for (const Token& token : tokens_) {
        const bool taken = token.unit == Unit::Text     ? takeText(text, token.text)
                           : token.unit == Unit::Offset ? takeOffset(text, colonOf(token), fields)
                                                        : takeDigits(text, token.fewest, token.most,
                                                                     reference(fields, token.unit));
        if (!taken) return std::nullopt;
        if (token.unit == Unit::Second && !has(Unit::Millisecond)) takeFraction(text, fields);
    }
    if (!text.empty()) return std::nullopt;
    if (firstYear_) {
        fields.year += *firstYear_ / 100 * 100;
        if (fields.year < *firstYear_) fields.year += 100;
    }
    return fields;
}

std::string TimeForm::write(const TimeFields& fields) const {
    std::string text;
    for (const Token& token : tokens_) {
        if (token.unit == Unit::Text)
            text.append(token.text);
        else if (token.unit == Unit::Offset)
            text.append(offsetText(*fields.offset, colonOf(token)));
        else if (token.unit == Unit::Year && firstYear_)
            text.append(digits(fields.year % 100, 2));
        else
            text.append(digits(valueOf(fields, token.unit), token.fewest));
    }
    return text;
}

std::string TimeForm::example() const {
    constexpr minutes kVietnam{7 * 60};
    TimeFields example;
    example.year = 2025;
    example.month = 3;
    example.day = 5;
    example.hour = 8;
    example.minute = 30;
    example.offset = kVietnam;
    return write(example);
}

base::Words TimeForm::described() const {
    std::string vi, en;
    for (const Token& token : tokens_) {
        const bool plain = std::none_of(token.text.begin(), token.text.end(), isNoSign);
        if (token.unit == Unit::Offset || !plain) return exampleWords(example());
        const auto& words = kWords.at(static_cast<std::size_t>(token.unit));
        vi.append(token.unit == Unit::Text ? token.text : std::string(words.first));
        en.append(token.unit == Unit::Text ? token.text : std::string(words.second));
    }
    return {"phải có dạng " + vi + ", ví dụ " + example(),
            "the form is " + en + ", e.g. " + example()};
}

void TimeForm::fail(const std::string& reason) const {
    throw base::Fault(reason + " in the form \"" + pattern_ + "\"");
}

std::size_t TimeForm::addToken(std::string_view pattern, std::size_t at) {
    if (pattern[at] == '\'') {
        const auto end = pattern.find('\'', at + 1);
        if (end == std::string_view::npos) fail("a quote is not closed");
        addText(pattern.substr(at + 1, end - at - 1));
        return end + 1;
    }
    for (const Letters& letters : kLetters)
        if (pattern.substr(at).starts_with(letters.text)) {
            tokens_.push_back({letters.unit, letters.fewest, letters.most, {}});
            return at + letters.text.size();
        }
    if (isLetter(pattern[at]))
        fail("the letter " + std::string(1, pattern[at]) +
             " means nothing here: forms have yyyy yy M MM d dd H HH mm ss SSS "
             "XXX XX, and other letters in quotes");
    addText(pattern.substr(at, 1));
    return at + 1;
}

void TimeForm::addText(std::string_view text) {
    if (tokens_.empty() || tokens_.back().unit != Unit::Text) tokens_.emplace_back();
    tokens_.back().text.append(text);
}

std::vector<TimeForm> timeForms(std::string_view text, std::string_view century) {
    std::optional<int> firstYear;
    if (!century.empty()) {
        int year = 0;
        const char* const end = century.data() + century.size();
        const auto [stop, error] = std::from_chars(century.data(), end, year);
        if (error != std::errc() || stop != end || year < 1000 || year > 9899)
            throw base::Fault("century is the first year that two digits can mean, e.g. 1950");
        firstYear = year;
    }
    std::vector<TimeForm> forms;
    for (const auto& pattern : splitTrimmed(text, " or ")) {
        forms.emplace_back(pattern, firstYear);
        for (const TimeForm& earlier : forms)
            if (earlier.readsOtherwise(forms.back()))
                earlier.fail("\"" + pattern + "\" reads the same text as another day or time than");
    }
    return forms;
}

base::Words describedAll(const std::vector<TimeForm>& forms) {
    base::Words all = forms.front().described();
    std::vector<std::string> told{gist(all)};
    for (std::size_t i = 1; i < forms.size(); ++i) {
        const auto words = forms[i].described();
        if (std::find(told.begin(), told.end(), gist(words)) != told.end()) continue;
        told.push_back(gist(words));
        all.vi.append("; hoặc ").append(words.vi);
        all.en.append("; or ").append(words.en);
    }
    return all;
}

bool readsByAny(const std::vector<TimeForm>& forms, std::string_view text) {
    return std::any_of(forms.begin(), forms.end(), [text](const TimeForm& form) {
        return form.read(trimmed(text)).has_value();
    });
}

}  // namespace gateway::mapping
