#include "gateway/server/door/listening.h"

#include <Poco/Exception.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/ServerSocket.h>

#include "gateway/base/fault.h"

namespace gateway::server {

bool isAddress(const std::string& text) {
    Poco::Net::IPAddress parsed;
    return Poco::Net::IPAddress::tryParse(text, parsed);
}

Poco::Net::ServerSocket listenOn(const std::string& address, std::uint16_t port, int backlog) {
    try {
        Poco::Net::ServerSocket socket;
        socket.bind(Poco::Net::SocketAddress(address, port), true, false);
        socket.listen(backlog);
        return socket;
    } catch (const Poco::Exception& e) {
        throw base::Fault("cannot listen on " + address + ":" + std::to_string(port) + ": " +
                          e.displayText());
    }
}

}  // namespace gateway::server
