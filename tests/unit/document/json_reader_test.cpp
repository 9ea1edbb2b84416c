#include <gtest/gtest.h>

#include <string>

#include "gateway/document/json.h"

using namespace gateway::document;
using gateway::base::ErrorCode;
using gateway::base::Position;

namespace {

struct Refused {
    ErrorCode code;
    Position position;
    friend bool operator==(const Refused&, const Refused&) = default;
};

Refused refusal(std::string_view text, const ReadBounds& bounds = {}) {
    const auto result = readJson(text, bounds);
    if (result.ok()) {
        ADD_FAILURE() << "accepted: " << text.substr(0, 80);
        return {};
    }
    return {result.error().code, result.error().position};
}

void expectRefused(std::string_view text, ErrorCode code, Position at) {
    const Refused refused = refusal(text);
    EXPECT_EQ(entryOf(refused.code).name, entryOf(code).name) << text.substr(0, 80);
    EXPECT_EQ(refused.position.line, at.line) << text.substr(0, 80);
    EXPECT_EQ(refused.position.column, at.column) << text.substr(0, 80);
}

Node accepted(std::string_view text, const ReadBounds& bounds = {}) {
    auto result = readJson(text, bounds);
    if (!result.ok()) {
        ADD_FAILURE() << "refused: " << entryOf(result.error().code).name << " at "
                      << result.error().position.line << ':' << result.error().position.column;
        return {};
    }
    return std::move(result).value().root;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace

TEST(JsonReader, KeepsOrderKindsAndDigits) {
    const Node root = accepted(R"({"b":1.50,"a":[true,null,false,"x"],"o":{}})");
    ASSERT_EQ(root.children.size(), 3U);
    EXPECT_EQ(root.children[0].name, "b");
    EXPECT_EQ(root.children[0].kind, Kind::Number);
    EXPECT_EQ(root.children[0].value, "1.50");
    const Node& list = root.children[1];
    EXPECT_EQ(list.kind, Kind::Array);
    ASSERT_EQ(list.children.size(), 4U);
    EXPECT_EQ(list.children[0].value, "true");
    EXPECT_EQ(list.children[1].kind, Kind::Null);
    EXPECT_EQ(list.children[2].value, "false");
    EXPECT_EQ(list.children[3].value, "x");
    EXPECT_EQ(list.children[3].name, "");
    EXPECT_EQ(root.children[2].kind, Kind::Object);
}

TEST(JsonReader, NumbersAreNeverRounded) {
    for (const char* digits :
         {"18446744073709551616", "-9223372036854775809", "0.10", "-0", "1234567890123456.789",
          "1E+2", "1e-320", "3.14159265358979323846264338327950288"}) {
        const Node root = accepted("[" + std::string(digits) + "]");
        ASSERT_EQ(root.children.size(), 1U);
        EXPECT_EQ(root.children[0].value, digits);
    }
}

TEST(JsonReader, UnescapesText) {
    EXPECT_EQ(accepted(R"("Bản án \u0111\u1ECD \ud83d\ude00 \"\\\/\n\r\t")").value,
              "Bản án đọ \xF0\x9F\x98\x80 \"\\/\n\r\t");
    EXPECT_EQ(accepted("\"\xEF\xBB\xBF\"").value, "\xEF\xBB\xBF");  // inside a string: a character
    EXPECT_EQ(accepted("\"\xED\x9F\xBF\xEE\x80\x80\"").value, "\xED\x9F\xBF\xEE\x80\x80");
}

TEST(JsonReader, AnyValueMayBeTheRoot) {
    EXPECT_EQ(accepted("null").kind, Kind::Null);
    EXPECT_EQ(accepted(" 7 ").value, "7");
    EXPECT_EQ(accepted("\t\r\n[]\r\n").kind, Kind::Array);
}

TEST(JsonReader, PositionsAreWhereThingsStart) {
    const Node root = accepted("{\n  \"a\": [ 10,\n   \"x\\\"y\\\\\", {} ],\n \"b\" : true}");
    EXPECT_EQ(root.position, (Position{1, 1}));
    const Node& a = root.children[0];
    EXPECT_EQ(a.position, (Position{2, 3}));  // a member starts at its name
    EXPECT_EQ(a.children[0].position, (Position{2, 10}));
    EXPECT_EQ(a.children[1].position, (Position{3, 4}));
    EXPECT_EQ(a.children[2].position, (Position{3, 14}));
    EXPECT_EQ(root.children[1].position, (Position{4, 2}));
}

TEST(JsonReader, ColumnsCountBytes) {
    const Node root = accepted("[\"đ\", 1]");
    EXPECT_EQ(root.children[1].position, (Position{1, 8}));
}

TEST(JsonReader, RefusesDuplicateNames) {
    expectRefused(R"({"a":1,"b":2,"a":3})", ErrorCode::SYNTAX_DUPLICATE_NAME, {1, 14});
    expectRefused("{\"a\":1,\n\"\\u0061\":3}", ErrorCode::SYNTAX_DUPLICATE_NAME, {2, 1});
    expectRefused(R"([{"x":{"":1,"":1}}])", ErrorCode::SYNTAX_DUPLICATE_NAME, {1, 13});
    EXPECT_EQ(accepted(R"([{"a":1},{"a":1,"A":{"a":2}}])").children.size(), 2U);
}

TEST(JsonReader, RefusesDuplicatesAmongManyNames) {
    std::string text = "{";
    for (int i = 0; i < 5000; ++i) text += "\"n" + std::to_string(i) + "\":0,\n";
    EXPECT_EQ(accepted(text + "\"last\":0}").children.size(), 5001U);
    expectRefused(text + "\"n77\":0}", ErrorCode::SYNTAX_DUPLICATE_NAME, {5001, 1});
}

TEST(JsonReader, RefusesTextThatXmlOrCCannotHold) {
    expectRefused(R"({"role\u0000x":1})", ErrorCode::SYNTAX_JSON, {1, 2});
    expectRefused(R"(["a","b\u0000"])", ErrorCode::SYNTAX_JSON, {1, 6});
    expectRefused(std::string("[\"a\0b\"]", 7), ErrorCode::SYNTAX_JSON, {1, 4});
    expectRefused("[\"a\nb\"]", ErrorCode::SYNTAX_JSON, {1, 4});
    for (const char* text : {R"(["\u0001"])", R"(["a\u001f"])", R"({"\u0008":1})", R"(["\ufffe"])",
                             R"(["x\uffff"])", "[\"\xEF\xBF\xBE\"]"})
        EXPECT_EQ(refusal(text).code, ErrorCode::SYNTAX_JSON) << text;
    EXPECT_EQ(accepted(R"("\t\r\n\u007f\ufffd\ud7ff\ue000\ud83d\ude00")").value,
              "\t\r\n\x7F\xEF\xBF\xBD\xED\x9F\xBF\xEE\x80\x80\xF0\x9F\x98\x80");
}

// Reading each line anew for every value would take minutes for one line of this length.
TEST(JsonReader, OneLongLineCostsNoMoreThanManyShortOnes) {
    std::string text = "[";
    for (int i = 0; i < 190'000; ++i) text += "\"0123456789abcdef0123456789\",";
    const Node root = accepted(text + "0]");
    ASSERT_EQ(root.children.size(), 190'001U);
    EXPECT_EQ(root.children.back().position.line, 1U);
    EXPECT_EQ(root.children.back().position.column, text.size() + 1);
}

TEST(JsonReader, RefusesLoneSurrogates) {
    for (const char* text :
         {R"(["\ud800"])", R"(["\udc00"])", R"(["\udfff x"])", R"(["\ud800\ud800"])",
          R"(["\ud83d\u0041"])", R"(["\udc00\ud800"])", R"({"\udc00":1})", R"(["\ud83d"])"})
        EXPECT_EQ(refusal(text).code, ErrorCode::SYNTAX_JSON) << text;
}

TEST(JsonReader, RefusesWhatIsNotUtf8) {
    expectRefused("\xEF\xBB\xBF{}", ErrorCode::SYNTAX_ENCODING, {1, 1});
    expectRefused("[\"ab\xFF\"]", ErrorCode::SYNTAX_ENCODING, {1, 5});
    for (const char* bytes : {"\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                              "\x80", "\xC3", "\xF0\x8F\xBF\xBF", "\xE1\xBB"})
        expectRefused("[\"" + std::string(bytes) + "\"]", ErrorCode::SYNTAX_ENCODING, {1, 3});
    expectRefused("[\xE9]", ErrorCode::SYNTAX_ENCODING, {1, 2});
    EXPECT_EQ(refusal(std::string("\xFF\xFE[\0]\0", 6)).code, ErrorCode::SYNTAX_ENCODING);
}

TEST(JsonReader, OfOurOwnTextsKeepsNoPlaces) {
    const std::string text = R"({"a":["\u0111",1,{"b":"x\"y"}],"c":"d"})";
    const auto theirs = readJson(text).value().root;
    const auto ours = readJson(text, kOwnBounds).value().root;
    EXPECT_EQ(writeJson(ours), writeJson(theirs));
    EXPECT_EQ(theirs.children[1].position.column, 32U);
    EXPECT_EQ(ours.children[1].position.column, 0U);
    EXPECT_FALSE(readJson("{\"a\":1,\"a\":2}", kOwnBounds).ok());
    EXPECT_FALSE(readJson("[\"\xFF\"]", kOwnBounds).ok());
    EXPECT_FALSE(readJson("[1", kOwnBounds).ok());
}

TEST(JsonReader, RefusesTrailingText) {
    expectRefused("{} x", ErrorCode::SYNTAX_JSON, {1, 4});
    expectRefused("{}{}", ErrorCode::SYNTAX_JSON, {1, 3});
    expectRefused(std::string("{}\0", 3), ErrorCode::SYNTAX_JSON, {1, 3});
    expectRefused(std::string("{}\0evil", 7), ErrorCode::SYNTAX_JSON, {1, 3});
    expectRefused(std::string("{} \n \0 {}", 9), ErrorCode::SYNTAX_JSON, {2, 2});
}

TEST(JsonReader, RefusesWhatIsNotJson) {
    for (const char* text :
         {"",          " ",         "{",     "[",        "[1,]",        "{\"a\":1,}",
          "{a:1}",     "{'a':1}",   "[01]",  "[+1]",     "[.5]",        "[1.]",
          "[1e]",      "[-]",       "[0x1]", "[NaN]",    "[Infinity]",  "[-Infinity]",
          "nul",       "tru",       "True",  "// x\n{}", "[1 /* c */]", "\"abc",
          "\"\\x41\"", "\"\\u12\"", "\"\\",  "{\"a\"}",  "{\"a\":}",    "[1 2]",
          "]",         "}",         ",",     "{1:2}",    "{]",          "[}",
          "\xC2\xA0[]"})
        EXPECT_EQ(refusal(text).code, ErrorCode::SYNTAX_JSON) << text;
}

TEST(JsonReader, BoundsDepth) {
    const ReadBounds bounds{3, 1000};
    EXPECT_EQ(accepted("[[[1]]]", bounds).kind, Kind::Array);
    EXPECT_EQ(refusal("[[[[1]]]]", bounds), (Refused{ErrorCode::SYNTAX_TOO_DEEP, {1, 4}}));
    EXPECT_EQ(refusal("{\"a\":[{\"b\":\n{}}]}", bounds),
              (Refused{ErrorCode::SYNTAX_TOO_DEEP, {2, 1}}));
}

TEST(JsonReader, SurvivesAMillionLevels) {
    EXPECT_EQ(refusal(repeated("[", 1'000'000)).code, ErrorCode::SYNTAX_TOO_DEEP);
    EXPECT_EQ(refusal(repeated("{\"a\":", 1'000'000)).code, ErrorCode::SYNTAX_TOO_DEEP);
}

TEST(JsonReader, BoundsNodes) {
    const ReadBounds bounds{8, 5};
    EXPECT_EQ(accepted("[1,2,3,4]", bounds).children.size(), 4U);
    EXPECT_EQ(refusal("[1,2,3,\n4,5]", bounds),
              (Refused{ErrorCode::SYNTAX_TOO_MANY_NODES, {2, 3}}));
    EXPECT_EQ(refusal("[" + repeated("0,", 300'000) + "0]").code, ErrorCode::SYNTAX_TOO_MANY_NODES);
}

TEST(JsonReader, LongTextsAndManyLinesAreLinear) {
    // Quadratic counting of lines or quotes would take minutes here.
    const std::string text = "[" + repeated("\"" + repeated("\\\"", 200) + "\",\n", 15'000) + "0]";
    const Node root = accepted(text);
    EXPECT_EQ(root.children.back().position, (Position{15'001, 1}));
    const std::string flat = "[" + repeated("0,", 150'000) + "0]";
    EXPECT_EQ(accepted(flat).children.back().position, (Position{1, 300'002}));
}

TEST(JsonReader, EveryCutOfADocumentIsRefused) {
    const std::string whole = R"({"soBanAn":"12/2026/HC-ST","muc":[1.5e2,true,null,"\u0111"]})";
    ASSERT_TRUE(readJson(whole).ok());
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(readJson(std::string_view(whole).substr(0, length)).ok()) << length;
}
