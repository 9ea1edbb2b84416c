#pragma once
// The project's own reference data, as they are and as a copy that a test may spoil.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "gateway/base/fault.h"
#include "gateway/exchange/reference/reference_data.h"

namespace gateway::exchange::fixture {

using namespace std::chrono_literals;

inline constexpr base::Date kMerger = 2025y / 7 / 1;
inline constexpr base::Date kBefore = 2025y / 6 / 30;
inline constexpr base::Date kToday = 2026y / 11 / 21;

/// Noon in Viet Nam.
inline base::Timestamp on(base::Date day) { return std::chrono::sys_days(day) + 5h; }

class FixedClock final : public base::Clock {
  public:
    [[nodiscard]] base::Timestamp now() const override { return on(kToday); }
};

inline std::shared_ptr<const ReferenceData> projectData() {
    return ReferenceData::load(ReferencePaths::under(THAHC_SOURCE_DIR));
}

class TemporaryData {
  public:
    TemporaryData() {
        std::string name = (std::filesystem::temp_directory_path() / "thahc-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
        root_ = name;
        const std::filesystem::path source = THAHC_SOURCE_DIR;
        std::filesystem::copy(source / "mappings" / "agencies", root_ / "agencies");
        for (const char* part : {"acts", "legal-rules", "schemas"})
            std::filesystem::copy(source / "mappings" / part, root_ / part);
        std::filesystem::create_directories(root_ / "case-model");
        std::filesystem::copy(source / "mappings" / "case-model" / "plausibility.xml",
                              root_ / "case-model" / "plausibility.xml");
        for (const char* kind : {"court", "procuracy", "peoples_committee", "enforcement"}) {
            std::filesystem::create_directories(root_ / "connectors" / kind);
            std::filesystem::copy(source / "connectors" / kind / "kind.xml",
                                  root_ / "connectors" / kind / "kind.xml");
        }
    }
    ~TemporaryData() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    TemporaryData(const TemporaryData&) = delete;
    TemporaryData& operator=(const TemporaryData&) = delete;

    /// Replaces the first occurrence; it must be there.
    void replace(const std::string& file, const std::string& good, const std::string& bad) const {
        std::ifstream in(root_ / file, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const auto where = text.find(good);
        if (where == std::string::npos) throw std::runtime_error(file + " has no " + good);
        text.replace(where, good.size(), bad);
        std::ofstream(root_ / file, std::ios::binary | std::ios::trunc) << text;
    }

    [[nodiscard]] std::shared_ptr<const ReferenceData> load() const {
        auto paths = ReferencePaths::under(THAHC_SOURCE_DIR);
        paths.agencies = root_ / "agencies";
        paths.connectors = root_ / "connectors";
        paths.plausibility = root_ / "case-model" / "plausibility.xml";
        paths.law = root_;
        return ReferenceData::load(paths);
    }

  private:
    std::filesystem::path root_;
};

}  // namespace gateway::exchange::fixture
