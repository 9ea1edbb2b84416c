#pragma once
// Where something of ours stands in the sender's own document, so that a refusal of what was
// mapped without fault still names the element or member that the sender wrote.

#include <string_view>

#include "gateway/base/problem.h"
#include "gateway/document/tree.h"

namespace gateway::exchange {

/// The message on both sides of its mapping; both must outlive it. A plain value, made where a
/// refusal is.
struct BothSides {
    const document::Node& theirs;  ///< the root of the sender's document
    const document::Node& ours;    ///< as mapped from it, with its positions

    /// What the sender wrote where `ours` is from; null if it is made by the format, not written.
    [[nodiscard]] const document::Node* written(const document::Node& node) const;

    /// A problem whose path is in ours, from the root or from the payload and with or without a
    /// first "/", gets path and position in the sender's document. In a list without a number the
    /// item that bears the problem's "value" is meant. Of what the sender did not write the path
    /// stays; the position is then that of the nearest place around it.
    [[nodiscard]] base::Problem placed(base::Problem problem) const;
};

/// Values of more than `longest` bytes go: what is kept for its positions need not keep files.
void dropLongValues(document::Node& node, std::size_t longest);

}  // namespace gateway::exchange
