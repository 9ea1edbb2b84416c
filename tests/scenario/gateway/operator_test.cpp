// What operators do while partners work: reload, stop, back up, register, revoke.

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <sstream>
#include <thread>

#include "gateway/base/clock.h"
#include "tests/scenario/gateway/refusals.h"
#include "tests/scenario/support/correspondence.h"

namespace gateway::scenario {
namespace {

using thahc::test::TlsProbe;

class Operators : public testing::Test {
  protected:
    void prepare() {
        enrolProvince(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
        agencies_.emplace(world_);
    }
    void TearDown() override {
        if (world_.running()) {
            EXPECT_EQ(world_.rebuild(), "clean");
        }
    }
    // SIGHUP, and the word of the log on what came of it.
    bool hangUp(const std::string& event) {
        const auto from = world_.log().size();
        world_.process().signal(SIGHUP);
        return eventually([&] { return world_.log().find(event, from) != std::string::npos; });
    }
    // Every series by its name and labels, as a scraper reads them.
    std::map<std::string, double> metrics() const {
        const auto reply = world_.operatorGet("/metrics");
        EXPECT_EQ(reply.status, 200);
        std::map<std::string, double> series;
        std::istringstream lines(reply.body);
        for (std::string line; std::getline(lines, line);) {
            const auto blank = line.rfind(' ');
            if (!line.starts_with('#') && blank != std::string::npos)
                series[line.substr(0, blank)] = std::stod(line.substr(blank + 1));
        }
        return series;
    }
    static std::string whoAmI() { return "GET /v1/whoami HTTP/1.1\r\nHost: gateway\r\n\r\n"; }
    static int askOn(TlsProbe& probe, std::string* body = nullptr) {
        if (!probe.send(whoAmI())) return 0;
        const auto answer = probe.receive();
        if (body) *body = answer.body;
        return answer.status;
    }

    World world_;
    std::optional<Agencies> agencies_;
};

TEST_F(Operators, ReloadKeepsConnectionsAndStopsARevokedChannelOnThem) {
    prepare();
    TlsProbe court(agencies_->court.wire());
    TlsProbe committee(agencies_->committee.wire());
    EXPECT_EQ(askOn(court), 200);
    EXPECT_EQ(askOn(committee), 200);
    Enrolment enrolment;
    enrolment.agency = kCourt;
    enrolment.channelRevoked = "2026-01-01T00:00:00Z";
    world_.enrol(enrolment);
    // Data on a disk are only data until they are taken.
    EXPECT_EQ(askOn(court), 200);
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reloaded\""));
    std::string body;
    EXPECT_EQ(askOn(court, &body), 403);
    EXPECT_NE(body.find("CHANNEL_REVOKED"), std::string::npos) << body;
    EXPECT_EQ(askOn(committee), 200);
    enrolment.channelRevoked.clear();
    world_.enrol(enrolment);
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reloaded\""));
    EXPECT_EQ(agencies_->court.get("/v1/whoami").status, 200);
    EXPECT_EQ(askOn(committee), 200);
}

TEST_F(Operators, WrongNewDataLeaveTheOldInService) {
    prepare();
    TlsProbe committee(agencies_->committee.wire());
    EXPECT_EQ(askOn(committee), 200);
    const auto file = world_.folder() / "registrations" / (kCourt + ".xml");
    const auto good = readFile(file);
    for (const std::string& bad :
         {good.substr(0, good.size() / 2), good + "<x/>",
          std::string("<registration xmlns=\"urn:thahc:registration:1\" agency=\"H99.Z9\"/>"),
          std::string("<registration xmlns=\"urn:thahc:registration:1\" agency=\"") + kCourt +
              "\"><formats><in mapping=\"no-such/format\"/></formats></registration>"}) {
        writeFile(file, bad);
        ASSERT_TRUE(hangUp("\"event\":\"gateway.reload_refused\"")) << bad;
        const auto reply = world_.operatorPost("/v1/reload");
        EXPECT_EQ(reply.status, 409);
        EXPECT_EQ(reply.at("done"), "false");
        EXPECT_EQ(askOn(committee), 200);
        EXPECT_EQ(agencies_->court.send(model::Ping{"vẫn như cũ"}).verdict(), "accepted");
    }
    writeFile(file, good);
    EXPECT_TRUE(hangUp("\"event\":\"gateway.reloaded\""));
}

