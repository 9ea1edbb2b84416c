#include "gateway/app/process/known_store.h"

#include <filesystem>

#include "gateway/app/client/files.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/replace_file.h"
#include "gateway/store/records.h"

namespace gateway::app {
namespace {

using store::sqlite::SqliteStore;

// What an unmounted disk looks like: the folder is there, the file is not.
bool isThere(const std::filesystem::path& file) {
    std::error_code failed;
    return std::filesystem::exists(file, failed);
}

std::string identityIn(const std::filesystem::path& file) {
    auto text = readFile(file);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    return text;
}

std::string name(const Config& config, const base::Clock& clock) {
    const auto store = SqliteStore::open(config.storeFile, config.limits, clock);
    base::replaceFile(config.storeIdentity, store->identity() + "\n");
    return store->identity();
}

}  // namespace

std::string knownIdentity(const Config& config) { return identityIn(config.storeIdentity); }

void nameRestored(const Config& config) {
    if (!isThere(config.storeIdentity))
        base::replaceFile(config.storeIdentity, SqliteStore::identityOf(config.storeFile) + "\n");
}

std::string createStore(const Config& config, const base::Clock& clock) {
    if (isThere(config.storeFile))
        throw CommandFailure(kExitRefused, config.storeFile.string() +
                                               " is there already; `store adopt` names it as ours");
    if (isThere(config.storeIdentity))
        throw CommandFailure(kExitRefused,
                             config.storeIdentity.string() +
                                 " names a store that was made before; mount its disk or "
                                 "restore it. Only if it is given up for good, remove "
                                 "that file and create a new one");
    return name(config, clock);
}

std::string adoptStore(const Config& config, const base::Clock& clock) {
    if (!isThere(config.storeFile))
        throw CommandFailure(kExitNotFound, config.storeFile.string() + ": there is no store");
    return name(config, clock);
}

std::unique_ptr<SqliteStore> openKnownStore(const Config& config, const base::Clock& clock) {
    if (!isThere(config.storeFile))
        throw store::StoreFault(
            config.storeFile.string() +
            ": there is no store; is its disk mounted? Nothing was made in its place. A first "
            "store is made by `thahc-gateway store create`, a lost one restored from a backup");
    if (!isThere(config.storeIdentity))
        throw store::StoreFault(
            config.storeIdentity.string() + ": it is not known which store is ours; if " +
            config.storeFile.string() + " is, say so by `thahc-gateway store adopt`");
    const auto wanted = identityIn(config.storeIdentity);
    auto store = SqliteStore::open(config.storeFile, config.limits, clock);
    if (store->identity() != wanted)
        throw store::StoreFault(config.storeFile.string() + " is another store (" +
                                store->identity() + ") than ours (" + wanted + ", by " +
                                config.storeIdentity.string() +
                                "): mount the right disk, or name it by `store adopt`");
    return store;
}

}  // namespace gateway::app
