#include <unistd.h>

#include <iostream>

#include "gateway/app/failure.h"
#include "gateway/app/files.h"
#include "gateway/app/trust_files.h"
#include "gateway/document/json.h"
#include "gateway/exchange/rebuild.h"
#include "gateway/server/operator_api.h"
#include "gateway/store/sqlite/sqlite_store.h"

namespace gateway::app {
namespace {

// It holds personal data, so it goes whatever happens.
class WorkingCopy {
  public:
    explicit WorkingCopy(const std::filesystem::path& from) :
        file_(std::filesystem::temp_directory_path() /
              ("thahc-rebuild-" + std::to_string(::getpid()) + ".db")) {
        fromInput([&] { return std::filesystem::copy_file(from, file_); });
    }
    ~WorkingCopy() {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", ".lock"})
            std::filesystem::remove(file_.string() + suffix, ignored);
    }
    WorkingCopy(const WorkingCopy&) = delete;
    WorkingCopy& operator=(const WorkingCopy&) = delete;
    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }

  private:
    std::filesystem::path file_;
};

}  // namespace

int rebuildFile(const std::filesystem::path& copy, const std::filesystem::path& trust, bool json) {
    exchange::KnownSeals seals;
    if (!trust.empty()) seals = {loadCertificates(trust), true};
    // Opening recovers and may write; a second copy keeps the backup as it was made.
    const WorkingCopy work(copy);
    const base::SystemClock clock;
    exchange::RebuildReport report;
    {
        base::Limits limits;
        limits.freeSpaceReserveBytes = 0;  // nothing is taken in here
        const auto store = store::sqlite::SqliteStore::open(work.file(), limits, clock);
        report = exchange::rebuild(store->cases(), store->outbox(), seals);
    }
    const auto node = server::rebuildNode(report);
    std::cout << (json ? document::writeJson(node) : document::writeJsonPretty(node)) << '\n';
    return report.clean() ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
