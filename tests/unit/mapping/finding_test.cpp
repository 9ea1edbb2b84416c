// What is found in JSON and XML alike, what a look-up has read, what is told when nothing can be.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

class FindingTest : public MappingTest {
  protected:
    void SetUp() override {
        write("two.schema.json", R"({"type":"object","additionalProperties":false,"properties":{
            "patients":{"type":"array","items":{"type":"object","properties":{
              "name":{"type":"string"}}}},
            "tests":{"type":"array","items":{"type":"object","properties":{
              "name":{"type":"string"}}}}}})");
        write("price.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="Bill"><xs:complexType><xs:sequence>
              <xs:element name="Price" minOccurs="0"><xs:complexType><xs:simpleContent>
                <xs:extension base="xs:string"><xs:attribute name="cur" type="xs:string"/>
                </xs:extension></xs:simpleContent></xs:complexType></xs:element>
            </xs:sequence></xs:complexType></xs:element></xs:schema>)");
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
};

TEST_F(FindingTest, ItemsGoIntoTwoListsByWhatStandsDeeperInThem) {
    const auto json = plan("json", R"(
        <each theirs="entry[resource/type='P']" ours="patients[]"><group theirs="resource">
          <field theirs="name" ours="name"/></group></each>
        <each theirs="entry[resource/type='T']" ours="tests[]"><group theirs="resource">
          <field theirs="name" ours="name"/></group></each>)",
                           "", "ours=\"two.schema.json\"");
    const std::string theirs = R"({"entry":[{"resource":{"type":"P","name":"a"}},)"
                               R"({"resource":{"type":"P","name":"b"}},)"
                               R"({"resource":{"type":"T","name":"c"}}]})";
    const std::string ours = R"({"patients":[{"name":"a"},{"name":"b"}],"tests":[{"name":"c"}]})";
    EXPECT_EQ(readJson(*json, theirs), ours);
    EXPECT_EQ(writeFrom(*json, ours), theirs);
    EXPECT_TRUE(has(readJson(*json, R"({"entry":[{"resource":{"type":"X"}}]})"), "entry"))
        << "an item of neither is told";
}

TEST_F(FindingTest, ABracketOnOneObjectLooksAtIt) {
    const auto json = plan("json", R"(
        <field theirs="/who/person[id = $here/ref]/name" ours="a" direction="in"/>
        <field theirs="/box[kind='k']/text" ours="b" direction="in"/>
        <ignore theirs="ref" why="w"/><ignore theirs="who/person/id" why="w"/>)");
    EXPECT_EQ(readJson(*json, R"({"ref":"1","who":{"person":{"id":"1","name":"N"}},)"
                              R"("box":{"kind":"k","text":"T"}})"),
              R"({"a":"N","b":"T"})");
    EXPECT_TRUE(has(readJson(*json, R"({"ref":"2","who":{"person":{"id":"1","name":"N"}}})"),
                    "/who/person/name"))
        << "another's";
}

TEST_F(FindingTest, AListWhereThePathNamesAnObjectIsTold) {
    const auto json = plan("json", R"(<field theirs="entry/name" ours="a" direction="in"/>)", "",
                           R"(unknown="keep")");
    EXPECT_EQ(readJson(*json, R"({"entry":{"name":"x"}})"), R"({"a":"x"})");
    EXPECT_TRUE(has(readJson(*json, R"({"entry":[{"name":"x"}]})"), "/entry"));
    EXPECT_TRUE(has(readJson(*json, R"({"entry":[{"name":"x"}]})"), "it must be an object"));
    const auto tested = plan("json", R"(<choose>
        <option when-theirs="exists entry/name"><field theirs="entry/name" ours="a"/></option>
        <option when-theirs="exists entry[1]"><field theirs="entry[1]/name" ours="a"/></option>
        </choose>)",
                             "", R"(direction="in")");
    EXPECT_EQ(readJson(*tested, R"({"entry":[{"name":"x"}]})"), R"({"a":"x"})")
        << "a condition may ask";
}

