// <pattern>: one text made of several values. The text stands on one side, its pieces on the
// other; of several forms the first that fits is read, the first that is complete is written.

#include <algorithm>

#include "gateway/base/fault.h"
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
    Path text;
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
        if (forms.size() > 1) losses.push_back(Loss::Notation);
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
        const auto source = run.valueAt(here, {text}, Kind::String, presence);
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
            if (!found) continue;
            read.push_back(std::move(*found));
            if (fitting == nullptr && areValues(run, read.back())) fitting = &read.back();
        }
        // Where a piece is of no form's type, the first form says which.
        if (fitting == nullptr && !read.empty()) fitting = &read.front();
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
        // Either the pieces go out or the whole does: what does not is not read, and so is told.
        if (otherwise && !hasAll(run, here)) {
            if (const auto all = run.valueAt(here, {*otherwise}, Kind::String, Presence{})) {
                run.putValue(target, text, Kind::String, all->text, {here.node, {}, {}, false},
                             true);
                return;
            }
        }
        const PatternForm* const form = formFor(run, here);
        PatternForm::Values values(pieces.size());
        std::size_t filled = 0;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (form != nullptr && !form->names(i)) continue;
            values[i] = valueOf(run, here, pieces[i]);
            if (values[i] && pieces[i].place) ++filled;
        }
        if (form != nullptr && form->isComplete(values)) {
            putText(run, here, *form, values, target);
            return;
        }
        if (filled == 0 && !presence.required(run.flow())) {
            if (run.flow() == Flow::Out) run.putAbsent(target, text, presence, here);
            return;
        }
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (!values[i] && pieces[i].place && !pieces[i].form.optional &&
                (form == nullptr || form->names(i))) {
                run.missing(here, *pieces[i].place);
                return;
            }
    }

    // The first form of which all is there, found without reading: a value for which it has no
    // room stays unread, and so is told.
    [[nodiscard]] const PatternForm* formFor(Run& run, const Here& here) const {
        PatternForm::Values there(pieces.size());
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (isThere(run, here, pieces[i])) there[i].emplace();
        const auto form =
            std::find_if(forms.begin(), forms.end(),
                         [&there](const PatternForm& one) { return one.isComplete(there); });
        return form == forms.end() ? nullptr : &*form;
    }

    [[nodiscard]] bool isThere(Run& run, const Here& here, const Piece& piece) const {
        if (!piece.place) return !piece.form.written.empty();
        if (piece.place->isGiven()) return true;
        const Nodes found = run.find(here, *piece.place);
        return std::any_of(found.begin(), found.end(), [this](const Node* node) {
            if (node->kind == Kind::Object || node->kind == Kind::Array)
                return !node->children.empty();
            const std::string_view value = trimmed(node->value);
            const auto& nothing = presence.nullWords;
            return !value.empty() &&
                   std::find(nothing.begin(), nothing.end(), value) == nothing.end();
        });
    }

    [[nodiscard]] bool hasAll(Run& run, const Here& here) const {
        return std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
            if (!piece.place || piece.form.optional) return true;
            const Nodes found = run.find(here, *piece.place);
            return !found.empty() && !trimmed(found.front()->value).empty();
        });
    }

    [[nodiscard]] std::optional<std::string> valueOf(Run& run, const Here& here,
                                                     const Piece& piece) const {
        if (!piece.place)
            return piece.form.written.empty() ? std::nullopt : std::optional(piece.form.written);
        Presence loose;
        loose.empty = Empty::IsAbsent;
        loose.nullWords = presence.nullWords;
        const auto source = run.valueAt(here, {*piece.place}, piece.kind, loose);
        if (!source) return std::nullopt;
        auto value = run.converted(*piece.type, source->text);
        if (!value) run.refuseValue(*source, *piece.type, source->text);
        return value;
    }

    // The text must read back as the very pieces it was made of.
    void putText(Run& run, const Here& here, const PatternForm& form,
                 const std::vector<std::optional<std::string>>& values, Target& target) const {
        std::string made = form.written(values);
        const Source source{here.node, made, here.node->position, false};
        const auto back = form.piecesOf(made, pieces.size());
        if (!back || !form.sameAs(*back, values)) {
            run.wrongValue({nullptr, made, here.node->position, false}, expected());
            return;
        }
        // The text's own type sees it as its side has it.
        auto value = run.converted(*whole, made);
        if (!value) {
            run.refuseValue({nullptr, made, here.node->position, false}, *whole, made);
            return;
        }
        run.putValue(target, text, textKind(run), std::move(*value), source, true);
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
        piece.kind = RuleCompiler::jsonKind(element, piece.type->jsonKind());
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
    if (theirs != nullptr) {
        rule->text = compiler.theirValue(theirs->value, place);
        if (rule->text.isGiven()) throw base::Fault("a pattern stands in the document");
    } else {
        rule->text = compiler.ourValue(ours->value, place, *rule->whole);
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
            rule->forms.push_back(PatternForm::of(form->value, declared));
    checkForms(rule->forms, declared);
    if (const Node* const otherwise = element.attribute("otherwise")) {
        if (!rule->textIsTheirs) throw base::Fault("otherwise goes with a text of theirs");
        const auto text = makeValueType({}, {});
        rule->otherwise = compiler.ourValue(otherwise->value, place, *text);
    }
    return rule;
}

}  // namespace gateway::mapping
