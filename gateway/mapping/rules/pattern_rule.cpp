// <pattern>: one text made of several values. The text stands on one side, its pieces on the
// other; of several forms the first that fits is read, the first that is complete is written.

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/document/text.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"
#include "gateway/mapping/values/pattern_form.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using document::Node;

struct Piece {
    PatternPiece form;
    std::optional<Path>
        place;  ///< on the side of the pieces; without it read over, written as stated
    std::shared_ptr<const ValueType> type;
    Kind kind{};  ///< as it stands at its place
};

class PatternRule final : public Rule {
  public:
    bool textIsTheirs = true;
    Alternatives text;
    std::shared_ptr<const ValueType> whole;  ///< of the text itself
    std::vector<Piece> pieces;
    std::vector<PatternForm> forms;
    std::optional<Path> otherwise;
    Presence presence;

    void read(Run& run, const Here& here, Target& target) const override {
        if (textIsTheirs)
            takeApart(run, here, target);
        else
            putTogether(run, here, target);
    }
    void write(Run& run, const Here& here, Target& target) const override {
        if (textIsTheirs)
            putTogether(run, here, target);
        else
            takeApart(run, here, target);
    }
    std::vector<Loss> losses() const override {
        std::vector<Loss> losses = whole->losses();
        if (forms.size() > 1 || text.places.size() > 1) losses.push_back(Loss::Notation);
        for (const Piece& piece : pieces) {
            const auto more = piece.type->losses();
            losses.insert(losses.end(), more.begin(), more.end());
            if (!piece.place) losses.push_back(Loss::Notation);
        }
        return losses;
    }

  private:
    [[nodiscard]] base::Words expected() const {
        std::vector<std::string> examples;
        for (const Piece& piece : pieces)
            examples.push_back(piece.place || piece.form.written.empty() ? piece.type->example()
                                                                         : piece.form.written);
        std::string vi, en;
        for (const PatternForm& form : forms) {
            const std::string example = form.filled(examples);
            vi.append(vi.empty() ? "phải viết như mẫu " : " hoặc ").append("“" + example + "”");
            en.append(en.empty() ? "write it like " : " or ").append("\"" + example + "\"");
        }
        return {vi, en};
    }

    void takeApart(Run& run, const Here& here, Target& target) const {
        const auto source = run.valueAt(here, text.places, Kind::String, presence);
        if (!source || source->null) return;
        // The text as its form has it, for the value that stands on its side.
        const auto value = run.converted(*whole, trimmed(source->text));
        if (!value) {
            run.refuseValue(*source, *whole, source->text);
            return;
        }
        const PatternForm::Values* fitting = nullptr;
        std::vector<PatternForm::Values> read;
        read.reserve(forms.size());
        for (const PatternForm& form : forms) {
            auto found = form.piecesOf(*value, pieces.size());
            // Letters with their marks beside them fit no letter of a form.
            if (!found) found = form.piecesOf(document::toNfc(*value), pieces.size());
            if (!found) continue;
            read.push_back(std::move(*found));
            if (fitting == nullptr && areValues(run, read.back())) fitting = &read.back();
        }
        // Where a piece is of no form's type, the first form says which.
        if (fitting == nullptr && !read.empty() && !otherwise) fitting = &read.front();
        if (fitting != nullptr) {
            for (std::size_t i = 0; i < pieces.size(); ++i)
                if (pieces[i].place && (*fitting)[i])
                    putPiece(run, pieces[i], *(*fitting)[i], *source, target);
        } else if (otherwise) {
            run.putValue(target, *otherwise, Kind::String, *value, *source, true);
        } else {
            run.wrongValue(*source, expected());
        }
    }

    [[nodiscard]] bool readsAsPieces(Run& run, const std::string& all) const {
        return std::ranges::any_of(forms, [&](const PatternForm& form) {
            const auto found = form.piecesOf(std::string(trimmed(all)), pieces.size());
            return found && areValues(run, *found);
        });
    }

    [[nodiscard]] bool areValues(Run& run, const PatternForm::Values& found) const {
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (found[i] && !run.converted(*pieces[i].type, *found[i])) return false;
        return true;
    }

    void putPiece(Run& run, const Piece& piece, const std::string& found, const Source& source,
                  Target& target) const {
        const auto value = run.converted(*piece.type, found);
        if (value)
            run.putValue(target, *piece.place, piece.kind, *value, source, true);
        else
            run.refuseValue(source, *piece.type, found);
    }

