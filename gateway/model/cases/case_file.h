#pragma once
// One case: the fold of its events, kept at hand so that nobody has to fold for every question.

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/cases/event.h"
#include "gateway/model/cases/stage.h"

namespace gateway::model {

struct ObligationState {
    std::int64_t no = 0;
    Stage stage{};
    std::string obligatedAgency;  ///< whom the notice was addressed to
    std::optional<Progress> lastProgress;
    std::optional<base::Date> completedOn;
};

struct NoticeState {
    std::string number;
    base::Date issuedOn{};
    std::string addressee;
    std::optional<base::Date> acknowledgedOn;
    std::optional<base::Date> judgmentReceivedOn;
};

/// One that was taken, and what its sender was.
struct ActInCase {
    std::string id, type, agency, role;  ///< message id; role: law::Role
    base::Date on{};                     ///< recorded
    std::vector<std::string> told;       ///< "role agency", or "role" where nobody holds it
};

/// A plain value. Only fold() changes one.
struct CaseFile {
    std::string caseId;
    std::int64_t version = 0;      ///< number of messages folded; the store's optimistic lock
    std::optional<Matter> matter;  ///< of a file that is of no ruling: the ruling is empty then
    Ruling ruling;
    Routing routing;
    std::string transferredBy;
    std::string registerNumber;
    std::optional<base::Date> registeredOn;
    std::vector<ObligationState> obligations;
    std::vector<NoticeState> notices;
    std::vector<Fact> facts;
    std::vector<Term> terms;
    std::vector<ActInCase> acts;
    bool judgedByLaw = false;  ///< since its last act of before, something was decided by the law
    /// The transfer was struck on that day: nothing more may be done in it, and its ruling may be
    /// transferred by its own court as a case of its own.
    std::optional<base::Date> undoneOn;

    /// Of a matter's part; null: it has none of that number.
    [[nodiscard]] MatterPart* part(std::int64_t no) noexcept;
    /// The least advanced stage among monitored obligations; what lists and statistics show.
    [[nodiscard]] Stage stage() const noexcept;
    /// When the clock has something to say next: a term is near or over, a stay ends, or terms were
    /// never counted. None: nothing runs.
    [[nodiscard]] std::optional<base::Date> nextDay() const;
    /// The earliest last day of what is owed still, over or not.
    [[nodiscard]] std::optional<base::Date> firstDue() const;
    /// To whom the obligation is assigned now, as that was written; empty: to nobody.
    [[nodiscard]] std::string officer(std::int64_t no) const;
    [[nodiscard]] const Obligation* obligation(std::int64_t no) const noexcept;
    [[nodiscard]] ObligationState* state(std::int64_t no) noexcept;
    [[nodiscard]] const ObligationState* state(std::int64_t no) const noexcept;
    [[nodiscard]] const NoticeState* notice(std::string_view number) const noexcept;
};

/// Applies one recorded event, in recorded order. Pure and total: legality was judged before the
/// event was recorded. An event that belongs to another case is a programmer error (Fault).
void fold(CaseFile& file, const Event& event);

template <class V>
void describe(V& v, ObligationState& o) {
    v.required("no", o.no);
    v.required("stage", o.stage);
    v.optional("obligatedAgency", o.obligatedAgency);
    v.optional("lastProgress", o.lastProgress);
    v.optional("completedOn", o.completedOn);
}

template <class V>
void describe(V& v, NoticeState& n) {
    v.required("number", n.number);
    v.required("issuedOn", n.issuedOn);
    v.required("addressee", n.addressee);
    v.optional("acknowledgedOn", n.acknowledgedOn);
    v.optional("judgmentReceivedOn", n.judgmentReceivedOn);
}

template <class V>
void describe(V& v, ActInCase& a) {
    v.required("id", a.id);
    v.required("type", a.type);
    v.required("agency", a.agency);
    v.optional("role", a.role);
    v.required("on", a.on);
    v.optional("told", a.told);
}

template <class V>
void describe(V& v, CaseFile& c) {
    v.required("caseId", c.caseId);
    v.required("version", c.version);
    v.optional("matter", c.matter);
    if (!c.matter) {
        v.required("ruling", c.ruling);
        v.required("routing", c.routing);
        v.required("transferredBy", c.transferredBy);
    }
    v.optional("registerNumber", c.registerNumber);
    v.optional("registeredOn", c.registeredOn);
    v.optional("obligations", c.obligations);
    v.optional("notices", c.notices);
    v.optional("facts", c.facts);
    v.optional("terms", c.terms);
    v.optional("acts", c.acts);
    v.optional("judgedByLaw", c.judgedByLaw);
    v.optional("undoneOn", c.undoneOn);
}

}  // namespace gateway::model
