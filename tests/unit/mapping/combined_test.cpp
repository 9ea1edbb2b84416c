// Mappings that combine: one inside another, one after another.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

class CombinedTest : public MappingTest {
  protected:
    void SetUp() override {
        // What an office sends on its own.
        write("letter.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/letter" version="1"
            message="Ping" theirs="xml">
            <accept root="Letter" when="@v = '1'"/>
            <namespace prefix="" uri="urn:letter"/>
            <code-list name="kind"><code theirs="B" ours="one"/></code-list>
            <part name="who"><field theirs="Name" ours="b"/></part>
            <body><group theirs="Letter" required="yes">
              <constant theirs="@v" value="1"/>
              <field theirs="Kind" ours="closed" as="code kind"/>
              <use part="who"/>
              <each theirs="Line" ours="words[]"><field theirs="." ours="."/></each>
            </group></body></mapping>)");
        write("note.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/note" version="1"
            message="Ping" theirs="json"><accept when="kind = 'note'"/>
            <body><constant theirs="kind" value="note"/><field theirs="text" ours="b"/></body>
            </mapping>)");
    }
    static std::string packed(const std::string& text) {
        std::string escaped;
        for (const char c : text)
            escaped += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
        return escaped;
    }
};

const std::string kLetter = R"(<Letter xmlns="urn:letter" v="1"><Kind>B</Kind><Name>N</Name>)"
                            R"(<Line>x</Line><Line>y</Line></Letter>)";
const std::string kOurs = R"({"a":"7","closed":"one","b":"N","words":["x","y"]})";

TEST_F(CombinedTest, aLetterStandsInATextOfAnEnvelope) {
    const auto hub = plan("xml", R"(<group theirs="R"><field theirs="No" ours="a"/>
        <inside theirs="Content" form="xml"><use mapping="letter.xml"/></inside></group>)",
                          R"(<code-list name="kind"><code theirs="B" ours="two"/></code-list>)");
    const std::string text = "<R><No>7</No><Content>" + packed(kLetter) + "</Content></R>";
    EXPECT_EQ(readXml(*hub, text), kOurs) << "its namespace, part and code list are its own";
    const auto written = writeFrom(*hub, kOurs);
    EXPECT_EQ(readXml(*hub, written), kOurs) << written;
    EXPECT_NE(written.find("urn:letter"), std::string::npos);
}

TEST_F(CombinedTest, aLetterStandsBelowAnElement) {
    const auto hub = plan("xml", R"(<group theirs="h:R"><field theirs="h:No" ours="a"/>
        <group theirs="h:Content"><use mapping="letter.xml"/></group></group>)",
                          R"(<namespace prefix="h" uri="urn:hub"/>)");
    const std::string text =
        R"(<h:R xmlns:h="urn:hub"><h:No>7</h:No><h:Content>)" + kLetter + "</h:Content></h:R>";
    EXPECT_EQ(readXml(*hub, text), kOurs);
    EXPECT_EQ(writeFrom(*hub, kOurs), text);
}

TEST_F(CombinedTest, aNoteStandsBelowAMember) {
    const auto hub = plan("json", R"(<field theirs="no" ours="a"/>
        <group theirs="content"><use mapping="note.xml"/></group>)");
    const std::string text = R"({"no":"7","content":{"kind":"note","text":"t"}})";
    EXPECT_EQ(readJson(*hub, text), R"({"a":"7","b":"t"})");
    EXPECT_EQ(writeFrom(*hub, R"({"a":"7","b":"t"})"), text);
    EXPECT_NE(readJson(*hub, R"({"no":"7","content":{"kind":"other","text":"t"}})")
                  .find("what the mapping note.xml accepts"),
              std::string::npos);
}

