#include "gateway/app/process/library_faults.h"

#include <Poco/Exception.h>
#include <Poco/Process.h>

#include <fstream>
#include <map>

#include "gateway/law/conditions/data_file.h"

namespace gateway::app {
namespace {

constexpr std::string_view kPackage = "Package: ";
constexpr std::string_view kStatus = "Status: ";
constexpr std::string_view kVersion = "Version: ";

// Package to version, of what is installed; dpkg's file has one paragraph for each package.
std::map<std::string, std::string> installed(const std::filesystem::path& status) {
    std::map<std::string, std::string> versions;
    std::ifstream in(status);
    std::string package;
    bool present = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(kPackage)) {
            package = line.substr(kPackage.size());
            present = false;
        } else if (line.starts_with(kStatus)) {
            present = line.ends_with(" installed");
        } else if (line.starts_with(kVersion) && present) {
            versions[package] = line.substr(kVersion.size());
        }
    }
    return versions;
}

bool isOlder(const std::filesystem::path& dpkg, const std::string& version,
             const std::string& mended) {
    const auto process =
        Poco::Process::launch(dpkg.string(), {"--compare-versions", version, "lt", mended});
    return process.wait() == 0;
}

}  // namespace

std::vector<std::string> libraryWarnings(const LibraryFaultPaths& paths) {
    const auto schema = document::XmlSchema::load(paths.schema);
    const law::DataFile file(paths.faults, *schema);
    const auto versions = installed(paths.status);
    if (versions.empty() || !std::filesystem::exists(paths.dpkg))
        return {"the versions of libraries could not be checked: there is no dpkg here"};
    std::vector<std::string> warnings;
    for (const auto* fault : file.elements(file.root(), "fault")) {
        const auto package = file.text(*fault, "package");
        const auto mended = file.text(*fault, "mended-in");
        const auto found = versions.find(package);
        if (found == versions.end()) continue;
        try {
            if (!isOlder(paths.dpkg, found->second, mended)) continue;
        } catch (const Poco::Exception& error) {
            return {"the versions of libraries could not be checked: " + error.displayText()};
        }
        warnings.push_back(package + " " + found->second + " has " + file.text(*fault, "id") +
                           ", mended in " + mended + ": " + fault->value +
                           ". Do: apt-get install --only-upgrade " + package +
                           ", then restart the gateway");
    }
    return warnings;
}

}  // namespace gateway::app
