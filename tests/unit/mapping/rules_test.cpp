// Each construct of the language, read and written.

#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

class RulesTest : public MappingTest {
  protected:
    /// Reads, compares, writes, and reads what was written again.
    static void roundTrip(const Plan& plan, std::string_view theirs, std::string_view ours,
                          std::string_view written = "") {
        const bool xml = plan.theirs() == document::Form::Xml;
        const auto read = [&](std::string_view text) {
            return xml ? readXml(plan, text) : readJson(plan, text);
        };
        EXPECT_EQ(read(theirs), ours);
        const std::string back = writeFrom(plan, ours);
        EXPECT_EQ(back, written.empty() ? theirs : written);
        EXPECT_EQ(read(back), ours);
    }
    static std::string faultOfWriting(const Plan& plan, std::string_view ours) {
        try {
            return "written: " + writeFrom(plan, ours);
        } catch (const base::Fault& fault) {
            return fault.what();
        }
    }
};

TEST_F(RulesTest, fieldsByElementAttributeAndOwnText) {
    const auto p = plan("xml", R"(<group theirs="R"><field theirs="@x" ours="a"/>
        <group theirs="Sum"><field theirs="." ours="n" as="integer"/>)"
                               R"(<field theirs="@cur" ours="b"/></group>
        <field theirs="D/E" ours="o/x"/><field theirs="D/E/@f" ours="o/y"/></group>)");
    roundTrip(*p, R"(<R x="1"><Sum cur="VND">5</Sum><D><E f="g">e</E></D></R>)",
              R"({"a":"1","n":5,"b":"VND","o":{"x":"e","y":"g"}})");
}

TEST_F(RulesTest, fieldsByMemberWithTheKindsOfJson) {
    const auto p =
        plan("json", R"(<field theirs="a/b" ours="o/p/q"/><field theirs="n" ours="n" as="integer"/>
        <field theirs="'m/m'" ours="m" as="integer" json="string"/>)"
                     R"(<field theirs="y" ours="yes" as="boolean"/>)");
    roundTrip(*p, R"({"a":{"b":"t"},"n":12,"m/m":"7","y":true})",
              R"({"o":{"p":{"q":"t"}},"n":12,"m":7,"yes":true})");
    EXPECT_EQ(readJson(*p, R"({"n":"12"})"),
              "The value \"12\" at /n (line 1) is not valid: it must be a number.\n");
    EXPECT_EQ(readJson(*p, R"({"m/m":7})"),
              "The value \"7\" at /m~1m (line 1) is not valid: it must be a text.\n");
    EXPECT_EQ(readJson(*p, R"({"a":{"b":["t"]}})"),
              "The value \"\" at /a/b (line 1) is not valid: it must be a text.\n"
              "There is content that the format does not declare at /a/b/0 (line 1).\n");
}

TEST_F(RulesTest, requiredSaysWhereSomethingIsMissing) {
    const auto p = plan("xml", R"(<group theirs="R" required="yes"><group theirs="G">
        <field theirs="A/B" ours="a" required="in"/></group>
        <field theirs="@id" ours="b" required="yes"/></group>)");
    EXPECT_EQ(
        readXml(*p, "<R id='1'><G>\n</G></R>"),
        "Required information is missing: /R/G/A/B (line 1). Receipt counts only when the data "
        "are complete and valid.\n");
    EXPECT_EQ(readXml(*p, "<R id='1'/>"), R"({"b":"1"})");  // no G, so nothing in it is missing
    EXPECT_EQ(readXml(*p, "<R><G><A><B>x</B></A></G></R>"),
              "Required information is missing: /R/@id (line 1). Receipt counts only when the data "
              "are complete and valid.\n");
    EXPECT_NE(faultOfWriting(*p, "{}").find("/b"), std::string::npos);
    EXPECT_EQ(writeFrom(*p, R"({"b":"1"})"), "<R id=\"1\"/>");
}

