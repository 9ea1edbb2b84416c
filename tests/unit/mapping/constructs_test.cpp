// What the language can say beyond one value here and one value there.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

class ConstructsTest : public MappingTest {
  protected:
    static void expectBothWays(const Plan& plan, std::string_view theirs, std::string_view ours) {
        const bool xml = plan.theirs() == document::Form::Xml;
        EXPECT_EQ(xml ? readXml(plan, theirs) : readJson(plan, theirs), ours);
        EXPECT_EQ(writeFrom(plan, ours), theirs);
    }
};

// --- patterns

TEST_F(ConstructsTest, theTextOfAPatternMayBeOurs) {
    const auto name = plan("json", R"(<pattern ours="a" form="{given} {middle} {family}">
        <piece name="given" theirs="g"/><piece name="middle" theirs="m" optional="yes"/>
        <piece name="family" theirs="f"/></pattern>)");
    expectBothWays(*name, R"({"g":"Ann","m":"Mai","f":"Vu"})", R"({"a":"Ann Mai Vu"})");
    expectBothWays(*name, R"({"g":"Ann","f":"Vu"})", R"({"a":"Ann Vu"})");
    EXPECT_NE(readJson(*name, R"({"g":"Ann"})").find("missing"), std::string::npos);
    EXPECT_EQ(readJson(*name, "{}"), "{}");
}

TEST_F(ConstructsTest, oneInstantStandsInTwoFields) {
    const auto at = plan("xml", R"(<group theirs="R">
        <pattern ours="a" form="{day}T{time}" as="moment yyyy-MM-dd'T'HH:mm">
        <piece name="day" theirs="Day" as="date dd/MM/yyyy"/>
        <piece name="time" theirs="Time" as="clock HH:mm"/></pattern></group>)");
    expectBothWays(*at, "<R><Day>05/05/2025</Day><Time>08:30</Time></R>",
                   R"({"a":"2025-05-05T01:30:00.000Z"})");
    EXPECT_NE(readXml(*at, "<R><Day>05/05/2025</Day><Time>25:30</Time></R>").find("hour"),
              std::string::npos);
}

TEST_F(ConstructsTest, ofSeveralFormsTheFirstThatFitsIsReadAndTheFirstCompleteWritten) {
    const auto title = plan("json", R"(<pattern theirs="t"
        form="{kind} số {number} ngày {date} của {court}" or="{number} ngày {date}">
        <piece name="kind" match="Bản án|Quyết định" write="Bản án" why="suy ra từ số"/>
        <piece name="number" ours="a"/><piece name="date" ours="b" as="date d/M/yyyy"/>
        <piece name="court" ours="c"/></pattern>)");
    EXPECT_EQ(readJson(*title, R"({"t":"Quyết định số 5/QĐ ngày 8/4/2025 của Tòa án A"})"),
              R"({"a":"5/QĐ","b":"2025-04-08","c":"Tòa án A"})");
    EXPECT_EQ(readJson(*title, R"({"t":"5/QĐ ngày 8/4/2025"})"),
              R"({"a":"5/QĐ","b":"2025-04-08"})");
    EXPECT_EQ(writeFrom(*title, R"({"a":"5/QĐ","b":"2025-04-08","c":"Tòa án A"})"),
              R"({"t":"Bản án số 5/QĐ ngày 8/4/2025 của Tòa án A"})");
    EXPECT_EQ(writeFrom(*title, R"({"a":"5/QĐ","b":"2025-04-08"})"),
              R"({"t":"5/QĐ ngày 8/4/2025"})");
}

TEST_F(ConstructsTest, aTextThatWouldReadBackAsOtherPiecesIsNotWritten) {
    const auto parted = plan("json", R"(<pattern theirs="t" form="{x}/{y}">
        <piece name="x" ours="a"/><piece name="y" ours="b"/></pattern>)");
    EXPECT_EQ(writeFrom(*parted, R"({"a":"1","b":"2/3"})"), R"({"t":"1/2/3"})");
    EXPECT_THROW(static_cast<void>(writeFrom(*parted, R"({"a":"1/2","b":"3"})")), Unwritable);
}

// --- references

