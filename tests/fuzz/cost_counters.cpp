#include "tests/fuzz/cost_counters.h"

#include <libxml/xmlmemory.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

// Signed: blocks made before counting began may be freed after.
std::atomic<std::ptrdiff_t> live{0};
std::atomic<std::ptrdiff_t> peak{0};
std::atomic<std::size_t> blocks{0};

void* counted(void* block) noexcept {
    if (!block) return nullptr;
    blocks.fetch_add(1, std::memory_order_relaxed);
    const auto now = live += static_cast<std::ptrdiff_t>(malloc_usable_size(block));
    if (now > peak.load(std::memory_order_relaxed)) peak = now;
    return block;
}

void* take(std::size_t bytes) noexcept { return counted(std::malloc(bytes == 0 ? 1 : bytes)); }

void give(void* block) noexcept {
    if (block) live -= static_cast<std::ptrdiff_t>(malloc_usable_size(block));
    std::free(block);
}

void* again(void* block, std::size_t bytes) noexcept {
    const auto before = block ? static_cast<std::ptrdiff_t>(malloc_usable_size(block)) : 0;
    void* const moved = std::realloc(block, bytes);
    if (!moved) return nullptr;
    live -= before;
    return counted(moved);
}

char* copied(const char* text) noexcept {
    const auto size = std::strlen(text) + 1;
    void* const block = take(size);
    return block ? static_cast<char*>(std::memcpy(block, text, size)) : nullptr;
}

// Before anything of libxml2 is used.
[[maybe_unused]] const int counting = xmlMemSetup(give, take, again, copied);

}  // namespace

void* operator new(std::size_t bytes) {
    if (void* const block = take(bytes)) return block;
    throw std::bad_alloc();
}
// All forms, or a sanitizer sees one family make a block and another give it back.
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return take(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return take(bytes); }
void operator delete(void* block) noexcept { give(block); }
void operator delete[](void* block) noexcept { give(block); }
void operator delete(void* block, std::size_t) noexcept { give(block); }
void operator delete[](void* block, std::size_t) noexcept { give(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { give(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { give(block); }

namespace gateway::fuzz {

namespace {
std::ptrdiff_t begunWith = 0;
}  // namespace

CostMeter::CostMeter() {
    begunWith = live;
    peak = begunWith;
    blocks = 0;
}

Cost CostMeter::spent() {
    return {static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, peak - begunWith)), blocks};
}

}  // namespace gateway::fuzz