// A court sends all the while; whatever version reads, each message is taken.
TEST_F(Operators, AVersionIsActivatedAndRolledBackUnderLoad) {
    const auto mappings = world_.folder() / "mappings";
    std::filesystem::copy(THAHC_SOURCE_DIR "/mappings", mappings,
                          std::filesystem::copy_options::recursive);
    const auto folder = mappings / "case-model-json" / "ping";
    auto next = readFile(folder / "mapping.xml");
    next.replace(next.find("version=\"1\""), 11, "version=\"2\"");
    writeFile(folder / "mapping-2.xml", next);
    world_.set("data.mappings", mappings);
    prepare();
    std::atomic<bool> over = false;
    std::atomic<int> refused = 0, first = 0, second = 0;
    std::thread sender([&] {
        while (!over) {
            const auto reply = agencies_->court.send(model::Ping{"đang gửi"});
            const bool taken = reply.verdict() == "accepted";
            const auto by = taken ? reply.at("receipt/mappingId") : std::string();
            ++(by == "case-model-json/ping@1"
                   ? first
                   : (by == "case-model-json/ping@2" ? second : refused));
        }
    });
    const auto awaited = [&](const std::atomic<int>& count) {
        for (const int before = count; count == before && refused == 0;) std::this_thread::yield();
    };
    for (int round = 0; round < 2; ++round) {
        awaited(first);
        EXPECT_EQ(world_.command({"mapping", "activate", "case-model-json/ping@2"}), 0);
        awaited(second);
        EXPECT_EQ(world_.command({"mapping", "rollback", "case-model-json/ping"}), 0);
    }
    EXPECT_EQ(world_.command({"mapping", "activate", "case-model-json/ping@9"}), 1);
    over = true;
    sender.join();
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(world_.rebuild(), "clean");
}

TEST_F(Operators, ANewMappingWithoutAStop) {
    const auto mappings = world_.folder() / "mappings";
    std::filesystem::copy(THAHC_SOURCE_DIR "/mappings", mappings,
                          std::filesystem::copy_options::recursive);
    world_.set("data.mappings", mappings);
    prepare();
    TlsProbe live(agencies_->court.wire());
    EXPECT_EQ(askOn(live), 200);
    const auto before = agencies_->court.send(model::Ping{"trước"});
    const auto file = mappings / "case-model-json" / "ping" / "mapping.xml";
    const auto old = readFile(file);
    writeFile(file, old + "<!-- bản mới -->\n");
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reloaded\""));
    const auto after = agencies_->court.send(model::Ping{"sau"});
    EXPECT_EQ(after.verdict(), "accepted");
    EXPECT_EQ(after.at("receipt/mappingId"), before.at("receipt/mappingId"));
    EXPECT_NE(after.at("receipt/mappingSha256"), before.at("receipt/mappingSha256"));
    writeFile(file, old.substr(0, old.size() / 2));
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reload_refused\""));
    EXPECT_EQ(agencies_->court.send(model::Ping{"vẫn"}).at("receipt/mappingSha256"),
              after.at("receipt/mappingSha256"));
    EXPECT_EQ(askOn(live), 200);
}

