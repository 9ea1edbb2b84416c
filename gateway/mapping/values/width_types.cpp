// Values of a stated width: digits and cut.

#include <algorithm>
#include <charconv>

#include "gateway/base/fault.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using document::Kind;

constexpr std::size_t kWidest = 10'000;

std::size_t widthOf(std::string_view text) {
    std::size_t width = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), width);
    if (error != std::errc() || stop != text.data() + text.size() || width == 0 || width > kWidest)
        throw base::Fault("a width is a number from 1 to 10000");
    return width;
}

bool isDigits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Of theirs always so many digits, the last of them maybe behind a point that is not written; of
// ours a number.
class DigitsType final : public ValueType {
  public:
    DigitsType(std::size_t width, std::size_t decimals) : width_(width), decimals_(decimals) {
        if (decimals_ >= width_) throw base::Fault("more decimals than digits");
        oursKind_ = Kind::Number;
        example_ = std::string(width_ - 1, '0') + "7";
        expected_ = {"phải có đúng " + std::to_string(width_) + " chữ số, ví dụ " + example_,
                     "it must have " + std::to_string(width_) + " digits, e.g. " + example_};
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto text = trimmed(theirs);
        if (text.size() != width_ || !isDigits(text)) return std::nullopt;
        const auto point = text.size() - decimals_;
        const auto first = std::min(text.find_first_not_of('0'), point - 1);
        std::string number(text.substr(first, point - first));
        // 12.50 and 12.5 are one number; ours has the shorter one.
        const auto fraction = text.substr(point);
        const auto end = fraction.find_last_not_of('0');
        if (end != std::string_view::npos) number.append(".").append(fraction.substr(0, end + 1));
        return number;
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const auto point = std::min(ours.find('.'), ours.size());
        std::string digits(ours.substr(0, point));
        const auto fraction = ours.substr(std::min(point + 1, ours.size()));
        if (fraction.size() > decimals_) return std::nullopt;
        digits.append(fraction).append(decimals_ - fraction.size(), '0');
        if (point == 0 || !isDigits(digits) || digits.size() > width_) return std::nullopt;
        return std::string(width_ - digits.size(), '0').append(digits);
    }
    std::vector<Loss> losses() const override {
        return decimals_ == 0 ? std::vector<Loss>() : std::vector{Loss::Notation};
    }

  private:
    std::size_t width_, decimals_;
};

// Characters as code points: what partners' columns count.
class CutType final : public ValueType {
  public:
    CutType(std::size_t width, std::string mark) : width_(width), mark_(std::move(mark)) {
        if (countOf(mark_) >= width_) throw base::Fault("the mark is as wide as the place");
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        return std::string(theirs);
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        if (countOf(ours) <= width_) return std::string(ours);
        std::size_t left = width_ - countOf(mark_);
        std::size_t end = 0;
        for (; end < ours.size(); ++end)
            if (begins(ours[end]) && left-- == 0) break;
        return std::string(ours.substr(0, end)) + mark_;
    }
    std::vector<Loss> losses() const override { return {Loss::Cut}; }

  private:
    static bool begins(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }
    static std::size_t countOf(std::string_view text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
    }

    std::size_t width_;
    std::string mark_;
};

}  // namespace

std::unique_ptr<ValueType> makeDigitsType(std::string_view widthAndDecimals) {
    const auto blank = widthAndDecimals.find(' ');
    const std::size_t decimals =
        blank == std::string_view::npos ? 0 : widthOf(trimmed(widthAndDecimals.substr(blank + 1)));
    return std::make_unique<DigitsType>(widthOf(widthAndDecimals.substr(0, blank)), decimals);
}

std::unique_ptr<ValueType> makeCutType(std::string_view widthAndMark) {
    const auto blank = widthAndMark.find(' ');
    const auto mark =
        blank == std::string_view::npos ? std::string_view() : widthAndMark.substr(blank + 1);
    return std::make_unique<CutType>(widthOf(widthAndMark.substr(0, blank)), std::string(mark));
}

}  // namespace gateway::mapping
