// How values are taken from the source and put into the target.

#include <algorithm>
#include <utility>

#include "gateway/document/xml_writer.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/paths/schema_instance.h"

namespace gateway::mapping {

using document::Form;
using document::Kind;
using document::Node;

namespace {

const RuleText kSecondValue{"the first filled counts",
                            "giá trị thứ hai của một trường / a second value of one field"};

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

// Text that goes on behind an element in it: without that element it says something else.
bool isMixed(const Node& node) {
    bool behind = false;
    for (const Node& child : node.children) {
        if (behind && child.isPieceOf(node) && !trimmed(child.value).empty()) return true;
        behind = behind || child.kind == Kind::Element;
    }
    return false;
}

}  // namespace

bool Presence::isWordForNothing(std::string_view theirs) const {
    return std::find(nullWords.begin(), nullWords.end(), trimmed(theirs)) != nullWords.end();
}

bool canStand(Kind kind, std::string_view text) {
    if (kind == Kind::Boolean) return text == "true" || text == "false";
    return kind != Kind::Number || document::isJsonNumber(text);
}

Nodes Run::find(const Here& here, const Path& path) {
    Nodes found = finder_.find(here, path, rule_);
    if (found.empty() && finder_.unlike().array != nullptr) tellList(*finder_.unlike().array);
    return found;
}

void Run::tellList(const Node& list) {
    if (std::find(toldLists_.begin(), toldLists_.end(), &list) != toldLists_.end()) return;
    toldLists_.push_back(&list);
    mark(list, Marks::Use::Passed);
    wrongValue({&list, {}, list.position, false}, wordsOfKind(Kind::Object));
}

std::optional<Source> Run::given(const Here& here, const Path& path) const {
    Source source;
    source.position = here.node->position;
    if (path.from == Path::From::Position) {
        if (here.position == 0) return std::nullopt;
        source.text = std::to_string(here.position);
        return source;
    }
    if (path.from == Path::From::Name) {
        if (here.node->name.empty()) return std::nullopt;
        source.text = here.node->name;
        return source;
    }
    const auto found = exchange_.find(path.source);
    if (found == exchange_.end() || found->second.empty()) return std::nullopt;
    source.text = found->second;
    return source;
}

// Nothing, null or blank. False if there is something wrong with it, which has been told.
bool Run::takeBlank(const Source& source, const Presence& presence, std::optional<Source>& value) {
    if (source.node == passedOver_) return true;
    if (presence.empty == Empty::IsValue) {
        if (!value) value = source;
        return true;
    }
    // Our own model says absent by an empty text.
    if (presence.empty == Empty::IsAbsent || (flow_ == Flow::Out && sides_.oursIsModel))
        return true;
    wrongValue(source, notEmpty());
    return false;
}

bool Run::hasKind(const Source& source, Kind kind) {
    const Node& node = *source.node;
    // The node's own form, not the message's: it may stand in another document.
    const bool xml = node.kind == Kind::Element || node.kind == Kind::Attribute;
    const bool shaped = node.isLeaf() || (xml && !trimmed(node.value).empty());
    // A part of a text has no kind of its own.
    const bool ofKind = xml || node.kind == kind || origins_.contains(&node);
    if (shaped && ofKind) return true;
    wrongValue(source, wordsOfKind(kind));
    return false;
}

// False if there is something wrong with it, which has been told.
bool Run::takeOne(const Node& node, Kind kind, const Presence& presence, bool firstOfMany,
                  std::optional<Source>& value) {
    Source source{&node, node.value, node.position, isNull(node)};
    const bool second = value.has_value();
    if (!second || !firstOfMany) mark(node, Marks::Use::Used);
    if (source.null)
        if (const Node* const nil = nilOf(node)) mark(*nil, Marks::Use::Used);
    if (source.null || (node.isLeaf() && trimmed(node.value).empty()))
        return takeBlank(source, presence, value);
    if (flow_ == Flow::In && presence.isWordForNothing(node.value)) return true;
    if (flow_ == Flow::Out && sides_.oursIsModel && !node.isLeaf() && kind == Kind::String &&
        !value) {
        source.text = asText(node, [this](const Node& leaf) { mark(leaf, Marks::Use::Used); });
        value = std::move(source);
        return true;
    }
    if (!hasKind(source, kind)) return false;
    if (isMixed(node)) {
        wrongValue(source, {"phải là văn bản không xen phần tử",
                            "it must be a text without elements in the midst of it"});
        return false;
    }
    if (second && firstOfMany) {
        const bool same = trimmed(value->text) == trimmed(node.value);
        finder_.mark(node, same ? Marks::Use::Used : Marks::Use::Ignored,
                     same ? rule_ : &kSecondValue);
        return true;
    }
    if (second && trimmed(value->text) != trimmed(node.value)) {
        repeated(node);
        return false;
    }
    if (!second) value = std::move(source);
    return true;
}

std::optional<Source> Run::valueAt(const Here& here, const std::vector<Path>& places, Kind kind,
                                   const Presence& presence, bool firstOfMany) {
    std::optional<Source> value;
    for (const Path& place : places) {
        if (place.isGiven()) {
            if (!value) value = given(here, place);
            continue;
        }
        const Nodes found = find(here, place);
        if (found.size() > 1 && !firstOfMany) {
            for (const Node* node : found) mark(*node, Marks::Use::Used);
            repeated(*found[1]);
            return std::nullopt;
        }
        for (const Node* const node : found)
            if (!takeOne(*node, kind, presence, firstOfMany, value)) return std::nullopt;
    }
    if (!value && presence.required(flow_)) missing(here, places.front());
    return value;
}

Below::Below(Target& target, const std::vector<Step>& steps) : target_(&target), steps_(&steps) {
    std::size_t up = 0;
    for (; up < steps.size() && steps[up].axis == Step::Axis::Parent; ++up)
        if (target_->outer != nullptr) target_ = target_->outer;
    if (up != 0) cut_.assign(steps.begin() + static_cast<std::ptrdiff_t>(up), steps.end());
}

void Run::tellCarried(const Source& source, const Path& path, const std::string& text) {
    Marks* const marks = finder_.marks();
    if (marks == nullptr || !marks->keepsValues() || source.node == nullptr) return;
    const Node* node = source.node;
    if (const auto origin = origins_.find(node); origin != origins_.end()) node = origin->second;
    std::string place = path.from == Path::From::Root ? std::string() : rule_->around;
    if (!path.text.empty() && path.text != ".")
        place.append(place.empty() || path.text.starts_with('/') ? "" : "/").append(path.text);
    marks->carry({node, rule_, std::move(place), text});
}

void Run::putValue(Target& target, const Path& path, Kind kind, std::string text,
                   const Source& source, bool real) {
    if (!mayWrite(text.size(), source)) return;
    if (!source.null && targetForm_ == Form::Json && !canStand(kind, text)) {
        wrongValue(source, wordsOfKind(kind));
        return;
    }
    if (flow_ == Flow::In) tellCarried(source, path, text);
    if (source.node != nullptr) ++taken_;
    Node value = document::stringNode({}, std::move(text));
    value.kind = source.null ? Kind::Null : kind;
    value.position = source.position;
    target.real = target.real || real;
    if (path.from == Path::From::Root) {
        putElsewhere(path, std::move(value), source, target);
        return;
    }
    const Below below(target, path.steps);
    below.target().real = below.target().real || real;
    if (builder_.put(*below.target().node, below.steps(), std::move(value)) !=
        Builder::Outcome::Other)
        return;
    if (source.node != nullptr)
        repeated(*source.node);
    else if (real)
        contradicted(source);
}

void Run::contradicted(const Source& source) {
    wrongValue(source, {"trái với một giá trị khác trong cùng thông điệp",
                        "another value in the same message contradicts it"});
}

void Run::putAbsent(Target& target, const Path& path, const Presence& presence, const Here& here) {
    if (presence.writeAbsent == WriteAbsent::Nothing) return;
    Source nothing{nullptr, {}, here.node->position, presence.writeAbsent == WriteAbsent::Null};
    putValue(target, path, Kind::String, {}, nothing, false);
}

// Keys of the other branch are taken from here now; the tree above is not attached yet. Gives the
// one that is not there: its rule stands behind this one, or ours has no value for it.
const Path* Run::takeKeys(const Path& path, Elsewhere& late, Target& target) const {
    for (std::size_t at = 0; at < late.steps.size(); ++at)
        for (std::size_t i = 0; i < late.steps[at].where.size(); ++i) {
            Clause& clause = late.steps[at].where[i];
            if (!clause.here) continue;
            const auto& way = clause.here->steps;
            const Node* const key = builder_.existing(*target.node, way, way.size());
            if (key == nullptr) return &*path.steps[at].where[i].here;
            clause.literal = key->value;
            clause.here.reset();
        }
    return nullptr;
}

void Run::putElsewhere(const Path& path, Node value, const Source& source, Target& target) {
    Elsewhere late{path.steps, std::move(value), source.node, rule_};
    if (const Path* const key = takeKeys(path, late, target))
        wrongValue(source, {"thiếu khóa để tìm thấy giá trị này: " + key->text,
                            "the key by which this is found has no value: " + key->text});
    else
        elsewhere_.push_back(std::move(late));
}

void Run::leaveOut(const Path& path, const Here& here, Target& target) {
    const auto isKey = [](const Clause& clause) { return clause.here.has_value(); };
    const bool byKey = std::ranges::any_of(
        path.steps, [&](const Step& step) { return std::ranges::any_of(step.where, isKey); });
    if (path.from != Path::From::Root || !byKey) return;
    Elsewhere nothing{path.steps, {}, here.node, rule_};
    if (takeKeys(path, nothing, target) == nullptr) leftOut_.push_back(std::move(nothing));
}

}  // namespace gateway::mapping