TEST_F(Operators, WhatWaitsForARulingTooLongLeavesAndItsSenderIsTold) {
    world_.set("limits.parkedKeptSeconds", "1");
    prepare();
    const auto& enforcement = agencies_->enforcement;
    const auto early = enforcement.message(registrationOf("77/2026/HC-ST", "77/2026"));
    ASSERT_EQ(enforcement.send(early).verdict(), "parked");
    const auto over = base::SystemClock().now() + std::chrono::seconds(1);
    ASSERT_TRUE(eventually([&] { return base::SystemClock().now() > over; }));
    // The round is made behind each start and every hour.
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    ASSERT_TRUE(eventually([&] {
        return world_.operatorGet("/v1/waiting").at("recipients/0/recipient") == kEnforcement;
    })) << world_.log();
    const auto item = valueAt(enforcement.mailbox(), "0/item");
    const auto letter = enforcement.get("/v1/mailbox/" + item);
    EXPECT_EQ(letter.at("envelope/type"), "DocumentTransfer");
    EXPECT_EQ(letter.at("delivery/sourceMessageId"), early.envelope.id);
    // Its ruling comes too late for it.
    const auto transferred = agencies_->court.send(transferOf("77/2026/HC-ST"));
    EXPECT_EQ(transferred.verdict(), "accepted");
    EXPECT_EQ(transferred.at("receipt/notes/0"), "");
}

TEST_F(Operators, ANewServerCertificateWithoutAStop) {
    prepare();
    TlsProbe old(agencies_->court.wire());
    EXPECT_EQ(askOn(old), 200);
    world_.issue("gateway-tls-2", trust::DemoKind::Server);
    const auto copy = [&](const std::filesystem::path& from, const std::filesystem::path& to) {
        writeFile(to, readFile(from));
    };
    copy(world_.certificate("gateway-tls-2"), world_.certificate("gateway-tls"));
    copy(world_.key("gateway-tls-2"), world_.key("gateway-tls"));
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reloaded\""));
    TlsProbe fresh(agencies_->court.wire());
    EXPECT_EQ(askOn(fresh), 200);
    EXPECT_EQ(fresh.serverFingerprintHex(),
              world_.load(world_.certificate("gateway-tls-2"))->fingerprint().hex());
    EXPECT_NE(old.serverFingerprintHex(), fresh.serverFingerprintHex());
    EXPECT_EQ(askOn(old), 200);
}

TEST_F(Operators, AHangUpAnnouncesTheNextSealAndIsRecorded) {
    const auto others = world_.folder() / "others";
    std::filesystem::create_directories(others);
    world_.set("seal.others", others);
    prepare();
    EXPECT_EQ(agencies_->court.get("/v1/keys").at("keys/0/use"), "present");
    EXPECT_EQ(agencies_->court.get("/v1/keys").at("keys/1/use"), "");
    world_.issue("next-seal", trust::DemoKind::GatewaySeal);
    writeFile(others / "next.pem", readFile(world_.certificate("next-seal")));
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reloaded\""));
    const auto keys = agencies_->court.get("/v1/keys");
    EXPECT_EQ(keys.at("keys/0/use"), "present");
    EXPECT_EQ(keys.at("keys/1/use"), "next") << keys.body;
    EXPECT_EQ(keys.at("keys/1/sha256"),
              world_.load(world_.certificate("next-seal"))->fingerprint().hex());
    std::string acts;
    ASSERT_EQ(run({"sqlite3", "-readonly", world_.storeFile(),
                   "SELECT events FROM message WHERE message_type = 'OperatorAct'"},
                  &acts),
              0)
        << acts;
    EXPECT_NE(acts.find("\"reload\""), std::string::npos) << acts;
    EXPECT_NE(acts.find("/" + std::to_string(::getuid())), std::string::npos) << acts;
    // A wrong one leaves what was announced.
    writeFile(others / "wrong.pem", "no certificate");
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reload_refused\""));
    EXPECT_EQ(agencies_->court.get("/v1/keys").body, keys.body);
    std::filesystem::remove(others / "wrong.pem");
    std::filesystem::remove(others / "next.pem");
    EXPECT_EQ(world_.operatorPost("/v1/reload").status, 200);
    EXPECT_EQ(agencies_->court.get("/v1/keys").at("keys/1/use"), "");
}

