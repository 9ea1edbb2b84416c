#include "connectors/simulator/stage/world.h"

#include "connectors/simulator/stage/child_process.h"
#include "gateway/exchange/reference/agency_codes.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/code_lists.h"
#include "gateway/mapping/model_shape.h"

namespace gateway::simulator {
namespace {

constexpr const char* kTheGateway = "the-gateway";

trust::CertificatePtr certificateIn(const std::filesystem::path& file) {
    return trust::Certificate::decode(contentsOf(file));
}

}  // namespace

Reference loadReference(const std::filesystem::path& sourceRoot) {
    const auto mappings = sourceRoot / "mappings";
    auto agencies = exchange::ReferenceData::load(exchange::ReferencePaths::under(sourceRoot));
    const auto schema = document::XmlSchema::load(mappings / "schemas" / "code-list.xsd");
    std::vector<std::shared_ptr<const mapping::CodeLists>> lists = {
        mapping::FileCodeLists::load(mappings / "code-lists", *schema),
        std::make_shared<const exchange::AgencyCodes>(agencies->sharedDirectory(),
                                                      agencies->sharedNames())};
    auto plans = mapping::Mappings::load(
        mappings, mapping::ModelShape(law::actPathsOf(agencies->law())),
        std::make_shared<const mapping::CombinedCodeLists>(std::move(lists)));
    return {std::move(agencies), std::move(plans)};
}

World::World(const RunDirectory& runDirectory, Reference data, const Cast& cast,
             const base::Clock& time) :
    directory(runDirectory),
    reference(std::move(data)),
    clock(time),
    tools(runDirectory.source() / "gateway" / "docs" / "examples",
          runDirectory.certificate(kGatewaySeal), runDirectory.root() / "evidence"),
    gateway(std::string(kGatewayId) + "/" + kEnvironment) {
    for (const auto& line : cast.lines)
        lines_[line.id] = std::make_unique<server::HttpsClient>(server::TlsIdentity{
            directory.certificate(lineName(line.id)), directory.key(lineName(line.id))});
    target_.host = "127.0.0.1";
    target_.anchorsDer = {certificateIn(directory.authority())->der()};
    gatewayChannel_.id = gatewayChannel_.ownerAgency = kTheGateway;
    gatewayChannel_.certificate = certificateIn(directory.certificate(kDoor));
    gatewayChannel_.carries = {{kTheGateway, {}, true}};
    trust::Registry::Data known;
    known.channels = {gatewayChannel_};
    known.signers = {{kTheGateway, certificateIn(directory.certificate(kGatewaySeal)), {}, {}}};
    base::Limits limits;
    verifier_ = std::make_unique<trust::Verifier>(
        std::make_shared<const trust::Registry>(std::move(known)), nullptr, limits);
}

void World::open(std::uint16_t port) {
    target_.port = port;
    port_ = std::to_string(port);
}

base::Result<trust::Verified> World::verify(const std::string& bytes,
                                            const std::string& mediaType) const {
    return verifier_->verify({bytes, mediaType, ""}, gatewayChannel_, clock.now());
}

std::string World::name(const std::string& agency) const {
    const auto* found = reference.agencies->directory().find(agency);
    return found ? std::string(found->nameOn(base::vietnamDate(clock.now()))) : agency;
}

}  // namespace gateway::simulator
