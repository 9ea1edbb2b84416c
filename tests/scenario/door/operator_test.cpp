// The operators' socket: who may knock, and what becomes of the file.

#include "gateway/server/operators/operator_server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fstream>

#include "gateway/base/fault.h"
#include "tests/scenario/door/door_fixture.h"

namespace thahc::test {
namespace {

using gateway::base::Fault;
using gateway::server::OperatorServer;
using gateway::server::OperatorServerSettings;

class OperatorDoor : public testing::Test {
  protected:
    OperatorServerSettings settings() const {
        OperatorServerSettings settings;
        settings.socket = directory.path() / "operator.sock";
        settings.limits = shortLimits();
        return settings;
    }
    std::unique_ptr<OperatorServer> open() {
        auto server = std::make_unique<OperatorServer>(
            settings(),
            [](const Request& request) {
                const auto& peer = request.localPeer.value();
                return Response{
                    200,
                    "text/plain",
                    {},
                    request.path + " " + std::to_string(peer.uid) + " " + std::to_string(peer.pid),
                    false};
            },
            clock);
        server->start();
        return server;
    }
    ProbeSettings local() const {
        ProbeSettings probe;
        probe.tls = false;
        probe.unixSocket = settings().socket;
        return probe;
    }
    TemporaryDirectory directory;
    gateway::base::SystemClock clock;
};

TEST_F(OperatorDoor, KnowsItsPeer) {
    const auto server = open();
    const WireResponse response = ask(local(), get("/health"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body,
              "/health " + std::to_string(::getuid()) + " " + std::to_string(::getpid()));
}

TEST_F(OperatorDoor, HasTheSameGuard) {
    const auto server = open();
    EXPECT_EQ(ask(local(), "GET /health HTTP/1.1\r\n\r\n").status, 400);
    EXPECT_EQ(ask(local(), "GET /health HTTP/1.1\nHost: x\n\n").status, 400);
    EXPECT_EQ(ask(local(), post("/reload", "")).status, 200);
    EXPECT_EQ(server->statistics().requestsRefused, 2U);
}

TEST_F(OperatorDoor, IsOpenToOwnerAndGroupOnly) {
    const auto server = open();
    struct stat status {};
    ASSERT_EQ(::stat(settings().socket.c_str(), &status), 0);
    EXPECT_TRUE(S_ISSOCK(status.st_mode));
    EXPECT_EQ(status.st_mode & 07777U, 0660U);
}

TEST_F(OperatorDoor, ReplacesWhatADeadProcessLeft) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    settings().socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(fd);
    ASSERT_TRUE(std::filesystem::exists(settings().socket));
    {
        const auto server = open();
        EXPECT_EQ(ask(local(), get("/health")).status, 200);
    }
    EXPECT_FALSE(std::filesystem::exists(settings().socket)) << "and leaves nothing itself";
}

TEST_F(OperatorDoor, RespectsTheLivingAndOtherFiles) {
    const auto server = open();
    EXPECT_THROW(open(), Fault) << "a living server";
    EXPECT_EQ(ask(local(), get("/health")).status, 200);

    auto other = settings();
    const auto handler = [](const Request&) { return Response{}; };
    other.socket = directory.path() / "a-file";
    std::ofstream(other.socket) << "kept";
    EXPECT_THROW(OperatorServer(other, handler, clock), Fault);
    EXPECT_EQ(std::filesystem::file_size(other.socket), 4U);

    other.socket = directory.path() / std::string(120, 'a');
    EXPECT_THROW(OperatorServer(other, handler, clock), Fault);
    other.socket = directory.path() / "group.sock";
    other.group = "no-such-group-here";
    EXPECT_THROW(OperatorServer(other, handler, clock), Fault);
    EXPECT_FALSE(std::filesystem::exists(other.socket));
}

TEST_F(OperatorDoor, StopsInItsTime) {
    const auto server = open();
    TlsProbe half(local());
    ASSERT_TRUE(half.send("POST /reload HTTP/1.1\r\nHost: x\r\nContent-Le"));
    const auto start = std::chrono::steady_clock::now();
    server->stop(std::chrono::milliseconds(100));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1200));
    EXPECT_EQ(server->statistics().connectionsNow, 0U);
}

}  // namespace
}  // namespace thahc::test
