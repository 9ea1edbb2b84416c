#include <iostream>

#include "gateway/app/arguments.h"
#include "gateway/app/commands.h"
#include "gateway/app/config.h"
#include "gateway/app/exit_codes.h"
#include "gateway/app/library_faults.h"
#include "gateway/app/own_certificates.h"
#include "gateway/app/own_identity.h"
#include "gateway/app/snapshot_loader.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

// Everything that serve would read, short of opening the store and the door.
void checkFiles(const Config& config, const base::Clock& clock) {
    static_cast<void>(doorTls(config));
    static_cast<void>(pushIdentity(config));
    static_cast<void>(operatorDoor(config));
    const auto snapshot = loadSnapshot(config, clock, loadSeal(config, clock));
    static_cast<void>(loadOwnCertificates(config, snapshot->seal->certificate(), clock.now()));
}

std::vector<std::string> libraryWarningsFor(const Config& config) {
    LibraryFaultPaths paths;
    paths.faults = config.mappings / "operations" / "library-faults.xml";
    paths.schema = config.mappings / "schemas" / "library-faults.xsd";
    return libraryWarnings(paths);
}

}  // namespace

int checkConfigCommand(const Words& words) {
    const Arguments arguments(words, {"config"}, {"json"}, {"set"});
    const std::filesystem::path file = arguments.need("config");
    if (!arguments.positional().empty())
        throw UsageError("check-config takes no " + arguments.positional().front());
    const auto settings = layerSettings(file, arguments.all("set"));
    const auto config = configFrom(settings, file);
    std::string problem;
    std::vector<std::string> warnings;
    try {
        checkFiles(config, base::SystemClock());
        warnings = libraryWarningsFor(config);
    } catch (const base::Fault& fault) {
        problem = fault.what();
    }
    if (arguments.has("json")) {
        Node root = document::objectNode();
        root.children.push_back(document::booleanNode("good", problem.empty()));
        if (!problem.empty()) root.children.push_back(document::stringNode("problem", problem));
        Node told = document::arrayNode("warnings");
        for (const auto& warning : warnings)
            told.children.push_back(document::stringNode("", warning));
        root.children.push_back(std::move(told));
        Node list = document::objectNode("settings");
        for (const auto& [name, setting] : settings) {
            Node entry = document::objectNode(name);
            entry.children.push_back(document::stringNode("value", setting.value));
            entry.children.push_back(document::stringNode("origin", setting.origin));
            list.children.push_back(std::move(entry));
        }
        root.children.push_back(std::move(list));
        std::cout << document::writeJson(root) << '\n';
    } else {
        for (const auto& [name, setting] : settings)
            std::cout << name << " = " << setting.value << "    # " << setting.origin << '\n';
        for (const auto& warning : warnings) std::cout << "WARNING: " << warning << '\n';
        std::cout << (problem.empty() ? "good" : "BAD: " + problem) << '\n';
    }
    return problem.empty() ? kExitOk : kExitBadData;
}

}  // namespace gateway::app
