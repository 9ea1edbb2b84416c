// <field>: one value of theirs, one of ours.

#include <algorithm>

#include "gateway/base/encoding.h"
#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"
#include "gateway/mapping/values/packed_text.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using document::Node;

class FieldRule final : public Rule {
  public:
    Alternatives theirs;
    Path ours;
    std::shared_ptr<const ValueType> type;
    Kind jsonKind{};     ///< in theirs, where that is JSON
    bool first = false;  ///< of several values the first; else they must be one
    Presence presence;
    std::optional<std::string> fallback;  ///< ours
    std::optional<Path> fileName;         ///< ours: of a file that stands zipped in theirs

    void read(Run& run, const Here& here, Target& target) const override {
        Presence wanted = presence;
        if (fallback) wanted.required.in = false;
        const auto source = run.valueAt(here, theirs.places, jsonKind, wanted, first);
        if (!source) return;
        if (isBlank(*source)) {
            run.putValue(target, ours, type->oursKind(), blankOf(run, *source), *source, true);
            return;
        }
        if (fileName) {
            readZipped(run, *source, target);
            return;
        }
        auto value = run.converted(*type, source->text);
        if (value)
            run.putValue(target, ours, type->oursKind(), std::move(*value), *source, true);
        else if (!type->leavesOut(source->text))
            run.refuseValue(*source, *type, source->text);
    }

    void write(Run& run, const Here& here, Target& target) const override {
        Presence wanted = presence;
        if (fallback) wanted.required.out = false;
        if (isOmitted(run, here)) return;
        auto source = run.valueAt(here, {ours}, type->oursKind(), wanted);
        const bool isFallback = !source && fallback && presence.required.out;
        if (isFallback) source = Source{nullptr, *fallback, here.node->position, false};
        if (!source) {
            run.putAbsent(target, theirs.writes(), presence, here);
            run.leaveOut(theirs.writes(), here, target);
            return;
        }
        if (isBlank(*source)) {
            run.putValue(target, theirs.writes(), jsonKind, blankOf(run, *source), *source, true);
            return;
        }
        auto value =
            fileName ? zipped(run, here, source->text) : run.converted(*type, source->text);
        if (value && presence.isWordForNothing(*value))
            run.wrongValue(*source, readAsNothing());
        else if (value)
            run.putValue(target, theirs.writes(), jsonKind, std::move(*value), *source,
                         !isFallback);
        else if (!type->leavesOut(source->text))
            run.refuseValue(*source, *type, source->text);
    }

    // Defaults come last: they stand only where something else has made the place.
    void readLate(Run& run, const Here& here, Target& target) const override {
        if (!fallback) return;
        const auto& steps = ours.steps;
        const std::size_t up = steps.empty() ? 0 : steps.size() - 1;
        const Builder& builder = run.builder();
        if (builder.existing(*target.node, steps, up) == nullptr ||
            builder.existing(*target.node, steps, steps.size()) != nullptr)
            return;
        Source source;
        source.position = here.node->position;
        run.putValue(target, ours, type->oursKind(), *fallback, source, false);
    }

    std::vector<Loss> losses() const override {
        std::vector<Loss> losses = type->losses();
        if (theirs.places.size() > 1) losses.push_back(Loss::Notation);
        if (first) losses.push_back(Loss::First);
        if (fileName) losses.push_back(Loss::Notation);
        if (presence.empty == Empty::IsAbsent || !presence.nullWords.empty())
            losses.push_back(Loss::Absent);
        return losses;
    }

  private:
    void readZipped(Run& run, const Source& source, Target& target) const {
        auto file = unpackedText(source.text, Packing::Zip);
        if (file)
            run.putValue(target, ours, type->oursKind(), base::toBase64(*file), source, true);
        else
            run.wrongValue(source, file.error());
    }

    [[nodiscard]] std::optional<std::string> zipped(Run& run, const Here& here,
                                                    const std::string& content) const {
        const auto bytes = base::fromBase64(content);
        if (!bytes) return std::nullopt;
        const auto name = run.valueAt(here, {*fileName}, Kind::String, Presence{});
        // Who unpacks it must not be led into another folder.
        std::string file = name ? name->text : "";
        if (const auto slash = file.find_last_of("/\\"); slash != std::string::npos)
            file.erase(0, slash + 1);
        if (file.empty() || file == "." || file == "..") file = "tep";
        return packedText({bytes->begin(), bytes->end()}, Packing::Zip, file);
    }

    // Blanks are a text of their own, but for the case model.
    [[nodiscard]] std::string blankOf(const Run& run, const Source& source) const {
        const bool isText = type->oursKind() == Kind::String && !run.sides().oursIsModel;
        return isText && !source.null ? source.text : std::string();
    }

    // A code without one of theirs, which the list leaves out: it is not read, and so is told.
    [[nodiscard]] bool isOmitted(Run& run, const Here& here) const {
        if (ours.isGiven() || presence.required.out || !type->leavesOut({})) return false;
        const Nodes found = run.find(here, ours);
        return found.size() == 1 && found.front()->isLeaf() &&
               !trimmed(found.front()->value).empty() &&
               !run.converted(*type, found.front()->value);
    }

    // Taken as it is, since the rule says that nothing is a value.
    [[nodiscard]] bool isBlank(const Source& source) const {
        return source.null || (presence.empty == Empty::IsValue && trimmed(source.text).empty());
    }
};

// Where the name of a file stands that theirs has zipped; it is the archive's name for it.
std::optional<Path> zippedName(RuleCompiler& compiler, const Node& element, const Place& place) {
    const Node* const name = element.attribute("file-name");
    if ((attributeOr(element, "packed", "") == "zip") != (name != nullptr))
        throw base::Fault("packed=\"zip\" and file-name, where ours has its name, go together");
    if (name == nullptr) return std::nullopt;
    if (attributeOr(element, "as", "text") != "base64")
        throw base::Fault("what is zipped is as=\"base64\"");
    Path path = compiler.ours().path(name->value);
    const auto at = compiler.shapePath(path, place);
    if (!at || compiler.kindAt(*at) != Kind::String) throw base::Fault("file-name is a text");
    return path;
}

}  // namespace

std::unique_ptr<Rule> makeField(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<FieldRule>();
    rule->presence = compiler.presence(element);
    rule->type = compiler.type(element);
    rule->jsonKind = compiler.jsonKind(element, rule->type->jsonKind());
    rule->first = attributeOr(element, "both", "refuse") == "first";
    rule->theirs = compiler.theirValues(element, place);
    rule->ours = compiler.ourValue(element.attribute("ours")->value, place, *rule->type);
    if (const Node* const fallback = element.attribute("default")) {
        if (!rule->type->toTheirs(fallback->value))
            throw base::Fault("the default is no value of ours of this type");
        rule->fallback = fallback->value;
    }
    rule->fileName = zippedName(compiler, element, place);
    if (!rule->ours.isOwn()) return rule;
    const auto at = compiler.shapePath(rule->ours, place);
    if (!at) return rule;
    if (compiler.active().in) {
        compiler.checkWords(*at, rule->type->ourWords());
        if (rule->fallback) compiler.checkWords(*at, {*rule->fallback});
    }
    return rule;
}

}  // namespace gateway::mapping
