// Nothing is dropped in silence: every node has a fate, every refusal a place.

#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

class UnknownTest : public MappingTest {
  protected:
    static std::string told(const Report& report) {
        std::string text;
        for (const auto& node : report.nodes) {
            static const char* const uses[] = {"used", "ignored", "kept", "unknown"};
            text += node.path + ":" + std::to_string(node.line) + " " +
                    uses[static_cast<std::size_t>(node.use)];
            text += (node.reason.empty() ? "" : " (" + node.reason + ")") + "\n";
        }
        return text;
    }
};

constexpr auto kBody =
    R"(<group theirs="R"><field theirs="A" ours="a"/><ignore theirs="L" why="layout"/>
<keep theirs="K" why="later"/></group>)";

TEST_F(UnknownTest, theReportNamesEveryNode) {
    const auto p = plan("xml", kBody, "", "unknown=\"keep\"");
    const auto content = xmlContent(
        "<R xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
        "xsi:noNamespaceSchemaLocation='r.xsd'>\n"
        "<A b='1'>x</A>\n<L c='2'><M>y</M></L>\n<K>z</K>\n<U><V/><V>w</V>beside</U></R>");
    const auto all = p->read(content, {}, Detail::All);
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(told(all->report),
              "/R/@noNamespaceSchemaLocation:1 ignored (schema hint)\n"
              "/R/A:2 used\n/R/A/@b:2 unknown\n"
              "/R/L/@c:3 ignored (layout)\n/R/L/M:3 ignored (layout)\n/R/K:4 kept (later)\n"
              "/R/U/text():5 unknown\n/R/U/V[1]:5 unknown\n/R/U/V[2]:5 unknown\n");
    EXPECT_EQ(all->report.count(NodeUse::Unknown), 4U);
    EXPECT_EQ(all->report.nodes[1].rule, "field theirs=\"A\" ours=\"a\", line 2");
    const auto brief = p->read(content, {});
    EXPECT_EQ(brief->report.nodes.size(), all->report.nodes.size() - 1);
    EXPECT_EQ(brief->report.counts, all->report.counts);
}

TEST_F(UnknownTest, textInTheRootIsToldInFullToo) {
    const auto p = plan("xml", kBody, "", "unknown=\"keep\"");
    const auto all = p->read(xmlContent("<R>loose<A>x</A></R>"), {}, Detail::All);
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(told(all->report), "/R/text():1 unknown\n/R/A:1 used\n");
    EXPECT_EQ(all->report.nodes[0].value, "loose");
    EXPECT_EQ(all->report.nodes[0].file, "");
}

TEST_F(UnknownTest, unknownContentRefusesTheMessage) {
    const auto p = plan("xml", kBody);
    EXPECT_EQ(readXml(*p, "<R><A b='1'>x</A>\n<U/></R>"),
              "There is content that the format does not declare at /R/A/@b (line 1).\n"
              "There is content that the format does not declare at /R/U (line 2).\n");
    EXPECT_EQ(readXml(*p, "<R>loose<A>x</A></R>"),
              "There is content that the format does not declare at /R/text() (line 1).\n");
    EXPECT_EQ(readXml(*p, "<R xmlns:x='urn:x' x:A='1'><x:A>x</x:A></R>"),
              "There is content that the format does not declare at /R/@A (line 1).\n"
              "There is content that the format does not declare at /R/A (line 1).\n");
}

// A place is named by walking the tree: for twenty faults, not for each of them.
TEST_F(UnknownTest, aFloodOfFaultsCostsNoMoreThanItsReading) {
    const auto p = plan("json", R"(<each theirs="l" ours="list">
        <field theirs="r" ours="role" required="yes"/><field theirs="n" ours="name" required="yes"/>
        <field theirs="k" ours="key" required="yes"/></each>)");
    constexpr std::size_t kItems = 190'000;
    std::string text = R"({"l":[{})";
    for (std::size_t i = 1; i < kItems; ++i) text += ",{}";
    const auto told = readJson(*p, text + "]}");
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 20);
    EXPECT_NE(told.find("/l/6/n"), std::string::npos) << told;
}