TEST_F(Operators, OurSealIsRenewedWithoutARestart) {
    const auto others = world_.folder() / "others";
    std::filesystem::create_directories(others);
    world_.set("seal.others", others);
    prepare();
    const auto early = agencies_->court.json(agencies_->court.message(transferOf("1/2026/HC-ST")));
    const auto first = agencies_->court.send(early);
    const auto oldSeal = world_.load(world_.certificate("gateway-seal"))->fingerprint().hex();
    EXPECT_EQ(first.at("receipt/gatewayCertificateSha256"), oldSeal);
    const auto pid = world_.process().pid();

    world_.issue("next-seal", trust::DemoKind::GatewaySeal, trust::DemoAlgorithm::P256,
                 std::chrono::hours(1));
    const auto newSeal = world_.load(world_.certificate("next-seal"))->fingerprint().hex();
    const auto oldPem = readFile(world_.certificate("gateway-seal"));
    writeFile(world_.key("gateway-seal"), readFile(world_.key("next-seal")));
    // Half done, the key does not belong to the certificate: everything stays as it is.
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reload_refused\""));
    EXPECT_EQ(
        agencies_->court.send(transferOf("2/2026/HC-ST")).at("receipt/gatewayCertificateSha256"),
        oldSeal);
    // Nor does that stand in the way of what cannot wait.
    std::string output;
    EXPECT_EQ(
        world_.command({"agency", "revoke", "--agency", kOtherCourt, "--sha256",
                        agencies_->otherCourt.seal().signer().certificate()->fingerprint().hex()},
                       &output),
        0)
        << output;
    EXPECT_EQ(agencies_->otherCourt.send(model::Ping{}).code(), "SIGNER_REVOKED");
    writeFile(world_.certificate("gateway-seal"), readFile(world_.certificate("next-seal")));
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reload_refused\"")) << "who would verify the past?";
    EXPECT_NE(world_.operatorPost("/v1/reload").at("reason").find("seal.others"),
              std::string::npos);
    writeFile(others / "old.pem", oldPem);
    ASSERT_TRUE(hangUp("\"event\":\"gateway.reloaded\""));

    const Agencies later(world_);
    const auto second = later.court.send(transferOf("3/2026/HC-ST"));
    EXPECT_TRUE(second.sealed) << second.body;
    EXPECT_EQ(second.at("receipt/gatewayCertificateSha256"), newSeal);
    const auto refusal = later.procuracy.send(transferOf("4/2026/HC-ST"));
    EXPECT_TRUE(refusal.sealed) << refusal.body;
    EXPECT_EQ(refusal.at("refusal/gatewayCertificateSha256"), newSeal);
    EXPECT_EQ(later.court.send(early).body, first.body) << "what was sealed stays";
    const auto keys = later.court.get("/v1/keys");
    EXPECT_EQ(keys.at("keys/0/sha256"), newSeal);
    EXPECT_EQ(keys.at("keys/1/sha256"), oldSeal);
    EXPECT_EQ(keys.at("keys/1/use"), "past");
    EXPECT_EQ(world_.process().pid(), pid);
    EXPECT_EQ(world_.rebuild(), "clean");
    // A seal that is not in force yet is not taken up.
    world_.issue("early-seal", trust::DemoKind::GatewaySeal, trust::DemoAlgorithm::P256,
                 std::chrono::hours(-1));
    writeFile(others / "second.pem", readFile(world_.certificate("gateway-seal")));
    writeFile(world_.key("gateway-seal"), readFile(world_.key("early-seal")));
    writeFile(world_.certificate("gateway-seal"), readFile(world_.certificate("early-seal")));
    EXPECT_EQ(world_.operatorPost("/v1/reload").at("done"), "false");
    EXPECT_EQ(later.court.send(transferOf("5/2026/HC-ST")).at("receipt/gatewayCertificateSha256"),
              newSeal);
}

TEST_F(Operators, StopUnderLoadEndsInTimeAndLosesNothing) {
    prepare();
    Correspondence letters(*agencies_);
    letters.start(4);
    ASSERT_TRUE(eventually([&] { return letters.acknowledged() >= 40; })) << world_.log();
    const auto started = std::chrono::steady_clock::now();
    EXPECT_EQ(world_.stop(), 0) << world_.log();
    // Requests in flight have five seconds; nothing is being delivered.
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(7));
    letters.stop();
    EXPECT_NE(world_.log().find("\"event\":\"gateway.stopped\""), std::string::npos);
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(letters.settle(), "");
}

