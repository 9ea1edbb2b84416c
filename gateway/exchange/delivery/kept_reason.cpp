#include "gateway/exchange/delivery/kept_reason.h"

#include "gateway/base/limits.h"
#include "gateway/base/printable.h"

namespace gateway::exchange {
namespace {

constexpr std::string_view kEllipsis = "…";

// Formats with fields of one line must be able to bear it.
std::string oneLine(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t';
        if (!space)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    if (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

}  // namespace

std::string keptReason(std::string_view words) {
    // Far more than is kept; a character that is cut here in two is cut off below.
    auto line = oneLine(base::printable(words.substr(0, 4 * base::kKeptReason)));
    if (line.size() <= base::kKeptReason) return line;
    std::size_t end = base::kKeptReason - kEllipsis.size();
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    return line.substr(0, end).append(kEllipsis);
}

}  // namespace gateway::exchange
