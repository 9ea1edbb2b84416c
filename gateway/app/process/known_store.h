#pragma once
// The store that an operator has made, and no other: a missing one is never silently a new one.

#include <memory>
#include <string>

#include "gateway/app/settings/config.h"
#include "gateway/base/clock.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {

/// Makes the store's file and writes its identity where Config::storeIdentity says. Throws
/// CommandFailure if either is there already: a store was made before, and what is missing then is
/// a disk that is not mounted, or a restore. Gives the identity.
std::string createStore(const Config& config, const base::Clock& clock);

/// Writes down the identity of a store that exists (one that an older program made, or that was
/// brought from another machine). Throws CommandFailure if there is no such file.
std::string adoptStore(const Config& config, const base::Clock& clock);

/// The identity that Config::storeIdentity names. Throws CommandFailure if it cannot be read.
[[nodiscard]] std::string knownIdentity(const Config& config);

/// After a restore onto a machine that did not know which store is ours.
void nameRestored(const Config& config);

/// Opens the store that createStore() or adoptStore() has named. Throws store::StoreFault, saying
/// what to do, if its file is not there (nothing is made), or is another store than the one that
/// was named; otherwise as SqliteStore::open.
[[nodiscard]] std::unique_ptr<store::sqlite::SqliteStore> openKnownStore(const Config& config,
                                                                         const base::Clock& clock);

}  // namespace gateway::app
