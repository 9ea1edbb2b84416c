#pragma once
// A case as its readers see it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/cases/event_type.h"
#include "gateway/model/cases/recorded_for.h"
#include "gateway/model/cases/stage.h"
#include "gateway/model/cases/term.h"
#include "gateway/model/messages/reports.h"

namespace gateway::model {

struct ObligationView {
    std::int64_t no = 0;
    Category category{};
    std::string text;
    std::string obligatedParty;
    std::string obligatedAgency;
    Stage stage{};
    std::optional<base::Date> completedOn;
    std::optional<Progress> lastProgress;
    std::string officer;  ///< Chấp hành viên
};

/// A term of the case as it stands.
struct TermView {
    std::string rule, title;
    std::int64_t obligation = 0;
    std::string owes;  ///< what the one is in the case who owes it: "thads", "obligated", ...
    base::Date startedOn{};
    std::optional<base::Date> dueOn, answeredOn;
    TermOutcome outcome{};
    std::string explanation, legalBasis;
};

struct HistoryItem {
    EventType event{};
    std::string act;  ///< its type, if the event's name does not tell
    base::Date happenedOn{};
    base::Timestamp recordedAt{};
    std::string actor;
    std::string messageId;
    std::string contentSha256;
    std::string legalBasis;
    std::optional<RecordedFor> recordedFor;
};

struct CaseView {
    std::string caseId;
    std::int64_t version = 0;
    RulingReference ruling;
    std::string courtName, firstInstanceCourt, subject;
    std::string enforcement, procuracy, province;
    Stage stage{};
    std::string registerNumber;
    std::optional<base::Date> registeredOn;
    std::vector<ObligationView> obligations;
    std::vector<TermView> terms;
    std::vector<HistoryItem> history;
};

template <class V>
void describe(V& v, ObligationView& o) {
    v.required("no", o.no);
    v.required("category", o.category);
    v.required("text", o.text);
    v.required("obligatedParty", o.obligatedParty);
    v.optional("obligatedAgency", o.obligatedAgency);
    v.required("stage", o.stage);
    v.optional("completedOn", o.completedOn);
    v.optional("lastProgress", o.lastProgress);
    v.optional("officer", o.officer);
}

template <class V>
void describe(V& v, TermView& t) {
    v.required("rule", t.rule);
    v.required("title", t.title);
    v.required("obligation", t.obligation);
    v.required("owes", t.owes);
    v.required("startedOn", t.startedOn);
    v.optional("dueOn", t.dueOn);
    v.optional("answeredOn", t.answeredOn);
    v.required("outcome", t.outcome);
    v.optional("explanation", t.explanation);
    v.optional("legalBasis", t.legalBasis);
}

template <class V>
void describe(V& v, HistoryItem& h) {
    v.required("event", h.event);
    v.optional("act", h.act);
    v.required("happenedOn", h.happenedOn);
    v.required("recordedAt", h.recordedAt);
    v.required("actor", h.actor);
    v.required("messageId", h.messageId);
    v.required("contentSha256", h.contentSha256);
    v.optional("legalBasis", h.legalBasis);
    v.optional("recordedFor", h.recordedFor);
}

template <class V>
void describe(V& v, CaseView& c) {
    v.required("caseId", c.caseId);
    v.required("version", c.version);
    v.required("ruling", c.ruling);
    v.optional("courtName", c.courtName);
    v.optional("firstInstanceCourt", c.firstInstanceCourt);
    v.optional("subject", c.subject);
    v.required("enforcement", c.enforcement);
    v.optional("procuracy", c.procuracy);
    v.required("province", c.province);
    v.required("stage", c.stage);
    v.optional("registerNumber", c.registerNumber);
    v.optional("registeredOn", c.registeredOn);
    v.required("obligations", c.obligations);
    v.optional("terms", c.terms);
    v.optional("history", c.history);
}

}  // namespace gateway::model
