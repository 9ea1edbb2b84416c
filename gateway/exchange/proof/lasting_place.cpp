#include "gateway/exchange/proof/lasting_place.h"

#include <algorithm>

namespace gateway::exchange {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPassing[] = {"/tmp", "/var/tmp", "/dev/shm", "/run", "/var/run"};

fs::path whole(const fs::path& path) {
    std::error_code ignored;
    auto resolved = fs::weakly_canonical(path, ignored);
    if (resolved.empty()) resolved = path.lexically_normal();
    return resolved.has_filename() ? resolved : resolved.parent_path();
}

bool within(const fs::path& path, const fs::path& folder) {
    return std::ranges::mismatch(folder, path).in1 == folder.end();
}

}  // namespace

std::optional<std::string> whyNotLasting(const fs::path& folder, const fs::path& storeFile) {
    const auto place = whole(folder);
    const auto store = whole(storeFile.parent_path());
    if (place == store)
        return "the store's own folder is no place for it; use a folder on another disk";
    for (const auto* passing : kPassing)
        if (within(place, passing) && !within(store, passing))
            return std::string("nothing lasts in ") + passing +
                   ", and what a service writes there only it may see; use a folder on another "
                   "disk";
    return std::nullopt;
}

}  // namespace gateway::exchange
