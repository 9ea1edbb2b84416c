#include "gateway/exchange/plausibility.h"

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/text.h"

namespace gateway::exchange {
namespace {

using base::Problem;

/// A day or a number of a message, with its place and with the pattern of its place.
struct Found {
    std::string pattern, path;
    bool isDay = false;
    std::int64_t value = 0;  ///< of a day: days since 1970
};

std::int64_t daysOf(base::Date day) {
    return std::chrono::sys_days(day).time_since_epoch().count();
}

std::string shown(const Found& field, std::int64_t value) {
    if (!field.isDay) return std::to_string(value);
    return base::formatDate(base::Date(std::chrono::sys_days(std::chrono::days(value))));
}

/// Visits a payload: its days and numbers, and the first text that says nothing.
class Collector {
  public:
    std::vector<Found> found;
    std::optional<Problem> blank;

    Collector() = default;

    template <class T>
    void required(std::string_view name, T& member) {
        enter(name, member, true);
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        enter(name, member, false);
    }

  private:
    template <class T>
    void enter(std::string_view name, T& member, bool required) {
        const auto pattern = pattern_.size(), path = path_.size();
        for (auto* text : {&pattern_, &path_}) text->append(text->empty() ? "" : "/").append(name);
        take(member, required);
        pattern_.resize(pattern);
        path_.resize(path);
    }
    void take(const std::string& text, bool required) {
        if (blank || (text.empty() && !required) || document::hasVisible(text)) return;
        blank = Problem(base::ErrorCode::MAPPING_VALUE, path_, {})
                    .with("value", text)
                    .inWords("expected", {"phải có chữ đọc được", "it must have visible text"});
    }
    void take(base::Date day, bool) { found.push_back({pattern_, path_, true, daysOf(day)}); }
    void take(std::int64_t number, bool) { found.push_back({pattern_, path_, false, number}); }
    template <class T>
    void take(std::optional<T>& member, bool required) {
        if (member) take(*member, required);
    }
    template <class T>
    void take(std::vector<T>& list, bool) {
        const auto pattern = pattern_.size(), path = path_.size();
        pattern_.append("[]");
        for (std::size_t i = 0; i < list.size(); ++i) {
            path_.append("/").append(std::to_string(i));
            take(list[i], true);
            path_.resize(path);
        }
        pattern_.resize(pattern);
    }
    template <class S>
    requires requires(Collector& collector, S& structure) { describe(collector, structure); }
    void take(S& structure, bool) { describe(*this, structure); }
    template <class T>
    requires(std::is_same_v<T, bool> || std::is_same_v<T, base::Timestamp> ||
             model::Named<T>) void take(T&, bool) {}

    std::string pattern_, path_;
};

std::optional<base::Date> knownDay(FieldBound::Kind kind, const KnownDays& known) {
    using enum FieldBound::Kind;
    switch (kind) {
        case Latest: return known.latest;
        case Ruling: return known.ruling;
        case Registered: return known.registered;
        case Notice: return known.notice;
        case None:
        case Value:
        case Field: break;
    }
    return std::nullopt;
}

// What a bound comes to for this message; nothing if it is not known.
std::optional<std::int64_t> valueOf(const FieldBound& bound, const Found& field,
                                    const std::vector<Found>& found, const KnownDays& known) {
    if (bound.kind == FieldBound::Kind::Value) return bound.value;
    if (bound.kind == FieldBound::Kind::Field) {
        const auto other = std::ranges::find(found, bound.field, &Found::pattern);
        return other == found.end() ? std::nullopt : std::optional(other->value);
    }
    const auto day = knownDay(bound.kind, known);
    if (!day) return std::nullopt;
    return field.isDay ? daysOf(*day) + bound.value : static_cast<int>(day->year());
}

std::optional<Problem> outside(const Found& field, const FieldBounds& bounds,
                               const std::vector<Found>& found, const KnownDays& known) {
    const auto problem = [&](const char* relation, std::int64_t bound) {
        return Problem(base::ErrorCode::MAPPING_VALUE, field.path, {})
            .with("value", shown(field, field.value))
            .with("expected", relation + shown(field, bound));
    };
    const auto least = valueOf(bounds.least, field, found, known);
    if (least && field.value < *least) return problem("≥ ", *least);
    const auto most = valueOf(bounds.most, field, found, known);
    if (most && field.value > *most) return problem("≤ ", *most);
    return std::nullopt;
}

}  // namespace

std::optional<Problem> Plausibility::implausible(const model::Payload& payload,
                                                 const KnownDays& known) const {
    Collector collector;
    // describe() serves readers too, so it takes a structure that it could change; this does not.
    std::visit([&](auto& message) { describe(collector, message); },
               const_cast<model::Payload&>(payload));
    if (collector.blank) return std::move(collector.blank);
    const auto type = static_cast<model::MessageType>(payload.index());
    for (const auto& field : collector.found) {
        const auto row = std::ranges::find_if(bounds_, [&](const FieldBounds& one) {
            return one.type == type && one.field == field.pattern;
        });
        if (row == bounds_.end()) continue;
        if (auto problem = outside(field, *row, collector.found, known)) return problem;
    }
    return std::nullopt;
}

}  // namespace gateway::exchange
