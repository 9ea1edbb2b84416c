#pragma once
// How positions ride on libxml2's nodes: line and column in the application pointer, which
// neither libxml2 nor xmlsec touches. Internal to the room.

#include <cstdint>

#include "gateway/base/problem.h"

namespace gateway::document {

static_assert(sizeof(void*) == 8, "a position needs 64 bits");

inline void* packPosition(base::Position position) noexcept {
    const std::uintptr_t packed = (std::uintptr_t{position.line} << 32U) | position.column;
    return reinterpret_cast<void*>(packed);
}

inline base::Position unpackPosition(const void* pointer) noexcept {
    const auto packed = reinterpret_cast<std::uintptr_t>(pointer);
    return {static_cast<std::uint32_t>(packed >> 32U), static_cast<std::uint32_t>(packed)};
}

}  // namespace gateway::document
