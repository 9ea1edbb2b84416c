#include "gateway/document/print/csv.h"

#include <string_view>

namespace gateway::document {
namespace {

// -12 or -1.250,5: the same text when it has been calculated.
bool isNegativeNumber(std::string_view text) {
    return text.size() > 1 && text.front() == '-' && text[1] >= '0' && text[1] <= '9' &&
           text.find_first_not_of("0123456789.,", 1) == std::string_view::npos;
}

// What others have said must not be calculated by whoever opens the file. An apostrophe in front
// tells it that this is a text; so one that stands there already needs another.
bool isCalculated(std::string_view text) {
    const auto first = text.find_first_not_of('\'');
    return first != std::string_view::npos &&
           std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos &&
           !isNegativeNumber(text);
}

std::string field(std::string text, char separator) {
    if (isCalculated(text)) text.insert(text.begin(), '\'');
    if (text.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return text;
    std::string made = "\"";
    for (const char c : text) made += c == '"' ? std::string("\"\"") : std::string{c};
    return made + '"';
}

}  // namespace

std::string_view withoutGuard(std::string_view text) {
    if (text.starts_with('\'') && isCalculated(text)) text.remove_prefix(1);
    return text;
}

CsvText& CsvText::line(const std::vector<std::string>& fields) {
    for (const auto& text : fields) {
        if (&text != fields.data()) made_ += separator_;
        made_ += field(text, separator_);
    }
    made_ += "\r\n";
    return *this;
}

}  // namespace gateway::document