TEST_F(CombinedTest, onePrefixForTwoNamespacesIsTheFirstOnes) {
    std::string letter = fileText(directory_ / "letter.xml");
    letter.replace(letter.find("prefix=\"\""), 9, "prefix=\"h\"");
    for (const std::string name :
         {"root=\"Letter", "theirs=\"Letter", "theirs=\"Kind", "theirs=\"Name", "theirs=\"Line"})
        letter.insert(letter.find(name) + name.find('"') + 1, "h:");
    write("letter.xml", letter);
    const auto hub = plan("xml", R"(<group theirs="h:R"><field theirs="h:No" ours="a"/>
        <group theirs="h:Content"><use mapping="letter.xml"/></group></group>)",
                          R"(<namespace prefix="h" uri="urn:hub"/>)");
    const auto written = writeFrom(*hub, kOurs);
    EXPECT_EQ(readXml(*hub, written), kOurs) << written;
    EXPECT_NE(written.find("<h:R"), std::string::npos) << written;
}

TEST_F(CombinedTest, whatItDoesNotAcceptIsRefusedAtItsPlace) {
    const auto hub = plan("xml", R"(<group theirs="R"><inside theirs="Content" form="xml">
        <use mapping="letter.xml"/></inside></group>)");
    const auto read =
        hub->read(xmlContent("<R><Content>" + packed(R"(<Letter xmlns="urn:letter" v="2"/>)") +
                             "</Content></R>"),
                  {});
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().front().path, "/R/Content!/Letter");
    EXPECT_NE(base::render(read.error().front()).vi.find("letter.xml"), std::string::npos);
}

TEST_F(CombinedTest, whatCannotBeTakenOverIsRefusedWhenLoaded) {
    const auto inside = [this](const std::string& file, const std::string& attributes = "") {
        return faultOf("xml", R"(<group theirs="R"><inside theirs="C" form="xml" )" + attributes +
                                  "><use mapping=\"" + file + "\"/></inside></group>");
    };
    EXPECT_NE(inside("none.xml").find("cannot be read"), std::string::npos);
    const auto twice = faultOf("xml", R"(<use mapping="none.xml"/><use mapping="none.xml"/>)");
    EXPECT_NE(twice.find("cannot be read", twice.find("cannot be read") + 1), std::string::npos)
        << twice;
    EXPECT_NE(inside("note.xml").find("another form"), std::string::npos);
    write("other.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/o" version="1" message="Pong"
        theirs="xml"><accept root="O"/><body/></mapping>)");
    EXPECT_NE(inside("other.xml").find("message"), std::string::npos);
    write("reads.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/r" version="1" message="Ping"
        theirs="xml" direction="in"><accept root="O"/><body>
        <field theirs="/O/X" ours="b"/></body></mapping>)");
    EXPECT_NE(inside("reads.xml").find("only reads; say direction"), std::string::npos);
    EXPECT_EQ(inside("reads.xml", R"(direction="in")"), "");
    EXPECT_NE(
        faultOf("xml", R"(<group theirs="R" direction="in"><use mapping="reads.xml"/></group>)")
            .find("has no root there"),
        std::string::npos);
    EXPECT_NE(faultOf("xml", R"(<group theirs="R" ours="o"><use mapping="letter.xml"/></group>)")
                  .find("stands at the root of ours"),
              std::string::npos);
    EXPECT_NE(faultOf("xml", R"(<use part="p" mapping="letter.xml"/>)").find("part or mapping"),
              std::string::npos);
    write("mapping.xml", "");
    EXPECT_NE(faultOf("xml", R"(<group theirs="R"><use mapping="mapping.xml"/></group>)")
                  .find("nested too deeply"),
              std::string::npos)
        << "a mapping that uses itself";
}

TEST_F(CombinedTest, theDigestCoversWhatIsUsed) {
    const std::string body = R"(<group theirs="R"><inside theirs="C" form="xml">
        <use mapping="letter.xml"/></inside></group>)";
    const auto before = plan("xml", body)->digest().hex();
    std::string letter = fileText(directory_ / "letter.xml");
    letter.replace(letter.find("Name"), 4, "Nome");
    write("letter.xml", letter);
    EXPECT_NE(plan("xml", body)->digest().hex(), before);
}