TEST_F(UnknownTest, emptyContainersAndNullsAreContentToo) {
    const auto p = plan("json", R"(<field theirs="a" ours="a"/>)");
    EXPECT_EQ(readJson(*p, "{\"a\":\"1\",\n\"o\":{},\"l\":[],\n\"n\":null,\"d\":{\"e\":[1]}}"),
              "There is content that the format does not declare at /o (line 2).\n"
              "There is content that the format does not declare at /l (line 2).\n"
              "There is content that the format does not declare at /n (line 3).\n"
              "There is content that the format does not declare at /d/e/0 (line 3).\n");
    EXPECT_NE(readJson(*p, "[1]").find("at /0 (line 1)"), std::string::npos);
    EXPECT_NE(readJson(*p, "7").find("not declare at / (line 1)"), std::string::npos);
}

TEST_F(UnknownTest, problemsComeInTheSendersOrderAndAreBounded) {
    const auto p = plan("xml", R"(<group theirs="R"><field theirs="B" ours="n" as="integer"/>
        <field theirs="A" ours="a" as="date"/></group>)");
    EXPECT_EQ(readXml(*p, "<R>\n<A>x</A>\n<U/>\n<B>y</B></R>"),
              "The value \"x\" at /R/A (line 2) is not valid: "
              "the form is year-month-day, e.g. 2025-03-05.\n"
              "There is content that the format does not declare at /R/U (line 3).\n"
              "The value \"y\" at /R/B (line 4) is not valid: it must be an integer.\n");
    std::string many = "<R>";
    for (int i = 0; i < 100; ++i) many += "<U/>";
    const auto refused = p->read(xmlContent(many + "</R>"), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().size(), kMostProblems);
}

TEST_F(UnknownTest, aLargeIgnoredBranchStaysCheap) {
    const auto p = plan("xml", R"(<group theirs="R"><ignore theirs="L" why="layout"/></group>)");
    std::string many = "<R><L>";
    for (int i = 0; i < 50'000; ++i) many += "<U/>";
    const auto read = p->read(xmlContent(many + "</L></R>"), {});
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->report.count(NodeUse::Ignored), 50'000U);
    EXPECT_EQ(read->report.nodes.size(), 200U);
}

TEST_F(UnknownTest, schemaViolationsComeFirst) {
    write("r.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="R">)"
                   R"(<xs:complexType>
        <xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence></xs:complexType>)"
                   R"(</xs:element></xs:schema>)");
    const auto p = plan("xml", kBody, "<schema file=\"r.xsd\"/>");
    const auto refused = p->read(xmlContent("<R>\n<A>x</A></R>"), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().front().code, base::ErrorCode::SCHEMA_INVALID);
    EXPECT_EQ(refused.error().front().path, "/R/A");
    EXPECT_EQ(refused.error().front().position.line, 2U);
    EXPECT_EQ(readXml(*p, "<R><A>5</A></R>"), R"({"a":"5"})");
    EXPECT_EQ(writeFrom(*p, R"({"a":"5"})"), "<R><A>5</A></R>");
    EXPECT_THROW(static_cast<void>(writeFrom(*p, R"({"a":"x"})")), base::Fault);
}

TEST_F(UnknownTest, positionsTravelIntoOurs) {
    const auto p =
        plan("xml",
             R"(<group theirs="R"><group theirs="G" ours="o"><field theirs="A" ours="x"/></group>)"
             R"(</group>)");
    const auto mapped = p->read(xmlContent("<R>\n<G>\n<A>1</A></G></R>"), {});
    ASSERT_TRUE(mapped.ok());
    EXPECT_EQ(mapped->ours.child("o")->position.line, 2U);
    EXPECT_EQ(mapped->ours.child("o")->child("x")->position.line, 3U);
}

TEST_F(UnknownTest, acceptLooksAtRootAndConditions) {
    const auto xml = plan("xml", kBody, "", "");
    EXPECT_TRUE(xml->accepts(xmlContent("<R/>")));
    EXPECT_FALSE(xml->accepts(xmlContent("<S/>")));
    EXPECT_FALSE(xml->accepts(xmlContent("<R xmlns='urn:x'/>")));
    EXPECT_FALSE(xml->accepts(jsonContent("{}")));
    const auto outward = plan("json", R"(<field theirs="a" ours="a"/>)", "", "direction=\"out\"");
    EXPECT_TRUE(outward->accepts(jsonContent("{}")));  // what it answers, not what it reads
    EXPECT_FALSE(outward->inward());
    EXPECT_EQ(writeFrom(*outward, R"({"a":"1"})"), R"({"a":"1"})");
}

}  // namespace
}  // namespace gateway::mapping
