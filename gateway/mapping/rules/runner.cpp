#include "gateway/mapping/rules/runner.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/limits.h"
#include "gateway/mapping/paths/node_path.h"

namespace gateway::mapping {

using base::ErrorCode;
using base::Problem;
using document::Form;
using document::Kind;
using document::Node;

namespace {

// An element without content, a JSON null, an object or array without members.
bool isEmptyPlace(const Node& node) {
    if (node.isLeaf() && node.kind != Kind::Element) return node.kind == Kind::Null;
    return node.children.empty() && trimmed(node.value).empty();
}

std::size_t weightOf(const Node& node) {
    std::size_t weight = base::kWrittenNode + node.name.size() + node.value.size();
    for (const Node& child : node.children) weight += weightOf(child);
    return weight;
}

}  // namespace

Runner::Runner(Flow flow, Form theirs, const Node& source, Marks* marks,
               const ExchangeValues& exchange) :
    flow_(flow),
    sourceForm_(flow == Flow::In ? theirs : Form::Json),
    targetForm_(flow == Flow::In ? Form::Json : theirs),
    source_(source),
    finder_(sourceForm_, source, marks),
    builder_(targetForm_),
    exchange_(exchange),
    mostWritten_(base::kWrittenPerRead * weightOf(source) + base::kWrittenBeside) {}

Node Runner::run(const Rules& rules) {
    Node root = document::objectNode();
    root.position = source_.position;
    Target target{&root, true};
    root_ = &root;
    finder_.mark(source_, Marks::Use::Passed, nullptr);
    runAll(rules, finder_.start(), target);
    for (Elsewhere& late : elsewhere_)
        if (builder_.put(root, late.steps, std::move(late.value)) == Builder::Outcome::Other)
            throw base::Fault("two values for one place: " + late.steps.back().name);
    return root;
}

void Runner::runAll(const Rules& rules, const Here& here, Target& target) {
    for (const Rule& rule : rules)
        if (rule.active(flow_)) runOne(rule, here, target);
    if (flow_ == Flow::In) applyDefaults(rules, here, target);
}

void Runner::runOne(const Rule& rule, const Here& here, Target& target) {
    if (exhausted_) return;
    const Rule* const outer = std::exchange(rule_, &rule);
    std::visit([&](const auto& what) { apply(what, here, target); }, rule.what);
    rule_ = outer;
}

// Defaults come last: they stand only where something else has made the place.
void Runner::applyDefaults(const Rules& rules, const Here& here, Target& target) {
    for (const Rule& rule : rules) {
        const auto* const field = std::get_if<FieldRule>(&rule.what);
        if (field == nullptr || !field->fallback || !rule.active(flow_)) continue;
        const auto& steps = field->ours.steps;
        const std::size_t above = steps.empty() ? 0 : steps.size() - 1;
        Node* const place = builder_.existing(*target.node, steps, above);
        if (place == nullptr || builder_.existing(*target.node, steps, steps.size()) != nullptr)
            continue;
        Source source;
        source.position = here.node->position;
        rule_ = &rule;
        putValue(target, field->ours, field->type->oursKind(), *field->fallback, source, false);
    }
}

void Runner::apply(const GroupRule& group, const Here& here, Target& target) {
    const auto& from = flow_ == Flow::In ? group.theirs : group.ours;
    if (!from || (from->steps.empty() && from->from == Path::From::Here)) {
        inGroup(group, here, target);
        return;
    }
    const Nodes found = finder_.find(here, *from, rule_);
    if (found.size() > 1) repeated(*found[1]);
    if (found.empty()) {
        if (group.presence.required(flow_)) missing(here, *from);
        return;
    }
    const Node& place = *found.front();
    if (group.presence.emptyIsAbsent && isEmptyPlace(place)) {
        finder_.mark(place, Marks::Use::Used, rule_);
        if (group.presence.required(flow_)) missing(here, *from);
        return;
    }
    finder_.mark(place, Marks::Use::Passed, rule_);
    if (sourceForm_ == Form::Json && place.kind != Kind::Object) {
        wrongValue({&place, place.value, place.position}, wordsOfKind(Kind::Object));
        return;
    }
    inGroup(group, Here{&place, false, here.position}, target);
}

void Runner::inGroup(const GroupRule& group, const Here& inner, Target& target) {
    const auto& to = flow_ == Flow::In ? group.ours : group.theirs;
    if (!to || to->steps.empty()) {
        runAll(group.rules, inner, target);
        return;
    }
    if (Node* const there = builder_.existing(*target.node, to->steps, to->steps.size())) {
        Target place{there};
        runAll(group.rules, inner, place);
        target.real = target.real || place.real;
        return;
    }
    const Step& last = to->steps.back();
    Node made = builder_.fresh(last, inner.node->position);
    Target place{&made};
    runAll(group.rules, inner, place);
    // Empty, but required: a query without conditions, a message that says nothing but that it is.
    const bool isRootElement = targetForm_ == Form::Xml && target.node == root_;
    if (!place.real && !isRootElement && !group.presence.required(flow_)) return;
    Node& parent =
        builder_.container(*target.node, to->steps, to->steps.size() - 1, inner.node->position);
    builder_.attach(parent, last, std::move(made));
    target.real = true;
}

void Runner::apply(const EachRule& each, const Here& here, Target& target) {
    const Path& fromPath = from(each.theirs, each.ours);
    const Path& toPath = to(each.theirs, each.ours);
    const Nodes found = finder_.find(here, fromPath, rule_);
    if (const Node* const wrong = finder_.notAnArray()) {
        const bool absent = each.presence.emptyIsAbsent && wrong->kind == Kind::Null;
        finder_.mark(*wrong, Marks::Use::Used, rule_);
        if (!absent) {
            wrongValue({wrong, wrong->value, wrong->position}, wordsOfKind(Kind::Array));
            return;
        }
    }
    if (found.empty() && each.presence.required(flow_)) missing(here, fromPath);
    std::size_t position = 0;
    for (const Node* item : found) {
        ++position;
        if (!mayWrite(0, {item, {}, item->position})) return;
        finder_.mark(*item, Marks::Use::Passed, rule_);
        if (each.presence.emptyIsAbsent && isEmptyPlace(*item)) {
            finder_.mark(*item, Marks::Use::Used, rule_);
            continue;
        }
        const Step& last = toPath.steps.back();
        Node made = builder_.fresh(last, item->position);
        Target place{&made};
        runAll(each.rules, Here{item, false, position}, place);
        // An empty item of a list of texts leaves no object behind.
        if (flow_ == Flow::In && each.ofValues && made.kind == Kind::Object) continue;
        Node& parent =
            builder_.container(*target.node, toPath.steps, toPath.steps.size() - 1, item->position);
        builder_.attach(parent, last, std::move(made));
        target.real = true;
    }
}

void Runner::apply(const ChooseRule& choose, const Here& here, Target& target) {
    for (const Option& option : choose.options) {
        const Condition& when = flow_ == Flow::In ? option.whenTheirs : option.whenOurs;
        if (!finder_.holds(here, when, rule_)) continue;
        runAll(option.rules, here, target);
        return;
    }
    if (!choose.required(flow_)) return;
    wrongValue({here.node, {}, here.node->position},
               {"không thuộc trường hợp nào mà định dạng quy định",
                "it is none of the cases for which the format provides"});
}

void Runner::apply(const LeaveRule& leave, const Here& here, Target&) {
    if (flow_ == Flow::Out) return;
    const auto use = leave.keep ? Marks::Use::Kept : Marks::Use::Ignored;
    for (const Node* node : finder_.find(here, leave.theirs, rule_))
        finder_.mark(*node, use, rule_);
    if (const Node* const scalar = finder_.notAnArray()) finder_.mark(*scalar, use, rule_);
}

// --- problems

void Runner::put(Problem problem) {
    if (flow_ == Flow::Out) {
        const auto text = base::render(problem);
        throw Unwritable(rule_->text + ": " + text.en, std::move(problem));
    }
    if (!exhausted_ && problems_.size() < kMostProblems) problems_.push_back(std::move(problem));
}

// To name a place is to walk the tree: not for each of a million faults of one message.
bool Runner::enough() const { return flow_ == Flow::In && problems_.size() >= kMostProblems; }

void Runner::missing(const Here& here, const Path& path) {
    if (enough()) return;
    std::string where = here.document ? std::string() : pathOf(source_, *here.node);
    if (path.from == Path::From::Root)
        where = path.text;
    else if (!path.steps.empty())
        where.append("/").append(path.text);
    put(Problem(ErrorCode::MAPPING_REQUIRED, std::move(where), here.node->position));
}

void Runner::wrongValue(const Source& source, base::Words expected) {
    putAt(source, [&] {
        return Problem(ErrorCode::MAPPING_VALUE).inWords("expected", std::move(expected));
    });
}

void Runner::refuseValue(const Source& source, const ValueType& type, std::string_view text) {
    putAt(source, [&] { return type.refusalOf(text); });
}

template <class Make>
void Runner::putAt(const Source& source, const Make& make) {
    if (source.node != nullptr) finder_.mark(*source.node, Marks::Use::Used, rule_);
    if (enough()) return;
    Problem problem = make();
    problem.path = source.node == nullptr ? rule_->text : pathOf(source_, *source.node);
    problem.position = source.position;
    put(std::move(problem).with("value", source.text));
}

bool Runner::mayWrite(std::size_t bytes, const Source& source) {
    written_ += bytes + base::kWrittenNode;
    if (exhausted_ || written_ <= mostWritten_) return !exhausted_;
    problems_.clear();
    putAt(source, [&] {
        return Problem(ErrorCode::CONTENT_TOO_LARGE)
            .with("limit", std::to_string(mostWritten_) + " byte");
    });
    exhausted_ = true;
    return false;
}

void Runner::repeated(const Node& node) {
    if (enough()) return;
    put(Problem(ErrorCode::MAPPING_REPEATED, pathOf(source_, node), node.position));
}

}  // namespace gateway::mapping
