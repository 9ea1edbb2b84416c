// What is read or written is what was there, or it is refused: nothing in between.

#include "gateway/base/encoding.h"
#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

class ExactnessTest : public MappingTest {
  protected:
    void SetUp() override {
        write("o.schema.json", R"({"type":"object","properties":{
            "a":{"type":["string","null"]},"b":{"type":["string","null"]},"n":{"type":"integer"},
            "f":{"type":"boolean"},
            "words":{"type":"array","items":{"type":["string","null"]}},
            "people":{"type":"array","items":{"type":"object","properties":{
              "role":{"type":"string"},"name":{"type":"string"}}}},
            "rooms":{"type":"array","items":{"type":"object","properties":{
              "room":{"type":"string"},"floor":{"type":"string"},"rows":{"type":"array",
              "items":{"type":"object","properties":{"who":{"type":"string"}}}}}}},
            "m":{"type":"object"},"boss":{"$ref":"#/$defs/person"},
            "section":{"$ref":"#/$defs/section"}},
            "$defs":{"person":{"type":"object","properties":{"name":{"type":"string"},
              "boss":{"$ref":"#/$defs/person"}}},
            "section":{"type":"object","properties":{"title":{"type":"string"},
              "sections":{"type":"array","items":{"$ref":"#/$defs/section"}}}}}})");
        write("o.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="d"><xs:complexType mixed="true"><xs:sequence>
            <xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:attribute name="j"/><xs:attribute name="k"/></xs:complexType></xs:element>
            </xs:schema>)");
    }
    std::filesystem::path strict() {
        return write("strict.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="d"><xs:complexType><xs:attribute name="j" type="xs:integer"/>
            </xs:complexType></xs:element></xs:schema>)");
    }
    std::shared_ptr<const Plan> with(const std::string& theirs, const std::string& body,
                                     const std::string& before = "", const std::string& more = "") {
        return plan(theirs, body, before, "ours=\"o.schema.json\" " + more);
    }
    std::string faultWith(const std::string& theirs, const std::string& body,
                          const std::string& before = "") {
        return faultOf(theirs, body, before, "ours=\"o.schema.json\"");
    }
    static std::string written(const Plan& plan, const std::string& ours) {
        try {
            return writeFrom(plan, ours);
        } catch (const Unwritable& unwritable) {
            return std::string("refused: ") + unwritable.what();
        }
    }
    static testing::AssertionResult has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos ? testing::AssertionSuccess()
                                                    : testing::AssertionFailure() << text;
    }
};

TEST_F(ExactnessTest, aPieceThatIsThereAndEmptyIsNoAbsentOne) {
    const std::string pieces = R"(<piece name="a" ours="a"/>
        <piece name="b" ours="b" optional="yes"/></pattern>)";
    const auto strict = with("json", R"(<pattern theirs="t" form="{a} {b}">)" + pieces);
    EXPECT_EQ(written(*strict, R"({"a":"A"})"), R"({"t":"A"})");
    for (const char* empty : {R"({"a":"A","b":"  "})", R"({"a":"A","b":null})", R"({"a":""})"})
        EXPECT_TRUE(has(written(*strict, empty), "must not be empty")) << empty;
    const auto loose =
        with("json", R"(<pattern theirs="t" form="{a} {b}" empty="is-absent">)" + pieces);
    EXPECT_EQ(written(*loose, R"({"a":"A","b":"  "})"), R"({"t":"A"})");
}

TEST_F(ExactnessTest, aTextThatWouldBeReadAsPiecesIsNotWrittenAsAWhole) {
    const auto json = with("json", R"(<pattern theirs="t" form="no {a}" otherwise="b">
        <piece name="a" ours="a"/></pattern>)");
    EXPECT_EQ(written(*json, R"({"b":"nothing"})"), R"({"t":"nothing"})");
    EXPECT_TRUE(has(written(*json, R"({"b":"no 9"})"), "read back as its pieces"));
}

