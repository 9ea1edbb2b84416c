#pragma once
// In which order a type of an XML Schema wants its elements.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace gateway::document {

/// A part of a content model. A plain value: a tree that ends at elements.
struct ContentModel {
    enum class What : std::uint8_t { Sequence, Choice, All, Element, Any };
    static constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

    What what = What::Sequence;
    std::size_t least = 1, most = 1;
    std::vector<ContentModel> parts;  ///< of a sequence, choice or all
    /// Of an element: namespace and name; the head of a substitution group with its members.
    std::vector<std::pair<std::string, std::string>> names;
};

}  // namespace gateway::document