TEST_F(FindingTest, SinglesStandInTheirPlaceAmongLists) {
    const auto json = plan("json", R"(<each theirs="entry[]/thing" ours="list[]" single="yes"
        direction="in"><field theirs="id" ours="key"/></each>)");
    EXPECT_EQ(readJson(*json, R"({"entry":[{"thing":{"id":"1"}},{"thing":[{"id":"2"},{"id":"3"}]},)"
                              R"({"thing":{"id":"4"}}]})"),
              R"({"list":[{"key":"1"},{"key":"2"},{"key":"3"},{"key":"4"}]})");
    const auto chosen = plan("json", R"(<each theirs="thing[kind='a']" ours="list[]" single="yes"
        direction="in"><field theirs="id" ours="key"/></each><ignore theirs="thing" why="w"/>)");
    EXPECT_EQ(readJson(*chosen, R"({"thing":{"kind":"b","id":"1"}})"), "{}")
        << "the condition holds for one, too";
    const auto list = plan("json", R"(<each theirs="thing[kind='a']" ours="list[]">
        <field theirs="id" ours="key"/></each>)");
    EXPECT_TRUE(has(readJson(*list, R"({"thing":{"kind":"a","id":"1"}})"), "must be an array"));
}

TEST_F(FindingTest, TheKeyOfALookUpIsReadByItWhateverElseItAsks) {
    for (const std::string where :
         {"[type='p' and id = $here/who]", "[id = $here/who and type='p']"}) {
        const auto json =
            plan("json", R"(<field theirs="/people)" + where +
                             R"(/name" ours="a" direction="in"/><ignore theirs="people[]/type"
            why="w"/>)");
        EXPECT_EQ(readJson(*json, R"({"who":"1","people":[{"type":"p","id":"1","name":"N"}]})"),
                  R"({"a":"N"})")
            << where;
        EXPECT_TRUE(has(readJson(*json, R"({"who":"1","people":[{"type":"p","id":"1","name":"N"},)"
                                        R"({"type":"q","id":"1"}]})"),
                        "/people/1/id"))
            << "the key of another is not";
    }
}

TEST_F(FindingTest, TheKeyIsReadAtAnyDepthAndOfSeveralKeysEach) {
    const auto deep = plan("xml", R"(<group theirs="R">
        <field theirs="//P[Id = $here/Who]/Name" ours="a" direction="in"/></group>)");
    EXPECT_EQ(readXml(*deep, "<R><Who>1</Who><X><P><Id>1</Id><Name>N</Name></P></X></R>"),
              R"({"a":"N"})");
    const auto both = plan("json", R"(<field direction="in" ours="a"
        theirs="/people[id = $here/who and place = $here/where]/name"/>)");
    EXPECT_EQ(readJson(*both, R"({"who":"1","where":"x","people":[{"id":"1","place":"x",)"
                              R"("name":"N"}]})"),
              R"({"a":"N"})");
}

TEST_F(FindingTest, TwoValuesForAPlaceElsewhereNameTheOneThatIsTooMuch) {
    const auto json = plan("json", R"(<each theirs="items" ours="list[]">
        <field theirs="id" ours="key"/>
        <field theirs="/people[id = $here/id]/name" ours="name"/></each>)");
    try {
        static_cast<void>(
            writeFrom(*json, R"({"list":[{"key":"1","name":"A"},{"key":"1","name":"B"}]})"));
        FAIL() << "contradictory";
    } catch (const Unwritable& fault) {
        EXPECT_TRUE(has(fault.what(), "/list/1/name")) << fault.what();
        EXPECT_TRUE(has(fault.what(), "contradicts")) << fault.what();
    }
}

TEST_F(FindingTest, WhatTheFormOfAPatternDoesNotNameIsLeftOut) {
    const auto json = plan("json", R"(<pattern theirs="n" form="{x}/{y}" or="{z}">
        <piece name="x" ours="a"/><piece name="y" ours="b"/><piece name="z" ours="c"/>
        </pattern>)");
    const auto left = [&](const std::string& ours) {
        return json->leftOut(jsonContent(ours).tree.root, {});
    };
    using Paths = std::vector<std::string>;
    EXPECT_EQ(writeFrom(*json, R"({"a":"1","c":"3"})"), R"({"n":"3"})");
    EXPECT_EQ(left(R"({"a":"1","c":"3"})"), (Paths{"a"}));
    EXPECT_EQ(writeFrom(*json, R"({"a":"1","b":"2","c":"3"})"), R"({"n":"1/2"})");
    EXPECT_EQ(left(R"({"a":"1","b":"2","c":"3"})"), (Paths{"c"}));
    EXPECT_EQ(left(R"({"a":"1","b":"2"})"), Paths());
    const auto ours = plan("json", R"(<pattern ours="a" form="{x} {y}" or="{z}">
        <piece name="x" theirs="x"/><piece name="y" theirs="y"/><piece name="z" theirs="z"/>
        </pattern>)");
    EXPECT_TRUE(has(readJson(*ours, R"({"x":"1","z":"3"})"), "/x")) << "read by no form: unknown";
    try {
        static_cast<void>(writeFrom(*json, R"({"a":"1/1","b":"2"})"));
        FAIL() << "would read back as other pieces";
    } catch (const Unwritable& fault) {
        EXPECT_TRUE(has(fault.what(), "/a")) << fault.what();
    }
}

