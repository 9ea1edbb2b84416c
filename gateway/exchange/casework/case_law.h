#pragma once
// What the law makes of one act in one case: refused with its words, or an event with what follows.

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "gateway/base/result.h"
#include "gateway/exchange/casework/case_findings.h"
#include "gateway/exchange/casework/case_roles.h"
#include "gateway/law/life/case_life.h"
#include "gateway/model/cases/transfer_event.h"

namespace gateway::exchange {

/// An act of the same author that was taken before, as corrected since; or one that the sender
/// has recorded for its author.
struct EarlierAct {
    model::DeclaredAct said;
    model::Act by;
    std::vector<model::Told> told;
};

/// Borrows the reference data. Pure but for `earlier`. Thread-safe.
class CaseLaw {
  public:
    /// Finds such an act in the case by its message id.
    using Earlier = std::function<std::optional<EarlierAct>(const std::string& messageId)>;
    explicit CaseLaw(const ReferenceData& reference, NumberTaken isTaken = {}) :
        reference_(reference), isTaken_(std::move(isTaken)) {}

    /// Judges `said` in the case as it stands and gives its event: what was said (agencies by
    /// their canonical codes), and in Event::decided all but whom it is told to. `ruling`: the one
    /// that it brings, completed. Paths of problems are below the act's member.
    [[nodiscard]] base::Result<model::Event> judge(const model::CaseFile& file,
                                                   const model::Act& act, model::DeclaredAct said,
                                                   std::optional<model::Ruling> ruling,
                                                   const Earlier& earlier,
                                                   std::vector<law::ToldRole>& told) const;

    /// What the gateway itself says in a case, whose act on another case that was: nobody's role is
    /// asked. Nothing if the law does not take it there.
    [[nodiscard]] std::optional<model::Event> follow(const model::CaseFile& file,
                                                     const model::Act& act, model::DeclaredAct said,
                                                     std::vector<law::ToldRole>& told) const;

    /// The same for the transfer that opens `file`, which is the fold of `event`.
    [[nodiscard]] std::optional<base::Problem> open(const model::CaseFile& file,
                                                    const model::Act& act, model::Event& event,
                                                    std::vector<law::ToldRole>& told) const;

    /// What the clock has to say of the case until the beginning of `today`.
    [[nodiscard]] model::Decided tick(const model::CaseFile& file, base::Date today) const;

  private:
    [[nodiscard]] law::SaidAct saidBy(const model::CaseFile& file, const model::Act& act,
                                      const law::ActRule& rule, std::string type) const;
    [[nodiscard]] law::SaidAct earlierAs(const model::CaseFile& file, const model::Act& act,
                                         EarlierAct before, const law::ActRule& rule,
                                         law::Role sender) const;
    [[nodiscard]] model::Decided decidedBy(const model::CaseFile& file, const law::CaseLife& life,
                                           std::span<const law::Step> steps) const;
    [[nodiscard]] base::Problem refusal(const model::CaseFile& file, const model::Act& act,
                                        const law::ActDeclaration& declared,
                                        const law::Step& step) const;
    [[nodiscard]] base::Result<model::Event> decide(const model::CaseFile& file,
                                                    const model::Act& act,
                                                    const law::ActDeclaration& declared,
                                                    const law::SaidAct& spoken,
                                                    std::vector<law::CaseLife::Taken> taken,
                                                    std::vector<law::ToldRole>& told) const;
    [[nodiscard]] std::optional<base::Problem> complete(const model::CaseFile& file,
                                                        const model::Act& act,
                                                        const law::ActDeclaration& declared,
                                                        const law::ActRule& rule,
                                                        model::DeclaredAct& said) const;

    const ReferenceData& reference_;
    NumberTaken isTaken_;
};

}  // namespace gateway::exchange
