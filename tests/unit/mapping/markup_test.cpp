// Text with elements in the midst of it, and how what is written is spelt.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

class MarkupTest : public MappingTest {
  protected:
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
};

TEST_F(MarkupTest, GoesOverAsOneTextAndBack) {
    const auto xml = plan("xml", R"(<group theirs="R"><field theirs="@no" ours="a"/>
        <each theirs="p" ours="words[]"><markup theirs="." ours="."/></each></group>)");
    const std::string text = R"(<R no="1"><p>The appeal is <i>not</i> <b k="1">allowed</b>.</p>)"
                             R"(<p>Plain &amp; short</p><p><i>all</i></p></R>)";
    const auto ours = readXml(*xml, text);
    EXPECT_EQ(ours, R"({"a":"1","words":["The appeal is <i>not</i> <b k=\"1\">allowed</b>.",)"
                    R"("Plain &amp; short","<i>all</i>"]})");
    EXPECT_EQ(writeFrom(*xml, ours), text);
}

TEST_F(MarkupTest, NamesItsNamespacesInTheText) {
    const auto xml = plan("xml", R"(<group theirs="R"><markup theirs="b:p" ours="a"/></group>)",
                          R"(<namespace prefix="b" uri="urn:b"/>)");
    const auto ours =
        readXml(*xml, R"(<R xmlns:x="urn:b"><x:p>one <x:i>two</x:i> three</x:p></R>)");
    EXPECT_EQ(ours, R"({"a":"one <b:i xmlns:b=\"urn:b\">two</b:i> three"})");
    EXPECT_EQ(writeFrom(*xml, ours),
              R"(<R xmlns:b="urn:b"><b:p>one <b:i>two</b:i> three</b:p></R>)");
}

TEST_F(MarkupTest, OfOursThatIsNoXmlCannotBeWritten) {
    const auto xml = plan("xml", R"(<group theirs="R"><markup theirs="p" ours="a"/></group>)");
    for (const std::string broken : {"a <b", "</x><x>", "<!DOCTYPE x>", "<b>", "&no;"})
        EXPECT_THROW(static_cast<void>(writeFrom(*xml, R"({"a":")" + broken + "\"}")), Unwritable)
            << broken;
}

TEST_F(MarkupTest, StandsOnceAndWhereItMust) {
    const auto xml = plan("xml", R"(<group theirs="R"><markup theirs="p" ours="a" required="yes"/>
        <markup theirs="q" ours="b" empty="is-absent"/><markup theirs="s" ours="c"/></group>)");
    EXPECT_TRUE(has(readXml(*xml, "<R><p>a</p><p>b</p></R>"), "more than once"));
    EXPECT_TRUE(has(readXml(*xml, "<R/>"), "/R/p"));
    EXPECT_THROW(static_cast<void>(writeFrom(*xml, R"({"b":"x"})")), Unwritable);
    EXPECT_EQ(readXml(*xml, "<R><p>a</p><q> </q></R>"), R"({"a":"a"})");
    EXPECT_TRUE(has(readXml(*xml, "<R><p>a</p><s/></R>"), "must not be empty"));
    EXPECT_TRUE(has(readXml(*xml, "<R><p k='1'>a</p></R>"), "/R/p/@k"))
        << "an attribute of the element itself is no content";
}

TEST_F(MarkupTest, WordsAloneOnlyRead) {
    const auto xml = plan("xml", R"(<group theirs="R">
        <markup theirs="p" ours="a" only="words" direction="in"/></group>)");
    EXPECT_EQ(readXml(*xml, "<R><p>is <i>not <b>at all</b></i> liable</p></R>"),
              R"({"a":"is not at all liable"})");
    EXPECT_TRUE(has(faultOf("xml", R"(<group theirs="R">
        <markup theirs="p" ours="a" only="words"/></group>)"),
                    "words alone do not say where elements stood"));
    EXPECT_TRUE(has(faultOf("json", R"(<markup theirs="p" ours="a"/>)"), "neither side is"));
    EXPECT_TRUE(has(faultOf("xml", R"(<markup theirs="R/@p" ours="a"/>)"), "an attribute has no"));
}

