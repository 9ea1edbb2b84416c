#include "gateway/mapping/drafts/draft_texts.h"

#include "gateway/base/problem.h"
#include "gateway/mapping/drafts/sample.h"

namespace gateway::mapping::drafts {

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '&')
            safe += "&amp;";
        else if (c == '<')
            safe += "&lt;";
        else if (c == '"')
            safe += "&quot;";
        else
            safe.push_back(c);
    }
    return safe;
}

std::string harmless(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        const bool blank = c == '\n' || c == '\r' || c == '\t';
        if (c == '-' && safe.ends_with('-')) safe.push_back(' ');
        safe.push_back(blank ? ' ' : c);
    }
    return safe;
}

std::string listed(const std::vector<std::string>& values) {
    std::string list;
    for (std::size_t i = 0; i < values.size() && i < kValuesShown; ++i)
        list.append(list.empty() ? "" : " | ").append(harmless(base::shortened(values[i], kShown)));
    if (values.size() > kValuesShown) list += " | …";
    return list;
}

}  // namespace gateway::mapping::drafts
