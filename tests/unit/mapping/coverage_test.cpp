#include "gateway/mapping/drafts/coverage.h"

#include "gateway/mapping/engine/rule.h"
#include "mapping_fixture.h"

namespace gateway::mapping::drafts {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;
const fs::path kMappings = THAHC_SOURCE_DIR "/mappings";

/// Whatever list a mapping asks for.
class AnyLists final : public CodeLists {
  public:
    std::optional<std::string> toOurs(std::string_view, std::string_view, AsOf) const override {
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view, std::string_view, AsOf) const override {
        return std::nullopt;
    }
    bool knows(std::string_view) const override { return true; }
};

class CoverageTest : public MappingTest {
  protected:
    /// A mapping between two foreign documents; ours is the schema below.
    std::shared_ptr<const Plan> foreign(const std::string& theirs, const std::string& accept,
                                        const std::string& body) {
        write("ours.schema.json", kOurs);
        return Plan::compile(
            write("mapping.xml",
                  R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t" version="1" theirs=")" + theirs +
                      "\" ours=\"ours.schema.json\">" + accept + "<body>" + body +
                      "</body></mapping>"),
            language(), TestShape(), std::make_shared<TestLists>());
    }
    static Paths theirsOf(const Plan& plan) {
        Paths paths;
        for (const auto& place : plan.placesOfAccept()) paths.push_back("accept " + place);
        plan.forEachRule([&paths](const Rule& rule) {
            for (const auto& place : rule.theirPlaces.own) paths.push_back(rule.kind + " " + place);
            for (const auto& place : rule.theirPlaces.tested)
                paths.push_back(rule.kind + " tests " + place);
        });
        return paths;
    }
    static Paths oursOf(const Plan& plan) {
        Paths paths;
        plan.forEachRule([&paths](const Rule& rule) {
            for (const auto& place : rule.ourPlaces.own) paths.push_back(rule.kind + " " + place);
            for (const auto& place : rule.ourPlaces.tested)
                paths.push_back(rule.kind + " tests " + place);
        });
        return paths;
    }

    static constexpr auto kOurs = R"({"type": "object", "properties": {
        "order": {"type": "object", "required": ["by", "out", "sum"], "properties": {
          "by": {"type": "string"}, "out": {"type": "string"}, "sum": {"type": "number"},
          "total": {"type": "string"},
          "free": {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}},
          "lines": {"type": "array", "items": {"type": "object", "required": ["name", "no", "kind"],
            "properties": {"name": {"type": "string"}, "no": {"type": "integer"},
                           "kind": {"type": "string"}}}}}},
        "more": {"type": "string"}}, "required": ["order", "more"]})";
    static constexpr auto kAccept = R"(<accept root="A" when="@v = '1' and exists Kind"/>
  <part name="p"><field theirs="Name | Alias" ours="name" as="code agency"/></part>)";
    static constexpr auto kRules = R"(<group theirs="A" ours="order">
    <each theirs="Line[@role = 'x']" ours="lines[kind='k']"><use part="p"/>
      <field theirs="../Total" ours="../total"/>
      <field theirs="/A/Day" ours="../sum" as="number" direction="in"/></each>
    <ignore theirs="Print" why="w"/><field theirs="$exchange/sender" ours="by" direction="in"/>
    <choose><option when-theirs="Flag != 'no'" when-ours="out = 'x'">
      <constant theirs="C" value="1"/></option></choose>
    <field theirs="Out" ours="out" direction="out"/>
  </group>)";
};

TEST_F(CoverageTest, RulesNameEveryPlaceOfEitherSide) {
    const auto plan = foreign("xml", kAccept, kRules);
    EXPECT_EQ(
        theirsOf(*plan),
        (Paths{"accept A/@v", "accept A/Kind", "group A", "each A/Line", "each tests A/Line/@role",
               "field A/Line/Name", "field A/Line/Alias", "field A/Total", "field A/Day",
               "ignore A/Print", "choose tests A/Flag", "constant A/C", "field A/Out"}));
    EXPECT_EQ(oursOf(*plan),
              (Paths{"group order", "each order/lines[]", "each order/lines[]/kind",
                     "field order/lines[]/name", "field order/total", "field order/sum",
                     "field order/by", "choose tests order/out", "field order/out"}));
}