TEST_F(FindingTest, AnEmptyNumberedPlaceMayMeanNothing) {
    const auto json = plan("json", R"(<numbered theirs="N{n}" up-to="3" ours="list[]"
        empty="is-absent"><field theirs="." ours="name"/></numbered>)");
    EXPECT_EQ(readJson(*json, R"({"N1":"","N2":"x","N3":" "})"), R"({"list":[{"name":"x"}]})");
    const auto xml =
        plan("xml", R"(<group theirs="R"><numbered theirs="N{n}" up-to="3" ours="list[]"
        empty="is-absent"><field theirs="$position" ours="no" direction="in" as="integer"/>
        <field theirs="../N{n}_K" ours="key" empty="is-absent"/>
        <field theirs="." ours="name" empty="is-absent"/></numbered></group>)");
    EXPECT_EQ(readXml(*xml, "<R><N1/><N1_K/><N2>x</N2><N2_K>k</N2_K><N3/><N3_K> </N3_K></R>"),
              R"({"list":[{"no":1,"key":"k","name":"x"}]})");
    EXPECT_EQ(readXml(*xml, "<R><N1/><N1_K>k</N1_K></R>"), R"({"list":[{"no":1,"key":"k"}]})")
        << "what stands beside an empty column is not lost";
    EXPECT_EQ(writeFrom(*xml, R"({"list":[{"key":"k","name":"x"},{"name":"y"}]})"),
              "<R><N1>x</N1><N1_K>k</N1_K><N2>y</N2></R>");
}

TEST_F(FindingTest, PatternsAndTokensHaveSeveralPlacesToo) {
    const auto json = plan("json", R"(<tokens theirs="A | B" write="B" on=";" ours="words[]"/>
        <pattern theirs="C | D" form="{x}/{y}"><piece name="x" ours="a"/>
        <piece name="y" ours="b"/></pattern>)");
    const std::string ours = R"({"words":["1","2"],"a":"3","b":"4"})";
    EXPECT_EQ(readJson(*json, R"({"A":"1;2","D":"3/4"})"), ours);
    EXPECT_EQ(readJson(*json, R"({"B":"1;2","C":"3/4"})"), ours);
    EXPECT_TRUE(has(readJson(*json, R"({"B":"1;2","A":"3"})"), "more than once"));
    EXPECT_EQ(writeFrom(*json, ours), R"({"B":"1;2","C":"3/4"})");
}

TEST_F(FindingTest, ALocalTimeThatComesTwiceIsNotWritten) {
    const auto moment = [&](const std::string& form) {
        return plan("json", R"(<field theirs="t" ours="a" as="moment )" + form +
                                R"(" zone="America/Chicago"/>)");
    };
    const std::string twice = R"({"a":"1991-10-27T06:30:00.000Z"})";
    EXPECT_THROW(static_cast<void>(writeFrom(*moment("yyyy-MM-dd HH:mm"), twice)), Unwritable);
    EXPECT_EQ(writeFrom(*moment("yyyy-MM-dd'T'HH:mmXXX"), twice),
              R"({"t":"1991-10-27T01:30-05:00"})");
    EXPECT_EQ(writeFrom(*moment("yyyy-MM-dd HH:mm"), R"({"a":"1991-10-26T06:30:00.000Z"})"),
              R"({"t":"1991-10-26 01:30"})");
}

