#include "gateway/base/encoding.h"

#include <gtest/gtest.h>

using namespace gateway::base;

// What Python's base64 makes of the bytes 7, 96, 185, ... (steps of 89).
TEST(Encoding, EveryRestOfAGroupIsWrittenAndRead) {
    const std::string_view all = "B2C5EmvEHXbPKIHaM4zlPpfwSaL7VK0GX7gRasMcdc4ngNkyi+Q9lu9IofpTrAU=";
    std::string bytes;
    for (int i = 0; i < 47; ++i) bytes.push_back(static_cast<char>((i * 89 + 7) % 256));
    EXPECT_EQ(toBase64(bytes), all);
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const auto part = bytes.substr(0, size);
        EXPECT_TRUE(all.starts_with(toBase64(part).substr(0, size / 3 * 4))) << size;
        EXPECT_EQ(fromBase64(toBase64(part)), part) << size;
        EXPECT_EQ(fromBase64Url(toBase64Url(part)), part) << size;
    }
    for (std::size_t at = 0; at < all.size() - 1; ++at) {
        std::string broken(all);
        broken[at] = '*';
        EXPECT_FALSE(fromBase64(broken)) << at;
    }
    EXPECT_FALSE(fromBase64("Zm9=")) << "two unused bits of the third symbol";
}

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
