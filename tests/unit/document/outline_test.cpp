#include "gateway/document/schemas/outline.h"

#include "gateway/base/fault.h"
#include "tests/unit/document/schema_folder.h"

namespace gateway::document {
namespace {

using OutlineTest = SchemaFolder;

std::vector<std::string> namesOf(const std::vector<Place>& places) {
    std::vector<std::string> names;
    for (const Place& place : places) names.push_back((place.attribute ? "@" : "") + place.name);
    return names;
}

using Names = std::vector<std::string>;

constexpr auto kCase = R"(
  <xs:import namespace="urn:p" schemaLocation="people.xsd"/>
  <xs:simpleType name="Level"><xs:restriction base="xs:string">
    <xs:enumeration value="ST"/><xs:enumeration value="PT"/></xs:restriction></xs:simpleType>
  <xs:group name="Dates"><xs:sequence>
    <xs:element name="Signed" type="xs:date"/>
    <xs:element name="Read" type="xs:dateTime" minOccurs="0" nillable="true"/>
  </xs:sequence></xs:group>
  <xs:complexType name="Document"><xs:sequence>
    <xs:element name="Number" type="xs:string">
      <xs:annotation><xs:documentation>Number of
        the   document</xs:documentation></xs:annotation></xs:element>
    <xs:group ref="t:Dates"/>
  </xs:sequence><xs:attribute name="id" type="xs:ID" use="required"/></xs:complexType>
  <xs:complexType name="Ruling"><xs:complexContent><xs:extension base="t:Document"><xs:sequence>
    <xs:element name="Level" type="t:Level" default="ST"/>
    <xs:element name="Amount" minOccurs="0"><xs:complexType><xs:simpleContent>
      <xs:extension base="xs:decimal"><xs:attribute name="currency" fixed="VND"/></xs:extension>
    </xs:simpleContent></xs:complexType></xs:element>
    <xs:choice maxOccurs="unbounded">
      <xs:element ref="p:Person"/><xs:element name="Office" type="xs:token"/>
    </xs:choice>
    <xs:element name="Part" type="t:Part" minOccurs="0" maxOccurs="9"/>
    <xs:any namespace="##other" minOccurs="0" processContents="lax"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Part"><xs:sequence>
    <xs:element name="Closed" type="xs:boolean"/>
    <xs:element name="Part" type="t:Part" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:element name="Ruling" type="t:Ruling"/><xs:element name="Plain" type="t:Document"/>)";

constexpr auto kPeople = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:p="urn:p" targetNamespace="urn:p" elementFormDefault="qualified">
  <xs:element name="Person" abstract="true" type="p:Named"/>
  <xs:complexType name="Named"><xs:sequence><xs:element name="Name" type="xs:string"/>
    </xs:sequence></xs:complexType>
  <xs:element name="Citizen" type="p:Named" substitutionGroup="p:Person"/>
  <xs:element name="Firm" type="p:Named" substitutionGroup="p:Person"/></xs:schema>)";

TEST_F(OutlineTest, TellsThePlacesOfAnXsdInItsOrder) {
    write("people.xsd", kPeople);
    const auto outline = Outline::of(writeXsd("case.xsd", kCase));
    EXPECT_EQ(outline->form(), Form::Xml);
    const Place* ruling = outline->root("Ruling");
    ASSERT_NE(ruling, nullptr);
    EXPECT_EQ(ruling->kind, Kind::Element);
    EXPECT_EQ(ruling->namespaceUri, "urn:t");
    // Extension after its base, the group in its place, the members where their head stands.
    EXPECT_EQ(namesOf(outline->children(*ruling)),
              (Names{"@id", "Number", "Signed", "Read", "Level", "Amount", "Citizen", "Firm",
                     "Office", "Part"}));
    EXPECT_TRUE(outline->typeOf(*ruling).open);
    const auto child = [&](const char* name) { return *outline->child(*ruling, name, false); };
    EXPECT_TRUE(child("Number").required);
    EXPECT_FALSE(child("Number").repeats);
    EXPECT_EQ(child("Number").documentation, "Number of the document");
    EXPECT_EQ(child("Signed").builtIn, "date");
    EXPECT_FALSE(child("Read").required);
    EXPECT_TRUE(child("Read").nillable);
    EXPECT_EQ(child("Level").words, (Names{"ST", "PT"}));
    EXPECT_EQ(child("Level").defaultValue, "ST");
    EXPECT_EQ(child("Amount").kind, Kind::Number);
    EXPECT_EQ(outline->child(child("Amount"), "currency", true)->fixedValue, "VND");
    EXPECT_FALSE(child("Office").required);
    EXPECT_TRUE(child("Office").repeats);
    EXPECT_EQ(child("Citizen").namespaceUri, "urn:p");
    EXPECT_TRUE(outline->child(*ruling, "id", true)->required);
    EXPECT_EQ(outline->child(*ruling, "id", false), nullptr);
}