TEST_F(ExactnessTest, whatIsNoNumberIsNotWrittenAsOne) {
    const auto number = with("json", R"(<field theirs="t" ours="a" json="number"/>)");
    EXPECT_EQ(written(*number, R"({"a":"-7.50"})"), R"({"t":-7.50})");
    for (const std::string text : {"007", "abc", " 1", "+1", ".5", "NaN"})
        EXPECT_TRUE(has(written(*number, R"({"a":")" + text + "\"}"), "must be a number")) << text;
    const auto boolean = with("json", R"(<field theirs="t" ours="a" json="boolean"/>)");
    EXPECT_EQ(written(*boolean, R"({"a":"true"})"), R"({"t":true})");
    for (const std::string text : {"TRUE", "1", "yes"})
        EXPECT_TRUE(has(written(*boolean, R"({"a":")" + text + "\"}"), "true or false")) << text;
}

TEST_F(ExactnessTest, aConstantIsAValueOfItsPlace) {
    EXPECT_TRUE(has(faultWith("json", R"(<constant ours="n" value="x"/>)"), "no value"));
    EXPECT_TRUE(
        has(faultWith("json", R"(<constant theirs="t" value="x" json="number"/>)"), "no value"));
    EXPECT_EQ(faultWith("json", R"(<constant ours="n" value="7"/>)"), "");
}

TEST_F(ExactnessTest, aGapAmongNumberedPlacesIsRefused) {
    const auto json = with("json", R"(<numbered theirs="N{n}" up-to="3" ours="words">
        <field theirs="." ours="." empty="is-absent"/></numbered>)");
    EXPECT_EQ(written(*json, R"({"words":["1","3"]})"), R"({"N1":"1","N2":"3"})");
    EXPECT_TRUE(has(written(*json, R"({"words":["1","","3"]})"), "must not be empty"));
}

TEST_F(ExactnessTest, itemsOfOneWidthAreWhole) {
    const auto json = with("json", R"(<tokens theirs="t" width="2" ours="words"/>)");
    EXPECT_EQ(readJson(*json, R"({"t":"aabb"})"), R"({"words":["aa","bb"]})");
    for (const std::string text : {"aab", "a b "})
        EXPECT_TRUE(has(readJson(*json, R"({"t":")" + text + "\"}"), "2 characters")) << text;
    EXPECT_TRUE(has(written(*json, R"({"words":["aa","b "]})"), "2 characters"));
    const auto list = with("json", R"(<tokens theirs="t" on=";" ours="words"/>)");
    EXPECT_TRUE(has(written(*list, R"({"words":["a",""]})"), "must not be empty"));
}

TEST_F(ExactnessTest, theRestTakesNoNameThatARuleWrites) {
    const auto json = with("json", R"(<group theirs="m" ours="m"><rest/></group>)");
    EXPECT_EQ(readJson(*json, R"({"m":{"x":"1"}})"), R"({"m":{"x":"1"}})");
    const auto beside = with("json", R"(<field theirs="x" ours="a"/><rest/>)");
    EXPECT_TRUE(has(readJson(*beside, R"({"x":"1","a":"clash"})"), "taken by something else"));
    EXPECT_TRUE(has(written(*beside, R"({"a":"1","x":"clash"})"), "taken by something else"));
    const auto xml = plan("xml", R"(<group theirs="R" ours="d"><field theirs="@j" ours="@k"/>
        <rest/></group>)",
                          "", R"(ours="o.xsd")");
    EXPECT_TRUE(has(readXml(*xml, "<R j='1' k='2'/>"), "taken by something else"));
}

