#include "gateway/mapping/sources/schema_shape.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace gateway::mapping {
namespace {

namespace fs = std::filesystem;
using document::Kind;

SchemaShape shapeOf(const std::string& name, const std::string& text) {
    const fs::path file = fs::path(testing::TempDir()) / (std::to_string(::getpid()) + "-" + name);
    std::ofstream(file) << text;
    SchemaShape shape(document::Outline::of(file));
    fs::remove(file);
    return shape;
}

TEST(SchemaShapeTest, AnswersForAJsonSchema) {
    const auto shape = shapeOf("other.schema.json", R"({"type": "object", "properties": {
        "tong": {"type": "integer"}, "khan": {"type": "boolean"}, "loai": {"enum": ["A", "B"]},
        "dong": {"type": "array", "items": {"type": "object", "properties": {
            "ten": {"type": "string"}, "the":
            {"type": "array", "items": {"type": "string"}}}}}}})");
    EXPECT_EQ(shape.kindAt("tong"), Kind::Number);
    EXPECT_EQ(shape.kindAt("khan"), Kind::Boolean);
    EXPECT_EQ(shape.kindAt("dong"), Kind::Array);
    EXPECT_EQ(shape.kindAt("dong[]"), Kind::Object);
    EXPECT_EQ(shape.kindAt("dong[]/ten"), Kind::String);
    EXPECT_EQ(shape.kindAt("dong[]/the[]"), Kind::String);
    for (const auto* path : {"", "dong/ten", "dong[]/khong", "tong[]", "tong/x", "/tong", "tong/"})
        EXPECT_EQ(shape.kindAt(path), std::nullopt) << path;
    EXPECT_EQ(shape.wordsAt("loai"), (std::vector<std::string_view>{"A", "B"}));
    EXPECT_TRUE(shape.wordsAt("tong").empty());
    EXPECT_TRUE(shape.hasMessage("anything"));
}

TEST(SchemaShapeTest, AnswersForAnXsd) {
    const auto shape = shapeOf("other.xsd", R"(<xs:schema
        xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"
        elementFormDefault="qualified"><xs:element name="Order"><xs:complexType><xs:sequence>
        <xs:element name="Line" maxOccurs="unbounded"><xs:complexType><xs:simpleContent>
          <xs:extension base="xs:decimal"><xs:attribute name="unit"><xs:simpleType>
            <xs:restriction base="xs:string"><xs:enumeration value="kg"/></xs:restriction>
          </xs:simpleType></xs:attribute></xs:extension></xs:simpleContent></xs:complexType>
        </xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>)");
    EXPECT_EQ(shape.kindAt("Order"), Kind::Element);
    EXPECT_EQ(shape.kindAt("Order/Line"), Kind::String);
    EXPECT_EQ(shape.kindAt("Order/Line/@unit"), Kind::String);
    for (const auto* path : {"Line", "Order[]", "Order/Line[]", "Order/Line/unit", "Order/@unit"})
        EXPECT_EQ(shape.kindAt(path), std::nullopt) << path;
    EXPECT_EQ(shape.wordsAt("Order/Line/@unit"), (std::vector<std::string_view>{"kg"}));
}

}  // namespace
}  // namespace gateway::mapping