TEST_F(CombinedTest, theDigestIsTheSameAmongOthersThatIncludeTheSameFile) {
    write("shared.xml", R"(<shared xmlns="urn:thahc:mapping:1"><part name="p">
        <field theirs="X" ours="a"/></part></shared>)");
    const std::string body = R"(<group theirs="R"><use part="p"/></group>)";
    const auto alone = plan("xml", body, R"(<include file="shared.xml"/>)")->digest().hex();
    SchemaShelf shelf;
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(Plan::compile(directory_ / "mapping.xml", language(), TestShape(),
                                std::make_shared<TestLists>(), shelf)
                      ->digest()
                      .hex(),
                  alone);
}

/// An office's XML that becomes the JSON of a hub, which another mapping reads.
class ChainTest : public MappingTest {
  protected:
    void SetUp() override {
        write("hub.schema.json", R"({"type":"object","required":["no"],"properties":{
            "no":{"type":"string"},"kind":{"type":"string"},"memo":{"type":"string"},
            "lines":{"type":"array","items":{"type":"string"}}}})");
        write("hub.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/hub" version="3"
            message="Ping" theirs="json"><accept when="exists no"/>
            <code-list name="kind"><code theirs="B" ours="one"/></code-list>
            <body><field theirs="no" ours="a"/><field theirs="kind" ours="closed" as="code kind"/>
            <field theirs="memo" ours="c"/>
            <each theirs="lines" ours="words[]"><field theirs="." ours="."/></each></body>
            </mapping>)");
    }
    std::shared_ptr<const Plan> office(const std::string& more = "") {
        return plan("xml",
                    R"(<group theirs="R"><field theirs="No" ours="no"/>
            <field theirs="Kind" ours="kind"/>
            <each theirs="L" ours="lines"><field theirs="." ours="."/></each>)" +
                        more + "</group>",
                    "", R"(ours="hub.schema.json" then="hub.xml")");
    }
};

// The day of the message stands where the last one reads; the codes of the first mean what they
// meant on it, whenever it came, and go out so.
TEST_F(ChainTest, codesOfTheFirstAreOfTheDayThatTheNextReads) {
    write("hub.schema.json", R"({"type":"object","properties":{
        "kind":{"type":"string"},"at":{"type":"string"}}})");
    write("hub.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/hub" version="3" message="Ping"
        theirs="json"><accept when="exists kind"/><body><field theirs="kind" ours="a"/>
        <field theirs="at" ours="envelope/created" as="moment"/></body></mapping>)");
    const auto chain =
        plan("xml", R"(<group theirs="R"><field theirs="K" ours="kind" as="code kind"/>
        <field theirs="At" ours="at"/></group>)",
             R"(<code-list name="kind"><code theirs="1" ours="old" valid-until="2025-07-01"/>
        <code theirs="1" ours="new" valid-from="2025-07-01"/>
        <code theirs="2" ours="gone" valid-until="2025-07-01"/></code-list>)",
             R"(ours="hub.schema.json" then="hub.xml")");
    const auto theirs = [](const std::string& kind) {
        return "<R><K>" + kind + "</K><At>2025-06-30T08:00:00.000Z</At></R>";
    };
    const auto ours = [](const std::string& kind) {
        return R"({"a":")" + kind + R"(","envelope":{"created":"2025-06-30T08:00:00.000Z"}})";
    };
    for (const ExchangeValues& exchange :
         {ExchangeValues{{"receivedAt", "2025-07-02T08:00:00.000Z"}},
          ExchangeValues{{"receivedAt", "2025-06-30T09:00:00.000Z"}}, ExchangeValues{}}) {
        EXPECT_EQ(readXml(*chain, theirs("1"), exchange), ours("old"));
        EXPECT_EQ(readXml(*chain, theirs("2"), exchange), ours("gone"));
    }
    EXPECT_EQ(writeFrom(*chain, ours("old")), theirs("1"));
    EXPECT_THROW(static_cast<void>(writeFrom(*chain, ours("new"))), Unwritable);
    EXPECT_TRUE(chain->leftOut(document::readJson(ours("gone"))->root, {}).empty());
}

