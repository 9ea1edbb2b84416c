// What is read or written is what was there, or it is refused: places, lists, references.

#include "tests/unit/mapping/exactness_fixture.h"

namespace gateway::mapping {
namespace {

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

TEST_F(ExactnessTest, aKeyWithoutAValueIsToldWithItsPlace) {
    const auto json = with("json", R"(<each theirs="p" ours="people">
        <field theirs="id" ours="role"/>
        <field theirs="/names[id = $here/id]/name" ours="name"/></each>)");
    EXPECT_EQ(written(*json, R"({"people":[{"role":"1","name":"A"}]})"),
              R"({"p":[{"id":"1"}],"names":[{"id":"1","name":"A"}]})");
    EXPECT_TRUE(has(written(*json, R"({"people":[{"name":"A"}]})"), "/people/0/name"));
}

TEST_F(ExactnessTest, itemsOfOneKeyHaveTheSameBehindIt) {
    const auto json = with("json", R"(<each theirs="p" ours="people">
        <field theirs="id" ours="role"/>
        <field theirs="/names[id = $here/id]/name" ours="name"/></each>)");
    EXPECT_EQ(written(*json, R"({"people":[{"role":"1"},{"role":"2","name":"A"}]})"),
              R"({"p":[{"id":"1"},{"id":"2"}],"names":[{"id":"2","name":"A"}]})");
    EXPECT_TRUE(has(written(*json, R"({"people":[{"role":"1"},{"role":"1","name":"A"}]})"),
                    "another item with the same key"));
}

TEST_F(ExactnessTest, objectsOfJsonStandInAListOfTheRoot) {
    const auto json = with("json", R"(<each theirs="refs" ours="people" refer="yes">
        <field theirs="n" ours="name"/></each>)",
                           R"(<references from="'$ref'" to="id" at="/objects"/>)");
    const std::string theirs = R"({"refs":[{"$ref":"r1"},{"$ref":"r2"},{"$ref":"r1"}],)"
                               R"("objects":[{"n":"A","id":"r1"},{"n":"B","id":"r2"}]})";
    const std::string ours = R"({"people":[{"name":"A"},{"name":"B"},{"name":"A"}]})";
    EXPECT_EQ(written(*json, ours), theirs);
    EXPECT_EQ(readJson(*json, theirs), ours);
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
    EXPECT_TRUE(has(written(*with("xml", body("")), R"({"people":[{"role":"a"}]})"),
                    "the list does not take it: A"));
}

TEST_F(ExactnessTest, itemsThatAnotherRuleWouldReadAreRefused) {
    const auto xml = with("xml", R"(<group theirs="R"><field theirs="P[@n='A']" ours="a"/>
        <each theirs="P[@n != 'A']" ours="people"><field theirs="@n" ours="role"/>
        <field theirs="." ours="name"/></each></group>)");
    const std::string theirs = R"(<R><P n="A">x</P><P n="B">y</P></R>)";
    EXPECT_EQ(written(*xml, readXml(*xml, theirs)), theirs);
    EXPECT_TRUE(
        has(written(*xml, R"({"people":[{"role":"A","name":"y"}]})"), "the list does not take it"));
}

TEST_F(ExactnessTest, aTextThatIsWantingLeavesNoElementWithAttributesAlone) {
    const auto xml = with("xml", R"(<group theirs="R"><group theirs="X">
        <field theirs="@t" ours="a"/><field theirs="." ours="b"/></group></group>)");
    EXPECT_EQ(written(*xml, R"({"a":"k","b":"v"})"), R"(<R><X t="k">v</X></R>)");
    EXPECT_TRUE(has(written(*xml, R"({"a":"k"})"), "must not be empty"));
    const auto loose = with("xml", R"(<group theirs="R"><group theirs="X">
        <field theirs="@t" ours="a"/><field theirs="." ours="b" empty="is-absent"/>
        </group></group>)");
    EXPECT_EQ(written(*loose, R"({"a":"k"})"), R"(<R><X t="k"/></R>)");
}

TEST_F(ExactnessTest, objectsOfOneKindAreNoneOfAnother) {
    const auto xml = with("xml", R"(<group theirs="R">
        <group theirs="Who" ours="boss" refer="who"><field theirs="N" ours="name"/></group>
        <group theirs="At" ours="section" refer="org"><field theirs="N" ours="title"/></group>
        </group>)",
                          R"(<references name="who" from="@ref" to="@id" at="/R/Persons/P"/>
        <references name="org" from="@org" to="@id" at="/R/Orgs/O"/>)");
    const std::string theirs = R"(<R><Who ref="1"/><At org="1"/><Persons><P id="1"><N>A</N></P>)"
                               R"(</Persons><Orgs><O id="1"><N>B</N></O></Orgs></R>)";
    EXPECT_EQ(readXml(*xml, theirs), R"({"boss":{"name":"A"},"section":{"title":"B"}})");
    EXPECT_TRUE(has(readXml(*xml, R"(<R><Who ref="2"/><Orgs><O id="2"><N>B</N></O></Orgs></R>)"),
                    "must lead to an object"));
    EXPECT_EQ(readXml(*xml, R"(<R><Who id="7"><N>A</N></Who></R>)"), R"({"boss":{"name":"A"}})");
    const auto alike = with("xml", R"(<group theirs="R">
        <group theirs="Who" ours="boss" refer="who"><field theirs="N" ours="name"/></group>
        <each theirs="At" ours="people" refer="org"><field theirs="N" ours="name"/></each>
        </group>)",
                            R"(<references name="who" from="@ref" to="@id" at="/R/Persons/P"/>
        <references name="org" from="@ref" to="@id" at="/R/Orgs/O"/>)");
    const std::string objects = R"(<Persons><P id="1"><N>A</N></P></Persons>)"
                                R"(<Orgs><O id="2"><N>B</N></O></Orgs></R>)";
    EXPECT_EQ(readXml(*alike, R"(<R><Who ref="1"/><At ref="2"/>)" + objects),
              R"({"boss":{"name":"A"},"people":[{"name":"B"}]})");
    for (const std::string swapped :
         {R"(<R><Who ref="2"/><At ref="2"/>)", R"(<R><Who ref="1"/><At ref="1"/>)"})
        EXPECT_TRUE(has(readXml(*alike, swapped + objects), "of another kind"));
}

