#include "gateway/mapping/engine/compiler.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/code_elements.h"
#include "gateway/mapping/engine/part_rule.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

constexpr std::size_t kDeepestRules = 40;
constexpr std::size_t kMostFaults = 100;

// What stands inside another rule and is compiled by it.
constexpr std::array<std::string_view, 2> kNoRules = {"piece", "option"};

std::string textOf(const Node& element) {
    std::string text = element.name;
    for (const auto* name : {"theirs", "ours"})
        if (const Node* attribute = element.attribute(name))
            text.append(" ").append(name).append("=\"").append(attribute->value).append("\"");
    return text + ", line " + std::to_string(element.position.line);
}

// The rule that reads when the message was created, and those around it.
bool tellsDay(const Rule& rule) {
    bool tells = rule.ourPlaces.hasOwn("envelope/created");
    rule.forEachInside([&tells](const Rule& inner) { tells = tells || inner.tellsDay; });
    return tells;
}

void number(Node& node, const std::string& digits) {
    constexpr std::string_view kSlot = "{n}";
    if (node.kind == Kind::Attribute)
        for (auto at = node.value.find(kSlot); at != std::string::npos; at = node.value.find(kSlot))
            node.value.replace(at, kSlot.size(), digits);
    for (Node& child : node.children) number(child, digits);
}

}  // namespace

RuleCompiler::RuleCompiler(const RuleKinds& kinds, CompilerSides sides,
                           std::shared_ptr<const CodeLists> codeLists) :
    kinds_(kinds), sides_(std::move(sides)), active_(sides_.directions) {
    codes_.outside = std::move(codeLists);
}

void RuleCompiler::note(std::string fault) {
    if (faults_.size() < kMostFaults) faults_.push_back(std::move(fault));
}

void RuleCompiler::at(const Node& element, const std::function<void()>& work) const {
    atElement(file_, element, work);
}

void RuleCompiler::addShared(const Node& parent, const std::string& file) {
    file_ = file;
    for (const Node& element : parent.children) try {
            if (element.name == "code-list") {
                atElement(file_, element, [&] { addCodeList(element); });
            } else if (element.name == "part") {
                const std::string& name = element.attribute("name")->value;
                if (!parts_.emplace(name, Part{&element, file}).second)
                    throw base::Fault(placeOf(file, element) + "there are two parts \"" + name +
                                      "\"");
            }
        } catch (const base::Fault& fault) {
            note(fault.what());
        }
}

void RuleCompiler::addTable(const std::string& name, std::shared_ptr<CodeTable> table) {
    if (!codes_.local.emplace(name, std::move(table)).second)
        throw base::Fault("there are two code lists \"" + name + "\"");
}

void RuleCompiler::addCodeList(const Node& element) {
    const std::string& name = element.attribute("name")->value;
    // Of a document beside the mapping: the loader has made it.
    if (element.attribute("from") != nullptr) return;
    auto table = std::make_shared<CodeTable>();
    table->setUnknown(attributeOr(element, "unknown", "refuse"));
    addTable(name, table);
    addCodes(element, file_, *table);
}

Accept RuleCompiler::accept(const Node& element, const std::string& file) {
    Accept accept;
    atElement(file, element, [&] {
        const bool xml = theirs().form() == Form::Xml;
        const Node* const root = element.attribute("root");
        if (xml != (root != nullptr))
            throw base::Fault("XML is accepted by its root, JSON has none");
        if (root != nullptr) {
            const Path path = theirs().path(root->value);
            if (path.from != Path::From::Here || path.steps.size() != 1 ||
                path.steps.front().attribute || path.steps.front().axis != Step::Axis::Child)
                throw base::Fault("root is the name of an element");
            accept.root = path.steps.front();
        }
        if (const Node* const when = element.attribute("when")) {
            const Place place{{}, root == nullptr ? std::string() : accept.root->name, {}, {}};
            NamedPlaces outer = std::exchange(theirNamed_, {});
            accept.when = theirCondition(when->value, place);
            accept.tested = std::exchange(theirNamed_, std::move(outer)).tested;
        }
        if (!xml && accept.when.empty()) throw base::Fault("JSON is accepted by a condition");
    });
    return accept;
}

Rules RuleCompiler::body(const Node& element, const std::string& file) {
    file_ = file;
    return rules(element, Place{});
}

