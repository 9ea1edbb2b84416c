#pragma once
// What we check ourselves within the validator: everything that would take it without a bound of
// time or stack. Internal to this shelf.

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <vector>

#include <valijson/constraint_builder.hpp>
#include <valijson/schema_parser.hpp>

namespace gateway::document {

/// A validation has taken more steps than it may.
class TooManySteps final : public std::exception {};

/// While it lives, steps of validations on this thread are counted.
class StepsAllowed {
  public:
    explicit StepsAllowed(std::uint64_t most) noexcept;
    ~StepsAllowed();
    StepsAllowed(const StepsAllowed&) = delete;
    StepsAllowed& operator=(const StepsAllowed&) = delete;
};

/// Makes the keywords of json_schema_plain.h known to a parser, which must outlive nothing else.
void addOwnChecks(valijson::SchemaParser& parser);

// What a violation of ours is called among the validator's.
inline constexpr const char* kBrokenPattern = "thahc: pattern";
inline constexpr const char* kBrokenFormat = "thahc: format ";
inline constexpr const char* kBrokenUnique = "thahc: unique";

}  // namespace gateway::document