TEST_F(RulesTest, emptyIsRefusedUnlessItIsAbsent) {
    const auto p = plan("xml", R"(<group theirs="R"><field theirs="A" ours="a"/>
        <field theirs="B" ours="b" empty="is-absent"/></group>)");
    EXPECT_EQ(readXml(*p, "<R><A> </A></R>"),
              "The value \" \" at /R/A (line 1) is not valid: it must not be empty.\n");
    EXPECT_EQ(readXml(*p, "<R><B/></R>"), "{}");
    const auto j = plan("json", R"(<field theirs="a" ours="a"/>
        <group theirs="g" ours="o" empty="is-absent"><field theirs="x" ours="x"/></group>
        <each theirs="l" ours="list[]" empty="is-absent"><field theirs="n" ours="name"/></each>
        <field theirs="b" ours="b" empty="is-absent"/>)");
    EXPECT_EQ(readJson(*j, R"({"a":null})"),
              "The value \"\" at /a (line 1) is not valid: it must not be empty.\n");
    EXPECT_EQ(readJson(*j, R"({"b":null,"g":null,"l":null})"), "{}");
    EXPECT_EQ(readJson(*j, R"({"b":"","g":{},"l":[]})"), "{}");
    EXPECT_EQ(readJson(*j, R"({"g":7})"),
              "The value \"7\" at /g (line 1) is not valid: it must be an object.\n");
    EXPECT_EQ(readJson(*j, R"({"l":{"n":"x"}})"),
              "The value \"\" at /l (line 1) is not valid: it must be an array.\n"
              "There is content that the format does not declare at /l/n (line 1).\n");
}

TEST_F(RulesTest, defaultsNeverBringAPlaceIntoBeing) {
    const auto p =
        plan("xml", R"(<group theirs="R"><field theirs="A" ours="o/x"/>
        <field theirs="B" ours="o/y" default="d"/>)"
                    R"(<field theirs="Y" ours="yes" as="boolean" default="false" required="out"/>)"
                    R"(</group>)");
    EXPECT_EQ(readXml(*p, "<R/>"), R"({"yes":false})");
    EXPECT_EQ(readXml(*p, "<R><A>1</A></R>"), R"({"o":{"x":"1","y":"d"},"yes":false})");
    EXPECT_EQ(readXml(*p, "<R><A>1</A><B>2</B></R>"), R"({"o":{"x":"1","y":"2"},"yes":false})");
    EXPECT_EQ(writeFrom(*p, R"({"o":{"x":"1"}})"), "<R><A>1</A><Y>false</Y></R>");
}

TEST_F(RulesTest, alternativesAreReadAndOneIsWritten) {
    const auto p =
        plan("json", R"(<field theirs="di_dong | 'điện thoại'" ours="a" write="'điện thoại'" )"
                     R"(empty="is-absent"/>)");
    EXPECT_EQ(readJson(*p, R"({"di_dong":"1"})"), R"({"a":"1"})");
    EXPECT_EQ(readJson(*p, R"({"di_dong":"","điện thoại":"2"})"), R"({"a":"2"})");
    EXPECT_EQ(readJson(*p, R"({"di_dong":"1","điện thoại":"1"})"), R"({"a":"1"})");
    EXPECT_EQ(readJson(*p, R"({"di_dong":"1","điện thoại":"2"})"),
              "The content at /điện thoại (line 1) occurs more than once.\n");
    EXPECT_EQ(writeFrom(*p, R"({"a":"3"})"), R"({"điện thoại":"3"})");
}

TEST_F(RulesTest, textBesideElementsIsAValue) {
    const auto p = plan("xml", R"(<group theirs="R"><field theirs="A" ours="a"/></group>)");
    EXPECT_EQ(readXml(*p, "<R><A>t<B/></A></R>"),
              "There is content that the format does not declare at /R/A/B (line 1).\n");
    EXPECT_EQ(readXml(*p, "<R><A> <B/></A></R>"),
              "The value \"\" at /R/A (line 1) is not valid: it must be a text.\n"
              "There is content that the format does not declare at /R/A/B (line 1).\n");
}

TEST_F(RulesTest, aConstantStandsWhereItsMessageDoes) {
    const auto p = plan("json", R"(<field theirs="x" ours="b"/><constant ours="a" value="1"/>)");
    const auto mapped = p->read(jsonContent("\n\n{\n\"x\":\"2\"}"), {});
    ASSERT_TRUE(mapped.ok());
    ASSERT_NE(mapped->ours.child("a"), nullptr);
    EXPECT_EQ(mapped->ours.child("a")->position.line, 3U);
    EXPECT_EQ(mapped->ours.child("b")->position.line, 4U);
}

