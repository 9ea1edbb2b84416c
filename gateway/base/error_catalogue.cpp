#include "gateway/base/error_catalogue.h"

#include <array>

namespace gateway::base {
namespace {

constexpr std::array kCatalogue = std::to_array<ErrorEntry>({
#define THAHC_ERROR(name, cls, http, vi, en, remedyVi, remedyEn) \
    {ErrorCode::name, #name, ErrorClass::cls, http, vi, en, remedyVi, remedyEn},
#include "gateway/base/error_codes.def"
#undef THAHC_ERROR
});

}  // namespace

std::span<const ErrorEntry> errorCatalogue() noexcept { return kCatalogue; }

const ErrorEntry& entryOf(ErrorCode code) noexcept {
    return kCatalogue[static_cast<std::size_t>(code)];
}

std::optional<ErrorCode> errorCodeFromName(std::string_view name) noexcept {
    for (const auto& entry : kCatalogue)
        if (entry.name == name) return entry.code;
    return std::nullopt;
}

std::string_view letterOf(ErrorClass errorClass) noexcept {
    switch (errorClass) {
        case ErrorClass::Transport: return "T";
        case ErrorClass::UnknownSigner: return "U";
        case ErrorClass::KnownSigner: return "A";
    }
    return "T";
}

}  // namespace gateway::base
