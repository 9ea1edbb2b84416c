// Changes to registration files, in a folder of their own.

#include "gateway/app/process/registration_change.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include "gateway/app/process/snapshot_loader.h"
#include "gateway/base/time_format.h"
#include "tests/scenario/support/facts.h"
#include "tests/scenario/support/world.h"

namespace gateway::app {
namespace {

std::string contentsOf(std::istream&& in) { return {std::istreambuf_iterator<char>(in), {}}; }

class RegistrationChanges : public testing::Test {
  protected:
    void SetUp() override {
        scenario::Enrolment enrolment;
        enrolment.agency = scenario::kCourt;
        world_.enrol(enrolment);
        config_.mappings = THAHC_SOURCE_DIR "/mappings";
        config_.registrations = world_.folder() / "registrations";
        before_ = contentsOf(std::ifstream(file()));
    }
    std::filesystem::path file() const {
        return config_.registrations / (scenario::kCourt + ".xml");
    }
    document::Node revocation(const std::string& sha256) const {
        auto details = document::objectNode();
        details.children.push_back(document::stringNode("agency", scenario::kCourt));
        details.children.push_back(document::stringNode("sha256", sha256));
        return details;
    }
    document::Node addition(const std::filesystem::path& certificate) const {
        auto details = document::objectNode();
        details.children.push_back(document::stringNode("agency", scenario::kCourt));
        details.children.push_back(document::stringNode("id", "second"));
        details.children.push_back(
            document::stringNode("pem", contentsOf(std::ifstream(certificate))));
        return details;
    }
    // Refused for that reason, and nothing is left behind.
    void expectRefused(const char* act, const std::string& certificate, const char* reason,
                       base::Timestamp at) {
        const auto done = change_.apply(act, addition(certificate), at);
        ASSERT_FALSE(done) << act << ' ' << certificate;
        EXPECT_NE(done.error().find(reason), std::string::npos) << done.error();
        EXPECT_NE(done.error().find("CN="), std::string::npos) << done.error();
        EXPECT_EQ(contentsOf(std::ifstream(file())), before_);
        EXPECT_FALSE(std::filesystem::exists(config_.registrations / "certificates"));
    }
    std::string channel() const {
        return world_.load(world_.certificate(scenario::kCourt + "-channel"))->fingerprint().hex();
    }

