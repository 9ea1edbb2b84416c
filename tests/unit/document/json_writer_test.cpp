#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"

using namespace gateway::document;
using gateway::base::Fault;

namespace {

std::string rewritten(std::string_view text) { return writeJson(readJson(text).value().root); }

}  // namespace

TEST(JsonWriter, GivesBackWhatWasReadWithoutWhiteSpace) {
    EXPECT_EQ(
        rewritten(" { \"b\" : [ 1.50 , -0 , 1E+2 ] , \"a\" : { } , \"n\" : null, \"t\":true } "),
        R"({"b":[1.50,-0,1E+2],"a":{},"n":null,"t":true})");
    EXPECT_EQ(rewritten("18446744073709551616"), "18446744073709551616");
}

TEST(JsonWriter, EscapesOnlyWhatMustBe) {
    EXPECT_EQ(rewritten(R"("\u0111\/\u0022\u005c\u000a\u007f\ud83d\ude00")"),
              "\"đ/\\\"\\\\\\n\x7F\xF0\x9F\x98\x80\"");
    EXPECT_EQ(writeJson(stringNode({}, "\x1F")), R"("\u001F")");
}

// Where strings are copied by blocks, as rapidjson can, a sign must not be missed for its place.
TEST(JsonWriter, EscapesWhereverItStands) {
    for (const std::size_t length : {1U, 15U, 16U, 17U, 31U, 32U, 48U, 67U})
        for (std::size_t at = 0; at < length; ++at)
            for (const char sign : {'"', '\\', '\n', '\x1F', '\x7F'}) {
                std::string value(length, 'x');
                value[at] = sign;
                const auto text = writeJson(stringNode({}, value));
                const auto back = readJson(text, kOwnBounds);
                ASSERT_TRUE(back.ok()) << text;
                EXPECT_EQ(back->root.value, value);
                const std::size_t more = sign == '\x1F' ? 5 : sign == '\x7F' ? 0 : 1;
                EXPECT_EQ(text.size(), length + 2 + more) << length << " at " << at;
            }
}

TEST(JsonWriter, WritesTreesOfOurOwn) {
    Node root = objectNode();
    root.children.push_back(stringNode("id", "rcp-1"));
    root.children.push_back(numberNode("length", "12"));
    root.children.push_back(booleanNode("ok", false));
    Node list = arrayNode("muc");
    list.children.push_back(stringNode({}, "a"));
    root.children.push_back(std::move(list));
    EXPECT_EQ(writeJson(root), R"({"id":"rcp-1","length":12,"ok":false,"muc":["a"]})");
}

TEST(JsonWriter, PrettyIsForPeople) {
    EXPECT_EQ(writeJsonPretty(readJson(R"({"a":[1],"b":{},"c":[]})").value().root),
              "{\n  \"a\": [\n    1\n  ],\n  \"b\": {},\n  \"c\": []\n}\n");
}

TEST(JsonWriter, OurOwnMistakesAreFaults) {
    EXPECT_THROW((void)writeJson(elementNode("", "x")), Fault);
    EXPECT_THROW((void)writeJson(attributeNode("x", "y")), Fault);
    EXPECT_THROW((void)writeJson(stringNode({}, "\xFF")), Fault);
    for (const char* digits : {"", "01", "1.", ".5", "1e", "+1", "1 ", "NaN", "1,2", "-"})
        EXPECT_THROW((void)writeJson(numberNode({}, digits)), Fault) << digits;
    for (const char* digits : {"0", "-0", "10", "0.5", "1e5", "-1.25E-10"})
        EXPECT_EQ(writeJson(numberNode({}, digits)), digits);
}