TEST_F(ChainTest, theNextReadsWhatTheFirstMakes) {
    const auto chain = office();
    const std::string theirs = "<R><No>7</No><Kind>B</Kind><L>x</L><L>y</L></R>";
    const std::string ours = R"({"a":"7","closed":"one","words":["x","y"]})";
    EXPECT_EQ(readXml(*chain, theirs), ours);
    EXPECT_EQ(writeFrom(*chain, ours), theirs);
    EXPECT_TRUE(chain->oursIsModel()) << "so it can be in service";
    EXPECT_EQ(chain->messageType(), "Ping");
}

TEST_F(ChainTest, aProblemOfTheNextStandsInTheSendersDocument) {
    const auto read = office()->read(xmlContent("<R><No>7</No>\n<Kind>X</Kind></R>"), {});
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().front().code, base::ErrorCode::MAPPING_CODE);
    EXPECT_EQ(read.error().front().path, "/R/Kind");
    EXPECT_EQ(read.error().front().position.line, 2U);
}

TEST_F(ChainTest, whatEitherLeavesIsTold) {
    const auto model = jsonContent(R"({"a":"7","b":"not in the hub","c":"not in the office"})");
    EXPECT_EQ(office()->leftOut(model.tree.root, {}), (std::vector<std::string>{"b", "c"}));
    EXPECT_EQ(office(R"(<field theirs="Memo" ours="memo"/>)")->leftOut(model.tree.root, {}),
              std::vector<std::string>{"b"});
    std::string hub = fileText(directory_ / "hub.xml");
    hub.replace(hub.find("<field theirs=\"memo\" ours=\"c\"/>"), 32,
                "<ignore theirs=\"memo\" why=\"w\"/>");
    write("hub.xml", hub);
    const auto read = office(R"(<field theirs="Memo" ours="memo"/>)")
                          ->read(xmlContent("<R><No>7</No><Memo>m</Memo></R>"), {});
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->report.count(NodeUse::Ignored), 1U);
    EXPECT_EQ(read->report.nodes.back().path, "t/hub@3 /memo");
}

TEST_F(ChainTest, whatTheNextDoesNotAcceptIsRefused) {
    write("hub.schema.json", R"({"type":"object","properties":{"no":{"type":"string"},
        "kind":{"type":"string"},"lines":{"type":"array","items":{"type":"string"}}}})");
    EXPECT_NE(readXml(*office(), "<R><Kind>B</Kind></R>").find("what the mapping t/hub@3 accepts"),
              std::string::npos);
}

TEST_F(ChainTest, whatLeadsToAMessageUsesWhatHasNone) {
    write("memo.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/memo" version="1" theirs="xml"
        ours="hub.schema.json"><accept root="Memo"/><body>
        <group theirs="Memo"><field theirs="." ours="memo"/></group></body></mapping>)");
    const auto chain = office(R"(<use mapping="memo.xml"/>)");
    const std::string theirs = "<R><No>7</No><Memo>m</Memo></R>";
    EXPECT_EQ(readXml(*chain, theirs), R"({"a":"7","c":"m"})");
    EXPECT_EQ(writeFrom(*chain, R"({"a":"7","c":"m"})"), theirs);
}

TEST_F(ChainTest, whatDoesNotGoTogetherIsRefusedWhenLoaded) {
    EXPECT_NE(faultOf("xml", "", "", R"(then="hub.xml")").find("say by ours"), std::string::npos);
    const std::string ours = R"(ours="hub.schema.json" then=")";
    write("xml.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/x" version="1" message="Ping"
        theirs="xml"><accept root="O"/><body/></mapping>)");
    EXPECT_NE(faultOf("xml", "", "", ours + "xml.xml\"").find("does not read"), std::string::npos);
    EXPECT_NE(faultOf("xml", "", "", ours + "mapping.xml\"").find("than four"), std::string::npos)
        << "a mapping after itself";
}

}  // namespace
}  // namespace gateway::mapping
