#include <unistd.h>

#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/client/trust_files.h"
#include "gateway/app/operators/rebuild_file.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/json.h"
#include "gateway/server/operators/operator_api.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

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

exchange::RebuildReport judgeFile(const std::filesystem::path& file,
                                  const exchange::KnownSeals& seals) {
    std::unique_ptr<store::StoreView> view;
    try {
        view = store::sqlite::SqliteStore::viewOfFile(file);
    } catch (const store::OlderStore&) {
        // Bringing it to our schema writes; a second copy keeps the backup as it was made.
        const WorkingCopy work(file);
        const base::SystemClock clock;
        base::Limits limits;
        limits.freeSpaceReserveBytes = 0;  // nothing is taken in here
        const auto store = store::sqlite::SqliteStore::open(work.file(), limits, clock);
        const auto brought = store->view();
        return exchange::rebuild(brought->cases(), brought->outbox(), seals);
    }
    return exchange::rebuild(view->cases(), view->outbox(), seals);
}

int rebuildFile(const std::filesystem::path& copy, const std::filesystem::path& trust, bool json) {
    exchange::KnownSeals seals;
    if (!trust.empty()) seals = {loadCertificates(trust), true};
    if (!std::filesystem::is_regular_file(copy))
        throw InputError(copy.string() + ": there is no such file");
    const auto report = [&] {
        try {
            return judgeFile(copy, seals);
        } catch (const base::Fault& fault) {
            throw store::StoreFault(fault.what());
        }
    }();
    const auto node = server::rebuildNode(report);
    std::cout << (json ? document::writeJson(node) : document::writeJsonPretty(node)) << '\n';
    return report.clean() ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
