#pragma once
// Where a node stands, in the notation of its own kind of document.

#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/paths.h"

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

/// The node of a document in XML that such a path names; nullptr if there is none.
[[nodiscard]] const document::Node* nodeAt(const document::Node& root, std::string_view path);

/// What is not there, by the step that looks for it: "/DuongSu", "/@id", of JSON "/parties/0".
[[nodiscard]] std::string stepText(document::Form form, const Step& step);

}  // namespace gateway::mapping
