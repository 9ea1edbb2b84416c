#include "gateway/base/problem.h"

namespace gateway::base {
namespace {

constexpr std::size_t kLongestParameter = 200;

std::string cut(const std::string& text) {
    if (text.size() <= kLongestParameter) return text;
    std::size_t end = kLongestParameter;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

std::string valueOf(const Problem& problem, std::string_view name) {
    if (name == "line") return std::to_string(problem.position.line);
    if (name == "column") return std::to_string(problem.position.column);
    if (name == "path") return problem.path.empty() ? "/" : cut(problem.path);
    for (const auto& [key, value] : problem.parameters)
        if (key == name) return cut(value);
    return "…";
}

std::string fill(std::string_view sentence, const Problem& problem, bool echoContent) {
    std::string out;
    while (!sentence.empty()) {
        const auto open = sentence.find('{');
        out.append(sentence.substr(0, open));
        if (open == std::string_view::npos) break;
        const auto close = sentence.find('}', open);
        if (close == std::string_view::npos) break;
        const auto name = sentence.substr(open + 1, close - open - 1);
        const bool harmless = name == "line" || name == "column";
        out.append(echoContent || harmless ? valueOf(problem, name) : "…");
        sentence.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace

ProblemText render(const Problem& problem, bool echoContent) {
    const ErrorEntry& entry = entryOf(problem.code);
    return {fill(entry.vi, problem, echoContent), fill(entry.en, problem, echoContent),
            fill(entry.remedyVi, problem, echoContent), fill(entry.remedyEn, problem, echoContent)};
}

}  // namespace gateway::base
