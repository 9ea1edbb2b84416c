#include "gateway/mapping/drafts/sample.h"

#include <algorithm>
#include <set>

#include "gateway/document/text.h"

namespace gateway::mapping::drafts {
namespace {

using document::Kind;
using document::Node;
using document::Outline;
using document::Place;

constexpr std::size_t kMostPlaces = 3'000;  // of a schema: nobody reads a longer draft
constexpr std::size_t kValuesKept = 50;

SamplePlace* find(SamplePlace& parent, const std::string& name, const std::string& uri,
                  bool attribute) {
    const auto found =
        std::find_if(parent.children.begin(), parent.children.end(), [&](const SamplePlace& place) {
            return place.name == name && place.namespaceUri == uri && place.attribute == attribute;
        });
    return found == parent.children.end() ? nullptr : &*found;
}

void add(SamplePlace& place, const Node& node);

void addChildren(SamplePlace& place, const Node& node) {
    std::set<std::pair<std::string, std::string>> here;
    for (const Node& child : node.children) {
        const bool attribute = child.kind == Kind::Attribute;
        if (child.isPieceOf(node)) {
            place.mixed = true;
            continue;
        }
        SamplePlace* known = find(place, child.name, child.namespaceUri, attribute);
        if (known == nullptr) {
            SamplePlace fresh;
            fresh.name = child.name;
            fresh.namespaceUri = child.namespaceUri;
            fresh.attribute = attribute;
            place.children.push_back(std::move(fresh));
            known = &place.children.back();
        }
        if (!attribute && !here.emplace(child.namespaceUri, child.name).second)
            known->repeats = true;
        add(*known, child);
    }
}

void add(SamplePlace& place, const Node& node) {
    if (node.kind == Kind::Array) {
        place.repeats = true;
        for (const Node& item : node.children) add(place, item);
        return;
    }
    if (!node.children.empty() || node.kind == Kind::Object) place.container = true;
    addChildren(place, node);
    if (node.kind == Kind::Object || node.kind == Kind::Null) return;
    if (!document::hasVisible(node.value)) return;
    place.text = true;
    if (node.kind == Kind::Number || node.kind == Kind::Boolean) place.kind = node.kind;
    const bool known =
        std::find(place.values.begin(), place.values.end(), node.value) != place.values.end();
    if (!known && place.values.size() < kValuesKept) place.values.push_back(node.value);
}

/// Lays a schema over what was seen.
class Overlay {
  public:
    explicit Overlay(const Outline& outline) : outline_(outline) {}

    void lay(SamplePlace& seen, const Place& place) {
        const Place* said = &place;
        if (said->kind == Kind::Array) {
            seen.repeats = true;
            said = outline_.child(place, {}, false);
            if (said == nullptr) return;
        }
        seen.repeats = seen.repeats || place.repeats;
        seen.single = !seen.repeats;
        seen.required = place.required;
        seen.words = said->words;
        seen.builtIn = said->builtIn;
        seen.documentation =
            place.documentation.empty() ? said->documentation : place.documentation;
        const auto& below = outline_.children(*said);
        if (!below.empty()) seen.container = true;
        if (!seen.seen) {
            seen.text = said->kind != Kind::Element && said->kind != Kind::Object;
            if (outline_.form() == document::Form::Json && seen.text) seen.kind = said->kind;
        }
        // A type within itself is shown as far as the sample goes.
        const bool within = !open_.insert(said->type).second;
        if (within && !seen.seen) return;
        for (const Place& child : below) addChild(seen, child);
        if (!within) open_.erase(said->type);
    }

  private:
    void addChild(SamplePlace& seen, const Place& child) {
        if (child.anyName || child.name.empty()) return;
        SamplePlace* known = find(seen, child.name, child.namespaceUri, child.attribute);
        if (known == nullptr) {
            if (++added_ > kMostPlaces || open_.contains(child.type == 0 ? kNoType : child.type))
                return;
            SamplePlace fresh;
            fresh.name = child.name;
            fresh.namespaceUri = child.namespaceUri;
            fresh.attribute = child.attribute;
            fresh.seen = false;
            seen.children.push_back(std::move(fresh));
            known = &seen.children.back();
        }
        lay(*known, child);
    }

    static constexpr std::uint32_t kNoType = static_cast<std::uint32_t>(-1);
    const Outline& outline_;
    std::set<std::uint32_t> open_;
    std::size_t added_ = 0;
};

}  // namespace

SamplePlace placesOf(const document::Tree& sample, const Outline* outline) {
    SamplePlace root;
    root.name = sample.root.name;
    root.namespaceUri = sample.root.namespaceUri;
    add(root, sample.root);
    if (outline == nullptr || outline->form() != sample.form) return root;
    const Place* place = sample.form == document::Form::Json
                             ? &outline->roots().front()
                             : outline->root(root.name, &root.namespaceUri);
    if (place != nullptr) Overlay(*outline).lay(root, *place);
    return root;
}

}  // namespace gateway::mapping::drafts
