#include "tests/scenario/support/town.h"

namespace gateway::scenario {

std::unique_ptr<World> Town::world_;
std::unique_ptr<Agencies> Town::agencies_;
int Town::numbers_ = 0;

void enrolProvince(World& world) {
    for (const auto& code :
         {kCourt, kOtherCourt, kEnforcement, kProcuracy, kCommittee, kFormerCourt}) {
        Enrolment enrolment;
        enrolment.agency = code;
        world.enrol(enrolment);
    }
}

void Town::SetUpTestSuite() {
    world_ = std::make_unique<World>();
    enrolProvince(*world_);
    ASSERT_TRUE(world_->start()) << world_->log();
    agencies_ = std::make_unique<Agencies>(*world_);
}

void Town::TearDownTestSuite() {
    agencies_.reset();
    world_.reset();
}

void Town::TearDown() {
    ASSERT_TRUE(world_->running()) << world_->log();
    const auto pong = agencies_->court.send(model::Ping{"còn đó không"});
    EXPECT_EQ(pong.status, 200) << pong.body;
    EXPECT_EQ(world_->operatorGet("/healthz").status, 200);
    EXPECT_EQ(world_->rebuild(), "clean");
}

std::string Town::newNumber() { return std::to_string(++numbers_) + "/2026/HC-ST"; }

std::string Town::noticedCase(const std::string& noticeNumber, model::Category category) {
    const auto number = newNumber();
    const auto transferred = agencies_->court.send(transferOf(number, category));
    EXPECT_EQ(transferred.verdict(), "accepted") << transferred.body;
    const auto entered =
        agencies_->enforcement.send(registrationOf(number, "R-" + number.substr(0, 3)));
    EXPECT_EQ(entered.verdict(), "accepted") << entered.body;
    const auto noticed = agencies_->enforcement.send(noticeToday(number, noticeNumber));
    EXPECT_EQ(noticed.verdict(), "accepted") << noticed.body;
    return number;
}

}  // namespace gateway::scenario
