// date, day and moment: stated forms of partners to and from yyyy-MM-dd and RFC 3339 in UTC.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using std::chrono::minutes;

// UTC+7, no daylight saving since 1975.
constexpr minutes kVietnam{7 * 60};

enum class Unit : std::uint8_t {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Offset,
    Text
};

struct Token {
    Unit unit = Unit::Text;
    std::size_t fewest = 0, most = 0;  // digits
    std::string text;
};

struct Fields {
    int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0;
    std::optional<minutes> offset;
};

struct Letters {
    std::string_view text;
    Unit unit;
    std::size_t fewest, most;
};

// Longer runs first, so that MM is not read as M twice.
constexpr std::array<Letters, 11> kLetters = {{{"yyyy", Unit::Year, 4, 4},
                                               {"MM", Unit::Month, 2, 2},
                                               {"M", Unit::Month, 1, 2},
                                               {"dd", Unit::Day, 2, 2},
                                               {"d", Unit::Day, 1, 2},
                                               {"HH", Unit::Hour, 2, 2},
                                               {"H", Unit::Hour, 1, 2},
                                               {"mm", Unit::Minute, 2, 2},
                                               {"ss", Unit::Second, 2, 2},
                                               {"SSS", Unit::Millisecond, 3, 3},
                                               {"XXX", Unit::Offset, 0, 0}}};

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

/// One stated form, e.g. dd/MM/yyyy HH:mm.
class Form {
  public:
    explicit Form(std::string_view pattern) : pattern_(pattern) {
        for (std::size_t at = 0; at < pattern.size();) at = addToken(pattern, at);
        std::vector<Unit> seen;
        for (const Token& token : tokens_) {
            if (token.unit == Unit::Text) continue;
            if (std::find(seen.begin(), seen.end(), token.unit) != seen.end())
                fail("a unit occurs twice");
            seen.push_back(token.unit);
        }
    }

    [[nodiscard]] bool has(Unit unit) const {
        return std::any_of(tokens_.begin(), tokens_.end(),
                           [unit](const Token& token) { return token.unit == unit; });
    }

    [[nodiscard]] std::optional<Fields> read(std::string_view text) const {
        Fields fields;
        for (const Token& token : tokens_) {
            const bool taken = token.unit == Unit::Text     ? takeText(text, token.text)
                               : token.unit == Unit::Offset ? takeOffset(text, fields)
                                                            : takeDigits(text, token, fields);
            if (!taken) return std::nullopt;
            if (token.unit == Unit::Second && !has(Unit::Millisecond)) takeFraction(text, fields);
        }
        return text.empty() ? std::optional(fields) : std::nullopt;
    }

    [[nodiscard]] std::string write(const Fields& fields) const {
        std::string text;
        for (const Token& token : tokens_) {
            if (token.unit == Unit::Text)
                text.append(token.text);
            else if (token.unit == Unit::Offset)
                text.append(offsetText(*fields.offset));
            else
                text.append(digits(valueOf(fields, token.unit), token.fewest));
        }
        return text;
    }

    [[nodiscard]] std::string example() const {
        Fields example;
        example.year = 2025;
        example.month = 3;
        example.day = 5;
        example.hour = 8;
        example.minute = 30;
        example.offset = kVietnam;
        return write(example);
    }

