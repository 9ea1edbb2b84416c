// Ours by another schema than the case model.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

class ForeignTest : public MappingTest {
  protected:
    void SetUp() override {
        write("case.schema.json", R"({"$schema":"https://json-schema.org/draft/2020-12/schema",
            "type":"object","required":["number"],"additionalProperties":false,"properties":{
            "number":{"type":"string"},"filed":{"type":"string"},"open":{"type":"boolean"},
            "judge":{"$ref":"#/$defs/person"},"outcome":{"enum":["allowed","dismissed"]},
            "parties":{"type":"array","items":{"$ref":"#/$defs/party"}},
            "sessions":{"type":"array","items":{"type":"object","properties":{
              "room":{"type":"string"},"floor":{"type":"string"},
              "results":{"type":"array","items":{"type":"object",
              "properties":{"party":{"type":"string"},"score":{"type":"integer"}}}}}}}},
            "$defs":{"person":{"type":"object","properties":{"name":{"type":"string"}}},
            "party":{"type":"object","properties":{"role":{"type":"string"},
              "name":{"type":"string"},"note":{"type":["string","null"]}}}}})");
        write("order.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
            targetNamespace="urn:o" xmlns="urn:o" elementFormDefault="qualified">
            <xs:element name="Order"><xs:complexType><xs:sequence>
              <xs:element name="Number" type="xs:string"/>
              <xs:element name="Line" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
                <xs:sequence><xs:element name="Name" type="xs:string"/></xs:sequence>
                <xs:attribute name="no" type="xs:integer"/></xs:complexType></xs:element>
              <xs:element name="Filed" type="xs:date" minOccurs="0"/>
              <xs:any namespace="##other" processContents="skip" minOccurs="0"/>
            </xs:sequence></xs:complexType></xs:element></xs:schema>)");
    }

    std::string fault(const std::string& theirs, const std::string& ours, const std::string& body) {
        return faultOf(theirs, body, "", "ours=\"" + ours + "\"");
    }
};

TEST_F(ForeignTest, xmlBecomesJson) {
    const auto xml = plan("xml", R"(<group theirs="R">
        <field theirs="No" ours="number" required="yes"/>
        <field theirs="Filed" ours="filed" as="date dd/MM/yyyy"/>
        <field theirs="@open" ours="open" as="boolean" true="Y" false="N"/>
        <group theirs="Judge" ours="judge"><field theirs="Name" ours="name"/></group>
        <each theirs="Party" ours="parties"><field theirs="@role" ours="role"/>
        <field theirs="." ours="name"/></each></group>)",
                          "", "ours=\"case.schema.json\"");
    const std::string theirs = R"(<R open="N"><No>7</No><Filed>08/04/2025</Filed>)"
                               R"(<Judge><Name>J</Name></Judge><Party role="p">A</Party></R>)";
    const std::string ours = R"({"number":"7","filed":"2025-04-08","open":false,)"
                             R"("judge":{"name":"J"},"parties":[{"role":"p","name":"A"}]})";
    EXPECT_EQ(readXml(*xml, theirs), ours);
    EXPECT_EQ(writeFrom(*xml, ours), theirs) << "false is a value";
    EXPECT_FALSE(xml->oursIsModel());
}

TEST_F(ForeignTest, jsonBecomesXmlInTheOrderOfItsSchema) {
    const auto json = plan("json", R"(<group ours="Order">
        <field theirs="filed" ours="Filed"/><field theirs="no" ours="Number"/>
        <each theirs="lines" ours="Line"><field theirs="name" ours="Name"/>
        <field theirs="n" ours="@no" as="integer"/></each></group>)",
                           R"(<namespace of="ours" prefix="" uri="urn:o"/>)", "ours=\"order.xsd\"");
    const auto content =
        jsonContent(R"({"filed":"2025-04-08","no":"7","lines":[{"name":"x","n":1}]})");
    const auto read = json->read(content, {});
    ASSERT_TRUE(read.ok()) << base::render(read.error().front()).en;
    const auto text = document::writeXml(read->ours, {{"urn:o", ""}});
    EXPECT_NE(
        text.find(R"(<Order xmlns="urn:o"><Number>7</Number><Line no="1"><Name>x</Name></Line>)"
                  "<Filed>2025-04-08</Filed></Order>"),
        std::string::npos)
        << text;
    EXPECT_EQ(json->write(xmlContent(text).tree.root, {}),
              R"({"filed":"2025-04-08","no":"7","lines":[{"name":"x","n":1}]})");
}

TEST_F(ForeignTest, whatBreaksOurSchemaIsRefused) {
    const auto json =
        plan("json", R"(<field theirs="o" ours="outcome"/>)", "", "ours=\"case.schema.json\"");
    const auto read = json->read(jsonContent(R"({"o":"allowed"})"), {});
    ASSERT_FALSE(read.ok()) << "the number is missing";
    EXPECT_EQ(read.error().front().code, base::ErrorCode::SCHEMA_INVALID);
    EXPECT_NE(fault("json", "case.schema.json", R"(<field theirs="x" ours="colour"/>)")
                  .find("has no \"colour\""),
              std::string::npos);
    EXPECT_NE(fault("json", "case.schema.json", R"(<constant ours="outcome" value="won"/>)")
                  .find("none of the words"),
              std::string::npos);
}

TEST_F(ForeignTest, emptyTextsAndNullsAreValuesOfOurs) {
    const auto json = plan("json", R"(<field theirs="no" ours="number"/>
        <each theirs="p" ours="parties" empty="is-value">
        <field theirs="n" ours="note" empty="is-value"/></each>)",
                           "", "ours=\"case.schema.json\"");
    for (const std::string notes : {R"([{"n":null}])", R"([{"n":""}])", "[]"}) {
        const std::string theirs = R"({"no":"7","p":)" + notes + "}";
        const auto ours = readJson(*json, theirs);
        EXPECT_EQ(writeFrom(*json, ours), theirs) << ours;
    }
    EXPECT_EQ(writeFrom(*json, R"({"number":"7"})"), R"({"no":"7"})");
}