TEST_F(ConstructsTest, aPathThatStepsOnAReferenceGoesOnAtItsObject) {
    const auto xml = plan("xml", R"(<group theirs="R">
        <each theirs="Party" ours="list"><field theirs="@role" ours="role"/>
        <group theirs="Person" refer="yes"><field theirs="Name" ours="name"/></group></each>
        </group>)",
                          R"(<references from="@ref" to="@id" at="/R/Person"/>)");
    const std::string text =
        R"(<R><Party role="a"><Person ref="p"/></Party><Party role="b"><Person ref="p"/></Party>)"
        R"(<Person id="p"><Name>X</Name></Person></R>)";
    const std::string ours = R"({"list":[{"role":"a","name":"X"},{"role":"b","name":"X"}]})";
    EXPECT_EQ(readXml(*xml, text), ours);
    const auto written = writeFrom(*xml, ours);
    EXPECT_EQ(readXml(*xml, written), ours) << written;
    EXPECT_EQ(written, R"(<R><Party role="a"><Person ref="r1"/></Party><Party role="b">)"
                       R"(<Person ref="r1"/></Party><Person id="r1"><Name>X</Name></Person></R>)");
    EXPECT_NE(readXml(*xml, R"(<R><Party role="a"><Person ref="q"/></Party></R>)")
                  .find("it must lead to an object"),
              std::string::npos);
    EXPECT_NE(readXml(*xml, R"(<R><Person id="p"><Name>X</Name></Person></R>)").find("/R/Person"),
              std::string::npos)
        << "what nothing refers to is unknown";
}

TEST_F(ConstructsTest, inJsonAnObjectIsWrittenWhereItIsFirstMet) {
    const auto json = plan("json", R"(<each theirs="parties" ours="list">
        <field theirs="role" ours="role"/>
        <group theirs="person" refer="yes"><field theirs="name" ours="name"/></group></each>)",
                           R"(<references from="'@ref'" to="'@id'"/>)");
    const std::string text = R"({"parties":[{"role":"a","person":{"name":"X","@id":"r1"}},)"
                             R"({"role":"b","person":{"@ref":"r1"}}]})";
    const std::string ours = R"({"list":[{"role":"a","name":"X"},{"role":"b","name":"X"}]})";
    expectBothWays(*json, text, ours);
    EXPECT_NE(readJson(*json, R"({"parties":[{"role":"a","person":{"name":"X","@id":"1"}},)"
                              R"({"role":"a","person":{"name":"Y","@id":"1"}}]})")
                  .find("more than once"),
              std::string::npos);
}

// --- other documents

TEST_F(ConstructsTest, codesAndValuesComeFromAnotherDocument) {
    write("outcomes.json",
          R"({"rows":[{"value":"Allowed","code":"1"},{"value":"Dismissed","code":"2"}],
        "people":[{"id":"p1","name":"Ann"}]})");
    const auto json = plan("json", R"(<field theirs="outcome" ours="a" as="code outcome"/>
        <field theirs="$document/outcomes/people[id = $here/who]/name" ours="b" direction="in"/>)",
                           R"(<document name="outcomes" file="outcomes.json"/>
        <code-list name="outcome" from="$document/outcomes/rows" theirs="value" ours="code"/>)");
    EXPECT_EQ(readJson(*json, R"({"outcome":"Dismissed","who":"p1"})"), R"({"a":"2","b":"Ann"})");
    EXPECT_EQ(writeFrom(*json, R"({"a":"2"})"), R"({"outcome":"Dismissed"})");
    EXPECT_NE(faultOf("json", R"(<field theirs="$document/none/x" ours="a" direction="in"/>)")
                  .find("there is no <document>"),
              std::string::npos);
}

TEST_F(ConstructsTest, aDocumentMayBeGivenWithTheMessage) {
    const auto json =
        plan("json", R"(<field theirs="$document/cover/no" ours="a" direction="in"/>)",
             R"(<document name="cover"/>)");
    const auto cover = jsonContent(R"({"no":"7"})");
    const auto read = json->read(jsonContent("{}"), {}, Detail::NotUsed, {{"cover", &cover.tree}});
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(document::writeJson(read->ours), R"({"a":"7"})");
    EXPECT_EQ(readJson(*json, "{}"), "{}");
}

TEST_F(ConstructsTest, whatIsWrittenMayBeTakenFromADocumentInTheOtherForm) {
    const auto json = plan("json", R"(<field theirs="no" ours="$document/cover/Cover/No"/>)",
                           R"(<document name="cover" form="xml"/>)", "direction=\"out\"");
    const auto cover = xmlContent("<Cover><No>7</No></Cover>");
    EXPECT_EQ(json->write(jsonContent("{}").tree.root, {}, {{"cover", &cover.tree}}),
              R"({"no":"7"})");
}

