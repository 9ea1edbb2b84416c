#include "gateway/app/own_identity.h"

namespace gateway::app {

server::TlsContextPtr doorTls(const Config& config) {
    return fromInput([&] {
        return server::TlsContext::forServer({config.tlsCertificate, config.tlsKey},
                                             config.tlsClientAnchors);
    });
}

server::TlsIdentity pushIdentity(const Config& config) {
    if (config.pushCertificate.empty() != config.pushKey.empty())
        throw ConfigError("push.certificate and push.key are set together or not at all");
    if (config.pushCertificate.empty()) return {config.tlsCertificate, config.tlsKey};
    server::TlsIdentity identity{config.pushCertificate, config.pushKey};
    static_cast<void>(fromInput(
        [&] { return server::TlsContext::forServer(identity, config.tlsClientAnchors); }));
    return identity;
}

server::OperatorServerSettings operatorDoor(const Config& config) {
    constexpr std::size_t kThreads = 16;
    server::OperatorServerSettings settings{config.operatorSocket, config.operatorGroup, kThreads,
                                            config.limits};
    fromInput([&settings] { server::OperatorServer::check(settings); });
    return settings;
}

}  // namespace gateway::app
