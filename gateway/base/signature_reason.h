#pragma once
// Why exactly a signature is refused: finer than the error code, for the one who must change a
// setting of the signing software. The code says what kind of fault it is, this says which.
// The table is gateway/base/signature_reasons.def; docs/errors.md is generated from it.

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/base/problem.h"

namespace gateway::base {

/// Stable names: once published, a reason keeps its meaning for ever.
enum class SignatureReason : std::uint8_t {
#define THAHC_SIGNATURE_REASON(name, vi, en) name,
#include "gateway/base/signature_reasons.def"
#undef THAHC_SIGNATURE_REASON
};

/// One row; UTF-8 literals with static lifetime, without placeholders.
struct SignatureReasonEntry {
    SignatureReason reason;
    std::string_view name, vi, en;
};

/// All rows, in the order of the enumeration.
std::span<const SignatureReasonEntry> signatureReasons() noexcept;

/// The problem, bearing its reason: render() says the reason's sentence after the code's own, in
/// class U too, since nothing of it comes from the sender.
Problem because(Problem problem, SignatureReason reason);

/// The reason that `because` gave it, or nullptr. Only names of the table are ever found.
const SignatureReasonEntry* signatureReasonOf(const Problem& problem) noexcept;

}  // namespace gateway::base
