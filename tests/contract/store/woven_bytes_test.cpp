// Recipes: what they save, and that they give the very same bytes or nothing.

#include "gateway/store/woven_bytes.h"

#include <gtest/gtest.h>

#include "gateway/base/encoding.h"

using namespace gateway::store;
using gateway::base::toBase64;
using gateway::base::toBase64Url;

namespace {

// Any bytes, the same at every run.
std::string someBytes(std::size_t size, unsigned seed) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
        seed = seed * 1'103'515'245U + 12'345U;
        bytes += static_cast<char>(seed >> 16U);
    }
    return bytes;
}

const std::vector<KnownBytes> kParts = {{"a", someBytes(10'000, 1)},
                                        {"b", someBytes(20'001, 2)},
                                        {"never", someBytes(5'000, 3)},
                                        {"small", "few"}};

std::optional<std::string> part(std::string_view name) {
    for (const auto& one : kParts)
        if (one.name == name) return one.bytes;
    return std::nullopt;
}

const std::string kText = "<a>" + toBase64(kParts[0].bytes) + "</a><b>" +
                          toBase64(kParts[1].bytes) + "</b><a>" + toBase64(kParts[0].bytes) +
                          "</a>few";

}  // namespace

TEST(WovenBytes, NameWhatTheyRepeat) {
    const auto woven = weave(kText, kParts);
    ASSERT_TRUE(woven);
    EXPECT_LT(woven->recipe.size(), 100U) << woven->recipe;
    EXPECT_EQ(woven->named, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(unweave(woven->recipe, part), kText);
}

TEST(WovenBytes, LookIntoACompactJws) {
    // The outer base64 shifts the inner one: wherever it begins, it is found.
    for (const char* before : {"", "x", "xy", "{\"content\":\""}) {
        const std::string jws = "eyJ0eXAi." + toBase64Url(before + kText) + ".c2lnbmF0dXJl";
        const auto woven = weave(jws, kParts);
        ASSERT_TRUE(woven) << before;
        EXPECT_LT(woven->recipe.size(), 150U);
        EXPECT_EQ(unweave(woven->recipe, part), jws);
    }
}

TEST(WovenBytes, AreNotMadeOfWhatRepeatsNothing) {
    EXPECT_FALSE(weave("<x/>", kParts));
    EXPECT_FALSE(weave("", kParts));
    EXPECT_FALSE(weave(kText, {}));
    EXPECT_FALSE(weave("few few few", kParts)) << "not worth it";
    auto cut = toBase64(kParts[0].bytes);
    cut[100] = cut[100] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(weave(cut, kParts));
    cut = toBase64(kParts[0].bytes);
    EXPECT_FALSE(weave(cut.insert(76, "\n"), kParts)) << "lines are other bytes";
}

TEST(WovenBytes, TakeAnyBytesAroundTheParts) {
    const std::vector<std::string> odd = {"B",  "L5\nx", "Ba\n", "\n", std::string(1, '\0'),
                                          "..", "a.b.c"};
    for (const auto& around : odd) {
        const auto text = around + toBase64(kParts[0].bytes) + around;
        const auto woven = weave(text, kParts);
        ASSERT_TRUE(woven) << around;
        EXPECT_EQ(unweave(woven->recipe, part), text);
    }
}

TEST(WovenBytes, GiveNothingWhenAPartOrTheRecipeIsBroken) {
    const auto recipe = weave(kText, kParts)->recipe;
    EXPECT_FALSE(unweave(
        recipe, [](std::string_view name) { return name == "a" ? part("a") : std::nullopt; }));
    for (const char* broken : {"", "P", "X\nL1\nx", "P\nL2\nx", "P\nL\nx", "P\nL-1\nx", "P\nL1x\nx",
                               "P\nQ\n", "P\n\n", "P\nBa", "Jnodot\nL1\nx"})
        EXPECT_FALSE(unweave(broken, part)) << broken;
}