    scenario::World world_;
    Config config_;
    std::string before_;
    base::SystemClock clock_;
    // What the door was asked, and what it says.
    std::vector<trust::CertificatePtr> shown_;
    base::Timestamp triedAt_{};
    std::optional<std::string> word_;
    RegistrationChange change_{config_, [this](const auto& shown, auto, auto at) {
                                   shown_ = shown;
                                   triedAt_ = at;
                                   return word_;
                               }};
};

TEST_F(RegistrationChanges, AreUndoneAsAWhole) {
    ASSERT_TRUE(change_.apply("revoke", revocation(channel()), clock_.now()));
    const auto changed = contentsOf(std::ifstream(file()));
    EXPECT_NE(changed, before_);
    // Whoever reads while it is put back sees one file or the other.
    std::ifstream reading(file());
    change_.undo();
    EXPECT_EQ(contentsOf(std::move(reading)), changed);
    EXPECT_EQ(contentsOf(std::ifstream(file())), before_);
    EXPECT_FALSE(std::filesystem::exists(file().string() + ".new"));
}

TEST_F(RegistrationChanges, AddOnlyCertificatesThatCanServe) {
    world_.issue("seal-2", trust::DemoKind::Seal);
    world_.issue("channel-2", trust::DemoKind::Channel);
    const auto end = world_.load(world_.certificate("seal-2"))->notAfter();
    for (const char* act : {"add-signer", "add-channel"}) {
        expectRefused(act, world_.authority(), "CA:TRUE", clock_.now());
        expectRefused(act, world_.certificate("seal-2"), "expired", end + std::chrono::seconds(1));
    }
    ASSERT_TRUE(change_.apply("add-signer", addition(world_.certificate("seal-2")), end));
    ASSERT_TRUE(
        change_.apply("add-channel", addition(world_.certificate("channel-2")), clock_.now()));
    EXPECT_NE(contentsOf(std::ifstream(file())).find("\"second\""), std::string::npos);
}

TEST_F(RegistrationChanges, ASignersKeyMaySign) {
    const auto pem = world_.folder() / "mute.pem";
    std::string output;
    ASSERT_EQ(scenario::run({"openssl",
                             "req",
                             "-x509",
                             "-newkey",
                             "ec",
                             "-pkeyopt",
                             "ec_paramgen_curve:P-256",
                             "-nodes",
                             "-days",
                             "2",
                             "-subj",
                             "/CN=Mute",
                             "-addext",
                             "keyUsage=critical,keyAgreement",
                             "-addext",
                             "basicConstraints=critical,CA:FALSE",
                             "-keyout",
                             world_.folder() / "mute.key",
                             "-out",
                             pem},
                            &output),
              0)
        << output;
    expectRefused("add-signer", pem, "forbids signatures", clock_.now());
}

// A second revocation must not make valid what was signed between the two.
TEST_F(RegistrationChanges, AnEarlierRevocationStays) {
    const auto first = clock_.now() - std::chrono::hours(1);
    ASSERT_TRUE(change_.apply("revoke", revocation(channel()), first));
    const auto once = contentsOf(std::ifstream(file()));
    EXPECT_NE(once.find("revoked=\"" + base::formatTimestamp(first)), std::string::npos) << once;
    ASSERT_TRUE(change_.apply("revoke", revocation(channel()), clock_.now()));
    EXPECT_EQ(contentsOf(std::ifstream(file())), once);
}

TEST_F(RegistrationChanges, TheDoorIsAskedFirst) {
    world_.issue("seal-2", trust::DemoKind::Seal);
    world_.issue("channel-2", trust::DemoKind::Channel);
    word_ = "not through here";
    expectRefused("add-signer", world_.certificate("seal-2"), "not through here", clock_.now());
    expectRefused("add-channel", world_.certificate("channel-2"), "not through here", clock_.now());
    // A server's is refused by its usages, whoever is asked.
    word_.reset();
    expectRefused("add-channel", world_.certificate("gateway-tls"), "clientAuth", clock_.now());
    // One that begins later is tried on its first day.
    const auto begin = world_.load(world_.certificate("channel-2"))->notBefore();
    ASSERT_TRUE(change_.apply("add-channel", addition(world_.certificate("channel-2")),
                              begin - std::chrono::hours(1)));
    EXPECT_EQ(triedAt_, begin);
}

TEST_F(RegistrationChanges, WhatIsSentAlongIsTriedAndNotKept) {
    world_.issue("channel-2", trust::DemoKind::Channel);
    const auto own = contentsOf(std::ifstream(world_.certificate("channel-2")));
    const auto both = world_.folder() / "both.pem";
    std::ofstream(both) << own << contentsOf(std::ifstream(world_.authority()));
    const auto now = clock_.now();
    ASSERT_TRUE(change_.apply("add-channel", addition(both), now));
    EXPECT_EQ(triedAt_, now);
    ASSERT_EQ(shown_.size(), 2U);
    const auto& fingerprint = shown_.front()->fingerprint();
    EXPECT_EQ(fingerprint, world_.load(world_.certificate("channel-2"))->fingerprint());
    EXPECT_TRUE(shown_.back()->isAuthority());
    const auto kept = config_.registrations / "certificates" / (fingerprint.hex() + ".pem");
    EXPECT_EQ(world_.load(kept)->fingerprint(), fingerprint) << "one certificate and no more";
}

TEST_F(RegistrationChanges, ARefusedOneLeavesTheFileAlone) {
    EXPECT_FALSE(change_.apply("revoke", revocation(std::string(64, '0')), clock_.now()));
    EXPECT_EQ(contentsOf(std::ifstream(file())), before_);
    change_.undo();
    EXPECT_EQ(contentsOf(std::ifstream(file())), before_);
}

TEST_F(RegistrationChanges, WhatCannotBePutBackIsSaid) {
    ASSERT_TRUE(change_.apply("revoke", revocation(channel()), clock_.now()));
    const auto changed = contentsOf(std::ifstream(file()));
    std::filesystem::create_directory(file().string() + ".new");
    EXPECT_THROW(change_.undo(), base::Fault);
    EXPECT_EQ(contentsOf(std::ifstream(file())), changed) << "whole, not a part of either";
}

}  // namespace
}  // namespace gateway::app
