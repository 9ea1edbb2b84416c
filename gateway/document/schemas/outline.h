#pragma once
// What a schema says, before there is any document: the places that it allows, in its order.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/document/schemas/content_model.h"
#include "gateway/document/tree.h"

namespace gateway::document {

/// A place where a schema allows a value: an element, an attribute, a member, the items of a list.
/// A plain value; what stands below it is asked of its Outline, so that types may hold themselves.
struct Place {
    std::string name;          ///< local part or member name; empty for items and the root of JSON
    std::string namespaceUri;  ///< XML only
    bool attribute = false;
    bool anyName = false;  ///< JSON: members of any other name
    /// Of XML: Element for what holds elements or nothing but attributes, else what its text is.
    Kind kind = Kind::String;
    bool required = false;  ///< wherever its parent stands
    bool repeats = false;   ///< XML: may stand more than once
    bool nillable = false;  ///< xsi:nil, or null in JSON
    std::optional<std::string> defaultValue, fixedValue;
    std::vector<std::string> words;  ///< the closed set of its values; empty if there is none
    std::string builtIn;             ///< what its text is: "date", "base64Binary"; `format` in JSON
    std::string documentation;       ///< as written, blanks joined
    std::uint32_t type = 0;          ///< what is below it: Outline::children
};

/// One type of a schema: what stands below the places that have it.
struct PlaceType {
    std::vector<Place> children;  ///< attributes first, then in the order of the schema
    bool open = false;            ///< more may stand here than is named
    ContentModel model;           ///< XML: the order of the elements
    /// XML: types that xsi:type may name instead, by local name, nearest first.
    std::vector<std::pair<std::string, std::uint32_t>> derived;
};

/// The places of one schema. Immutable and thread-safe.
class Outline {
  public:
    /// A schema that does not compile, or reaches for anything but files beside it and below, is
    /// our own fault: throws Fault. `roots` are its global elements.
    [[nodiscard]] static std::shared_ptr<const Outline> ofXsd(const std::filesystem::path& file);
    /// The same for JSON Schema (draft 7, 2019-09, 2020-12). There is one root, without a name.
    [[nodiscard]] static std::shared_ptr<const Outline> ofJsonSchema(
        const std::filesystem::path& file);
    /// The one or the other, by the file's name: *.json is JSON Schema.
    [[nodiscard]] static std::shared_ptr<const Outline> of(const std::filesystem::path& file);

    Outline(Form form, std::vector<Place> roots, std::vector<PlaceType> types);

    [[nodiscard]] Form form() const noexcept { return form_; }
    [[nodiscard]] const std::vector<Place>& roots() const noexcept { return roots_; }
    [[nodiscard]] const std::vector<PlaceType>& types() const noexcept { return types_; }
    [[nodiscard]] const PlaceType& typeOf(const Place& place) const;
    [[nodiscard]] const std::vector<Place>& children(const Place& place) const {
        return typeOf(place).children;
    }
    /// Below a place, also where only a derived type has it. nullptr if there is none.
    /// `uri` null: of any namespace.
    [[nodiscard]] const Place* child(const Place& place, std::string_view name, bool attribute,
                                     const std::string* uri = nullptr) const;
    [[nodiscard]] const Place* root(std::string_view name, const std::string* uri = nullptr) const;

  private:
    Form form_;
    std::vector<Place> roots_;
    std::vector<PlaceType> types_;
};

}  // namespace gateway::document