Rules RuleCompiler::rules(const Node& parent, const Place& place) {
    if (depth_ >= kDeepestRules)
        throw base::Fault(placeOf(file_, parent) + "rules nested too deeply: more than " +
                          std::to_string(kDeepestRules));
    ++depth_;
    const Node* const outer = std::exchange(parent_, &parent);
    Rules rules;
    for (const Node& element : parent.children)
        if (element.kind == Kind::Element &&
            std::find(kNoRules.begin(), kNoRules.end(), element.name) == kNoRules.end())
            addRule(element, place, rules);
    checkShapes(rules, place);
    parent_ = outer;
    --depth_;
    return rules;
}

// In JSON a place is a value or has something below it.
void RuleCompiler::checkShapes(const Rules& rules, const Place& place) {
    if (theirs().form() != Form::Json) return;
    static constexpr std::array<std::string_view, 5> kValues = {"field", "constant", "tokens",
                                                                "pattern", "inside"};
    const auto isOf = [](const std::unique_ptr<const Rule>& rule, bool value) {
        const bool takesValue = std::ranges::find(kValues, rule->kind) != kValues.end();
        return value ? takesValue : rule->kind == "group" || rule->kind == "each";
    };
    for (const auto& one : rules)
        for (const auto& other : rules) {
            if (!isOf(one, true) || !isOf(other, false) || other->theirPlaces.own.empty()) continue;
            std::string below = other->theirPlaces.own.front();
            if (below == place.theirs) continue;
            if (below.ends_with("[]")) below.resize(below.size() - 2);
            const bool both =
                (one->active.in && other->active.in) || (one->active.out && other->active.out);
            if (both && one->theirPlaces.hasOwn(below))
                note(placeOf(file_, *parent_) + "\"" + below + "\" is a value by " +
                     one->label.text + " and has something below it by " + other->label.text);
        }
}

Rules RuleCompiler::rulesInside(const Node& parent, const Place& place, Form form) {
    const PathParser outer = std::exchange(sides_.theirs, sides_.theirs.inForm(form));
    Rules inner = rules(parent, place);
    sides_.theirs = outer;
    return inner;
}

Rules RuleCompiler::rulesNumbered(const Node& parent, const Place& place, std::size_t count) {
    const auto outer = std::exchange(number_, count);
    Node copy = parent;
    number(copy, std::to_string(count));
    Rules inner = rules(copy, place);
    number_ = outer;
    return inner;
}

PerFlow RuleCompiler::activity(const Node& element) const {
    const std::string direction = attributeOr(element, "direction", "both");
    const PerFlow wanted{direction != "out", direction != "in"};
    return {active_.in && wanted.in, active_.out && wanted.out};
}

void RuleCompiler::addRule(const Node& element, const Place& place, Rules& rules) {
    const PerFlow outer = std::exchange(active_, activity(element));
    const std::size_t depth = depth_;
    const std::string file = file_;
    const PathParser theirs = sides_.theirs;
    const Node* const parent = parent_;
    NamedPlaces theirNamed = std::exchange(theirNamed_, {});
    NamedPlaces ourNamed = std::exchange(ourNamed_, {});
    try {
        atElement(file_, element, [&] {
            if (element.attribute("part") != nullptr) {
                addUse(element, place, rules);
                return;
            }
            auto rule = kinds_.at(element.name)(*this, element, place);
            rule->active = active_;
            rule->kind = element.name;
            rule->as = attributeOr(element, "as", "");
            rule->theirPlaces = std::move(theirNamed_);
            rule->ourPlaces = std::move(ourNamed_);
            if (auto absence = absenceAt(element, sides_.directions.in, active_,
                                         required(element, "no"), rule->ourPlaces.own)) {
                absence->where = placeOf(file_, element);
                absences_.push_back(*std::move(absence));
            }
            rule->tellsDay = tellsDay(*rule);
            rule->label.text = textOf(element);
            rule->label.file = std::filesystem::path(file_).lexically_normal().string();
            rule->label.around = place.ours;
            if (const Node* const why = element.attribute("why")) rule->label.why = why->value;
            rules.push_back(std::move(rule));
        });
    } catch (const base::Fault& fault) {
        note(fault.what());
        depth_ = depth;
        file_ = file;
        sides_.theirs = theirs;
        parent_ = parent;
    }
    theirNamed_ = std::move(theirNamed);
    ourNamed_ = std::move(ourNamed);
    active_ = outer;
}

