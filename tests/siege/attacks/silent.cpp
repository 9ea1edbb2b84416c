#include <ctime>

#include "tests/siege/attacks.h"

namespace gateway::siege {
namespace {

constexpr std::size_t kEach = 256;
constexpr timespec kPause{0, 1'000'000};
constexpr std::array kAddresses{"127.0.0.1", "127.0.0.2", "127.0.1.1", "127.0.2.1",
                                "127.1.0.1", "127.2.0.1", "127.3.0.1", "127.4.0.1"};

void besiege(Scene& scene, const std::stop_token& stop, const std::string& firstBytes) {
    Probes probes(kAddresses.size() * kEach);
    for (std::size_t i = 0; !stop.stop_requested(); ++i) {
        auto& probe = probes[i % probes.size()];
        probe.reset();
        probe =
            std::make_unique<thahc::test::TlsProbe>(scene.plain(kAddresses[i % kAddresses.size()]));
        probe->send(firstBytes);
        if (i + 1 == probes.size()) scene.pressed();
        // All at first, then at a rate that this machine's other core can stand, too.
        if (i >= probes.size()) ::nanosleep(&kPause, nullptr);
    }
}

}  // namespace

void silentConnections(Scene& scene, const std::stop_token& stop) { besiege(scene, stop, {}); }

void halfHandshakes(Scene& scene, const std::stop_token& stop) {
    // A record that promises a ClientHello and does not bring it.
    besiege(scene, stop, std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
}

}  // namespace gateway::siege
