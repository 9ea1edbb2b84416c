#pragma once
// Documents made of a sample: such that mean the same, and such that hold something nobody knows.

#include <functional>
#include <string>
#include <vector>

#include "gateway/document/tree.h"

namespace gateway::app {

/// A document made of a sample.
struct SampleVariant {
    std::string what;  ///< how it was made: "members reversed", or where something was planted
    std::string bytes;
};

/// The name of what is planted.
inline constexpr std::string_view kPlanted = "laThem";

/// The same in other words: prefixes, blanks between elements, order of attributes and of members.
[[nodiscard]] std::vector<SampleVariant> variantsOf(const document::Tree& sample);

/// The sample with one more element, attribute or member, once for every place that can hold one;
/// at most `most` of them, spread over the document.
void forEachPlanted(const document::Tree& sample, std::size_t most,
                    const std::function<void(const SampleVariant&)>& visit);

}  // namespace gateway::app
