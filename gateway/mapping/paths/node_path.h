#pragma once
// Where a node stands, in the notation of its own kind of document.

#include <string>

#include "gateway/document/tree.h"

namespace gateway::mapping {

/// A chain of ancestors on the stack.
struct NodeLink {
    const NodeLink* parent;
    const document::Node* node;
    /// The root of a document that stands in the text of the parent: told as
    /// /GoiTin/NoiDung!/BanAn.
    bool inside = false;
};

/// XML: /BanAn/DuongSu[2]/@id, with a number where siblings share the name. JSON: a JSON Pointer
/// (RFC 6901), /parties/0/name.
[[nodiscard]] std::string pathOf(const NodeLink& link);

/// The same for a node somewhere below `root`; empty if it is not there. Walks the tree.
[[nodiscard]] std::string pathOf(const document::Node& root, const document::Node& node);

}  // namespace gateway::mapping
