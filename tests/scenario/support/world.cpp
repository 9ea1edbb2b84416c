#include "tests/scenario/support/world.h"

#include <signal.h>

#include <iterator>
#include <sstream>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/server/operators/operator_client.h"
#include "tests/scenario/support/reply.h"

namespace gateway::scenario {
namespace {

// Long enough for a machine that does much else at the same time.
constexpr Patience kStart{60'000};
constexpr std::chrono::minutes kOperatorPatience{2};

std::string fileName(const std::string& name, const char* ending) { return "pki/" + name + ending; }

std::string attribute(const std::string& name, const std::string& value) {
    return value.empty() ? "" : " " + name + "=\"" + value + "\"";
}

std::string registrationOf(const Enrolment& e) {
    std::string xml = "<registration xmlns=\"urn:thahc:registration:1\" agency=\"" + e.agency +
                      "\">\n<channel id=\"ch-" + e.agency + "\" certificate=\"" +
                      fileName(e.agency + "-channel", ".pem") + "\"" +
                      attribute("revoked", e.channelRevoked) + ">\n";
    const auto carries = [&xml](const std::string& agency, const char* how) {
        xml += "<carries agency=\"" + agency + "\" " + how + "/>\n";
    };
    carries(e.agency, "read=\"true\"");
    for (const auto& agency : e.carriesAlso) carries(agency, "read=\"true\"");
    for (const auto& agency : e.carriesUnread) carries(agency, "read=\"false\"");
    for (const auto& agency : e.carriesNoMore)
        carries(agency, "read=\"true\" until=\"2026-01-01\"");
    xml += "</channel>\n<signer certificate=\"" + fileName(e.agency + "-seal", ".pem") + "\"" +
           attribute("revoked", e.sealRevoked) + "/>\n";
    for (const auto& seal : e.moreSeals)
        xml += "<signer certificate=\"" + fileName(seal, ".pem") + "\"/>\n";
    xml += "<formats preferred=\"" + e.preferred + "\">\n";
    for (const auto& in : e.formatsIn) xml += "<in mapping=\"" + in + "\"/>\n";
    for (const auto& [message, mapping] : e.formatsOut)
        xml += "<out message=\"" + message + "\" mapping=\"" + mapping + "\"/>\n";
    xml += "</formats>\n";
    if (!e.pushUrl.empty())
        xml += "<push url=\"" + e.pushUrl + "\" idempotent=\"" +
               (e.pushIdempotent ? "true" : "false") + "\"" + attribute("status", e.pushStatus) +
               "><anchor certificate=\"pki/ca.pem\"/></push>\n";
    return xml + "</registration>\n";
}

}  // namespace

std::string OperatorReply::at(std::string_view path) const { return valueAt(content, path); }

World::World() {
    const auto registrations = folder() / "registrations";
    std::filesystem::create_directories(registrations);
    std::filesystem::create_directories(copies());
    pki_ = trust::DemoPki::create(registrations / "pki", term());
    issue("gateway-tls", trust::DemoKind::Server);
    issue("gateway-seal", trust::DemoKind::GatewaySeal);
    issue("gateway-push", trust::DemoKind::Channel);
    settings_ = {{"gateway.id", "thahc"},
                 {"gateway.environment", "test"},
                 {"listen.port", "0"},
                 {"tls.certificate", certificate("gateway-tls")},
                 {"tls.key", key("gateway-tls")},
                 {"tls.clientAnchors", authority()},
                 {"push.certificate", certificate("gateway-push")},
                 {"push.key", key("gateway-push")},
                 {"seal.certificate", certificate("gateway-seal")},
                 {"seal.key", key("gateway-seal")},
                 {"store.file", storeFile()},
                 {"store.backups", copies()},
                 {"operator.socket", folder() / "operator.sock"},
                 {"data.mappings", THAHC_SOURCE_DIR "/mappings"},
                 {"data.connectors", THAHC_SOURCE_DIR "/connectors"},
                 {"data.registrations", registrations},
                 {"data.revocationLists", registrations / "pki" / "crl"},
                 {"data.revocationAnchors", authority()}};
}

trust::DemoTerm World::term() const {
    const auto now = base::SystemClock().now();
    return {now - std::chrono::hours(24), now + std::chrono::hours(24 * 7)};
}

void World::issue(const std::string& name, trust::DemoKind kind, trust::DemoAlgorithm algorithm,
                  std::chrono::hours age) {
    auto dates = term();
    dates.from = base::SystemClock().now() - age;
    pki_->issue({name, kind, algorithm}, dates);
}

void World::revoke(const std::vector<std::string>& certificateNames) {
    pki_->writeRevocationList(certificateNames, term());
}

void World::letListAge(std::chrono::hours age, std::chrono::hours overdue) {
    const auto now = base::SystemClock().now();
    pki_->writeRevocationList({}, {now - age, now - overdue});
}

void World::issueChannelElsewhere(const std::string& agency) {
    const auto name = agency + "-channel";
    std::istringstream words(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        " -subj /CN=Elsewhere -addext extendedKeyUsage=clientAuth"
        " -addext basicConstraints=critical,CA:FALSE");
    std::vector<std::string> command{std::istream_iterator<std::string>(words), {}};
    command.insert(command.end(), {"-keyout", key(name), "-out", certificate(name)});
    std::string output;
    if (run(command, &output) != 0) throw base::Fault("openssl: " + output);
    settings_["tls.clientAnchors"] = authority().string() + "," + certificate(name).string();
}

void World::enrol(const Enrolment& enrolment) {
    const auto& agency = enrolment.agency;
    if (!std::filesystem::exists(certificate(agency + "-channel")))
        issue(agency + "-channel", trust::DemoKind::Channel);
    if (!std::filesystem::exists(certificate(agency + "-seal")))
        issue(agency + "-seal", trust::DemoKind::Seal, enrolment.algorithm);
    writeFile(folder() / "registrations" / (agency + ".xml"), registrationOf(enrolment));
}

void World::writeSettings() const {
    std::string text;
    for (const auto& [key, value] : settings_) text += key + " = " + value + "\n";
    writeFile(folder() / "gateway.properties", text);
}

// As an operator does once; a start with another store.file does not make that one.
void World::makeStore() const {
    if (std::filesystem::exists(folder() / "store-identity")) return;
    std::string output;
    if (run({binary(), "store", "create", "--config", folder() / "gateway.properties", "--set",
             "store.file=" + storeFile().string()},
            &output) != 0)
        throw base::Fault("store create: " + output);
}

bool World::start(const std::vector<std::string>& before) {
    writeSettings();
    makeStore();
    auto words = before;
    for (const std::string& word : {binary(), std::string("serve"), std::string("--config"),
                                    (folder() / "gateway.properties").string()})
        words.push_back(word);
    const auto from = log().size();
    process_.reset();  // who still runs holds the store until it is gone
    process_ = std::make_unique<Child>(words, logFile());
    return eventually(
               [&] {
                   const auto fresh = log().substr(from);
                   const auto ready = fresh.find("\"event\":\"gateway.ready\"");
                   if (ready == std::string::npos) return !process_->running();
                   const auto address = fresh.find("\"address\":\"127.0.0.1:", ready);
                   const std::lock_guard lock(mutex_);
                   port_ = static_cast<std::uint16_t>(std::stoi(fresh.substr(address + 21, 5)));
                   return true;
               },
               kStart) &&
           process_->running();
}

std::optional<int> World::stop(Patience patience) {
    process_->signal(SIGTERM);
    return process_->wait(patience);
}

void World::kill() {
    process_->signal(SIGKILL);
    static_cast<void>(process_->wait(Patience(20'000)));
}

std::uint16_t World::port() const {
    const std::lock_guard lock(mutex_);
    return port_;
}

OperatorReply World::callOperator(const std::string& path,
                                  const std::optional<std::string>& body) const {
    OperatorReply reply;
    const auto answer =
        server::callOperator(folder() / "operator.sock", path, body, kOperatorPatience);
    if (!answer) return reply;
    reply.status = answer->status;
    reply.body = answer->body;
    if (auto tree = document::readJson(reply.body)) reply.content = std::move(tree->root);
    return reply;
}

OperatorReply World::operatorGet(const std::string& path) const {
    return callOperator(path, std::nullopt);
}

OperatorReply World::operatorPost(const std::string& path, const std::string& body) const {
    return callOperator(path, body);
}

int World::command(std::vector<std::string> words, std::string* output) const {
    words.insert(words.begin(), binary());
    words.emplace_back("--socket");
    words.push_back(folder() / "operator.sock");
    return run(words, output);
}

std::string World::rebuild() const {
    const auto reply = operatorPost("/v1/rebuild");
    if (reply.status != 200) return "no answer: " + std::to_string(reply.status);
    return reply.at("clean") == "true" ? "clean" : reply.body;
}

std::filesystem::path World::certificate(const std::string& name) const {
    return pki_->certificateFile(name);
}

std::filesystem::path World::key(const std::string& name) const { return pki_->keyFile(name); }

std::filesystem::path World::authority() const { return pki_->directory() / "ca.pem"; }

trust::CertificatePtr World::load(const std::filesystem::path& pem) const {
    return trust::Certificate::decode(readFile(pem));
}

std::string World::binary() { return THAHC_BINARY_DIR "/bin/thahc-gateway"; }

}  // namespace gateway::scenario