// What is wrong with a value is told once: it is not missing as well.
TEST_F(RulesTest, aWrongValueIsNoMissingOne) {
    const auto p = plan("json", R"(<field theirs="a" ours="a" required="yes"/>)"
                                R"(<field theirs="n" ours="n" as="integer"/>)");
    EXPECT_EQ(readJson(*p, R"({"a":""})"),
              "The value \"\" at /a (line 1) is not valid: it must not be empty.\n");
    EXPECT_EQ(readJson(*p, R"({"a":{}})"),
              "The value \"\" at /a (line 1) is not valid: it must be a text.\n");
    EXPECT_EQ(readJson(*p, R"({"a":1})"),
              "The value \"1\" at /a (line 1) is not valid: it must be a text.\n");
    const auto three = plan("json", R"(<field theirs="x | y | z" ours="a" write="x"/>)");
    EXPECT_EQ(readJson(*three, R"({"x":"1","y":"2","z":"3"})"),
              "The content at /y (line 1) occurs more than once.\n"
              "There is content that the format does not declare at /z (line 1).\n");
}

TEST_F(RulesTest, aSecondValueOfASingleFieldIsRefused) {
    const auto p = plan("xml", R"(<group theirs="R"><field theirs="A" ours="a"/><group theirs="G">)"
                               R"(<field theirs="B" ours="b"/></group></group>)");
    EXPECT_EQ(readXml(*p, "<R><A>1</A>\n<A>1</A></R>"),
              "The content at /R/A[2] (line 2) occurs more than once.\n");
    EXPECT_NE(readXml(*p, "<R><G><B>1</B></G><G/></R>").find("/R/G[2] (line 1) occurs more"),
              std::string::npos);
    const auto q = plan(
        "xml",
        R"(<group theirs="R"><field theirs="A" ours="a"/><field theirs="B" ours="a"/></group>)");
    EXPECT_EQ(readXml(*q, "<R><A>1</A><B>2</B></R>"),
              "The content at /R/B (line 1) occurs more than once.\n");
}

TEST_F(RulesTest, eachWithConditionsOnBothSides) {
    const std::string body =
        R"(<each theirs="P[@r='D']" ours="list[role='dd']"><field theirs="N" ours="name"/></each>)";
    const auto p = plan(
        "xml",
        R"(<group theirs="R"><group theirs="Ps"><each theirs="P[@r='P']" ours="list[role='pp']">
        <field theirs="N" ours="name"/><field theirs="$position" ours="no" as="integer" )"
        R"(direction="in"/></each>)" +
            body + "</group></group>");
    EXPECT_EQ(
        readXml(
            *p,
            R"(<R><Ps><P r="P"><N>1</N></P><P r="D"><N>2</N></P><P r="P"><N>3</N></P></Ps></R>)"),
        R"({"list":[{"role":"pp","name":"1","no":1},{"role":"pp","name":"3","no":2},)"
        R"({"role":"dd","name":"2"}]})");
    EXPECT_EQ(
        writeFrom(
            *p,
            R"({"list":[{"role":"dd","name":"2"},{"role":"pp","name":"1","no":1},{"role":"x"}]})"),
        R"(<R><Ps><P r="P"><N>1</N></P><P r="D"><N>2</N></P></Ps></R>)");
    EXPECT_EQ(readXml(*p, R"(<R><Ps><P r="X"><N>4</N></P></Ps></R>)"),
              "There is content that the format does not declare at /R/Ps/P/@r (line 1).\n"
              "There is content that the format does not declare at /R/Ps/P/N (line 1).\n");
}

TEST_F(RulesTest, eachOverArraysOfObjectsAndOfTexts) {
    const auto p = plan("json", R"(<group theirs="d"><each theirs="ps" ours="list[]" required="in">
        <field theirs="t" ours="name" required="yes"/>
        <each theirs="w" ours="words[]"><field theirs="." ours="."/></each></each></group>
        <each theirs="s" ours="words[]"><field theirs="v" ours="." empty="is-absent"/></each>)");
    roundTrip(*p, R"({"d":{"ps":[{"t":"1","w":["x","y"]},{"t":"2"}]},"s":[{"v":"q"}]})",
              R"({"list":[{"name":"1","words":["x","y"]},{"name":"2"}],"words":["q"]})");
    EXPECT_EQ(readJson(*p, R"({"d":{"ps":[]},"s":[{"v":""}]})"),
              "Required information is missing: /d/ps (line 1). Receipt counts only when the data "
              "are complete and valid.\n");
    EXPECT_EQ(readJson(*p, R"({"d":{"ps":[{"t":"1"},{}]}})"),
              "Required information is missing: /d/ps/1/t (line 1). Receipt counts only when the "
              "data are complete and valid.\n");
}

