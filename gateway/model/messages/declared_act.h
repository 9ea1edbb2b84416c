#pragma once
// An act of the law that is data (mappings/acts): the gateway knows its shape from its declaration,
// not from a class.

#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/model/messages/reports.h"

namespace gateway::model {

/// As said. On the wire its members stand beside `case` and `attachments` in the member that is
/// named after its type.
struct DeclaredAct {
    std::string type;  ///< "CompelOrder"
    CaseReference caseReference;
    document::Node content = document::objectNode();  ///< without `case` and `attachments`
    std::vector<Attachment> attachments;
};

/// As it is kept in an event.
template <class V>
void describe(V& v, DeclaredAct& a) {
    v.required("type", a.type);
    v.optional("case", a.caseReference);
    v.required("content", a.content);
    v.optional("attachments", a.attachments);
}

}  // namespace gateway::model
