// What a revocation list does to channels and signers: current, in grace, past it.

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

using std::chrono::hours;

class Revocation : public testing::Test {
  protected:
    void start() {
        enrolProvince(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
        agencies_.emplace(world_);
    }
    void reload() { ASSERT_EQ(world_.operatorPost("/v1/reload").at("done"), "true"); }
    std::string overdue() const {
        const auto text = world_.operatorGet("/metrics").body;
        const std::string name = "\nthahc_revocation_lists_overdue ";
        const auto at = text.find(name);
        return at == std::string::npos ? "" : text.substr(at + name.size(), 1);
    }
    World world_;
    std::optional<Agencies> agencies_;
};

TEST_F(Revocation, AListInGraceServesOnAndIsNamed) {
    start();
    EXPECT_EQ(overdue(), "0");
    const auto current = agencies_->court.send(transferOf("1/2026/HC-ST"));
    ASSERT_EQ(current.verdict(), "accepted") << current.body;
    EXPECT_EQ(current.at("receipt/notes/0"), "");
    world_.letListAge(hours(240), hours(71));
    reload();
    const auto receipt = agencies_->court.send(transferOf("2/2026/HC-ST"));
    ASSERT_EQ(receipt.verdict(), "accepted") << receipt.body;
    EXPECT_EQ(receipt.at("receipt/notes/0"), "revocation-list-in-grace");
    EXPECT_EQ(overdue(), "1");
    const auto status = world_.operatorGet("/v1/status");
    EXPECT_NE(status.at("revocationListsOverdue/0"), "") << status.body;
    std::string output;
    EXPECT_EQ(world_.command({"status", "--json"}, &output), 0);
    EXPECT_NE(output.find(status.at("revocationListsOverdue/0")), std::string::npos) << output;
}

TEST_F(Revocation, AListPastItsGraceRefusesChannelsAndSigners) {
    world_.issueChannelElsewhere(kCourt);
    start();
    world_.letListAge(hours(240), hours(73));
    reload();
    // Its own channel's authority publishes no list; its seal's does.
    const auto transfer = agencies_->court.message(transferOf("1/2026/HC-ST"));
    const auto signer = agencies_->court.send(transfer);
    expectRefusal(signer, 422, "U", "SIGNER_STATUS_STALE");
    EXPECT_EQ(agencies_->court.get("/v1/whoami").status, 200);
    const auto& enforcement = agencies_->enforcement;
    for (const char* path : {"/v1/whoami", "/v1/mailbox", "/v1/keys"})
        expectTransport(enforcement.get(path), 403, "CHANNEL_STATUS_STALE");
    const auto refused = enforcement.send(model::Ping{"có ai không"});
    expectTransport(refused, 403, "CHANNEL_STATUS_STALE");
    EXPECT_NE(refused.at("remedyVi"), "");
    EXPECT_EQ(overdue(), "1");
    // A new list heals everything; nothing has to be sent in another form.
    world_.revoke({});
    reload();
    EXPECT_EQ(agencies_->court.send(transfer).verdict(), "accepted");
    EXPECT_EQ(enforcement.get("/v1/whoami").status, 200);
    EXPECT_EQ(overdue(), "0");
}

TEST_F(Revocation, AChannelOnTheListIsRefused) {
    start();
    const auto& court = agencies_->court;
    EXPECT_EQ(court.get("/v1/whoami").status, 200);
    world_.revoke({kCourt + "-channel"});
    reload();
    expectTransport(court.get("/v1/whoami"), 403, "CHANNEL_REVOKED");
    expectTransport(court.send(transferOf("1/2026/HC-ST")), 403, "CHANNEL_REVOKED");
    EXPECT_EQ(agencies_->enforcement.get("/v1/whoami").status, 200);
    EXPECT_EQ(agencies_->otherCourt.send(model::Ping{"kênh khác"}).verdict(), "accepted");
}

}  // namespace
}  // namespace gateway::scenario
