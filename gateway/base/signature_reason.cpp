#include "gateway/base/signature_reason.h"

#include <array>

namespace gateway::base {
namespace {

constexpr std::array kReasons{
#define THAHC_SIGNATURE_REASON(name, vi, en) \
    SignatureReasonEntry{SignatureReason::name, #name, vi, en},
#include "gateway/base/signature_reasons.def"
#undef THAHC_SIGNATURE_REASON
};

constexpr std::string_view kParameter = "signatureReason";

}  // namespace

std::span<const SignatureReasonEntry> signatureReasons() noexcept { return kReasons; }

Problem because(Problem problem, SignatureReason reason) {
    const auto& entry = kReasons[static_cast<std::size_t>(reason)];
    return std::move(problem).with(std::string(kParameter), std::string(entry.name));
}

const SignatureReasonEntry* signatureReasonOf(const Problem& problem) noexcept {
    for (const auto& [name, value] : problem.parameters) {
        if (name != kParameter) continue;
        for (const auto& entry : kReasons)
            if (entry.name == value) return &entry;
    }
    return nullptr;
}

}  // namespace gateway::base