TEST_F(ConstructsTest, whatBecomesOfAnUnknownCodeIsStated) {
    const auto with = [this](const std::string& unknown) {
        return plan("json", R"(<field theirs="x" ours="a" as="code k"/>)",
                    R"(<code-list name="k" unknown=")" + unknown +
                        R"("><code theirs="1" ours="one"/></code-list>)");
    };
    EXPECT_EQ(readJson(*with("keep"), R"({"x":"9"})"), R"({"a":"9"})");
    EXPECT_EQ(writeFrom(*with("keep"), R"({"a":"9"})"), R"({"x":"9"})");
    EXPECT_EQ(readJson(*with("omit"), R"({"x":"9"})"), "{}");
    EXPECT_EQ(readJson(*with("use:zero"), R"({"x":"9"})"), R"({"a":"zero"})");
    EXPECT_NE(readJson(*with("refuse"), R"({"x":"9"})").find("\"9\""), std::string::npos);
}

TEST_F(ConstructsTest, thePartnersSettingsAreAskedByName) {
    const auto json =
        plan("json", R"(<field theirs="sys" ours="$partner/system" direction="out"/>)");
    EXPECT_EQ(writeFrom(*json, "{}", {{"partner/system", "S7"}}), R"({"sys":"S7"})");
}

// --- what is not there

TEST_F(ConstructsTest, emptyNullAndAbsentAreToldApart) {
    const auto value = plan("json", R"(<field theirs="x" ours="a" empty="is-value"/>)");
    expectBothWays(*value, R"({"x":""})", R"({"a":""})");
    EXPECT_EQ(readJson(*value, R"({"x":null})"), R"({"a":null})");
    EXPECT_EQ(readJson(*value, "{}"), "{}");
    const auto words = plan("json", R"(<field theirs="x" ours="a" null-words="N/A | -"/>)");
    EXPECT_EQ(readJson(*words, R"({"x":" N/A "})"), "{}");
    EXPECT_EQ(readJson(*words, R"({"x":"N"})"), R"({"a":"N"})");
    const auto absent = plan("json", R"(<field theirs="x" ours="a" write-absent="null"/>
        <field theirs="y" ours="b" write-absent="empty"/>
        <each theirs="z" ours="list" write-absent="empty"><field theirs="n" ours="name"/></each>)");
    EXPECT_EQ(writeFrom(*absent, "{}"), R"({"x":null,"y":"","z":[]})");
    EXPECT_EQ(readJson(*absent, R"({"x":null,"y":"","z":[]})"), "{}");
}

TEST_F(ConstructsTest, aNilElementIsNull) {
    const auto xml =
        plan("xml", R"(<group theirs="R"><field theirs="X" ours="a" empty="is-absent"
        write-absent="null"/></group>)",
             R"(<namespace prefix="xsi" uri="http://www.w3.org/2001/XMLSchema-instance"/>)");
    const std::string nil =
        R"(<R xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><X xsi:nil="true"/></R>)";
    EXPECT_EQ(readXml(*xml, nil), "{}");
    EXPECT_EQ(writeFrom(*xml, "{}"), nil);
    EXPECT_EQ(readXml(*xml, writeFrom(*xml, R"({"a":"1"})")), R"({"a":"1"})");
}

TEST_F(ConstructsTest, ofTwoValuesTheFirstIsTakenWhereTheMappingSaysSo) {
    const auto json = plan("json", R"(<field theirs="m | p" ours="a" both="first" write="p"/>)");
    const auto read = json->read(jsonContent(R"({"m":"1","p":"2"})"), {}, Detail::All);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(document::writeJson(read->ours), R"({"a":"1"})");
    EXPECT_EQ(read->report.count(NodeUse::Ignored), 1U) << "the second is told";
    EXPECT_EQ(writeFrom(*json, R"({"a":"1"})"), R"({"p":"1"})");
}

// --- a document in a text

TEST_F(ConstructsTest, aDocumentInATextIsReadAndWritten) {
    const auto json = plan("json", R"(<field theirs="id" ours="b"/>
        <inside theirs="body" form="xml"><group theirs="Doc"><field theirs="@no" ours="a"/>
        <field theirs="Text" ours="c"/></group></inside>)");
    const std::string text = R"({"id":"7","body":"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n)"
                             R"(<Doc no=\"1\"><Text>x</Text></Doc>\n"})";
    EXPECT_EQ(readJson(*json, text), R"({"b":"7","a":"1","c":"x"})");
    EXPECT_EQ(readJson(*json, writeFrom(*json, R"({"b":"7","a":"1","c":"x"})")),
              R"({"b":"7","a":"1","c":"x"})");
    EXPECT_EQ(writeFrom(*json, R"({"b":"7"})"), R"({"id":"7"})") << "nothing to put into it";
}

