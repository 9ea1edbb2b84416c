#include "gateway/mapping/drafts/value_guess.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>

namespace gateway::mapping::drafts {
namespace {

using document::Kind;

/// A form of the language, and the texts that are written so.
struct Form {
    const char* form;
    const char* looks;
};

constexpr std::size_t kShortText = 120;  // whose blanks say nothing
constexpr const char* kDay = "(0[1-9]|[12][0-9]|3[01])";
constexpr const char* kMonth = "(0[1-9]|1[0-2])";
constexpr const char* kYear = "(1[89]|2[01])[0-9]{2}";
constexpr const char* kClock = "([01][0-9]|2[0-3]):[0-5][0-9]";

// D, M, Y, C stand for a day, a month, a year and a clock.
constexpr std::array<Form, 8> kDates = {{{"dd/MM/yyyy", "D/M/Y"},
                                         {"d/M/yyyy", "[0-9]{1,2}/[0-9]{1,2}/Y"},
                                         {"d/M/ yyyy", "[0-9]{1,2}/[0-9]{1,2}/ Y"},
                                         {"yyyy-MM-dd", "Y-M-D"},
                                         {"dd-MM-yyyy", "D-M-Y"},
                                         {"dd.MM.yyyy", "D[.]M[.]Y"},
                                         {"yyyy/MM/dd", "Y/M/D"},
                                         {"yyyyMMdd", "YMD"}}};
constexpr std::array<Form, 10> kMoments = {
    {{"yyyy-MM-dd'T'HH:mm:ssXXX", "Y-M-DTC:[0-5][0-9](Z|[+-][0-9]{2}:[0-9]{2})"},
     {"yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "Y-M-DTC:[0-5][0-9][.][0-9]{3}(Z|[+-][0-9]{2}:[0-9]{2})"},
     {"yyyy-MM-dd'T'HH:mm:ss", "Y-M-DTC:[0-5][0-9]"},
     {"yyyy-MM-dd HH:mm:ss", "Y-M-D C:[0-5][0-9]"},
     {"yyyy-MM-dd HH:mm", "Y-M-D C"},
     {"dd/MM/yyyy HH:mm:ss", "D/M/Y C:[0-5][0-9]"},
     {"dd/MM/yyyy HH:mm", "D/M/Y C"},
     {"HH:mm:ss dd/MM/yyyy", "C:[0-5][0-9] D/M/Y"},
     {"HH:mm dd/MM/yyyy", "C D/M/Y"},
     {"yyyyMMddHHmmss", "YMD([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"}}};

std::string spelt(std::string_view looks) {
    std::string pattern;
    for (const char c : looks) {
        if (c == 'D')
            pattern += kDay;
        else if (c == 'M')
            pattern += kMonth;
        else if (c == 'Y')
            pattern += kYear;
        else if (c == 'C')
            pattern += kClock;
        else
            pattern.push_back(c);
    }
    return pattern;
}

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool all(const std::vector<std::string>& values, const char* pattern) {
    const RE2 regex(pattern);
    return std::all_of(values.begin(), values.end(), [&](const std::string& value) {
        return RE2::FullMatch(trimmed(value), regex);
    });
}

// "F or G": the forms by which every value can be read, those that are used.
template <std::size_t N>
std::optional<std::string> formsOf(const std::array<Form, N>& forms,
                                   std::vector<std::string> values) {
    std::string used;
    for (const Form& form : forms) {
        const RE2 regex(spelt(form.looks));
        const auto read = std::erase_if(values, [&](const std::string& value) {
            return RE2::FullMatch(trimmed(value), regex);
        });
        if (read > 0) used.append(used.empty() ? "" : " or ").append(form.form);
    }
    if (!values.empty() || used.empty()) return std::nullopt;
    return used;
}

std::optional<std::string> flagWords(const std::vector<std::string>& values) {
    constexpr std::array<std::array<const char*, 2>, 6> pairs = {{{"true", "false"},
                                                                  {"Có", "Không"},
                                                                  {"có", "không"},
                                                                  {"Y", "N"},
                                                                  {"yes", "no"},
                                                                  {"Yes", "No"}}};
    for (const auto& [yes, no] : pairs) {
        const bool fits = std::all_of(values.begin(), values.end(), [&](const std::string& value) {
            return trimmed(value) == yes || trimmed(value) == no;
        });
        if (!fits) continue;
        if (std::string_view(yes) == "true") return "as=\"boolean\"";
        return std::string("as=\"boolean\" true=\"") + yes + "\" false=\"" + no + "\"";
    }
    return std::nullopt;
}

bool areBytes(const std::vector<std::string>& values) {
    const bool shaped = std::all_of(values.begin(), values.end(), [](const std::string& value) {
        return value.size() >= 40 && value.find(' ') == std::string::npos;
    });
    return shaped && all(values, "(?s)[A-Za-z0-9+/\\r\\n]+={0,2}") && !all(values, "[0-9a-fA-F]+");
}

Guess byValues(const std::vector<std::string>& values) {
    if (const auto forms = formsOf(kMoments, values))
        return {"as=\"moment " + *forms + "\"", Looks::Moment};
    if (const auto forms = formsOf(kDates, values))
        return {"as=\"date " + *forms + "\"", Looks::Day};
    if (const auto words = flagWords(values)) return {*words, Looks::Boolean};
    if (all(values, "0|-?[1-9][0-9]{0,14}")) return {"as=\"integer\"", Looks::Number};
    if (all(values, "[0-9]{1,3}([.][0-9]{3})+")) return {"as=\"amount 1.234\"", Looks::Number};
    if (all(values, "[0-9]{1,3}(,[0-9]{3})+")) return {"as=\"amount 1,234\"", Looks::Number};
    if (all(values, "[0-9]{1,3}([.][0-9]{3})*,[0-9]{2}"))
        return {"as=\"amount 1.234,56\"", Looks::Number};
    if (all(values, "-?(0|[1-9][0-9]*)[.][0-9]+")) return {"as=\"number\"", Looks::Number};
    if (all(values, "[0-9]+ *[/-] *[0-9]{4} */ *[A-ZĐ]+ *- *[A-ZĐ]+"))
        return {"as=\"case-number\"", Looks::CaseNumber};
    if (areBytes(values)) return {"as=\"base64\"", Looks::Bytes};
    const bool free = std::any_of(values.begin(), values.end(), [](const std::string& value) {
        return value.size() > kShortText;
    });
    return {free ? "" : "as=\"token\"", Looks::Text};
}

Guess bySchema(const SamplePlace& place) {
    if (place.kind == Kind::Boolean || place.builtIn == "boolean")
        return {"as=\"boolean\"", Looks::Boolean};
    if (place.builtIn == "date") return {"as=\"date yyyy-MM-dd\"", Looks::Day};
    if (place.builtIn == "dateTime" || place.builtIn == "date-time")
        return {"as=\"moment yyyy-MM-dd'T'HH:mm:ssXXX\"", Looks::Moment};
    if (place.builtIn == "base64Binary") return {"as=\"base64\"", Looks::Bytes};
    for (const auto* number : {"integer", "int", "long", "positiveInteger", "nonNegativeInteger"})
        if (place.builtIn == number) return {"as=\"integer\"", Looks::Number};
    if (place.kind == Kind::Number || place.builtIn == "decimal")
        return {"as=\"number\"", Looks::Number};
    return {"as=\"token\"", Looks::Unknown};
}

}  // namespace

Guess guessOf(const SamplePlace& place) {
    if (place.values.empty()) return bySchema(place);
    if (place.kind == Kind::Boolean) return {"as=\"boolean\"", Looks::Boolean};
    if (place.kind == Kind::Number) {
        const bool whole = all(place.values, "0|-?[1-9][0-9]{0,14}");
        return {whole ? "as=\"integer\"" : "as=\"number\"", Looks::Number};
    }
    return byValues(place.values);
}

}  // namespace gateway::mapping::drafts
