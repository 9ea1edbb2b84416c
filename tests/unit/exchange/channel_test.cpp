// Who may bring what over which channel, and which bytes count as brought before.

#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

// A package without addressee could be carried to any gateway by whoever has a copy, so only the
// signer's own channel may bring it, even where another's may carry for the signer.
TEST(Channels, AFormatWithoutAddresseeComesOverTheSignersOwnAlone) {
    House house;
    house.change(scenario::kCourt,
                 [](trust::Partner& partner) { partner.formatsIn = {"edxml/document"}; });
    const auto claims = house.message(house.court, model::Ping{}).envelope;
    Signed package{
        "<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><edXMLEnvelope><edXMLHeader>"
        "<MessageHeader><DocumentId>1</DocumentId></MessageHeader></edXMLHeader></edXMLEnvelope>"
        "</edXML>",
        "application/xml", ""};
    package.detachedHeader = house.court.detachedOver(package.body, claims, "application/xml");
    const auto own = house.inbound(scenario::kCourt, package);
    trust::Channel hub = *own.channel;
    hub.ownerAgency = scenario::kProcuracy;
    auto foreign = own;
    foreign.channel = &hub;
    EXPECT_EQ(house.read(house.intake.accept(own)).code(), "MAPPING_REQUIRED");
    EXPECT_EQ(house.read(house.intake.accept(foreign)).code(), "FORBIDDEN_CHANNEL");
}

TEST(Channels, TheSameBytesUnderAnotherHeaderAreJudgedAnew) {
    House house;
    const auto message = house.message(house.court, model::Ping{});
    const auto sent = house.court.detached(message);
    const auto first = house.send(house.court, sent);
    ASSERT_EQ(first.verdict(), "accepted");
    EXPECT_EQ(house.send(house.court, sent).body, first.body);
    auto forged = sent;
    forged.detachedHeader = house.otherCourt.detachedOver(sent.body, message.envelope);
    EXPECT_EQ(house.send(house.court, forged).code(), "FORBIDDEN_CHANNEL");
    auto broken = sent;
    auto& last = broken.detachedHeader.at(broken.detachedHeader.size() - 10);
    last = last == 'A' ? 'B' : 'A';
    EXPECT_EQ(house.send(house.court, broken).code(), "SIGNATURE_INVALID");
    auto bare = sent;
    bare.detachedHeader.clear();
    EXPECT_EQ(house.send(house.court, bare).code(), "SIGNATURE_MISSING");
}

TEST(Channels, ARefusedSignatureNamesItsReasonForMachines) {
    House house;
    auto sent = house.court.json(house.message(house.court, model::Ping{}));
    sent.body += "\n";
    const auto reply = house.send(house.court, sent);
    EXPECT_EQ(reply.code(), "SIGNATURE_SHAPE");
    EXPECT_EQ(reply.at("refusal/reasons/0/reason"), "JWS_BLANK");
    EXPECT_NE(reply.at("refusal/reasons/0/en").find("line end"), std::string::npos);
    EXPECT_NE(reply.at("refusal/reasons/0/vi").find("xuống dòng"), std::string::npos);
    EXPECT_EQ(house.send(house.committee, sent).at("refusal/reasons/0/path"), "");
}

}  // namespace
}  // namespace gateway::exchange::fixture
