#include "gateway/document/schemas/json_schema.h"

#include <chrono>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "tests/unit/document/schema_folder.h"

namespace gateway::document {
namespace {

class JsonSchemaTest : public SchemaFolder {
  protected:
    [[nodiscard]] std::shared_ptr<const JsonSchema> schema(const std::string& text) const {
        return JsonSchema::load(write("schema.json", text));
    }
    /// "/path line: words", one a line.
    static std::string check(const JsonSchema& schema, const std::string& json) {
        const auto tree = readJson(json);
        if (!tree) return "no JSON";
        std::string lines;
        for (const auto& problem : schema.validate(tree->root)) {
            EXPECT_EQ(problem.code, base::ErrorCode::SCHEMA_INVALID);
            EXPECT_NE(problem.parameters.at(0).second, problem.parameters.at(1).second);
            lines += problem.path + " " + std::to_string(problem.position.line) + ": " +
                     problem.parameters.at(1).second + "\n";
        }
        return lines;
    }
    [[nodiscard]] std::string faultOf(const std::string& text) const {
        try {
            static_cast<void>(schema(text));
        } catch (const base::Fault& fault) {
            return fault.what();
        }
        return "taken";
    }
};

constexpr auto kMessage = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
  "required": ["so", "ngay"], "additionalProperties": false,
  "properties": {
    "so": {"type": "string", "pattern": "^[0-9]+/[0-9]{4}/HC-ST$"},
    "ngay": {"type": "string", "format": "date"},
    "loai": {"const": "ban-an"}, "cap": {"enum": ["ST", "PT"]},
    "nguoi": {"type": "array", "minItems": 1, "items": {"$ref": "people.json#/$defs/nguoi"}},
    "toa_do": {"prefixItems": [{"type": "number"}, {"type": "number"}], "items": false},
    "khan": {"type": "boolean"}, "ly_do": {"type": "string", "maxLength": 5},
    "ma": {"type": ["integer", "null"], "minimum": 1}, "the": {"uniqueItems": true}
  },
  "if": {"properties": {"khan": {"const": true}}, "required": ["khan"]},
  "then": {"required": ["ly_do"]},
  "dependentRequired": {"cap": ["loai"]}
})";

constexpr auto kSomebody = R"({"$defs": {"nguoi": {"type": "object", "required": ["ten"],
    "properties": {"ten": {"type": "string", "minLength": 1},
                   "con": {"type": "array", "items": {"$ref": "#/$defs/nguoi"}}}}}})";

TEST_F(JsonSchemaTest, NamesEachViolationWithPathLineAndReason) {
    write("people.json", kSomebody);
    const auto message = schema(kMessage);
    EXPECT_EQ(check(*message, R"({"so": "1/2025/HC-ST", "ngay": "2025-02-28", "loai": "ban-an",
        "cap": "ST", "nguoi": [{"ten": "A", "con": [{"ten": "B"}]}], "toa_do": [1, 2.5],
        "khan": true, "ly_do": "đủ ạ", "ma": 2.0, "the": [1, "1", {"a": 1}, {"a": 2}]})"),
              "");
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"("ngay": "2025-02-28")", " 1: the member \"so\" is missing"},
        {R"("so": "x", "ngay": "2025-02-28")", "/so 1: the value does not match the pattern"},
        {R"("so": "1/2025/HC-ST", "ngay": "2025-02-30")", "/ngay 1: must be a date that exists"},
        {R"("la": 1)", "/la 1: the format has no member \"la\""},
        {R"("loai": "khac")", "/loai 1: the value is not the fixed one"},
        {R"("loai": "ban-an", "cap": "XX")", "/cap 1: the value is none of those allowed"},
        {R"("cap": "ST")", " 1: the member \"loai\" must go with it"},
        {R"("nguoi": [])", "/nguoi 1: fewer than 1 items"},
        {"\n\"nguoi\": [{\"ten\": \"A\"},\n {\"ten\": \"B\", \"con\": [{\"ten\": \"\"}]}]",
         "/nguoi/1/con/0/ten 3: shorter than 1 characters"},
        {R"("toa_do": [1, 2, 3])", "/toa_do 1: more items than are allowed"},
        {R"("khan": true)", " 1: the member \"ly_do\" is missing"},
        {R"("ly_do": "sáu ạ!")", "/ly_do 1: longer than 5 characters"},
        {R"("ma": "1")", "/ma 1: the value is of a wrong type"},
        {R"("ma": 0)", "/ma 1: must be at least 1"},
        {R"("the": [{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}])", "/the 1: the list has an item"},
    };
    for (const auto& [members, words] : cases) {
        const std::string found = check(*message, "{" + members + "}");
        EXPECT_NE(found.find(words), std::string::npos) << members << "\n" << found;
        // What only says that something below is wrong is not told.
        EXPECT_EQ(found.find("not valid"), std::string::npos) << found;
    }
}

