#include "gateway/law/conditions/facts.h"

#include <algorithm>
#include <tuple>

namespace gateway::law {
namespace {

bool happenedBefore(const Fact* a, const Fact* b) {
    return std::tie(a->on, a->source) < std::tie(b->on, b->source);
}

int rankOf(const Fact& delivered) {
    if (delivered.code == "court") return 3;
    if (delivered.code == "obligated") return 2;
    return delivered.code == "thads" ? 1 : 0;
}

// The code of a "succession" of the obligation itself: a changed interim measure.
constexpr std::string_view kNewVersion = "new-version";

// What the predecessor has received and was told does not bind its successor.
bool isOfPredecessor(const Fact& fact, const std::vector<Fact>& all, std::int64_t obligation) {
    const bool told = fact.kind == FactKind::Delivered || fact.kind == FactKind::Notice ||
                      fact.kind == FactKind::NoticeRead ||
                      (fact.kind == FactKind::OrderReceipt && fact.code == "obligated");
    const bool performed = fact.kind == FactKind::Completion || fact.kind == FactKind::Minutes;
    if (!told && !performed) return false;
    return std::ranges::any_of(all, [&](const Fact& other) {
        return other.kind == FactKind::Succession && !other.struck &&
               (told || other.code == kNewVersion) &&
               (other.obligation == 0 || other.obligation == obligation) && fact.on < other.on;
    });
}

}  // namespace

FactsInForce::FactsInForce(const std::vector<Fact>& all, std::int64_t obligation, Order order) :
    order_(order) {
    for (const auto& fact : all)
        if (!fact.struck && (fact.obligation == 0 || fact.obligation == obligation) &&
            !isOfPredecessor(fact, all, obligation))
            facts_.push_back(&fact);
    if (order == Order::Happened) std::ranges::stable_sort(facts_, happenedBefore);
}

bool FactsInForce::isLater(const Fact& one, const Fact& other) const {
    if (order_ == Order::Heard)  // as recorded: two of one moment have an order, too
        return std::ranges::find(facts_, &one) > std::ranges::find(facts_, &other);
    return one.on != other.on ? one.on > other.on : one.recordedAt > other.recordedAt;
}

FactsInForce FactsInForce::asOf(base::Date day) const {
    FactsInForce found(order_);
    for (const auto* fact : facts_)
        if (fact->on <= day) found.facts_.push_back(fact);
    return found;
}

std::vector<const Fact*> FactsInForce::of(FactKind kind, std::string_view code) const {
    std::vector<const Fact*> found;
    for (const auto* fact : facts_)
        if (fact->kind == kind && (code.empty() || fact->code == code)) found.push_back(fact);
    return found;
}

const Fact* FactsInForce::latest(FactKind kind, std::string_view code) const {
    if (kind != FactKind::Delivered) {
        const auto found = std::find_if(facts_.rbegin(), facts_.rend(), [&](const Fact* fact) {
            return fact->kind == kind && (code.empty() || fact->code == code);
        });
        return found == facts_.rend() ? nullptr : *found;
    }
    const auto found = of(kind, code);
    if (found.empty()) return nullptr;
    return *std::ranges::max_element(found, [](const Fact* a, const Fact* b) {
        return std::tuple(rankOf(*a), a->recordedAt, a->source) <
               std::tuple(rankOf(*b), b->recordedAt, b->source);
    });
}

}  // namespace gateway::law
