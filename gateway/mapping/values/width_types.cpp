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

// Of theirs always so many digits; of ours a number.
class DigitsType final : public ValueType {
  public:
    explicit DigitsType(std::size_t width) : width_(width) {
        oursKind_ = Kind::Number;
        example_ = std::string(width_ - 1, '0') + "7";
        expected_ = {"phải có đúng " + std::to_string(width_) + " chữ số, ví dụ " + example_,
                     "it must have " + std::to_string(width_) + " digits, e.g. " + example_};
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto text = trimmed(theirs);
        if (text.size() != width_ || !isDigits(text)) return std::nullopt;
        const auto first = std::min(text.find_first_not_of('0'), text.size() - 1);
        return std::string(text.substr(first));
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        if (!isDigits(ours) || ours.size() > width_) return std::nullopt;
        return std::string(width_ - ours.size(), '0').append(ours);
    }

  private:
    std::size_t width_;
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

std::unique_ptr<ValueType> makeDigitsType(std::string_view width) {
    return std::make_unique<DigitsType>(widthOf(width));
}

std::unique_ptr<ValueType> makeCutType(std::string_view widthAndMark) {
    const auto blank = widthAndMark.find(' ');
    const auto mark =
        blank == std::string_view::npos ? std::string_view() : widthAndMark.substr(blank + 1);
    return std::make_unique<CutType>(widthOf(widthAndMark.substr(0, blank)), std::string(mark));
}

}  // namespace gateway::mapping
