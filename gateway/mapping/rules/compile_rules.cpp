// The kinds of rules, one function each.

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/rules/attributes.h"
#include "gateway/mapping/rules/compile.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using document::Node;

PerFlow requiredOf(const Node& element, std::string_view fallback) {
    const std::string required = attributeOr(element, "required", fallback);
    return {required == "yes" || required == "in", required == "yes" || required == "out"};
}

Presence presenceOf(const Node& element) {
    return {requiredOf(element, "no"), attributeOr(element, "empty", "refuse") == "is-absent"};
}

TypeSpec typeSpecOf(const Node& element) {
    return {attributeOr(element, "as", "text"), attributeOr(element, "true", ""),
            attributeOr(element, "false", ""), attributeOr(element, "zone", "")};
}

Kind jsonKindOf(const Node& element, Kind usual) {
    const std::string json = attributeOr(element, "json", "");
    if (json.empty()) return usual;
    return json == "number" ? Kind::Number : json == "boolean" ? Kind::Boolean : Kind::String;
}

bool isGiven(const Path& path) {
    return path.from == Path::From::Exchange || path.from == Path::From::Position;
}

}  // namespace

GroupRule RuleCompiler::group(const Node& element, const Place& place) {
    GroupRule rule;
    rule.presence = presenceOf(element);
    Place inner = place;
    if (const Node* const theirs = element.attribute("theirs")) {
        rule.theirs = theirPaths_.path(theirs->value);
        if (isGiven(*rule.theirs)) throw base::Fault("a group is a place in the document");
        if (active_.out) checkWritable(*rule.theirs);
        if (active_.out && rule.theirs->from == Path::From::Root)
            throw base::Fault("a group elsewhere can only be read; say direction=\"in\"");
    }
    if (const Node* const ours = element.attribute("ours")) {
        rule.ours = ourPaths_.path(ours->value);
        inner.path = shapePath(*rule.ours, place);
        if (active_.in) checkWritable(*rule.ours);
        if (rule.ours->from == Path::From::Root) throw base::Fault("ours goes down from here only");
        if (kindAt(inner.path) != Kind::Object)
            throw base::Fault("\"" + inner.path + "\" has nothing below it");
    }
    rule.rules = rules(element, inner);
    return rule;
}

FieldRule RuleCompiler::field(const Node& element, const Place& place) {
    FieldRule rule;
    rule.presence = presenceOf(element);
    rule.type = makeValueType(typeSpecOf(element), codes_);
    rule.jsonKind = jsonKindOf(element, rule.type->jsonKind());
    rule.theirs = theirPaths_.alternatives(element.attribute("theirs")->value);
    if (const Node* const write = element.attribute("write")) {
        const auto same = [write](const Path& path) { return path.text == write->value; };
        const auto found = std::find_if(rule.theirs.begin(), rule.theirs.end(), same);
        if (found == rule.theirs.end()) throw base::Fault("write is one of the places of theirs");
        rule.written = static_cast<std::size_t>(found - rule.theirs.begin());
    }
    for (const Path& path : rule.theirs)
        if (isGiven(path) && active_.out)
            throw base::Fault(path.text + " is never written; say direction=\"in\"");
    if (active_.out) checkWritable(rule.theirs[rule.written]);
    rule.ours = valuePath(element.attribute("ours")->value, place, *rule.type);
    if (rule.ours.from == Path::From::Root) throw base::Fault("ours goes down from here only");
    if (const Node* const fallback = element.attribute("default")) {
        if (!rule.type->toTheirs(fallback->value))
            throw base::Fault("the default is no value of ours of this type");
        rule.fallback = fallback->value;
    }
    if (active_.in) {
        const std::string at = shapePath(rule.ours, place);
        checkWords(at, rule.type->ourWords());
        if (rule.fallback) checkWords(at, {*rule.fallback});
    }
    return rule;
}

EachRule RuleCompiler::each(const Node& element, const Place& place) {
    EachRule rule;
    rule.presence = presenceOf(element);
    rule.theirs = theirList(element.attribute("theirs")->value);
    if (active_.out && rule.theirs.from == Path::From::Root)
        throw base::Fault("a list elsewhere can only be read; say direction=\"in\"");
    if (rule.theirs.steps.back().attribute) throw base::Fault("an attribute does not repeat");
    rule.ours = listPath(element.attribute("ours")->value, place);
    const auto canBeMade = [](const Step& step) {
        return std::all_of(step.where.begin(), step.where.end(), [](const Clause& clause) {
            return clause.test != Clause::Test::Equals || clause.path.steps.size() == 1;
        });
    };
    if (!canBeMade(rule.theirs.steps.back()) || !canBeMade(rule.ours.steps.back()))
        throw base::Fault("a condition of each tests a member of the item itself");
    const std::string items = shapePath(rule.ours, place);
    rule.ofValues = kindAt(items) != Kind::Object;
    rule.rules = rules(element, Place{items, true});
    return rule;
}

