// The shipped formats, as an author sees them tried: nothing planted is missed, other words mean
// the same, what goes both ways comes back the same.

#include <gtest/gtest.h>

#include <charconv>
#include <filesystem>
#include <fstream>

#include "gateway/app/authors/sample_variants.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/app/printed_by.h"

namespace gateway::app {
namespace {

const std::string kMappings = THAHC_SOURCE_DIR "/mappings";

int numberIn(const document::Node& node, std::string_view name) {
    const std::string& digits = node.child(name)->value;
    int number = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

TEST(TestMappings, everyShippedFormatHoldsWhatItPromises) {
    const auto printed =
        printedBy(testMappingsCommand, {"--mappings", kMappings, "--json"}, kExitOk);
    const auto told = document::readJson(printed);
    ASSERT_TRUE(told.ok()) << printed.substr(0, 500);
    int planted = 0;
    for (const auto& one : told->root.child("mappings")->children) {
        const std::string& id = one.child("mapping")->value;
        EXPECT_TRUE(one.child("failures")->children.empty())
            << id << document::writeJson(*one.child("failures"));
        EXPECT_EQ(numberIn(one, "unknown"), 0) << id;
        const bool both = one.child("direction")->value == "both";
        EXPECT_EQ(numberIn(one, "identical"), both ? numberIn(one, "good") : 0) << id;
        planted += numberIn(one, "planted");
    }
    EXPECT_GT(told->root.child("mappings")->children.size(), 80U);
    EXPECT_GT(planted, 5'000);
}

// The three formats of the tutorial in mappings/README.md, laid out as an operator's own folder.
TEST(TestMappings, theFormatsOfTheTutorialHoldWhatTheyPromise) {
    const auto printed = printedBy(testMappingsCommand,
                                   {"phieu", "xa", "so-lieu", "--mappings", kMappings, "--local",
                                    THAHC_SOURCE_DIR "/tests/golden/first-formats", "--json"},
                                   kExitOk);
    const auto told = document::readJson(printed);
    ASSERT_TRUE(told.ok()) << printed;
    const auto& tried = told->root.child("mappings")->children;
    ASSERT_EQ(tried.size(), 3U) << printed;
    for (const auto& one : tried) {
        EXPECT_TRUE(one.child("failures")->children.empty()) << document::writeJson(one);
        EXPECT_EQ(numberIn(one, "unknown"), 0);
        EXPECT_GT(numberIn(one, "good"), 0);
        EXPECT_EQ(numberIn(one, "bad"), 1);
    }
}

TEST(TestMappings, aBadSampleThatIsAcceptedIsAFailure) {
    const std::string format = "mappings/committee-json/status-report";
    const support::TemporaryFolder local;
    std::filesystem::create_directories(local.path() / format);
    std::filesystem::path good;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(THAHC_SOURCE_DIR) / format))
        if (entry.path().filename().string().starts_with("ok-")) good = entry.path();
    std::filesystem::copy_file(good, local.path() / format / "bad-after-all.json");
    const auto printed = printedBy(testMappingsCommand,
                                   {"committee-json/status-report", "--mappings", kMappings,
                                    "--local", local.path().string(), "--json"},
                                   kExitRefused);
    EXPECT_NE(printed.find("bad-after-all.json: is accepted"), std::string::npos) << printed;
}

constexpr const char* kShipment = R"(<mapping xmlns="urn:thahc:mapping:1" id="goods/shipment"
    version="1" theirs="xml" ours="o.schema.json"><accept root="S"/><part name="s">
  <field theirs="Sent" ours="sent" as="moment"/><field theirs="Weight" ours="weight" as="number"/>
  <ignore theirs="Clerk" why="not ours"/>
  <each theirs="Box" ours="boxes[]"><field theirs="No" ours="no" as="integer"/></each>
  <each theirs="Part/Id" ours="parts[]"><field theirs="." ours="."/></each>
  <group theirs="In" ours="inner"><use part="s"/></group></part>
  <body><group theirs="S"><use part="s"/></group></body></mapping>)";
constexpr const char* kShipmentSchema = R"({"type":"object","properties":{
  "sent":{"type":"string"},"weight":{"type":"number"},
  "boxes":{"type":"array","items":{"type":"object","properties":{"no":{"type":"integer"}}}},
  "parts":{"type":"array","items":{"type":"string"}},"inner":{"$ref":"#"}}})";

// What is told of one sample of the format above.
document::Tree toldOfShipment(const std::string& sample, int code) {
    const support::TemporaryFolder local;
    const auto folder = local.path() / "mappings/goods/shipment";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "mapping.xml") << kShipment;
    std::ofstream(folder / "o.schema.json") << kShipmentSchema;
    std::ofstream(folder / "ok-1.xml") << sample;
    const auto printed = printedBy(
        testMappingsCommand,
        {"goods", "--mappings", kMappings, "--local", local.path().string(), "--json"}, code);
    return document::readJson(printed).value();
}

