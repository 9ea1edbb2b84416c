#include "gateway/exchange/reference/plausibility.h"

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
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

base::Words wantedOf(document::TextFault fault) {
    using enum document::TextFault;
    switch (fault) {
        case Control:
            return {"không có ký tự điều khiển, ký tự riêng hoặc ký tự chưa được Unicode gán",
                    "no control, private or unassigned characters"};
        case Direction:
            return {"không có ký tự đổi chiều chữ (U+200E, U+202E, U+2066 ...)",
                    "no characters that change the direction of text (U+200E, U+202E, U+2066 ...)"};
        case Damaged:
            return {
                "chữ nguyên vẹn: U+FFFD cho biết phần mềm đã làm hỏng chữ; hãy gửi lại từ bản gốc",
                "undamaged text: U+FFFD says that a program has spoilt it; send the original"};
        case OldFont:
            return {
                "chữ Unicode (TCVN 6909): chữ này theo bảng mã cũ TCVN3 (ABC) hoặc VNI; hãy "
                "chuyển sang Unicode",
                "Unicode text (TCVN 6909): this is in the old codes TCVN3 (ABC) or VNI; convert "
                "it to Unicode"};
        case None: break;
    }
    return {};
}

// A name that a recipient may give to a file as it stands.
bool isFileName(std::string_view name) {
    constexpr std::size_t kLongest = 255;
    return name.size() <= kLongest && name != "." && name != ".." &&
           name.find_first_of("/\\:\t\r\n") == std::string_view::npos;
}

/// Visits a payload: its days and numbers, and the first text that cannot be passed on.
class Collector {
  public:
    std::vector<Found> found;
    std::optional<Problem> unfit;

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
        if (unfit || (text.empty() && !required)) return;
        const auto refuse = [&](std::string value, const base::Words& expected) {
            unfit = Problem(base::ErrorCode::MAPPING_VALUE, path_, {})
                        .with("value", std::move(value))
                        .inWords("expected", expected);
        };
        // Its value is not shown again: it is what must not be passed on.
        if (const auto fault = document::textFault(text); fault != document::TextFault::None)
            return refuse("…", wantedOf(fault));
        if (!document::hasVisible(text))
            return refuse(text, {"phải có chữ đọc được", "it must have visible text"});
        if (pattern_.ends_with("fileName") && !isFileName(text))
            refuse(text, {"tên tệp không có đường dẫn (/ \\ : .. xuống dòng), tối đa 255 byte",
                          "a file name without a path (/ \\ : .. line ends), 255 bytes at most"});
    }
    void take(base::Date day, bool) { found.push_back({pattern_, path_, true, daysOf(day)}); }
    void take(std::int64_t number, bool) { found.push_back({pattern_, path_, false, number}); }
    // The content of a declared act: its members stand in the message itself.
    void take(const document::Node& content, bool) {
        const auto own = std::exchange(path_, {});
        walk(content);
        path_ = own;
    }
    void walk(const document::Node& node) {
        if (node.kind == document::Kind::String) return take(node.value, true);
        const auto path = path_.size();
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const auto& child = node.children[i];
            path_.append(path_.empty() ? "" : "/")
                .append(child.name.empty() ? std::to_string(i) : child.name);
            walk(child);
            path_.resize(path);
        }
    }
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

// What a bound comes to for this message; nothing if it is not known.
std::optional<std::int64_t> valueOf(const FieldBound& bound, const Found& field,
                                    const std::vector<Found>& found, base::Date latest) {
    if (bound.kind == FieldBound::Kind::Value) return bound.value;
    if (bound.kind == FieldBound::Kind::Field) {
        const auto other = std::ranges::find(found, bound.field, &Found::pattern);
        return other == found.end() ? std::nullopt : std::optional(other->value);
    }
    if (bound.kind != FieldBound::Kind::Latest) return std::nullopt;
    return field.isDay ? daysOf(latest) + bound.value : static_cast<int>(latest.year());
}

std::optional<Problem> outside(const Found& field, const FieldBounds& bounds,
                               const std::vector<Found>& found, base::Date latest) {
    const auto problem = [&](const char* relation, std::int64_t bound) {
        return Problem(base::ErrorCode::MAPPING_VALUE, field.path, {})
            .with("value", shown(field, field.value))
            .with("expected", relation + shown(field, bound));
    };
    const auto least = valueOf(bounds.least, field, found, latest);
    if (least && field.value < *least) return problem("≥ ", *least);
    const auto most = valueOf(bounds.most, field, found, latest);
    if (most && field.value > *most) return problem("≤ ", *most);
    return std::nullopt;
}

}  // namespace

std::optional<Problem> Plausibility::implausible(const model::Payload& payload,
                                                 base::Date latest) const {
    Collector collector;
    // describe() serves readers too, so it takes a structure that it could change; this does not.
    std::visit([&](auto& message) { describe(collector, message); },
               const_cast<model::Payload&>(payload));
    if (collector.unfit) return std::move(collector.unfit);
    const auto type = static_cast<model::MessageType>(payload.index());
    for (const auto& field : collector.found) {
        const auto row = std::ranges::find_if(bounds_, [&](const FieldBounds& one) {
            return one.type == type && one.field == field.pattern;
        });
        if (row == bounds_.end()) continue;
        if (auto problem = outside(field, *row, collector.found, latest)) return problem;
    }
    return std::nullopt;
}

}  // namespace gateway::exchange
