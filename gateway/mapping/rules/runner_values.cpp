// The rules that carry values: field, tokens, constant, pattern.

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/rules/runner.h"

namespace gateway::mapping {

using base::ErrorCode;
using document::Form;
using document::Kind;
using document::Node;

namespace {

base::Words notEmpty() { return {"không được để trống", "it must not be empty"}; }

// As the sender writes it: the names of the pieces are the mapping's own.
base::Words formOf(const PatternRule& pattern) {
    std::string form = pattern.texts.front();
    for (std::size_t i = 0; i < pattern.pieces.size(); ++i)
        form.append(pattern.pieces[i].type->example()).append(pattern.texts[i + 1]);
    return {"phải viết như mẫu “" + form + "”", "write it like \"" + form + "\""};
}

std::optional<std::vector<std::string>> piecesOf(const PatternRule& pattern,
                                                 const std::string& text) {
    std::vector<std::string> pieces(pattern.pieces.size());
    std::vector<re2::RE2::Arg> arguments;
    std::vector<const re2::RE2::Arg*> pointers;
    arguments.reserve(pieces.size());
    pointers.reserve(pieces.size());
    for (std::string& piece : pieces) pointers.push_back(&arguments.emplace_back(&piece));
    const bool fits = re2::RE2::FullMatchN(text, *pattern.expression, pointers.data(),
                                           static_cast<int>(pointers.size()));
    return fits ? std::optional(std::move(pieces)) : std::nullopt;
}

// What an agency may say as a text or as an object or list of its own: a code with words beside it,
// an officer with name and position. Where a format has one text for it, that is the code alone,
// else all its words in their order. `read` is given the leaves that the text is made of.
template <class Read>
std::string asText(const Node& node, const Read& read) {
    if (node.isLeaf()) {
        read(node);
        return std::string(trimmed(node.value));
    }
    if (const auto* code = node.kind == Kind::Object ? node.child("code") : nullptr;
        code && code->kind == Kind::String)
        return asText(*code, read);
    std::string text;
    for (const Node& child : node.children)
        text.append(text.empty()               ? ""
                    : node.kind == Kind::Array ? "; "
                                               : ", ")
            .append(asText(child, read));
    return text;
}

}  // namespace

std::optional<Runner::Source> Runner::given(const Here& here, const Path& path) const {
    Source source;
    source.position = here.node->position;
    if (path.from == Path::From::Position) {
        if (here.position == 0) return std::nullopt;
        source.text = std::to_string(here.position);
        return source;
    }
    const auto found = exchange_.find(path.exchangeName);
    if (found == exchange_.end() || found->second.empty()) return std::nullopt;
    source.text = found->second;
    return source;
}

// False if there is something wrong with it, which has been told.
bool Runner::takeOne(const Node& node, Kind kind, const Presence& presence,
                     std::optional<Source>& value) {
    finder_.mark(node, Marks::Use::Used, rule_);
    Source source{&node, node.value, node.position};
    const bool blank = node.kind == Kind::Null || (node.isLeaf() && trimmed(node.value).empty());
    if (blank) {
        // Our own model says absent by an empty text.
        if (presence.emptyIsAbsent || flow_ == Flow::Out) return true;
        wrongValue(source, notEmpty());
        return false;
    }
    if (flow_ == Flow::Out && !node.isLeaf() && kind == Kind::String && !value) {
        value = Source{
            &node,
            asText(node, [this](const Node& leaf) { finder_.mark(leaf, Marks::Use::Used, rule_); }),
            node.position};
        return true;
    }
    if (!node.isLeaf() && (sourceForm_ == Form::Json || trimmed(node.value).empty())) {
        wrongValue(source, wordsOfKind(kind));
        return false;
    }
    if (sourceForm_ == Form::Json && node.kind != kind) {
        wrongValue(source, wordsOfKind(kind));
        return false;
    }
    if (value && trimmed(value->text) != trimmed(node.value)) {
        repeated(node);
        return false;
    }
    if (!value) value = std::move(source);
    return true;
}

std::optional<Runner::Source> Runner::valueAt(const Here& here, const std::vector<Path>& places,
                                              Kind kind, const Presence& presence) {
    std::optional<Source> value;
    for (const Path& place : places) {
        if (place.from == Path::From::Exchange || place.from == Path::From::Position) {
            if (!value) value = given(here, place);
            continue;
        }
        const Nodes found = finder_.find(here, place, rule_);
        if (found.size() > 1) {
            for (const Node* node : found) finder_.mark(*node, Marks::Use::Used, rule_);
            repeated(*found[1]);
            return std::nullopt;
        }
        if (!found.empty() && !takeOne(*found.front(), kind, presence, value)) return std::nullopt;
    }
    if (!value && presence.required(flow_)) missing(here, places.front());
    return value;
}

void Runner::putValue(Target& target, const Path& path, Kind kind, std::string text,
                      const Source& source, bool real) {
    if (!mayWrite(text.size(), source)) return;
    Node value = document::stringNode({}, std::move(text));
    value.kind = kind;
    value.position = source.position;
    target.real = target.real || real;
    if (path.from == Path::From::Root) {
        putElsewhere(path, std::move(value), target);
        return;
    }
    if (builder_.put(*target.node, path.steps, std::move(value)) != Builder::Outcome::Other) return;
    if (source.node != nullptr)
        repeated(*source.node);
    else if (real)
        wrongValue(source, {"trái với một giá trị khác trong cùng thông điệp",
                            "another value in the same message contradicts it"});
}

// Keys of the other branch are taken from here now; the tree above is not attached yet.
void Runner::putElsewhere(const Path& path, Node value, Target& target) {
    Elsewhere late{path.steps, std::move(value)};
    for (Step& step : late.steps)
        for (Clause& clause : step.where) {
            if (!clause.here) continue;
            const Node* const key =
                builder_.existing(*target.node, clause.here->steps, clause.here->steps.size());
            if (key == nullptr)
                throw base::Fault(rule_->text + ": the key " + clause.here->text +
                                  " must be written before what it leads to");
            clause.literal = key->value;
            clause.here.reset();
        }
    elsewhere_.push_back(std::move(late));
}

void Runner::apply(const FieldRule& field, const Here& here, Target& target) {
    const ValueType& type = *field.type;
    if (flow_ == Flow::In) {
        Presence presence = field.presence;
        if (field.fallback) presence.required.in = false;
        const auto source = valueAt(here, field.theirs, field.jsonKind, presence);
        if (!source) return;
        auto ours = type.toOurs(source->text);
        if (!ours) {
            refuseValue(*source, type, source->text);
            return;
        }
        putValue(target, field.ours, type.oursKind(), std::move(*ours), *source, true);
        return;
    }
    Presence presence = field.presence;
    if (field.fallback) presence.required.out = false;
    auto source = valueAt(here, {field.ours}, type.oursKind(), presence);
    const bool fallback = !source && field.fallback && field.presence.required.out;
    if (fallback) source = Source{nullptr, *field.fallback, {}};
    if (!source) return;
    auto theirs = type.toTheirs(source->text);
    if (!theirs) {
        refuseValue(*source, type, source->text);
        return;
    }
    putValue(target, field.theirs[field.written], field.jsonKind, std::move(*theirs), *source,
             !fallback);
}

void Runner::apply(const ConstantRule& constant, const Here& here, Target& target) {
    const auto& from = flow_ == Flow::In ? constant.theirs : constant.ours;
    if (!from) {
        const Path& path = flow_ == Flow::In ? *constant.ours : *constant.theirs;
        Source source;
        source.position = here.node->position;
        putValue(target, path, constant.kind, constant.value, source, false);
        return;
    }
    const Nodes found = finder_.find(here, *from, rule_);
    if (found.empty() && constant.required(flow_)) missing(here, *from);
    if (found.size() > 1) repeated(*found[1]);
    for (const Node* node : found) {
        finder_.mark(*node, Marks::Use::Used, rule_);
        const bool sameKind = sourceForm_ == Form::Xml || node->kind == constant.kind;
        if (!sameKind || trimmed(node->value) != trimmed(constant.value))
            wrongValue(
                {node, node->value, node->position},
                {"phải là “" + constant.value + "”", "it must be \"" + constant.value + "\""});
    }
}

void Runner::apply(const TokensRule& tokens, const Here& here, Target& target) {
    if (flow_ == Flow::Out) {
        writeTokens(tokens, here, target);
        return;
    }
    const auto source = valueAt(here, {tokens.theirs}, Kind::String, tokens.presence);
    if (source) readTokens(tokens, *source, target);
}

void Runner::readTokens(const TokensRule& tokens, const Source& source, Target& target) {
    const auto& steps = tokens.ours.steps;
    for (const std::string& text : splitTrimmed(source.text, tokens.separator)) {
        auto ours = text.empty() ? std::nullopt : tokens.type->toOurs(text);
        if (!ours) {
            const Source part{source.node, text, source.position};
            if (text.empty())
                wrongValue(part, notEmpty());
            else
                refuseValue(part, *tokens.type, text);
            return;
        }
        Node item = document::stringNode({}, std::move(*ours));
        item.kind = tokens.type->oursKind();
        item.position = source.position;
        Node& parent = builder_.container(*target.node, steps, steps.size() - 1, source.position);
        builder_.attach(parent, steps.back(), std::move(item));
        target.real = true;
    }
}

void Runner::writeTokens(const TokensRule& tokens, const Here& here, Target& target) {
    const Nodes items = finder_.find(here, tokens.ours, rule_);
    if (items.empty()) {
        if (tokens.presence.required(flow_)) missing(here, tokens.ours);
        return;
    }
    std::string text;
    for (const Node* item : items) {
        finder_.mark(*item, Marks::Use::Used, rule_);
        const auto theirs = tokens.type->toTheirs(item->value);
        const Source source{item, item->value, item->position};
        if (!theirs)
            refuseValue(source, *tokens.type, item->value);
        else if (theirs->find(tokens.separator) != std::string::npos || trimmed(*theirs).empty())
            wrongValue(source, {"không được có dấu “" + tokens.separator + "”",
                                "it must be without \"" + tokens.separator + "\""});
        else
            text.append(text.empty() ? "" : tokens.separator).append(*theirs);
    }
    putValue(target, tokens.theirs, Kind::String, std::move(text), {items.front(), {}, {}}, true);
}

void Runner::apply(const PatternRule& pattern, const Here& here, Target& target) {
    if (flow_ == Flow::Out) {
        writePattern(pattern, here, target);
        return;
    }
    const auto source = valueAt(here, {pattern.theirs}, Kind::String, pattern.presence);
    if (source) readPattern(pattern, *source, target);
}

void Runner::readPattern(const PatternRule& pattern, const Source& source, Target& target) {
    const std::string text(trimmed(source.text));
    const auto pieces = piecesOf(pattern, text);
    if (!pieces) {
        if (pattern.otherwise)
            putValue(target, *pattern.otherwise, Kind::String, text, source, true);
        else
            wrongValue(source, formOf(pattern));
        return;
    }
    for (std::size_t i = 0; i < pieces->size(); ++i) {
        const PatternPiece& piece = pattern.pieces[i];
        auto ours = piece.type->toOurs((*pieces)[i]);
        if (ours)
            putValue(target, piece.ours, piece.type->oursKind(), std::move(*ours), source, true);
        else
            refuseValue(source, *piece.type, (*pieces)[i]);
    }
}

void Runner::writePattern(const PatternRule& pattern, const Here& here, Target& target) {
    // Either the pieces go out or the whole does: what does not is not read, and so is told.
    const bool complete =
        std::all_of(pattern.pieces.begin(), pattern.pieces.end(), [&](const PatternPiece& piece) {
            const Nodes found = finder_.find(here, piece.ours, rule_);
            return !found.empty() && !trimmed(found.front()->value).empty();
        });
    std::optional<Source> whole;
    if (pattern.otherwise && !complete)
        whole = valueAt(here, {*pattern.otherwise}, Kind::String, Presence{});
    if (whole) {
        putValue(target, pattern.theirs, Kind::String, whole->text, {here.node, {}, {}}, true);
        return;
    }
    std::vector<std::string> pieces;
    const Path* absent = nullptr;
    for (const PatternPiece& piece : pattern.pieces) {
        const auto value = valueAt(here, {piece.ours}, piece.type->oursKind(), Presence{});
        if (!value) {
            absent = &piece.ours;
            continue;
        }
        auto theirs = piece.type->toTheirs(value->text);
        if (theirs)
            pieces.push_back(std::move(*theirs));
        else
            refuseValue(*value, *piece.type, value->text);
    }
    if (absent == nullptr) {
        putValue(target, pattern.theirs, Kind::String, patternText(pattern, pieces),
                 {here.node, {}, {}}, true);
    } else if (!pieces.empty() || pattern.presence.required(flow_)) {
        missing(here, *absent);
    }
}

// The text must read back as the very pieces it was made of.
std::string Runner::patternText(const PatternRule& pattern,
                                const std::vector<std::string>& pieces) {
    std::string text = pattern.texts.front();
    for (std::size_t i = 0; i < pieces.size(); ++i)
        text.append(pieces[i]).append(pattern.texts[i + 1]);
    if (piecesOf(pattern, text) != pieces) wrongValue({nullptr, text, {}}, formOf(pattern));
    return text;
}

}  // namespace gateway::mapping