TEST_F(ExactnessTest, objectsOfJsonHaveKindsToo) {
    const auto json = with("json", R"(<group theirs="who" ours="boss" refer="who">
        <field theirs="n" ours="name"/></group><group theirs="at" ours="section" refer="org">
        <field theirs="n" ours="title"/></group>)",
                           R"(<references name="who" from="'$ref'" to="id" at="/persons"/>
        <references name="org" from="'$ref'" to="id" at="/orgs"/>)");
    const std::string objects = R"("persons":[{"n":"A","id":"1"}],"orgs":[{"n":"B","id":"2"}]})";
    EXPECT_EQ(readJson(*json, R"({"who":{"$ref":"1"},"at":{"$ref":"2"},)" + objects),
              R"({"boss":{"name":"A"},"section":{"title":"B"}})");
    EXPECT_TRUE(has(readJson(*json, R"({"who":{"$ref":"2"},"at":{"$ref":"2"},)" + objects),
                    "of another kind"));
}

TEST_F(ExactnessTest, theRestTellsNamesApartByTheirNamespace) {
    const auto xml = plan("xml", R"(<group theirs="R" ours="d"><field theirs="@x" ours="@j"/>
        <rest/></group>)",
                          "", R"(ours="o.xsd")");
    const auto read = xml->read(
        xmlContent(R"(<R x="1"><q:x xmlns:q="urn:q">2</q:x><q:j xmlns:q="urn:q">3</q:j></R>)"), {});
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(has(document::writeXml(read->ours), ">2<"));
    EXPECT_TRUE(has(document::writeXml(read->ours), ">3<"));
}

TEST_F(ExactnessTest, anEmptyColumnThatIsAValueKeepsItsPlace) {
    const auto xml = with("xml", R"(<group theirs="R"><numbered theirs="N{n}" up-to="3"
        ours="words"><field theirs="." ours="." empty="is-value"/></numbered></group>)");
    const std::string theirs = "<R><N1/><N2>x</N2></R>";
    const auto ours = readXml(*xml, theirs);
    EXPECT_EQ(ours, R"({"words":["","x"]})");
    EXPECT_EQ(written(*xml, ours), theirs);
}

TEST_F(ExactnessTest, attributesOfLeavesAreFoundAtAnyDepth) {
    const auto xml = with("xml", R"(<group theirs="R"><ignore theirs=".//@*" why="w"/>
        <field theirs="A/B" ours="a"/></group>)",
                          "", R"(direction="in")");
    EXPECT_EQ(readXml(*xml, "<R x='1'><A y='2'><B z='3'>t</B></A></R>"), R"({"a":"t"})");
}

}  // namespace
}  // namespace gateway::mapping
