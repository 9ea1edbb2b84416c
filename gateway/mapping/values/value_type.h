#pragma once
// The types of the mapping language: one text of theirs to one of ours and back.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/document/tree.h"
#include "gateway/mapping/values/code_table.h"
#include "gateway/mapping/values/loss.h"

namespace gateway::mapping {

/// How one kind of value is read and written. Immutable and thread-safe.
///
/// Both directions give nothing for a text that is not of the type. What toOurs gives can always be
/// written; what that gives reads back as the same value of ours (amounts and dates may look
/// different from what was read: the first form is the one that is written).
class ValueType {
  public:
    virtual ~ValueType() = default;
    [[nodiscard]] virtual std::optional<std::string> toOurs(std::string_view theirs) const = 0;
    [[nodiscard]] virtual std::optional<std::string> toTheirs(std::string_view ours) const = 0;

    /// Whether it means something else on another day; then it is read and written as of one.
    [[nodiscard]] virtual bool asksDay() const { return false; }
    [[nodiscard]] virtual std::optional<std::string> toOursOn(std::string_view theirs,
                                                              AsOf /*day*/) const {
        return toOurs(theirs);
    }
    [[nodiscard]] virtual std::optional<std::string> toTheirsOn(std::string_view ours,
                                                                AsOf /*day*/) const {
        return toTheirs(ours);
    }

    /// Every value that toOurs() may give, if they are a list; empty if they are not.
    [[nodiscard]] virtual std::vector<std::string> ourWords() const { return {}; }

    /// Texts that are not of the type and mean that nothing is there.
    [[nodiscard]] virtual bool leavesOut(std::string_view /*text*/) const { return false; }
    /// What reading and writing again does not bring back.
    [[nodiscard]] virtual std::vector<Loss> losses() const { return {}; }

    /// How the value stands in the case model's JSON, and in theirs if that is JSON.
    [[nodiscard]] document::Kind oursKind() const noexcept { return oursKind_; }
    [[nodiscard]] document::Kind jsonKind() const noexcept { return jsonKind_; }
    /// What is wrong with a text that is not of the type, without place and value: MAPPING_VALUE,
    /// or what the list says of a code.
    [[nodiscard]] virtual base::Problem refusalOf(std::string_view text, AsOf day = {}) const;
    /// How such a value may look, for a form in which it is one part; "…" if there is no one way.
    [[nodiscard]] const std::string& example() const noexcept { return example_; }

  protected:
    document::Kind oursKind_ = document::Kind::String;
    document::Kind jsonKind_ = document::Kind::String;
    base::Words expected_;  ///< what the value must be
    std::string example_ = "…";
};

/// The attributes of a rule that speak of its type, as written.
struct TypeSpec {
    std::string as = "text";
    std::string trueWords, falseWords;  ///< A | B
    std::string zone;
    std::string century{};  ///< of a year with two digits: the first year that it can mean
};

/// Throws base::Fault if the specification means nothing.
[[nodiscard]] std::unique_ptr<const ValueType> makeValueType(const TypeSpec& spec,
                                                             const CodeTables& codes);

/// date, moment, and the day in Viet Nam of a moment; `forms` is what follows the word, may be
/// empty.
[[nodiscard]] std::unique_ptr<ValueType> makeDateType(std::string_view forms,
                                                      std::string_view century = {});
[[nodiscard]] std::unique_ptr<ValueType> makeMomentType(std::string_view forms,
                                                        std::string_view zone,
                                                        std::string_view century = {});
[[nodiscard]] std::unique_ptr<ValueType> makeDayType(std::string_view forms,
                                                     std::string_view century = {});
/// HH:mm:ss of ours, as the form writes it.
[[nodiscard]] std::unique_ptr<ValueType> makeClockType(std::string_view forms);
/// Seconds or milliseconds since 1970-01-01T00:00Z, as computers count.
[[nodiscard]] std::unique_ptr<ValueType> makeEpochType(std::string_view unit);
/// Digits with leading zeros up to the width; and a text of at most so many characters, cut when it
/// is written ("35 +": with the mark at its end).
[[nodiscard]] std::unique_ptr<ValueType> makeDigitsType(std::string_view widthAndDecimals);
[[nodiscard]] std::unique_ptr<ValueType> makeCutType(std::string_view widthAndMark);
[[nodiscard]] std::unique_ptr<ValueType> makeNumberType(bool integer);
/// The example shows the marks, e.g. 1.234,56.
[[nodiscard]] std::unique_ptr<ValueType> makeAmountType(std::string_view example);

/// Without XML white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
/// Parts between separators, trimmed.
[[nodiscard]] std::vector<std::string> splitTrimmed(std::string_view text,
                                                    std::string_view separator);

}  // namespace gateway::mapping