TEST_F(OutlineTest, FollowsATypeThatHoldsItself) {
    write("people.xsd", kPeople);
    const auto outline = Outline::of(writeXsd("case.xsd", kCase));
    const Place* part = outline->child(*outline->root("Ruling"), "Part", false);
    EXPECT_TRUE(part->repeats);
    for (int depth = 0; depth < 50; ++depth) part = outline->child(*part, "Part", false);
    EXPECT_FALSE(part->repeats);
    EXPECT_EQ(outline->child(*part, "Closed", false)->kind, Kind::Boolean);
}

TEST_F(OutlineTest, FindsWhatOnlyADerivedTypeHas) {
    write("people.xsd", kPeople);
    const auto outline = Outline::of(writeXsd("case.xsd", kCase));
    const Place* plain = outline->root("Plain");
    EXPECT_EQ(namesOf(outline->children(*plain)), (Names{"@id", "Number", "Signed", "Read"}));
    ASSERT_NE(outline->child(*plain, "Level", false), nullptr);
    EXPECT_EQ(outline->child(*plain, "Nowhere", false), nullptr);
    const std::string other = "urn:other";
    EXPECT_EQ(outline->child(*plain, "Number", false, &other), nullptr);
}

TEST_F(OutlineTest, ReadsNothingBeyondTheSchemasFolder) {
    const auto fault = [](const std::filesystem::path& file) -> std::string {
        try {
            static_cast<void>(Outline::of(file));
        } catch (const base::Fault& caught) {
            return caught.what();
        }
        return "taken";
    };
    writeXsd("outside.xsd", "");
    const auto inner = [](const std::string& location) {
        return "<xs:include schemaLocation=\"" + location + "\"/><xs:element name='A'/>";
    };
    EXPECT_NE(fault(writeXsd("in/a.xsd", inner("../outside.xsd"))).find("does not lie beside"),
              std::string::npos);
    EXPECT_NE(fault(writeXsd("in/b.xsd", inner("/etc/passwd"))).find("does not lie beside"),
              std::string::npos);
    EXPECT_NE(fault(writeXsd("in/c.xsd", inner("http://127.0.0.1:1/none.xsd"))).find("none.xsd"),
              std::string::npos);
    writeXsd("in/known.xsd", "<xs:element name='B'/>");
    EXPECT_EQ(fault(writeXsd("in/d.xsd", inner("http://some.host/v1/known.xsd"))), "taken");
    EXPECT_NE(fault(write("in/e.xsd",
                          "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                          "<x>&e;</x>"))
                  .find("DOCTYPE"),
              std::string::npos);
    EXPECT_NE(fault(writeXsd("in/f.xsd", "<xs:element name='A' type='t:None'/>")).find("f.xsd:3"),
              std::string::npos);
    EXPECT_NE(fault(folder_ / "in/none.xsd").find("cannot read"), std::string::npos);
    EXPECT_NE(fault(write("in/g.json", R"({"$ref": "../outside.json"})")).find("beside"),
              std::string::npos);
    EXPECT_NE(fault(write("in/h.json", R"({"$ref": "#/$defs/none"})")).find("#/$defs/none"),
              std::string::npos);
}

constexpr auto kTracker = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
  "required": ["so_ban_an", "nguoi"], "additionalProperties": false,
  "properties": {
    "so_ban_an": {"type": "string", "description": "Số bản án"},
    "ngay": {"type": ["string", "null"], "format": "date"},
    "nguoi": {"$ref": "people.json#/$defs/person"},
    "nghia_vu": {"type": "array", "items": {"allOf": [
        {"$ref": "#/$defs/duty"}, {"required": ["muc"], "properties": {"muc": {"minimum": 1}}}]}},
    "ket_qua": {"oneOf": [
        {"type": "object", "properties": {"ma": {"const": "XONG"}, "ngay": {"type": "string"}},
         "required": ["ma", "ngay"]},
        {"type": "object", "properties": {"ma": {"const": "CHUA"}, "ly_do": {"type": "string"}},
         "required": ["ma", "ly_do"]}]},
    "loai": {"enum": ["A", "B", null]},
    "cap": {"anyOf": [{"enum": ["X"]}, {"type": "string"}]},
    "khac": {"type": "object", "additionalProperties": {"type": "number"}}
  },
  "$defs": {"duty": {"type": "object", "properties": {
      "muc": {"type": "integer", "default": 3}, "con": {"type": "array",
      "items": {"$ref": "#/$defs/duty"}}}}}
})";

TEST_F(OutlineTest, TellsThePlacesOfAJsonSchema) {
    write("people.json", R"({"$defs": {"person": {"type": "object", "required": ["ten"],
        "properties": {"ten": {"type": "string"}, "vo_chong": {"$ref": "#/$defs/person"}}}}})");
    const auto outline = Outline::of(write("tracker.json", kTracker));
    EXPECT_EQ(outline->form(), Form::Json);
    ASSERT_EQ(outline->roots().size(), 1U);
    const Place& root = outline->roots().front();
    EXPECT_EQ(root.kind, Kind::Object);
    EXPECT_EQ(namesOf(outline->children(root)),
              (Names{"so_ban_an", "ngay", "nguoi", "nghia_vu", "ket_qua", "loai", "cap", "khac"}));
    EXPECT_FALSE(outline->typeOf(root).open);
    const auto child = [&](const char* name) { return *outline->child(root, name, false); };
    EXPECT_TRUE(child("so_ban_an").required);
    EXPECT_EQ(child("so_ban_an").documentation, "Số bản án");
    EXPECT_TRUE(child("ngay").nillable);
    EXPECT_EQ(child("ngay").kind, Kind::String);
    EXPECT_EQ(child("ngay").builtIn, "date");
    EXPECT_EQ(child("loai").words, (Names{"A", "B"}));
    EXPECT_TRUE(child("loai").nillable);
    EXPECT_TRUE(child("cap").words.empty());  // one branch takes any text
    const Place spouse = *outline->child(child("nguoi"), "vo_chong", false);
    EXPECT_EQ(outline->child(spouse, "ten", false)->required, true);
    const Place list = child("nghia_vu");
    EXPECT_EQ(list.kind, Kind::Array);
    const Place item = *outline->child(list, "", false);
    EXPECT_EQ(item.kind, Kind::Object);
    EXPECT_TRUE(outline->child(item, "muc", false)->required);
    EXPECT_EQ(outline->child(item, "muc", false)->kind, Kind::Number);
    EXPECT_EQ(outline->child(item, "muc", false)->defaultValue, "3");
    const Place inner = *outline->child(*outline->child(item, "con", false), "", false);
    EXPECT_FALSE(outline->child(inner, "muc", false)->required);
    const Place result = child("ket_qua");
    EXPECT_EQ(namesOf(outline->children(result)), (Names{"ma", "ngay", "ly_do"}));
    EXPECT_TRUE(outline->child(result, "ma", false)->required);
    EXPECT_FALSE(outline->child(result, "ly_do", false)->required);
    EXPECT_EQ(outline->child(result, "ma", false)->words, (Names{"XONG", "CHUA"}));
    EXPECT_EQ(outline->child(child("khac"), "any name", false)->kind, Kind::Number);
}

