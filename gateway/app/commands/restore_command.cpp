#include <filesystem>
#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/client/trust_files.h"
#include "gateway/app/operators/rebuild_file.h"
#include "gateway/app/process/known_store.h"
#include "gateway/app/process/own_certificates.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/json.h"
#include "gateway/server/operators/operator_api.h"

namespace gateway::app {
namespace {

using document::Node;
using store::sqlite::SqliteStore;

// Its identity is known outside; one of another store would bring other agencies' cases.
void demandOurs(const Config& config, const std::filesystem::path& backup) {
    std::error_code failed;
    if (!std::filesystem::exists(config.storeIdentity, failed)) return;
    const auto wanted = knownIdentity(config);
    const auto found = SqliteStore::identityOf(backup);
    if (found != wanted)
        throw CommandFailure(kExitRefused, backup.string() + " is of another store (" + found +
                                               ") than ours (" + wanted + ", by " +
                                               config.storeIdentity.string() + ")");
}

exchange::KnownSeals sealsOf(const Config& config) {
    return {ownSeals(config, loadCertificates(config.sealCertificate).front()),
            !config.sealOthers.empty()};
}

Node outcomeNode(const exchange::RebuildReport& report, const Config& config,
                 const std::vector<std::filesystem::path>& aside) {
    Node root = document::objectNode();
    root.children.push_back(document::booleanNode("done", true));
    root.children.push_back(document::stringNode("store", config.storeFile.string()));
    root.children.push_back(document::numberNode("messages", std::to_string(report.messages)));
    root.children.push_back(document::numberNode("cases", std::to_string(report.cases)));
    Node moved = document::arrayNode("movedAside");
    for (const auto& file : aside)
        moved.children.push_back(document::stringNode("", file.string()));
    root.children.push_back(std::move(moved));
    return root;
}

void print(const Node& node, bool json) {
    std::cout << (json ? document::writeJson(node) : document::writeJsonPretty(node)) << '\n';
}

}  // namespace

int restoreCommand(const Words& words) {
    const Arguments arguments(words, {"config"}, {"json", "unclean"}, {"set"});
    if (arguments.positional().size() != 1) throw UsageError("restore needs a backup's file");
    const std::filesystem::path backup = arguments.positional().front();
    const std::filesystem::path file = arguments.need("config");
    const auto config = configFrom(layerSettings(file, arguments.all("set")), file);
    return fromInput([&] {
        demandOurs(config, backup);
        const auto report = judgeFile(backup, sealsOf(config));
        if (!report.clean() && !arguments.has("unclean")) {
            auto refusal = server::rebuildNode(report);
            refusal.children.insert(
                refusal.children.begin(),
                document::stringNode("problem",
                                     "the backup is not what its log makes of it; take an earlier "
                                     "one, or this one knowingly by --unclean"));
            print(refusal, arguments.has("json"));
            return static_cast<int>(kExitRefused);
        }
        const base::SystemClock clock;
        const auto aside = SqliteStore::restore(backup, config.storeFile, clock);
        nameRestored(config);
        print(outcomeNode(report, config, aside), arguments.has("json"));
        return static_cast<int>(kExitOk);
    });
}

}  // namespace gateway::app
