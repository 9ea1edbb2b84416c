#include "connectors/simulator/stage/run_directory.h"

#include <set>

#include "connectors/simulator/stage/child_process.h"
#include "gateway/trust/partners/registration.h"

namespace gateway::simulator {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarker = "this-is-a-demo-directory";

// One agency's registration while it is put together.
class Registering {
  public:
    Registering(const RunDirectory& directory, const std::string& agency) : directory_(directory) {
        out_.partner.agency = agency;
    }

    trust::CertificatePtr certificate(const std::string& name) {
        auto decoded = trust::Certificate::decode(contentsOf(directory_.certificate(name)));
        out_.certificateFiles[decoded->fingerprint()] = "../pki/" + name + ".pem";
        return decoded;
    }

    void addLine(const Line& line) {
        trust::Channel channel;
        channel.id = line.id;
        channel.ownerAgency = line.owner;
        channel.certificate = certificate(lineName(line.id));
        for (const auto& code : line.carries) channel.carries.push_back({code, {}, true});
        out_.channels.push_back(std::move(channel));
    }

    void addMember(const Member& member, const mapping::Mappings& mappings) {
        out_.signers.push_back({member.code, certificate(sealName(member.code)), {}, {}});
        auto& partner = out_.partner;
        partner.preferredFamily = member.xml ? "xml" : "json";
        const std::string canonical = member.xml ? "case-model-xml/*" : "case-model-json/*";
        partner.formatsIn = {member.format + "/*"};
        if (partner.formatsIn.front() != canonical) partner.formatsIn.push_back(canonical);
        // The command-line client acknowledges deliveries in canonical JSON.
        if (member.xml) partner.formatsIn.emplace_back("case-model-json/*");
        if (member.role == Role::Committee) partner.formatsIn.emplace_back("edxml/*");
        for (const auto* plan : mappings.all())
            if (plan->outward() && plan->oursIsModel() &&
                plan->id().starts_with(member.format + "/"))
                partner.formatsOut[plan->messageType()] = plan->id();
    }

    void addPush(const Member& member, std::uint16_t port) {
        out_.partner.pushUrl =
            "https://127.0.0.1:" + std::to_string(port) + "/deliveries/" + member.code;
        out_.partner.pushStatusUrl = *out_.partner.pushUrl + "/" + std::string(trust::kItemPlace);
        out_.partner.pushServerAnchors = {certificate("ca")};
    }

    void write() const {
        trust::writeRegistration(
            directory_.root() / "registrations" / (out_.partner.agency + ".xml"), out_);
    }

  private:
    const RunDirectory& directory_;
    trust::Registration out_;
};

}  // namespace

RunDirectory::RunDirectory(const fs::path& directory, fs::path sourceRoot) :
    root_(fs::absolute(directory).lexically_normal()), source_(std::move(sourceRoot)) {
    if (!fs::exists(source_ / "mappings" / "schemas" / "mapping.xsd"))
        throw base::Fault("no mappings/schemas below " + source_.string() + "; use --root");
    if (fs::exists(root_) && !fs::is_empty(root_)) {
        if (!fs::exists(root_ / kMarker))
            throw base::Fault(root_.string() + " is not empty and no demo directory");
        fs::remove_all(root_);
    }
    fs::create_directories(root_ / "registrations");
    fs::permissions(root_, fs::perms::owner_all);
    writeFile(root_ / kMarker, "");
}

void RunDirectory::makeKeys(const Cast& cast, const trust::DemoTerm& term) const {
    using trust::DemoKind;
    std::vector<trust::DemoSubject> subjects = {{kDoor, DemoKind::Server},
                                                {kReceiver, DemoKind::Server},
                                                {kPusher, DemoKind::Channel},
                                                {kGatewaySeal, DemoKind::GatewaySeal}};
    for (const auto& line : cast.lines) subjects.push_back({lineName(line.id), DemoKind::Channel});
    for (const auto& [code, member] : cast.members)
        subjects.push_back({sealName(code), DemoKind::Seal, member.seal});
    trust::makeDemoPki(pki(), subjects, term);
}

void RunDirectory::writeRegistrations(const Cast& cast, const mapping::Mappings& mappings,
                                      std::uint16_t receiverPort) const {
    std::set<std::string> agencies;
    for (const auto& [code, member] : cast.members) agencies.insert(code);
    for (const auto& line : cast.lines) agencies.insert(line.owner);
    for (const auto& code : agencies) {
        Registering registering(*this, code);
        for (const auto& line : cast.lines)
            if (line.owner == code) registering.addLine(line);
        const auto member = cast.members.find(code);
        if (member != cast.members.end()) {
            registering.addMember(member->second, mappings);
            if (member->second.push) registering.addPush(member->second, receiverPort);
        }
        registering.write();
    }
}

void RunDirectory::writeSettings(const std::string& more) const {
    const auto line = [](const std::string& key, const fs::path& value) {
        return key + " = " + value.string() + "\n";
    };
    writeFile(settings(),
              line("gateway.id", kGatewayId) + line("gateway.environment", kEnvironment) +
                  "listen.address = 127.0.0.1\nlisten.port = 0\npublic.listen = 127.0.0.1:0\n" +
                  line("tls.certificate", certificate(kDoor)) + line("tls.key", key(kDoor)) +
                  line("tls.clientAnchors", authority()) +
                  line("push.certificate", certificate(kPusher)) + line("push.key", key(kPusher)) +
                  line("seal.certificate", certificate(kGatewaySeal)) +
                  line("seal.key", key(kGatewaySeal)) + line("store.file", root_ / "gateway.db") +
                  line("operator.socket", socket()) + line("data.mappings", mappings()) +
                  line("data.connectors", source_ / "connectors") +
                  line("data.registrations", root_ / "registrations") +
                  line("data.revocationLists", pki() / "crl") +
                  line("data.revocationAnchors", authority()) + more);
}

}  // namespace gateway::simulator
