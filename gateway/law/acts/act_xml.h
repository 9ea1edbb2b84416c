#pragma once
// An act in XML, by rule alone: the members of its JSON form with a capital first letter, a list
// as a container of Item, as the messages of mappings/case-model/case-model.xsd are written.

#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/law/acts/act_declaration.h"

namespace gateway::law {

/// The content of an act as its element says it, with the positions of the elements. Total: what
/// the declaration does not know stays, so that judgeContent() names it. An attribute becomes a
/// member "@name", text beside elements "#text", an element of another namespace or with a small
/// first letter ":name"; a member said twice an array of what was said. Texts of free members
/// (`any`, `party`) stay texts, whatever they look like; a container of nothing but Item is a list.
[[nodiscard]] document::Node actFromXml(const ActDeclaration& act, const document::Node& element);

/// The element of an act whose content judgeContent() has taken: members in the order of the
/// declaration, those of free objects in their own.
[[nodiscard]] document::Node actToXml(const ActDeclaration& act, const document::Node& content,
                                      std::string_view ns);

/// Of an act of that type: "/items/0/completedOn" -> "/CompelOrder/Items/Item[1]/CompletedOn"
[[nodiscard]] std::string xmlPath(std::string_view type, std::string_view jsonPath);

}  // namespace gateway::law