TEST_F(ConstructsTest, whatIsUnknownOrWrongInsideIsToldWithBothPlaces) {
    const auto xml =
        plan("xml", R"(<group theirs="R"><inside theirs="C" form="json" packed="base64">
        <field theirs="v" ours="n" as="integer"/></inside></group>)");
    const auto told = [&](const std::string& packed) {
        const auto read = xml->read(xmlContent("<R><C>" + packed + "</C></R>"), {});
        return read.ok() ? std::string("ok") : read.error().front().path;
    };
    EXPECT_EQ(told("eyJ2IjogMX0="), "ok");
    EXPECT_EQ(told("eyJ2IjogMSwgInciOiAyfQ=="), "/R/C!/w");
    EXPECT_EQ(told("eyJ2IjogIngifQ=="), "/R/C!/v");
    EXPECT_EQ(told("eyJ2IjogMQ=="), "/R/C!") << "no JSON";
    EXPECT_EQ(told("###"), "/R/C");
    EXPECT_EQ(writeFrom(*xml, R"({"n":1})"), "<R><C>eyJ2IjoxfQ==</C></R>");
}

TEST_F(ConstructsTest, rulesInsideSeeTheDocumentAroundThem) {
    const auto json = plan("json", R"(<inside theirs="body" form="json">
        <field theirs="v" ours="a"/>
        <field theirs="$outer/head" ours="b" direction="in"/></inside>)");
    EXPECT_EQ(readJson(*json, R"({"head":"h","body":"{\"v\":\"1\"}"})"), R"({"a":"1","b":"h"})");
}

// --- widths and limits

TEST_F(ConstructsTest, valuesHaveWidths) {
    const auto json = plan("json", R"(<field theirs="s" ours="n" as="digits 3"/>
        <field theirs="l" ours="a" as="cut 5 +"/>
        <field theirs="d" ours="b" as="date dd/MM/yy" century="1950"/>)");
    expectBothWays(*json, R"({"s":"007","l":"abc","d":"08/04/49"})",
                   R"({"n":7,"a":"abc","b":"2049-04-08"})");
    EXPECT_EQ(writeFrom(*json, R"({"a":"đường Ví Dụ"})"), R"({"l":"đườn+"})");
    EXPECT_EQ(readJson(*json, R"({"d":"08/04/50"})"), R"({"b":"1950-04-08"})");
    EXPECT_THROW(static_cast<void>(writeFrom(*json, R"({"b":"2050-04-08"})")), Unwritable)
        << "two digits would mean another year";
    EXPECT_THROW(static_cast<void>(writeFrom(*json, R"({"n":1000})")), Unwritable);
    EXPECT_NE(readJson(*json, R"({"s":"7"})").find("3 digits"), std::string::npos);
    EXPECT_NE(faultOf("json", R"(<field theirs="d" ours="b" as="date dd/MM/yy"/>)").find("century"),
              std::string::npos);
}

TEST_F(ConstructsTest, aLocalTimeIsOfItsZone) {
    const auto json = plan("json", R"(<field theirs="t" ours="a" zone="Europe/Berlin"
        as="moment yyyy-MM-dd HH:mm"/>)");
    expectBothWays(*json, R"({"t":"2026-07-01 12:00"})", R"({"a":"2026-07-01T10:00:00.000Z"})");
    expectBothWays(*json, R"({"t":"2026-01-01 12:00"})", R"({"a":"2026-01-01T11:00:00.000Z"})");
    EXPECT_NE(readJson(*json, R"({"t":"2026-10-25 02:30"})").find("no such"), std::string::npos)
        << "shown twice";
    EXPECT_NE(readJson(*json, R"({"t":"2026-03-29 02:30"})").find("no such"), std::string::npos)
        << "never shown";
    EXPECT_NE(faultOf("json", R"(<field theirs="t" ours="a" zone="Mars/North"
        as="moment yyyy-MM-dd HH:mm"/>)")
                  .find("no time zone"),
              std::string::npos);
}

// --- lists

TEST_F(ConstructsTest, aSingleThingIsAListOfOne) {
    const auto read = plan("json", R"(<each theirs="f" ours="list" single="yes">
        <field theirs="n" ours="name"/></each>)");
    EXPECT_EQ(readJson(*read, R"({"f":{"n":"1"}})"), R"({"list":[{"name":"1"}]})");
    EXPECT_EQ(writeFrom(*read, R"({"list":[{"name":"1"}]})"), R"({"f":[{"n":"1"}]})");
    const auto written = plan("json", R"(<each theirs="f" ours="list" single="write">
        <field theirs="n" ours="name"/></each><each theirs="w" ours="words" single="write">
        <field theirs="." ours="."/></each>)");
    expectBothWays(*written, R"({"f":{"n":"1"},"w":"x"})",
                   R"({"list":[{"name":"1"}],"words":["x"]})");
    expectBothWays(*written, R"({"f":[{"n":"1"},{"n":"2"}]})",
                   R"({"list":[{"name":"1"},{"name":"2"}]})");
}

TEST_F(ConstructsTest, anItemOfATextMayBeAnObject) {
    const auto json = plan("json", R"x(<tokens theirs="who" ours="list[role='p']" on=";">
        <pattern theirs="." form="{name} ({year})" or="{name}"><piece name="name" ours="name"/>
        <piece name="year" ours="no" as="integer"/></pattern></tokens>)x");
    EXPECT_EQ(readJson(*json, R"x({"who":"Ann (1968); Bob"})x"),
              R"({"list":[{"role":"p","name":"Ann","no":1968},{"role":"p","name":"Bob"}]})");
    EXPECT_EQ(
        writeFrom(*json,
                  R"({"list":[{"role":"p","name":"Ann","no":1968},{"role":"p","name":"Bob"}]})"),
        R"x({"who":"Ann (1968);Bob"})x");
    const auto read = json->read(jsonContent(R"x({"who":"Ann (x)"})x"), {});
    EXPECT_TRUE(read.ok()) << "the second form takes any name";
    const auto xml = plan("xml", R"(<group theirs="R"><tokens theirs="@w" ours="list" on=" ">
        <field theirs="." ours="no" as="integer"/></tokens></group>)");
    expectBothWays(*xml, R"(<R w="1 2"/>)", R"({"list":[{"no":1},{"no":2}]})");
    const auto wrong = xml->read(xmlContent(R"(<R w="1 x"/>)"), {});
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().front().path, "/R/@w");
}