TEST_F(MarkupTest, StandsInOursToo) {
    write("doc.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="Doc"><xs:complexType><xs:sequence>
          <xs:element name="P" minOccurs="0"><xs:complexType mixed="true"><xs:sequence>
            <xs:element name="i" type="xs:string" minOccurs="0" maxOccurs="9"/></xs:sequence>
          </xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element></xs:schema>)");
    const auto json = plan("json", R"(<group ours="Doc"><markup theirs="text" ours="P"/></group>)",
                           "", "ours=\"doc.xsd\"");
    const std::string theirs = R"({"text":"one <i>two</i> three"})";
    const auto read = json->read(jsonContent(theirs), {});
    ASSERT_TRUE(read.ok()) << base::render(read.error().front()).en;
    EXPECT_TRUE(has(document::writeXml(read->ours), "<P>one <i>two</i> three</P>"));
    EXPECT_EQ(json->write(read->ours, {}), theirs);
}

// Without the element in its midst a sentence says something else.
TEST_F(MarkupTest, NoOtherRuleTakesSuchAText) {
    const auto field = plan("xml", R"(<group theirs="R"><field theirs="p" ours="a"/>
        <ignore theirs="p/*" why="w"/></group>)");
    EXPECT_TRUE(has(readXml(*field, "<R><p>is <i>not</i> liable</p></R>"),
                    "without elements in the midst"));
    EXPECT_EQ(readXml(*field, "<R><p>Name<i>x</i></p></R>"), R"({"a":"Name"})")
        << "a text of its own in front of elements";
    const auto pattern = plan("xml", R"(<group theirs="R"><pattern theirs="p" form="{x} {y}">
        <piece name="x" ours="a"/><piece name="y" ours="b"/></pattern>
        <ignore theirs="p/*" why="w"/></group>)");
    EXPECT_TRUE(has(readXml(*pattern, "<R><p>is <i>not</i>liable</p></R>"),
                    "without elements in the midst"));
}

TEST_F(MarkupTest, TheRestKeepsTheOrderOfTextAndElements) {
    write("doc.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="R"><xs:complexType mixed="true"><xs:choice maxOccurs="99" minOccurs="0">
          <xs:element name="b" type="xs:string"/><xs:element name="p"><xs:complexType mixed="true">
            <xs:choice maxOccurs="99" minOccurs="0"><xs:element name="i" type="xs:string"/>
            <xs:element name="b" type="xs:string"/></xs:choice></xs:complexType></xs:element>
        </xs:choice></xs:complexType></xs:element></xs:schema>)");
    const auto xml = plan("xml", R"(<group theirs="R" ours="R"><rest/></group>)",
                          R"(<schema file="doc.xsd"/>)", "ours=\"doc.xsd\"");
    for (const std::string text : {"<R><p>one <i>two</i> three <b>four</b>.</p></R>",
                                   "<R>see <b>A</b> <b>B</b></R>", "<R>a<b>1</b>b<p>x</p>c</R>"}) {
        const auto content = xmlContent(text);
        const auto read = xml->read(content, {}, Detail::All);
        ASSERT_TRUE(read.ok()) << text << base::render(read.error().front()).en;
        EXPECT_TRUE(has(document::writeXml(read->ours), text)) << document::writeXml(read->ours);
        EXPECT_TRUE(has(xml->write(read->ours, {}), text)) << xml->write(read->ours, {});
        EXPECT_EQ(read->report.counts[static_cast<std::size_t>(NodeUse::Unknown)], 0U);
    }
}

// --- references of several kinds