    /// As a clerk would say it, with an example: "phải có dạng ngày/tháng/năm, ví dụ 05/03/2025".
    /// Forms with letters of their own, or an offset, are shown by the example alone.
    [[nodiscard]] base::Words described() const {
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

    [[noreturn]] void fail(const std::string& reason) const {
        throw base::Fault(reason + " in the form \"" + pattern_ + "\"");
    }

  private:
    std::size_t addToken(std::string_view pattern, std::size_t at) {
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
        if (isLetter(pattern[at])) fail("a letter that means nothing (quote it)");
        addText(pattern.substr(at, 1));
        return at + 1;
    }

    void addText(std::string_view text) {
        if (tokens_.empty() || tokens_.back().unit != Unit::Text) tokens_.emplace_back();
        tokens_.back().text.append(text);
    }

    static bool takeText(std::string_view& text, std::string_view expected) {
        if (!text.starts_with(expected)) return false;
        text.remove_prefix(expected.size());
        return true;
    }

    static bool takeDigits(std::string_view& text, const Token& token, Fields& fields) {
        std::size_t count = 0;
        int value = 0;
        while (count < text.size() && count < token.most && text[count] >= '0' &&
               text[count] <= '9')
            value = value * 10 + (text[count++] - '0');
        if (count < token.fewest) return false;
        text.remove_prefix(count);
        reference(fields, token.unit) = value;
        return true;
    }

    // Software often writes more of a second than the form asks for.
    static void takeFraction(std::string_view& text, Fields& fields) {
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

    static bool takeOffset(std::string_view& text, Fields& fields) {
        if (takeText(text, "Z")) {
            fields.offset = minutes{0};
            return true;
        }
        const bool minus = text.starts_with('-');
        if (!minus && !text.starts_with('+')) return false;
        text.remove_prefix(1);
        Fields parts;
        if (!takeDigits(text, {Unit::Hour, 2, 2, {}}, parts) || !takeText(text, ":") ||
            !takeDigits(text, {Unit::Minute, 2, 2, {}}, parts) || parts.hour > 23 ||
            parts.minute > 59)
            return false;
        const minutes offset{parts.hour * 60 + parts.minute};
        fields.offset = minus ? -offset : offset;
        return true;
    }

    static int& reference(Fields& fields, Unit unit) {
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
    static int valueOf(Fields fields, Unit unit) { return reference(fields, unit); }

    static std::string digits(int value, std::size_t fewest) {
        std::string text = std::to_string(value);
        if (text.size() < fewest) text.insert(0, fewest - text.size(), '0');
        return text;
    }

    static std::string offsetText(minutes offset) {
        if (offset == minutes{0}) return "Z";
        const auto size = std::chrono::abs(offset).count();
        return (offset < minutes{0} ? "-" : "+") + digits(static_cast<int>(size / 60), 2) + ":" +
               digits(static_cast<int>(size % 60), 2);
    }

    std::string pattern_;
    std::vector<Token> tokens_;
};

// "A or B": at least one form.
std::vector<Form> formsOf(std::string_view text) {
    std::vector<Form> forms;
    for (const auto& pattern : splitTrimmed(text, " or ")) {
        forms.emplace_back(pattern);
        const Form& form = forms.back();
        if (!form.has(Unit::Year) || !form.has(Unit::Month) || !form.has(Unit::Day))
            form.fail("year, month and day are needed");
    }
    return forms;
}

// The form's words without blanks and example: forms that differ in no more are one to a clerk.
std::string gist(const base::Words& described) {
    auto text = described.en.substr(0, described.en.find(", e.g."));
    std::erase(text, ' ');
    return text;
}

// What a sender may write: each form, the one that we write first.
base::Words describedAll(const std::vector<Form>& forms) {
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

std::optional<base::Date> dateOf(const Fields& fields) {
    const base::Date date{std::chrono::year{fields.year},
                          std::chrono::month{static_cast<unsigned>(fields.month)},
                          std::chrono::day{static_cast<unsigned>(fields.day)}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

void setDate(Fields& fields, base::Date date) {
    fields.year = static_cast<int>(date.year());
    fields.month = static_cast<int>(static_cast<unsigned>(date.month()));
    fields.day = static_cast<int>(static_cast<unsigned>(date.day()));
}

// The form is right, so that it is the day or the hour which is not.
bool readsByAny(const std::vector<Form>& forms, std::string_view text) {
    return std::any_of(forms.begin(), forms.end(),
                       [text](const Form& form) { return form.read(trimmed(text)).has_value(); });
}

base::Problem impossible(base::Words words) {
    return base::Problem(base::ErrorCode::MAPPING_VALUE).inWords("expected", std::move(words));
}

class DateType final : public ValueType {
  public:
    explicit DateType(std::string_view forms) :
        forms_(formsOf(forms.empty() ? "yyyy-MM-dd" : forms)) {
        expected_ = describedAll(forms_);
        example_ = forms_.front().example();
        for (const Form& form : forms_)
            if (form.has(Unit::Hour) || form.has(Unit::Offset)) form.fail("a date has no time");
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        for (const Form& form : forms_) {
            const auto fields = form.read(trimmed(theirs));
            const auto date = fields ? dateOf(*fields) : std::nullopt;
            if (date) return base::formatDate(*date);
        }
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const auto date = base::parseDate(ours);
        if (!date) return std::nullopt;
        Fields fields;
        setDate(fields, *date);
        return forms_.front().write(fields);
    }
    base::Problem refusalOf(std::string_view text) const override {
        if (!readsByAny(forms_, text)) return ValueType::refusalOf(text);
        return impossible({"ngày này không tồn tại", "there is no such day"});
    }

  private:
    std::vector<Form> forms_;
};

class MomentType final : public ValueType {
  public:
    MomentType(std::string_view forms, std::string_view zone, bool hourNeeded = true) :
        offset_(zone == "UTC" ? minutes{0} : kVietnam) {
        example_ = "2025-03-05T08:30:00+07:00";
        expected_ = {"phải là thời điểm theo RFC 3339, ví dụ " + example_,
                     "it must be a time after RFC 3339, e.g. " + example_};
        if (forms.empty()) return;
        forms_ = formsOf(forms);
        expected_ = describedAll(forms_);
        example_ = forms_.front().example();
        for (const Form& form : forms_)
            if (hourNeeded && !form.has(Unit::Hour)) form.fail("a moment has an hour");
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto text = trimmed(theirs);
        if (forms_.empty()) return textOf(base::parseTimestamp(text));
        for (const Form& form : forms_) {
            const auto fields = form.read(text);
            auto ours = fields ? textOf(instantOf(*fields)) : std::nullopt;
            if (ours) return ours;
        }
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const auto instant = base::parseTimestamp(ours);
        if (!instant) return std::nullopt;
        if (forms_.empty()) return base::formatTimestamp(*instant);
        const auto local = *instant + offset_;
        const auto day = std::chrono::floor<std::chrono::days>(local);
        const std::chrono::hh_mm_ss<std::chrono::milliseconds> time{local - day};
        Fields fields;
        setDate(fields, base::Date{day});
        fields.hour = static_cast<int>(time.hours().count());
        fields.minute = static_cast<int>(time.minutes().count());
        fields.second = static_cast<int>(time.seconds().count());
        fields.millisecond = static_cast<int>(time.subseconds().count());
        fields.offset = offset_;
        return forms_.front().write(fields);
    }

    base::Problem refusalOf(std::string_view text) const override {
        const bool formed = forms_.empty() ? readsByAny({Form("yyyy-MM-dd'T'HH:mm:ssXXX")}, text)
                                           : readsByAny(forms_, text);
        if (!formed) return ValueType::refusalOf(text);
        return impossible({"ngày hoặc giờ này không tồn tại", "there is no such day or time"});
    }

  private:
    // Another zone must not lead out of the years that have four digits.
    static std::optional<std::string> textOf(std::optional<base::Timestamp> instant) {
        using namespace std::chrono;
        constexpr sys_days kFirst{year{1} / January / 2};
        constexpr sys_days kLast{year{9999} / December / 30};
        if (!instant || *instant < kFirst || *instant > kLast) return std::nullopt;
        return base::formatTimestamp(*instant);
    }

    [[nodiscard]] std::optional<base::Timestamp> instantOf(const Fields& fields) const {
        const auto date = dateOf(fields);
        if (!date || fields.hour > 23 || fields.minute > 59 || fields.second > 59)
            return std::nullopt;
        using namespace std::chrono;
        return sys_days{*date} + hours{fields.hour} + minutes{fields.minute} +
               seconds{fields.second} + milliseconds{fields.millisecond} -
               fields.offset.value_or(offset_);
    }

    std::vector<Form> forms_;
    minutes offset_;
};

// Some software writes a day as the instant at which it was typed. Written back it is the first
// moment of that day.
class DayType final : public ValueType {
  public:
    explicit DayType(std::string_view forms) : moment_(forms, "Asia/Ho_Chi_Minh", false) {}
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto ours = moment_.toOurs(theirs);
        const auto instant = ours ? base::parseTimestamp(*ours) : std::nullopt;
        if (!instant) return std::nullopt;
        return base::formatDate(base::vietnamDate(*instant));
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        if (!base::parseDate(ours)) return std::nullopt;
        return moment_.toTheirs(std::string(ours) + "T00:00:00+07:00");
    }
    base::Problem refusalOf(std::string_view text) const override {
        return moment_.refusalOf(text);
    }

  private:
    MomentType moment_;
};

}  // namespace

std::unique_ptr<ValueType> makeDateType(std::string_view forms) {
    return std::make_unique<DateType>(forms);
}

std::unique_ptr<ValueType> makeMomentType(std::string_view forms, std::string_view zone) {
    return std::make_unique<MomentType>(forms, zone);
}

std::unique_ptr<ValueType> makeDayType(std::string_view forms) {
    return std::make_unique<DayType>(forms);
}

}  // namespace gateway::mapping