TEST_F(ExactnessTest, theRestKeepsTextInFrontOfElements) {
    const auto xml =
        plan("xml", R"(<group theirs="R" ours="d"><rest/></group>)", "", R"(ours="o.xsd")");
    const std::string content = R"(<m i="2">x<b/></m>)";
    const auto read = xml->read(xmlContent("<R>" + content + "</R>"), {});
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(has(document::writeXml(read->ours), "<d>" + content + "</d>"));
    EXPECT_TRUE(has(xml->write(read->ours, {}), "<R>" + content + "</R>"));
    const auto top = xml->read(xmlContent("<R>x<b/></R>"), {});
    ASSERT_TRUE(top.ok());
    EXPECT_TRUE(has(document::writeXml(top->ours), "<d>x<b/></d>"));
}

TEST_F(ExactnessTest, rowsAreOneOnlyWhereTheySayTheSame) {
    const auto json = with("json", R"(<each theirs="rows" ours="rooms[]/rows[]" keys="../room">
        <field theirs="room" ours="../room"/><field theirs="floor" ours="../floor"/>
        <field theirs="who" ours="who"/></each>)");
    const auto read = [&](const std::string& first, const std::string& second) {
        return readJson(*json,
                        R"({"rows":[{)" + first + R"("who":"x"},{)" + second + R"("who":"y"}]})");
    };
    const std::string room = R"("room":"A",)";
    EXPECT_TRUE(has(read(room, room), R"([{"who":"x"},{"who":"y"}])"));
    EXPECT_TRUE(has(read(room + R"("floor":"1",)", room), "contradicts it: floor"));
    EXPECT_TRUE(has(read(room, room + R"("floor":"1",)"), "contradicts it: floor"));
    EXPECT_TRUE(has(read("", ""), "needs its key"));
    EXPECT_TRUE(has(written(*json, R"({"rooms":[{"room":"A","rows":[{"who":"x"}]},
                                                {"room":"A","rows":[{"who":"y"}]}]})"),
                    "another item has the same key"));
}

TEST_F(ExactnessTest, twoListsAreNotWrittenFromOne) {
    const std::string each = R"(<each theirs="p[k='a']" ours="people">
        <field theirs="n" ours="name"/></each>)";
    const std::string other = R"(<each theirs="p[k='b']" ours="people"%>
        <field theirs="n" ours="name"/></each>)";
    const auto both = [&](const std::string& attribute) {
        return each + std::string(other).replace(other.find('%'), 1, attribute);
    };
    EXPECT_TRUE(has(faultWith("json", both("")), "another each goes into this list"));
    EXPECT_EQ(faultWith("json", both(R"( direction="in")")), "");
    for (const char* never : {"p[k='a'][k='b']", "p[k='a' and k='b']"})
        EXPECT_TRUE(has(faultWith("json", R"(<each theirs=")" + std::string(never) +
                                              R"(" ours="people"><field theirs="n" ours="name"/>)"
                                              "</each>"),
                        "cannot be both"))
            << never;
}

TEST_F(ExactnessTest, anObjectThatRefersToItselfIsRefused) {
    const auto xml = with("xml", R"(<group theirs="R"><group theirs="P" ours="boss">
        <field theirs="N" ours="name"/>
        <group theirs="Boss" ours="boss"><field theirs="N" ours="name"/></group></group></group>)",
                          R"(<references from="@ref" to="@id"/>)", R"(direction="in")");
    EXPECT_TRUE(has(readXml(*xml, "<R><P id='1'><N>A</N><Boss ref='1'/></P></R>"),
                    "an object that it stands in"));
}

TEST_F(ExactnessTest, aNameInAValueHasItsPrefixDeclared) {
    const auto xml = with("xml", R"(<group theirs="R"><field theirs="@t" ours="a"/></group>)",
                          R"(<namespace prefix="q" uri="urn:q"/>)");
    EXPECT_EQ(written(*xml, R"({"a":"q:Person"})"), R"(<R xmlns:q="urn:q" t="q:Person"/>)");
    EXPECT_EQ(written(*xml, R"({"a":"q: no"})"), R"(<R t="q: no"/>)");
}

