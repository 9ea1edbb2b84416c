#include "gateway/app/client/own_identity.h"

#include "gateway/base/time_format.h"

namespace gateway::app {

server::TlsContextPtr doorTls(const Config& config) {
    return fromInput([&] {
        return server::TlsContext::forServer({config.tlsCertificate, config.tlsKey},
                                             config.tlsClientAnchors);
    });
}

server::TlsContextPtr publicTls(const Config& config) {
    if (config.publicCertificate.empty() != config.publicKey.empty())
        throw ConfigError("public.certificate and public.key are set together or not at all");
    return fromInput([&] {
        return server::TlsContext::forPublic(
            config.publicCertificate.empty()
                ? server::TlsIdentity{config.tlsCertificate, config.tlsKey}
                : server::TlsIdentity{config.publicCertificate, config.publicKey});
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

exchange::SealPtr loadSeal(const Config& config, const base::Clock& clock,
                           const exchange::SealPtr& inService) {
    std::shared_ptr<const trust::Signer> signer =
        fromInput([&] { return trust::loadSigner(config.sealKey, config.sealCertificate); });
    const auto& certificate = *signer->certificate();
    if (inService && inService->certificate()->fingerprint() == certificate.fingerprint())
        return inService;
    const auto now = clock.now();
    if (now < certificate.notBefore() || now > certificate.notAfter())
        throw InputError("the seal's certificate is valid from " +
                         base::formatTimestamp(certificate.notBefore()) + " until " +
                         base::formatTimestamp(certificate.notAfter()) + ", not now");
    return std::make_shared<const exchange::EvidenceSeal>(config.identity, std::move(signer));
}

server::OperatorServerSettings operatorDoor(const Config& config) {
    constexpr std::size_t kThreads = 16;
    server::OperatorServerSettings settings{config.operatorSocket, config.operatorGroup, kThreads,
                                            config.limits};
    fromInput([&settings] { server::OperatorServer::check(settings); });
    return settings;
}

server::OperatorServerSettings monitorDoor(const Config& config) {
    constexpr std::size_t kThreads = 8;
    server::OperatorServerSettings settings{config.monitorSocket, config.monitorGroup, kThreads,
                                            config.limits};
    fromInput([&settings] { server::OperatorServer::check(settings); });
    return settings;
}

}  // namespace gateway::app
