// Whatever is read as JSON must be writable and read back as the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/document/json.h"

using namespace gateway::document;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto first = readJson(bytes, {16, 10'000});
    if (!first) {
        const auto at = first.error().position;
        if (at.line == 0 || at.column == 0 || at.column > size + 1) std::abort();
        return 0;
    }
    const std::string text = writeJson(first->root);
    const auto second = readJson(text, {16, 10'000});
    if (!second || writeJson(second->root) != text) std::abort();
    if (!readJson(writeJsonPretty(first->root), {16, 10'000})) std::abort();
    return 0;
}
