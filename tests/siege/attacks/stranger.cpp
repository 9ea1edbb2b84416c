#include <thread>

#include "tests/siege/attacks.h"

namespace gateway::siege {

void strangersBodies(Scene& scene, const std::stop_token& stop) {
    constexpr std::size_t kConnections = 8, kBody = 8 * 1024 * 1024, kPart = 256 * 1024;
    const std::string part(kPart, 'x');
    const std::string head =
        "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n"
        "Content-Length: " +
        std::to_string(kBody) + "\r\n\r\n";
    std::vector<std::jthread> senders;
    for (std::size_t i = 0; i < kConnections; ++i)
        senders.emplace_back([&] {
            while (!stop.stop_requested()) {
                thahc::test::TlsProbe probe(scene.wire(kStranger));
                bool goesOn = probe.send(head);
                for (std::size_t sent = 0; goesOn && sent < kBody && !stop.stop_requested();
                     sent += kPart)
                    goesOn = probe.send(part);
                static_cast<void>(probe.receive());
            }
        });
    scene.pressed();
}

}  // namespace gateway::siege