void RuleCompiler::addUse(const Node& element, const Place& place, Rules& rules) {
    if (element.attribute("mapping") != nullptr) throw base::Fault("say part or mapping");
    const auto found = parts_.find(element.attribute("part")->value);
    if (found == parts_.end()) throw base::Fault("there is no such part");
    const Part& part = found->second;
    const auto above = std::find_if(
        partsInUse_.rbegin(), partsInUse_.rend(),
        [&](const PartInUse& one) { return one.part == &part && one.number == number_; });
    if (above == partsInUse_.rend()) {
        Rules inner = rulesOfPart(part, place, nullptr);
        rules.insert(rules.end(), std::make_move_iterator(inner.begin()),
                     std::make_move_iterator(inner.end()));
        return;
    }
    // Inside itself it is compiled once more; there it is met again, and goes on with those rules.
    checkGoesDown(*above, place);
    auto rule = std::make_unique<PartRule>();
    rule->active = active_;
    rule->kind = element.name;
    rule->label.text = textOf(element);
    rule->label.file = std::filesystem::path(file_).lexically_normal().string();
    if (above->rule != nullptr)
        rule->again = above->rule;
    else
        rule->rules = rulesOfPart(part, place, rule.get());
    rule->tellsDay = tellsDay(*rule);
    rules.push_back(std::move(rule));
}

Rules RuleCompiler::rulesOfPart(const Part& part, const Place& place, const PartRule* rule) {
    const std::string outer = std::exchange(file_, part.file);
    Node numbered;
    if (number_) {
        numbered = *part.element;
        number(numbered, std::to_string(*number_));
    }
    partsInUse_.push_back({&part, number_, rule, place.ours, place.theirs});
    Rules inner = rules(number_ ? numbered : *part.element, place);
    partsInUse_.pop_back();
    file_ = outer;
    return inner;
}

// Reading ends where theirs does, writing where ours does.
void RuleCompiler::checkGoesDown(const PartInUse& above, const Place& place) const {
    const auto goesDown = [](const std::string& from, const std::string& to) {
        return to.size() > from.size() && to.starts_with(from);
    };
    if ((active_.in && !goesDown(above.theirs, place.theirs)) ||
        (active_.out && !goesDown(above.ours, place.ours)))
        throw base::Fault(
            "a part that uses itself goes down first, on each side that is read: put the use into "
            "a group or each");
}

// --- attributes that many kinds have

PerFlow RuleCompiler::required(const Node& element, std::string_view fallback) {
    const std::string required = attributeOr(element, "required", fallback);
    return {required == "yes" || required == "in", required == "yes" || required == "out"};
}

Presence RuleCompiler::presence(const Node& element) const {
    Presence presence;
    presence.required = required(element, "no");
    const std::string empty = attributeOr(element, "empty", "refuse");
    presence.empty = empty == "is-absent"  ? Empty::IsAbsent
                     : empty == "is-value" ? Empty::IsValue
                                           : Empty::Refused;
    const std::string absent = attributeOr(element, "write-absent", "");
    presence.writeAbsent = absent == "empty"  ? WriteAbsent::Empty
                           : absent == "null" ? WriteAbsent::Null
                                              : WriteAbsent::Nothing;
    // What we write ourselves for nothing is read as nothing.
    if (!absent.empty() && presence.empty == Empty::Refused) presence.empty = Empty::IsAbsent;
    if (const Node* const words = element.attribute("null-words"))
        presence.nullWords = splitTrimmed(words->value, "|");
    return presence;
}

std::shared_ptr<const ValueType> RuleCompiler::type(const Node& element) const {
    TypeSpec spec{attributeOr(element, "as", "text"), attributeOr(element, "true", ""),
                  attributeOr(element, "false", ""), attributeOr(element, "zone", ""),
                  attributeOr(element, "century", "")};
    if (spec.as == "boolean" && spec.trueWords.empty() && spec.falseWords.empty()) {
        // A number says it by 1 and 0, a spreadsheet in capitals.
        const bool number = attributeOr(element, "json", "") == "number";
        if (number || sides_.table) {
            spec.trueWords = number ? "1" : "TRUE|true|1";
            spec.falseWords = number ? "0" : "FALSE|false|0";
        }
    }
    return makeValueType(spec, codes_);
}

Kind RuleCompiler::jsonKind(const Node& element, Kind usual) const {
    const std::string json = attributeOr(element, "json", "");
    if (json.empty()) return sides_.table ? Kind::String : usual;
    if (sides_.table && json != "string") throw base::Fault("a cell of a table is a text");
    return json == "number" ? Kind::Number : json == "boolean" ? Kind::Boolean : Kind::String;
}

}  // namespace gateway::mapping
