#pragma once
// A message of the store, explained: taken, waiting or refused.

#include <string>

#include "gateway/app/authors/explained_page.h"
#include "gateway/app/settings/arguments.h"

namespace gateway::app {

/// What the store of `--config` (or the file of `--store`) calls so: a message id, a receipt, a
/// refusal or the digest of what came. Looked up in the store's indexes, however long its log is.
/// Throws CommandFailure: kExitNotFound if there is no such message, InputError if several are
/// called so, or what is called so cannot be read here; which, and what to do, is told.
[[nodiscard]] Explained explainedMessage(const std::string& id, const Arguments& arguments);

}  // namespace gateway::app
