#pragma once
// Small helpers of the loader: attributes of a mapping file, and faults that name their place.

#include <string>
#include <string_view>

#include "gateway/base/fault.h"
#include "gateway/document/tree.h"

namespace gateway::mapping {

[[nodiscard]] inline std::string attributeOr(const document::Node& element, std::string_view name,
                                             std::string_view fallback) {
    const document::Node* const attribute = element.attribute(name);
    return attribute == nullptr ? std::string(fallback) : attribute->value;
}

/// "mapping.xml:17: field: "
[[nodiscard]] inline std::string placeOf(const std::string& file, const document::Node& element) {
    return file + ":" + std::to_string(element.position.line) + ": " + element.name + ": ";
}

/// A fault that names the innermost element already; outer ones leave it as it is.
class LocatedFault : public base::Fault {
  public:
    using base::Fault::Fault;
};

/// Runs `work`; a fault in it is told with the element's place.
template <class Work>
void atElement(const std::string& file, const document::Node& element, const Work& work) {
    try {
        work();
    } catch (const LocatedFault&) {
        throw;
    } catch (const base::Fault& fault) {
        throw LocatedFault(placeOf(file, element) + fault.what());
    }
}

/// Whether a field in it takes the text of the place itself and refuses an empty one.
[[nodiscard]] inline bool wantsOwnText(const document::Node& element) {
    for (const auto& rule : element.children)
        if (rule.name == "field" && attributeOr(rule, "theirs", "") == "." &&
            attributeOr(rule, "direction", "both") == "both" &&
            attributeOr(rule, "empty", "refuse") == "refuse" &&
            attributeOr(rule, "write-absent", "").empty())
            return true;
    return false;
}

}  // namespace gateway::mapping
