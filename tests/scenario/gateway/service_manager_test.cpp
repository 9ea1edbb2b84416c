// What systemd hears of the real process, and when it hears nothing any more.

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

class Service : public testing::Test {
  protected:
    void SetUp() override {
        const auto name = (world_.folder() / "notify").string();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        notify_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        ASSERT_EQ(::bind(notify_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        enrolProvince(world_);
        ASSERT_TRUE(world_.start({"env", "NOTIFY_SOCKET=" + name, "WATCHDOG_USEC=800000"}))
            << world_.log();
    }
    void TearDown() override { ::close(notify_); }
    // Whether a datagram with these first words comes; those before it are passed over.
    bool hears(const std::string& words) {
        return eventually([&] {
            char bytes[512];
            const auto length = ::recv(notify_, bytes, sizeof bytes, MSG_DONTWAIT);
            return length > 0 &&
                   std::string(bytes, static_cast<std::size_t>(length)).starts_with(words);
        });
    }
    bool logSays(const std::string& words) {
        return eventually([&] { return world_.log().find(words) != std::string::npos; });
    }
    World world_;
    int notify_ = -1;
};

TEST_F(Service, HearsOfTheOpenDoorOfLifeAndOfTheEnd) {
    EXPECT_TRUE(hears("READY=1\nSTATUS=open at 127.0.0.1:" + std::to_string(world_.port())));
    EXPECT_TRUE(hears("WATCHDOG=1"));
    EXPECT_TRUE(hears("WATCHDOG=1"));
    EXPECT_EQ(world_.stop(), 0);
    EXPECT_TRUE(hears("STOPPING=1"));
}

TEST_F(Service, ADoorThatNobodyReachesIsNoSignOfLife) {
    ASSERT_TRUE(hears("WATCHDOG=1"));
    std::filesystem::remove(world_.folder() / "operator.sock");
    ASSERT_TRUE(logSays("\"level\":\"error\",\"event\":\"gateway.operators_door_silent\""));
    // What was told before that is taken away; then nothing may come for many looks.
    char bytes[512];
    while (::recv(notify_, bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
    }
    const auto silences = [&] {
        std::size_t count = 0;
        const auto log = world_.log();
        for (auto at = log.find("operators_door_silent"); at != std::string::npos;
             at = log.find("operators_door_silent", at + 1))
            ++count;
        return count;
    };
    ASSERT_TRUE(eventually([&] { return silences() >= 4; }));
    EXPECT_LT(::recv(notify_, bytes, sizeof bytes, MSG_DONTWAIT), 0);
    EXPECT_EQ(world_.stop(), 0);
}

}  // namespace
}  // namespace gateway::scenario
