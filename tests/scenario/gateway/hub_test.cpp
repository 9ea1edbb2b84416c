// One channel for several agencies, as a provincial platform has it: for whom it may bring, for
// whom it may also fetch, and for whom no longer.

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

const std::string kNumber = "1/2026/HC-ST";

class HubChannel : public testing::Test {
  protected:
    // The hub is the other court's channel: it reads for the court, carries for the enforcement
    // authority, and has carried for the committee.
    void SetUp() override {
        enrolProvince(world_);
        Enrolment hub;
        hub.agency = kOtherCourt;
        hub.carriesAlso = {kCourt};
        hub.carriesUnread = {kEnforcement};
        hub.carriesNoMore = {kCommittee};
        world_.enrol(hub);
        ASSERT_TRUE(world_.start()) << world_.log();
    }
    void TearDown() override {
        if (world_.running()) {
            EXPECT_EQ(world_.rebuild(), "clean");
        }
    }
    [[nodiscard]] Agency through(const std::string& channel, const std::string& agency) const {
        return {world_, agency, channel};
    }
    // Said as soon as the signer is known: the message itself is not looked into.
    static void expectNotCarried(const Reply& reply, const std::string& signer) {
        expectRefusal(reply, 422, "A", "FORBIDDEN_CHANNEL");
        EXPECT_EQ(reply.at("refusal/signerAgency"), signer);
        EXPECT_EQ(reply.at("refusal/messageId"), "");
    }
    // May bring for it; may neither ask, nor look up, nor fetch, nor close what was delivered.
    void expectCarriedUnread(const std::string& channel, const model::Message& message) const {
        const auto agency = through(channel, kEnforcement);
        const Agency own(world_, kEnforcement);
        const auto receipt = agency.send(message);
        EXPECT_EQ(receipt.status, 200) << receipt.body;
        EXPECT_EQ(receipt.at("receipt/signerAgency"), kEnforcement);
        expectTransport(
            agency.get("/v1/messages?agency=" + kEnforcement + "&id=" + message.envelope.id), 404,
            "HTTP_NOT_FOUND");
        expectTransport(agency.get("/v1/mailbox?agency=" + kEnforcement), 404, "HTTP_NOT_FOUND");
        const auto question = agency.message(questionFor(kNumber));
        expectNotCarried(agency.ask(agency.json(question)), kEnforcement);
        const auto items = own.mailbox();
        ASSERT_FALSE(items.children.empty());
        const auto item = valueAt(items, "0/item");
        expectTransport(agency.get("/v1/mailbox/" + item + "?agency=" + kEnforcement), 404,
                        "HTTP_NOT_FOUND");
        const auto word = own.word(item, own.get("/v1/mailbox/" + item).body);
        expectTransport(agency.close(item, word), 404, "HTTP_NOT_FOUND");
        EXPECT_EQ(valueAt(own.mailbox(), "0/item"), item) << "it is still open";
    }
    World world_;
};

TEST_F(HubChannel, CarriesForEachAsItsRecordSays) {
    const std::string hub = kOtherCourt + "-channel";
    const auto court = through(hub, kCourt);
    const auto transfer = court.message(transferOf(kNumber));
    const auto receipt = court.send(transfer);
    ASSERT_EQ(receipt.verdict(), "accepted") << receipt.body;
    EXPECT_EQ(receipt.at("receipt/signerAgency"), kCourt);
    EXPECT_EQ(receipt.at("receipt/channel"), "ch-" + kOtherCourt);
    EXPECT_EQ(court.get("/v1/messages?agency=" + kCourt + "&id=" + transfer.envelope.id).body,
              receipt.body);
    EXPECT_EQ(court.get("/v1/mailbox?agency=" + kCourt).status, 200);
    EXPECT_EQ(court.ask(questionFor(kNumber)).status, 200);

    const Agency enforcement(world_, kEnforcement);
    expectCarriedUnread(hub, enforcement.message(registrationOf(kNumber, "12")));

    const auto committee = through(hub, kCommittee);
    const auto late = committee.message(statusOf(kNumber, "1/BC"));
    expectNotCarried(committee.send(late), kCommittee);
    expectTransport(committee.get("/v1/mailbox?agency=" + kCommittee), 404, "HTTP_NOT_FOUND");
    const auto never = through(hub, kProcuracy);
    const auto question = never.message(questionFor(kNumber));
    expectNotCarried(never.ask(never.json(question)), kProcuracy);
}

TEST_F(HubChannel, RegisteredByCommandWithoutReading) {
    world_.issue("platform", trust::DemoKind::Channel);
    std::string output;
    ASSERT_EQ(world_.command({"agency", "add-channel", "--agency", kOtherCourt, "--id",
                              "ch-platform", "--certificate", world_.certificate("platform"),
                              "--carries", kCourt + "," + kEnforcement, "--no-read"},
                             &output),
              0)
        << output;
    const auto receipt = through("platform", kCourt).send(transferOf(kNumber));
    ASSERT_EQ(receipt.verdict(), "accepted") << receipt.body;
    EXPECT_EQ(receipt.at("receipt/channel"), "ch-platform");
    const Agency enforcement(world_, kEnforcement);
    expectCarriedUnread("platform", enforcement.message(registrationOf(kNumber, "12")));
    const auto committee = through("platform", kCommittee);
    const auto never = committee.message(statusOf(kNumber, "1/BC"));
    expectNotCarried(committee.send(never), kCommittee);
    // Not even for its owner.
    expectTransport(through("platform", kOtherCourt).get("/v1/mailbox"), 404, "HTTP_NOT_FOUND");
}

}  // namespace
}  // namespace gateway::scenario
