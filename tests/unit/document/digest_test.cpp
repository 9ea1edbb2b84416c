#include "gateway/document/digest.h"

#include <gtest/gtest.h>

#include "gateway/base/fault.h"

using namespace gateway::document;

TEST(Digest, Sha256OfKnownTexts) {
    // FIPS 180-4 examples.
    EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc").hex(),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, RawBytesBothWays) {
    const Digest digest = sha256("abc");
    EXPECT_EQ(Digest::fromBytes(digest.view()), digest);
    EXPECT_THROW((void)Digest::fromBytes("short"), gateway::base::Fault);
}

TEST(FieldDigest, FramesEveryField) {
    const std::string framed("\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\0", 18);
    EXPECT_EQ(FieldDigest().add("ab").add("").finish(), sha256(framed));
    EXPECT_NE(FieldDigest().add("ab").add("c").finish(), FieldDigest().add("a").add("bc").finish());
    EXPECT_NE(FieldDigest().add("a").finish(), FieldDigest().add("a").add("").finish());
}
