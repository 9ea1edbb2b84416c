#pragma once
// Terms, stages and tracks as data: mappings/legal-rules.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/law/acts/act_declaration.h"
#include "gateway/law/conditions/counting.h"
#include "gateway/model/cases/term.h"

namespace gateway::law {

/// Roles that hear that a term is over, if a condition holds.
struct TellRule {
    std::vector<Role> roles;
    Condition when;
};

/// One version of a term. A case keeps the version of the day on which its term started.
struct TermRule {
    std::string id, vi, basis, consequence, flag, origin;
    Level level{};
    model::TermKind kind{};
    model::Period period;
    Condition applies;
    std::optional<FactKind> each;  ///< one term for each fact of this kind, `this` in the others
    std::string eachCode;
    Role owes{};
    std::vector<Role> to;
    std::vector<TellRule> tell;
    DayTerm starts;
    std::optional<Length> length;      ///< none: a duty without a term, which never passes
    DayTerm ends;                      ///< or the very day that an act has set
    Condition answered, lifted;        ///< an always-condition: never
    std::vector<FactKind> answeredBy;  ///< of `each`: facts whose `about` is this one's number
    DayTerm answeredOn;
    bool pausedByStay = false;
    std::vector<Length> near;  ///< reminders, so long before the last day
    DayTerm remind;            ///< or on that day, of a duty that has none
};

/// What rests upon what: if the one is withdrawn or becomes another, the others are disputed.
struct Rests {
    FactKind on{};
    std::vector<FactKind> facts;
};

/// The first that holds is the stage.
struct StageLine {
    std::string name, vi;
    bool open = true;
    Condition when;
};

/// A view of the facts beside the stage: the first value that holds.
struct Track {
    struct Value {
        std::string name, vi;
        Condition when;
    };
    std::string name, vi;
    std::vector<Value> values;
};

/// Parts that a matter has from the beginning: one for each agency of the lead's territory that
/// holds the role.
struct Pairing {
    std::string kind;
    Role lead{}, counterpart{};
    std::optional<Role> with;  ///< who has to do with each of them besides
    bool sameLevel = false;    ///< those of the lead's own level alone
};

/// What the files of one subject go through.
struct Process {
    std::string vi, openedBy;
    std::vector<Role> seenBy;  ///< who of a case sees those there that are about it
    std::vector<Pairing> pairings;
    std::vector<TermRule> terms;
    std::vector<StageLine> stages;
    std::vector<Track> tracks;
    std::vector<Rests> rests;

    /// The first whose condition holds; nullptr if none does, which a case's stages never leave.
    [[nodiscard]] const StageLine* stageIn(const Scene& scene) const;
    [[nodiscard]] const StageLine* stageNamed(std::string_view name) const;
};

}  // namespace gateway::law
