#include "gateway/mapping/values/value_type.h"

#include <algorithm>
#include <utility>

#include "gateway/base/encoding.h"
#include "gateway/base/fault.h"
#include "gateway/document/text.h"

namespace gateway::mapping {
namespace {

using document::Kind;

constexpr std::string_view kBlanks = " \t\r\n";

class TextType final : public ValueType {
  public:
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        return std::string(theirs);
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        return std::string(ours);
    }
};

class TokenType final : public ValueType {
  public:
    std::vector<Loss> losses() const override { return {Loss::Blanks}; }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        return document::oneBlank(theirs);
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        return std::string(ours);
    }
};

// The case model keeps what the agency wrote, dirt and all, and normalises a copy.
class CaseNumberType final : public ValueType {
  public:
    CaseNumberType() {
        expected_ = {"phải là số bản án, quyết định, ví dụ 05/2026/HC-ST",
                     "it must be the number of a ruling, e.g. 05/2026/HC-ST"};
        example_ = "05/2026/HC-ST";
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto text = trimmed(theirs);
        constexpr std::size_t kLongest = 200;
        const bool digits = text.find_first_of("0123456789") != std::string_view::npos;
        const bool oneLine = text.find_first_of("\r\n") == std::string_view::npos;
        if (!digits || !oneLine || text.size() > kLongest) return std::nullopt;
        return std::string(text);
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        return std::string(ours);
    }
};

class BooleanType final : public ValueType {
  public:
    explicit BooleanType(const TypeSpec& spec) {
        oursKind_ = Kind::Boolean;
        if (spec.trueWords.empty() != spec.falseWords.empty())
            throw base::Fault("words for true and for false go together");
        if (spec.trueWords.empty()) {
            jsonKind_ = Kind::Boolean;
            true_ = {"true", "1"};
            false_ = {"false", "0"};
        } else {
            true_ = splitTrimmed(spec.trueWords, "|");
            false_ = splitTrimmed(spec.falseWords, "|");
        }
        std::string all;
        for (const auto* words : {&true_, &false_})
            for (const auto& word : *words) all.append(all.empty() ? "" : ", ").append(word);
        expected_ = {"phải là một trong: " + all, "it must be one of: " + all};
        for (const auto& word : true_)
            if (contains(false_, word)) throw base::Fault("\"" + word + "\" is true and false");
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto text = trimmed(theirs);
        if (contains(true_, text)) return "true";
        if (contains(false_, text)) return "false";
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        // Of ours in XML, where 1 is true as well.
        const auto text = trimmed(ours);
        if (text == "true" || text == "1") return true_.front();
        if (text == "false" || text == "0") return false_.front();
        return std::nullopt;
    }
    std::vector<Loss> losses() const override {
        return true_.size() > 1 || false_.size() > 1 ? std::vector{Loss::Notation}
                                                     : std::vector<Loss>();
    }

  private:
    static bool contains(const std::vector<std::string>& words, std::string_view word) {
        return std::ranges::any_of(
            words, [&](const std::string& one) { return document::sameText(one, word); });
    }
    std::vector<std::string> true_, false_;
};

class Base64Type final : public ValueType {
  public:
    Base64Type() {
        expected_ = {"phải là dữ liệu base64 (RFC 4648)", "it must be base64 (RFC 4648)"};
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto bytes = base::fromBase64(theirs);
        if (!bytes) return std::nullopt;
        return base::toBase64(*bytes);
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        return toOurs(ours);
    }
    // Lines that it was broken into.
    std::vector<Loss> losses() const override { return {Loss::Notation}; }
};

class CodeType : public ValueType {
  public:
    std::optional<std::string> toOurs(std::string_view theirs) const final {
        return toOursOn(theirs, {});
    }
    std::optional<std::string> toTheirs(std::string_view ours) const final {
        return toTheirsOn(ours, {});
    }
};

