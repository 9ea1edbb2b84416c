#include "gateway/law/figures/tally.h"

#include <charconv>

namespace gateway::law::figures {
namespace {

// A value of a split may be anybody's words: what parts cells in the text is written otherwise.
std::string escaped(std::string_view name) {
    std::string made;
    for (const char c : name) {
        if (c == ' ')
            made += "%20";
        else if (c == '=')
            made += "%3D";
        else if (c == '%')
            made += "%25";
        else
            made += c;
    }
    return made;
}

std::string unescaped(std::string_view name) {
    std::string made;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] != '%') {
            made += name[i];
            continue;
        }
        made += name.substr(i, 3) == "%20" ? ' ' : name.substr(i, 3) == "%3D" ? '=' : '%';
        i += 2;
    }
    return made;
}

}  // namespace

Tally tallyOf(const Table& table) {
    Tally made;
    for (const auto& column : table.columns) {
        if (const auto value = column.whole.value(); value != 0) made[column.column->id] = value;
        for (const auto& part : column.parts)
            if (const auto value = part.cell.value(); value != 0)
                made[column.column->id + "/" + part.split + "/" + part.value] = value;
    }
    return made;
}

std::string textOf(const Tally& tally) {
    std::string text;
    for (const auto& [cell, times] : tally)
        text += (text.empty() ? "" : " ") + escaped(cell) + "=" + std::to_string(times);
    return text;
}

Tally tallyFrom(const std::string& text) {
    Tally made;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        const auto equals = text.find('=', at);
        std::int64_t times = 0;
        std::from_chars(text.data() + equals + 1, text.data() + end, times);
        made[unescaped(std::string_view(text).substr(at, equals - at))] = times;
        at = end + 1;
    }
    return made;
}

void add(Tally& to, const Tally& other, std::int64_t times) {
    for (const auto& [cell, count] : other) to[cell] += times * count;
}

}  // namespace gateway::law::figures
