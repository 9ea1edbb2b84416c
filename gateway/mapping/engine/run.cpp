#include "gateway/mapping/engine/run.h"

#include <algorithm>
#include <utility>

#include "gateway/base/limits.h"
#include "gateway/mapping/paths/node_path.h"
#include "gateway/mapping/paths/schema_instance.h"

namespace gateway::mapping {

using base::ErrorCode;
using base::Problem;
using document::Form;
using document::Kind;
using document::Node;

namespace {

const RuleText kBody{"body", {}};

std::size_t weightOf(const Node& node) {
    std::size_t weight = base::kWrittenNode + node.name.size() + node.value.size();
    for (const Node& child : node.children) weight += weightOf(child);
    return weight;
}

// What an object says, whatever its name: two places that say the same can be one object.
void addContent(const Node& node, std::string& text) {
    text.push_back(static_cast<char>('0' + static_cast<int>(node.kind)));
    text.append(std::to_string(node.value.size())).append(":").append(node.value).append("(");
    for (const Node& child : node.children) {
        text.append(child.namespaceUri).append(" ").append(child.name).append(" ");
        addContent(child, text);
    }
    text.append(")");
}

}  // namespace

Run::Run(Flow flow, const Sides& sides, const Node& source, Marks* marks,
         const ExchangeValues& exchange) :
    flow_(flow),
    sides_(sides),
    sourceForm_(flow == Flow::In ? sides.theirs : sides.ours),
    targetForm_(flow == Flow::In ? sides.ours : sides.theirs),
    source_(source),
    finder_(sourceForm_, source, marks),
    builder_(targetForm_),
    exchange_(exchange),
    mostWritten_(base::kWrittenPerRead * weightOf(source) + base::kWrittenBeside),
    rule_(&kBody) {
    finder_.limitVisits(mostWritten_ + base::kVisitedBeside);
    finder_.setDocuments(sides.documents);
    if (flow == Flow::In && sides.references != nullptr) finder_.setReferences(*sides.references);
}

Node Run::run(const Rules& rules) {
    Node root = document::objectNode();
    root.position = source_.position;
    Target target{&root, true, nullptr};
    root_ = &root;
    rules_ = &rules;
    finder_.mark(source_, Marks::Use::Passed, nullptr);
    runAll(rules, finder_.start(), target);
    static_cast<void>(mayWrite(0, {&source_, {}, source_.position, false}));
    putLate(root);
    tellReferences();
    return root;
}

void Run::putLate(Node& root) {
    for (Elsewhere& late : std::exchange(elsewhere_, {})) {
        if (late.value.kind == Kind::Element || late.value.kind == Kind::Object) {
            Node& parent =
                builder_.container(root, late.steps, late.steps.size() - 1, late.value.position);
            builder_.attach(parent, late.steps.back(), std::move(late.value));
        } else {
            Source source{late.source, late.value.value, late.value.position, false};
            if (builder_.put(root, late.steps, std::move(late.value)) != Builder::Outcome::Other)
                continue;
            rule_ = late.rule;
            contradicted(source);
        }
    }
    for (const Elsewhere& late : std::exchange(leftOut_, {}))
        if (builder_.existing(root, late.steps, late.steps.size()) != nullptr) {
            rule_ = late.rule;
            wrongValue({late.source, {}, late.source->position, false},
                       {"mục khác có cùng khóa lại có giá trị này",
                        "another item with the same key has a value for it"});
        }
}

void Run::tellReferences() {
    auto& table = finder_.references();
    if (!table || finder_.marks() == nullptr) return;
    rule_ = &sides_.references->front().rule;
    for (const Node* const reference : finder_.dangling())
        wrongValue({reference, reference->value, reference->position, false},
                   {"phải dẫn tới một đối tượng có trong tài liệu",
                    "it must lead to an object of the document"});
    for (const Node* const reference : finder_.circular())
        wrongValue({reference, reference->value, reference->position, false},
                   {"không được dẫn về chính đối tượng chứa nó",
                    "it must not lead to an object that it stands in"});
    for (const Node* const name : table->doubled()) repeated(*name);
    table->markUnused(*finder_.marks());
}

void Run::runAll(const Rules& rules, const Here& here, Target& target) {
    for (const auto& rule : rules)
        if (rule->active(flow_) && (!onlyDay_ || rule->tellsDay)) runOne(*rule, here, target);
    if (flow_ == Flow::Out) return;
    for (const auto& rule : rules) {
        if (!rule->active(flow_)) continue;
        rule_ = &rule->label;
        rule->readLate(*this, here, target);
    }
}

void Run::runOne(const Rule& rule, const Here& here, Target& target) {
    if (exhausted_) return;
    const RuleText* const outer = std::exchange(rule_, &rule.label);
    if (flow_ == Flow::In)
        rule.read(*this, here, target);
    else
        rule.write(*this, here, target);
    rule_ = outer;
}

// --- problems

void Run::put(Problem problem) {
    if (flow_ == Flow::Out) {
        const auto text = base::render(problem);
        throw Unwritable(rule_->text + ": " + text.en, std::move(problem));
    }
    if (!exhausted_ && problems_.size() < kMostProblems) problems_.push_back(std::move(problem));
}

// To name a place is to walk the tree: not for each of a million faults of one message.
bool Run::enough() const { return flow_ == Flow::In && problems_.size() >= kMostProblems; }

std::string Run::placeOf(const Node& node) const {
    if (const auto origin = origins_.find(&node); origin != origins_.end())
        return placeOf(*origin->second);
    std::string path = pathOf(source_, node);
    if (!path.empty() || &node == &source_) return path;
    for (const auto& [host, root] : innerRoots_) {
        const std::string inner = pathOf(*root, node);
        if (!inner.empty() || &node == root) return placeOf(*host) + "!" + inner;
    }
    return path;
}

void Run::missing(const Here& here, const Path& path) {
    if (enough()) return;
    for (const Step& step : path.steps)
        for (const Clause& clause : step.where)
            if (const Nodes keys = clause.here ? find(here, *clause.here) : Nodes();
                !keys.empty()) {
                // The key is there; what it should lead to is not.
                wrongValue({keys.front(), keys.front()->value, keys.front()->position, false},
                           {"không dẫn tới mục nào có đủ thông tin này",
                            "it leads to no item that has what is needed"});
                return;
            }
    put(Problem(ErrorCode::MAPPING_REQUIRED, placeOfMissing(here, path), here.node->position));
}

// As far as the way is there, its place; then the names that are wanting.
std::string Run::placeOfMissing(const Here& here, const Path& path) {
    if (!path.isOwn()) return path.text;
    const Here start = path.from == Path::From::Root ? finder_.start() : here;
    const Node* at = start.node;
    bool above = start.document && sourceForm_ == Form::Xml;  // above the root element
    auto step = path.steps.begin();
    for (; step != path.steps.end(); ++step) {
        const Node* next = above ? (fits(*at, *step) ? at : nullptr) : nextOnTheWay(*at, *step);
        if (next == nullptr) break;
        at = next;
        above = false;
    }
    std::string where = placeOf(*at);
    if (above) where.erase(where.rfind('/'));
    for (; step != path.steps.end(); ++step)
        if (step->axis != Step::Axis::Parent) where.append(stepText(sourceForm_, *step));
    return where;
}

const Node* Run::nextOnTheWay(const Node& at, const Step& step) {
    if (step.axis == Step::Axis::Parent) return finder_.parentOf(at);
    if (step.any || !step.where.empty() || step.axis != Step::Axis::Child) return nullptr;
    const auto named =
        std::ranges::find_if(at.children, [&step](const Node& child) { return fits(child, step); });
    if (named == at.children.end()) return nullptr;
    if (step.ordinal == 0) return step.items ? nullptr : &*named;
    const auto number = static_cast<std::size_t>(std::max(step.ordinal, 1)) - 1;
    if (!step.items) return number == 0 ? &*named : nullptr;
    return number < named->children.size() ? &named->children[number] : nullptr;
}

void Run::wrongValue(const Source& source, base::Words expected) {
    putAt(source, [&] {
        return Problem(ErrorCode::MAPPING_VALUE).inWords("expected", std::move(expected));
    });
}

void Run::refuseValue(const Source& source, const ValueType& type, std::string_view text) {
    const AsOf asOf = type.asksDay() ? day() : AsOf();
    putAt(source, [&] { return type.refusalOf(text, asOf); });
}

template <class Make>
void Run::putAt(const Source& source, const Make& make) {
    if (source.node != nullptr) mark(*source.node, Marks::Use::Used);
    if (enough()) return;
    Problem problem = make();
    problem.path = source.node == nullptr ? rule_->text : placeOf(*source.node);
    problem.position = source.position;
    put(std::move(problem).with("value", source.text));
}

bool Run::mayWrite(std::size_t bytes, const Source& source) {
    written_ += bytes + base::kWrittenNode;
    if (exhausted_ || (written_ <= mostWritten_ && !finder_.isExhausted())) return !exhausted_;
    problems_.clear();
    putAt(source, [&] {
        return Problem(ErrorCode::CONTENT_TOO_LARGE)
            .with("limit", std::to_string(mostWritten_) + " byte");
    });
    exhausted_ = true;
    return false;
}

void Run::repeated(const Node& node) {
    if (enough()) return;
    put(Problem(ErrorCode::MAPPING_REPEATED, placeOf(node), node.position));
}

bool Run::goDeeper(const Here& here) {
    constexpr std::size_t kDeepest = 100;
    if (deep_ < kDeepest) {
        ++deep_;
        return true;
    }
    wrongValue({here.node, {}, here.node->position, false},
               {"lồng nhau quá sâu, hoặc dẫn về chính nó", "nested too deeply, or in itself"});
    return false;
}

// --- documents inside, parts of texts, objects written once

const Node& Run::partOf(const Source& origin, std::string text) {
    Node part = document::stringNode({}, std::move(text));
    if (sourceForm_ == Form::Xml) part.kind = Kind::Element;
    part.position = origin.position;
    parts_.push_back(std::move(part));
    if (origin.node != nullptr) origins_.emplace(&parts_.back(), origin.node);
    return parts_.back();
}

void Run::openInner(document::Tree tree, const Node& host, const Here& here) {
    outerForms_.push_back(sourceForm_);
    innerTrees_.push_back(std::move(tree));
    const document::Tree& inner = innerTrees_.back();
    innerRoots_.emplace(&host, &inner.root);
    sourceForm_ = inner.form;
    finder_.enter(inner.form, inner.root, here);
    finder_.mark(inner.root, Marks::Use::Passed, rule_);
}

void Run::closeInner() {
    finder_.leave();
    sourceForm_ = outerForms_.back();
    outerForms_.pop_back();
}

void Run::beginInner(Form form, const Node& root) {
    outers_.push_back({targetForm_, root_, std::exchange(elsewhere_, {})});
    targetForm_ = form;
    builder_ = Builder(form);
    root_ = &root;
}

void Run::finishInner(Node& root) {
    putLate(root);
    Outer outer = std::move(outers_.back());
    outers_.pop_back();
    targetForm_ = outer.form;
    builder_ = Builder(outer.form);
    root_ = outer.root;
    elsewhere_ = std::move(outer.elsewhere);
}

bool Run::isOfKind(const Node& object, std::size_t form) {
    if (flow_ == Flow::Out || finder_.references()->isOfKind(object, form)) return true;
    wrongValue({&object, {}, object.position, false},
               {"không phải loại đối tượng mà chỗ dẫn tới cần",
                "it is of another kind than the place that leads to it wants"});
    return false;
}

void Run::refer(Node& made, std::size_t number) {
    const ReferenceForm& form = (*sides_.references)[number];
    const auto named = [&form](const Node& node) {
        return std::find_if(node.children.begin(), node.children.end(),
                            [&form](const Node& child) { return fits(child, form.to); });
    };
    std::string content = std::to_string(number) + " ";
    addContent(made, content);
    const auto [entry, isNew] = writtenOnce_.try_emplace(std::move(content));
    const auto put = [this](Node& node, const Step& step, const std::string& name) {
        Path path;
        path.steps.push_back(step);
        static_cast<void>(builder_.put(node, path.steps, document::stringNode({}, name)));
    };
    if (isNew) {
        const auto own = named(made);
        entry->second =
            own != made.children.end() ? own->value : "r" + std::to_string(writtenOnce_.size());
        if (own == made.children.end()) put(made, form.to, entry->second);
        if (!form.at) return;
        Node object = made;
        object.name = form.at->steps.back().items ? "" : form.at->steps.back().name;
        object.namespaceUri = form.at->steps.back().uri;
        elsewhere_.push_back({form.at->steps, std::move(object), nullptr, rule_});
    }
    Node reference = made;
    reference.children.clear();
    reference.value.clear();
    put(reference, form.from, entry->second);
    if (form.nil) setNil(reference);
    made = std::move(reference);
}

}  // namespace gateway::mapping
