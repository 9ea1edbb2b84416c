// What partners pack: bounded, and refused by its reason when it is odd.

#include "gateway/document/packed/unpack.h"

#include <gtest/gtest.h>

#include "tests/support/packed_files.h"

namespace gateway::document {
namespace {

using testing::packed;

PackFault faultOf(std::string_view bytes, const PackBounds& bounds = {}) {
    const auto content = unpackSingle(bytes, bounds);
    EXPECT_FALSE(content.ok());
    return content.ok() ? PackFault{} : content.error();
}

TEST(Unpack, GivesBackWhatWasPackedAlwaysTheSameBytes) {
    const std::string content = "nội dung\0 nhị phân" + std::string(70'000, 'x');
    const auto bytes = packSingle("công văn.xml", content);
    EXPECT_EQ(packSingle("công văn.xml", content), bytes);
    EXPECT_LT(bytes.size(), content.size() / 10) << "it is compressed";
    EXPECT_EQ(unpackSingle(bytes).value(), content);
    EXPECT_EQ(PackedFiles::open(bytes).value().names(), std::vector<std::string>{"công văn.xml"});
    EXPECT_EQ(unpackSingle(packSingle("empty", "")).value(), "");
}

TEST(Unpack, RefusesWhatIsNoArchiveOrCutOff) {
    EXPECT_EQ(faultOf(""), PackFault::Damaged);
    EXPECT_EQ(faultOf("PK"), PackFault::Damaged);
    EXPECT_EQ(faultOf("<a/>"), PackFault::Damaged);
    const auto bytes = packed({{"a", std::string(500, 'a') + "bcd"}});
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_EQ(faultOf(std::string_view(bytes).substr(0, length)), PackFault::Damaged) << length;
}

TEST(Unpack, NoticesAnAlteredByteOfTheContent) {
    auto bytes = packed({{"a", "0123456789 abcdefghijklmnop"}});
    const auto at = bytes.find("456789");
    ASSERT_NE(at, std::string::npos) << "so short a text is stored as it is";
    bytes[at] = 'X';
    EXPECT_EQ(faultOf(bytes), PackFault::Damaged);
}

TEST(Unpack, WantsOneFileWhereOneIsMeant) {
    EXPECT_EQ(faultOf(packed({{"a", "1"}, {"b", "2"}})), PackFault::NotOneFile);
    EXPECT_EQ(unpackSingle(packed({{"folder/", ""}, {"folder/a", "1"}})).value(), "1");
}

TEST(Unpack, RefusesTwoFilesOfOneName) {
    auto bytes = packed({{"name-1", "1"}, {"name-2", "2"}});
    for (auto at = bytes.find("name-2"); at != std::string::npos; at = bytes.find("name-2"))
        bytes[at + 5] = '1';
    EXPECT_EQ(faultOf(bytes), PackFault::TwoOfAName);
}

TEST(Unpack, RefusesALockedArchive) {
    EXPECT_EQ(faultOf(packed({{"a", "secret"}}, "password")), PackFault::Encrypted);
}

TEST(Unpack, IsBoundedInFilesBytesAndDensity) {
    testing::Files many;
    for (int i = 0; i < 11; ++i) many.emplace_back("f" + std::to_string(i), "x");
    EXPECT_EQ(faultOf(packed(many), {.files = 10}), PackFault::TooMany);
    EXPECT_EQ(faultOf(packed(many), {.files = 11}), PackFault::NotOneFile);
    const std::string zeros(4 * 1024 * 1024, '\0');
    EXPECT_EQ(faultOf(packed({{"a", zeros}})), PackFault::TooLarge) << "a thousandfold";
    EXPECT_EQ(unpackSingle(packed({{"a", zeros}}), {.ratio = 2000}).value(), zeros);
    std::string text;
    for (int i = 0; i < 1000; ++i) text += std::to_string(i * 7919);
    EXPECT_EQ(faultOf(packed({{"a", text}}), {.bytes = text.size() - 1}), PackFault::TooLarge);
    EXPECT_EQ(faultOf(packed({{"a", text}, {"b", text}}), {.bytes = 2 * text.size() - 1}),
              PackFault::TooLarge)
        << "counted together";
    EXPECT_EQ(unpackSingle(packed({{"a", text}}), {.bytes = text.size()}).value(), text);
}

TEST(Unpack, DoesNotBelieveTheSizeThatAnArchiveClaims) {
    const std::string content(3 * 1024 * 1024, 'z');
    auto bytes = packed({{"a", content}});
    // The size stands as four bytes in the local and in the central header.
    const std::string said("\0\0\x30\0", 4), lie("\x08\0\0\0", 4);
    int changed = 0;
    for (auto at = bytes.find(said); at != std::string::npos; at = bytes.find(said, at + 4)) {
        bytes.replace(at, 4, lie);
        ++changed;
    }
    ASSERT_GE(changed, 2);
    const auto got = unpackSingle(bytes, {.bytes = 1024 * 1024});
    ASSERT_FALSE(got.ok());
    EXPECT_EQ(got.error(), PackFault::TooLarge) << "no more is unpacked than was weighed";
}

TEST(Unpack, TellsWhatItUnpacksTo) {
    const auto bytes = packed({{"a", std::string(1000, 'x')}, {"b", "12"}});
    EXPECT_EQ(PackedFiles::open(bytes)->unpackedBytes(), 1002U);
}

TEST(Unpack, SaysEveryFaultInBothLanguages) {
    for (const auto fault :
         {PackFault::Damaged, PackFault::Encrypted, PackFault::NoSuchFile, PackFault::NotOneFile,
          PackFault::TwoOfAName, PackFault::TooMany, PackFault::TooLarge}) {
        EXPECT_FALSE(wordsOf(fault).vi.empty());
        EXPECT_FALSE(wordsOf(fault).en.empty());
    }
    const auto bytes = packed({{"a", "1"}});
    auto files = PackedFiles::open(bytes).value();
    EXPECT_EQ(files.read("b").error(), PackFault::NoSuchFile);
}

}  // namespace
}  // namespace gateway::document
