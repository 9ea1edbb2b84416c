#include "gateway/law/book/fact_codes.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/law/book/book_check.h"
#include "gateway/law/conditions/expression.h"

namespace gateway::law {
namespace {

using document::Node;

// The attributes that hold conditions and days.
constexpr std::string_view kSaying[] = {"when",     "applies",     "starts", "ends",
                                        "answered", "answered-on", "lifted", "remind"};

// Of `field NAME in (...)` and `any LIST NAME in (...)` the codes are the field's.
bool isField(const std::vector<std::string>& tokens, std::size_t at) {
    const auto before = [&](std::size_t back) {
        return at >= back ? std::string_view(tokens[at - back]) : std::string_view();
    };
    return before(1) == "field" || before(1) == "with" || before(1) == "any" || before(2) == "any";
}

}  // namespace

void FactCodes::ask(const std::string& text, const Subject& subject, const std::string& place) {
    const auto tokens = expression::tokensOf(text);
    const auto is = [&](std::size_t at, std::string_view what) {
        return at < tokens.size() && tokens[at] == what;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto kind = model::valueOf<FactKind>(tokens[i]);
        if (!kind || isField(tokens, i)) continue;
        if (is(i + 1, "(") && is(i + 3, ")"))
            asked_.push_back({subject, *kind, tokens[i + 2], place});
        if (is(i + 1, "in") && is(i + 2, "("))
            for (std::size_t at = i + 3; at < tokens.size() && !is(at, ")"); ++at)
                asked_.push_back({subject, *kind, tokens[at], place});
    }
}

void FactCodes::walk(const DataFile& file, const Node& node, const Subject& subject) {
    for (const auto name : kSaying)
        if (const auto text = file.text(node, name); !text.empty())
            ask(text, subject, file.place(node) + ": " + std::string(name));
    for (const auto& child : node.children)
        if (child.kind == document::Kind::Element) walk(file, child, subject);
}

void FactCodes::read(const DataFile& file, const Subject& subject) {
    walk(file, file.root(), subject);
}

void FactCodes::check(const LawBook& book) const {
    constexpr int kMostFaults = 20;
    std::string faults;
    int count = 0;
    for (const auto& one : asked_) {
        if (isLeft(book, one.subject, one.kind, one.code) || ++count > kMostFaults) continue;
        faults += (faults.empty() ? "" : "\n") + one.place + ": no act leaves the fact " +
                  std::string(model::nameOf(one.kind)) + "(" + one.code + ")";
    }
    if (!faults.empty()) throw base::Fault(faults);
}

}  // namespace gateway::law
