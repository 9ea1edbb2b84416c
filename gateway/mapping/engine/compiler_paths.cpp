// How the compiler checks paths against the shape of ours and against what can be written.

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/compiler.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Kind;

bool contains(const std::vector<std::string>& places, const std::string& place) {
    return std::find(places.begin(), places.end(), place) != places.end();
}

// The root of the document in which a place of theirs stands: "" or "Package/Content!".
std::string documentOf(const std::string& place) {
    const auto inside = place.rfind('!');
    return inside == std::string::npos ? std::string() : place.substr(0, inside + 1);
}

void goUp(std::string& path) {
    if (path.empty()) throw base::Fault(".. leads out of the document");
    const auto slash = path.rfind('/');
    path.erase(slash == std::string::npos ? 0 : slash);
}

void goDown(std::string& path, const Step& step) {
    path.append(path.empty() ? "" : "/").append(step.attribute ? "@" : "");
    path.append(step.any ? "*" : step.name);
}

}  // namespace

std::optional<std::string> RuleCompiler::shapePath(const Path& path, const Place& place) {
    const std::size_t before = ourNamed_.own.size();
    auto at = resolved(path, place);
    if (at && !contains(ourNamed_.own, *at))
        ourNamed_.own.insert(ourNamed_.own.begin() + static_cast<std::ptrdiff_t>(before), *at);
    return at;
}

std::optional<std::string> RuleCompiler::resolved(const Path& path, const Place& place) {
    if (!path.isOwn()) throw base::Fault(path.text + " cannot stand here");
    std::string at = path.from == Path::From::Root ? std::string() : place.ours;
    for (const Step& step : path.steps) {
        if (step.any || step.axis == Step::Axis::Descendant) {
            if (active_.in) throw base::Fault(path.text + " can only be read; say direction");
            return std::nullopt;
        }
        if (step.axis == Step::Axis::Parent) {
            goUp(at);
            continue;
        }
        goDown(at, step);
        static_cast<void>(kindAt(at));
        if (step.items) {
            if (kindAt(at) != Kind::Array) throw base::Fault("\"" + at + "\" is no list");
            at.append("[]");
        }
        Place item;
        item.ours = at;
        checkConditions(step.where, item, true);
    }
    return at;
}

Kind RuleCompiler::kindAt(const std::string& path) const {
    if (path.empty()) return ours().form() == Form::Xml ? Kind::Element : Kind::Object;
    const auto kind = sides_.shape->kindAt(path);
    if (!kind)
        throw base::Fault((sides_.oursIsModel ? "the case model has no \"" : "ours has no \"") +
                          path + "\"");
    return *kind;
}

bool RuleCompiler::isContainer(const std::string& path) const {
    const Kind kind = kindAt(path);
    // An element with a text of its own may have attributes.
    if (ours().form() == Form::Xml) return path.find("/@") == std::string::npos;
    return kind == Kind::Object || kind == Kind::Element;
}

std::string RuleCompiler::theirPath(const Path& path, const Place& place) {
    if (path.isGiven()) theirNamed_.given.push_back(path.text);
    if (!path.isOwn() && path.from != Path::From::Outer) return {};
    std::string at = resolvedTheirs(path, place);
    if (!contains(theirNamed_.own, at)) theirNamed_.own.push_back(at);
    return at;
}

std::string RuleCompiler::resolvedTheirs(const Path& path, const Place& place) {
    std::string at = place.theirs;
    if (path.from == Path::From::Root || path.from == Path::From::Outer) at = documentOf(at);
    if (path.from == Path::From::Outer && !at.empty()) at = documentOf(at.substr(0, at.size() - 1));
    for (const Step& step : path.steps) {
        if (step.axis == Step::Axis::Parent) {
            const auto slash = at.rfind('/');
            at.erase(slash == std::string::npos ? 0 : slash);
            continue;
        }
        if (step.axis == Step::Axis::Descendant) at.append(at.empty() ? "**" : "/**");
        goDown(at, step);
        if (step.items) at.append("[]");
        nameTested(step.where, at);
        for (const Clause& clause : step.where)
            if (clause.here) nameTested(*clause.here, place.theirs);
    }
    return at;
}