TEST_F(FindingTest, CountsOfSecondsAndPointsThatAreNotWritten) {
    const auto json = plan("json", R"(<field theirs="s" ours="a" as="epoch seconds"/>
        <field theirs="m" ours="b" as="epoch milliseconds" json="string"/>
        <field theirs="d" ours="n" as="digits 9 2"/>)");
    const std::string theirs = R"({"s":1767225600,"m":"-1","d":"000012505"})";
    const std::string ours =
        R"({"a":"2026-01-01T00:00:00.000Z","b":"1969-12-31T23:59:59.999Z","n":125.05})";
    EXPECT_EQ(readJson(*json, theirs), ours);
    EXPECT_EQ(writeFrom(*json, ours), theirs);
    EXPECT_EQ(readJson(*json, R"({"d":"000012500"})"), R"({"n":125})");
    EXPECT_EQ(readJson(*json, R"({"d":"000000007"})"), R"({"n":0.07})");
    EXPECT_EQ(writeFrom(*json, R"({"n":0.5})"), R"({"d":"000000050"})");
    for (const std::string wide : {"12345678.00", "1.005", "-1", "12345678"})
        EXPECT_THROW(static_cast<void>(writeFrom(*json, R"({"n":)" + wide + "}")), Unwritable)
            << wide;
    for (const std::string wrong : {R"({"s":1.5})", R"({"s":99999999999999})", R"({"m":"x"})"})
        EXPECT_TRUE(has(readJson(*json, wrong), "since 1970-01-01")) << wrong;
    EXPECT_TRUE(has(faultOf("json", R"(<field theirs="s" ours="a" as="epoch hours"/>)"),
                    "does not follow the pattern"));
    EXPECT_TRUE(has(faultOf("json", R"(<field theirs="s" ours="n" as="digits 2 2"/>)"),
                    "more decimals than digits"));
}

// A file from a Mac, or copied from a PDF, has letters with their marks beside them.
TEST_F(FindingTest, LettersAreTheSameHoweverAKeyboardHasWrittenThem) {
    const std::string composed = "\u1ea3", beside = "a\u0309";  // ả
    const auto all = [&](const std::string& a) {
        return R"({"B)" + a + R"(n":"x","k":"B)" + a + R"(n","y":"B)" + a + R"(n","p":"B)" + a +
               R"(n 5","d":"ng)" + a + R"(y 01/02/2026"})";
    };
    const auto mapping = [&](const std::string& a) {
        return plan("json", "<field theirs=\"B" + a +
                                "n\" ours=\"a\"/><constant theirs=\"k\" value=\"B" + a +
                                "n\"/><field theirs=\"y\" ours=\"yes\" as=\"boolean\" true=\"B" +
                                a + "n\" false=\"0\"/><pattern theirs=\"p\" form=\"B" + a +
                                "n {x}\"><piece name=\"x\" ours=\"b\"/></pattern>"
                                "<field theirs=\"d\" ours=\"c\" as=\"date 'ng" +
                                a + "y 'dd/MM/yyyy\"/>");
    };
    const std::string ours = R"({"a":"x","yes":true,"b":"5","c":"2026-02-01"})";
    for (const auto& theirs : {composed, beside}) {
        EXPECT_EQ(readJson(*mapping(composed), all(theirs)), ours);
        EXPECT_EQ(readJson(*mapping(beside), all(theirs)), ours);
    }
    const auto token = plan("json", R"(<field theirs="t" ours="a" as="token"/>)");
    EXPECT_EQ(readJson(*token, "{\"t\":\"\u00a0A\u2009 B\u3000C \"}"), R"({"a":"A B C"})");
}

