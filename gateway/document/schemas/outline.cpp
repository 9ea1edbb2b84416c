#include "gateway/document/schemas/outline.h"

#include <algorithm>

#include "gateway/base/fault.h"

namespace gateway::document {
namespace {

const Place* among(const std::vector<Place>& places, std::string_view name, bool attribute,
                   const std::string* uri) {
    const auto found = std::find_if(places.begin(), places.end(), [&](const Place& place) {
        return !place.anyName && place.attribute == attribute && place.name == name &&
               (uri == nullptr || place.namespaceUri == *uri);
    });
    return found == places.end() ? nullptr : &*found;
}

}  // namespace

std::shared_ptr<const Outline> Outline::of(const std::filesystem::path& file) {
    return file.extension() == ".json" ? ofJsonSchema(file) : ofXsd(file);
}

Outline::Outline(Form form, std::vector<Place> roots, std::vector<PlaceType> types) :
    form_(form), roots_(std::move(roots)), types_(std::move(types)) {}

const PlaceType& Outline::typeOf(const Place& place) const {
    GW_CHECK(place.type < types_.size());
    return types_[place.type];
}

const Place* Outline::child(const Place& place, std::string_view name, bool attribute,
                            const std::string* uri) const {
    const PlaceType& type = typeOf(place);
    if (const Place* found = among(type.children, name, attribute, uri)) return found;
    for (const auto& [derivedName, derived] : type.derived)
        if (const Place* found = among(types_[derived].children, name, attribute, uri))
            return found;
    for (const Place& any : type.children)
        if (any.anyName && !attribute) return &any;
    return nullptr;
}

const Place* Outline::root(std::string_view name, const std::string* uri) const {
    return among(roots_, name, false, uri);
}

}  // namespace gateway::document
