// workbench: a page in the browser for whoever writes a mapping.

#include <signal.h>

#include <charconv>
#include <iostream>

#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/app/workbench/workbench_api.h"
#include "gateway/app/workbench/workbench_door.h"
#include "gateway/base/ids.h"
#include "gateway/document/json.h"
#include "gateway/server/operators/loopback_server.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kPatience{1'000};
constexpr std::size_t kConnections = 32;  // a browser opens six for each page

std::uint16_t portOf(const std::string& text) {
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, port);
    if (read.ec != std::errc() || read.ptr != end) throw UsageError("--port is 0 to 65535");
    return port;
}

// Beside the mappings where the program is installed, with its sources where it is built.
fs::path pagesBeside(const fs::path& mappings) {
    const auto root = connectorsBeside(mappings).parent_path();
    const auto installed = root / "workbench";
    return fs::exists(installed) ? installed : root / "gateway" / "workbench";
}

// Until somebody ends it from the terminal.
void awaitEnd(const sigset_t& signals) {
    int signal = 0;
    while (::sigwait(&signals, &signal) != 0) {
        // A signal of another kind is none for us.
    }
}

}  // namespace

int workbenchCommand(const Words& words) {
    const Arguments arguments(words, {"port", "mapping", "sample", "mappings", "local", "pages"},
                              {"json"});
    if (!arguments.positional().empty()) throw UsageError("workbench takes options only");
    const auto port = portOf(arguments.get("port", "0"));
    // Before any thread, so that none of them takes these signals.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&signals, signal);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const DataView data = dataNamedBy(arguments);
    const base::SystemClock clock;
    const auto workshop = fromInput([&] { return std::make_unique<Workshop>(data); });
    const auto page = fromInput([&] {
        return PageFiles(
            arguments.get("pages", pagesBeside(arguments.get("mappings", "mappings"))));
    });
    WorkbenchApi api(*workshop, page, {arguments.get("mapping"), arguments.get("sample")}, clock);
    WorkbenchDoor door(base::newId("key", clock.now()));

    server::LoopbackSettings settings;
    settings.name = "workbench";
    settings.port = port;
    settings.threads = kConnections;
    settings.limits.requestBodyBytes = WorkbenchApi::kLargestBody;
    settings.manners = WorkbenchDoor::manners();
    const auto server = fromInput([&] {
        return std::make_unique<server::LoopbackServer>(
            settings, [&api](const server::Request& request) { return api.handle(request); },
            [&door](const server::Request& request, std::size_t) { return door.judge(request); },
            clock);
    });
    door.listenAt(server->port());
    server->start();
    if (arguments.has("json")) {
        auto told = document::objectNode();
        document::addText(told, "address", door.address());
        std::cout << document::writeJson(told) << std::endl;
    } else {
        std::cout << door.address() << std::endl;
        std::cerr << "Mở địa chỉ trên bằng trình duyệt của máy này; Ctrl-C để kết thúc.\n"
                     "Open the address above in a browser on this machine; Ctrl-C ends it.\n";
    }
    awaitEnd(signals);
    server->stop(kPatience);
    return kExitOk;
}

}  // namespace gateway::app
