#include <algorithm>
#include <map>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/document/schemas/json_schema_files.h"
#include "gateway/document/schemas/outline.h"

namespace gateway::document {
namespace {

constexpr std::size_t kMostTypes = 20'000;
constexpr std::size_t kMostParts = 10'000;  // of one place

/// A part of a schema that speaks of a place: always, or in one of several branches.
struct Part {
    JsonSchemaFiles::Spot spot;
    bool always = true;
    friend bool operator<(const Part& one, const Part& other) {
        return std::pair(one.spot.node, one.always) < std::pair(other.spot.node, other.always);
    }
};
using Parts = std::vector<Part>;

/// All that the parts of one place say together; references and combinations are resolved.
struct Said {
    std::vector<std::pair<std::string, Parts>> members;
    std::set<std::string, std::less<>> required;
    Parts items, others;  ///< of a list; members of other names
    std::optional<Kind> kind, kindInBranch;
    bool nullable = false, closed = false;
    std::vector<std::string> words, wordsInBranches;
    bool anyWord = false;  ///< a branch that takes any
    std::string documentation, format;
    std::optional<std::string> defaultValue, fixedValue;
};

std::optional<Kind> kindNamed(std::string_view type) {
    if (type == "object") return Kind::Object;
    if (type == "array") return Kind::Array;
    if (type == "string") return Kind::String;
    if (type == "number" || type == "integer") return Kind::Number;
    if (type == "boolean") return Kind::Boolean;
    return std::nullopt;
}

void append(Parts& to, const Part& part) {
    const bool known = std::any_of(
        to.begin(), to.end(), [&](const Part& other) { return other.spot.node == part.spot.node; });
    if (!known) to.push_back(part);
}

/// Collects what schemas say of one place.
class Listener {
  public:
    explicit Listener(JsonSchemaFiles& files) : files_(files) {}

    Said listen(const Parts& parts) {
        Said said;
        for (const Part& part : parts) {
            std::set<std::string, std::less<>> required;
            hear(part, said, required);
            if (part.always) said.required.insert(required.begin(), required.end());
        }
        return said;
    }

  private:
    // `required` are the members that this part asks for.
    void hear(const Part& part, Said& said, std::set<std::string, std::less<>>& required) {
        const Node& node = *part.spot.node;
        if (node.kind != Kind::Object) return;   // true or false
        if (!seen_.insert(part).second) return;  // a reference to where it stands
        if (seen_.size() > kMostParts) throw base::Fault("a schema that says too much of a place");
        hearValue(part, said);  // its own words before those of what it refers to
        if (const Node* ref = node.child("$ref"); ref != nullptr && ref->kind == Kind::String)
            hear({files_.resolve(part.spot.file, ref->value), part.always}, said, required);
        hearMembers(part, said, required);
        for (const Node& inner : listOf(node, "allOf"))
            hear({{&inner, part.spot.file}, part.always}, said, required);
        hearBranches(part, listOf(node, "anyOf"), said, required);
        hearBranches(part, listOf(node, "oneOf"), said, required);
        std::set<std::string, std::less<>> unheard;
        for (const auto* name : {"then", "else"})
            if (const Node* inner = node.child(name))
                hear({{inner, part.spot.file}, false}, said, unheard);
        for (const auto* name : {"dependentSchemas", "dependencies"})
            if (const Node* inner = node.child(name))
                for (const Node& one : inner->children)
                    hear({{&one, part.spot.file}, false}, said, unheard);
    }

    static const std::vector<Node>& listOf(const Node& node, std::string_view name) {
        static const std::vector<Node> none;
        const Node* list = node.child(name);
        return list != nullptr && list->kind == Kind::Array ? list->children : none;
    }

    // What every branch asks for is asked for.
    void hearBranches(const Part& part, const std::vector<Node>& branches, Said& said,
                      std::set<std::string, std::less<>>& required) {
        std::map<std::string, std::size_t, std::less<>> asked;
        for (const Node& branch : branches) {
            std::set<std::string, std::less<>> here;
            hear({{&branch, part.spot.file}, part.always && branches.size() == 1}, said, here);
            for (const auto& name : here) ++asked[name];
        }
        for (const auto& [name, count] : asked)
            if (count == branches.size()) required.insert(name);
    }

    static void hearKind(const Part& part, std::string_view type, Said& said) {
        if (type == "null") said.nullable = true;
        auto& kind = part.always ? said.kind : said.kindInBranch;
        if (const auto named = kindNamed(type); named && !kind) kind = named;
    }

    void hearValue(const Part& part, Said& said) {
        const Node& node = *part.spot.node;
        if (const Node* type = node.child("type")) {
            if (type->kind == Kind::String) hearKind(part, type->value, said);
            for (const Node& one : type->children) hearKind(part, one.value, said);
        } else if (node.child("properties") != nullptr) {
            hearKind(part, "object", said);
        } else if (node.child("items") != nullptr || node.child("prefixItems") != nullptr) {
            hearKind(part, "array", said);
        }
        if (const Node* null = node.child("nullable"); null != nullptr && null->value == "true")
            said.nullable = true;
        std::vector<std::string> words;
        hearWords(part, listOf(node, "enum"), words, said);
        if (const Node* only = node.child("const")) {
            hearWords(part, {*only}, words, said);
            if (part.always) said.fixedValue = only->value;
        }
        auto& all = part.always ? said.words : said.wordsInBranches;
        for (auto& word : words)
            if (std::find(all.begin(), all.end(), word) == all.end()) all.push_back(word);
        const Node* type = node.child("type");
        const bool onlyNull = type != nullptr && type->value == "null";
        if (!part.always && words.empty() && type != nullptr && !onlyNull) said.anyWord = true;
        if (const Node* value = node.child("default"); value != nullptr && value->isLeaf())
            said.defaultValue = value->value;
        if (const Node* format = node.child("format"); said.format.empty() && format != nullptr)
            said.format = format->value;
        for (const auto* name : {"description", "title"})
            if (const Node* text = node.child(name); said.documentation.empty() && text != nullptr)
                said.documentation = text->value;
    }

