#include "connectors/simulator/stage/gateway_child.h"

#include <charconv>
#include <sstream>
#include <thread>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/server/operators/operator_client.h"

namespace gateway::simulator {
namespace {

constexpr std::chrono::seconds kStartPatience{60};
constexpr std::chrono::milliseconds kGlance{20};
constexpr std::chrono::minutes kOperatorPatience{2};

// The port in the log line that says that a door is open; 0 while there is none.
std::uint16_t portIn(const std::string& log, std::string_view ready = "gateway.ready") {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        const auto tree = document::readJson(line);
        const auto* event = tree ? tree->root.child("event") : nullptr;
        if (!event || event->value != ready) continue;
        const auto& address = tree->root.child("address")->value;
        std::uint16_t port = 0;
        const auto colon = address.rfind(':');
        std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
        return port;
    }
    return 0;
}

// As an operator does once, before the first start.
std::filesystem::path withStore(const std::filesystem::path& binary, const RunDirectory& directory,
                                std::filesystem::path log) {
    if (std::filesystem::exists(directory.root() / "store-identity")) return log;
    const auto made =
        runToEnd({binary.string(), "store", "create", "--config", directory.settings().string()},
                 directory.root() / "store-create.log");
    if (made.code != 0)
        throw base::Fault("the gateway did not come up; its store could not be made: " +
                          made.output);
    return log;
}

}  // namespace

GatewayChild::GatewayChild(const std::filesystem::path& binary, const RunDirectory& directory) :
    directory_(directory),
    log_(withStore(binary, directory, directory.root() / "gateway.log")),
    child_({binary.string(), "serve", "--config=" + directory.settings().string()}, log_),
    port_(awaitReady()) {}

std::uint16_t GatewayChild::publicPort() const { return portIn(contentsOf(log_), "public.ready"); }

std::uint16_t GatewayChild::awaitReady() {
    const auto until = std::chrono::steady_clock::now() + kStartPatience;
    while (std::chrono::steady_clock::now() < until) {
        const bool alive = child_.running();
        if (const auto port = portIn(contentsOf(log_)); alive && port != 0 && ask("/healthz", {}))
            return port;
        if (!alive) break;
        std::this_thread::sleep_for(kGlance);
    }
    throw base::Fault("the gateway did not come up; its log says:\n" + contentsOf(log_));
}

std::optional<document::Node> GatewayChild::ask(const std::string& path,
                                                const std::optional<std::string>& body) const {
    const auto answer = server::callOperator(directory_.socket(), path, body, kOperatorPatience);
    if (!answer || answer->status != 200) return std::nullopt;
    auto tree = document::readJson(answer->body);
    if (!tree) return std::nullopt;
    return std::move(tree->root);
}

}  // namespace gateway::simulator
