#include "gateway/mapping/drafts/rule_places.h"

#include <fstream>
#include <map>
#include <sstream>
#include <string_view>

#include "gateway/base/fault.h"
#include "gateway/document/xml.h"

namespace gateway::mapping::drafts {
namespace {

namespace fs = std::filesystem;
using document::Kind;
using document::Node;

constexpr std::size_t kDeepest = 24;
constexpr std::size_t kMostPlaces = 200'000;

Node readXml(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in || !bytes) throw base::Fault("cannot read " + file.string());
    auto document = document::XmlDocument::parse(std::move(bytes).str());
    if (!document) throw base::Fault(file.string() + ": " + base::render(document.error()).en);
    return std::move(document->toTree().root);
}

std::string attributeOf(const Node& node, std::string_view name) {
    const Node* attribute = node.attribute(name);
    return attribute == nullptr ? std::string() : attribute->value;
}

/// A text cut where a sign stands outside quotes and brackets.
std::vector<std::string> cut(std::string_view text, char at) {
    std::vector<std::string> parts(1);
    bool quoted = false;
    int open = 0;
    for (const char c : text) {
        if (c == '\'') quoted = !quoted;
        if (!quoted && c == '[') ++open;
        if (!quoted && c == ']') --open;
        if (c == at && !quoted && open == 0)
            parts.emplace_back();
        else
            parts.back().push_back(c);
    }
    return parts;
}

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

/// Collects the places of one mapping: a side's path is seen from where its group stands.
class Reader {
  public:
    Reader(const fs::path& file, const Node& mapping) : json_(isJson(mapping)) {
        trees_.reserve(mapping.children.size());
        for (const Node& element : mapping.children)
            if (element.name == "include")
                trees_.push_back(readXml(file.parent_path() / attributeOf(element, "file")));
        for (const Node& tree : trees_) addParts(tree);
        addParts(mapping);
        for (const Node& element : mapping.children)
            if (element.name == "accept") readAccept(element);
        if (const Node* body = mapping.child("body")) walk(*body, {}, {}, false, 0);
    }
    [[nodiscard]] std::vector<RulePlace> places() && { return std::move(places_); }

  private:
    static bool isJson(const Node& mapping) { return attributeOf(mapping, "theirs") != "xml"; }

    void addParts(const Node& holder) {
        for (const Node& element : holder.children)
            if (element.name == "part") parts_.emplace(attributeOf(element, "name"), &element);
    }

    void readAccept(const Node& accept) {
        PlacePath root;
        if (const auto name = attributeOf(accept, "root"); !name.empty())
            root = pathFrom({}, name, false);
        addTests(root, attributeOf(accept, "when"), false);
    }

    void walk(const Node& rules, const PlacePath& theirs, const PlacePath& ours, bool out,
              std::size_t depth) {
        if (depth > kDeepest || places_.size() > kMostPlaces)
            throw base::Fault("rules within rules without an end");
        for (const Node& rule : rules.children) {
            if (rule.kind != Kind::Element) continue;
            if (rule.name == "use") {
                const auto part = parts_.find(attributeOf(rule, "part"));
                if (part != parts_.end()) walk(*part->second, theirs, ours, out, depth + 1);
                continue;
            }
            addTests(theirs, attributeOf(rule, "when-theirs"), false);
            addTests(ours, attributeOf(rule, "when-ours"), true);
            const bool writes = out || attributeOf(rule, "direction") == "out";
            const RulePlace place = read(rule, theirs, ours, writes);
            walk(rule, place.hasTheirs ? place.theirs : theirs, place.hasOurs ? place.ours : ours,
                 writes, depth + 1);
        }
    }