TokensRule RuleCompiler::tokens(const Node& element, const Place& place) {
    TokensRule rule;
    rule.presence = presenceOf(element);
    rule.type = makeValueType(typeSpecOf(element), codes_);
    rule.separator = element.attribute("on")->value;
    rule.theirs = theirPaths_.path(element.attribute("theirs")->value);
    if (isGiven(rule.theirs)) throw base::Fault("tokens stand in the document");
    if (active_.out) checkWritable(rule.theirs);
    rule.ours = listPath(element.attribute("ours")->value, place);
    if (!rule.ours.steps.back().where.empty()) throw base::Fault("tokens have no condition");
    if (kindAt(shapePath(rule.ours, place)) != rule.type->oursKind())
        throw base::Fault("the list has items of another kind than the type");
    if (active_.in) checkWords(shapePath(rule.ours, place), rule.type->ourWords());
    return rule;
}

ConstantRule RuleCompiler::constant(const Node& element, const Place& place) {
    ConstantRule rule;
    rule.required = requiredOf(element, "yes");
    rule.value = element.attribute("value")->value;
    const Node* const theirs = element.attribute("theirs");
    const Node* const ours = element.attribute("ours");
    if ((theirs == nullptr) == (ours == nullptr))
        throw base::Fault("a constant has either theirs or ours");
    if (theirs != nullptr) {
        rule.theirs = theirPaths_.path(theirs->value);
        if (isGiven(*rule.theirs)) throw base::Fault("a constant stands in the document");
        rule.kind = jsonKindOf(element, Kind::String);
        if (active_.out) checkWritable(*rule.theirs);
        return rule;
    }
    rule.ours = ourPaths_.path(ours->value);
    rule.kind = kindAt(shapePath(*rule.ours, place));
    if (rule.kind == Kind::Object || rule.kind == Kind::Array)
        throw base::Fault("a constant is one value");
    checkWords(shapePath(*rule.ours, place), {rule.value});
    checkWritable(*rule.ours);
    return rule;
}

PatternRule RuleCompiler::pattern(const Node& element, const Place& place) {
    PatternRule rule;
    rule.presence = presenceOf(element);
    rule.theirs = theirPaths_.path(element.attribute("theirs")->value);
    if (isGiven(rule.theirs)) throw base::Fault("a pattern stands in the document");
    if (active_.out) checkWritable(rule.theirs);
    rule.form = element.attribute("form")->value;

    std::vector<const Node*> declared;
    for (const Node& piece : element.children)
        if (piece.name == "piece") declared.push_back(&piece);
    std::string expression;
    std::string_view rest = rule.form;
    for (;;) {
        const auto open = rest.find('{');
        rule.texts.emplace_back(rest.substr(0, open));
        expression.append(re2::RE2::QuoteMeta(rule.texts.back()));
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        if (close == std::string_view::npos) throw base::Fault("a brace is not closed in form");
        const auto name = rest.substr(open + 1, close - open - 1);
        rest.remove_prefix(close + 1);
        const auto found =
            std::find_if(declared.begin(), declared.end(), [name](const Node* piece) {
                return piece != nullptr && piece->attribute("name")->value == name;
            });
        if (found == declared.end())
            throw base::Fault("form names a piece that is missing or used before");
        const Node& piece = **found;
        *found = nullptr;
        expression.append("(").append(attributeOr(piece, "match", "(?s:.+?)")).append(")");
        std::shared_ptr<const ValueType> type = makeValueType(typeSpecOf(piece), codes_);
        Path ours = valuePath(piece.attribute("ours")->value, place, *type);
        rule.pieces.push_back({std::move(ours), std::move(type)});
    }
    if (std::any_of(declared.begin(), declared.end(), [](const Node* left) { return left; }))
        throw base::Fault("a piece is not in form");
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    rule.expression = std::make_shared<const re2::RE2>(expression, options);
    if (!rule.expression->ok()) throw base::Fault(rule.expression->error());
    if (rule.expression->NumberOfCapturingGroups() != static_cast<int>(rule.pieces.size()))
        throw base::Fault("match has groups of its own; write (?:...)");
    if (const Node* const otherwise = element.attribute("otherwise")) {
        const auto text = makeValueType({}, codes_);
        rule.otherwise = valuePath(otherwise->value, place, *text);
    }
    return rule;
}

ChooseRule RuleCompiler::choose(const Node& element, const Place& place) {
    ChooseRule rule;
    rule.required = requiredOf(element, "no");
    for (const Node& child : element.children) {
        if (child.name != "option") continue;
        atElement(file_, child, [&] {
            Option option;
            if (const Node* const theirs = child.attribute("when-theirs"))
                option.whenTheirs = theirPaths_.condition(theirs->value);
            if (const Node* const ours = child.attribute("when-ours")) {
                option.whenOurs = ourPaths_.condition(ours->value);
                checkCondition(option.whenOurs, place);
            }
            option.rules = rules(child, place);
            rule.options.push_back(std::move(option));
        });
    }
    // An earlier option that always holds hides the later ones.
    for (std::size_t i = 0; i + 1 < rule.options.size(); ++i)
        if ((active_.in && rule.options[i].whenTheirs.empty()) ||
            (active_.out && rule.options[i].whenOurs.empty()))
            throw base::Fault("option " + std::to_string(i + 1) +
                              " always holds in one direction, so those after it never do");
    return rule;
}

LeaveRule RuleCompiler::leave(const Node& element) {
    LeaveRule rule;
    rule.theirs = theirPaths_.path(element.attribute("theirs")->value);
    if (isGiven(rule.theirs) || rule.theirs.steps.empty())
        throw base::Fault("name a place in the document");
    rule.keep = element.name == "keep";
    rule.why = element.attribute("why")->value;
    return rule;
}

}  // namespace gateway::mapping
