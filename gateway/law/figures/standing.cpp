#include "gateway/law/figures/standing.h"

#include <algorithm>

namespace gateway::law::figures {
namespace {

// Before a succession the predecessor's facts counted: those of later days must not be seen.
std::vector<Fact> happenedBy(const std::vector<Fact>& all, base::Date day) {
    std::vector<Fact> found;
    std::ranges::copy_if(all, std::back_inserter(found),
                         [&](const Fact& fact) { return fact.on <= day; });
    return found;
}

}  // namespace

Standing::Standing(const LawBook& book, const KnownRuling& known, base::Date day, Depth depth) :
    book_(book),
    ruling_(known.ruling),
    day_(day),
    facts_(happenedBy(known.facts, day)),
    deadlines_(book) {
    for (const auto& obligation : ruling_.obligations)
        places_.push_back({&obligation, FactsInForce(facts_, obligation.no), {}, {}});
    if (depth == Depth::Whole) follow();
}

// A term that is over may start another one.
void Standing::follow() {
    for (bool again = true; again;) {
        for (const auto& place : places_) static_cast<void>(deadlines_.recompute(scene(place)));
        again = std::ranges::any_of(deadlines_.tick(day_), [](const DeadlineChange& change) {
            return change.event == DeadlineEvent::Passed;
        });
    }
    for (auto& place : places_) {
        place.terms = deadlines_.states(place.obligation->no);
        const auto here = scene(place);
        place.stage = std::ranges::find_if(book_.stages(), [&](const StageLine& line) {
                          return line.when.holds(here);
                      })->name;
    }
}

Scene Standing::scene(const Place& place) const {
    Scene made;
    made.ruling = &ruling_;
    made.obligation = place.obligation;
    made.groups = &book_.groupsOf(place.obligation->obligatedPartyKind);
    made.facts = &place.facts;
    made.terms = &place.terms;
    made.calendar = &book_.calendar();
    made.today = day_;
    made.stage = place.stage;
    return made;
}

std::vector<const Deadline*> Standing::deadlines(const Place& place) const {
    auto found = deadlines_.of(place.obligation->no);
    std::erase_if(found, [](const Deadline* one) { return one->outcome() == Outcome::Lifted; });
    return found;
}

}  // namespace gateway::law::figures