void RuleCompiler::nameTested(const Condition& condition, const std::string& at) {
    for (const Clause& clause : condition) {
        for (const Condition& inner : clause.inner) nameTested(inner, at);
        if (clause.inner.empty()) nameTested(clause.path, at);
    }
}

void RuleCompiler::nameTested(const Path& path, const std::string& at) {
    if (!path.isOwn()) return;
    const std::string tested = resolvedTheirs(path, Place{{}, at, {}, {}});
    if (!contains(theirNamed_.tested, tested)) theirNamed_.tested.push_back(tested);
}

void RuleCompiler::checkWords(const std::string& shapePath,
                              const std::vector<std::string>& words) const {
    const auto closed = sides_.shape->wordsAt(shapePath);
    if (closed.empty()) return;
    for (const auto& word : words)
        if (std::find(closed.begin(), closed.end(), std::string_view(word)) == closed.end())
            throw base::Fault("\"" + word + "\" is none of the words of \"" + shapePath + "\"");
}

// What stands in brackets is made with the item; what an option asks for is not.
void RuleCompiler::checkConditions(const Condition& condition, const Place& place, bool makes) {
    for (const Clause& clause : condition) {
        for (const Condition& inner : clause.inner) checkConditions(inner, place, false);
        if (!clause.inner.empty() || !clause.path.isOwn()) continue;
        const auto at = resolved(clause.path, place);
        if (!at) continue;
        const bool made = active_.in && canBeMade(clause) && !clause.path.steps.empty();
        if (made && makes && clause.kind == Kind::String && kindAt(*at) != Kind::String)
            throw base::Fault("\"" + clause.path.text + "\" is no text, so no item has it");
        auto& named = made && makes ? ourNamed_.own : ourNamed_.tested;
        if (!contains(named, *at)) named.push_back(*at);
    }
}

Condition RuleCompiler::ourCondition(const std::string& text, const Place& place) {
    Condition condition = ours().condition(text);
    checkConditions(condition, place, false);
    return condition;
}

std::vector<std::string> RuleCompiler::testedBy(const Condition& condition, const Place& place) {
    NamedPlaces outer = std::exchange(theirNamed_, {});
    nameTested(condition, place.theirs);
    return std::exchange(theirNamed_, std::move(outer)).tested;
}

Condition RuleCompiler::theirCondition(const std::string& text, const Place& place) {
    Condition condition = theirs().condition(text);
    nameTested(condition, place.theirs);
    return condition;
}

Path RuleCompiler::ourValue(const std::string& text, const Place& place, const ValueType& type) {
    Path path = ours().path(text);
    if (path.isGiven()) {
        if (active_.in) throw base::Fault(path.text + " is never set; say direction=\"out\"");
        return path;
    }
    if (path.from == Path::From::Document && !active_.in) return path;
    const auto at = shapePath(path, place);
    if (path.from == Path::From::Root) throw base::Fault("ours goes down from here only");
    if (at && ours().form() == Form::Json && kindAt(*at) != type.oursKind())
        throw base::Fault("\"" + *at + "\" is of another kind than the type");
    if (active_.in) checkWritable(path, place.ourSteps);
    return path;
}

Path RuleCompiler::theirValue(const std::string& text, const Place& place) {
    Path path = theirs().path(text);
    theirPath(path, place);
    if (active_.out) {
        if (!path.isOwn()) throw base::Fault(path.text + " is never written; say direction=\"in\"");
        checkWritable(path, place.theirSteps);
    }
    return path;
}