    // Alternatives of theirs are places of their own; the first is where inner rules stand.
    RulePlace read(const Node& rule, const PlacePath& theirs, const PlacePath& ours, bool out) {
        RulePlace first{rule.name, {}, {}, false, false, attributeOf(rule, "as"), out};
        const std::string own = attributeOf(rule, "ours");
        if (const auto path = trimmed(own); !path.empty() && path[0] != '$') {
            first.ours = pathFrom(ours, path, true);
            first.hasOurs = true;
            const bool list = rule.name == "each" || rule.name == "tokens";
            if (list && !first.ours.empty() && !first.ours.back().ends_with("[]"))
                first.ours.back() += "[]";
        }
        for (const auto* name : {"write", "otherwise"})
            if (const auto path = attributeOf(rule, name); !path.empty())
                addPlace(std::string_view(name) == "write" ? theirs : ours, path,
                         std::string_view(name) == "otherwise");
        bool any = false;
        for (const auto& alternative : cut(attributeOf(rule, "theirs"), '|')) {
            const std::string path = trimmed(alternative);
            if (path.empty() || path[0] == '$') continue;
            RulePlace place = first;
            place.theirs = pathFrom(theirs, path, false);
            place.hasTheirs = true;
            places_.push_back(place);
            if (!std::exchange(any, true)) first = std::move(place);
        }
        if (!any && first.hasOurs) places_.push_back(first);
        return first;
    }

    void addPlace(const PlacePath& from, const std::string& path, bool ours) {
        if (path.empty() || path[0] == '$') return;
        RulePlace place{"condition", {}, {}, !ours, ours, {}, false};
        (ours ? place.ours : place.theirs) = pathFrom(from, path, ours);
        places_.push_back(std::move(place));
    }

    // What is tested: the paths in front of =, !=, starts, and behind exists, missing.
    void addTests(const PlacePath& from, const std::string& condition, bool ours) {
        for (auto& clause : cut(condition, ' ')) {
            if (clause.empty() || clause == "and" || clause == "or" || clause == "not" ||
                clause == "exists" || clause == "missing" || clause == "starts" ||
                clause == "matches" || clause == "without")
                continue;
            const std::string path = trimmed(cut(clause, '=').front());
            if (path.empty() || std::string_view("'!<>=$(").find(path[0]) != std::string::npos)
                continue;
            addPlace(from, path.ends_with('!') ? path.substr(0, path.size() - 1) : path, ours);
        }
    }

    PlacePath pathFrom(const PlacePath& here, const std::string& text, bool ours) {
        PlacePath path = here;
        std::string_view rest = text;
        if (rest.starts_with("//")) {
            path = {"**"};
            rest.remove_prefix(2);
        } else if (rest.starts_with('/')) {
            path.clear();
            rest.remove_prefix(1);
        }
        for (const auto& step : cut(rest, '/')) addStep(path, step, ours);
        return path;
    }

    void addStep(PlacePath& path, const std::string& step, bool ours) {
        if (step == "." || step.empty()) return;
        if (step == "..") {
            if (!path.empty()) path.pop_back();
            return;
        }
        const bool quoted = step[0] == '\'';
        const auto bracket = quoted ? step.find('[', step.rfind('\'')) : step.find('[');
        std::string name = step.substr(0, bracket);
        if (quoted) name = name.substr(1, name.rfind('\'') - 1);
        const auto colon = name.find(':');
        if (!quoted && !json_ && !ours && colon != std::string::npos)
            name = (name[0] == '@' ? "@" : "") + name.substr(colon + 1);
        if (ours && bracket != std::string::npos) name += "[]";
        path.push_back(std::move(name));
        if (bracket == std::string::npos) return;
        const auto inner = step.substr(bracket + 1, step.rfind(']') - bracket - 1);
        addTests(path, inner, ours);
    }

    bool json_;
    std::vector<Node> trees_;
    std::map<std::string, const Node*> parts_;
    std::vector<RulePlace> places_;
};

}  // namespace

std::vector<RulePlace> rulePlacesOf(const fs::path& file) {
    return Reader(file, readXml(file)).places();
}

std::string joinedPath(const PlacePath& path) {
    std::string text;
    for (const auto& name : path) text.append(text.empty() ? "" : "/").append(name);
    return text;
}

}  // namespace gateway::mapping::drafts
