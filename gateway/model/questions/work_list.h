#pragma once
// Questions about what is owed by when, and the lines of the answer. Law: the terms of
// mappings/legal-rules; Luật TC VKSND 63/2014 Đ.28 (breaches).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/cases/term.h"
#include "gateway/model/messages/reports.h"

namespace gateway::model {

/// Which terms: every field that is present must hold. Agencies' codes in any of their forms.
struct TermSelection {
    std::string caseId;
    std::string owedBy;  ///< agency
    std::string owes;    ///< what the one is in the case who owes it: "thads", "obligated", ...
    std::string officer;  ///< Chấp hành viên to whom the obligation is assigned, as written there
    std::string rule;
    std::string court;                            ///< of the ruling or of first instance
    std::string province;                         ///< territory id
    std::optional<base::Date> dueFrom, dueUntil;  ///< both inclusive
};

/// What is owed still, the earliest last day first.
struct WorkListQuery {
    TermSelection select;
    bool ownOnly = false;                    ///< what the asker owes itself
    bool overdue = false;                    ///< the last day is over
    std::optional<std::int64_t> withinDays;  ///< last day no later than so many days from today
    std::optional<std::int64_t> pageSize;
    std::string cursor;
};

/// What was not done in time, done late or not at all. Each entry is computed; none counts as a
/// breach found before the procuracy has taken it into a document of its own (`adoptedBy`).
struct BreachQuery {
    TermSelection select;
    std::optional<base::Timestamp> asKnownAt;  ///< as it was known then; the list goes by case
    std::optional<std::int64_t> pageSize;
    std::string cursor;
};

/// A message that anybody concerned can be shown.
struct MessageProof {
    std::string agency, messageId, contentSha256;
    base::Timestamp recordedAt{};
};

/// One term of one obligation, and who owes it.
struct TermLine {
    std::string caseId;
    std::optional<RulingReference> ruling;
    std::string subject;  ///< of what is no ruling: "petition", "period", ...; caseId is its file's
    std::int64_t obligation = 0;
    std::string rule, title;
    std::string anchor;        ///< message of the fact for which it runs, "agency id"; often none
    std::string owes, owedBy;  ///< role in the case; agency, if the directory knew one
    std::string officer;
    base::Date startedOn{};
    std::optional<base::Date> dueOn, answeredOn;
    TermOutcome outcome{};
    std::string explanation, legalBasis;
    /// Of breaches: what started the term, what recorded that it was over, what answered it.
    std::optional<MessageProof> startedBy, passedBy, answeredBy;
    std::vector<MessageProof> adoptedBy;  ///< acts of the procuracy that name it
};

/// How a part of a file of its own stands (matter.h); part 0 is the whole.
struct PartLine {
    std::int64_t no = 0;
    std::string kind;                   ///< none of the whole
    std::vector<std::string> agencies;  ///< who has to do with it; of the whole who leads it
    std::string state, title;           ///< a stage of its process, and what that is called
};

struct TermList {
    std::string questionSha256;
    std::vector<PartLine> parts;  ///< of the file to which the question is narrowed
    /// Of the whole list, not of the page; none where only the page was counted.
    std::optional<std::int64_t> total;
    std::vector<TermLine> lines;
    std::string nextCursor;
};

template <class V>
void describe(V& v, TermSelection& s) {
    v.optional("caseId", s.caseId);
    v.optional("owedBy", s.owedBy);
    v.optional("owes", s.owes);
    v.optional("officer", s.officer);
    v.optional("rule", s.rule);
    v.optional("court", s.court);
    v.optional("province", s.province);
    v.optional("dueFrom", s.dueFrom);
    v.optional("dueUntil", s.dueUntil);
}

template <class V>
void describe(V& v, WorkListQuery& q) {
    v.required("select", q.select);
    v.optional("ownOnly", q.ownOnly);
    v.optional("overdue", q.overdue);
    v.optional("withinDays", q.withinDays);
    v.optional("pageSize", q.pageSize);
    v.optional("cursor", q.cursor);
}

template <class V>
void describe(V& v, BreachQuery& q) {
    v.required("select", q.select);
    v.optional("asKnownAt", q.asKnownAt);
    v.optional("pageSize", q.pageSize);
    v.optional("cursor", q.cursor);
}

template <class V>
void describe(V& v, MessageProof& p) {
    v.required("agency", p.agency);
    v.required("messageId", p.messageId);
    v.required("contentSha256", p.contentSha256);
    v.required("recordedAt", p.recordedAt);
}

template <class V>
void describe(V& v, TermLine& t) {
    v.required("caseId", t.caseId);
    v.optional("ruling", t.ruling);
    v.optional("subject", t.subject);
    v.required("obligation", t.obligation);
    v.required("rule", t.rule);
    v.required("title", t.title);
    v.optional("anchor", t.anchor);
    v.required("owes", t.owes);
    v.optional("owedBy", t.owedBy);
    v.optional("officer", t.officer);
    v.required("startedOn", t.startedOn);
    v.optional("dueOn", t.dueOn);
    v.optional("answeredOn", t.answeredOn);
    v.required("outcome", t.outcome);
    v.optional("explanation", t.explanation);
    v.optional("legalBasis", t.legalBasis);
    v.optional("startedBy", t.startedBy);
    v.optional("passedBy", t.passedBy);
    v.optional("answeredBy", t.answeredBy);
    v.optional("adoptedBy", t.adoptedBy);
}

template <class V>
void describe(V& v, PartLine& p) {
    v.required("no", p.no);
    v.optional("kind", p.kind);
    v.optional("agencies", p.agencies);
    v.required("state", p.state);
    v.optional("title", p.title);
}

template <class V>
void describe(V& v, TermList& a) {
    v.required("questionSha256", a.questionSha256);
    v.optional("parts", a.parts);
    v.optional("total", a.total);
    v.optional("lines", a.lines);
    v.optional("nextCursor", a.nextCursor);
}

}  // namespace gateway::model
