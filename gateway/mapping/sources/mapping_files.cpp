#include "gateway/mapping/sources/mapping_files.h"

#include <algorithm>
#include <string_view>

#include "gateway/base/fault.h"

namespace gateway::mapping {
namespace {

constexpr std::size_t kMostMappings = 5'000;
constexpr std::string_view kPrefix = "mapping-";

}  // namespace

std::vector<std::filesystem::path> mappingFiles(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(directory, error), end;
         !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name != "mapping.xml" && !(name.starts_with(kPrefix) && name.ends_with(".xml")))
            continue;
        files.push_back(entry->path());
        if (files.size() > kMostMappings)
            throw base::Fault("too many mappings below " + directory.string());
    }
    if (error) throw base::Fault(directory.string() + ": " + error.message());
    std::sort(files.begin(), files.end());
    return files;
}

std::filesystem::path samplesOf(const std::filesystem::path& file) {
    const auto folder = file.parent_path();
    const auto stem = file.stem().string();
    if (!stem.starts_with(kPrefix)) return folder;
    const auto own = folder / stem.substr(kPrefix.size());
    return std::filesystem::is_directory(own) ? own : folder;
}

}  // namespace gateway::mapping
