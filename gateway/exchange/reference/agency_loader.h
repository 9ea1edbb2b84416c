#pragma once
// The directory's data files: mappings/agencies/*.xml, checked against mappings/schemas.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gateway/model/agencies/agency_directory.h"
#include "gateway/model/agencies/name_spellings.h"

namespace gateway::exchange {

/// Reads `agencies`/territories.xml and every other .xml file beside it but spellings.xml. Names
/// are brought to NFC. Throws base::Fault with file and line for anything wrong: against the
/// schema, or as model::AgencyDirectory checks it. At start and reload only.
[[nodiscard]] std::shared_ptr<const model::AgencyDirectory> loadAgencies(
    const std::filesystem::path& agencies, const std::filesystem::path& schemas);

/// Lines with file and line.
struct JudgedAgencies {
    std::vector<std::string> faults;
    std::vector<std::string> notes;  ///< of a directory without faults: what somebody should see
};

/// Every fault of the directory at once: of each file that cannot be read its first one, otherwise
/// all of the whole. Throws base::Fault for unusable schemas only.
[[nodiscard]] JudgedAgencies judgeAgencies(const std::filesystem::path& agencies,
                                           const std::filesystem::path& schemas);

/// `agencies`/spellings.xml. Throws base::Fault with file and line.
[[nodiscard]] model::NameSpellings loadSpellings(const std::filesystem::path& agencies,
                                                 const std::filesystem::path& schemas);

}  // namespace gateway::exchange
