#include "gateway/mapping/drafts/coverage.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gateway/base/fault.h"

namespace gateway::mapping::drafts {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;
const fs::path kMappings = THAHC_SOURCE_DIR "/mappings";

fs::path written(const std::string& name, const std::string& text) {
    const fs::path file = fs::path(testing::TempDir()) / (std::to_string(::getpid()) + "-" + name);
    std::ofstream(file) << text;
    return file;
}

Paths theirsOf(const std::vector<RulePlace>& rules) {
    Paths paths;
    for (const RulePlace& rule : rules)
        if (rule.hasTheirs) paths.push_back(rule.rule + " " + joinedPath(rule.theirs));
    return paths;
}

constexpr auto kMapping = R"(<mapping xmlns="urn:thahc:mapping:1" id="a" version="1" message="X"
    theirs="xml"><accept root="A" when="@v = '1' and exists Kind"/>
  <part name="p"><field theirs="n:Name | Alias" ours="name" as="code agency"/></part>
  <body><group theirs="A" ours="order">
    <each theirs="Line[@role = 'x']" ours="lines[kind='k']"><use part="p"/>
      <field theirs="../Total" ours="../total"/><field theirs="/A/Day" ours="/day"/></each>
    <ignore theirs="Print" why="w"/><field theirs="$exchange/sender" ours="by" direction="in"/>
    <choose><option when-theirs="Flag != 'no'"><constant theirs="C" value="1"/></option></choose>
    <field theirs="Out" ours="out" direction="out"/>
  </group></body></mapping>)";

TEST(RulePlacesTest, NamesEveryPlaceOfEitherSide) {
    const auto file = written("places.xml", kMapping);
    const auto rules = rulePlacesOf(file);
    EXPECT_EQ(theirsOf(rules),
              (Paths{"condition A/@v", "condition A/Kind", "group A", "condition A/Line/@role",
                     "each A/Line", "field A/Line/Name", "field A/Line/Alias", "field A/Total",
                     "field A/Day", "ignore A/Print", "condition A/Flag", "constant A/C",
                     "field A/Out"}));
    Paths ours;
    for (const RulePlace& rule : rules)
        if (rule.hasOurs && rule.rule == "field" && !rule.out)
            ours.push_back(joinedPath(rule.ours));
    EXPECT_EQ(ours, (Paths{"order/lines[]/name", "order/lines[]/name", "order/total", "day",
                           "order/by"}));
    fs::remove(file);
    EXPECT_THROW(static_cast<void>(rulePlacesOf(file)), base::Fault);
}

TEST(CoverageTest, NamesWhatNoRuleTouches) {
    const auto file = written("cover.xml", kMapping);
    const auto rules = rulePlacesOf(file);
    const auto xsd = written("cover.xsd", R"(<xs:schema
        xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
      <xs:element name="Other"/><xs:element name="A"><xs:complexType><xs:sequence>
        <xs:element name="Kind"/><xs:element name="Day"/><xs:element name="Extra"/>
        <xs:element name="Print"><xs:complexType><xs:sequence><xs:element name="Box"/>
          </xs:sequence></xs:complexType></xs:element>
        <xs:element name="Line" maxOccurs="9"><xs:complexType><xs:sequence>
          <xs:element name="Name"/><xs:element name="Note"><xs:complexType><xs:sequence>
            <xs:element name="Text"/></xs:sequence></xs:complexType></xs:element></xs:sequence>
          <xs:attribute name="role"/><xs:attribute name="no"/></xs:complexType></xs:element>
        </xs:sequence><xs:attribute name="v"/></xs:complexType></xs:element></xs:schema>)");
    EXPECT_EQ(unmentioned(*document::Outline::of(xsd), rules),
              (Paths{"A/Extra", "A/Line/@no", "A/Line/Note"}));
    const auto json = written("cover.json", R"({"properties": {
        "order": {"type": "object", "required": ["by", "out", "sum"], "properties": {
          "by": {"type": "string"}, "out": {"type": "string"}, "sum": {"type": "number"},
          "free": {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}},
          "lines": {"type": "array", "items": {"type": "object", "required": ["name", "no", "kind"],
            "properties": {"name": {"type": "string"}, "no": {"type": "integer"},
                           "kind": {"type": "string"}}}}}},
        "more": {"type": "string"}}, "required": ["order", "more"]})");
    const auto ours = document::Outline::of(json);
    // What is only written does not fill; of what nobody makes nothing is asked.
    EXPECT_EQ(unfilled(*ours, {"order"}, rules),
              (Paths{"order/out", "order/sum", "order/lines[]/no"}));
    EXPECT_EQ(unfilled(*ours, {}, rules),
              (Paths{"order/out", "order/sum", "order/lines[]/no", "more"}));
    for (const auto& gone : {file, xsd, json}) fs::remove(gone);
}

TEST(CoverageTest, FindsTheShippedMappingsWhole) {
    const auto rules = rulePlacesOf(kMappings / "court-xml/ruling/mapping.xml");
    const auto schema = document::Outline::of(kMappings / "parts/toa-an.xsd");
    EXPECT_EQ(unmentioned(*schema, rules), Paths{});
    const auto model = document::Outline::of(kMappings / "case-model/case-model.schema.json");
    EXPECT_EQ(unfilled(*model, {"envelope", "judgmentTransfer"}, rules), Paths{});
}

}  // namespace
}  // namespace gateway::mapping::drafts