    static void hearWords(const Part& part, const std::vector<Node>& values,
                          std::vector<std::string>& words, Said& said) {
        for (const Node& value : values) {
            switch (value.kind) {
                case Kind::Null: said.nullable = true; continue;
                case Kind::String: hearKind(part, "string", said); break;
                case Kind::Number: hearKind(part, "number", said); break;
                case Kind::Boolean: hearKind(part, "boolean", said); break;
                default: continue;
            }
            words.push_back(value.value);
        }
    }

    void hearMembers(const Part& part, Said& said, std::set<std::string, std::less<>>& required) {
        const Node& node = *part.spot.node;
        for (const Node& name : listOf(node, "required")) required.insert(name.value);
        if (const Node* properties = node.child("properties"))
            for (const Node& property : properties->children) {
                auto found =
                    std::find_if(said.members.begin(), said.members.end(),
                                 [&](const auto& member) { return member.first == property.name; });
                if (found == said.members.end())
                    found = said.members.emplace(said.members.end(), property.name, Parts());
                append(found->second, {{&property, part.spot.file}, part.always});
            }
        for (const auto* name : {"additionalProperties", "unevaluatedProperties"}) {
            const Node* others = node.child(name);
            if (others == nullptr) continue;
            if (others->kind == Kind::Boolean) said.closed = others->value == "false";
            if (others->kind == Kind::Object)
                append(said.others, {{others, part.spot.file}, part.always});
        }
        if (const Node* patterns = node.child("patternProperties"))
            for (const Node& pattern : patterns->children)
                append(said.others, {{&pattern, part.spot.file}, false});
        hearItems(part, said);
    }

    static void hearItems(const Part& part, Said& said) {
        for (const auto* name : {"prefixItems", "items", "additionalItems"}) {
            const Node* items = part.spot.node->child(name);
            if (items == nullptr) continue;
            if (items->kind == Kind::Object)
                append(said.items, {{items, part.spot.file}, part.always});
            if (items->kind == Kind::Array)
                for (const Node& item : items->children)
                    append(said.items, {{&item, part.spot.file}, items->children.size() == 1});
        }
    }

    JsonSchemaFiles& files_;
    std::set<Part> seen_;
};

class Maker {
  public:
    explicit Maker(const std::filesystem::path& file) : files_(file) {
        types_.emplace_back();  // of what has nothing below it
    }

    std::shared_ptr<const Outline> make() {
        Place root = placeOf({}, {Part{files_.root(), true}});
        for (std::size_t next = 0; next < waiting_.size(); ++next) fill(next);
        return std::make_shared<const Outline>(Form::Json, std::vector<Place>{std::move(root)},
                                               std::move(types_));
    }

  private:
    Place placeOf(std::string name, const Parts& parts) {
        const Said said = Listener(files_).listen(parts);
        Place place;
        place.name = std::move(name);
        place.kind = said.kind ? *said.kind : said.kindInBranch.value_or(Kind::String);
        place.nillable = said.nullable;
        place.defaultValue = said.defaultValue;
        place.fixedValue = said.fixedValue;
        place.words = !said.words.empty() ? said.words
                      : said.anyWord      ? std::vector<std::string>()
                                          : said.wordsInBranches;
        place.builtIn = said.format;
        place.documentation = said.documentation;
        const bool below = place.kind == Kind::Object || place.kind == Kind::Array;
        if (below) place.type = typeId(parts);
        return place;
    }

    std::uint32_t typeId(const Parts& parts) {
        std::vector<std::pair<const Node*, bool>> key;
        for (const Part& part : parts) key.emplace_back(part.spot.node, part.always);
        const auto [found, fresh] =
            ids_.emplace(std::move(key), static_cast<std::uint32_t>(types_.size()));
        if (fresh) {
            if (types_.size() == kMostTypes) throw base::Fault("a schema of too many types");
            types_.emplace_back();
            waiting_.push_back(parts);
        }
        return found->second;
    }

    void fill(std::size_t waiting) {
        const Parts parts = waiting_[waiting];
        const Said said = Listener(files_).listen(parts);
        PlaceType type;
        for (const auto& [name, members] : said.members) {
            type.children.push_back(placeOf(name, members));
            type.children.back().required = said.required.contains(name);
        }
        if (!said.items.empty()) type.children.push_back(placeOf({}, said.items));
        if (!said.others.empty()) {
            type.children.push_back(placeOf({}, said.others));
            type.children.back().anyName = true;
        }
        type.open = !said.closed;
        types_[waiting + 1] = std::move(type);
    }

    JsonSchemaFiles files_;
    std::map<std::vector<std::pair<const Node*, bool>>, std::uint32_t> ids_;
    std::vector<Parts> waiting_;  ///< of type i + 1
    std::vector<PlaceType> types_;
};

}  // namespace

std::shared_ptr<const Outline> Outline::ofJsonSchema(const std::filesystem::path& file) {
    return Maker(file).make();
}

}  // namespace gateway::document
