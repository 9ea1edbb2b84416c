#pragma once
// Whether what a message says can be: days in order, amounts and years within reason, texts that
// somebody can read. The bounds of each field are data: mappings/case-model/plausibility.xml.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/exchange/reference/number_rules.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

/// One end of what a field may be.
struct FieldBound {
    enum class Kind : std::uint8_t { None, Value, Field, Latest };
    Kind kind = Kind::None;
    std::int64_t value = 0;  ///< a number, a day since 1970, or the days added to the latest
    std::string field;       ///< another field of the same message
};

struct FieldBounds {
    model::MessageType type{};
    std::string field;  ///< below the payload, list items as "items[]/completedOn"
    FieldBound least, most;
};

/// The rules of one state of the data. Immutable, thread-safe.
class Plausibility {
  public:
    /// Throws base::Fault with file and line: against its schema, a field that the message does not
    /// have, a day or number of the message without a row, a bound of another kind than its field.
    [[nodiscard]] static Plausibility load(const std::filesystem::path& file,
                                           const std::filesystem::path& schemas);

    /// The first thing that cannot be, as MAPPING_VALUE with its path below the payload: a day or a
    /// number outside its bounds, a text of which nothing can be seen, an empty one that is
    /// required. Nothing has happened after `latest`.
    [[nodiscard]] std::optional<base::Problem> implausible(const model::Payload& payload,
                                                           base::Date latest) const;

    /// What follows from doubtful numbers of rulings.
    [[nodiscard]] const NumberRules& numbers() const noexcept { return numbers_; }
    [[nodiscard]] const std::vector<FieldBounds>& bounds() const noexcept { return bounds_; }

  private:
    Plausibility(std::vector<FieldBounds> bounds, NumberRules numbers) :
        bounds_(std::move(bounds)), numbers_(std::move(numbers)) {}
    std::vector<FieldBounds> bounds_;
    NumberRules numbers_;
};

}  // namespace gateway::exchange
