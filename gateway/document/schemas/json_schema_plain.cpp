#include "gateway/document/schemas/json_schema_plain.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "gateway/base/fault.h"
#include "gateway/document/schemas/json_schema_files.h"

namespace gateway::document {
namespace {

using base::Fault;
using Spot = JsonSchemaFiles::Spot;

constexpr std::size_t kMostParts = 100'000;
constexpr std::size_t kDeepest = 200;

// Taken over as they stand.
constexpr std::array<std::string_view, 15> kPlain = {
    "type",      "enum",     "const",      "required",         "minLength",
    "maxLength", "minItems", "maxItems",   "minProperties",    "maxProperties",
    "minimum",   "maximum",  "multipleOf", "exclusiveMinimum", "exclusiveMaximum"};
// Schemas, lists of schemas, schemas by name.
constexpr std::array<std::string_view, 7> kOne = {
    "not", "if", "then", "else", "contains", "propertyNames", "additionalProperties"};
constexpr std::array<std::string_view, 3> kMany = {"allOf", "anyOf", "oneOf"};
constexpr std::array<std::string_view, 4> kNamed = {"properties", "patternProperties",
                                                    "dependentSchemas", "dependencies"};
constexpr std::array<std::string_view, 5> kRefused = {"$dynamicRef", "$recursiveRef", "minContains",
                                                      "maxContains", "unevaluatedItems"};

template <std::size_t N>
bool isOne(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Names of members may be long, and the validator matches them by a machine that goes back: one
// thing that repeats, nothing in brackets.
bool isHarmless(std::string_view pattern) {
    if (pattern.find_first_of("()|") != std::string_view::npos) return false;
    return std::count_if(pattern.begin(), pattern.end(),
                         [](char c) { return c == '*' || c == '+' || c == '?' || c == '{'; }) <= 1;
}

class Plainer {
  public:
    explicit Plainer(const std::filesystem::path& file) : files_(file) {}

    Node make() {
        const Spot root = files_.root();
        Node plain = reference(root);
        Node definitions = objectNode("definitions");
        for (std::size_t next = 0; next < targets_.size(); ++next) {
            const Spot target = targets_[next];  // the list grows meanwhile
            definitions.children.push_back(schema(target, 0));
            definitions.children.back().name = nameOf(next);
        }
        refuseCircles();
        plain.children.push_back(std::move(definitions));
        return plain;
    }

  private:
    static std::string nameOf(std::size_t target) { return "s" + std::to_string(target); }

    [[noreturn]] void fail(const Spot& spot, const std::string& what) const {
        throw Fault(files_.nameOf(spot.file) + ":" + std::to_string(spot.node->position.line) +
                    ": " + what);
    }

    Node reference(const Spot& spot) {
        const auto [found, fresh] = ids_.emplace(spot.node, targets_.size());
        if (fresh) targets_.push_back(spot);
        if (targets_.size() > kMostParts) throw Fault("a schema of too many parts");
        Node node = objectNode();
        node.children.push_back(stringNode("$ref", "#/definitions/" + nameOf(found->second)));
        return node;
    }

    // Of a part that holds others in place (not below a member or an item).
    void holds(const Spot& outer, const Node* inner) { inPlace_[outer.node].push_back(inner); }

    Node schema(const Spot& spot, std::size_t depth) {
        const Node& node = *spot.node;
        if (node.kind == Kind::Boolean) return booleanNode({}, node.value == "true");
        if (node.kind != Kind::Object) fail(spot, "a schema is an object, true or false");
        if (depth > kDeepest || ++parts_ > kMostParts) fail(spot, "a schema of too many parts");
        Node plain = objectNode();
        Node all = arrayNode("allOf");
        all.children.push_back(objectNode());
        all.children.back().children.push_back(booleanNode(kStepKeyword, true));
        for (const Node& member : node.children) addMember(spot, member, depth, plain, all);
        plain.children.insert(plain.children.begin(), std::move(all));
        return plain;
    }

    void addMember(const Spot& spot, const Node& member, std::size_t depth, Node& plain,
                   Node& all) {
        const auto inner = [&](const Node& node) { return schema({&node, spot.file}, depth + 1); };
        const std::string& name = member.name;
        if (isOne(kRefused, name)) fail(spot, "\"" + name + "\" is not supported");
        if (name == "$ref") {
            const Spot target = files_.resolve(spot.file, member.value);
            holds(spot, target.node);
            all.children.push_back(reference(target));
        } else if (isOne(kPlain, name)) {
            plain.children.push_back(member);
        } else if (isOne(kOne, name)) {
            const bool below =
                name == "contains" || name == "propertyNames" || name == "additionalProperties";
            if (!below) holds(spot, &member);
            add(plain, name, inner(member));
        } else if (name == "unevaluatedProperties") {
            refuseBeside(spot);
            add(plain, "additionalProperties", inner(member));
        } else if (isOne(kMany, name)) {
            Node list = arrayNode();
            for (const Node& part : member.children) {
                holds(spot, &part);
                list.children.push_back(inner(part));
            }
            if (name == "allOf")
                std::move(list.children.begin(), list.children.end(),
                          std::back_inserter(all.children));
            else
                add(plain, name, std::move(list));
        } else if (isOne(kNamed, name)) {
            addNamed(spot, member, depth, plain);
        } else if (name == "dependentRequired") {
            for (const Node& one : member.children) dependencies(plain).children.push_back(one);
        } else {
            addOwn(spot, member, depth, plain);
        }
    }

    static void add(Node& plain, const std::string& name, Node value) {
        value.name = name;
        plain.children.push_back(std::move(value));
    }
    static Node& dependencies(Node& plain) {
        if (plain.child("dependencies") == nullptr) add(plain, "dependencies", objectNode());
        return *plain.child("dependencies");
    }

    // Whether a member is known is a question to the whole place there, not to this part of it.
    void refuseBeside(const Spot& spot) const {
        for (const auto* name : {"$ref", "allOf", "anyOf", "oneOf", "if", "additionalProperties"})
            if (spot.node->child(name) != nullptr)
                fail(spot, "\"unevaluatedProperties\" beside \"" + std::string(name) +
                               "\" is not supported");
    }

    void addNamed(const Spot& spot, const Node& member, std::size_t depth, Node& plain) {
        const bool dependent = member.name.starts_with("depend");
        Node own = objectNode(member.name);
        Node& named = dependent ? dependencies(plain) : own;
        for (const Node& part : member.children) {
            if (member.name == "patternProperties" && !isHarmless(part.name))
                fail(spot,
                     "a pattern of names may repeat one thing and has no brackets: " + part.name);
            if (dependent) holds(spot, &part);
            Node value = part.kind == Kind::Array ? part : schema({&part, spot.file}, depth + 1);
            add(named, part.name, std::move(value));
        }
        if (!dependent) plain.children.push_back(std::move(own));
    }

    // "items" of draft 2020-12 is "additionalItems" of 7 where there are "prefixItems".
    void addOwn(const Spot& spot, const Node& member, std::size_t depth, Node& plain) {
        const std::string& name = member.name;
        const bool prefix = spot.node->child("prefixItems") != nullptr;
        if (name == "prefixItems" || (name == "items" && member.kind == Kind::Array)) {
            Node list = arrayNode();
            for (const Node& part : member.children)
                list.children.push_back(schema({&part, spot.file}, depth + 1));
            add(plain, "items", std::move(list));
        } else if (name == "items" || (name == "additionalItems" && !prefix)) {
            const bool others = name == "additionalItems" || prefix;
            add(plain, others ? "additionalItems" : "items",
                schema({&member, spot.file}, depth + 1));
        } else if (name == "pattern") {
            add(plain, kPatternKeyword, member);
        } else if (name == "format") {
            add(plain, kFormatKeyword, member);
        } else if (name == "uniqueItems" && member.value == "true") {
            add(plain, kUniqueKeyword, member);
        }
        // Whatever else there is says nothing that could be violated.
    }

    // A part that holds itself in place could be judged for ever.
    void refuseCircles() const {
        std::set<const Node*> done;
        for (const auto& [start, unused] : inPlace_) {
            std::set<const Node*> open;
            walk(start, open, done);
        }
    }
    void walk(const Node* node, std::set<const Node*>& open, std::set<const Node*>& done) const {
        const auto held = inPlace_.find(node);
        if (held == inPlace_.end() || done.contains(node)) return;
        if (open.size() > kMostParts / 100) throw Fault("a schema of too many references");
        if (!open.insert(node).second)
            throw Fault("line " + std::to_string(node->position.line) +
                        ": the schema refers to itself without going down");
        for (const Node* inner : held->second) walk(inner, open, done);
        open.erase(node);
        done.insert(node);
    }

    JsonSchemaFiles files_;
    std::map<const Node*, std::size_t> ids_;
    std::vector<Spot> targets_;
    std::map<const Node*, std::vector<const Node*>> inPlace_;
    std::size_t parts_ = 0;
};

}  // namespace

Node plainJsonSchema(const std::filesystem::path& file) { return Plainer(file).make(); }

}  // namespace gateway::document
