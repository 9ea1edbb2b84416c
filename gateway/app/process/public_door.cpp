#include "gateway/app/process/public_door.h"

#include "gateway/app/client/own_identity.h"
#include "gateway/base/log.h"

namespace gateway::app {

PublicDoor::PublicDoor(const Config& config, store::Cases& cases, const base::Clock& clock) :
    address_(config.publicAddress),
    board_(cases, clock),
    api_(board_, clock),
    server_(
        {config.publicAddress, config.publicPort, config.limits, server::PublicApi::manners(),
         [this](const server::Request& request, std::size_t length) {
             return api_.judge(request, length);
         }},
        publicTls(config), [this](const server::Request& request) { return api_.handle(request); },
        clock) {}

void PublicDoor::start() {
    server_.start();
    base::logEvent(base::LogLevel::Info, "public.ready",
                   {{"address", address_ + ":" + std::to_string(server_.port())}});
}

}  // namespace gateway::app
