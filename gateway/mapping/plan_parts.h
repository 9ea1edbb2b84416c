#pragma once
// What a plan consists of; shared by the loader and the plan itself, seen by nobody else.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/document/digest.h"
#include "gateway/document/schema.h"
#include "gateway/document/schemas/child_order.h"
#include "gateway/document/schemas/json_schema.h"
#include "gateway/document/xml_writer.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/plan.h"

namespace gateway::mapping {

/// A schema of one side: of XML an XSD, of JSON a JSON Schema; or none.
struct SideSchema {
    std::shared_ptr<const document::XmlSchema> xml;
    std::shared_ptr<const document::JsonSchema> json;
    std::shared_ptr<const document::ChildOrder> order;  ///< in which XML is written
};

struct Plan::Compiled {
    std::string id, version, messageType;
    bool withoutAddressee = false;
    std::optional<document::TableLayout> table;
    std::vector<std::string> columns;  ///< of a table that is written, in the order of the rules
    bool keepUnknown = false;
    PerFlow directions;
    std::optional<base::Date> validFrom, validUntil;
    Sides sides;
    document::Prefixes prefixes, ourPrefixes;
    SideSchema schema;  ///< of what is read
    SideSchema writtenSchema, ourSchema;
    document::Spelling spelling;  ///< of what is written
    bool byteOrderMark = false;   ///< before a CSV
    std::vector<Accept> accepts;
    RuleText acceptRule;  ///< stands in reports for what the conditions of <accept> tested
    ReferenceForms references;
    std::map<std::string, document::Tree, std::less<>> documents;  ///< that have a file
    std::set<std::string, std::less<>> askedFor;                   ///< documents without one
    Rules rules;
    std::vector<std::string> unchanged;  ///< left out, they are as they were
    std::shared_ptr<const Plan> next;    ///< reads on from what the rules make, or none
    document::Digest digest;
};

}  // namespace gateway::mapping