TEST_F(ConstructsTest, tokensHaveWidthsAndLimits) {
    const auto wide = plan("json", R"(<tokens theirs="c" ours="words" width="2" limit="3"/>)");
    expectBothWays(*wide, R"({"c":"abcd"})", R"({"words":["ab","cd"]})");
    EXPECT_THROW(static_cast<void>(writeFrom(*wide, R"({"words":["abc"]})")), Unwritable);
    EXPECT_NE(readJson(*wide, R"({"c":"aabbccdd"})").find("at most 3"), std::string::npos);
    const auto all = plan("json", R"(<tokens theirs="c" ours="words" on=","/>)");
    EXPECT_EQ(readJson(*all, R"({"c":"a,b,a"})"), R"({"words":["a","b","a"]})");
    const auto once = plan("json", R"(<tokens theirs="c" ours="words" on="," distinct="yes"/>)");
    EXPECT_EQ(readJson(*once, R"({"c":"a,b,a"})"), R"({"words":["a","b"]})");
    const auto minus =
        plan("json", R"(<tokens theirs="all" ours="words" on="," minus="main" direction="in"/>
        <field theirs="main" ours="a"/>)");
    EXPECT_EQ(readJson(*minus, R"({"all":"a,b","main":"a"})"), R"({"words":["b"],"a":"a"})");
}

TEST_F(ConstructsTest, numberedPlacesAreAList) {
    const auto json = plan("json", R"(<numbered theirs="NV{n}" up-to="3" ours="list">
        <field theirs="." ours="name"/><field theirs="../NV{n}_D" ours="key"/></numbered>)");
    const std::string ours = R"({"list":[{"name":"x","key":"a"},{"name":"y"}]})";
    EXPECT_EQ(readJson(*json, R"({"NV1":"x","NV1_D":"a","NV2":"y"})"), ours);
    EXPECT_EQ(writeFrom(*json, ours), R"({"NV1":"x","NV1_D":"a","NV2":"y"})");
    EXPECT_EQ(readJson(*json, R"({"NV1":"x","NV3":"z"})"),
              R"({"list":[{"name":"x"},{"name":"z"}]})")
        << "gaps are closed";
    EXPECT_NE(readJson(*json, R"({"NV4":"x"})").find("NV4"), std::string::npos);
    EXPECT_NE(readJson(*json, R"({"NV2_D":"x"})").find("NV2_D"), std::string::npos);
    EXPECT_THROW(static_cast<void>(writeFrom(
                     *json, R"({"list":[{"name":"1"},{"name":"2"},{"name":"3"},{"name":"4"}]})")),
                 Unwritable);
}

