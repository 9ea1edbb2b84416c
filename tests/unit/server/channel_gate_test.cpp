// Who may come through the partners' door with which certificate, and what it is told.

#include "gateway/server/door/channel_gate.h"

#include "gateway/base/time_format.h"
#include "tests/unit/exchange/house.h"

namespace gateway::server {
namespace {

using exchange::fixture::House;

class ChannelGateTest : public testing::Test {
  protected:
    [[nodiscard]] Request knock(base::Timestamp at) const {
        Request request;
        request.peerFingerprint = channel().certificate->fingerprint();
        request.receivedAt = at;
        return request;
    }
    [[nodiscard]] const trust::Channel& channel() const {
        return house.snapshots.current()->registry->data().channels.front();
    }
    // The registration is narrower than the certificate.
    void registerFor(trust::Validity validity) {
        auto next = *house.snapshots.current();
        auto data = next.registry->data();
        data.channels.front().validity = validity;
        next.registry = std::make_shared<const trust::Registry>(std::move(data));
        house.snapshots.replace(std::make_shared<const exchange::Snapshot>(std::move(next)));
    }
    [[nodiscard]] std::string toldAt(base::Timestamp at) const {
        const auto judged = channelOf(*house.snapshots.current(), knock(at), house.limits);
        return judged ? "" : base::render(judged.error()).en;
    }

    House house;
};

TEST_F(ChannelGateTest, WhoComesOutsideTheDatesIsToldWhichCertificateAndTillWhen) {
    const auto& certificate = *channel().certificate;
    const auto whichAndWhen = [&](base::Timestamp from, base::Timestamp until) {
        return channel().id + " (SHA-256 " + certificate.fingerprint().hex() +
               ") may be used from " + base::formatTimestamp(from) + " to " +
               base::formatTimestamp(until);
    };
    const auto now = house.clock.now();
    EXPECT_EQ(toldAt(now), "");
    const auto byCertificate = whichAndWhen(certificate.notBefore(), certificate.notAfter());
    for (const auto at : {certificate.notBefore() - std::chrono::seconds(1),
                          certificate.notAfter() + std::chrono::seconds(1)})
        EXPECT_NE(toldAt(at).find(byCertificate), std::string::npos) << toldAt(at);

    const auto from = now - std::chrono::seconds(5), until = now + std::chrono::seconds(5);
    registerFor({from, until});
    EXPECT_EQ(toldAt(now), "");
    const auto byRegistration = whichAndWhen(from, until);
    for (const auto at : {from - std::chrono::seconds(1), until + std::chrono::seconds(1)})
        EXPECT_NE(toldAt(at).find(byRegistration), std::string::npos) << toldAt(at);
}

}  // namespace
}  // namespace gateway::server