    void putTogether(Run& run, const Here& here, Target& target) const {
        if (tellsBlank(run, here)) return;
        // Either the pieces go out or the whole does: what does not is not read, and so is told.
        if (otherwise && !hasAll(run, here)) {
            if (const auto all = run.valueAt(here, {*otherwise}, Kind::String, Presence{})) {
                if (readsAsPieces(run, all->text)) {
                    run.wrongValue(*all, {"văn bản này sẽ được đọc lại thành từng phần",
                                          "this text would be read back as its pieces"});
                    return;
                }
                run.putValue(target, text.writes(), Kind::String, all->text,
                             {here.node, {}, {}, false}, true);
                return;
            }
        }
        const auto* const form = completeForm(run, here);
        if (form != nullptr) {
            putText(run, here, *form, target);
            return;
        }
        const bool filled = std::ranges::any_of(
            pieces, [&](const Piece& piece) { return piece.place && has(run, here, piece); });
        if (!filled && !presence.required(run.flow())) {
            if (run.flow() == Flow::Out) run.putAbsent(target, text.writes(), presence, here);
            return;
        }
        for (const Piece& piece : pieces)
            if (piece.place && !piece.form.optional && !has(run, here, piece)) {
                run.missing(here, *piece.place);
                return;
            }
    }

    // A piece that is there and empty is no absent one, unless the rule or the case model says so.
    [[nodiscard]] bool tellsBlank(Run& run, const Here& here) const {
        if (presence.empty == Empty::IsAbsent ||
            (run.flow() == Flow::Out && run.sides().oursIsModel))
            return false;
        for (const Piece& piece : pieces) {
            if (!piece.place || piece.place->isGiven()) continue;
            for (const Node* const node : run.find(here, *piece.place)) {
                const bool nothing = node->isLeaf() && trimmed(node->value).empty();
                if (!nothing) continue;
                run.wrongValue({node, node->value, node->position, false}, notEmpty());
                return true;
            }
        }
        return false;
    }

    // The first that everything is there for. What it does not name is not read, and so is told.
    [[nodiscard]] const PatternForm* completeForm(Run& run, const Here& here) const {
        PatternForm::Values there(pieces.size());
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const Piece& piece = pieces[i];
            if (piece.place ? has(run, here, piece) : !piece.form.written.empty())
                there[i].emplace();
        }
        const auto form = std::ranges::find_if(
            forms, [&](const PatternForm& one) { return one.isComplete(there); });
        return form == forms.end() ? nullptr : &*form;
    }

    [[nodiscard]] bool has(Run& run, const Here& here, const Piece& piece) const {
        if (piece.place->isGiven()) return run.given(here, *piece.place).has_value();
        const auto isFilled = [&](const Node* node) {
            if (node->kind == Kind::Object || node->kind == Kind::Array)
                return !node->children.empty();
            const auto value = trimmed(node->value);
            return !value.empty() && !presence.isWordForNothing(value);
        };
        return std::ranges::any_of(run.find(here, *piece.place), isFilled);
    }

    [[nodiscard]] bool hasAll(Run& run, const Here& here) const {
        return std::ranges::all_of(pieces, [&](const Piece& piece) {
            return !piece.place || piece.form.optional || has(run, here, piece);
        });
    }

    /// Nothing: there is none, or it is of another type, which has been told.
    [[nodiscard]] std::optional<Source> valueOf(Run& run, const Here& here,
                                                const Piece& piece) const {
        if (!piece.place) {
            if (piece.form.written.empty()) return std::nullopt;
            return Source{nullptr, piece.form.written, {}, false};
        }
        Presence loose;
        loose.empty = Empty::IsAbsent;
        loose.nullWords = presence.nullWords;
        auto source = run.valueAt(here, {*piece.place}, piece.kind, loose);
        if (!source) return std::nullopt;
        auto value = run.converted(*piece.type, source->text);
        if (!value) {
            run.refuseValue(*source, *piece.type, source->text);
            return std::nullopt;
        }
        source->text = std::move(*value);
        return source;
    }

    // By this form; by an earlier one it would be other pieces.
    [[nodiscard]] bool readsBack(Run& run, const std::string& made, const PatternForm& form,
                                 const PatternForm::Values& values) const {
        for (const PatternForm& one : forms) {
            const auto back = one.piecesOf(made, pieces.size());
            if (&one == &form) return back && form.sameAs(*back, values);
            if (back && areValues(run, *back)) return false;
        }
        return false;
    }

    // The text must read back as the very pieces it was made of.
    void putText(Run& run, const Here& here, const PatternForm& form, Target& target) const {
        PatternForm::Values values(pieces.size());
        Source first{nullptr, {}, here.node->position, false};
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (!form.names(i)) continue;
            auto source = valueOf(run, here, pieces[i]);
            if (!source) continue;
            if (first.node == nullptr && source->node != nullptr)
                first = {source->node, {}, source->position, false};
            values[i] = std::move(source->text);
        }
        if (!form.isComplete(values)) return;  // one was refused
        std::string made = form.written(values);
        first.text = made;
        if (textIsTheirs && presence.isWordForNothing(made)) {
            run.wrongValue(first, readAsNothing());
            return;
        }
        if (!readsBack(run, made, form, values)) {
            run.wrongValue(first, expected());
            return;
        }
        // The text's own type sees it as its side has it.
        auto value = run.converted(*whole, made);
        if (!value) {
            run.refuseValue(first, *whole, made);
            return;
        }
        run.putValue(target, text.writes(), textKind(run), std::move(*value),
                     {here.node, made, here.node->position, false}, true);
    }

    [[nodiscard]] Kind textKind(const Run& run) const {
        return run.flow() == Flow::In ? whole->oursKind() : whole->jsonKind();
    }
};