TEST_F(OutlineTest, EndsAtReferencesThatGoInCircles) {
    const auto outline = Outline::of(
        write("circle.json", R"({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"},
        "b": {"$ref": "#/$defs/a", "properties": {"x": {"$ref": "#"}}}}})"));
    const Place* place = &outline->roots().front();
    for (int depth = 0; depth < 20; ++depth) place = outline->child(*place, "x", false);
    EXPECT_EQ(place->kind, Kind::Object);
}

TEST_F(OutlineTest, ReadsTheSchemasThatAreShipped) {
    const std::filesystem::path mappings = THAHC_SOURCE_DIR "/mappings";
    int read = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(mappings)) {
        const auto name = entry.path().filename().string();
        if (!name.ends_with(".xsd") && !name.ends_with(".schema.json")) continue;
        EXPECT_FALSE(Outline::of(entry.path())->roots().empty()) << entry.path();
        ++read;
    }
    EXPECT_GT(read, 15);
    const auto acts = Outline::of(mappings / "case-model/case-acts.schema.json");
    const Place* act = acts->child(acts->roots().front(), "judgmentTransfer", false);
    ASSERT_NE(act, nullptr);
    EXPECT_FALSE(acts->children(*act).empty());
}

}  // namespace
}  // namespace gateway::document
