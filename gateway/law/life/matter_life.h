#pragma once
// The life of a matter (model/matter.h) by the law alone: acts of its parts, the clock, and what
// follows from both. Pure: no store, no agencies, no wall clock.

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/law/life/case_life.h"
#include "gateway/model/cases/matter.h"

namespace gateway::law {

/// Borrows the book. One thread. Days must not go back.
class MatterLife {
  public:
    /// As it was kept; a subject without a process has one state, empty.
    MatterLife(const LawBook& book, const model::Matter& matter, std::vector<Fact> facts,
               const std::vector<model::Term>& terms);

    /// Judges an act of these parts, all of them if it names none, and unless it is refused
    /// records it. `findings`: what reckoning has found out about it (`found NAME`).
    [[nodiscard]] Step take(const SaidAct& act, const std::vector<std::int64_t>& parts,
                            const std::set<std::string, std::less<>>& findings);
    /// What somebody else's act means for it: facts as they are, such as a report upon all sheets.
    [[nodiscard]] Step hear(std::vector<Fact> facts, base::Date today);
    /// The clock until the end of the day before `until`.
    void advance(base::Date until, const CaseLife::Listener& tell);

    /// Each part with its state.
    [[nodiscard]] std::vector<std::pair<std::int64_t, const StageLine*>> states() const;
    [[nodiscard]] std::vector<model::Term> terms() const { return deadlines_.kept(); }
    [[nodiscard]] const std::vector<Fact>& facts() const noexcept { return facts_; }

  private:
    using Use = std::function<void(const Scene&, const StageLine&)>;
    void inScene(const model::Obligation& part, const Use& use) const;
    void inScenes(const std::vector<std::int64_t>& parts, std::size_t at,
                  std::vector<Scene>& spoken,
                  const std::function<void(const std::vector<Scene>&)>& use) const;
    [[nodiscard]] std::vector<std::string> legalActs(const std::vector<std::int64_t>& parts) const;
    void follow(Step& step);
    void addNews(Step& step, const std::vector<DeadlineChange>& changes) const;

    const LawBook& book_;
    const Subject subject_;
    model::Ruling parts_;  ///< as conditions see them: its obligations are the parts
    base::Date today_{};
    std::vector<Fact> facts_;
    Deadlines deadlines_;
};

}  // namespace gateway::law