TEST_F(RulesTest, tokensSplitAndJoin) {
    const auto p =
        plan("xml",
             R"(<group theirs="R"><tokens theirs="A" ours="words[]" on=";" as="token"/></group>)");
    roundTrip(*p, "<R><A>x y ; z</A></R>", R"({"words":["x y","z"]})", "<R><A>x y;z</A></R>");
    EXPECT_EQ(readXml(*p, "<R><A>x;;z</A></R>"),
              "The value \"\" at /R/A (line 1) is not valid: it must not be empty.\n");
    EXPECT_EQ(writeFrom(*p, "{}"), "<R/>");
    EXPECT_NE(faultOfWriting(*p, R"({"words":["a;b"]})").find("without \";\""), std::string::npos);
}

TEST_F(RulesTest, constantsAreComparedAndWritten) {
    const auto p = plan("json", R"(<constant theirs="v" value="2"/>)"
                                R"(<constant theirs="k" value="true" json="boolean" required="no"/>
        <constant ours="a" value="Ping"/><field theirs="b" ours="b"/>)");
    EXPECT_EQ(readJson(*p, R"({"v":"2","b":"x"})"), R"({"a":"Ping","b":"x"})");
    EXPECT_EQ(readJson(*p, R"({"v":"3"})"),
              "The value \"3\" at /v (line 1) is not valid: it must be \"2\".\n");
    EXPECT_EQ(readJson(*p, R"({"v":2})"),
              "The value \"2\" at /v (line 1) is not valid: it must be \"2\".\n");
    EXPECT_EQ(readJson(*p, R"({"k":false,"v":"2"})"),
              "The value \"false\" at /k (line 1) is not valid: it must be \"true\".\n");
    EXPECT_NE(readJson(*p, "{}").find("missing: /v"), std::string::npos);
    EXPECT_EQ(writeFrom(*p, R"({"a":"Ping","b":"x"})"), R"({"v":"2","k":true,"b":"x"})");
    EXPECT_NE(faultOfWriting(*p, R"({"a":"Pong"})").find("is not valid: it must be \"Ping\""),
              std::string::npos);
    EXPECT_NE(faultOfWriting(*p, "{}").find("/a"), std::string::npos);
}

TEST_F(RulesTest, aGroupOfConstantsIsWrittenOnlyWhereRequired) {
    const auto p =
        plan("xml", R"(<group theirs="R"><group theirs="G"><constant theirs="K" value="1"/>)"
                    R"(<field theirs="A" ours="a"/></group>
        <group theirs="H" required="out"><constant theirs="K" value="2"/></group></group>)");
    EXPECT_EQ(writeFrom(*p, "{}"), "<R><H><K>2</K></H></R>");
    EXPECT_EQ(writeFrom(*p, R"({"a":"x"})"), "<R><G><K>1</K><A>x</A></G><H><K>2</K></H></R>");
}

TEST_F(RulesTest, patternsTakeATextApartAndPutItTogether) {
    const auto p = plan("json", R"(<pattern theirs="k" form="{no}/{rest}" required="yes">
        <piece name="no" match="[0-9]+" ours="n" as="integer"/><piece name="rest" ours="b"/>)"
                                R"(</pattern>)");
    roundTrip(*p, R"({"k":"7816/VPCP-TTĐT"})", R"({"n":7816,"b":"VPCP-TTĐT"})");
    EXPECT_EQ(readJson(*p, R"({"k":"x/VPCP"})"),
              "The value \"x/VPCP\" at /k (line 1) is not valid: write it like \"…/…\".\n");
    EXPECT_NE(faultOfWriting(*p, R"({"n":1})").find("/b"), std::string::npos);
    const auto q = plan("json", R"(<pattern theirs="k" form="{x}-{y}" otherwise="c">
        <piece name="x" ours="a"/><piece name="y" ours="b"/></pattern>)");
    EXPECT_EQ(readJson(*q, R"({"k":"whole"})"), R"({"c":"whole"})");
    EXPECT_EQ(writeFrom(*q, R"({"c":"whole"})"), R"({"k":"whole"})");
    EXPECT_EQ(writeFrom(*q, "{}"), "{}");
    // "1-2" and "3" would be read back as "1" and "2-3".
    EXPECT_NE(faultOfWriting(*q, R"({"a":"1-2","b":"3"})").find("1-2-3"), std::string::npos);
}

