#include "gateway/base/problem.h"

#include "gateway/base/signature_reason.h"

namespace gateway::base {
namespace {

constexpr std::size_t kLongestParameter = 200;

constexpr std::size_t kLongestWords = 600;

std::string valueOf(const Problem& problem, std::string_view name, std::string_view language) {
    if (name == "line") return std::to_string(problem.position.line);
    if (name == "column") return std::to_string(problem.position.column);
    if (name == "path")
        return problem.path.empty() ? "/" : shortened(problem.path, kLongestParameter);
    const std::string words = std::string(name).append(language);
    for (const auto& [key, value] : problem.parameters) {
        if (key == name) return shortened(value, kLongestParameter);
        if (key == words) return shortened(value, kLongestWords);
    }
    return "…";
}

struct Filler {
    const Problem& problem;
    bool echoContent;

    std::string operator()(std::string_view sentence, std::string_view language) const {
        std::string out;
        while (!sentence.empty()) {
            const auto open = sentence.find('{');
            out.append(sentence.substr(0, open));
            if (open == std::string_view::npos) break;
            const auto close = sentence.find('}', open);
            if (close == std::string_view::npos) break;
            const auto name = sentence.substr(open + 1, close - open - 1);
            const bool harmless = name == "line" || name == "column";
            out.append(echoContent || harmless ? valueOf(problem, name, language) : "…");
            sentence.remove_prefix(close + 1);
        }
        return out;
    }
};

}  // namespace

std::string shortened(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return std::string(text);
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "…";
}

ProblemText render(const Problem& problem, bool echoContent) {
    const ErrorEntry& entry = entryOf(problem.code);
    const Filler fill{problem, echoContent};
    ProblemText text{fill(entry.vi, ".vi"), fill(entry.en, ".en"), fill(entry.remedyVi, ".vi"),
                     fill(entry.remedyEn, ".en")};
    if (const SignatureReasonEntry* const reason = signatureReasonOf(problem)) {
        text.vi.append(" ").append(reason->vi);
        text.en.append(" ").append(reason->en);
    }
    return text;
}

}  // namespace gateway::base
