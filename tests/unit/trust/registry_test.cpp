#include "gateway/trust/partners/registry.h"

#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::Fault;
using std::chrono::days;
using std::chrono::milliseconds;

namespace {

Channel channel(std::string id, const std::string& certificate) {
    Channel made;
    made.id = std::move(id);
    made.ownerAgency = "G01";
    made.certificate = certificateNamed(certificate);
    return made;
}

SignerRecord signer(std::string agency, const std::string& certificate) {
    SignerRecord made;
    made.agency = std::move(agency);
    made.certificate = certificateNamed(certificate);
    return made;
}

}  // namespace

TEST(Validity, IncludesItsStartAndExcludesItsEnd) {
    const Validity open;
    EXPECT_TRUE(open.covers(now()));
    const Validity window{now(), now() + days(1)};
    EXPECT_TRUE(window.covers(now()));
    EXPECT_FALSE(window.covers(now() - milliseconds(1)));
    EXPECT_TRUE(window.covers(now() + days(1) - milliseconds(1)));
    EXPECT_FALSE(window.covers(now() + days(1)));
}

TEST(Registry, FindsByFingerprintIdAndAgency) {
    Registry::Data data;
    data.channels = {channel("court-1", "court-tls"), channel("hub", "hub-tls")};
    data.signers = {signer("G02", "ward"), signer("G01", "court"), signer("G01", "procuracy")};
    data.partners.resize(2);
    data.partners[0].agency = "G02";
    data.partners[1].agency = "G01";
    const Registry registry(std::move(data));

    const auto hub = certificateNamed("hub-tls")->fingerprint();
    const auto ward = certificateNamed("ward")->fingerprint();
    ASSERT_NE(registry.channelByFingerprint(hub), nullptr);
    EXPECT_EQ(registry.channelByFingerprint(hub)->id, "hub");
    EXPECT_EQ(registry.channelById("court-1")->certificate->fingerprint(),
              certificateNamed("court-tls")->fingerprint());
    EXPECT_EQ(registry.channelById("court"), nullptr);
    EXPECT_EQ(registry.channelByFingerprint(ward), nullptr);
    EXPECT_EQ(registry.signerByFingerprint(ward)->agency, "G02");
    EXPECT_EQ(registry.signerByFingerprint(hub), nullptr);
    EXPECT_EQ(registry.signersOf("G01").size(), 2U);
    EXPECT_TRUE(registry.signersOf("G03").empty());
    EXPECT_EQ(registry.partner("G02")->agency, "G02");
    EXPECT_EQ(registry.partner("G03"), nullptr);
}

TEST(Registry, OneCertificateHasOneMeaning) {
    Registry::Data twiceChannel;
    twiceChannel.channels = {channel("a", "hub-tls"), channel("b", "hub-tls")};
    EXPECT_THROW(Registry{twiceChannel}, Fault);
    Registry::Data twiceId;
    twiceId.channels = {channel("a", "hub-tls"), channel("a", "court-tls")};
    EXPECT_THROW(Registry{twiceId}, Fault);
    Registry::Data twiceSigner;
    twiceSigner.signers = {signer("G01", "court"), signer("G02", "court")};
    EXPECT_THROW(Registry{twiceSigner}, Fault);
    Registry::Data twicePartner;
    twicePartner.partners.resize(2);
    EXPECT_THROW(Registry{twicePartner}, Fault);
}

TEST(Channel, CarriesOnlyWithinDates) {
    Channel hub = channel("hub", "hub-tls");
    hub.carries = {{"G01", {std::nullopt, now()}, false}, {"G01", {now() + days(2), {}}, true}};
    ASSERT_NE(hub.carriageOf("G01", now() - days(1)), nullptr);
    EXPECT_FALSE(hub.carriageOf("G01", now() - days(1))->mayRead);
    EXPECT_EQ(hub.carriageOf("G01", now() + days(1)), nullptr);
    ASSERT_NE(hub.carriageOf("G01", now() + days(2)), nullptr);
    EXPECT_TRUE(hub.carriageOf("G01", now() + days(2))->mayRead);
    EXPECT_EQ(hub.carriageOf("G02", now()), nullptr);
}
