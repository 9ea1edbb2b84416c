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

    /// Every value that toOurs() may give, if they are a list; empty if they are not.
    [[nodiscard]] virtual std::vector<std::string> ourWords() const { return {}; }

    /// How the value stands in the case model's JSON, and in theirs if that is JSON.
    [[nodiscard]] document::Kind oursKind() const noexcept { return oursKind_; }
    [[nodiscard]] document::Kind jsonKind() const noexcept { return jsonKind_; }
    /// What is wrong with a text that is not of the type, without place and value: MAPPING_VALUE,
    /// or what the list says of a code.
    [[nodiscard]] virtual base::Problem refusalOf(std::string_view text) const;
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
};

/// Throws base::Fault if the specification means nothing.
[[nodiscard]] std::unique_ptr<const ValueType> makeValueType(const TypeSpec& spec,
                                                             const CodeTables& codes);

/// date, moment, and the day in Viet Nam of a moment; `forms` is what follows the word, may be
/// empty.
[[nodiscard]] std::unique_ptr<ValueType> makeDateType(std::string_view forms);
[[nodiscard]] std::unique_ptr<ValueType> makeMomentType(std::string_view forms,
                                                        std::string_view zone);
[[nodiscard]] std::unique_ptr<ValueType> makeDayType(std::string_view forms);
[[nodiscard]] std::unique_ptr<ValueType> makeNumberType(bool integer);
/// The example shows the marks, e.g. 1.234,56.
[[nodiscard]] std::unique_ptr<ValueType> makeAmountType(std::string_view example);

/// Without XML white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
/// Parts between separators, trimmed.
[[nodiscard]] std::vector<std::string> splitTrimmed(std::string_view text,
                                                    std::string_view separator);

}  // namespace gateway::mapping
