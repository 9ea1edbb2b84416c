#pragma once
// Our side of a mapping by a schema other than the case model: a JSON Schema or an XSD.

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/document/schemas/outline.h"
#include "gateway/mapping/paths/shape.h"

namespace gateway::mapping {

/// What a schema allows, asked by path. Immutable and thread-safe.
///
/// Of JSON: "list[]/name", the document being what the path starts in. Of XML: names from the root
/// element down, "Order/Line/@id", of whatever namespace; nothing there has "[]". Containers are
/// Element, and whatever is text is String.
class SchemaShape final : public Shape {
  public:
    explicit SchemaShape(std::shared_ptr<const document::Outline> outline);
    [[nodiscard]] std::optional<document::Kind> kindAt(std::string_view path) const override;
    [[nodiscard]] std::vector<std::string_view> wordsAt(std::string_view path) const override;

    [[nodiscard]] const document::Outline& outline() const noexcept { return *outline_; }
    /// The place of a path, nullptr if there is none.
    [[nodiscard]] const document::Place* placeAt(std::string_view path) const;

  private:
    std::shared_ptr<const document::Outline> outline_;
};

}  // namespace gateway::mapping
