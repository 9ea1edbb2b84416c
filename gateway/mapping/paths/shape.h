#pragma once
// What a side may look like, so that a mapping that names a field which does not exist is refused
// when loaded.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"

namespace gateway::mapping {

/// Known shape of our side. Paths like "judgmentTransfer/ruling/parties[]/name"; of a side in XML
/// "Order/Line/@id", without [].
class Shape {
  public:
    virtual ~Shape() = default;
    /// Object, Array, String, Number, Boolean, in XML Element for what has something below it;
    /// nothing if there is no such field.
    [[nodiscard]] virtual std::optional<document::Kind> kindAt(std::string_view path) const = 0;
    /// Whether there are messages of that type.
    [[nodiscard]] virtual bool hasMessage(std::string_view /*type*/) const { return true; }
    /// The words of a closed set, in its order; empty for a field that takes any text.
    [[nodiscard]] virtual std::vector<std::string_view> wordsAt(std::string_view /*path*/) const {
        return {};
    }
    /// The fields of a type of message that, left out, may be meant to be as its sender has said
    /// them before; none of a type that changes no earlier message.
    [[nodiscard]] virtual std::vector<std::string> stayingOf(std::string_view /*type*/) const {
        return {};
    }
};

}  // namespace gateway::mapping
