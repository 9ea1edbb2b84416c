#pragma once
// The directory's data files: mappings/agencies/*.xml, checked against mappings/schemas.

#include <filesystem>
#include <memory>

#include "gateway/model/agencies/agency_directory.h"

namespace gateway::exchange {

/// Reads `agencies`/territories.xml and every other .xml file beside it. Names are brought to NFC.
/// Throws base::Fault with file and line for anything wrong: against the schema, or as
/// model::AgencyDirectory checks it. At start and reload only.
[[nodiscard]] std::shared_ptr<const model::AgencyDirectory> loadAgencies(
    const std::filesystem::path& agencies, const std::filesystem::path& schemas);

}  // namespace gateway::exchange
