#include "gateway/mapping/rules/compile.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/rules/attributes.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;
using document::Node;

constexpr std::size_t kDeepestRules = 40;

const PrefixTable kNoPrefixes;

std::string textOf(const Node& element) {
    std::string text = element.name;
    for (const auto* name : {"theirs", "ours"})
        if (const Node* attribute = element.attribute(name))
            text.append(" ").append(name).append("=\"").append(attribute->value).append("\"");
    return text + ", line " + std::to_string(element.position.line);
}

}  // namespace

RuleCompiler::RuleCompiler(Form theirs, PerFlow directions, const PrefixTable& prefixes,
                           const Shape& ours, std::shared_ptr<const CodeLists> codeLists) :
    theirs_(theirs),
    directions_(directions),
    theirPaths_(theirs, prefixes),
    ourPaths_(Form::Json, kNoPrefixes),
    shape_(ours),
    active_(directions) {
    codes_.outside = std::move(codeLists);
}

void RuleCompiler::addShared(const Node& parent, const std::string& file) {
    file_ = file;
    for (const Node& element : parent.children) {
        if (element.name == "code-list") {
            atElement(file_, element, [&] { addCodeList(element); });
        } else if (element.name == "part") {
            const std::string& name = element.attribute("name")->value;
            if (!parts_.emplace(name, Part{&element, file}).second)
                throw base::Fault(placeOf(file, element) + "there are two parts \"" + name + "\"");
        }
    }
}

void RuleCompiler::addCodeList(const Node& element) {
    const std::string& name = element.attribute("name")->value;
    auto table = std::make_shared<CodeTable>();
    if (!codes_.local.emplace(name, table).second)
        throw base::Fault("there are two code lists \"" + name + "\"");
    for (const Node& code : element.children) {
        if (code.name != "code") continue;
        const std::string only = attributeOr(code, "only", "");
        const auto use = only == "in"    ? CodeTable::Use::In
                         : only == "out" ? CodeTable::Use::Out
                                         : CodeTable::Use::Both;
        if (!table->add(code.attribute("theirs")->value, code.attribute("ours")->value, use))
            throw base::Fault("code \"" + code.attribute("theirs")->value +
                              "\" is not unique; say only=\"in\" for what is never written");
    }
}

Accept RuleCompiler::accept(const Node& element, const std::string& file) {
    Accept accept;
    atElement(file, element, [&] {
        const bool xml = theirs_ == Form::Xml;
        const Node* const root = element.attribute("root");
        if (xml != (root != nullptr))
            throw base::Fault("XML is accepted by its root, JSON has none");
        if (root != nullptr) {
            const Path path = theirPaths_.path(root->value);
            if (path.from != Path::From::Here || path.steps.size() != 1 ||
                path.steps.front().attribute)
                throw base::Fault("root is the name of an element");
            accept.root = path.steps.front();
        }
        if (const Node* const when = element.attribute("when"))
            accept.when = theirPaths_.condition(when->value);
        if (!xml && accept.when.empty()) throw base::Fault("JSON is accepted by a condition");
    });
    return accept;
}

Rules RuleCompiler::body(const Node& element, const std::string& file) {
    file_ = file;
    return rules(element, Place{});
}

Rules RuleCompiler::rules(const Node& parent, const Place& place) {
    if (++depth_ > kDeepestRules)
        throw base::Fault(placeOf(file_, parent) + "rules nested too deeply");
    Rules rules;
    for (const Node& element : parent.children)
        if (element.kind == Kind::Element && element.name != "piece" && element.name != "option")
            addRule(element, place, rules);
    --depth_;
    return rules;
}

PerFlow RuleCompiler::activity(const Node& element) const {
    const std::string direction = attributeOr(element, "direction", "both");
    const PerFlow wanted{direction != "out", direction != "in"};
    return {active_.in && wanted.in, active_.out && wanted.out};
}

void RuleCompiler::addRule(const Node& element, const Place& place, Rules& rules) {
    const PerFlow outer = std::exchange(active_, activity(element));
    atElement(file_, element, [&] {
        if (element.name == "use") {
            addUse(element, place, rules);
            return;
        }
        Rule rule;
        rule.active = active_;
        rule.text = textOf(element);
        const std::string& name = element.name;
        if (name == "group")
            rule.what = group(element, place);
        else if (name == "field")
            rule.what = field(element, place);
        else if (name == "each")
            rule.what = each(element, place);
        else if (name == "tokens")
            rule.what = tokens(element, place);
        else if (name == "constant")
            rule.what = constant(element, place);
        else if (name == "pattern")
            rule.what = pattern(element, place);
        else if (name == "choose")
            rule.what = choose(element, place);
        else
            rule.what = leave(element);
        rules.push_back(std::move(rule));
    });
    active_ = outer;
}