TEST_F(ExactnessTest, aPartMayStandInItself) {
    const std::string part = R"(<part name="section"><field theirs="@title" ours="title"/>
        <each theirs="Section" ours="sections"><use part="section"/></each></part>)";
    const auto xml =
        with("xml", R"(<group theirs="R" ours="section"><use part="section"/></group>)", part);
    const std::string theirs = R"(<R title="1"><Section title="1.1"><Section title="1.1.1">)"
                               R"(<Section title="1.1.1.1"/></Section></Section>)"
                               R"(<Section title="1.2"/></R>)";
    const std::string ours =
        R"({"section":{"title":"1","sections":[{"title":"1.1","sections":[{"title":"1.1.1",)"
        R"("sections":[{"title":"1.1.1.1"}]}]},{"title":"1.2"}]}})";
    EXPECT_EQ(readXml(*xml, theirs), ours);
    EXPECT_EQ(writeFrom(*xml, ours), theirs);
    EXPECT_TRUE(has(readXml(*xml, R"(<R title="1"><Section title="2"><Section no="3"/></Section>)"
                                  "</R>"),
                    "no"));
    EXPECT_TRUE(has(faultWith("xml", R"(<group theirs="R"><use part="p"/></group>)",
                              R"(<part name="p"><use part="p"/></part>)"),
                    "goes down first"));
    EXPECT_TRUE(has(faultWith("xml", R"(<group theirs="R"><use part="p"/></group>)",
                              R"(<part name="p"><group theirs="Section"><use part="p"/></group>
                                 </part>)"),
                    "goes down first"))
        << "what is written would never end";
}

TEST_F(ExactnessTest, aPartInItselfEndsWhereReferencesDoNot) {
    const auto xml = with("xml", R"(<group theirs="R"><group theirs="P[1]" ours="boss">
        <use part="person"/></group></group>)",
                          R"(<references from="@ref" to="@id"/>
        <part name="person"><field theirs="N" ours="name"/>
        <group theirs="Boss" ours="boss"><use part="person"/></group></part>)",
                          R"(direction="in")");
    EXPECT_TRUE(has(readXml(*xml,
                            "<R><P id='1'><N>A</N><Boss ref='2'/></P>"
                            "<P id='2'><N>B</N></P></R>"),
                    R"({"boss":{"name":"A","boss":{"name":"B"}}})"));
    EXPECT_TRUE(has(readXml(*xml,
                            "<R><P id='1'><N>A</N><Boss ref='2'/></P>"
                            "<P id='2'><N>B</N><Boss ref='1'/></P></R>"),
                    "nested too deeply"));
}

TEST_F(ExactnessTest, aWordForNothingIsNoValueThatIsWritten) {
    const auto json = with("json", R"(<field theirs="t" ours="a" null-words="N/A | -"/>
        <tokens theirs="w" on=";" ours="words" null-words="-"/>
        <pattern theirs="p" form="{b}" null-words="-"><piece name="b" ours="b"/></pattern>)");
    EXPECT_EQ(written(*json, R"({"a":"x","words":["y","z"]})"), R"({"t":"x","w":"y;z"})");
    for (const char* ours : {R"({"a":"-"})", R"({"a":"N/A"})", R"({"words":["-"]})"})
        EXPECT_TRUE(has(written(*json, ours), "takes this text for none")) << ours;
}

