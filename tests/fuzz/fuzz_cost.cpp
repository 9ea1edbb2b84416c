// Any document, read and mapped: it costs no more than its bytes give the right to. Held at once:
// what the memory account was asked for before (readingWeight). Work: blocks for each byte read.
// Written: what a mapping may write for what it reads. With THAHC_COST_SHOWN set, each is printed.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "gateway/base/limits.h"
#include "gateway/exchange/desk/reading_weight.h"
#include "gateway/mapping/binding.h"
#include "tests/fuzz/cost_counters.h"
#include "tests/fuzz/shipped_mappings.h"

using namespace gateway;

namespace {

// Beside what grows with the document: a parser's buffers, a schema's validation, twenty problems.
constexpr std::size_t kFixedBytes = 512 * 1024;
constexpr std::size_t kFixedBlocks = 20'000;
constexpr std::size_t kBlocksPerByte = 8;

std::size_t weightOf(const document::Node& node) {
    std::size_t weight = base::kWrittenNode + node.name.size() + node.value.size();
    for (const auto& child : node.children) weight += weightOf(child);
    return weight;
}

double seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void require(bool within, const char* what, std::size_t is, std::size_t bound) {
    if (within) return;
    std::fprintf(stderr, "%s: %zu, allowed are %zu\n", what, is, bound);
    std::abort();
}

void readAll(std::string_view bytes, const document::ReadBounds& bounds) {
    const auto form = fuzz::formOf(bytes);
    const auto content = fuzz::contentOf(bytes, form, bounds);
    if (!content) return;
    const auto source = weightOf(content->tree.root);
    for (const auto* plan : fuzz::readersOf(*content, form)) {
        const auto read = plan->read(*content, fuzz::exchangeOf(*plan));
        if (!read) continue;
        const auto bound = base::kWrittenPerRead * source + base::kWrittenBeside;
        const auto written = weightOf(read->ours);
        require(written <= bound, "written", written, bound);
        static_cast<void>(mapping::bindMessage(read->ours));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const base::Limits limits;
    static_cast<void>(fuzz::shippedMappings());
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const double before = seconds();
    fuzz::CostMeter meter;
    readAll(bytes, {limits.treeDepth, limits.treeNodes});
    const auto cost = meter.spent();
    const auto weight = exchange::readingWeight(bytes, limits.treeNodes) + kFixedBytes;
    if (std::getenv("THAHC_COST_SHOWN"))
        std::printf("  %zu bytes: held %zu of %zu, %zu blocks, %.3f s\n", size, cost.peakBytes,
                    weight, cost.blocks, seconds() - before);
    require(cost.peakBytes <= weight, "held at once", cost.peakBytes, weight);
    const auto blocks = kFixedBlocks + kBlocksPerByte * size;
    require(cost.blocks <= blocks, "blocks", cost.blocks, blocks);
    return 0;
}
