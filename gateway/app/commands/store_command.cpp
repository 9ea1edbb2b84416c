#include <iostream>

#include "gateway/app/process/known_store.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/json.h"
#include "gateway/server/operators/pushed_clock.h"

namespace gateway::app {

int storeCommand(const Words& words) {
    const Arguments arguments(words, {"config"}, {"json"}, {"set"});
    const std::filesystem::path file = arguments.need("config");
    const auto& acts = arguments.positional();
    if (acts.size() != 1 || (acts.front() != "create" && acts.front() != "adopt"))
        throw UsageError("store create, or store adopt");
    const auto config = configFrom(layerSettings(file, arguments.all("set")), file);
    const server::PushedClock clock(config.pushedClock);
    const auto identity =
        acts.front() == "create" ? createStore(config, clock) : adoptStore(config, clock);
    if (arguments.has("json")) {
        auto root = document::objectNode();
        root.children.push_back(document::stringNode("identity", identity));
        root.children.push_back(document::stringNode("store", config.storeFile.string()));
        std::cout << document::writeJson(root) << '\n';
    } else {
        std::cout << config.storeFile.string() << ": store " << identity << '\n';
    }
    return kExitOk;
}

}  // namespace gateway::app
