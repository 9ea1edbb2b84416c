#pragma once
// The terms of one case: computed from its facts, remembered with what the clock has said of them.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "gateway/law/book/law_book.h"
#include "gateway/law/conditions/scene.h"
#include "gateway/model/cases/term.h"

namespace gateway::law {

using Outcome = model::TermOutcome;
using model::DeadlineEvent;

/// One term of one obligation. `rule` is borrowed from the book.
struct Deadline {
    const TermRule* rule = nullptr;
    std::int64_t obligation = 0;
    std::string anchor;  ///< message id of the fact for which it runs; empty: one an obligation
    base::Date start{};
    std::optional<base::Date> due, nearOn, answeredOn;
    std::vector<base::Date>
        nearDays;  ///< all reminders; nearOn: the next, or the last that was said
    std::string explanation, calendarVersion;
    std::vector<Role> tell;  ///< who hears that it is over
    bool wanted = true;
    bool near = false, passed = false;  ///< the clock's word
    [[nodiscard]] Outcome outcome() const noexcept;
};

/// What has changed, in the order in which it is to be recorded.
struct DeadlineChange {
    DeadlineEvent event{};
    const Deadline* deadline = nullptr;
    std::optional<base::Date> was;  ///< with Moved
};

/// Who is to hear of it: near and moved, whoever owes it; over, whom the rule names.
[[nodiscard]] std::vector<Role> toldOf(const DeadlineChange& change);

/// Borrows the book. One thread.
class Deadlines {
  public:
    explicit Deadlines(const LawBook& book, std::string_view subject = kCase) :
        rules_(&book.process(subject).terms) {}

    /// As they were kept. A term whose rule has gone from the law stays what it was.
    Deadlines(const LawBook& book, const std::vector<model::Term>& kept,
              std::string_view subject = kCase);
    [[nodiscard]] std::vector<model::Term> kept() const;

    /// Computes the terms of one obligation anew. `scene` says what holds; its terms are ignored.
    std::vector<DeadlineChange> recompute(const Scene& scene);
    /// The next day, and not after `until`, on which the clock has something to say.
    [[nodiscard]] std::optional<base::Date> nextDay(base::Date until) const;
    /// What is near or over on that day and has not been said.
    std::vector<DeadlineChange> tick(base::Date today);

    using Use = std::function<void(const Scene&)>;
    /// All of them anew until nothing more follows: a term that ends may start another one.
    /// `scenes` shows the obligations, each time as they stand by then.
    void settle(const std::function<void(const Use&)>& scenes, base::Date today,
                const std::function<void(const std::vector<DeadlineChange>&)>& hear);

    [[nodiscard]] std::vector<const Deadline*> of(std::int64_t obligation) const;
    [[nodiscard]] TermStates states(std::int64_t obligation) const;

  private:
    using Key = std::tuple<std::int64_t, std::string, std::string>;
    using KeyView = std::tuple<std::int64_t, std::string_view, std::string_view>;
    [[nodiscard]] std::optional<Deadline> want(const TermRule& rule, const Scene& scene) const;
    static void addState(TermStates& states, const Deadline& one);
    void renew(TermStates& states, std::int64_t obligation, const std::string& rule) const;
    void keep(const TermRule& rule, const std::string& anchor, std::optional<Deadline> wanted,
              std::int64_t obligation, std::vector<DeadlineChange>& changes);

    const std::vector<TermRule>* rules_;
    std::map<Key, Deadline, std::less<>> known_;
    std::vector<std::shared_ptr<const TermRule>> gone_;  ///< rules that the book has no more
};

}  // namespace gateway::law