TEST_F(RulesTest, chooseTestsTheSideThatIsRead) {
    const auto p = plan("xml", R"(<group theirs="R"><choose required="in">
        <option when-theirs="@k = 'p' and exists N" when-ours="a = 'person'">)"
                               R"(<constant theirs="@k" value="p"/>
          <constant ours="a" value="person"/><field theirs="N" ours="b"/></option>
        <option when-theirs="@k starts 'o'" when-ours="a != 'person'">)"
                               R"(<constant ours="a" value="org"/>
          <constant theirs="@k" value="org"/><field theirs="M" ours="c"/></option></choose>)"
                               R"(</group>)");
    roundTrip(*p, R"(<R k="p"><N>1</N></R>)", R"({"a":"person","b":"1"})");
    roundTrip(*p, R"(<R k="org"><M>2</M></R>)", R"({"a":"org","c":"2"})");
    EXPECT_NE(readXml(*p, R"(<R k="z"/>)").find("at /R (line 1) is not valid"), std::string::npos);
}

// One large text, referred to many times: each reference would copy it.
TEST_F(RulesTest, aJoinThatCopiesStopsWhereItWouldOutgrowItsSource) {
    const auto p = plan("xml", R"(<group theirs="R"><each theirs="Ref" ours="list[]">
        <field theirs="Id" ours="key" required="yes"/>
        <field theirs="/R/Data/File[Id = $here/Id]/Text" ours="name" required="yes"/></each>)"
                               R"(</group>)");
    const auto message = [](int references, std::size_t length) {
        std::string text = "<R>";
        for (int i = 0; i < references; ++i) text += "<Ref><Id>1</Id></Ref>";
        return text + "<Data><File><Id>1</Id><Text>" + std::string(length, 'x') +
               "</Text></File></Data></R>";
    };
    const auto few = xmlContent(message(3, 500'000));
    EXPECT_TRUE(p->read(few, {}).ok());
    const auto many = xmlContent(message(2'000, 500'000));
    const auto mapped = p->read(many, {});
    ASSERT_FALSE(mapped.ok());
    ASSERT_EQ(mapped.error().size(), 1U) << "told once";
    EXPECT_EQ(mapped.error().front().code, base::ErrorCode::CONTENT_TOO_LARGE);
    EXPECT_EQ(mapped.error().front().path, "/R/Data/File/Text");
}

TEST_F(RulesTest, aLookUpMayAskForMoreThanItsKey) {
    const auto json = plan("json", R"(<each theirs="who" ours="list"><field theirs="id" ours="key"/>
        <field theirs="/all[t='p' and id = $here/id]/n" ours="name"/></each>)");
    const std::string theirs =
        R"({"who":[{"id":"1"}],"all":[{"t":"p","id":"1","n":"x"},{"t":"c","id":"1","n":"y"}]})";
    EXPECT_EQ(readJson(*json, theirs),
              "There is content that the format does not declare at /all/1/t (line 1).\n"
              "There is content that the format does not declare at /all/1/id (line 1).\n"
              "There is content that the format does not declare at /all/1/n (line 1).\n")
        << "what has the same key only is not taken";
    roundTrip(*json, R"({"who":[{"id":"1"}],"all":[{"t":"p","id":"1","n":"x"}]})",
              R"({"list":[{"key":"1","name":"x"}]})");
}

TEST_F(RulesTest, aJoinMayEndAtTheItemItself) {
    const auto p = plan("xml", R"(<group theirs="R"><each theirs="Ref" ours="list[]">
        <field theirs="Id" ours="key" required="yes"/>
        <field theirs="/R/N[@id = $here/Id]" ours="name" direction="in"/></each></group>)");
    EXPECT_EQ(readXml(*p, "<R><Ref><Id>2</Id></Ref><N id=\"1\">a</N><N id=\"2\">b</N></R>"),
              "There is content that the format does not declare at /R/N[1] (line 1).\n"
              "There is content that the format does not declare at /R/N[1]/@id (line 1).\n");
    EXPECT_EQ(readXml(*p,
                      "<R><Ref><Id>2</Id></Ref><Ref><Id>1</Id></Ref><N id=\"1\">a</N>"
                      "<N id=\"2\">b</N></R>"),
              R"({"list":[{"key":"2","name":"b"},{"key":"1","name":"a"}]})");
}

TEST_F(RulesTest, aTextIsOneTextInWhateverFormItIsTyped) {
    // "bản" with the vowel and its hook as two code points, on either side.
    const std::string composed = "b\xE1\xBA\xA3n", decomposed = "ba\xCC\x89n";
    const auto p = plan("json", "<choose required=\"in\"><option when-theirs=\"k = '" + composed +
                                    "'\" when-ours=\"a = '1'\"><constant ours=\"a\" value=\"1\"/>"
                                    "<field theirs=\"k\" ours=\"b\"/></option><option "
                                    "when-theirs=\"k starts '" +
                                    decomposed +
                                    "'\" when-ours=\"a = '2'\"><constant ours=\"a\" value=\"2\"/>"
                                    "<field theirs=\"k\" ours=\"b\"/></option></choose>");
    EXPECT_EQ(readJson(*p, R"({"k":")" + decomposed + R"("})"),
              R"({"a":"1","b":")" + decomposed + R"("})")
        << "the original is kept";
    EXPECT_EQ(readJson(*p, R"({"k":")" + composed + R"( x"})"),
              R"({"a":"2","b":")" + composed + R"( x"})");
    const auto q = plan(
        "json", R"(<field theirs="k" ours="a" as="code words"/>)",
        R"(<code-list name="words"><code theirs=")" + composed + R"(" ours="BA"/></code-list>)");
    EXPECT_EQ(readJson(*q, R"({"k":")" + decomposed + R"("})"), R"({"a":"BA"})");
}

TEST_F(RulesTest, aKeyMayHaveABeginningOnOneSideOnly) {
    const auto p = plan("xml", R"(<group theirs="R"><each theirs="Ref" ours="list[]">
        <field theirs="/R/File[Id = $here/Id without 'cid:']/Text" ours="name"
               required="yes"/></each></group>)");
    const auto one = [&](const std::string& here, const std::string& there) {
        return readXml(*p, "<R><Ref><Id>" + here + "</Id></Ref><File><Id>" + there +
                               "</Id><Text>t</Text></File></R>");
    };
    const std::string found = R"({"list":[{"name":"t"}]})";
    EXPECT_EQ(one("cid:7", "7"), found);
    EXPECT_EQ(one("7", " cid:7 "), found);
    EXPECT_EQ(one("cid:7", "cid:7"), found);
    EXPECT_NE(one("cid:7", "8"), found);
    EXPECT_NE(one("cid:7", "cid:cid:7"), found) << "once";
    EXPECT_NE(readXml(*p,
                      "<R><Ref><Id>cid:7</Id></Ref><File><Id>7</Id><Text>t</Text></File>"
                      "<File><Id>cid:7</Id><Text>u</Text></File></R>")
                  .find("more than once"),
              std::string::npos)
        << "two files under one key";
}

TEST_F(RulesTest, lookUpInAnotherBranch) {
    const auto p = plan("xml", R"(<group theirs="R"><each theirs="Ref" ours="list[]">
        <field theirs="Id" ours="key" required="yes"/>
        <field theirs="/R/Data/File[Id = $here/Id]/Text" ours="name" required="yes"/></each>)"
                               R"(</group>)");
    roundTrip(
        *p,
        "<R><Ref><Id>1</Id></Ref><Ref><Id>2</Id></Ref><Data><File><Id>1</Id><Text>one</Text></File>"
        "<File><Id>2</Id><Text>two</Text></File></Data></R>",
        R"({"list":[{"key":"1","name":"one"},{"key":"2","name":"two"}]})");
    EXPECT_EQ(
        readXml(*p,
                "<R><Ref><Id>1</Id></Ref><Data><File><Id>3</Id><Text>x</Text></File></Data></R>"),
        "The value \"1\" at /R/Ref/Id (line 1) is not valid: it leads to no item that has what is "
        "needed.\n"
        "There is content that the format does not declare at /R/Data/File/Id (line 1).\n"
        "There is content that the format does not declare at /R/Data/File/Text (line 1).\n");
    EXPECT_NE(readXml(*p,
                      "<R><Ref><Id>1</Id></Ref><Data><File><Id>1</Id><Text>a</Text></File>"
                      "<File><Id>1</Id><Text>b</Text></File></Data></R>")
                  .find("File[2]/Text (line 1) occurs more"),
              std::string::npos);
}