PatternPiece formOf(const Node& element) {
    PatternPiece piece;
    piece.name = element.attribute("name")->value;
    piece.match = attributeOr(element, "match", "");
    piece.written = attributeOr(element, "write", "");
    piece.optional = attributeOr(element, "optional", "no") == "yes";
    return piece;
}

Piece makePiece(RuleCompiler& compiler, const Node& element, const Place& place,
                bool textIsTheirs) {
    Piece piece;
    piece.form = formOf(element);
    piece.type = compiler.type(element);
    const Node* const at = element.attribute(textIsTheirs ? "ours" : "theirs");
    if (element.attribute(textIsTheirs ? "theirs" : "ours") != nullptr)
        throw base::Fault("the pieces stand on the other side than the text");
    if (at == nullptr) {
        if (element.attribute("why") == nullptr)
            throw base::Fault("a piece without a place says why");
        if (compiler.active().out && textIsTheirs && piece.form.written.empty() &&
            !piece.form.optional)
            throw base::Fault("say by write what stands there when it is written");
        piece.kind = Kind::String;
        return piece;
    }
    if (textIsTheirs) {
        piece.place = compiler.ourValue(at->value, place, *piece.type);
        piece.kind = piece.type->oursKind();
    } else {
        piece.place = compiler.theirValue(at->value, place);
        piece.kind = compiler.jsonKind(element, piece.type->jsonKind());
    }
    return piece;
}

}  // namespace

std::unique_ptr<Rule> makePattern(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<PatternRule>();
    rule->presence = compiler.presence(element);
    rule->whole = compiler.type(element);
    const Node* const theirs = element.attribute("theirs");
    const Node* const ours = element.attribute("ours");
    if ((theirs == nullptr) == (ours == nullptr))
        throw base::Fault("the text stands in theirs or in ours; its pieces on the other side");
    rule->textIsTheirs = theirs != nullptr;
    if (attributeOr(element, "json", "string") != "string")
        throw base::Fault("a text with pieces is a text: it has no json");
    if (theirs != nullptr) {
        rule->text = compiler.theirValues(element, place);
        if (std::ranges::any_of(rule->text.places, [](const Path& path) { return path.isGiven(); }))
            throw base::Fault("a pattern stands in the document");
    } else {
        rule->text.places.push_back(compiler.ourValue(ours->value, place, *rule->whole));
    }
    std::vector<PatternPiece> declared;
    for (const Node& child : element.children)
        if (child.name == "piece")
            compiler.at(child, [&] {
                rule->pieces.push_back(makePiece(compiler, child, place, rule->textIsTheirs));
                declared.push_back(rule->pieces.back().form);
            });
    for (const auto* name : {"form", "or", "or-else"})
        if (const Node* const form = element.attribute(name))
            rule->forms.push_back(PatternForm::of(document::toNfc(form->value), declared));
    checkForms(rule->forms, declared);
    if (const Node* const otherwise = element.attribute("otherwise")) {
        if (!rule->textIsTheirs) throw base::Fault("otherwise goes with a text of theirs");
        const auto text = makeValueType({}, {});
        rule->otherwise = compiler.ourValue(otherwise->value, place, *text);
    }
    return rule;
}

}  // namespace gateway::mapping
