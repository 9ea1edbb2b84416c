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

void Standing::follow() {
    const auto eachPlace = [this](const Deadlines::Use& use) {
        for (const auto& place : places_) use(scene(place));
    };
    deadlines_.settle(eachPlace, day_, [](const auto&) {});
    for (auto& place : places_) {
        place.terms = deadlines_.states(place.obligation->no);
        place.stage = book_.process().stageIn(scene(place))->name;
    }
}

Scene Standing::scene(const Place& place) const {
    auto made = book_.sceneOf(ruling_, *place.obligation, place.facts, place.terms, day_);
    made.stage = place.stage;
    return made;
}

std::vector<const Deadline*> Standing::deadlines(const Place& place) const {
    auto found = deadlines_.of(place.obligation->no);
    std::erase_if(found, [](const Deadline* one) { return one->outcome() == Outcome::Lifted; });
    return found;
}

}  // namespace gateway::law::figures
