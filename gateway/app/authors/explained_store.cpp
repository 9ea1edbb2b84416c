#include "gateway/app/authors/explained_store.h"

#include "gateway/app/process/snapshot_areas.h"
#include "gateway/server/operators/pushed_clock.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

Config configOf(const Arguments& arguments) {
    const std::filesystem::path file = arguments.need("config");
    return configFrom(layerSettings(file, {}), file);
}

}  // namespace

ExplainedStore::ExplainedStore(const Arguments& arguments) : config_(configOf(arguments)) {
    const std::filesystem::path kept = arguments.get("store", config_.storeFile.string());
    if (!std::filesystem::is_regular_file(kept))
        throw InputError(kept.string() + ": there is no such file");
    view_ = store::sqlite::SqliteStore::viewOfFile(kept);
}

std::shared_ptr<const exchange::Snapshot> ExplainedStore::snapshot() const {
    const server::PushedClock clock(config_.pushedClock);
    return fromInput([&] { return SnapshotAreas(config_, clock, keptIn(config_)).load(nullptr); });
}

}  // namespace gateway::app
