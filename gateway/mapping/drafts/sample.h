#pragma once
// What a sample of a foreign format, and its schema if there is one, show of that format.

#include <cstddef>
#include <string>
#include <vector>

#include "gateway/document/schemas/outline.h"
#include "gateway/document/tree.h"

namespace gateway::mapping::drafts {

/// One place of the format: everything that stands under one name below one parent.
struct SamplePlace {
    std::string name, namespaceUri;
    bool attribute = false;
    bool container = false;  ///< elements, attributes or members below it
    bool text = false;       ///< a value of its own, maybe beside attributes
    bool mixed = false;      ///< elements stand in the midst of its text
    bool repeats = false;
    bool single = false;                           ///< never repeats, says the schema
    bool required = false;                         ///< says the schema
    bool seen = true;                              ///< in the sample; else only in the schema
    document::Kind kind = document::Kind::String;  ///< of its value
    std::vector<std::string> values;               ///< different ones, the first few, not blank
    std::vector<std::string> words;                ///< the closed set, says the schema
    std::string builtIn, documentation;            ///< says the schema
    std::vector<SamplePlace> children;
};

inline constexpr std::size_t kValuesShown = 4;

/// Places of a sample, in its order; `outline` (or nullptr) adds what the sample does not show.
/// A schema that does not know the sample's root adds nothing.
[[nodiscard]] SamplePlace placesOf(const document::Tree& sample, const document::Outline* outline);

}  // namespace gateway::mapping::drafts
