#pragma once
// The life of one case by the law alone: acts said by roles, a clock, and what follows from them.
// Pure: no store, no agencies, no wall clock.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/law/life/deadlines.h"
#include "gateway/law/life/judgement.h"

namespace gateway::law {

/// The code of a reason that names an obligation which the ruling does not have.
inline constexpr const char* kNoObligation = "OBLIGATION";

enum class Answer : std::uint8_t { Accepted, Refused, Parked };

/// What the clock or an act has made of a term; a copy.
struct TermNews {
    DeadlineEvent event{};
    Deadline deadline;
    std::optional<base::Date> was;
    std::vector<Role> told;
};

/// One thing that happened.
struct Step {
    base::Date day{};
    std::string act, id;  ///< "clock" for the clock
    Answer answer{};
    Role sender{};                   ///< of an accepted act
    std::string basis;               ///< by which it was sent
    std::optional<Role> recordedBy;  ///< for its author, by somebody else
    std::vector<Reason> reasons;
    std::vector<Mark> marks;
    /// When it was refused: what its sender may send now about what it spoke of, whatever those
    /// say.
    std::vector<std::string> legalActs;
    std::vector<ToldRole> told;
    std::vector<TermNews> terms;
    std::vector<std::string> struck;  ///< acts whose facts no longer count
    std::vector<Fact> facts;          ///< added after that
};

/// An obligation as it stands.
struct ObligationView {
    std::int64_t no = 0;
    const StageLine* stage = nullptr;
    std::vector<std::pair<const Track*, const Track::Value*>> tracks;  ///< those that say something
    std::vector<const Deadline*> deadlines;
};

/// Borrows the book. One thread. Days must not go back.
class CaseLife {
  public:
    CaseLife(const LawBook& book, model::Ruling ruling);

    /// An act that was taken before, and the roles that were told of it.
    struct Taken {
        SaidAct act;
        const ActRule* rule = nullptr;
        std::vector<ToldRole> told;
    };
    /// As it was kept. `taken`: those that the next act speaks of (a correction, a withdrawal).
    CaseLife(const LawBook& book, model::Ruling ruling, std::vector<Fact> facts,
             const std::vector<model::Term>& terms, std::vector<Taken> taken);

    /// Hears of each step while the case stands as the step has left it.
    using Listener = std::function<void(const Step&)>;

    /// Judges and, unless it is refused, records. An act for a ruling that is not known yet waits,
    /// and is judged again when it is.
    void say(SaidAct act, const Listener& tell);
    /// The same for one act of a case that is known, or that opens it.
    [[nodiscard]] Step take(SaidAct act);
    /// The clock until the end of the day before `until`, one step for each day with news.
    void advance(base::Date until, const Listener& tell);

    /// The terms by this book and by what is known, as the next act or the clock will find them.
    [[nodiscard]] Step reread(base::Date today);

    [[nodiscard]] std::vector<ObligationView> view() const;
    /// The stage of each obligation: what of view() is asked for with every act.
    [[nodiscard]] std::vector<std::pair<std::int64_t, const StageLine*>> stages() const;
    [[nodiscard]] std::vector<model::Term> terms() const { return deadlines_.kept(); }
    /// The obligations that an act speaks of; empty: it names none.
    [[nodiscard]] static std::vector<std::int64_t> numbersIn(const ActRule& rule,
                                                             const document::Node& content);

  private:
    void inScene(const model::Obligation& obligation,
                 const std::function<void(const Scene&, const StageLine&)>& use) const;
    [[nodiscard]] bool isKnown() const;
    [[nodiscard]] std::set<Role> rolesOf(Role sender) const;
    [[nodiscard]] std::set<Role> rolesIn(const SaidAct& act, const Scene& scene) const;
    [[nodiscard]] std::vector<Reason> unknownNumbers(const ActRule& rule, const SaidAct& act) const;
    void inScenes(const ActRule& rule, const SaidAct& act,
                  const std::function<void(const std::vector<Scene>&)>& use) const;
    void record(const ActDeclaration& declared, const ActRule& rule, const SaidAct& act,
                std::vector<Fact> facts, Step& step);
    void add(std::vector<Fact> facts, Step& step);
    void strike(const std::string& id, Step& step);
    void correct(const SaidAct& act, Step& step);
    [[nodiscard]] Step judgedForAuthor(const ActDeclaration& declared, const ActRule& rule,
                                       const SaidAct& act);
    void judgeOther(const SaidAct& act, Effect effect, Judgement& made);
    [[nodiscard]] std::vector<Reason> reasonsWithoutItself(const ActRule& rule, const SaidAct& act);
    void judgeAsCorrected(const SaidAct& act, const Taken& other, std::vector<Reason>& reasons);
    [[nodiscard]] bool sameAuthor(const std::string& a, const std::string& b) const;
    [[nodiscard]] std::set<std::int64_t> builtUpon(const SaidAct& act, Effect effect);
    [[nodiscard]] document::Node corrected(const SaidAct& act, const SaidAct& other,
                                           std::vector<Reason>& reasons) const;
    [[nodiscard]] Taken* takenFor(const SaidAct& act);
    [[nodiscard]] Step judged(SaidAct& act);
    [[nodiscard]] bool saidBefore(const SaidAct& act) const;
    void follow(Step& step);
    void addNews(Step& step, const std::vector<DeadlineChange>& changes) const;
    [[nodiscard]] std::vector<std::string> legalActs(const ActRule& rule, const SaidAct& act) const;
    void settleStays(Step& step);
    [[nodiscard]] std::map<std::int64_t, std::set<Role>> rolesNamed(const std::string& who) const;

    const LawBook& book_;
    model::Ruling ruling_;
    base::Date today_{};
    std::vector<Fact> facts_;
    std::vector<Taken> taken_;
    std::vector<SaidAct> parked_;
    Deadlines deadlines_;
};

}  // namespace gateway::law

template <>
struct gateway::model::Names<gateway::law::Answer> {
    using enum gateway::law::Answer;
    static constexpr std::pair<gateway::law::Answer, std::string_view> table[] = {
        {Accepted, "accepted"}, {Refused, "refused"}, {Parked, "parked"}};
};