TEST_F(CoverageTest, RulesNamePlacesInEveryConstruct) {
    const auto numbered = plan("json", R"(<numbered theirs="o.NV{n}" up-to="2" ours="list[]">
        <field theirs="ten" ours="name"/><field theirs="../NV{n}_Diem" ours="role"/></numbered>)");
    EXPECT_EQ(theirsOf(*numbered),
              (Paths{"accept never", "numbered o.NV1", "numbered o.NV2", "field o.NV1/ten",
                     "field NV1_Diem", "field o.NV2/ten", "field NV2_Diem"}));
    const auto inside = plan("xml", R"(<group theirs="R"><inside theirs="Goi" form="json">
        <group theirs="ban"><field theirs="so" ours="a"/>
          <field theirs="/ngay | $outer/R/Ngay" ours="b" direction="in"/></group>
        </inside></group>)");
    EXPECT_EQ(theirsOf(*inside),
              (Paths{"group R", "inside R/Goi", "group R/Goi!/ban", "field R/Goi!/ban/so",
                     "field R/Goi!/ngay", "field R/Ngay"}));
    const auto pattern = plan("xml", R"(<group theirs="R">
        <pattern theirs="So" form="{a}/{b}" otherwise="c"><piece name="a" ours="a"/>
          <piece name="b" ours="b"/></pattern>
        <pattern ours="o/x" form="{g} {f}"><piece name="g" theirs="G"/>
          <piece name="f" theirs="F"/></pattern>
        <tokens theirs="T" ours="words[]" on=";" minus="Z" direction="in"/>
        <field theirs="//Deep" ours="o/y" direction="in"/>
        <keep theirs="K/*" why="w"/></group>)");
    EXPECT_EQ(theirsOf(*pattern),
              (Paths{"group R", "pattern R/So", "pattern R/G", "pattern R/F", "tokens R/T",
                     "tokens R/Z", "field **/Deep", "keep R/K/*"}));
    EXPECT_EQ(oursOf(*pattern), (Paths{"pattern a", "pattern b", "pattern c", "pattern o/x",
                                       "tokens words[]", "field o/y"}));
}

TEST_F(CoverageTest, NamesWhatNoRuleTouches) {
    const auto plan = foreign("xml", kAccept, kRules);
    const auto xsd = write("cover.xsd", R"(<xs:schema
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
    EXPECT_EQ(unmentioned(*document::Outline::of(xsd), *plan),
              (Paths{"A/Extra", "A/Line/@no", "A/Line/Note"}));
    const auto ours = document::Outline::of(directory_ / "ours.schema.json");
    // What is only written or only tested does not fill; of what nobody makes nothing is asked.
    EXPECT_EQ(unfilled(*ours, {"order"}, *plan), (Paths{"order/out", "order/lines[]/no"}));
    EXPECT_EQ(unfilled(*ours, {}, *plan), (Paths{"order/out", "order/lines[]/no", "more"}));
}

TEST_F(CoverageTest, KnowsNumbersAndTheRest) {
    const auto schema = write("theirs.schema.json", R"({"type": "object", "properties": {
        "NV1": {"type": "object", "properties": {"ten": {"type": "string"}}},
        "NV2": {"type": "object", "properties": {"ten": {"type": "string"},
                                                 "khac": {"type": "string"}}},
        "NV3": {"type": "string"}}})");
    const auto numbered = plan("json", R"(<numbered theirs="NV{n}" up-to="2" ours="list[]">
        <field theirs="ten" ours="name"/></numbered>)");
    EXPECT_EQ(unmentioned(*document::Outline::of(schema), *numbered), (Paths{"NV2/khac", "NV3"}));
    const auto rest =
        foreign("json", R"(<accept when="exists order"/>)", R"(<group theirs="order" ours="order">
        <field theirs="nguoi" ours="by"/><rest/></group>)");
    const auto ours = document::Outline::of(directory_ / "ours.schema.json");
    EXPECT_EQ(unmentioned(*ours, *rest), (Paths{"more"}));
    EXPECT_EQ(unfilled(*ours, {}, *rest), (Paths{"more"}));
}

TEST_F(CoverageTest, FindsTheShippedMappingsWhole) {
    const auto plan = Plan::compile(kMappings / "court-xml/ruling/mapping.xml", language(),
                                    ModelShape(), std::make_shared<AnyLists>());
    const auto schema = document::Outline::of(kMappings / "parts/toa-an.xsd");
    EXPECT_EQ(unmentioned(*schema, *plan), Paths{});
    const auto model = document::Outline::of(kMappings / "case-model/case-model.schema.json");
    EXPECT_EQ(unfilled(*model, {"envelope", "judgmentTransfer"}, *plan), Paths{});
}

}  // namespace
}  // namespace gateway::mapping::drafts
