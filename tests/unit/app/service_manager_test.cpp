#include "gateway/app/process/service_manager.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "tests/support/temporary_folder.h"

namespace gateway::app {
namespace {

using std::chrono::seconds;

// What systemd would do: take datagrams at a socket of its own.
class ServiceManagerTest : public testing::Test {
  protected:
    void listenAt(const std::string& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        if (name.front() == '@') address.sun_path[0] = '\0';
        descriptor_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        ASSERT_EQ(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), length), 0);
    }
    std::string heard() {
        char bytes[512];
        const auto length = ::recv(descriptor_, bytes, sizeof bytes, MSG_DONTWAIT);
        return length < 0 ? "" : std::string(bytes, static_cast<std::size_t>(length));
    }
    void TearDown() override {
        if (descriptor_ >= 0) ::close(descriptor_);
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            ::unsetenv(name);
    }
    support::TemporaryFolder folder_;
    int descriptor_ = -1;
};

TEST_F(ServiceManagerTest, TellsBeginLifeAndEnd) {
    const auto name = (folder_.path() / "notify").string();
    listenAt(name);
    const ServiceManager manager(name, seconds(20));
    manager.ready("open at 127.0.0.1:8443");
    EXPECT_EQ(heard(), "READY=1\nSTATUS=open at 127.0.0.1:8443");
    manager.alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    manager.stopping();
    EXPECT_EQ(heard(), "STOPPING=1\nSTATUS=stopping");
}

TEST_F(ServiceManagerTest, ANameThatNoSocketCanHaveIsLeftAlone) {
    ServiceManager(std::string(64 * 1024, 'x'), {}).alive();
    ServiceManager(std::string(sizeof(sockaddr_un::sun_path), 'x'), {}).alive();
    EXPECT_EQ(heard(), "");
}

TEST_F(ServiceManagerTest, AnAbstractNameIsOne) {
    const auto name = "@" + (folder_.path() / "abstract").string();
    listenAt(name);
    ServiceManager(name, {}).alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
}

TEST_F(ServiceManagerTest, LooksFourTimesWithinTheSpan) {
    ServiceManager manager("/nobody", seconds(20));
    const ServiceManager::Moment start{seconds(1'000)};
    EXPECT_TRUE(manager.due(start));
    EXPECT_FALSE(manager.due(start + std::chrono::milliseconds(4'999)));
    EXPECT_TRUE(manager.due(start + seconds(5)));
    EXPECT_FALSE(manager.due(start + seconds(6)));
    EXPECT_EQ(manager.patience(), seconds(5));
}

TEST_F(ServiceManagerTest, WithoutAWatchdogOrSocketNothingIsDue) {
    EXPECT_FALSE(ServiceManager("/nobody", seconds(0)).due(ServiceManager::Moment{seconds(9)}));
    EXPECT_FALSE(ServiceManager("", seconds(20)).due(ServiceManager::Moment{seconds(9)}));
}

TEST_F(ServiceManagerTest, TheEnvironmentIsTakenAndNotInherited) {
    const auto name = (folder_.path() / "notify").string();
    listenAt(name);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    ::setenv("WATCHDOG_USEC", "8000000", 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    auto manager = ServiceManager::fromEnvironment();
    EXPECT_EQ(manager.patience(), seconds(2));
    manager.alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    EXPECT_EQ(std::getenv("NOTIFY_SOCKET"), nullptr);
    EXPECT_EQ(std::getenv("WATCHDOG_USEC"), nullptr);
}

TEST_F(ServiceManagerTest, AWatchdogOfAnotherProcessIsNotOurs) {
    ::setenv("NOTIFY_SOCKET", "/nobody", 1);
    ::setenv("WATCHDOG_USEC", "8000000", 1);
    ::setenv("WATCHDOG_PID", "1", 1);
    EXPECT_FALSE(ServiceManager::fromEnvironment().due(ServiceManager::Moment{seconds(9)}));
    ::setenv("WATCHDOG_USEC", "eight", 1);
    EXPECT_FALSE(ServiceManager::fromEnvironment().due(ServiceManager::Moment{seconds(9)}));
}

}  // namespace
}  // namespace gateway::app
