// A safety act beside files that somebody broke, in each area, also after a new start.

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

class Areas : public testing::Test {
  protected:
    void prepare() {
        std::filesystem::copy(THAHC_SOURCE_DIR "/mappings", mappings(),
                              std::filesystem::copy_options::recursive);
        world_.set("data.mappings", mappings());
        enrolProvince(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
        agencies_.emplace(world_);
    }
    std::filesystem::path mappings() const { return world_.folder() / "mappings"; }
    std::filesystem::path registration(const std::string& agency) const {
        return world_.folder() / "registrations" / (agency + ".xml");
    }
    std::filesystem::path lists() const { return world_.authority().parent_path() / "crl"; }
    int revoke(const Agency& agency, const std::string& code) {
        return world_.command({"agency", "revoke", "--agency", code, "--sha256",
                               agency.seal().signer().certificate()->fingerprint().hex()},
                              &output_);
    }
    double faults(const std::string& area) const {
        const auto text = world_.operatorGet("/metrics").body;
        const auto name = "\nthahc_data_faults{area=\"" + area + "\"} ";
        const auto at = text.find(name);
        return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size()));
    }

    World world_;
    std::optional<Agencies> agencies_;
    std::string output_;
};

TEST_F(Areas, RevokeTakesEffectBesideBrokenFilesOfOthers) {
    prepare();
    writeFile(registration(kEnforcement), "<registration");
    writeFile(mappings() / "case-model-xml" / "ping" / "mapping.xml", "<mapping");
    writeFile(lists() / "garbage.crl", "no list");
    EXPECT_EQ(revoke(agencies_->otherCourt, kOtherCourt), 0) << output_;
    EXPECT_EQ(agencies_->otherCourt.send(model::Ping{}).code(), "SIGNER_REVOKED");
    EXPECT_EQ(agencies_->enforcement.send(model::Ping{}).verdict(), "accepted") << "as before";
    EXPECT_EQ(faults("registrations"), 1);
    EXPECT_EQ(faults("mappings"), 1);
    EXPECT_EQ(faults("revocation"), 1);
    EXPECT_EQ(faults("directory"), 0);
    const auto status = world_.operatorGet("/v1/status").body;
    for (const auto& file : {kEnforcement + ".xml", std::string("garbage.crl")})
        EXPECT_NE(status.find(file), std::string::npos) << status;
    EXPECT_NE(world_.command({"reload"}, &output_), 0) << "a refused reload is told";

    // Who starts with them leaves them out, and knows what was revoked.
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(agencies_->otherCourt.send(model::Ping{}).code(), "SIGNER_REVOKED");
    EXPECT_EQ(agencies_->court.send(model::Ping{}).verdict(), "accepted");
    EXPECT_EQ(agencies_->enforcement.get("/v1/whoami").status, 403) << "its own file is broken";
    EXPECT_EQ(revoke(agencies_->court, kCourt), 0) << output_;
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
}

TEST_F(Areas, RevokeTakesEffectBesideTheAgencysOwnBrokenFile) {
    prepare();
    const auto good = readFile(registration(kCourt));
    writeFile(registration(kCourt), good.substr(0, good.size() / 2));
    EXPECT_EQ(revoke(agencies_->court, kCourt), 0) << output_;
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
    // Mended, as it was before anybody revoked.
    writeFile(registration(kCourt), good);
    EXPECT_EQ(world_.command({"reload"}, &output_), 0) << output_;
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
}

// A folder that belongs to another account, as far as a test that may be root can have it.
TEST_F(Areas, RevokeTakesEffectWhereNoRegistrationCanBeWritten) {
    prepare();
    const auto file = registration(kCourt);
    const auto good = readFile(file);
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    writeFile(world_.folder() / "registrations" / "revoked", "in the way");
    // Neither there nor beside the store: not done, and the reasons are told.
    const auto second = world_.folder() / "last-good" / "revoked";
    std::filesystem::create_directories(second.parent_path());
    writeFile(second, "in the way, too");
    EXPECT_NE(revoke(agencies_->court, kCourt), 0);
    for (const auto& place : {file.string(), second.string()})
        EXPECT_NE(output_.find(place), std::string::npos) << output_;
    EXPECT_EQ(agencies_->court.send(model::Ping{}).verdict(), "accepted");
    std::filesystem::remove(second);
    // As openssl prints a fingerprint.
    std::string printed;
    for (const char c : agencies_->court.seal().signer().certificate()->fingerprint().hex()) {
        if (printed.size() % 3 == 2) printed += ':';
        printed += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    EXPECT_EQ(
        world_.command({"agency", "revoke", "--agency", kCourt, "--sha256", printed}, &output_), 0)
        << output_;
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
    std::filesystem::remove(file);
    writeFile(file, good);
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
    EXPECT_EQ(agencies_->enforcement.send(model::Ping{}).verdict(), "accepted");
}

TEST_F(Areas, ARevocationListOutlivesItsFile) {
    prepare();
    world_.revoke({kCourt + "-seal"});
    ASSERT_EQ(world_.command({"reload"}, &output_), 0) << output_;
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
    ASSERT_EQ(world_.command({"agency", "list", "--json"}, &output_), 0);
    EXPECT_NE(output_.find("authorityRevokedAt"), std::string::npos) << output_;
    std::filesystem::remove_all(lists());
    std::filesystem::create_directories(lists());
    EXPECT_NE(world_.command({"reload"}, &output_), 0);
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
    EXPECT_EQ(faults("revocation"), 1);
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(agencies_->court.send(model::Ping{}).code(), "SIGNER_REVOKED");
    EXPECT_EQ(agencies_->enforcement.send(model::Ping{}).verdict(), "accepted");
    EXPECT_EQ(faults("revocation"), 1);
}

TEST_F(Areas, AChangeThatDoesNotLoadIsUndone) {
    prepare();
    const auto before = readFile(registration(kOtherCourt));
    // The id is another agency's.
    world_.issue("second-channel", trust::DemoKind::Channel);
    EXPECT_NE(
        world_.command({"agency", "add-channel", "--agency", kOtherCourt, "--id", "ch-" + kCourt,
                        "--certificate", world_.certificate("second-channel")},
                       &output_),
        0);
    EXPECT_NE(output_.find("registered already"), std::string::npos) << output_;
    EXPECT_EQ(readFile(registration(kOtherCourt)), before);
    EXPECT_EQ(faults("registrations"), 0) << "nothing is left to mend";
    EXPECT_EQ(agencies_->otherCourt.send(model::Ping{}).verdict(), "accepted");
    EXPECT_EQ(world_.command({"reload"}, &output_), 0) << output_;
}

}  // namespace
}  // namespace gateway::scenario
