#include <unistd.h>

#include <iostream>

#include "gateway/app/exit_codes.h"
#include "gateway/app/files.h"
#include "gateway/document/json.h"
#include "gateway/exchange/rebuild.h"
#include "gateway/server/operator_api.h"
#include "gateway/store/sqlite/sqlite_store.h"

namespace gateway::app {

int rebuildFile(const std::filesystem::path& copy, bool json) {
    // Opening recovers and may write; a second copy keeps the backup as it was made.
    const auto work = std::filesystem::temp_directory_path() /
                      ("thahc-rebuild-" + std::to_string(::getpid()) + ".db");
    std::filesystem::copy_file(copy, work);
    const base::SystemClock clock;
    exchange::RebuildReport report;
    {
        const auto store = store::sqlite::SqliteStore::open(work, base::Limits(), clock);
        report = exchange::rebuild(store->cases());
    }
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(work.string() + suffix);
    const auto node = server::rebuildNode(report);
    std::cout << (json ? document::writeJson(node) : document::writeJsonPretty(node)) << '\n';
    return report.clean() ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
