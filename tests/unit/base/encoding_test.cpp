#include "gateway/base/encoding.h"

#include <gtest/gtest.h>

using namespace gateway::base;

TEST(Encoding, Base64FollowsRfc4648) {
    EXPECT_EQ(toBase64(""), "");
    EXPECT_EQ(toBase64("f"), "Zg==");
    EXPECT_EQ(toBase64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(fromBase64("Zm9v\n YmE="), "fooba");
    EXPECT_EQ(toBase64Url("\xfb\xff"), "-_8");
    EXPECT_EQ(fromBase64Url("-_8"), "\xfb\xff");
}

TEST(Encoding, OneValueHasOneText) {
    EXPECT_FALSE(fromBase64("Zg"));    // padding is part of base64
    EXPECT_FALSE(fromBase64("Zh=="));  // unused bits are not zero
    EXPECT_FALSE(fromBase64("Zg==="));
    EXPECT_FALSE(fromBase64Url("Zg=="));  // and no part of base64url
    EXPECT_FALSE(fromBase64Url("Zh"));
    EXPECT_FALSE(fromBase64Url("Z"));
    EXPECT_FALSE(fromBase64Url("+/8"));
    EXPECT_FALSE(fromBase64Url("-_8\n"));
}

TEST(Encoding, HexBothWays) {
    EXPECT_EQ(toHex(std::string("\x00\xab", 2)), "00ab");
    EXPECT_EQ(fromHex("00AB"), std::string("\x00\xab", 2));
    EXPECT_FALSE(fromHex("0"));
    EXPECT_FALSE(fromHex("0g"));
}
