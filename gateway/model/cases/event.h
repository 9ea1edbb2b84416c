#pragma once
// What happened in a case, as recorded: the only source of its state (promise P2).

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/cases/decided.h"
#include "gateway/model/cases/event_type.h"
#include "gateway/model/cases/matter.h"
#include "gateway/model/cases/recorded_for.h"
#include "gateway/model/cases/transfer_undo.h"
#include "gateway/model/messages/declared_act.h"
#include "gateway/model/messages/delivery_end.h"
#include "gateway/model/messages/document_record.h"
#include "gateway/model/messages/message.h"

namespace gateway::model {

/// Who has to do with the case, decided by directory and rules when the ruling came in and
/// recorded, so that next year's directory does not change last year's case.
struct Routing {
    std::string enforcement;  ///< THADS that monitors (NĐ 71/2016 Đ.14)
    std::string procuracy;    ///< VKSND of the same level, if one is registered
    std::string province;     ///< territory id
};

/// One event, with the members that its type asks for.
struct Event {
    EventType type{};
    base::Date happenedOn{};
    base::Timestamp recordedAt{};
    std::string actor;  ///< agency whose signed message it is
    std::string messageId;
    std::string contentSha256;  ///< of that message
    std::string legalBasis;
    std::string caseId;
    std::string note;
    std::optional<RecordedFor> recordedFor;
    std::optional<Ruling> ruling;  ///< attachments without their content
    std::optional<Routing> routing;
    std::optional<Matter> matter;    ///< that it opens, or the parts that it adds to one
    std::optional<DeclaredAct> act;  ///< what was said; attachments without their content
    std::optional<Decided> decided;  ///< none: of before acts were declared (case_facts.h)
    std::optional<DeliveryEnd> delivery;
    std::optional<TransferUndo> undo;
    std::optional<DocumentRecord> document;  ///< none: of before it was recorded so
};

template <class V>
void describe(V& v, Routing& r) {
    v.required("enforcement", r.enforcement);
    v.optional("procuracy", r.procuracy);
    v.required("province", r.province);
}

template <class V>
void describe(V& v, Event& e) {
    v.required("type", e.type);
    v.required("happenedOn", e.happenedOn);
    v.required("recordedAt", e.recordedAt);
    v.required("actor", e.actor);
    v.required("messageId", e.messageId);
    v.optional("contentSha256", e.contentSha256);
    v.optional("legalBasis", e.legalBasis);
    v.optional("caseId", e.caseId);
    v.optional("note", e.note);
    v.optional("recordedFor", e.recordedFor);
    v.optional("ruling", e.ruling);
    v.optional("routing", e.routing);
    v.optional("matter", e.matter);
    v.optional("act", e.act);
    v.optional("decided", e.decided);
    v.optional("delivery", e.delivery);
    v.optional("undo", e.undo);
    v.optional("document", e.document);
}

}  // namespace gateway::model