TEST_F(Operators, BackUpWhileServing) {
    prepare();
    Correspondence letters(*agencies_);
    letters.start(3);
    ASSERT_TRUE(eventually([&] { return letters.acknowledged() >= 20; }));
    std::string output;
    std::vector<std::filesystem::path> copies;
    for (int i = 0; i < 3; ++i) {
        copies.push_back(world_.copies() / ("copy" + std::to_string(i) + ".db"));
        EXPECT_EQ(world_.command({"backup", copies.back()}, &output), 0) << output;
    }
    letters.stop();
    for (const auto& copy : copies)
        EXPECT_EQ(run({World::binary(), "rebuild", "--file", copy, "--json"}, &output), 0)
            << output;
    EXPECT_EQ(letters.settle(), "");
    // A copy is never written over what is there.
    EXPECT_NE(world_.command({"backup", copies.front()}, &output), 0);
}

TEST_F(Operators, HealthMetricsAndStatus) {
    prepare();
    ASSERT_EQ(agencies_->court.send(transferOf("1/2026/HC-ST")).verdict(), "accepted");
    EXPECT_EQ(world_.operatorGet("/healthz").at("status"), "ok");
    const auto before = metrics();
    EXPECT_EQ(before.at("thahc_healthy"), 1);
    EXPECT_EQ(before.at("thahc_accepted_total{posted=\"message\"}"), 1);
    EXPECT_EQ(before.at("thahc_outbox_items{state=\"dead\"}"), 0);
    EXPECT_GT(before.at("thahc_seal_certificate_seconds"), 0);
    EXPECT_GT(before.at("thahc_door_certificate_seconds"), 0);
    EXPECT_GE(before.at("thahc_partners"), 4);
    ASSERT_EQ(agencies_->court.send(transferOf("2/2026/HC-ST")).verdict(), "accepted");
    EXPECT_EQ(agencies_->court.post("/v1/messages", {"{}", "application/jose", ""}).status, 422);
    const auto after = metrics();
    const auto rise = [&](const std::string& name) { return after.at(name) - before.at(name); };
    EXPECT_EQ(rise("thahc_accepted_total{posted=\"message\"}"), 1);
    EXPECT_EQ(rise("thahc_refused_total{class=\"U\",posted=\"message\"}"), 1);
    EXPECT_EQ(rise("thahc_request_seconds_count{method=\"POST\",route=\"/v1/messages\"}"), 2);
    EXPECT_GT(rise("thahc_request_seconds_sum{method=\"POST\",route=\"/v1/messages\"}"), 0);
    EXPECT_EQ(rise("thahc_door_requests_total{door=\"partners\"}"), 2);
    EXPECT_GE(rise("thahc_door_requests_total{door=\"operators\"}"), 1);
    EXPECT_GE(rise("thahc_store_commits_total"), 2) << "a message and a refusal";
    EXPECT_EQ(rise("thahc_outbox_items{state=\"waiting\"}"), 1);
    const auto status = world_.operatorGet("/v1/status");
    EXPECT_EQ(status.status, 200);
    EXPECT_EQ(status.at("figures/thahc_accepted_total/message"), "2");
    EXPECT_EQ(status.at("figures/thahc_outbox_items/waiting"), "2");
    EXPECT_EQ(status.at("figures/thahc_door_connections_refused_total/channel/partners"), "0");
    EXPECT_EQ(before.at("thahc_parked_messages"), 0);
    ASSERT_EQ(agencies_->enforcement.send(registrationOf("9/2026/HC-ST", "1")).verdict(), "parked");
    EXPECT_EQ(metrics().at("thahc_parked_messages"), 1);
    EXPECT_EQ(world_.operatorGet("/v1/status").at("figures/thahc_parked_messages"), "1");
    std::string output;
    EXPECT_EQ(world_.command({"status", "--json"}, &output), 0) << output;
    EXPECT_EQ(world_.command({"agency", "list", "--json"}, &output), 0);
    for (const auto& code : {kCourt, kEnforcement, kProcuracy, kCommittee})
        EXPECT_NE(output.find("\"" + code + "\""), std::string::npos) << output;
}

