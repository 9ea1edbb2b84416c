// A moment as a count of seconds or milliseconds since 1970-01-01T00:00Z.

#include <charconv>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using std::chrono::milliseconds;

class EpochType final : public ValueType {
  public:
    explicit EpochType(bool inSeconds) : perUnit_(inSeconds ? 1'000 : 1) {
        jsonKind_ = Kind::Number;
        example_ = inSeconds ? "1767225600" : "1767225600000";
        expected_ = {"phải là số " + std::string(inSeconds ? "giây" : "mili giây") +
                         " tính từ 01/01/1970, ví dụ " + example_,
                     "it must be a number of " +
                         std::string(inSeconds ? "seconds" : "milliseconds") +
                         " since 1970-01-01, e.g. " + example_};
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto text = trimmed(theirs);
        std::int64_t count = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
        constexpr base::Timestamp kFirst{std::chrono::sys_days{std::chrono::year{1} / 1 / 2}};
        constexpr base::Timestamp kLast{std::chrono::sys_days{std::chrono::year{9999} / 12 / 30}};
        if (count < kFirst.time_since_epoch().count() / perUnit_ ||
            count > kLast.time_since_epoch().count() / perUnit_)
            return std::nullopt;
        return base::formatTimestamp(base::Timestamp{milliseconds{count * perUnit_}});
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const auto instant = base::parseTimestamp(ours);
        if (!instant) return std::nullopt;
        return std::to_string(std::chrono::floor<std::chrono::duration<std::int64_t, std::milli>>(
                                  instant->time_since_epoch())
                                  .count() /
                              perUnit_);
    }
    std::vector<Loss> losses() const override {
        return perUnit_ == 1 ? std::vector<Loss>() : std::vector{Loss::Precision};
    }

  private:
    std::int64_t perUnit_;  ///< milliseconds
};

}  // namespace

std::unique_ptr<ValueType> makeEpochType(std::string_view unit) {
    if (unit != "seconds" && unit != "milliseconds")
        throw base::Fault("epoch counts seconds or milliseconds");
    return std::make_unique<EpochType>(unit == "seconds");
}

}  // namespace gateway::mapping
