#pragma once
// A ruling as it stood at the end of a day, with hindsight: every fact that had happened by then
// and is known now. Terms are counted anew from these facts, as the clock would have counted them.

#include <map>
#include <string>
#include <vector>

#include "gateway/law/figures/history.h"
#include "gateway/law/life/deadlines.h"

namespace gateway::law::figures {

/// Borrows the book and the ruling. Not promised: a term that facts of that day no longer ask for,
/// though it had run and passed before.
class Standing {
  public:
    /// Of one obligation.
    struct Place {
        const model::Obligation* obligation = nullptr;
        FactsInForce facts;
        std::map<std::string, TermState, std::less<>> terms;
        std::string_view stage;
    };
    enum class Depth : std::uint8_t { FactsAlone, Whole };  ///< without or with terms and stages

    Standing(const LawBook& book, const KnownRuling& known, base::Date day, Depth depth);
    Standing(const Standing&) = delete;
    Standing& operator=(const Standing&) = delete;

    [[nodiscard]] const std::vector<Place>& places() const noexcept { return places_; }
    [[nodiscard]] Scene scene(const Place& place) const;
    /// Terms of one obligation that are owed or were answered.
    [[nodiscard]] std::vector<const Deadline*> deadlines(const Place& place) const;

  private:
    void follow();

    const LawBook& book_;
    const model::Ruling& ruling_;
    const base::Date day_;
    const std::vector<Fact> facts_;
    Deadlines deadlines_;
    std::vector<Place> places_;
};

}  // namespace gateway::law::figures
