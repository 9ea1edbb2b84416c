// <tokens>: several values in one text of theirs, a list of ours. With rules inside, an item may be
// an object.

#include <algorithm>
#include <charconv>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/document/text.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

class TokensRule final : public Rule {
  public:
    Alternatives theirs;
    Path ours;
    std::string separator;      ///< empty where items have one width
    std::size_t width = 0;      ///< in characters
    std::size_t limit = 0;      ///< most items; 0: any number
    bool distinct = false;      ///< an item that comes again is one
    std::optional<Path> minus;  ///< theirs: items that stand there are not ours
    std::shared_ptr<const ValueType> type;
    Presence presence;
    Rules rules;

    void read(Run& run, const Here& here, Target& target) const override {
        const auto source = run.valueAt(here, theirs.places, Kind::String, presence);
        if (!source || source->null) return;
        auto texts = split(source->text);
        if (limit != 0 && texts.size() > limit) {
            run.wrongValue(*source, tooMany());
            return;
        }
        if (width != 0 && !texts.empty() && charactersIn(texts.back()) != width) {
            run.wrongValue(*source, ofWidth());
            return;
        }
        const auto others = othersAt(run, here);
        std::set<std::string> seen;
        std::size_t position = 0;
        for (std::string& text : texts) {
            if (others.contains(text) || (!seen.insert(document::toNfc(text)).second && distinct))
                continue;
            if (text.empty()) {
                run.wrongValue({source->node, text, source->position, false}, notEmpty());
                return;
            }
            if (!readItem(run, *source, std::move(text), ++position, target)) return;
        }
    }

    void write(Run& run, const Here& here, Target& target) const override {
        const Nodes items = run.find(here, ours);
        std::string text;
        std::set<std::string> seen;
        std::size_t count = 0;
        const auto append = [&](const std::string& item) {
            if (!seen.insert(document::toNfc(item)).second && distinct) return;
            text.append(count++ == 0 ? "" : separator).append(item);
        };
        for (const auto& other : othersAt(run, here)) append(other);
        for (const Node* item : items) {
            run.mark(*item, rules.empty() ? Marks::Use::Used : Marks::Use::Passed);
            const auto written = itemText(run, *item);
            if (written && fits(run, *item, *written)) append(*written);
        }
        if (limit != 0 && count > limit)
            run.wrongValue({items.empty() ? here.node : items.back(), text, {}, false}, tooMany());
        if (count != 0 && presence.isWordForNothing(text))
            run.wrongValue({items.empty() ? here.node : items.front(), text, {}, false},
                           readAsNothing());
        else if (count != 0)
            run.putValue(target, theirs.writes(), Kind::String, std::move(text),
                         {items.empty() ? here.node : items.front(), {}, {}, false}, true);
        else if (presence.required(run.flow()))
            run.missing(here, ours);
        else
            run.putAbsent(target, theirs.writes(), presence, here);
    }

    std::vector<Loss> losses() const override {
        auto losses = type->losses();
        losses.push_back(Loss::Blanks);
        if (theirs.places.size() > 1) losses.push_back(Loss::Notation);
        if (distinct || minus) losses.push_back(Loss::First);
        return losses;
    }
    void forEachInside(const std::function<void(const Rule&)>& visit) const override {
        for (const auto& rule : rules) visit(*rule);
    }

  private:
    [[nodiscard]] base::Words tooMany() const {
        return {"không được quá " + std::to_string(limit) + " mục",
                "it must have at most " + std::to_string(limit) + " items"};
    }

    [[nodiscard]] base::Words ofWidth() const {
        return {"mỗi mục phải có đúng " + std::to_string(width) + " ký tự",
                "each item must have " + std::to_string(width) + " characters"};
    }

