// The day of the message: codes mean what they meant then, today and whenever it is read again.

#include "gateway/base/time_format.h"
#include "gateway/mapping/engine/message_day.h"
#include "gateway/mapping/engine/run.h"

namespace gateway::mapping {

using document::Node;

namespace {

AsOf dayAt(std::string_view instant) {
    const auto parsed = base::parseTimestamp(instant);
    return parsed ? AsOf(base::vietnamDate(*parsed)) : std::nullopt;
}

const Node* createdIn(const Node& ours) {
    const Node* const envelope = ours.child("envelope");
    return envelope ? envelope->child("created") : nullptr;
}

AsOf dayOf(const Node& ours) {
    const Node* const created = createdIn(ours);
    return created ? dayAt(created->value) : std::nullopt;
}

AsOf dayIn(const ExchangeValues& exchange, std::string_view name) {
    const auto told = exchange.find(name);
    return told == exchange.end() ? std::nullopt : dayAt(told->second);
}

}  // namespace

std::optional<ExchangeValues> datedBy(const ExchangeValues& exchange, const Node& ours) {
    const AsOf day = dayOf(ours);
    if (!day || exchange.contains(kMessageAt) || day == dayIn(exchange, "receivedAt"))
        return std::nullopt;
    auto dated = exchange;
    dated.emplace(kMessageAt, createdIn(ours)->value);
    return dated;
}

std::optional<std::string> Run::converted(const ValueType& type, std::string_view text) {
    const AsOf asOf = type.asksDay() ? day() : AsOf();
    return flow_ == Flow::In ? type.toOursOn(text, asOf) : type.toTheirsOn(text, asOf);
}

AsOf Run::day() {
    if (!day_) day_ = onlyDay_ ? AsOf() : findDay();
    return *day_;
}

// Inwards the message says it by the very rules by which it is read; what says nothing was written
// on the day on which it came.
AsOf Run::findDay() const {
    AsOf found;
    if (flow_ == Flow::Out) {
        found = dayOf(source_);
    } else {
        Run alone(flow_, sides_, source_, nullptr, exchange_);
        alone.onlyDay_ = true;
        found = dayOf(alone.run(*rules_));
    }
    if (!found) found = dayIn(exchange_, kMessageAt);
    return found ? found : dayIn(exchange_, "receivedAt");
}

}  // namespace gateway::mapping
