#include "gateway/mapping/sources/schema_shape.h"

#include <utility>

#include "gateway/base/fault.h"

namespace gateway::mapping {

using document::Kind;
using document::Place;

SchemaShape::SchemaShape(std::shared_ptr<const document::Outline> outline) :
    outline_(std::move(outline)) {
    GW_CHECK(outline_ != nullptr);
}

const Place* SchemaShape::placeAt(std::string_view path) const {
    const bool json = outline_->form() == document::Form::Json;
    const Place* place = json ? &outline_->roots().front() : nullptr;
    for (bool last = false; !last;) {
        const auto end = path.find('/');
        last = end == std::string_view::npos;
        std::string_view name = path.substr(0, end);
        path.remove_prefix(last ? path.size() : end + 1);
        const bool items = json && name.ends_with("[]");
        if (items) name.remove_suffix(2);
        const bool attribute = !json && name.starts_with('@');
        if (attribute) name.remove_prefix(1);
        if (name.empty()) return nullptr;
        place = place == nullptr ? outline_->root(name) : outline_->child(*place, name, attribute);
        if (place != nullptr && items) {
            if (place->kind != Kind::Array) return nullptr;
            place = outline_->child(*place, {}, false);
        }
        if (place == nullptr) return nullptr;
    }
    return place;
}

std::optional<Kind> SchemaShape::kindAt(std::string_view path) const {
    const Place* place = placeAt(path);
    if (place == nullptr) return std::nullopt;
    if (outline_->form() == document::Form::Xml && place->kind != Kind::Element)
        return Kind::String;
    return place->kind;
}

std::vector<std::string_view> SchemaShape::wordsAt(std::string_view path) const {
    const Place* place = placeAt(path);
    if (place == nullptr) return {};
    return {place->words.begin(), place->words.end()};
}

}  // namespace gateway::mapping
