#include <iostream>

#include "gateway/app/client/own_identity.h"
#include "gateway/app/printing/data_view.h"
#include "gateway/app/process/library_faults.h"
#include "gateway/app/process/own_certificates.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/config.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/law/registers/register_book.h"
#include "gateway/law/reports/report.h"
#include "gateway/server/operators/pushed_clock.h"

namespace gateway::app {
namespace {

using document::Node;

// Everything that serve would read, short of opening the store and the door.
void checkFiles(const Config& config, const base::Clock& clock) {
    static_cast<void>(doorTls(config));
    static_cast<void>(pushIdentity(config));
    if (!config.publicAddress.empty()) static_cast<void>(publicTls(config));
    static_cast<void>(operatorDoor(config));
    const auto snapshot = loadSnapshot(config, clock, loadSeal(config, clock));
    static_cast<void>(loadOwnCertificates(config, snapshot->seal->certificate(), clock.now()));
}

std::vector<std::string> libraryWarningsFor(const DataView& data) {
    LibraryFaultPaths paths;
    paths.faults = data.mappings() / "operations" / "library-faults.xml";
    paths.schema = data.mappings() / "schemas" / "library-faults.xsd";
    return libraryWarnings(paths);
}

// What was found, and how it is told.
struct Verdict {
    std::string problem;
    std::vector<std::string> warnings;
    std::vector<DataView::LocalFile> local;
};

Verdict judged(const Config& config) {
    Verdict verdict;
    try {
        checkFiles(config, server::PushedClock(config.pushedClock));
        const DataView data(config.mappings, config.connectors, config.localData);
        verdict.local = data.local();
        // What serve does not read: it makes no reports.
        const auto law = loadLaw(data);
        const auto figures = loadFigures(data, law);
        static_cast<void>(law::figures::ReportBook::load(data.mappings(), figures));
        static_cast<void>(law::registers::RegisterBook::load(data.mappings(), figures));
        verdict.warnings = libraryWarningsFor(data);
    } catch (const base::Fault& fault) {
        verdict.problem = fault.what();
    }
    return verdict;
}

Node nodeOf(const Verdict& verdict, const Settings& settings) {
    Node root = document::objectNode();
    root.children.push_back(document::booleanNode("good", verdict.problem.empty()));
    if (!verdict.problem.empty())
        root.children.push_back(document::stringNode("problem", verdict.problem));
    Node told = document::arrayNode("warnings");
    for (const auto& warning : verdict.warnings)
        told.children.push_back(document::stringNode("", warning));
    root.children.push_back(std::move(told));
    Node local = document::arrayNode("local");
    for (const auto& file : verdict.local) {
        Node entry = document::objectNode();
        entry.children.push_back(document::stringNode("file", file.name));
        entry.children.push_back(document::booleanNode("replaces", file.replaces));
        local.children.push_back(std::move(entry));
    }
    root.children.push_back(std::move(local));
    Node list = document::objectNode("settings");
    for (const auto& [name, setting] : settings) {
        Node entry = document::objectNode(name);
        entry.children.push_back(document::stringNode("value", setting.value));
        entry.children.push_back(document::stringNode("origin", setting.origin));
        list.children.push_back(std::move(entry));
    }
    root.children.push_back(std::move(list));
    return root;
}

void printForPeople(const Verdict& verdict, const Settings& settings) {
    for (const auto& [name, setting] : settings)
        std::cout << name << " = " << setting.value << "    # " << setting.origin << '\n';
    for (const auto& file : verdict.local)
        std::cout << "local: " << file.name
                  << (file.replaces ? ", in the place of the delivered one\n" : "\n");
    for (const auto& warning : verdict.warnings) std::cout << "WARNING: " << warning << '\n';
    std::cout << (verdict.problem.empty() ? "good" : "BAD: " + verdict.problem) << '\n';
}

}  // namespace

int checkConfigCommand(const Words& words) {
    const Arguments arguments(words, {"config"}, {"json"}, {"set"});
    const std::filesystem::path file = arguments.need("config");
    if (!arguments.positional().empty())
        throw UsageError("check-config takes no " + arguments.positional().front());
    const auto settings = layerSettings(file, arguments.all("set"));
    const auto config = configFrom(settings, file);
    const auto verdict = judged(config);
    if (arguments.has("json"))
        std::cout << document::writeJson(nodeOf(verdict, settings)) << '\n';
    else
        printForPeople(verdict, settings);
    return verdict.problem.empty() ? kExitOk : kExitBadData;
}

}  // namespace gateway::app
