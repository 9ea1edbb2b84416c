#include <ctime>

#include "tests/siege/attacks.h"

namespace gateway::siege {

void slowReaders(Scene& scene, const std::stop_token& stop) {
    constexpr std::size_t kConnections = 100, kAsked = 100;
    constexpr timespec kPause{0, 100'000'000};
    std::string questions;
    for (std::size_t i = 0; i < kAsked; ++i)
        questions += "GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
    Probes probes(kConnections);
    while (!stop.stop_requested()) {
        for (auto& probe : probes) {
            if (stop.stop_requested()) return;
            if (probe && probe->send("G")) continue;
            probe = std::make_unique<thahc::test::TlsProbe>(
                scene.wire(scenario::kCommittee + "-channel"));
            probe->send(questions);
        }
        scene.pressed();
        ::nanosleep(&kPause, nullptr);
    }
}

}  // namespace gateway::siege