TEST_F(ForeignTest, anEmptyTextOfOursIsNotPassedOverInSilence) {
    const auto json =
        plan("json", R"(<field theirs="no" ours="number"/>)", "", "ours=\"case.schema.json\"");
    EXPECT_THROW(static_cast<void>(writeFrom(*json, R"({"number":""})")), Unwritable);
}

TEST_F(ForeignTest, theirXmlIsWrittenInTheOrderOfItsSchema) {
    const auto xml = plan("xml", R"(<group theirs="Order"><field theirs="Filed" ours="filed"/>
        <field theirs="Number" ours="number"/></group>)",
                          R"(<namespace prefix="" uri="urn:o"/><schema file="order.xsd"/>)",
                          "ours=\"case.schema.json\"");
    EXPECT_EQ(writeFrom(*xml, R"({"number":"7","filed":"2025-04-08"})"),
              R"(<Order xmlns="urn:o"><Number>7</Number><Filed>2025-04-08</Filed></Order>)");
}

TEST_F(ForeignTest, rowsWithOneKeyMustAgreeInWhatStandsAboveThem) {
    const auto json = plan("json", R"(<field theirs="no" ours="number"/>
        <each theirs="rows" ours="sessions[]/results[]" keys="../room">
        <field theirs="room" ours="../room"/><field theirs="floor" ours="../floor"/>
        <field theirs="who" ours="party"/></each>)",
                           "", "ours=\"case.schema.json\"");
    const auto rows = [&](const std::string& second) {
        return readJson(*json, R"({"no":"7","rows":[{"room":"A","floor":"1","who":"x"},)"
                               R"({"room":"A","floor":")" +
                                   second + R"(","who":"y"}]})");
    };
    EXPECT_NE(rows("1").find(R"("party":"y")"), std::string::npos) << rows("1");
    EXPECT_NE(rows("2").find("another row with the same key"), std::string::npos) << rows("2");
}

TEST_F(ForeignTest, theRestGoesOverAsItIs) {
    const auto json = plan("json", R"(<field theirs="no" ours="number"/><rest except="drafts"/>
        <ignore theirs="drafts" why="w"/>)",
                           "", "ours=\"case.schema.json\"");
    EXPECT_EQ(
        readJson(*json, R"({"no":"7","outcome":"allowed","judge":{"name":"J"},"drafts":[1]})"),
        R"({"number":"7","outcome":"allowed","judge":{"name":"J"}})");
    EXPECT_EQ(writeFrom(*json, R"({"number":"7","judge":{"name":"J"}})"),
              R"({"no":"7","judge":{"name":"J"}})");
    EXPECT_NE(faultOf("json", "<rest/>").find("neither of which is the case model"),
              std::string::npos);
}

TEST_F(ForeignTest, theRestDoesNotMoveTextAmongElements) {
    const auto xml =
        plan("xml", R"(<group theirs="R" ours="o:Order"><field theirs="No" ours="o:Number"/>
        <rest/></group>)",
             R"(<namespace of="ours" prefix="o" uri="urn:o"/>)", "ours=\"order.xsd\"");
    const auto filed = [](const std::string& body) {
        return "<R><No>7</No><t:b xmlns:t='urn:t'>" + body + "</t:b></R>";
    };
    EXPECT_TRUE(xml->read(xmlContent(filed("<p>is liable</p> <p k='1'/>")), {}).ok());
    for (const std::string plain : {"<p>is <i>not</i> liable</p>", "text<p/>", "<p>x<i/>y</p>"}) {
        std::string body = plain;
        for (const std::string tag : {"<p", "</p", "<i", "</i"})
            for (auto at = body.find(tag); at != std::string::npos; at = body.find(tag, at + 1))
                body.insert(body.find_first_not_of("</", at), "t:");
        const auto read = xml->read(xmlContent(filed(body)), {});
        ASSERT_TRUE(read.ok()) << body;
        for (const auto& written : {document::writeXml(read->ours), xml->write(read->ours, {})})
            EXPECT_NE(written.find(plain), std::string::npos) << written;
    }
}

TEST_F(ForeignTest, rowsBecomeListsInListsByTheirKeys) {
    const auto json = plan("json", R"(<field theirs="no" ours="number"/>
        <each theirs="rows" ours="sessions[]/results[]" keys="../room">
        <field theirs="room" ours="../room"/><field theirs="who" ours="party"/>
        <field theirs="score" ours="score" as="integer"/></each>)",
                           "", "ours=\"case.schema.json\"");
    const std::string rows =
        R"({"no":"7","rows":[{"room":"A","who":"x","score":1},)"
        R"({"room":"A","who":"y","score":2},{"room":"B","who":"z","score":3}]})";
    const std::string lists =
        R"({"number":"7","sessions":[{"room":"A","results":[{"party":"x","score":1},)"
        R"({"party":"y","score":2}]},{"room":"B","results":[{"party":"z","score":3}]}]})";
    EXPECT_EQ(document::writeJson(jsonContent(readJson(*json, rows)).tree.root), lists);
    EXPECT_EQ(writeFrom(*json, lists), rows);
    EXPECT_NE(fault("json", "case.schema.json",
                    R"(<each theirs="rows" ours="sessions[]/results[]">)"
                    R"(<field theirs="who" ours="party"/></each>)")
                  .find("several lists in one"),
              std::string::npos);
}

}  // namespace
}  // namespace gateway::mapping
