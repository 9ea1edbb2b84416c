#pragma once
// Questions about cases and our answers. Law: Luật TC VKSND 63/2014 Đ.28; Luật TTHC Đ.315.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/event_type.h"
#include "gateway/model/message.h"
#include "gateway/model/stage.h"

namespace gateway::model {

/// Which cases: every field that is present must hold. Codes as in the agency directory.
struct CaseSelection {
    std::string caseId;
    std::optional<RulingReference> ruling;
    std::string court;                                  ///< of the ruling or of first instance
    std::string province;                               ///< territory id
    std::string committee;                              ///< obligated agency
    std::optional<base::Date> issuedFrom, issuedUntil;  ///< both inclusive
    std::optional<Stage> stage;
    std::string number;  ///< as written; compared normalised
};

struct MonitoringQuery {
    CaseSelection select;
    bool withHistory = false;
    std::optional<std::int64_t> pageSize;
    std::string cursor;
};

struct StatisticsQuery {
    CaseSelection select;
};

struct ObligationView {
    std::int64_t no = 0;
    Category category{};
    std::string text;
    std::string obligatedParty;
    std::string obligatedAgency;
    Stage stage{};
    std::optional<base::Date> completedOn;
    std::optional<Progress> lastProgress;
};

struct HistoryItem {
    EventType event{};
    base::Date happenedOn{};
    base::Timestamp recordedAt{};
    std::string actor;
    std::string messageId;
    std::string contentSha256;
    std::string legalBasis;
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
    std::vector<HistoryItem> history;
};

struct QueryAnswer {
    std::string questionSha256;
    std::vector<CaseView> cases;
    std::string nextCursor;
};

struct StatisticsRow {
    std::string province;
    Stage stage{};
    std::int64_t cases = 0;
};

struct StatisticsAnswer {
    std::string questionSha256;
    std::vector<StatisticsRow> rows;
    std::int64_t total = 0;
};

/// What flows back to court and procuracy when something was reported.
struct MonitoringResult {
    CaseView caseView;
    EventType event{};         ///< what made us send it
    std::string reportNumber;  ///< of the committee's report, where there is one
    std::vector<ProgressItem> progress;
    std::vector<CompletionItem> completions;
};

template <class V>
void describe(V& v, CaseSelection& s) {
    v.optional("caseId", s.caseId);
    v.optional("ruling", s.ruling);
    v.optional("court", s.court);
    v.optional("province", s.province);
    v.optional("committee", s.committee);
    v.optional("issuedFrom", s.issuedFrom);
    v.optional("issuedUntil", s.issuedUntil);
    v.optional("stage", s.stage);
    v.optional("number", s.number);
}

template <class V>
void describe(V& v, MonitoringQuery& q) {
    v.required("select", q.select);
    v.optional("withHistory", q.withHistory);
    v.optional("pageSize", q.pageSize);
    v.optional("cursor", q.cursor);
}

template <class V>
void describe(V& v, StatisticsQuery& q) {
    v.required("select", q.select);
}

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
}

template <class V>
void describe(V& v, HistoryItem& h) {
    v.required("event", h.event);
    v.required("happenedOn", h.happenedOn);
    v.required("recordedAt", h.recordedAt);
    v.required("actor", h.actor);
    v.required("messageId", h.messageId);
    v.required("contentSha256", h.contentSha256);
    v.optional("legalBasis", h.legalBasis);
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
    v.optional("history", c.history);
}

template <class V>
void describe(V& v, QueryAnswer& a) {
    v.required("questionSha256", a.questionSha256);
    v.optional("cases", a.cases);
    v.optional("nextCursor", a.nextCursor);
}

template <class V>
void describe(V& v, StatisticsRow& r) {
    v.required("province", r.province);
    v.required("stage", r.stage);
    v.required("cases", r.cases);
}

template <class V>
void describe(V& v, StatisticsAnswer& a) {
    v.required("questionSha256", a.questionSha256);
    v.optional("rows", a.rows);
    v.required("total", a.total);
}

template <class V>
void describe(V& v, MonitoringResult& m) {
    v.required("caseState", m.caseView);
    v.required("event", m.event);
    v.optional("reportNumber", m.reportNumber);
    v.optional("progress", m.progress);
    v.optional("completions", m.completions);
}

}  // namespace gateway::model
