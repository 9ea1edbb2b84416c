#include "gateway/document/print/csv.h"

#include <string_view>

namespace gateway::document {
namespace {

std::string field(std::string text, char separator) {
    // What others have said must not be calculated by whoever opens the file.
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    if (text.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return text;
    std::string made = "\"";
    for (const char c : text) made += c == '"' ? std::string("\"\"") : std::string{c};
    return made + '"';
}

}  // namespace

CsvText& CsvText::line(const std::vector<std::string>& fields) {
    for (const auto& text : fields) {
        if (&text != fields.data()) made_ += separator_;
        made_ += field(text, separator_);
    }
    made_ += "\r\n";
    return *this;
}

}  // namespace gateway::document
