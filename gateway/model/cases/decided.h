#pragma once
// What law, calendar and directory made of an act on its day: recorded with it, so that next year's
// law never judges this year's case (promise P2).

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/model/cases/fact.h"
#include "gateway/model/cases/stage.h"
#include "gateway/model/cases/term.h"

namespace gateway::model {

/// Somebody the law names: told, or why not.
struct Told {
    std::string role;    ///< law::Role
    std::string agency;  ///< empty: nobody here holds the role (a person, the public)
    std::string type;    ///< of the message that is delivered
    std::string basis;
    bool withheld = false;  ///< not connected, or without the right to it
};

struct ReachedStage {
    std::int64_t obligation = 0;
    Stage stage{};
};

/// Of a part of a matter.
struct ReachedState {
    std::int64_t part = 0;
    std::string state;
};

struct Decided {
    std::string law;                  ///< SHA-256 over the law that was applied
    std::string role;                 ///< law::Role of the sender
    std::vector<std::string> struck;  ///< messages whose facts no longer count
    std::vector<Fact> facts;          ///< added after that
    std::vector<Term> terms;          ///< those that changed, as they stand now
    std::vector<TermChange> changes;
    std::vector<ReachedStage> stages;  ///< of those obligations whose stage changed
    std::vector<ReachedState> states;  ///< of those parts whose state changed
    std::vector<std::string> marks;    ///< taken, but somebody should look
    std::vector<Told> told;
};

template <class V>
void describe(V& v, Told& t) {
    v.required("role", t.role);
    v.optional("agency", t.agency);
    v.optional("type", t.type);
    v.optional("basis", t.basis);
    v.optional("withheld", t.withheld);
}

template <class V>
void describe(V& v, ReachedStage& s) {
    v.required("obligation", s.obligation);
    v.required("stage", s.stage);
}

template <class V>
void describe(V& v, ReachedState& s) {
    v.required("part", s.part);
    v.required("state", s.state);
}

template <class V>
void describe(V& v, Decided& d) {
    v.required("law", d.law);
    v.optional("role", d.role);
    v.optional("struck", d.struck);
    v.optional("facts", d.facts);
    v.optional("terms", d.terms);
    v.optional("changes", d.changes);
    v.optional("stages", d.stages);
    v.optional("states", d.states);
    v.optional("marks", d.marks);
    v.optional("told", d.told);
}

}  // namespace gateway::model
