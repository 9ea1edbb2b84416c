#include "gateway/document/schemas/json_schema_checks.h"

#include <re2/re2.h>

#include <charconv>
#include <chrono>
#include <map>
#include <new>
#include <set>
#include <string>

#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/validation_results.hpp>

#include "gateway/base/fault.h"
#include "gateway/document/schemas/json_schema_plain.h"

namespace gateway::document {
namespace {

using valijson::adapters::Adapter;
using Context = std::vector<std::string>;

thread_local std::uint64_t stepsLeft = 0;

/// A check with the copying that the validator asks of it.
template <class Self>
class Check : public valijson::constraints::PolyConstraint {
  public:
    bool validate(const Adapter& target, const Context& context,
                  valijson::ValidationResults* results) const override {
        const auto& self = static_cast<const Self&>(*this);
        if (self.holds(target)) return true;
        if (results != nullptr) results->pushError(context, self.broken());
        return false;
    }

  private:
    valijson::constraints::Constraint* cloneInto(void* memory) const override {
        return new (memory) Self(static_cast<const Self&>(*this));
    }
    std::size_t sizeOf() const override { return sizeof(Self); }
};

class StepCheck final : public Check<StepCheck> {
  public:
    explicit StepCheck(const Adapter&) {}
    [[nodiscard]] static bool holds(const Adapter&) {
        if (stepsLeft == 0) throw TooManySteps();
        --stepsLeft;
        return true;
    }
    [[nodiscard]] static std::string broken() { return {}; }
};

class PatternCheck final : public Check<PatternCheck> {
  public:
    explicit PatternCheck(const Adapter& pattern) {
        RE2::Options options;
        options.set_log_errors(false);
        regex_ = std::make_shared<const RE2>(pattern.asString(), options);
        if (!regex_->ok())
            throw base::Fault("the pattern " + pattern.asString() +
                              " is not understood: " + regex_->error());
    }
    [[nodiscard]] bool holds(const Adapter& target) const {
        return !target.isString() || RE2::PartialMatch(target.asString(), *regex_);
    }
    [[nodiscard]] static std::string broken() { return kBrokenPattern; }

  private:
    std::shared_ptr<const RE2> regex_;
};

bool isDay(std::string_view text) {
    int parts[3] = {0, 0, 0};
    const std::size_t starts[3] = {0, 5, 8}, ends[3] = {4, 7, 10};
    for (int i = 0; i < 3; ++i)
        std::from_chars(text.data() + starts[i], text.data() + ends[i], parts[i]);
    return std::chrono::year_month_day(std::chrono::year(parts[0]),
                                       std::chrono::month(static_cast<unsigned>(parts[1])),
                                       std::chrono::day(static_cast<unsigned>(parts[2])))
        .ok();
}

class FormatCheck final : public Check<FormatCheck> {
  public:
    explicit FormatCheck(const Adapter& format) : format_(format.asString()) {}
    [[nodiscard]] bool holds(const Adapter& target) const {
        static const std::string day = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
        static const std::string time =
            "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.][0-9]+)?"
            "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";
        static const std::map<std::string, RE2, std::less<>> forms = [] {
            std::map<std::string, RE2, std::less<>> made;
            made.try_emplace("date", day);
            made.try_emplace("time", time);
            made.try_emplace("date-time", day + "[Tt ]" + time);
            made.try_emplace("uuid", "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
            return made;
        }();
        const auto form = forms.find(format_);
        if (form == forms.end() || !target.isString()) return true;
        const std::string text = target.asString();
        if (!RE2::FullMatch(text, form->second)) return false;
        return !format_.starts_with("date") || isDay(text);
    }
    [[nodiscard]] std::string broken() const { return kBrokenFormat + format_; }

  private:
    std::string format_;
};

// One text for values that are the same to JSON Schema.
std::string keyOf(const Adapter& value) {
    if (value.isNumber()) return "n" + std::to_string(value.asDouble());
    if (value.isString()) {
        const std::string text = value.asString();
        return "s" + std::to_string(text.size()) + ":" + text;
    }
    if (value.isBool()) return value.asBool() ? "t" : "f";
    std::string key;
    if (value.isArray()) {
        value.applyToArray([&](const Adapter& item) { return key += keyOf(item) + ",", true; });
        return "[" + key + "]";
    }
    if (!value.isObject()) return "0";
    std::map<std::string, std::string> members;
    value.applyToObject([&](const std::string& name, const Adapter& member) {
        return members.emplace(name, keyOf(member)), true;
    });
    for (const auto& [name, member] : members)
        key += std::to_string(name.size()) + ":" + name + "=" + member + ",";
    return "{" + key + "}";
}

class UniqueCheck final : public Check<UniqueCheck> {
  public:
    explicit UniqueCheck(const Adapter&) {}
    [[nodiscard]] static bool holds(const Adapter& target) {
        if (!target.isArray()) return true;
        std::set<std::string> seen;
        return target.applyToArray(
            [&](const Adapter& item) { return seen.insert(keyOf(item)).second; });
    }
    [[nodiscard]] static std::string broken() { return kBrokenUnique; }
};

template <class Made>
class Builder final : public valijson::ConstraintBuilder {
  public:
    valijson::constraints::Constraint* make(const Adapter& value) const override {
        return new Made(value);
    }
};

}  // namespace

StepsAllowed::StepsAllowed(std::uint64_t most) noexcept { stepsLeft = most; }
StepsAllowed::~StepsAllowed() { stepsLeft = 0; }

void addOwnChecks(valijson::SchemaParser& parser) {
    // The parser owns them.
    parser.addConstraintBuilder(kStepKeyword, new Builder<StepCheck>);
    parser.addConstraintBuilder(kPatternKeyword, new Builder<PatternCheck>);
    parser.addConstraintBuilder(kFormatKeyword, new Builder<FormatCheck>);
    parser.addConstraintBuilder(kUniqueKeyword, new Builder<UniqueCheck>);
}

}  // namespace gateway::document
