// What an operator's command says when it does not get through.

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "gateway/app/settings/commands.h"
#include "tests/support/powerless.h"
#include "tests/support/temporary_folder.h"

namespace gateway::app {
namespace {

class OperatorCommands : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
        socket_ = (folder_.path() / "operator.sock").string();
        descriptor_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        ASSERT_LT(socket_.size(), sizeof address.sun_path);
        std::ranges::copy(socket_, address.sun_path);
        ASSERT_EQ(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address),
                  0);
    }
    void TearDown() override { ::close(descriptor_); }
    std::string said() const {
        return support::saidToNobody([this] {
            static_cast<void>(operatorCommand("status", {"--socket", socket_}));
        });
    }

    support::TemporaryFolder folder_;
    std::string socket_;
    int descriptor_ = -1;
};

TEST_F(OperatorCommands, TellWhoMayOpenTheSocket) {
    ASSERT_EQ(::chmod(socket_.c_str(), 0), 0);
    const auto text = said();
    EXPECT_NE(text.find("permission denied at " + socket_), std::string::npos) << text;
    EXPECT_NE(text.find("members of group "), std::string::npos) << text;
    EXPECT_NE(text.find("usermod"), std::string::npos) << text;
}

TEST_F(OperatorCommands, TellThatNobodyListens) {
    ASSERT_EQ(::chmod(socket_.c_str(), 0777), 0);
    EXPECT_EQ(said(), "no gateway answers at " + socket_);
    ASSERT_EQ(::unlink(socket_.c_str()), 0);
    EXPECT_EQ(said(), "no gateway answers at " + socket_);
}

}  // namespace
}  // namespace gateway::app
