#pragma once
// What a plan consists of; shared by the loader and the plan itself, seen by nobody else.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/document/digest.h"
#include "gateway/document/schema.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/plan.h"
#include "gateway/mapping/rules/rules.h"

namespace gateway::mapping {

struct Plan::Compiled {
    std::string id, version, messageType;
    document::Form form{};
    bool withoutAddressee = false;
    bool keepUnknown = false;
    PerFlow directions;
    std::optional<base::Date> validFrom;
    document::Prefixes prefixes;
    std::shared_ptr<const document::XmlSchema> schema;  ///< theirs; may be null
    std::vector<Accept> accepts;
    Rule acceptRule;  ///< stands in reports for what the conditions of <accept> tested
    Rules rules;
    document::Digest digest;
};

}  // namespace gateway::mapping