TEST(TestMappings, whatComesBackOtherwiseIsToldByWhatItsRulesSay) {
    const auto told = toldOfShipment(
        "<S><Sent>2026-03-12T09:30:00+07:00</Sent><Weight>007.10</Weight>"
        "<Clerk>A</Clerk><Clerk>B</Clerk><Box><No>1</No></Box><Box><No>2</No></Box>"
        "<Part><Id>P1</Id></Part></S>",
        kExitOk);
    const auto& one = told.root.child("mappings")->children.front();
    EXPECT_TRUE(one.child("failures")->children.empty()) << document::writeJson(one);
    EXPECT_EQ(document::writeJson(*one.child("writtenOtherwise")),
              R"({"ignored":2,"notation":1,"zone":1})");
}

TEST(TestMappings, whatComesBackOtherwiseAndNoRuleSaysSoIsAFailure) {
    const auto told =
        toldOfShipment("<S><Part><Id>P1</Id></Part><Part><Id>P2</Id></Part></S>", kExitRefused);
    const auto& failures = told.root.child("mappings")->children.front().child("failures");
    ASSERT_EQ(failures->children.size(), 1U) << document::writeJson(*failures);
    EXPECT_NE(failures->children.front().value.find("/S/Part: 2 × -> 1 ×"), std::string::npos)
        << failures->children.front().value;
}

// However deep a part stands in itself.
TEST(TestMappings, aDifferenceIsToldAtAnyDepth) {
    const auto told = [](const std::string& inner) {
        return toldOfShipment("<S>" + inner + "</S>", kExitRefused)
            .root.child("mappings")
            ->children.front()
            .child("failures")
            ->children;
    };
    const std::string wrong = "<Part><Id>P1</Id></Part><Part><Id>P2</Id></Part>";
    for (const std::string open : {"<In>", "<In><In><In>"}) {
        std::string close = open;
        for (auto at = close.find('<'); at != std::string::npos; at = close.find('<', at + 1))
            close.insert(at + 1, "/");
        const auto failures = told(open + wrong + close);
        ASSERT_EQ(failures.size(), 1U) << open;
        EXPECT_NE(failures.front().value.find("/Part: 2 × -> 1 ×"), std::string::npos)
            << failures.front().value;
    }
    const auto weight =
        toldOfShipment("<S><In><In><In><Weight>007</Weight></In></In></In></S>", kExitOk);
    EXPECT_EQ(document::writeJson(
                  *weight.root.child("mappings")->children.front().child("writtenOtherwise")),
              R"({"notation":1})");
}

TEST(TestMappings, everyVersionIsTriedOnItsOwnSamples) {
    const support::TemporaryFolder local;
    const auto folder = local.path() / "mappings/goods/shipment";
    std::filesystem::create_directories(folder / "2");
    std::string second = kShipment;
    second.replace(second.find("version=\"1\""), 11, "version=\"2\"");
    std::ofstream(folder / "mapping.xml") << kShipment;
    std::ofstream(folder / "mapping-2.xml") << second;
    std::ofstream(folder / "o.schema.json") << kShipmentSchema;
    std::ofstream(folder / "ok-1.xml") << "<S><Weight>1</Weight></S>";
    std::ofstream(folder / "2/ok-1.xml") << "<S><Weight>heavy</Weight></S>";
    const auto printed =
        printedBy(testMappingsCommand,
                  {"goods", "--mappings", kMappings, "--local", local.path().string(), "--json"},
                  kExitRefused);
    const auto told = document::readJson(printed).value();
    const auto& tried = told.root.child("mappings")->children;
    ASSERT_EQ(tried.size(), 2U) << printed;
    std::size_t failures = 0;
    for (const auto& one : tried) failures += one.child("failures")->children.size();
    EXPECT_EQ(failures, 1U) << printed;
}

TEST(TestMappings, aSampleThatIsNoDocumentIsAFailure) {
    const auto told = toldOfShipment("<S><Part>", kExitRefused);
    EXPECT_EQ(document::writeJson(*told.root.child("mappings")->children.front().child("failures")),
              R"(["ok-1.xml: is refused"])");
}

TEST(SampleVariants, somethingIsPlantedAtEveryPlace) {
    const auto xml = document::XmlDocument::parse("<A x=\"1\"><B>t</B><C/></A>");
    std::size_t count = 0;
    forEachPlanted(xml->toTree(), 100, [&](const SampleVariant& planted) {
        ++count;
        EXPECT_NE(planted.bytes.find(kPlanted), std::string::npos) << planted.bytes;
    });
    EXPECT_EQ(count, 6U) << "an attribute and an element in each of three";
    const auto json = document::readJson(R"({"a":{"b":1},"c":[{"d":2}]})");
    count = 0;
    forEachPlanted(*json, 100, [&](const SampleVariant&) { ++count; });
    EXPECT_EQ(count, 3U);
}

TEST(SampleVariants, otherWordsAreOtherBytes) {
    const auto xml =
        document::XmlDocument::parse("<A xmlns=\"urn:a\" x=\"1\" y=\"2\"><B>t</B></A>");
    const auto variants = variantsOf(xml->toTree());
    ASSERT_EQ(variants.size(), 3U);
    EXPECT_NE(variants[0].bytes.find("y=\"2\" x=\"1\""), std::string::npos) << variants[0].bytes;
    EXPECT_NE(variants[2].bytes.find("<n1:B>"), std::string::npos) << variants[2].bytes;
}

}  // namespace
}  // namespace gateway::app
