#pragma once
// Small views of libxml2 elements, for judging the shape of a signature; internal to trust.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct _xmlAttr;
struct _xmlNode;

namespace gateway::trust {

[[nodiscard]] bool isElement(const _xmlNode* node, std::string_view namespaceUri,
                             std::string_view name) noexcept;

/// The child elements, if there is nothing but elements and blank text beside them.
[[nodiscard]] std::optional<std::vector<_xmlNode*>> onlyElements(const _xmlNode* element);

/// The text, if there is nothing but text.
[[nodiscard]] std::optional<std::string> onlyText(const _xmlNode* element);

/// True if every attribute has one of these names and no namespace.
[[nodiscard]] bool onlyAttributes(const _xmlNode* element,
                                  std::initializer_list<std::string_view> names) noexcept;

/// The attribute without namespace, or nullptr.
[[nodiscard]] _xmlAttr* findAttribute(const _xmlNode* element, std::string_view name) noexcept;
[[nodiscard]] std::string valueOf(const _xmlAttr* attribute);
/// Its value, or nothing.
[[nodiscard]] std::optional<std::string> attributeOf(const _xmlNode* element,
                                                     std::string_view name);

/// The element that follows `element` in document order within `top`, or nullptr.
[[nodiscard]] _xmlNode* nextElement(_xmlNode* element, const _xmlNode* top) noexcept;

}  // namespace gateway::trust
