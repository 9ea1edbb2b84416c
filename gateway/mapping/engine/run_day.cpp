// The day of the message: codes mean what they meant then, today and whenever it is read again.

#include "gateway/base/time_format.h"
#include "gateway/mapping/engine/run.h"

namespace gateway::mapping {

using document::Node;

namespace {

AsOf dayAt(std::string_view instant) {
    const auto parsed = base::parseTimestamp(instant);
    return parsed ? AsOf(base::vietnamDate(*parsed)) : std::nullopt;
}

AsOf dayOf(const Node& ours) {
    const Node* const envelope = ours.child("envelope");
    const Node* const created = envelope ? envelope->child("created") : nullptr;
    return created ? dayAt(created->value) : std::nullopt;
}

}  // namespace

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
    if (found) return found;
    const auto received = exchange_.find("receivedAt");
    return received == exchange_.end() ? std::nullopt : dayAt(received->second);
}

}  // namespace gateway::mapping
