#pragma once
// Questions about cases and our answers. Law: Luật TC VKSND 63/2014 Đ.28; Luật TTHC Đ.315.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/cases/case_view.h"
#include "gateway/model/messages/message.h"

namespace gateway::model {

/// Which cases: every field that is present must hold. Codes as in the agency directory.
struct CaseSelection {
    std::string caseId;
    std::optional<RulingReference> ruling;
    std::string court;                                  ///< of the ruling or of first instance
    std::string province;                               ///< territory id
    std::string committee;                              ///< obligated agency
    std::optional<base::Date> issuedFrom, issuedUntil;  ///< both inclusive
    std::optional<base::Date> owedUntil;  ///< something is owed still whose last day is by then
    std::optional<Stage> stage;
    std::string number;  ///< as written; compared normalised
};

struct MonitoringQuery {
    CaseSelection select;
    std::optional<bool> withHistory;
    /// The cases as they were known then, and as they stood by what had happened by the end of that
    /// day; what is selected is selected by how they are today.
    std::optional<base::Timestamp> asKnownAt;
    std::optional<base::Date> asHappenedAt;
    std::optional<std::int64_t> pageSize;
    std::string cursor;
};

struct StatisticsQuery {
    CaseSelection select;
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
    std::string act;           ///< its type, if the event's name does not tell
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
    v.optional("owedUntil", s.owedUntil);
    v.optional("stage", s.stage);
    v.optional("number", s.number);
}

template <class V>
void describe(V& v, MonitoringQuery& q) {
    v.required("select", q.select);
    v.optional("withHistory", q.withHistory);
    v.optional("asKnownAt", q.asKnownAt);
    v.optional("asHappenedAt", q.asHappenedAt);
    v.optional("pageSize", q.pageSize);
    v.optional("cursor", q.cursor);
}

template <class V>
void describe(V& v, StatisticsQuery& q) {
    v.required("select", q.select);
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
    v.optional("act", m.act);
    v.optional("reportNumber", m.reportNumber);
    v.optional("progress", m.progress);
    v.optional("completions", m.completions);
}

}  // namespace gateway::model