TEST_F(ExactnessTest, aCodeThatIsLeftOutIsTold) {
    const std::string list = R"(<code-list name="k" unknown="%"><code theirs="1" ours="one"/>
        </code-list>)";
    const std::string rule = R"(<field theirs="t" ours="a" as="code k"/>)";
    const auto of = [&](const std::string& unknown) {
        return with("json", rule, std::string(list).replace(list.find('%'), 1, unknown));
    };
    const auto omits = of("omit");
    EXPECT_EQ(written(*omits, R"({"a":"zz"})"), "{}");
    EXPECT_EQ(omits->leftOut(jsonContent(R"({"a":"zz"})").tree.root, {}),
              std::vector<std::string>{"a"});
    const auto keeps = of("keep");
    EXPECT_EQ(written(*keeps, R"({"a":"zz"})"), R"({"t":"zz"})");
    EXPECT_TRUE(has(written(*keeps, R"({"a":"1"})"), "refused"));
    EXPECT_TRUE(has(readJson(*keeps, R"({"t":"one"})"), "not")) << "it would be written as 1";
    EXPECT_TRUE(has(faultWith("json", rule, R"(<code-list name="k"><code theirs="" ours="one"/>
        </code-list>)"),
                    "no code"));
}

TEST_F(ExactnessTest, whatIsWrittenCanBeRead) {
    const auto base64 = with("json", R"(<field theirs="t" ours="a" as="base64"/>)");
    EXPECT_EQ(written(*base64, R"({"a":"YWJj"})"), R"({"t":"YWJj"})");
    for (const std::string text : {"YWJ", "YR==", "a b"})
        EXPECT_TRUE(has(written(*base64, R"({"a":")" + text + "\"}"), "refused")) << text;
    const auto moment =
        with("json", R"(<field theirs="t" ours="a" as="moment dd/MM/yyyy HH:mm"/>)");
    EXPECT_TRUE(has(written(*moment, R"({"a":"9999-12-31T20:00:00Z"})"), "refused"));
    const auto date = with("json", R"(<field theirs="t" ours="a" as="date"/>)");
    EXPECT_TRUE(has(written(*date, R"({"a":"0001-01-01"})"), "refused"));
    const auto flag = with("json", R"(<field theirs="t" ours="f" as="boolean" json="number"/>)");
    EXPECT_EQ(readJson(*flag, R"({"t":1})"), R"({"f":true})");
    EXPECT_EQ(written(*flag, R"({"f":false})"), R"({"t":0})");
}

TEST_F(ExactnessTest, ofSeveralFormsTheOneIsWrittenThatIsRead) {
    const auto xml = with("json", R"(<pattern ours="a" form="{h} {d} {t}" or="{h} {t}">
        <piece name="h" theirs="h" match="\S+"/><piece name="d" theirs="d" match="\S+"/>
        <piece name="t" theirs="t"/></pattern>)");
    EXPECT_EQ(readJson(*xml, R"({"h":"Nguyễn","t":"Hà"})"), R"({"a":"Nguyễn Hà"})");
    EXPECT_TRUE(has(readJson(*xml, R"({"h":"Nguyễn","t":"Thu Hà"})"), "write it like"));
}

TEST_F(ExactnessTest, listsAreParted) {
    const auto json = with("json", R"(<tokens theirs="t" on=" " ours="words"/>)");
    EXPECT_EQ(readJson(*json, "{\"t\":\"a\\tb\\n  c\"}"), R"({"words":["a","b","c"]})");
    EXPECT_TRUE(has(written(*json, R"({"words":["a\tb"]})"), "must be without"));
    const auto people = with("json", R"(<tokens theirs="t" on=";" ours="people">
        <field theirs="." ours="name"/></tokens>)");
    EXPECT_TRUE(
        has(written(*people, R"({"people":[{"name":"A"},{},{"name":"B"}]})"), "must not be empty"));
}

TEST_F(ExactnessTest, aColumnBesideMakesAnItemOfAnEmptyOne) {
    const auto json = with("json", R"(<numbered theirs="N{n}" up-to="2" ours="people"
        empty="is-absent"><field theirs="." ours="role" empty="is-absent"/>
        <field theirs="../N{n}_v" ours="name"/></numbered>)");
    const std::string theirs = R"({"N1":"","N1_v":"x","N2":"b"})";
    const auto ours = readJson(*json, theirs);
    EXPECT_EQ(ours, R"({"people":[{"name":"x"},{"role":"b"}]})");
    EXPECT_EQ(written(*json, ours), theirs);
}