TEST_F(ConstructsTest, singleThingsAreTestedAndAllOfThemAreRead) {
    const auto roles = plan("json", R"(<each theirs="p[r='a']" ours="list[role='A']" single="yes">
        <field theirs="n" ours="name"/></each><each theirs="p[r='b']" ours="list[role='B']"
        single="yes"><field theirs="n" ours="name"/></each>)");
    EXPECT_EQ(readJson(*roles, R"({"p":{"r":"b","n":"x"}})"),
              R"({"list":[{"role":"B","name":"x"}]})");
    EXPECT_EQ(readJson(*roles, R"({"p":[{"r":"b","n":"x"},{"r":"a","n":"y"}]})"),
              R"({"list":[{"role":"A","name":"y"},{"role":"B","name":"x"}]})");
    EXPECT_NE(readJson(*roles, R"({"p":{"r":"c","n":"x"}})").find("/p/n"), std::string::npos);
    const auto deep = plan("json", R"(<each theirs="e[]/p" ours="list" single="yes"
        direction="in"><field theirs="n" ours="name"/></each>)");
    EXPECT_EQ(
        readJson(*deep, R"({"e":[{"p":{"n":"1"}},{"p":[{"n":"2"},{"n":"3"}]},{"p":{"n":"4"}}]})"),
        R"({"list":[{"name":"1"},{"name":"2"},{"name":"3"},{"name":"4"}]})");
    EXPECT_NE(readJson(*deep, R"({"e":[{"p":null}]})").find("/e/0/p"), std::string::npos);
}

TEST_F(ConstructsTest, anEmptyColumnIsAGapAlsoWhereItemsAreCounted) {
    const auto xml = plan("xml", R"(<group theirs="R"><numbered theirs="N{n}" up-to="3"
        ours="list"><field theirs="$position" ours="no" as="integer" direction="in"/>
        <field theirs="." ours="name" empty="is-absent"/>
        <field theirs="../N{n}_K" ours="key" empty="is-absent"/></numbered></group>)");
    EXPECT_EQ(readXml(*xml, "<R><N1>a</N1><N2/><N2_K/><N3> c</N3></R>"),
              R"({"list":[{"no":1,"name":"a"},{"no":2,"name":" c"}]})");
    EXPECT_EQ(readXml(*xml, "<R><N1/><N1_K>k</N1_K></R>"), R"({"list":[{"no":1,"key":"k"}]})")
        << "what stands beside it is not lost";
    EXPECT_EQ(readXml(*xml, "<R><N1/><N2/></R>"), "{}");
}

TEST_F(ConstructsTest, pairsWithoutAContainerAreWrittenInTheirOrder) {
    const auto xml = plan("xml", R"(<group theirs="R"><numbered theirs="C[{n}]" up-to="3"
        ours="list"><field theirs="." ours="name"/><field theirs="../T[{n}]" ours="key"/>
        </numbered></group>)");
    const std::string theirs = "<R><C>1</C><T>a</T><C>2</C><T>b</T></R>";
    const std::string ours = R"({"list":[{"name":"1","key":"a"},{"name":"2","key":"b"}]})";
    EXPECT_EQ(readXml(*xml, theirs), ours);
    EXPECT_EQ(writeFrom(*xml, ours), theirs);
}

TEST_F(ConstructsTest, anItemForWhichTheFormatHasNoOptionIsNotWrittenAndTold) {
    const auto xml = plan("xml", R"(<group theirs="R"><each theirs="P" ours="list"><choose>
        <option when-theirs="@r = 'a'" when-ours="role = 'a'"><constant theirs="@r" value="a"/>
        <constant ours="role" value="a"/><field theirs="N" ours="name"/></option></choose>
        </each></group>)");
    const auto ours = jsonContent(R"({"list":[{"role":"b","name":"x"}]})");
    EXPECT_EQ(writeFrom(*xml, R"({"list":[{"role":"b","name":"x"}]})"), "<R/>");
    EXPECT_FALSE(xml->leftOut(ours.tree.root, {}).empty());
}

}  // namespace
}  // namespace gateway::mapping
