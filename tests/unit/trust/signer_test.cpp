#include "gateway/trust/signer.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "gateway/base/fault.h"
#include "gateway/document/tree.h"
#include "gateway/trust/jws.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::Fault;
using gateway::document::stringNode;
namespace fs = std::filesystem;

TEST(LoadSigner, TakesAKeyOnlyItsOwnerCanRead) {
    TemporaryDirectory directory;
    const fs::path key = directory.path() / "seal.key";
    fs::copy_file(pki().keyFile("court"), key);
    const fs::path certificate = pki().certificateFile("court");
    fs::permissions(key, fs::perms::owner_read);
    EXPECT_EQ(loadSigner(key, certificate)->certificate()->fingerprint(),
              certificateNamed("court")->fingerprint());
    for (const auto more :
         {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
        fs::permissions(key, fs::perms::owner_read | more);
        EXPECT_THROW((void)loadSigner(key, certificate), Fault);
    }
}

TEST(LoadSigner, KeyAndCertificateMustBelongTogether) {
    const fs::path key = pki().keyFile("court");
    const fs::path certificate = pki().certificateFile("court");
    EXPECT_THROW((void)loadSigner(pki().keyFile("ward"), certificate), Fault);
    EXPECT_THROW((void)loadSigner(pki().keyFile("none"), certificate), Fault);
    EXPECT_THROW((void)loadSigner(key, pki().certificateFile("none")), Fault);
    EXPECT_THROW((void)loadSigner(certificate, certificate), Fault);
}

TEST(LoadSigner, RefusesKeysThatCannotSealWithSha256) {
    EXPECT_THROW((void)signerNamed("p384"), Fault);
}

TEST(LoadSigner, NeverAsksForAPassphrase) {
    TemporaryDirectory directory;
    const fs::path key = directory.path() / "locked.key";
    const std::string command = "openssl pkey -aes256 -passout pass:x -in " +
                                pki().keyFile("court").string() + " -out " + key.string();
    ASSERT_EQ(std::system(command.c_str()), 0);
    fs::permissions(key, fs::perms::owner_read);
    EXPECT_THROW((void)loadSigner(key, pki().certificateFile("court")), Fault);
}

TEST(Seal, CompactJwsCanBeVerified) {
    for (const char* name : {"court", "procuracy"}) {
        const auto signer = signerNamed(name);
        const std::string text = Seal(*signer).jws(R"({"id":"rcp-1"})", "thahc-receipt");
        const auto jws = Jws::parseCompact(text);
        ASSERT_TRUE(jws.ok()) << name;
        EXPECT_EQ(jws->payload(), R"({"id":"rcp-1"})");
        EXPECT_EQ(jws->header().child("typ")->value, "thahc-receipt");
        EXPECT_EQ(jws->certificateHint(), signer->certificate()->fingerprint());
        EXPECT_EQ(jws->algorithm(),
                  name == std::string("court") ? JwsAlgorithm::Es256 : JwsAlgorithm::Ps256);
        EXPECT_TRUE(jws->verify(*signer->certificate()).ok());
        EXPECT_FALSE(jws->verify(*certificateNamed("ward")).ok());
    }
}

TEST(Seal, DetachedJwsCoversTheBody) {
    const auto signer = signerNamed("court");
    auto header = gateway::document::objectNode();
    header.children.push_back(stringNode("jti", "m-1"));
    const std::string text = Seal(*signer).detachedJws("a,b\n1,2\n", header);
    EXPECT_NE(text.find(".."), std::string::npos);
    const auto jws = Jws::parseDetached(text, "a,b\n1,2\n");
    ASSERT_TRUE(jws.ok());
    EXPECT_EQ(jws->header().child("jti")->value, "m-1");
    EXPECT_TRUE(jws->verify(*signer->certificate()).ok());
    const auto other = Jws::parseDetached(text, "a,b\n1,3\n");
    ASSERT_TRUE(other.ok());
    EXPECT_FALSE(other->verify(*signer->certificate()).ok());
}

TEST(Seal, NamesTheAlgorithmItself) {
    const auto signer = signerNamed("court");
    auto header = gateway::document::objectNode();
    header.children.push_back(stringNode("alg", "none"));
    EXPECT_THROW((void)Seal(*signer).detachedJws("x", header), Fault);
}
