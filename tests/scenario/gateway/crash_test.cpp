// kill -9 under load and at chosen steps of the road: what was acknowledged is there, once, with
// the same receipt; what was not can be sent again.

#include <random>

#include "gateway/document/json.h"
#include "tests/scenario/support/correspondence.h"
#include "tests/support/kill_rounds.h"

namespace gateway::scenario {
namespace {

class CrashOfTheGateway : public testing::Test {
  protected:
    void SetUp() override {
        enrolProvince(world_);
        agencies_.emplace(world_);
        letters_.emplace(*agencies_);
    }
    // What a careful auditor finds in a copy made while serving.
    void expectEverythingOnce() {
        EXPECT_EQ(letters_->settle(), "");
        EXPECT_EQ(world_.rebuild(), "clean");
        const auto copy = world_.copies() / "copy.db";
        std::string output;
        ASSERT_EQ(world_.command({"backup", copy}, &output), 0) << output;
        EXPECT_EQ(run({World::binary(), "rebuild", "--file", copy}, &output), 0) << output;
        const auto count = [&](const std::string& query) {
            std::string found;
            EXPECT_EQ(run({"sqlite3", "-readonly", copy, query}, &found), 0) << found;
            return std::stoul(found);
        };
        EXPECT_EQ(count("SELECT count(*) FROM message WHERE agency NOT LIKE 'thahc/%'"),
                  letters_->sent());
        EXPECT_EQ(count("SELECT count(*) FROM (SELECT DISTINCT agency, message_id FROM message "
                        "WHERE agency NOT LIKE 'thahc/%')"),
                  letters_->sent());
        EXPECT_EQ(count("SELECT count(*) FROM (SELECT source_agency, source_message_id, recipient,"
                        " message_type FROM outbox GROUP BY 1, 2, 3, 4 HAVING count(*) > 1)"),
                  0U);
        EXPECT_EQ(count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> "
                        "'ok'"),
                  0U);
        std::filesystem::remove(copy);
    }

    World world_;
    std::optional<Agencies> agencies_;
    std::optional<Correspondence> letters_;
};

TEST_F(CrashOfTheGateway, AtRandomMomentsUnderLoad) {
    const int rounds = support::killRounds();
    std::mt19937 random(20'260'701);
    std::uniform_int_distribution<long> moment(0, 400'000'000);
    for (int round = 0; round < rounds; ++round) {
        ASSERT_TRUE(world_.start()) << world_.log();
        letters_->start(4);
        const timespec pause{0, moment(random)};
        ::nanosleep(&pause, nullptr);
        world_.kill();
        letters_->stop();
    }
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_GT(letters_->acknowledged(), 0U);
    EXPECT_GT(letters_->refusedConnections(), 0);
    RecordProperty("acknowledged", static_cast<int>(letters_->acknowledged()));
    RecordProperty("sent", static_cast<int>(letters_->sent()));
    expectEverythingOnce();
}

// The system calls of the road: bytes in, bytes to the log, the log made safe, bytes out.
struct Step {
    const char* call;
    int occurrence;
};

class CrashAtAStep : public CrashOfTheGateway, public testing::WithParamInterface<Step> {};

TEST_P(CrashAtAStep, LosesNothingAndDoublesNothing) {
    const auto [call, occurrence] = GetParam();
    const std::string name = call;
    ASSERT_TRUE(world_.start()) << world_.log();
    ASSERT_EQ(world_.stop(), 0) << world_.log();
    ASSERT_TRUE(world_.start(
        {"strace", "-D", "-f", "-qq", "-o", world_.folder() / "trace", "-e", "trace=" + name, "-e",
         "inject=" + name + ":signal=KILL:when=" + std::to_string(occurrence)}))
        << world_.log();
    letters_->start(2);
    EXPECT_EQ(world_.process().wait(Patience(30'000)), -SIGKILL);
    letters_->stop();
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_GT(letters_->sent(), 0U);
    expectEverythingOnce();
}

INSTANTIATE_TEST_SUITE_P(OfTheRoad, CrashAtAStep,
                         testing::Values(Step{"poll", 30}, Step{"pwrite64", 12},
                                         Step{"pwrite64", 31}, Step{"fdatasync", 2},
                                         Step{"fdatasync", 5}, Step{"sendto,write", 9}),
                         [](const auto& each) {
                             std::string name = each.param.call;
                             for (char& c : name)
                                 if (c == ',') c = '_';
                             return name + std::to_string(each.param.occurrence);
                         });

}  // namespace
}  // namespace gateway::scenario
