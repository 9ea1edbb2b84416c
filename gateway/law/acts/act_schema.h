#pragma once
// What acts may look like, for partners: JSON Schema and XML Schema made of the declarations.

#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/acts/act_declaration.h"

namespace gateway::law {

inline constexpr std::string_view kCaseModel = "urn:thahc:case-model:1";

/// Whole messages that hold one of `acts`. `caseModel`: mappings/case-model/case-model.schema.json
/// as read, of which the parts that acts need are taken over, so that the schema stands alone. It
/// says less than judgeContent() where a schema cannot: of days to come, and of members that are
/// required by what others say ("$comment").
[[nodiscard]] document::Node jsonSchemaOf(const std::vector<const ActDeclaration*>& acts,
                                          const document::Node& caseModel);

/// The same for XML, of case-model.xsd as read; to be written with the prefix "xs" for the
/// namespace of XML Schema. A code is a bare code here, though one with words beside it is taken.
[[nodiscard]] document::Node xmlSchemaOf(const std::vector<const ActDeclaration*>& acts,
                                         const document::Node& caseModel);
inline constexpr std::string_view kXmlSchema = "http://www.w3.org/2001/XMLSchema";

}  // namespace gateway::law
