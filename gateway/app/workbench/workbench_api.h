#pragma once
// What the page of the workbench asks for: one mapping and one sample at a time, nothing kept.

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/app/workbench/mapping_bench.h"
#include "gateway/app/workbench/page_files.h"
#include "gateway/base/clock.h"
#include "gateway/mapping/drafts/known_names.h"
#include "gateway/server/wire/http.h"

namespace gateway::app {

/// What a workbench was started with.
struct WorkbenchStart {
    std::filesystem::path mapping;  ///< that is worked on, and the only one that is written; or ""
    std::filesystem::path sample;
};

/// GET /api/start, /api/formats, /api/format, /api/part; POST /api/try, /api/draft, /api/save.
/// Thread-safe; everything referred to must outlive it.
class WorkbenchApi {
  public:
    /// More than any message of one case has.
    static constexpr std::size_t kLargestBody = 4 * 1024 * 1024;

    /// Throws base::Fault if a file of the start cannot be read.
    WorkbenchApi(const Workshop& workshop, const PageFiles& page, WorkbenchStart start,
                 const base::Clock& clock);

    [[nodiscard]] server::Response handle(const server::Request& request);

  private:
    [[nodiscard]] document::Node started() const;
    [[nodiscard]] document::Node formats() const;
    [[nodiscard]] std::optional<document::Node> format(const server::Query& query) const;
    [[nodiscard]] document::Node tried(const document::Node& asked) const;
    [[nodiscard]] document::Node drafted(const document::Node& asked);
    [[nodiscard]] document::Node saved(const document::Node& asked);

    const PageFiles& page_;
    WorkbenchStart start_;
    MappingBench bench_;
    const base::Clock& clock_;
    std::mutex saving_;
    std::once_flag learnt_;  ///< reading all mappings takes a moment
    std::optional<mapping::drafts::KnownNames> names_;
};

}  // namespace gateway::app
