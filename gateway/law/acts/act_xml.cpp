#include "gateway/law/acts/act_xml.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "gateway/law/acts/act_shapes.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::law {
namespace {

using document::Kind;
using document::Node;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kItem = "Item";

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

// A whole number as JSON writes it, or nothing.
std::string digitsOf(std::string_view written) {
    auto text = trimmed(written);
    const bool negative = text.starts_with('-');
    if (negative) text.erase(0, 1);
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return {};
    text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
    return (negative ? "-" : "") + text;
}

class Reader {
  public:
    explicit Reader(std::string_view ns) : ns_(ns) {}

    Node object(const std::vector<Field>& fields, const Node& element, std::string name) const {
        auto made = at(element, document::objectNode(std::move(name)));
        Places places;
        if (!isBlank(element))
            add(made, at(element, document::stringNode("#text", element.value)), places);
        for (const auto& child : element.children)
            if (!child.isPieceOf(element)) add(made, member(fields, child), places);
        return made;
    }

  private:
    struct Place {
        std::size_t index;
        bool twice = false;
    };
    using Places = std::map<std::string, Place, std::less<>>;

    static Node at(const Node& element, Node made) {
        made.position = element.position;
        return made;
    }
    static bool isBlank(const Node& element) {
        return element.value.find_first_not_of(kBlanks) == std::string::npos;
    }

    std::string nameOf(const Node& child) const {
        if (child.kind == Kind::Attribute) return "@" + child.name;
        if (child.namespaceUri != ns_ || child.name.empty() || !isUpper(child.name.front()))
            return ":" + child.name;
        return model::memberNameOf(child.name);
    }

    Node member(const std::vector<Field>& fields, const Node& child) const {
        auto name = nameOf(child);
        if (child.kind == Kind::Attribute)
            return at(child, document::stringNode(std::move(name), child.value));
        const auto known = std::ranges::find(fields, name, &Field::name);
        return known == fields.end() ? free(child, std::move(name))
                                     : value(*known, child, std::move(name));
    }

    // What is said twice is an array of what was said, which no single value may be.
    static void add(Node& object, Node member, Places& places) {
        const auto [place, isNew] =
            places.try_emplace(member.name, Place{object.children.size(), false});
        if (isNew) {
            object.children.push_back(std::move(member));
            return;
        }
        auto& before = object.children[place->second.index];
        if (!std::exchange(place->second.twice, true)) {
            auto both = at(before, document::arrayNode(member.name));
            before.name.clear();
            both.children.push_back(std::move(before));
            before = std::move(both);
        }
        member.name.clear();
        before.children.push_back(std::move(member));
    }

    bool isContainer(const Node& element) const {
        return isBlank(element) && std::ranges::all_of(element.children, [&](const Node& child) {
                   return child.kind == Kind::Element && child.name == kItem &&
                          child.namespaceUri == ns_;
               });
    }

    Node free(const Node& element, std::string name) const {
        if (element.children.empty())
            return at(element, document::stringNode(std::move(name), element.value));
        if (!isContainer(element)) return object({}, element, std::move(name));
        auto list = at(element, document::arrayNode(std::move(name)));
        for (const auto& item : element.children) list.children.push_back(free(item, {}));
        return list;
    }

    Node value(const Field& field, const Node& element, std::string name) const {
        switch (formOf(field)) {
            case MemberForm::Object: return object(shapeOf(field), element, std::move(name));
            case MemberForm::List:
                if (isContainer(element)) return list(field, element, std::move(name));
                break;
            case MemberForm::Leaf:
                if (element.children.empty()) return leaf(field.type, element, std::move(name));
                break;
            case MemberForm::Free:
                if (mayBeRulingCopy(field) && element.child("Reference"))
                    return object(rulingShape(), element, std::move(name));
                break;
        }
        return free(element, std::move(name));
    }

    Node list(const Field& field, const Node& element, std::string name) const {
        auto made = at(element, document::arrayNode(std::move(name)));
        const auto& members = shapeOf(field);
        for (const auto& item : element.children) {
            if (!members.empty())
                made.children.push_back(object(members, item, {}));
            else if (field.type == FieldType::Obligations && item.children.empty())
                made.children.push_back(leaf(FieldType::Integer, item, {}));
            else
                made.children.push_back(free(item, {}));
        }
        return made;
    }

    // What is no number and no flag stays a text, and is refused as one.
    static Node leaf(FieldType type, const Node& element, std::string name) {
        const auto text = trimmed(element.value);
        if (type == FieldType::Integer)
            if (auto digits = digitsOf(text); !digits.empty())
                return at(element, document::numberNode(std::move(name), std::move(digits)));
        if (type == FieldType::Flag)
            for (const auto& [word, flag] :
                 {std::pair{"true", true}, {"1", true}, {"false", false}, {"0", false}})
                if (text == word) return at(element, document::booleanNode(std::move(name), flag));
        return at(element, document::stringNode(std::move(name),
                                                type == FieldType::Text ? element.value : text));
    }

    const std::string_view ns_;
};

class Writer {
  public:
    explicit Writer(std::string_view ns) : ns_(ns) {}

    void members(const std::vector<Field>& fields, const Node& object, Node& element) const {
        for (const auto& field : fields)
            if (const auto* child = object.child(field.name))
                element.children.push_back(value(&field, *child, model::elementNameOf(field.name)));
        for (const auto& child : object.children)
            if (std::ranges::find(fields, child.name, &Field::name) == fields.end())
                element.children.push_back(value(nullptr, child, model::elementNameOf(child.name)));
    }

  private:
    Node value(const Field* field, const Node& node, std::string name) const {
        static const std::vector<Field> kNone;
        const auto& fields = field ? shapeOf(*field) : kNone;
        auto element = document::elementNode(std::string(ns_), std::move(name), node.value);
        if (node.kind == Kind::Object) members(fields, node, element);
        if (node.kind == Kind::Array)
            for (const auto& item : node.children)
                element.children.push_back(value(field, item, std::string(kItem)));
        return element;
    }

    const std::string_view ns_;
};

std::string unescaped(std::string token) {
    for (const auto& [from, to] : {std::pair{"~1", "/"}, {"~0", "~"}})
        for (auto at = token.find(from); at != std::string::npos; at = token.find(from, at + 1))
            token.replace(at, 2, to);
    return token;
}

}  // namespace

Node actFromXml(const ActDeclaration& act, const Node& element) {
    return Reader(element.namespaceUri).object(act.content, element, {});
}

Node actToXml(const ActDeclaration& act, const Node& content, std::string_view ns) {
    auto element = document::elementNode(std::string(ns), act.type);
    Writer(ns).members(act.content, content, element);
    return element;
}

std::string xmlPath(std::string_view type, std::string_view jsonPath) {
    std::string path = "/" + std::string(type);
    while (!jsonPath.empty()) {
        jsonPath.remove_prefix(1);
        const auto end = std::min(jsonPath.find('/'), jsonPath.size());
        auto token = unescaped(std::string(jsonPath.substr(0, end)));
        jsonPath.remove_prefix(end);
        if (token == "#text") continue;
        std::size_t index = 0;
        const auto* last = token.data() + token.size();
        const auto read = std::from_chars(token.data(), last, index);
        if (read.ec == std::errc() && read.ptr == last)
            path += "/Item[" + std::to_string(index + 1) + "]";
        else
            path += "/" + (token.starts_with(':') ? token.substr(1) : model::elementNameOf(token));
    }
    return path;
}

}  // namespace gateway::law