Alternatives RuleCompiler::theirValues(const document::Node& element, const Place& place) {
    Alternatives values;
    values.places = theirs().alternatives(element.attribute("theirs")->value);
    if (const auto* const write = element.attribute("write")) {
        const auto found =
            std::find_if(values.places.begin(), values.places.end(),
                         [&](const Path& path) { return path.text == write->value; });
        if (found == values.places.end()) throw base::Fault("write is one of the places of theirs");
        values.written = static_cast<std::size_t>(found - values.places.begin());
    }
    for (const Path& path : values.places) {
        const std::string at = theirPath(path, place);
        if (&path != &values.writes()) theirNamed_.onlyRead.push_back(at);
        if (path.isGiven() && active_.out)
            throw base::Fault(path.text + " is never written; say direction=\"in\"");
    }
    if (!active_.out) return values;
    if (!values.writes().isOwn())
        throw base::Fault(values.writes().text + " is never written; say direction=\"in\"");
    checkWritable(values.writes(), place.theirSteps);
    return values;
}

Path RuleCompiler::ourList(const std::string& text, const Place& place) {
    Path path = ours().path(text);
    if (path.steps.empty()) throw base::Fault("ours must name a list");
    if (ours().form() == Form::Json && !path.steps.back().any) path.steps.back().items = true;
    static_cast<void>(shapePath(path, place));
    return path;
}

Path RuleCompiler::theirList(const std::string& text, const Place& place) {
    Path path = theirs().path(text);
    if (path.steps.empty()) throw base::Fault("theirs must name what repeats");
    if (path.isGiven()) throw base::Fault("a list is a place in the document");
    const Step& last = path.steps.back();
    if (theirs().form() == Form::Json && last.axis != Step::Axis::Parent && !last.any)
        path.steps.back().items = true;
    theirPath(path, place);
    return path;
}

void RuleCompiler::checkWritable(const Path& path, const std::vector<bool>& above) const {
    std::size_t up = 0;
    for (const Step& step : path.steps) {
        if (step.axis == Step::Axis::Parent) {
            ++up;
            if (up > above.size() || !above[above.size() - up])
                throw base::Fault(
                    "what .. leads to is not written from here: name the places "
                    "above one step at a time, or say direction");
            continue;
        }
        if (step.axis == Step::Axis::Descendant || step.any)
            throw base::Fault(path.text + " can only be read; say direction");
        if (step.items && step.where.empty() && step.ordinal == 0)
            throw base::Fault("which item of \"" + step.name + "\"? use each, or a condition");
        for (const Clause& clause : step.where)
            if (!canBeMade(clause) && !(clause.here && clause.test == Clause::Test::Equals))
                throw base::Fault("only NAME = 'text' can be made true; say direction");
    }
}

std::optional<std::size_t> RuleCompiler::reference(const document::Node& element) const {
    const std::string refer = attributeOr(element, "refer", "no");
    if (refer == "no") return std::nullopt;
    const ReferenceForms& forms = *sides_.references;
    if (forms.empty())
        throw base::Fault("refer=\"yes\" needs <references> that says how they are written");
    if (refer == "yes" && forms.size() == 1) return 0;
    for (std::size_t form = 0; form < forms.size(); ++form)
        if (forms[form].name == refer) return form;
    throw base::Fault("refer names one of several <references>");
}

Place RuleCompiler::below(const Place& place, const Path* theirs, std::string theirPath,
                          const Path* ours, std::string ourPath) {
    Place inner = place;
    const auto go = [](const Path* path, std::vector<bool>& steps) {
        if (path == nullptr || (path->steps.empty() && path->from == Path::From::Here)) return;
        steps.push_back(path->from == Path::From::Here && path->steps.size() == 1 &&
                        path->steps.front().axis == Step::Axis::Child);
    };
    go(theirs, inner.theirSteps);
    go(ours, inner.ourSteps);
    inner.theirs = std::move(theirPath);
    inner.ours = std::move(ourPath);
    return inner;
}

}  // namespace gateway::mapping
