#pragma once
// A document of ours as it goes out, explained.

#include <string>

#include "gateway/app/authors/explained_page.h"
#include "gateway/app/authors/sample_trial.h"
#include "gateway/app/settings/arguments.h"

namespace gateway::app {

/// A file of ours, written by that mapping.
[[nodiscard]] Explained explainedWriting(const CheckedMapping& checked, const std::string& file,
                                         const SampleSurroundings& around);

/// The delivery of the store of `--config` (or the file of `--store`) that has that id, as it goes
/// out now to its recipient, or by the mapping of `--mapping`. What a rendering encloses besides
/// (its author's own bytes) is not shown. Throws CommandFailure: kExitNotFound if there is none,
/// InputError if nothing can be told of it.
[[nodiscard]] Explained explainedDelivery(const std::string& item, const Arguments& arguments);

}  // namespace gateway::app
