#include <ctime>

#include "tests/siege/attacks.h"

namespace gateway::siege {
namespace {

constexpr std::size_t kConnections = 120;
constexpr timespec kSecond{1, 0};

void drip(Scene& scene, const std::stop_token& stop, const std::string& start) {
    Probes probes(kConnections);
    while (!stop.stop_requested()) {
        for (auto& probe : probes) {
            if (probe && probe->send("x")) continue;
            probe = std::make_unique<thahc::test::TlsProbe>(
                scene.wire(scenario::kCommittee + "-channel"));
            probe->send(start);
        }
        scene.pressed();
        ::nanosleep(&kSecond, nullptr);
    }
}

}  // namespace

void drippedHeads(Scene& scene, const std::stop_token& stop) {
    drip(scene, stop, "POST /v1/messages HTTP/1.1\r\nHost: x\r\nX-Long: ");
}

void drippedBodies(Scene& scene, const std::stop_token& stop) {
    drip(scene, stop,
         "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n"
         "Content-Length: 8388608\r\n\r\n" +
             std::string(1024 * 1024, 'x'));
}

}  // namespace gateway::siege
