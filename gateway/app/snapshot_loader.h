#pragma once
// Reads everything that is data into one consistent snapshot, or says what is wrong with it.

#include "gateway/app/config.h"
#include "gateway/exchange/snapshot.h"

namespace gateway::app {

/// Loads registrations, revocation lists, directory, rights and mappings, and checks that they fit
/// together (every registered agency exists, every named format exists). Throws base::Fault with
/// file and line; the snapshot in service is not touched.
/// `clock` must outlive the snapshot; `seal` is ours (loadSeal).
[[nodiscard]] exchange::SnapshotPtr loadSnapshot(const Config& config, const base::Clock& clock,
                                                 exchange::SealPtr seal);

/// Compiles one mapping with all code lists of `mappings`, for check-mapping. Throws base::Fault.
[[nodiscard]] std::shared_ptr<const mapping::Plan> compileMapping(
    const std::filesystem::path& file, const std::filesystem::path& mappings,
    const base::Clock& clock);

/// The nearest directory above `file` that holds schemas/mapping.xsd; throws InputError if there
/// is none.
[[nodiscard]] std::filesystem::path mappingsAbove(const std::filesystem::path& file);

}  // namespace gateway::app
