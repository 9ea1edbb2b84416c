#pragma once
// The hand-over of one case from one officer to another, as its act says it (mappings/acts).
// TT 04/2023/TT-BTP Đ.31.

#include <string>

#include "gateway/base/time_format.h"
#include "gateway/model/messages/declared_act.h"

namespace gateway::model {

struct HandOver {
    std::string caseId;
    std::string from, to;  ///< as the case has them
    base::Date on{};
    std::string reason;
};

[[nodiscard]] inline DeclaredAct declaredOf(const HandOver& said) {
    DeclaredAct act;
    act.type = "CaseHandOver";
    act.caseReference.caseId = said.caseId;
    const auto add = [&act](const char* name, const std::string& text) {
        act.content.children.push_back(document::stringNode(name, text));
    };
    add("from", said.from);
    add("to", said.to);
    add("on", base::formatDate(said.on));
    add("reason", said.reason);
    return act;
}

}  // namespace gateway::model