TEST_F(ExactnessTest, aPlaceIsAValueOrHasSomethingBelowIt) {
    for (const std::string below :
         {R"(<group theirs="e"><field theirs="x" ours="b"/></group>)",
          R"(<each theirs="e" ours="people"><field theirs="x" ours="name"/></each>)"}) {
        EXPECT_TRUE(
            has(faultWith("json", R"(<field theirs="e" ours="a"/>)" + below), "is a value by"));
        EXPECT_EQ(faultWith("json", R"(<field theirs="e" ours="a" direction="out"/>)" +
                                        std::string(below).insert(below.find(" theirs"),
                                                                  R"( direction="in")")),
                  "");
    }
    const auto deep = with("json", R"(<field theirs="e" ours="a"/>
        <field theirs="e/x" ours="b"/>)");
    EXPECT_TRUE(has(written(*deep, R"({"a":"1","b":"2"})"), "refused"));
    const auto constant = with("json", R"(<field theirs="e" ours="a"/>
        <constant theirs="e" value="x"/>)");
    EXPECT_EQ(written(*constant, R"({"a":"x"})"), R"({"e":"x"})");
    EXPECT_TRUE(has(written(*constant, R"({"a":"1"})"), "contradicts the constant"));
}

TEST_F(ExactnessTest, whatABracketHasMadeIsNotMadeTwice) {
    const auto xml = with("xml", R"(<group theirs="R">
        <group theirs="s[@I='D' and e[@I='1']/u='137']/e[@I='1']"><field theirs="v" ours="a"/>
        </group></group>)");
    EXPECT_EQ(written(*xml, R"({"a":"x"})"),
              R"(<R><s I="D"><e I="1"><u>137</u><v>x</v></e></s></R>)");
}

TEST_F(ExactnessTest, aNameInAnArchiveLeadsNowhere) {
    const auto json = with("json", R"(<field theirs="t" ours="a" as="base64" packed="zip"
        file-name="b"/>)");
    const auto text = written(*json, R"({"a":"YWJj","b":"../../etc/passwd"})");
    const auto zip = jsonContent(text).tree.root.child("t")->value;
    const auto bytes = base::fromBase64(zip);
    ASSERT_TRUE(bytes);
    const std::string archive(bytes->begin(), bytes->end());
    EXPECT_NE(archive.find("passwd"), std::string::npos);
    EXPECT_EQ(archive.find("etc"), std::string::npos);
}

TEST_F(ExactnessTest, whatAnotherCaseWouldReadIsNotWritten) {
    const auto json = with("json", R"(<choose>
        <option when-theirs="x matches '[0-9]+%'" when-ours="exists a">
          <field theirs="x" ours="a"/></option>
        <option when-ours="exists b"><field theirs="x" ours="b"/></option></choose>)");
    EXPECT_EQ(written(*json, R"({"a":"7%"})"), R"({"x":"7%"})");
    EXPECT_EQ(written(*json, R"({"b":"seven"})"), R"({"x":"seven"})");
    EXPECT_TRUE(has(written(*json, R"({"b":"7%"})"), "read back as another case"));
}

TEST_F(ExactnessTest, aKeyWithoutAValueIsToldWithItsPlace) {
    const auto json = with("json", R"(<each theirs="p" ours="people">
        <field theirs="id" ours="role"/>
        <field theirs="/names[id = $here/id]/name" ours="name"/></each>)");
    EXPECT_EQ(written(*json, R"({"people":[{"role":"1","name":"A"}]})"),
              R"({"p":[{"id":"1"}],"names":[{"id":"1","name":"A"}]})");
    EXPECT_TRUE(has(written(*json, R"({"people":[{"name":"A"}]})"), "/people/0/name"));
}

