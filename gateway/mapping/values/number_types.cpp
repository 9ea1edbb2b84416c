// number, integer, amount: exact decimals, never a floating-point number in between.

#include <algorithm>
#include <cctype>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

using document::Kind;

constexpr std::size_t kMostDigits = 40;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool allDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), isDigit); }

// JSON's rule: no leading zeros, which a number without quotes cannot have.
std::string withoutLeadingZeros(std::string_view digits) {
    const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return std::string(digits.substr(first));
}

struct Parts {
    bool negative = false;
    std::string_view whole, fraction;
    bool hasPoint = false;
};

Parts partsOf(std::string_view text, char point) {
    Parts parts;
    parts.negative = text.starts_with('-');
    if (parts.negative) text.remove_prefix(1);
    const auto mark = point == '\0' ? std::string_view::npos : text.find(point);
    parts.hasPoint = mark != std::string_view::npos;
    parts.whole = text.substr(0, mark);
    if (parts.hasPoint) parts.fraction = text.substr(mark + 1);
    return parts;
}

std::string canonical(const Parts& parts, const std::string& whole) {
    return (parts.negative ? "-" : "") + withoutLeadingZeros(whole) +
           (parts.hasPoint ? "." + std::string(parts.fraction) : "");
}

class NumberType final : public ValueType {
  public:
    explicit NumberType(bool integer) : point_(integer ? '\0' : '.') {
        oursKind_ = jsonKind_ = Kind::Number;
        if (integer)
            expected_ = {"phải là số nguyên", "it must be an integer"};
        else
            expected_ = {"phải là số thập phân, ví dụ 1234.56",
                         "it must be a decimal number, e.g. 1234.56"};
    }
    // Leading zeros.
    std::vector<Loss> losses() const override { return {Loss::Notation}; }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const Parts parts = partsOf(trimmed(theirs), point_);
        const bool sound = !parts.whole.empty() && allDigits(parts.whole) &&
                           allDigits(parts.fraction) && parts.hasPoint != parts.fraction.empty() &&
                           parts.whole.size() + parts.fraction.size() <= kMostDigits;
        if (!sound) return std::nullopt;
        return canonical(parts, std::string(parts.whole));
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        return toOurs(ours);
    }

  private:
    char point_;
};

class AmountType final : public ValueType {
  public:
    explicit AmountType(std::string_view example) {
        oursKind_ = Kind::Number;
        example_ = example;
        expected_ = {"phải là số tiền, ví dụ " + example_,
                     "it must be an amount, e.g. " + example_};
        // The last mark is the decimal one if anything but three digits follows it, or if two
        // different marks occur: 1.234 has thousands only, 1.234,56 has both.
        const auto isMark = [](char c) { return !isDigit(c); };
        const auto first = std::find_if(example.begin(), example.end(), isMark);
        if (example.empty() || first == example.begin()) fail(example);
        if (first == example.end()) return;
        const auto last = std::find_if(example.rbegin(), example.rend(), isMark);
        const auto after = static_cast<std::size_t>(last - example.rbegin());
        if (*first != *last) {
            thousands_ = *first;
            decimal_ = *last;
        } else if (after == kGroup) {
            thousands_ = *first;
        } else {
            decimal_ = *last;
        }
        constexpr std::string_view kMarks = ".,' ";
        for (const char mark : {thousands_, decimal_})
            if (mark != '\0' && kMarks.find(mark) == std::string_view::npos) fail(example);
        if (decimal_ != '\0') decimals_ = after;
        if (!toOurs(example)) fail(example);
    }

    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const Parts parts = partsOf(trimmed(theirs), decimal_);
        if (parts.fraction.empty() == parts.hasPoint || !allDigits(parts.fraction))
            return std::nullopt;
        const auto whole = withoutMarks(parts.whole);
        if (!whole || whole->size() + parts.fraction.size() > kMostDigits) return std::nullopt;
        Parts exact = parts;
        // 1.234,00 and 1.234 are one amount; ours has the shorter one.
        const auto lastUsed = exact.fraction.find_last_not_of('0');
        exact.fraction = exact.fraction.substr(0, lastUsed + 1);
        exact.hasPoint = !exact.fraction.empty();
        return canonical(exact, *whole);
    }

    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const Parts parts = partsOf(ours, '.');
        if (parts.whole.empty() || !allDigits(parts.whole) || !allDigits(parts.fraction))
            return std::nullopt;
        if (parts.hasPoint && decimal_ == '\0') return std::nullopt;
        std::string text = parts.negative ? "-" : "";
        for (std::size_t i = 0; i < parts.whole.size(); ++i) {
            if (i > 0 && thousands_ != '\0' && (parts.whole.size() - i) % kGroup == 0)
                text.push_back(thousands_);
            text.push_back(parts.whole[i]);
        }
        if (decimal_ != '\0') {
            std::string fraction(parts.fraction);
            if (fraction.size() < decimals_) fraction.resize(decimals_, '0');
            text.append(1, decimal_).append(fraction);
        }
        return text;
    }

  private:
    static constexpr std::size_t kGroup = 3;

    [[noreturn]] static void fail(std::string_view example) {
        throw base::Fault("\"" + std::string(example) + "\" shows no amount, e.g. 1.234,56");
    }

    // Either no mark at all, or one before every third digit from the right.
    std::optional<std::string> withoutMarks(std::string_view whole) const {
        if (whole.empty()) return std::nullopt;
        std::string digits;
        const bool marked = thousands_ != '\0' && whole.find(thousands_) != std::string_view::npos;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            const bool markHere = marked && i > 0 && (whole.size() - i) % (kGroup + 1) == 0;
            if (markHere ? whole[i] != thousands_ : !isDigit(whole[i])) return std::nullopt;
            if (!markHere) digits.push_back(whole[i]);
        }
        return digits;
    }

    char thousands_ = '\0';
    char decimal_ = '\0';
    std::size_t decimals_ = 0;
};

}  // namespace

std::unique_ptr<ValueType> makeNumberType(bool integer) {
    return std::make_unique<NumberType>(integer);
}

std::unique_ptr<ValueType> makeAmountType(std::string_view example) {
    return std::make_unique<AmountType>(example);
}

}  // namespace gateway::mapping