TEST_F(RulesTest, namespacesAreComparedByUriAndWrittenByPrefix) {
    const std::string before =
        R"(<namespace prefix="" uri="urn:one"/><namespace prefix="e" uri="urn:one"/>
        <namespace prefix="z" uri="urn:two"/>)";
    const std::string body = R"(<group theirs="R"><field theirs="e:A" ours="a"/>)"
                             R"(<field theirs="z:B/@z:c" ours="b"/></group>)";
    const auto p = plan("xml", body, before);
    const auto read = R"(<x:R xmlns:x="urn:one"><A xmlns="urn:one">1</A>)"
                      R"(<B xmlns="urn:two" xmlns:q="urn:two" q:c="2"/></x:R>)";
    EXPECT_EQ(readXml(*p, read), R"({"a":"1","b":"2"})");
    const auto written = writeFrom(*p, R"({"a":"1","b":"2"})");
    EXPECT_EQ(readXml(*p, written), R"({"a":"1","b":"2"})");
    EXPECT_NE(written.find(" xmlns=\"urn:one\""), std::string::npos) << written;
    EXPECT_NE(written.find("z:c=\"2\""), std::string::npos) << written;
    EXPECT_NE(readXml(*p, R"(<R xmlns="urn:one"><A xmlns="">1</A></R>)").find("/R/A (line 1)"),
              std::string::npos);
}

