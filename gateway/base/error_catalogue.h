#pragma once
// Every reason for which the gateway says no: one stable name, class, HTTP status and wording.
// The table itself is gateway/base/error_codes.def; docs/errors.md is generated from it.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gateway::base {

/// Who is known when we refuse, hence how we may answer (protocol.md, "Outcomes").
enum class ErrorClass : std::uint8_t {
    Transport,      ///< T: problem+json, unsigned
    UnknownSigner,  ///< U: signed refusal about bytes only
    KnownSigner,    ///< A: signed refusal naming the message
};

/// Stable names: once published, a code keeps its meaning for ever.
enum class ErrorCode : std::uint16_t {
#define THAHC_ERROR(name, cls, http, vi, en, remedyVi, remedyEn) name,
#include "gateway/base/error_codes.def"
#undef THAHC_ERROR
};

/// One row of the catalogue. All texts are UTF-8 literals with static lifetime;
/// braces name parameters of the Problem.
struct ErrorEntry {
    ErrorCode code;
    std::string_view name;
    ErrorClass errorClass;
    int httpStatus;
    std::string_view vi, en, remedyVi, remedyEn;
};

/// All rows, in the order of the enumeration.
std::span<const ErrorEntry> errorCatalogue() noexcept;

const ErrorEntry& entryOf(ErrorCode code) noexcept;

/// The code of a published name, or nothing.
std::optional<ErrorCode> errorCodeFromName(std::string_view name) noexcept;

/// "T", "U" or "A".
std::string_view letterOf(ErrorClass errorClass) noexcept;

}  // namespace gateway::base
