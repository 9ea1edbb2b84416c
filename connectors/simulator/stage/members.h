#pragma once
// Members of the JSON in which plays are written down.

#include <charconv>
#include <cstdint>
#include <string>

#include "gateway/base/fault.h"
#include "gateway/document/tree.h"

namespace gateway::simulator {

/// Throws base::Fault if it is not there.
[[nodiscard]] inline const document::Node& member(const document::Node& node, const char* name) {
    const auto* found = node.child(name);
    if (!found) throw base::Fault(std::string("a play lacks ") + name);
    return *found;
}

[[nodiscard]] inline std::string text(const document::Node& node, const char* name) {
    return member(node, name).value;
}

/// 0 if it is none.
[[nodiscard]] inline std::int64_t wholeNumber(const document::Node& node) {
    std::int64_t value = 0;
    std::from_chars(node.value.data(), node.value.data() + node.value.size(), value);
    return value;
}

}  // namespace gateway::simulator