TEST_F(ExactnessTest, keysAreOneInWhateverFormTheyAreTyped) {
    const auto json = with("json", R"(<each theirs="p" ours="people">
        <field theirs="/names[id = $here/id]/name" ours="name"/></each>)",
                           "", R"(direction="in")");
    EXPECT_EQ(readJson(*json,
                       "{\"p\":[{\"id\":\"s\u1ED1\"}],\"names\":[{\"id\":\"so\u0302\u0301\","
                       "\"name\":\"A\"}]}"),
              R"({"people":[{"name":"A"}]})");
    const auto list = with("json", R"(<tokens theirs="t" on=";" ours="words" distinct="yes"/>)");
    EXPECT_EQ(readJson(*list, "{\"t\":\"s\u1ED1;so\u0302\u0301\"}"), "{\"words\":[\"s\u1ED1\"]}");
}

TEST_F(ExactnessTest, blanksInMixedTextStayWhereTheyAre) {
    const auto xml = with("xml", R"(<group theirs="R"><markup theirs="p" ours="a"/></group>)");
    for (const std::string text :
         {"x<b>not</b> ", "x<b>I</b> <i>J</i>\n<u>k</u> ", " x<b/>", "<b>not</b> <i>allowed</i>"}) {
        const auto read = xml->read(xmlContent("<R><p>" + text + "</p></R>"), {});
        ASSERT_TRUE(read.ok()) << text;
        EXPECT_EQ(read->ours.child("a")->value, text);
        EXPECT_TRUE(has(xml->write(read->ours, {}), "<p>" + text + "</p>"));
    }
}

TEST_F(ExactnessTest, aTextWhosePiecesAreNoValuesIsAWhole) {
    const auto json = with("json", R"(<pattern theirs="t" form="{n}/{y}" otherwise="a">
        <piece name="n" ours="n" as="integer"/><piece name="y" ours="b"/></pattern>)");
    EXPECT_EQ(readJson(*json, R"({"t":"7/2026"})"), R"({"n":7,"b":"2026"})");
    EXPECT_EQ(readJson(*json, R"({"t":"a/2026"})"), R"({"a":"a/2026"})");
}

TEST_F(ExactnessTest, blanksAreATextWhereTheRuleSaysSo) {
    const auto json = with("json", R"(<field theirs="t" ours="a" empty="is-value"/>)");
    for (const std::string text : {R"({"t":" "})", R"({"t":""})"})
        EXPECT_EQ(written(*json, readJson(*json, text)), text);
}

TEST_F(ExactnessTest, formsThatReadOneTextTwoWaysAreRefused) {
    const auto date = [&](const std::string& forms) {
        return faultWith("json", R"(<field theirs="t" ours="a" as="date )" + forms + R"("/>)");
    };
    EXPECT_TRUE(has(date("dd/MM/yyyy or MM/dd/yyyy"), "as another day"));
    EXPECT_TRUE(has(date("d/M/yyyy or MM/dd/yyyy"), "as another day"));
    EXPECT_EQ(date("dd/MM/yyyy or d/M/yyyy or yyyy-MM-dd or dd-MM-yyyy"), "");
}

TEST_F(ExactnessTest, whatIsMissingIsToldInTheSendersWords) {
    const auto xml = with("xml", R"(<group theirs="R"><group theirs="x:A/x:B[1]" required="yes">
        <field theirs="x:C" ours="a"/></group></group>)",
                          R"(<namespace prefix="x" uri="urn:x"/>)", R"(direction="in")");
    EXPECT_TRUE(has(readXml(*xml, "<R/>"), ": /R/A/B"));
    EXPECT_TRUE(has(readXml(*xml, "<R><A xmlns='urn:x'/></R>"), ": /R/A/B"));
    const auto json = with("json", R"(<each theirs="p" ours="people">
        <field theirs="/names[id = $here/id]/name" ours="name" required="yes"/></each>
        <field theirs="'@c'[2]/vn" ours="a" required="yes"/>)",
                           "", R"(direction="in")");
    const auto told = readJson(*json, R"({"p":[{"id":"1"}],"names":[],"@c":[{},{}]})");
    EXPECT_TRUE(has(told, "/p/0/id"));
    EXPECT_TRUE(has(told, "/@c/1/vn"));
}

