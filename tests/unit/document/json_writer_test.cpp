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
