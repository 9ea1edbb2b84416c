#include "tests/scenario/door/door_fixture.h"

namespace thahc::test {

DoorPki& DoorPki::instance() {
    static DoorPki pki;
    return pki;
}

void Door::open(const gateway::base::Limits& limits, gateway::server::Handler handler) {
    gateway::server::Handler echo = [](const Request& request) {
        return Response{
            200, "text/plain", {}, request.method + " " + request.path + " " + request.body, false};
    };
    doorSettings.limits = limits;
    doorSettings.refusals = &refusals;
    server = std::make_unique<PartnerServer>(
        doorSettings, pki.tls(),
        [this, inner = handler ? std::move(handler) : echo](const Request& request) {
            ++calls;
            return inner(request);
        },
        clock);
    server->start();
}

void Door::TearDown() {
    if (server) server->stop(std::chrono::milliseconds(200));
}

ProbeSettings Door::court() const {
    ProbeSettings settings;
    settings.port = server->port();
    settings.client = pki.court;
    return settings;
}

ProbeSettings Door::bare() const {
    ProbeSettings settings;
    settings.port = server->port();
    return settings;
}

}  // namespace thahc::test
