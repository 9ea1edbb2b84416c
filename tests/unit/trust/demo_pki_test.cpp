#include "gateway/trust/certificates/demo_pki.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "gateway/base/fault.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::Fault;
namespace fs = std::filesystem;

namespace {

// A second opinion: the openssl command judges what we made.
bool opensslAgrees(const std::string& arguments) {
    const std::string command = "openssl " + arguments + " >/dev/null 2>&1";
    return std::system(command.c_str()) == 0;
}

std::string at(const std::string& name) { return pki().certificateFile(name).string(); }

const std::string kAtNow = "-attime 1795219200 ";

}  // namespace

TEST(DemoPki, OpensslAcceptsTheChainsForTheirPurposes) {
    const std::string verify = "verify -x509_strict " + kAtNow + "-CAfile " + at("ca") + " ";
    EXPECT_TRUE(opensslAgrees(verify + at("court")));
    EXPECT_TRUE(opensslAgrees(verify + "-purpose sslclient " + at("court-tls")));
    EXPECT_FALSE(opensslAgrees(verify + "-purpose sslserver " + at("court-tls")));
    const std::string server = verify + "-purpose sslserver ";
    EXPECT_TRUE(opensslAgrees(server + "-verify_hostname localhost " + at("server")));
    EXPECT_TRUE(opensslAgrees(server + "-verify_ip 127.0.0.1 " + at("server")));
    EXPECT_FALSE(opensslAgrees(verify + "-purpose sslclient " + at("server")));
    EXPECT_TRUE(opensslAgrees("crl -CAfile " + at("ca") + " -noout -in " +
                              (pki().directory() / "crl" / "ca.crl").string()));
}

TEST(DemoPki, KeysAreTheirOwnersOnly) {
    for (const char* name : {"ca", "court", "procuracy"})
        EXPECT_EQ(fs::status(pki().keyFile(name)).permissions(),
                  fs::perms::owner_read | fs::perms::owner_write)
            << name;
}

TEST(DemoPki, NeverOverwritesAKey) {
    const std::string before = textOf(pki().keyFile("court"));
    DemoPki again = DemoPki::open(pki().directory());
    EXPECT_THROW(again.issue({"court", DemoKind::Seal}, term()), Fault);
    EXPECT_THROW((void)DemoPki::create(pki().directory(), term()), Fault);
    EXPECT_EQ(textOf(pki().keyFile("court")), before);
}

TEST(DemoPki, CanBeOpenedAgainToIssueMore) {
    TemporaryDirectory directory;
    makeDemoPki(directory.path() / "pki", {{"a", DemoKind::Seal}}, term());
    DemoPki again = DemoPki::open(directory.path() / "pki");
    again.issue({"b", DemoKind::Seal}, term());
    EXPECT_TRUE(opensslAgrees("verify " + kAtNow + "-CAfile " +
                              again.certificateFile("ca").string() + " " +
                              again.certificateFile("b").string()));
}

TEST(DemoPki, NamesStayInsideTheDirectory) {
    TemporaryDirectory directory;
    DemoPki made = DemoPki::create(directory.path() / "pki", term());
    for (const char* name : {"", "../x", "a/b", ".hidden", "a b", "tòa"})
        EXPECT_THROW(made.issue({name, DemoKind::Seal}, term()), Fault) << name;
}

TEST(DemoPki, NamesOfKindsAndAlgorithms) {
    EXPECT_EQ(demoKindNamed("gateway-seal"), DemoKind::GatewaySeal);
    EXPECT_EQ(demoKindNamed("other"), std::nullopt);
    EXPECT_EQ(demoAlgorithmNamed("RSA-3072"), DemoAlgorithm::Rsa3072);
    EXPECT_EQ(demoAlgorithmNamed("RSA-1024"), std::nullopt);
}