TEST_F(RulesTest, exchangeValuesGoIntoEitherSide) {
    const auto p =
        plan("json", R"(<field theirs="$exchange/sender" ours="a" direction="in" required="in"/>
        <field theirs="to" ours="$exchange/recipient" direction="out" required="out"/>)"
                     R"(<ignore theirs="to" why="x"/>)");
    EXPECT_EQ(readJson(*p, "{}", {{"sender", "H53"}}), R"({"a":"H53"})");
    EXPECT_NE(readJson(*p, "{}").find("missing"), std::string::npos);
    EXPECT_EQ(writeFrom(*p, R"({"a":"x"})", {{"recipient", "G22"}}), R"({"to":"G22"})");
    EXPECT_NE(faultOfWriting(*p, "{}").find("missing"), std::string::npos);
}

TEST_F(RulesTest, partsAndCodeListsAreShared) {
    const auto p = plan("json", R"(<each theirs="p" ours="list[]"><use part="x"/></each>)",
                        R"(<code-list name="r"><code theirs="1" ours="one"/></code-list>
                           <part name="x"><field theirs="r" ours="role" as="code r"/>)"
                        R"(<field theirs="c" ours="name" as="code agency"/></part>)");
    roundTrip(*p, R"({"p":[{"r":"1","c":"G22"}]})", R"({"list":[{"role":"one","name":"G22"}]})",
              R"({"p":[{"r":"1","c":"000.00.00.G22"}]})");
    EXPECT_EQ(readJson(*p, "{\"p\":[\n{\"r\":\"2\"}]}"),
              "The code \"2\" at /p/0/r (line 2) is not in the list r (its codes: 1).\n");
    EXPECT_EQ(readJson(*p, R"({"p":[{"c":"H99"}]})"),
              "The code \"H99\" at /p/0/c (line 1) is not in the list agency (its codes: …).\n");
    EXPECT_NE(faultOfWriting(*p, R"({"list":[{"role":"two"}]})").find("\"two\""),
              std::string::npos);
}

TEST_F(RulesTest, directionsOfSingleRules) {
    const auto p = plan(
        "json",
        R"(<field theirs="a" ours="a" direction="in"/><field theirs="b" ours="a" direction="out"/>
        <ignore theirs="b" why="x"/>)");
    EXPECT_EQ(readJson(*p, R"({"a":"1","b":"2"})"), R"({"a":"1"})");
    EXPECT_EQ(writeFrom(*p, R"({"a":"1"})"), R"({"b":"1"})");
}

}  // namespace
}  // namespace gateway::mapping