TEST_F(ExactnessTest, aFaultAgainstOurXmlHasTheSendersLine) {
    static_cast<void>(strict());
    const auto json = plan("json", R"(<group ours="d"><field theirs="j" ours="@j"/></group>)", "",
                           R"(ours="strict.xsd" direction="in")");
    const auto read = json->read(jsonContent("{\n\n\"j\":\"x\"}"), {});
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().front().position.line, 3U);
}

TEST_F(ExactnessTest, itemsMayBeToldApartByWhatStandsInThem) {
    const std::string each = R"(<each theirs="P[exists A]" ours="people[role='a']">
        <field theirs="A" ours="name"%/></each><each theirs="P[exists B]" ours="people[role='b']">
        <field theirs="B" ours="name" required="yes"/></each>)";
    const auto body = [&](const std::string& attribute) {
        return R"(<group theirs="R">)" + std::string(each).replace(each.find('%'), 1, attribute) +
               "</group>";
    };
    const auto xml = with("xml", body(R"( required="yes")"));
    const std::string theirs = "<R><P><A>x</A></P><P><B>y</B></P></R>";
    const auto ours = readXml(*xml, theirs);
    EXPECT_EQ(ours, R"({"people":[{"role":"a","name":"x"},{"role":"b","name":"y"}]})");
    EXPECT_EQ(written(*xml, ours), theirs);
    EXPECT_TRUE(has(faultWith("xml", body("")), "by a rule inside"));
}

TEST_F(ExactnessTest, attributesOfLeavesAreFoundAtAnyDepth) {
    const auto xml = with("xml", R"(<group theirs="R"><ignore theirs=".//@*" why="w"/>
        <field theirs="A/B" ours="a"/></group>)",
                          "", R"(direction="in")");
    EXPECT_EQ(readXml(*xml, "<R x='1'><A y='2'><B z='3'>t</B></A></R>"), R"({"a":"t"})");
}

TEST_F(ExactnessTest, aTableHasAllItsColumnsAndItsTextsStayTexts) {
    EXPECT_THROW(static_cast<void>(Plan::compile(
                     write("nested.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t"
        version="1" message="Ping" theirs="table" ours="o.schema.json"><accept when="exists A"/>
        <body><group theirs="P"><field theirs="A" ours="a"/></group></body></mapping>)"),
                     language(), TestShape(), std::make_shared<TestLists>())),
                 base::Fault);
    const auto text = R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t" version="1" message="Ping"
        theirs="table" ours="o.schema.json"><accept when="exists A and exists B"/><body>
        <field theirs="A | Alt" ours="a"/><field theirs="B" ours="n" as="integer"/>
        <ignore theirs="C" why="w"/></body></mapping>)";
    const auto made = Plan::compile(write("table.xml", text), language(), TestShape(),
                                    std::make_shared<TestLists>());
    EXPECT_EQ(made->write(jsonContent(R"({"n":-1})").tree.root, {}),
              "\xEF\xBB\xBF"
              "A;B\r\n;-1\r\n");
    EXPECT_EQ(readJson(*made, R"({"A":"x","B":"-1"})"), R"({"a":"x","n":-1})");
    for (const std::string cell : {"=x", "'=x", "''@x", "-a", "+84"}) {
        const auto bytes = made->write(jsonContent(R"({"a":")" + cell + "\"}").tree.root, {});
        EXPECT_TRUE(has(bytes, "\n'" + cell + ";")) << "not to be calculated";
        const auto back = document::readTable(bytes, document::TableForm::Csv, *made->table());
        ASSERT_TRUE(back.ok());
        EXPECT_EQ(back->rows().front().child("A")->value, cell);
    }
}

}  // namespace
}  // namespace gateway::mapping