    static std::size_t charactersIn(std::string_view text) {
        return static_cast<std::size_t>(std::ranges::count_if(text, begins));
    }
    /// A byte by which a character begins.
    static bool begins(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

    [[nodiscard]] std::vector<std::string> split(std::string_view text) const {
        if (width == 0) {
            if (!trimmed(separator).empty()) return splitTrimmed(text, separator);
            // A blank stands for a run of them, line ends too, as in the lists of XML Schema.
            auto texts = splitTrimmed(document::oneBlank(text), " ");
            std::erase(texts, std::string());
            return texts;
        }
        std::vector<std::string> texts;
        std::size_t characters = 0;
        for (const char c : trimmed(text)) {
            if (begins(c) && characters++ % width == 0) texts.emplace_back();
            texts.back().push_back(c);
        }
        return texts;
    }

    // Of their side, also when that is written: it stands in what was written before.
    [[nodiscard]] std::set<std::string> othersAt(Run& run, const Here& here) const {
        std::set<std::string> others;
        if (!minus || run.flow() == Flow::Out) return others;
        for (const Node* node : run.find(here, *minus))
            for (auto& text : split(node->value)) others.insert(std::move(text));
        return others;
    }

    bool readItem(Run& run, const Source& source, std::string text, std::size_t position,
                  Target& target) const {
        const Below below(target, ours.steps);
        const auto& steps = below.steps();
        if (!run.mayWrite(text.size(), source)) return false;
        Node item = run.builder().fresh(steps.back(), source.position);
        if (!rules.empty()) {
            Target place{&item, false, &below.target()};
            const Node& part = run.partOf(source, std::move(text));
            run.runAll(rules, Here{&part, false, position}, place);
        } else {
            auto value = run.converted(*type, text);
            if (!value) {
                run.refuseValue({source.node, text, source.position, false}, *type, text);
                return false;
            }
            Node leaf = document::stringNode({}, std::move(*value));
            leaf.kind = type->oursKind();
            leaf.position = source.position;
            static_cast<void>(run.builder().put(item, {}, std::move(leaf)));
        }
        Node& parent =
            run.builder().container(*below.target().node, steps, steps.size() - 1, source.position);
        run.builder().attach(parent, steps.back(), std::move(item));
        target.real = true;
        return true;
    }

    [[nodiscard]] std::optional<std::string> itemText(Run& run, const Node& item) const {
        if (rules.empty()) {
            auto text = run.converted(*type, item.value);
            if (!text)
                run.refuseValue({&item, item.value, item.position, false}, *type, item.value);
            return text;
        }
        Node made;
        made.kind = run.targetForm() == Form::Xml ? Kind::Element : Kind::Object;
        Target place{&made, false, nullptr};
        run.choiceMissed = false;
        run.runAll(rules, Here{&item, false, 0}, place);
        if (place.real) return made.value;
        if (!run.choiceMissed) run.wrongValue({&item, {}, item.position, false}, notEmpty());
        return std::nullopt;
    }

    [[nodiscard]] bool fits(Run& run, const Node& item, const std::string& text) const {
        const Source source{&item, text, item.position, false};
        if (width != 0) {
            // Blanks at either end of the whole are dropped when it is read.
            if (charactersIn(text) == width && trimmed(text).size() == text.size()) return true;
            run.wrongValue(source, ofWidth());
            return false;
        }
        if (trimmed(text).empty()) {
            run.wrongValue(source, notEmpty());
            return false;
        }
        const bool blank = trimmed(separator).empty();
        const bool parts =
            blank ? split(text).size() > 1 : text.find(separator) != std::string::npos;
        if (!parts) return true;
        run.wrongValue(source, {"không được có dấu “" + separator + "”",
                                "it must be without \"" + separator + "\""});
        return false;
    }
};

std::size_t countOf(const Node& element, std::string_view name) {
    const std::string digits = attributeOr(element, name, "0");
    std::size_t count = 0;
    static_cast<void>(std::from_chars(digits.data(), digits.data() + digits.size(), count));
    return count;
}

}  // namespace

std::unique_ptr<Rule> makeTokens(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<TokensRule>();
    if (attributeOr(element, "json", "string") != "string")
        throw base::Fault("several values in one text are a text: it has no json");
    rule->presence = compiler.presence(element);
    rule->type = compiler.type(element);
    rule->separator = attributeOr(element, "on", "");
    rule->width = countOf(element, "width");
    rule->limit = countOf(element, "limit");
    rule->distinct = attributeOr(element, "distinct", "no") == "yes";
    if (rule->separator.empty() == (rule->width == 0))
        throw base::Fault("items are told apart by on or by width");
    rule->theirs = compiler.theirValues(element, place);
    const Path& text = rule->theirs.writes();
    if (std::ranges::any_of(rule->theirs.places, [](const Path& path) { return path.isGiven(); }))
        throw base::Fault("tokens stand in the document");
    if (const Node* const minus = element.attribute("minus")) {
        if (compiler.active().out)
            throw base::Fault("what minus leaves out is not written; say direction=\"in\"");
        rule->minus = compiler.theirs().path(minus->value);
        compiler.theirPath(*rule->minus, place);
    }
    rule->ours = compiler.ourList(element.attribute("ours")->value, place);
    if (compiler.active().in) {
        Path containers = rule->ours;
        containers.steps.pop_back();
        compiler.checkWritable(containers, place.ourSteps);
    }
    const auto items = compiler.shapePath(rule->ours, place);
    if (!items) throw base::Fault("a list is one place");
    rule->rules = compiler.rules(
        element,
        RuleCompiler::below(place, &text, compiler.theirPath(text, place), &rule->ours, *items));
    if (!rule->rules.empty()) return rule;
    if (!rule->ours.steps.back().where.empty()) throw base::Fault("tokens have no condition");
    if (compiler.ours().form() == Form::Json && compiler.kindAt(*items) != rule->type->oursKind())
        throw base::Fault("the list has items of another kind than the type");
    if (compiler.active().in) compiler.checkWords(*items, rule->type->ourWords());
    return rule;
}

}  // namespace gateway::mapping
