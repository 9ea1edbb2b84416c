#include "gateway/mapping/values/pattern_form.h"

#include <re2/re2.h>

#include <algorithm>

#include "gateway/base/fault.h"

namespace gateway::mapping {

PatternForm PatternForm::of(std::string_view text, const std::vector<PatternPiece>& declared) {
    PatternForm form;
    std::string expression;
    for (;;) {
        const auto open = text.find('{');
        std::string before(text.substr(0, open));
        if (open == std::string_view::npos) {
            form.after_ = before;
            expression.append(re2::RE2::QuoteMeta(before));
            break;
        }
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) throw base::Fault("a brace is not closed in form");
        const auto name = text.substr(open + 1, close - open - 1);
        text.remove_prefix(close + 1);
        const auto found = std::find_if(declared.begin(), declared.end(),
                                        [name](const auto& piece) { return piece.name == name; });
        const auto piece = static_cast<std::size_t>(found - declared.begin());
        if (found == declared.end() || form.names(piece))
            throw base::Fault("form names a piece that is missing or used before");
        Slot slot{piece, found->optional, std::move(before), {}};
        if (slot.optional && slot.before.ends_with(' ')) {
            slot.before.pop_back();
            slot.blank.assign(1, ' ');
        }
        const std::string match = found->match.empty() ? "(?s:.+?)" : found->match;
        expression.append(re2::RE2::QuoteMeta(slot.before));
        if (slot.optional)
            expression.append("(?:")
                .append(re2::RE2::QuoteMeta(slot.blank))
                .append("(" + match + "))?");
        else
            expression.append("(" + match + ")");
        form.slots_.push_back(std::move(slot));
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    form.expression_ = std::make_shared<const re2::RE2>(expression, options);
    if (!form.expression_->ok()) throw base::Fault(form.expression_->error());
    if (form.expression_->NumberOfCapturingGroups() != static_cast<int>(form.slots_.size()))
        throw base::Fault("match has groups of its own; write (?:...)");
    return form;
}

std::optional<PatternForm::Values> PatternForm::piecesOf(const std::string& text,
                                                         std::size_t count) const {
    std::vector<re2::StringPiece> found(slots_.size());
    std::vector<re2::RE2::Arg> arguments;
    std::vector<const re2::RE2::Arg*> pointers;
    arguments.reserve(found.size());
    pointers.reserve(found.size());
    for (auto& piece : found) pointers.push_back(&arguments.emplace_back(&piece));
    if (!re2::RE2::FullMatchN(text, *expression_, pointers.data(),
                              static_cast<int>(pointers.size())))
        return std::nullopt;
    Values values(count);
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (found[i].data() != nullptr) values[slots_[i].piece] = found[i].ToString();
    return values;
}

bool PatternForm::names(std::size_t piece) const {
    return std::any_of(slots_.begin(), slots_.end(),
                       [piece](const Slot& slot) { return slot.piece == piece; });
}

bool PatternForm::isComplete(const Values& values) const {
    return std::all_of(slots_.begin(), slots_.end(), [&values](const Slot& slot) {
        return slot.optional || values[slot.piece].has_value();
    });
}

std::string PatternForm::written(const Values& values) const {
    std::string text;
    for (const Slot& slot : slots_) {
        text.append(slot.before);
        if (const auto& value = values[slot.piece]) text.append(slot.blank).append(*value);
    }
    return text + after_;
}

std::string PatternForm::filled(const std::vector<std::string>& examples) const {
    Values values(examples.begin(), examples.end());
    return written(values);
}

bool PatternForm::sameAs(const Values& left, const Values& right) const {
    return std::all_of(slots_.begin(), slots_.end(),
                       [&](const Slot& slot) { return left[slot.piece] == right[slot.piece]; });
}

void checkForms(const std::vector<PatternForm>& forms, const std::vector<PatternPiece>& declared) {
    for (std::size_t piece = 0; piece < declared.size(); ++piece)
        if (std::none_of(forms.begin(), forms.end(),
                         [piece](const PatternForm& form) { return form.names(piece); }))
            throw base::Fault("a piece is not in form");
}

}  // namespace gateway::mapping
