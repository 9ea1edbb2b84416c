#pragma once
// Whether the installed libraries have faults that are known, mended, and within reach here.

#include <filesystem>
#include <string>
#include <vector>

namespace gateway::app {

/// Where to look. A plain value; the defaults are Debian's.
struct LibraryFaultPaths {
    std::filesystem::path faults;  ///< mappings/operations/library-faults.xml
    std::filesystem::path schema;  ///< mappings/schemas/library-faults.xsd
    std::filesystem::path status = "/var/lib/dpkg/status";
    std::filesystem::path dpkg = "/usr/bin/dpkg";  ///< compares versions as Debian does
};

/// One sentence for each fault in an installed package, with what to do, in the file's order.
/// Packages that are not installed say nothing: the library then came from elsewhere, and one
/// sentence says that nothing could be checked when there is no dpkg at all.
///
/// Tells what is INSTALLED; a process that was started before an update still runs the old library
/// (runbooks/security-updates.md). Throws base::Fault when the data file is broken.
[[nodiscard]] std::vector<std::string> libraryWarnings(const LibraryFaultPaths& paths);

}  // namespace gateway::app