void RuleCompiler::addUse(const Node& element, const Place& place, Rules& rules) {
    const auto found = parts_.find(element.attribute("part")->value);
    if (found == parts_.end()) throw base::Fault("there is no such part");
    const std::string outer = std::exchange(file_, found->second.file);
    // A part that uses itself ends at the bound on nesting.
    Rules inner = this->rules(*found->second.element, place);
    file_ = outer;
    rules.insert(rules.end(), std::make_move_iterator(inner.begin()),
                 std::make_move_iterator(inner.end()));
}

// --- our side

std::string RuleCompiler::shapePath(const Path& path, const Place& place) const {
    if (path.from == Path::From::Exchange || path.from == Path::From::Position)
        throw base::Fault(path.text + " cannot stand here");
    std::string at = path.from == Path::From::Root ? std::string() : place.path;
    for (const Step& step : path.steps) {
        at.append(at.empty() ? "" : "/").append(step.name);
        static_cast<void>(kindAt(at));
        if (!step.items) continue;
        if (kindAt(at) != Kind::Array) throw base::Fault("\"" + at + "\" is no list");
        at.append("[]");
        checkCondition(step.where, Place{at, true});
        for (const Clause& clause : step.where)
            if (kindAt(shapePath(clause.path, Place{at, true})) != Kind::String)
                throw base::Fault("\"" + clause.path.text + "\" is no text, so no item has it");
    }
    return at;
}

Kind RuleCompiler::kindAt(const std::string& path) const {
    if (path.empty()) return Kind::Object;
    const auto kind = shape_.kindAt(path);
    if (!kind) throw base::Fault("the case model has no \"" + path + "\"");
    return *kind;
}

void RuleCompiler::checkWords(const std::string& shapePath,
                              const std::vector<std::string>& words) const {
    const auto closed = shape_.wordsAt(shapePath);
    if (closed.empty()) return;
    for (const auto& word : words)
        if (std::find(closed.begin(), closed.end(), std::string_view(word)) == closed.end())
            throw base::Fault("\"" + word + "\" is none of the words of \"" + shapePath + "\"");
}

void RuleCompiler::checkCondition(const Condition& condition, const Place& place) const {
    for (const Clause& clause : condition) {
        if (clause.path.from == Path::From::Exchange) continue;
        static_cast<void>(shapePath(clause.path, place));
    }
}

Path RuleCompiler::valuePath(const std::string& text, const Place& place,
                             const ValueType& type) const {
    Path path = ourPaths_.path(text);
    if (path.from == Path::From::Exchange || path.from == Path::From::Position) {
        if (active_.in) throw base::Fault(path.text + " is never set; say direction=\"out\"");
        return path;
    }
    const std::string at = shapePath(path, place);
    if (kindAt(at) != type.oursKind())
        throw base::Fault("\"" + at + "\" is of another kind than the type");
    if (active_.in) checkWritable(path);
    return path;
}

Path RuleCompiler::listPath(const std::string& text, const Place& place) const {
    Path path = ourPaths_.path(text);
    if (path.steps.empty()) throw base::Fault("ours must name a list");
    path.steps.back().items = true;
    static_cast<void>(shapePath(path, place));
    Path containers = path;
    containers.steps.pop_back();
    if (active_.in) checkWritable(containers);
    return path;
}

// --- their side

Path RuleCompiler::theirList(const std::string& text) const {
    Path path = theirPaths_.path(text);
    if (path.steps.empty()) throw base::Fault("theirs must name what repeats");
    if (theirs_ == Form::Json) path.steps.back().items = true;
    Path containers = path;
    containers.steps.pop_back();
    if (active_.out) checkWritable(containers);
    return path;
}

void RuleCompiler::checkWritable(const Path& path) const {
    for (const Step& step : path.steps) {
        if (step.items && step.where.empty())
            throw base::Fault("which item of \"" + step.name + "\"? use each, or a condition");
        for (const Clause& clause : step.where)
            if (clause.test != Clause::Test::Equals || clause.path.from != Path::From::Here ||
                clause.path.steps.size() > 1)
                throw base::Fault("only NAME = 'text' can be made true; say direction");
    }
}

}  // namespace gateway::mapping
