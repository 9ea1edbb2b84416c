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

std::unique_ptr<trust::Signer> sealSigner(const Config& config) {
    return fromInput([&] { return trust::loadSigner(config.sealKey, config.sealCertificate); });
}

}  // namespace gateway::app
