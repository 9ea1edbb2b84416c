// The parts of the partners' door that know no sockets: who shares what with whom.

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <vector>

#include "gateway/server/door/address_block.h"
#include "gateway/server/door/admission.h"
#include "gateway/server/door/door_refusals.h"
#include "gateway/server/door/fair_share.h"
#include "gateway/server/wire/waiting_room.h"

namespace gateway::server {
namespace {

using Verdict = Admission::Verdict;

TEST(AddressBlock, IsWhatOneCustomerIsGiven) {
    EXPECT_EQ(addressBlockOf("192.0.2.77"), "192.0.2.0/24");
    EXPECT_EQ(addressBlockOf("::ffff:192.0.2.77"), "192.0.2.0/24") << "the same host over IPv6";
    EXPECT_EQ(addressBlockOf("2001:db8:1:2ff::1"), "2001:db8:1:200::/56");
    EXPECT_EQ(addressBlockOf("2001:db8:1:200:a:b:c:d"), "2001:db8:1:200::/56");
    EXPECT_EQ(addressBlockOf("2001:db8:1:300::1"), "2001:db8:1:300::/56");
    EXPECT_EQ(addressBlockOf("fe80::1%eth0"), "fe80::/56");
    EXPECT_EQ(addressBlockOf("no address"), "no address");
}

TEST(FairShare, LeavesSomeForWhoeverComesLater) {
    FairShare<int> share(12);
    std::vector<FairShare<int>::Place> places;
    const auto takeAll = [&](int key) {
        std::size_t got = 0;
        while (auto place = share.take(key)) {
            places.push_back(*std::move(place));
            ++got;
        }
        return got;
    };
    EXPECT_EQ(takeAll(1), 6U);
    EXPECT_EQ(takeAll(2), 3U);
    EXPECT_EQ(takeAll(1), 0U);
    EXPECT_GT(takeAll(3), 0U);
    places.clear();
    EXPECT_EQ(takeAll(2), 6U) << "what was given back is there again";
}

struct Guest {
    int number;
};

class WaitingRoomTest : public testing::Test {
  protected:
    int gone(const std::string& block) {
        ++id;
        const auto guest =
            room.add(id, std::make_shared<Guest>(Guest{static_cast<int>(id)}), block);
        return guest ? guest->number : 0;
    }
    WaitingRoom<Guest> room{6, 3};
    std::uint64_t id = 0;
};

TEST_F(WaitingRoomTest, TheOldestOfAFullBlockGivesWay) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(gone("a"), 0);
    EXPECT_EQ(gone("b"), 0);
    EXPECT_EQ(gone("a"), 1);
    EXPECT_EQ(gone("a"), 2);
    EXPECT_EQ(room.find(1), nullptr);
    EXPECT_EQ(room.size(), 4U);
}

TEST_F(WaitingRoomTest, WhenItIsFullTheLargestBlockLosesItsOldest) {
    gone("small");
    for (int i = 0; i < 2; ++i) gone("middle");
    for (int i = 0; i < 3; ++i) gone("large");
    EXPECT_EQ(gone("new"), 4) << "not the oldest of all, which harms nobody";
    EXPECT_EQ(gone("newer"), 2) << "of two of one size the one that has waited for longer";
    EXPECT_EQ(room.size(), 6U);
    EXPECT_EQ(room.oldest()->number, 1);
}

TEST_F(WaitingRoomTest, NobodyIsTakenTwice) {
    gone("a");
    EXPECT_EQ(room.take(1)->number, 1);
    EXPECT_EQ(room.take(1), nullptr);
    EXPECT_EQ(room.takeOldest(), nullptr);
    EXPECT_EQ(room.size(), 0U);
}

/// A connection by both its ends.
struct Pair {
    Pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
    ~Pair() {
        for (const int end : ends) ::close(end);
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    bool ended() const {
        char byte = 0;
        return ::recv(ends[0], &byte, 1, MSG_DONTWAIT) == 0;
    }
    std::array<int, 2> ends{};
};

class AdmissionTest : public testing::Test {
  protected:
    AdmissionTest() {
        limits.connections = 6;
        limits.connectionsPerChannel = 5;
        limits.connectionsPerAddress = 100;
    }
    std::unique_ptr<Admission::Ticket> enter(const std::string& channel,
                                             const std::string& address = "192.0.2.1") {
        return std::make_unique<Admission::Ticket>(admission, address, document::sha256(channel),
                                                   pair.ends[0]);
    }
    base::Limits limits;
    Admission admission{limits};
    Pair pair;
};

TEST_F(AdmissionTest, OneChannelLeavesAsManyAsItHolds) {
    std::vector<std::unique_ptr<Admission::Ticket>> tickets;
    for (int i = 0; i < 3; ++i) {
        tickets.push_back(enter("court"));
        EXPECT_EQ(tickets.back()->verdict(), Verdict::Admitted);
    }
    EXPECT_EQ(enter("court")->verdict(), Verdict::TooManyOfChannel);
    EXPECT_EQ(enter("committee")->verdict(), Verdict::Admitted);
    tickets.pop_back();
    EXPECT_EQ(enter("court")->verdict(), Verdict::Admitted) << "its place was given back";
}

TEST_F(AdmissionTest, IdleConnectionsOfTheLargestGiveWay) {
    std::vector<std::unique_ptr<Admission::Ticket>> court, others;
    for (int i = 0; i < 3; ++i) court.push_back(enter("court"));
    for (const char* channel : {"a", "b", "c"}) others.push_back(enter(channel));
    EXPECT_EQ(enter("d")->verdict(), Verdict::TooMany) << "all are at work";
    EXPECT_FALSE(pair.ended());
    court[1]->idle();
    others[0]->idle();
    const auto late = enter("d");
    EXPECT_EQ(late->verdict(), Verdict::Admitted);
    EXPECT_TRUE(pair.ended()) << "its wait is over";
    EXPECT_FALSE(court[1]->busy()) << "it knows that it has given way";
    EXPECT_TRUE(others[0]->busy());
    others[0]->idle();
    EXPECT_EQ(enter("e")->verdict(), Verdict::TooMany) << "one's only connection is left alone";
}

TEST_F(AdmissionTest, WhoHasGivenWayGivesNothingBackTwice) {
    std::vector<std::unique_ptr<Admission::Ticket>> court, others;
    for (int i = 0; i < 3; ++i) {
        court.push_back(enter("court"));
        court.back()->idle();
    }
    for (const char* channel : {"a", "b", "c", "d"}) others.push_back(enter(channel));
    EXPECT_EQ(others.back()->verdict(), Verdict::Admitted);
    court.clear();
    others.clear();
    std::vector<std::unique_ptr<Admission::Ticket>> again;
    for (int i = 0; i < 3; ++i) again.push_back(enter("court"));
    EXPECT_EQ(again.back()->verdict(), Verdict::Admitted);
    EXPECT_EQ(enter("court")->verdict(), Verdict::TooManyOfChannel);
}

TEST_F(AdmissionTest, AddressesAreBoundedToo) {
    limits.connectionsPerAddress = 1;
    const auto first = enter("a");
    EXPECT_EQ(enter("b")->verdict(), Verdict::TooManyFromAddress);
    EXPECT_EQ(enter("b", "192.0.2.2")->verdict(), Verdict::Admitted);
}

class DoorRefusalsTest : public testing::Test {
  protected:
    static PeerCertificate named(const std::string& name) {
        return {document::sha256(name), "CN=" + name, "CN=root"};
    }
    void note(const std::string& address, const std::optional<PeerCertificate>& certificate,
              const std::string& detail = "why") {
        now += std::chrono::seconds(1);
        refusals.note("bad_certificate", detail, address, certificate, now);
    }
    DoorRefusals refusals;
    base::Timestamp now{std::chrono::hours(500'000)};
};

TEST_F(DoorRefusalsTest, CountBySourceAndReason) {
    note("192.0.2.1", named("x"));
    note("198.51.100.1", named("x"));
    note("192.0.2.1", std::nullopt);
    note("192.0.2.2", std::nullopt);
    note("198.51.100.1", std::nullopt, std::string(9'000, 'x'));
    const auto list = refusals.list();
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[0].address, "198.51.100.1") << "the latest first";
    EXPECT_EQ(list[0].detail.size(), 200U);
    EXPECT_EQ(list[1].address, "192.0.2.2");
    EXPECT_EQ(list[1].count, 2U) << "of one block";
    EXPECT_EQ(list[2].certificate->subject, "CN=x");
    EXPECT_EQ(list[2].count, 2U) << "wherever it came from";
    EXPECT_EQ(list[2].last - list[2].first, std::chrono::seconds(1));
}

TEST_F(DoorRefusalsTest, AFloodCoversUpNobodyElse) {
    note("198.51.100.1", named("an honest mistake"));
    for (std::size_t i = 0; i < 3 * base::kDoorRefusals; ++i)
        note("192.0.2.1", named(std::to_string(i)));
    const auto list = refusals.list();
    ASSERT_EQ(list.size(), base::kDoorRefusals);
    EXPECT_EQ(list.back().certificate->subject, "CN=an honest mistake");
    EXPECT_EQ(list.front().certificate->subject,
              "CN=" + std::to_string(3 * base::kDoorRefusals - 1));
}

}  // namespace
}  // namespace gateway::server