TEST_F(MarkupTest, ReferencesOfSeveralKindsEachHaveTheirPlace) {
    const std::string body = R"(<group theirs="R">
        <group theirs="Judge" refer="officials"><field theirs="Name" ours="a"/></group>
        <group theirs="Party" refer="persons"><field theirs="Name" ours="b"/></group></group>)";
    const std::string forms =
        R"(<references name="persons" from="@ref" to="@id" at="/R/Person"/>)"
        R"(<references name="officials" from="@ref" to="@id" at="/R/Official" nil="yes"/>)";
    const auto xml = plan("xml", body, forms);
    const std::string ours = R"({"a":"X","b":"X"})";
    const auto written = writeFrom(*xml, ours);
    EXPECT_EQ(written,
              R"(<R xmlns:ns1="http://www.w3.org/2001/XMLSchema-instance"><Judge ns1:nil="true")"
              R"( ref="r1"/><Party ref="r2"/><Official id="r1"><Name>X</Name></Official>)"
              R"(<Person id="r2"><Name>X</Name></Person></R>)");
    EXPECT_EQ(readXml(*xml, written), ours);
    const auto twice = readXml(*xml, R"(<R><Judge ref="1"/><Official id="1"><Name>X</Name>)"
                                     R"(</Official><Person id="1"/></R>)");
    EXPECT_TRUE(has(twice, "more than once")) << twice;
    EXPECT_EQ(twice.find("more than once"), twice.rfind("more than once")) << "told once";
    EXPECT_TRUE(has(faultOf("xml", R"(<group theirs="R" refer="yes"/>)", forms),
                    "refer names one of several"));
    EXPECT_TRUE(has(faultOf("xml", R"(<group theirs="R"/>)",
                            R"(<references from="@a" to="@id"/><references from="@b" to="@id"/>)"),
                    "each has a name of its own"));
}

TEST_F(MarkupTest, EachKindOfReferenceHasItsOwnNames) {
    const auto xml = plan("xml", R"(<group theirs="R">
        <group theirs="Judge"><field theirs="Name" ours="a"/></group>
        <group theirs="Party"><field theirs="Name" ours="b"/></group>
        <ignore theirs="Roll" why="w"/></group>)",
                          R"(<references name="roles" from="@role" to="@roleNo"/>)"
                          R"(<references name="ids" from="@ref" to="@id"/>)");
    EXPECT_EQ(readXml(*xml, R"(<R><Judge role="1"/><Party ref="1"/><Roll><P roleNo="1"><Name>J)"
                            R"(</Name></P><P id="1"><Name>P</Name></P></Roll></R>)"),
              R"({"a":"J","b":"P"})");
    EXPECT_TRUE(has(readXml(*xml, R"(<R><Judge role="1"/><Roll><P id="1"/></Roll></R>)"),
                    "it must lead to an object"));
}

// --- spelling

TEST_F(MarkupTest, WhatIsWrittenIsSpeltAsTheyWishIt) {
    const auto xml = plan("xml", R"(<group theirs="R"><field theirs="Text" ours="a"/>
        <field theirs="@k" ours="b"/><field theirs="Other" ours="c"/></group>)",
                          R"(<output cdata="Text Nothing" characters="ascii"/>)");
    const std::string ours = R"({"a":"1 < 2 ]]> ệ😀\r\n","b":"ệ","c":"a & b"})";
    const auto written = writeFrom(*xml, ours);
    EXPECT_EQ(written,
              "<R k=\"&#7879;\"><Text><![CDATA[1 < 2 ]]]]><![CDATA[> ]]>&#7879;&#128512;"
              "&#13;<![CDATA[\n]]></Text><Other>a &amp; b</Other></R>");
    EXPECT_EQ(document::writeJson(jsonContent(readXml(*xml, written)).tree.root),
              document::writeJson(jsonContent(ours).tree.root));
    const auto json =
        plan("json", R"(<field theirs="é" ours="a"/>)", R"(<output characters="ascii"/>)");
    EXPECT_EQ(writeFrom(*json, R"({"a":"ệ😀\"\n"})"),
              "{\"\\u00E9\":\"\\u1EC7\\uD83D\\uDE00\\\"\\n\"}");
}

TEST_F(MarkupTest, SpellingFitsTheFormat) {
    const auto fault = [&](const std::string& theirs, const std::string& output,
                           const std::string& attributes = "") {
        return faultOf(theirs, R"(<field theirs="a" ours="a"/>)", output, attributes);
    };
    EXPECT_TRUE(has(fault("json", R"(<output cdata="a"/>)"), "CDATA stands in XML"));
    EXPECT_TRUE(has(fault("json", R"(<output byte-order-mark="yes"/>)"), "only a table"));
    EXPECT_TRUE(has(fault("json", R"(<output characters="ascii"/>)", R"(direction="in")"),
                    "this mapping only reads"));
}

}  // namespace
}  // namespace gateway::mapping
