#pragma once
// Messages whose payload is an act known by its declaration alone, in the two canonical forms. They
// need no mapping: JSON is the shape itself, XML follows from it by rule (law/act_xml.h).

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/document/content.h"
#include "gateway/law/book/law_book.h"

namespace gateway::exchange {

inline constexpr std::string_view kCaseModelNamespace = "urn:thahc:case-model:1";

/// A message as it was read: `ours` with the positions of the sender's document.
struct CanonicalAct {
    const law::ActDeclaration* act = nullptr;  ///< belongs to the law
    document::Node ours;
    std::string mappingId;  ///< "case-model-xml/compel-order"
};

/// Nothing if it is no such message, or of a type that has a class of its own.
[[nodiscard]] std::optional<CanonicalAct> readCanonicalAct(const law::LawBook& law,
                                                           const document::Content& content);

/// The declaration of what a message of any format says, once it is in the shape of canonical JSON;
/// null if it is no act, or of a type that has a class of its own.
[[nodiscard]] const law::ActDeclaration* declaredIn(const law::LawBook& law,
                                                    const document::Node& ours);

/// What its declaration says against it; path and place are those of the sender's document, of what
/// the sender has not written the path in ours and the place around it.
[[nodiscard]] std::vector<base::Problem> judgeDeclared(const law::ActDeclaration& act,
                                                       const document::Node& theirs,
                                                       const document::Node& ours,
                                                       base::Date today);

/// The message as bytes of that family; without a declaration by the members alone.
[[nodiscard]] std::string writeCanonicalAct(const law::ActDeclaration* act,
                                            const document::Node& ours, document::Form form);

}  // namespace gateway::exchange
