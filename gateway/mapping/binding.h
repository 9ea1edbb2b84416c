#pragma once
// The case model's structures to and from trees in the shape of canonical JSON, by their describe()
// functions alone. A mapping fills such a tree; events and snapshots are stored as such trees.

#include "gateway/base/result.h"
#include "gateway/document/tree.h"
#include "gateway/mapping/tree_reader.h"
#include "gateway/mapping/tree_writer.h"
#include "gateway/mapping/values/problems.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::mapping {

/// Checks a tree with the members `envelope`, the payload's name and, on what was delivered,
/// `delivery`, and fills the message.
///
/// Refused: a missing or empty required member (MAPPING_REQUIRED), a value that the member cannot
/// hold (MAPPING_VALUE), a member that the model does not have (MAPPING_UNKNOWN_NODE). Paths are
/// those of ours, positions those of the nodes, which a plan takes over from the sender's document.
/// Pure and thread-safe. Says nothing about agencies, rights or cases.
[[nodiscard]] base::Result<model::Message, Problems> bindMessage(const document::Node& ours);

/// The tree of a message. Optional members that are empty or false are left out.
[[nodiscard]] document::Node unbindMessage(const model::Message& message);

/// An act of that type as its member in a message has it, and back. What its declaration says of
/// its content is not asked.
[[nodiscard]] base::Result<model::DeclaredAct, Problems> bindDeclared(std::string type,
                                                                      const document::Node& member);
[[nodiscard]] document::Node unbindDeclared(const model::DeclaredAct& act);

/// The tree of any described structure; the same value always gives the same tree.
template <class S>
[[nodiscard]] document::Node toNode(const S& structure) {
    return nodeOf({}, structure);
}

/// writeJson(toNode(value)), without the tree: what is stored with each message.
template <class T>
[[nodiscard]] std::string toJson(const T& value) {
    document::JsonText text;
    TextWriter(text).write(value);
    return text.take();
}

/// The structure of a tree made by toNode. Unlike bindMessage it takes empty required texts, since
/// what we wrote ourselves must come back as it was.
template <class S>
[[nodiscard]] base::Result<S, Problems> fromNode(const document::Node& node) {
    Problems problems;
    S structure{};
    readMember(node, MemberPath{}, structure, ReadMode{problems, EmptyTexts::Accepted});
    if (!problems.empty()) return problems;
    return structure;
}

}  // namespace gateway::mapping