TEST_F(Operators, ChannelsAndSignersByCommand) {
    prepare();
    world_.issue("second-channel", trust::DemoKind::Channel);
    world_.issue("second-seal", trust::DemoKind::Seal);
    const Agency second(world_, kCourt, "second-channel", "second-seal");
    expectTransport(second.get("/v1/whoami"), 403, "CHANNEL_UNKNOWN");
    std::string output;
    ASSERT_EQ(world_.command({"agency", "add-channel", "--agency", kCourt, "--id", "ch-second",
                              "--certificate", world_.certificate("second-channel")},
                             &output),
              0)
        << output;
    EXPECT_EQ(second.get("/v1/whoami").status, 200);
    EXPECT_EQ(second.send(model::Ping{"mới"}).code(), "SIGNER_UNKNOWN");
    ASSERT_EQ(world_.command({"agency", "add-signer", "--agency", kCourt, "--certificate",
                              world_.certificate("second-seal")},
                             &output),
              0)
        << output;
    EXPECT_EQ(second.send(model::Ping{"mới"}).verdict(), "accepted");
    const auto fingerprint = world_.load(world_.certificate("second-channel"))->fingerprint();
    ASSERT_EQ(world_.command(
                  {"agency", "revoke", "--agency", kCourt, "--sha256", fingerprint.hex()}, &output),
              0)
        << output;
    expectTransport(second.get("/v1/whoami"), 403, "CHANNEL_REVOKED");
    // What was registered by command is there after a new start.
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    expectTransport(second.get("/v1/whoami"), 403, "CHANNEL_REVOKED");
    const Agency mixed(world_, kCourt, "", "second-seal");
    EXPECT_EQ(mixed.send(model::Ping{"còn"}).verdict(), "accepted");
    // A mistake changes nothing.
    EXPECT_NE(world_.command({"agency", "add-channel", "--agency", kCourt, "--id", "ch-second",
                              "--certificate", world_.certificate("gateway-tls")},
                             &output),
              0);
    EXPECT_NE(world_.command({"agency", "add-signer", "--agency", "H99.Z9", "--certificate",
                              world_.certificate("second-seal")},
                             &output),
              0);
    EXPECT_EQ(agencies_->court.send(model::Ping{"như cũ"}).verdict(), "accepted");
}

// What the door would turn away is not registered, and the operator hears why.
TEST_F(Operators, CertificatesAreJudgedAsTheDoorWill) {
    prepare();
    World elsewhere;
    elsewhere.issue("foreign", trust::DemoKind::Channel);
    world_.issue("lost-channel", trust::DemoKind::Channel);
    world_.issue("lost-seal", trust::DemoKind::Seal);
    world_.revoke({"lost-channel", "lost-seal"});
    std::string output;
    ASSERT_EQ(world_.command({"reload"}, &output), 0) << output;
    const auto registrations = readFile(world_.folder() / "registrations" / (kCourt + ".xml"));
    const auto refuse = [&](std::vector<std::string> words, const std::filesystem::path& pem,
                            const std::string& reason) {
        words.insert(words.begin(), "agency");
        words.insert(words.end(), {"--agency", kCourt, "--certificate", pem});
        EXPECT_EQ(world_.command(words, &output), 1) << output;
        EXPECT_NE(output.find(reason), std::string::npos) << output;
        EXPECT_NE(output.find("CN="), std::string::npos) << output;
    };
    refuse({"add-channel", "--id", "x"}, elsewhere.certificate("foreign"),
           "unable to get local issuer certificate");
    refuse({"add-channel", "--id", "x"}, world_.certificate("gateway-tls"), "clientAuth");
    refuse({"add-channel", "--id", "x"}, world_.certificate("lost-channel"), "revoked");
    refuse({"add-signer"}, world_.certificate("lost-seal"), "revoked");
    EXPECT_EQ(readFile(world_.folder() / "registrations" / (kCourt + ".xml")), registrations);
}

}  // namespace
}  // namespace gateway::scenario