TEST_F(FindingTest, NamesOfMembersMayBeValues) {
    const auto json = plan("json", R"(<each theirs="parties/*" ours="list[]">
        <field theirs="$name" ours="key"/><field theirs="who" ours="name"/></each>)",
                           "", R"(direction="in")");
    EXPECT_EQ(readJson(*json, R"({"parties":{"p1":{"who":"A"},"p2":{"who":"B"}}})"),
              R"({"list":[{"key":"p1","name":"A"},{"key":"p2","name":"B"}]})");
    EXPECT_TRUE(
        has(faultOf("json", R"(<each theirs="parties/*" ours="list[]"/>)"), "can only be read"));
    EXPECT_TRUE(has(faultOf("json", R"(<field theirs="$name" ours="a"/>)"), "never written"));
}

TEST_F(FindingTest, ListsMayStandInLists) {
    const auto json = plan("json", R"(<each theirs="rows" ours="list[]">
        <field theirs=".[1]" ours="no" as="integer"/><field theirs=".[2]/name" ours="name"/>
        <each theirs=".[3]/*" ours="words[]"><field theirs="." ours="."/></each></each>)",
                           "", R"(direction="in")");
    EXPECT_EQ(readJson(*json, R"({"rows":[[1,{"name":"x"}],[2,{"name":"y"},["a","b"]]]})"),
              R"({"list":[{"no":1,"name":"x"},{"no":2,"name":"y","words":["a","b"]}]})");
    EXPECT_TRUE(has(readJson(*json, R"({"rows":[[1,{"name":"x"},[],7]]})"), "/rows/0/3"));
    EXPECT_TRUE(has(faultOf("json", R"(<each theirs="rows" ours="list[]">
        <field theirs=".[1]" ours="no" as="integer"/></each>)"),
                    "can only be read"));
}

TEST_F(FindingTest, ItemsOfListsInListsHaveAPlace) {
    const auto json = plan("json", R"(<field theirs="point[4][2]" ours="a" json="number"/>
        <ignore theirs="point/*" why="w"/><each theirs="rows" ours="list[]">
        <field theirs=".[2][last]/name" ours="name"/><ignore theirs=".[1]" why="w"/></each>)",
                           "", R"(direction="in")");
    EXPECT_EQ(readJson(*json, R"({"point":["geo",{},"float",[13,109]],
                                  "rows":[[0,[{"name":"y"}]]]})"),
              R"({"a":"109","list":[{"name":"y"}]})");
    EXPECT_TRUE(has(readJson(*json, R"({"point":["geo",{},"float",[13,109]],
                                        "rows":[[0,[{"name":"x"},{"name":"y"}],1]]})"),
                    "/rows/0/1/0/name"));
}

TEST_F(FindingTest, ADateMayBearAnOffset) {
    const auto json =
        plan("json", R"(<field theirs="d" ours="a" as="date yyyy-MM-ddXXX or yyyy-MM-dd"/>)");
    for (const std::string offset : {"+07:00", "Z", "-05:00", ""})
        EXPECT_EQ(readJson(*json, R"({"d":"2026-02-28)" + offset + "\"}"), R"({"a":"2026-02-28"})");
    EXPECT_EQ(writeFrom(*json, R"({"a":"2026-02-28"})"), R"({"d":"2026-02-28+07:00"})");
    EXPECT_TRUE(has(readJson(*json, R"({"d":"2026-02-30Z"})"), "there is no such day"));
}

// Who signs without saying for whom must come by a channel of its own.
TEST_F(FindingTest, AFormatWithoutAnAddresseeSaysSo) {
    const auto fault = [&](const std::string& to, const std::string& attributes) {
        const auto text = R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t" version="1"
            message="Ping" theirs="json" direction="in" )" +
                          attributes + R"(><accept when="exists a"/><body>
            <constant ours="envelope/type" value="Ping"/>
            <field theirs=")" +
                          to + R"(" ours="envelope/to" direction="in"/></body></mapping>)";
        try {
            static_cast<void>(Plan::compile(write("mapping.xml", text), language(), ModelShape(),
                                            std::make_shared<TestLists>()));
        } catch (const base::Fault& wrong) {
            return std::string(wrong.what());
        }
        return std::string();
    };
    const std::string none = R"(addressee="none")";
    EXPECT_EQ(fault("$exchange/gateway", none), "");
    EXPECT_TRUE(has(fault("$exchange/gateway", ""), "says addressee=\"none\""));
    EXPECT_EQ(fault("a", ""), "");
    EXPECT_TRUE(has(fault("a", none), "but here it names one"));
    EXPECT_EQ(fault("$exchange/audience", ""), "") << "the signature names it";
}

TEST_F(FindingTest, AGroupOfOursMayHaveATextAndAttributes) {
    const auto xml = plan("xml", R"(<group theirs="R" ours="Bill"><group theirs="P" ours="Price">
        <field theirs="." ours="."/><field theirs="@c" ours="@cur"/></group></group>)",
                          "", "ours=\"price.xsd\"");
    const std::string theirs = R"(<R><P c="VND">500</P></R>)";
    const auto read = xml->read(xmlContent(theirs), {});
    ASSERT_TRUE(read.ok()) << base::render(read.error().front()).en;
    EXPECT_TRUE(has(document::writeXml(read->ours), R"(<Price cur="VND">500</Price>)"));
    EXPECT_TRUE(has(xml->write(read->ours, {}), theirs));
}

}  // namespace
}  // namespace gateway::mapping