TEST_F(JsonSchemaTest, SaysOnceThatNoAlternativeFits) {
    const auto either = schema(R"({"properties": {"ket_qua": {"oneOf": [
        {"properties": {"ma": {"const": "XONG"}}, "required": ["ma", "ngay"]},
        {"properties": {"ma": {"const": "CHUA"}}, "required": ["ma", "ly_do"]}]}}})");
    EXPECT_EQ(check(*either, R"({"ket_qua": {"ma": "CHUA", "ly_do": ""}})"), "");
    EXPECT_EQ(check(*either, R"({"ket_qua": {"ma": "KHAC"}})"),
              "/ket_qua 1: none of the alternatives fits\n");
}

TEST_F(JsonSchemaTest, EscapesNamesInItsPaths) {
    const auto one = schema(R"({"properties": {"a/b~c": {"type": "string"}}})");
    EXPECT_EQ(check(*one, R"({"a/b~c": 1})"), "/a~1b~0c 1: the value is of a wrong type\n");
}

TEST_F(JsonSchemaTest, TellsTwentyAtMost) {
    const auto numbers = schema(R"({"items": {"type": "number"}})");
    std::string list = "[";
    for (int i = 0; i < 500; ++i) list += "\"x\",";
    const auto tree = readJson(list + "1]");
    EXPECT_EQ(numbers->validate(tree->root).size(), 20U);
}

TEST_F(JsonSchemaTest, RefusesSchemasThatItCouldNotHold) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"({"unevaluatedProperties": false, "allOf": [{}]})", "unevaluatedProperties"},
        {R"({"$dynamicRef": "#x"})", "$dynamicRef"},
        {R"j({"properties": {"a": {"pattern": "(?=x)"}}})j", "is not understood"},
        {R"({"patternProperties": {"^(a+)+$": {}}})", "a pattern of names"},
        {R"({"allOf": [{"$ref": "#"}]})", "without going down"},
        {R"({"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}})",
         "without going down"},
        {R"({"$ref": "https://some.host/other.json"})", "cannot read"},
        {R"({"properties": {"a": 1}})", "schema.json:1: a schema is an object"},
        {R"({"type": 7})", "does not compile"},
        {"{", "schema.json:1"},
    };
    for (const auto& [text, words] : cases)
        EXPECT_NE(faultOf(text).find(words), std::string::npos) << text << "\n" << faultOf(text);
    EXPECT_EQ(faultOf(R"({"unevaluatedProperties": false, "properties": {"a": true}})"), "taken");
}

// What a partner sends decides neither about our stack nor about our time.
TEST_F(JsonSchemaTest, IsBoundedInTimeAndStack) {
    const auto begin = std::chrono::steady_clock::now();
    const auto text = schema(R"({"properties": {"a": {"pattern": "^(x+x+)+y$"},
        "b": {"format": "date"}, "c": {"uniqueItems": true}}, "patternProperties":
        {"^x-[a-z]+$": {"type": "string"}}})");
    const std::string many(300'000, 'x');
    EXPECT_EQ(check(*text, R"({"a": ")" + many + R"("})"),
              "/a 1: the value does not match the pattern\n");
    EXPECT_NE(check(*text, R"({"b": ")" + std::string(300'000, '1') + R"("})"), "");
    std::string list = "[0";
    for (int i = 1; i < 50'000; ++i) list += "," + std::to_string(i);
    EXPECT_EQ(check(*text, R"({"c": )" + list + "]}"), "");
    EXPECT_NE(check(*text, R"({")" + many + R"(": 1})").find("too intricate"), std::string::npos);
    EXPECT_EQ(check(*text, R"({"x-a": 1})"), "/x-a 1: the value is of a wrong type\n");

    // Each level is judged twice by each level above it.
    const auto doubling = schema(R"({"anyOf": [
        {"properties": {"c": {"$ref": "#"}}, "required": ["x"]},
        {"properties": {"c": {"$ref": "#"}}, "required": ["y"]}]})");
    std::string deep = "{}";
    for (int i = 0; i < 60; ++i) deep = R"({"c": )" + deep + "}";
    EXPECT_NE(check(*doubling, deep).find("too intricate"), std::string::npos);
    const auto taken = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(std::chrono::duration<double>(taken).count(), 10.0);
}

TEST_F(JsonSchemaTest, JudgesOurOwnMessagesAsTheyAre) {
    const std::filesystem::path mappings = THAHC_SOURCE_DIR "/mappings";
    const auto acts = JsonSchema::load(mappings / "case-model/case-acts.schema.json");
    const auto model = JsonSchema::load(mappings / "case-model/case-model.schema.json");
    int judged = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(mappings / "acts/samples")) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with("ok") || !name.ends_with(".json")) continue;
        std::ifstream in(entry.path());
        const std::string text(std::istreambuf_iterator<char>(in), {});
        EXPECT_EQ(check(*acts, text), "") << entry.path();
        ++judged;
    }
    EXPECT_GT(judged, 20);
    EXPECT_NE(check(*model, R"({"envelope": {}})"), "");
}

}  // namespace
}  // namespace gateway::document
