#pragma once
// The terms of one case: computed from its facts, remembered with what the clock has said of them.

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "gateway/law/law_book.h"
#include "gateway/law/scene.h"

namespace gateway::law {

enum class Outcome : std::uint8_t {
    Open,
    Passed,  ///< over, not answered
    Met,
    MetLate,
    Lifted  ///< no longer owed
};

enum class DeadlineEvent : std::uint8_t { Set, Moved, Near, Passed, Lifted };

/// One term of one obligation. `rule` is borrowed from the book.
struct Deadline {
    const TermRule* rule = nullptr;
    std::int64_t obligation = 0;
    std::string anchor;  ///< message id of the fact for which it runs; empty: one an obligation
    base::Date start{};
    std::optional<base::Date> due, nearOn, answeredOn;
    std::string explanation, calendarVersion;
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

/// Borrows the book. One thread.
class Deadlines {
  public:
    explicit Deadlines(const LawBook& book) : book_(&book) {}

    /// Computes the terms of one obligation anew. `scene` says what holds; its terms are ignored.
    std::vector<DeadlineChange> recompute(const Scene& scene);
    /// The next day, and not after `until`, on which the clock has something to say.
    [[nodiscard]] std::optional<base::Date> nextDay(base::Date until) const;
    /// What is near or over on that day and has not been said.
    std::vector<DeadlineChange> tick(base::Date today);

    [[nodiscard]] std::vector<const Deadline*> of(std::int64_t obligation) const;
    [[nodiscard]] std::map<std::string, TermState, std::less<>> states(
        std::int64_t obligation) const;

  private:
    using Key = std::tuple<std::int64_t, std::string, std::string>;
    [[nodiscard]] std::optional<Deadline> want(const TermRule& rule, const Scene& scene) const;
    void keep(const TermRule& rule, const std::string& anchor, std::optional<Deadline> wanted,
              std::int64_t obligation, std::vector<DeadlineChange>& changes);

    const LawBook* book_;
    std::map<Key, Deadline> known_;
};

}  // namespace gateway::law

template <>
struct gateway::model::Names<gateway::law::Outcome> {
    using enum gateway::law::Outcome;
    static constexpr std::pair<gateway::law::Outcome, std::string_view> table[] = {
        {Open, "open"},
        {Passed, "passed"},
        {Met, "met"},
        {MetLate, "met-late"},
        {Lifted, "lifted"}};
};
template <>
struct gateway::model::Names<gateway::law::DeadlineEvent> {
    using enum gateway::law::DeadlineEvent;
    static constexpr std::pair<gateway::law::DeadlineEvent, std::string_view> table[] = {
        {Set, "DeadlineSet"},
        {Moved, "DeadlineMoved"},
        {Near, "DeadlineNear"},
        {Passed, "DeadlinePassed"},
        {Lifted, "DeadlineLifted"}};
};
