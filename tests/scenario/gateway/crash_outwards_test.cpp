// kill -9 on the way out: rendered, being sent, half answered, answered and not yet stored. Each
// delivery reaches its partner, with the same bytes however often, and its receipt is kept.

#include <map>
#include <random>
#include <set>

#include "tests/scenario/support/correspondence.h"
#include "tests/scenario/support/push_partner.h"
#include "tests/support/kill_rounds.h"

namespace gateway::scenario {
namespace {

using thahc::test::OddPeer;

// Where the partner pulls the plug on us, once.
enum class Plug { Never, Received, HalfAnswered, Answered };

// The court takes pushes; everybody else fetches.
class CrashOutwards : public testing::Test {
  protected:
    void SetUp() override {
        world_.set("limits.firstBackOffMs", "20");
        world_.set("limits.longestBackOffMs", "100");
        world_.set("limits.attempts", "1000");
        world_.issue("partner-tls", trust::DemoKind::Server);
        partner_.emplace(world_, [this](const Attempt& attempt, std::size_t, OddPeer& peer) {
            return answer(attempt, peer);
        });
        enrolProvince(world_);
        enrolCourt(partner_->url());
        agencies_.emplace(world_);
        letters_.emplace(*agencies_);
    }
    void TearDown() override {
        if (world_.running()) {
            EXPECT_EQ(world_.stop(), 0) << world_.log();
        }
        partner_.reset();
    }

    void enrolCourt(const std::string& url) {
        Enrolment enrolment;
        enrolment.agency = kCourt;
        enrolment.pushUrl = url;
        world_.enrol(enrolment);
    }

    bool answer(const Attempt& attempt, OddPeer& peer) {
        const auto good = wordOf(agencies_->court, attempt);
        const auto plug = plug_.exchange(Plug::Never);
        if (plug == Plug::Received) unplug();
        if (plug == Plug::HalfAnswered) {
            peer.send(good.substr(0, good.size() / 2));
            unplug();
            return false;
        }
        const bool sent = peer.send(good);
        if (plug == Plug::Answered) unplug();
        return sent;
    }
    void unplug() { world_.process().signal(SIGKILL); }

    std::string inStore(const std::string& query) {
        std::string found;
        EXPECT_EQ(run({"sqlite3", "-readonly", world_.storeFile(), query}, &found), 0) << found;
        while (found.ends_with('\n')) found.pop_back();
        return found;
    }
    // Of a gateway that runs again: everything goes out, and nothing twice under another name.
    void expectEverythingDelivered() {
        EXPECT_EQ(letters_->settle(), "");
        const std::string toCourt = "FROM outbox WHERE recipient = '" + kCourt + "'";
        const auto all = [&] {
            return inStore("SELECT count(*) " + toCourt + " AND state <> 4") == "0";
        };
        // After many kills there is much to catch up with.
        EXPECT_TRUE(eventually(all, Patience(120'000)))
            << inStore("SELECT item_id, state, attempts, last_error " + toCourt + " AND state <> 4")
            << world_.log();
        EXPECT_EQ(world_.rebuild(), "clean");
        std::map<std::string, std::set<std::string>> bodies;
        for (const auto& attempt : partner_->attempts()) bodies[attempt.item].insert(attempt.body);
        EXPECT_EQ(std::to_string(bodies.size()), inStore("SELECT count(*) " + toCourt));
        for (const auto& [item, versions] : bodies)
            EXPECT_EQ(versions.size(), 1U) << item << " came with different bytes";
        EXPECT_EQ(inStore("SELECT item_id " + toCourt + " AND length(partner_receipt) = 0"), "");
    }

    World world_;
    std::atomic<Plug> plug_{Plug::Never};
    std::optional<PushPartner> partner_;
    std::optional<Agencies> agencies_;
    std::optional<Correspondence> letters_;
};

TEST_F(CrashOutwards, AtRandomMomentsUnderLoad) {
    const int rounds = support::killRounds();
    std::mt19937 random(20'261'122);
    std::uniform_int_distribution<long> moment(0, 400'000'000);
    for (int round = 0; round < rounds; ++round) {
        ASSERT_TRUE(world_.start()) << world_.log();
        letters_->start(2);
        const timespec pause{0, moment(random)};
        ::nanosleep(&pause, nullptr);
        world_.kill();
        letters_->stop();
    }
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_FALSE(partner_->attempts().empty());
    expectEverythingDelivered();
}

class CrashInThePartnersHands : public CrashOutwards, public testing::WithParamInterface<Plug> {};

TEST_P(CrashInThePartnersHands, LosesNothingAndChangesNothing) {
    plug_ = GetParam();
    ASSERT_TRUE(world_.start()) << world_.log();
    letters_->start(2);
    EXPECT_EQ(world_.process().wait(Patience(30'000)), -SIGKILL);
    letters_->stop();
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_FALSE(partner_->attempts().empty());
    expectEverythingDelivered();
}

std::string nameOf(const testing::TestParamInfo<Plug>& plug) {
    constexpr const char* kNames[] = {"Never", "Received", "HalfAnswered", "Answered"};
    return kNames[static_cast<int>(plug.param)];
}

INSTANTIATE_TEST_SUITE_P(OfAPush, CrashInThePartnersHands,
                         testing::Values(Plug::Received, Plug::HalfAnswered, Plug::Answered),
                         nameOf);

// The moves of an item become durable one after the other: rendered, being sent, delivered.
class CrashAtAMove : public CrashOutwards, public testing::WithParamInterface<int> {};

TEST_P(CrashAtAMove, LosesNothingAndChangesNothing) {
    // The news is there before; then only its moves are made durable.
    enrolCourt("");
    ASSERT_TRUE(world_.start()) << world_.log();
    letters_->start(1);
    ASSERT_TRUE(eventually([&] { return letters_->acknowledged() >= 12; })) << world_.log();
    letters_->stop();
    ASSERT_EQ(world_.stop(), 0) << world_.log();
    enrolCourt(partner_->url());
    const std::string inject = "inject=fdatasync:signal=KILL:when=" + std::to_string(GetParam());
    // It may be gone before it says that it is ready.
    static_cast<void>(world_.start({"strace", "-D", "-f", "-qq", "-o", world_.folder() / "trace",
                                    "-e", "trace=fdatasync", "-e", inject}));
    EXPECT_EQ(world_.process().wait(Patience(30'000)), -SIGKILL);
    ASSERT_TRUE(world_.start()) << world_.log();
    expectEverythingDelivered();
}

INSTANTIATE_TEST_SUITE_P(OfAPush, CrashAtAMove, testing::Range(1, 7));

}  // namespace
}  // namespace gateway::scenario