class LocalCodeType final : public CodeType {
  public:
    LocalCodeType(std::shared_ptr<const CodeTable> table, std::string name) :
        table_(std::move(table)), name_(std::move(name)) {}
    bool asksDay() const override { return table_->asksDay(); }
    std::optional<std::string> toOursOn(std::string_view theirs, AsOf day) const override {
        return table_->toOurs(trimmed(theirs), day);
    }
    std::optional<std::string> toTheirsOn(std::string_view ours, AsOf day) const override {
        return table_->toTheirs(ours, day);
    }
    base::Problem refusalOf(std::string_view /*text*/, AsOf day) const override {
        return unknownCode(name_, table_->theirs(day));
    }
    std::vector<std::string> ourWords() const override {
        return table_->isClosed() ? table_->ours() : std::vector<std::string>();
    }
    bool leavesOut(std::string_view /*text*/) const override { return table_->leavesOutUnknown(); }
    std::vector<Loss> losses() const override {
        return table_->isManyToOne() || !table_->isClosed() ? std::vector{Loss::ManyToOne}
                                                            : std::vector<Loss>();
    }

  private:
    std::shared_ptr<const CodeTable> table_;
    std::string name_;
};

class OutsideCodeType final : public CodeType {
  public:
    OutsideCodeType(std::shared_ptr<const CodeLists> lists, std::string name) :
        lists_(std::move(lists)), name_(std::move(name)) {}
    bool asksDay() const override { return true; }
    std::optional<std::string> toOursOn(std::string_view theirs, AsOf day) const override {
        return lists_->toOurs(name_, trimmed(theirs), day);
    }
    std::optional<std::string> toTheirsOn(std::string_view ours, AsOf day) const override {
        return lists_->toTheirs(name_, ours, day);
    }
    base::Problem refusalOf(std::string_view text, AsOf day) const override {
        return lists_->refusalOf(name_, trimmed(text), day);
    }
    std::vector<std::string> ourWords() const override { return lists_->oursOf(name_); }
    // An agency is known by several names, a word by its spellings.
    std::vector<Loss> losses() const override { return {Loss::ManyToOne}; }

  private:
    std::shared_ptr<const CodeLists> lists_;
    std::string name_;
};

std::unique_ptr<const ValueType> makeCodeType(std::string name, const CodeTables& codes) {
    const auto local = codes.local.find(name);
    if (local != codes.local.end())
        return std::make_unique<LocalCodeType>(local->second, std::move(name));
    if (codes.outside != nullptr && codes.outside->knows(name))
        return std::make_unique<OutsideCodeType>(codes.outside, std::move(name));
    throw base::Fault("there is no code list \"" + name + "\"");
}

}  // namespace

base::Problem ValueType::refusalOf(std::string_view /*text*/, AsOf /*day*/) const {
    return base::Problem(base::ErrorCode::MAPPING_VALUE).inWords("expected", expected_);
}

std::unique_ptr<const ValueType> makeValueType(const TypeSpec& spec, const CodeTables& codes) {
    const std::string_view as = spec.as;
    const auto blank = as.find(' ');
    const auto word = as.substr(0, blank);
    const auto rest = blank == std::string_view::npos ? std::string_view() : as.substr(blank + 1);
    if (word != "boolean" && (!spec.trueWords.empty() || !spec.falseWords.empty()))
        throw base::Fault("words for true and false go with as=\"boolean\" only");
    if (word != "moment" && !spec.zone.empty())
        throw base::Fault("a zone goes with as=\"moment\" only");
    if (word == "text") return std::make_unique<TextType>();
    if (word == "token") return std::make_unique<TokenType>();
    if (word == "case-number") return std::make_unique<CaseNumberType>();
    if (word == "boolean") return std::make_unique<BooleanType>(spec);
    if (word == "base64") return std::make_unique<Base64Type>();
    if (word == "number" || word == "integer") return makeNumberType(word == "integer");
    if (word == "amount") return makeAmountType(rest);
    if (word == "date") return makeDateType(rest, spec.century);
    if (word == "day") return makeDayType(rest, spec.century);
    if (word == "moment") return makeMomentType(rest, spec.zone, spec.century);
    if (word == "clock") return makeClockType(rest);
    if (word == "epoch") return makeEpochType(rest);
    if (word == "digits") return makeDigitsType(rest);
    if (word == "cut") return makeCutType(rest);
    if (word == "code") return makeCodeType(std::string(rest), codes);
    throw base::Fault("there is no type \"" + spec.as + "\"");
}

std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string> splitTrimmed(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + separator.size());
    }
}

}  // namespace gateway::mapping
