#include "gateway/document/schemas/child_order.h"

#include <algorithm>
#include <ctime>

#include "gateway/document/schema.h"
#include "gateway/document/xml.h"
#include "tests/unit/document/schema_folder.h"

namespace gateway::document {
namespace {

constexpr auto kOrder = R"(
  <xs:import namespace="urn:p" schemaLocation="people.xsd"/>
  <xs:group name="Dates"><xs:sequence><xs:element name="Signed" type="xs:string"/>
    <xs:element name="Read" type="xs:string" minOccurs="0" nillable="true"/></xs:sequence>
  </xs:group>
  <xs:complexType name="Base"><xs:sequence><xs:element name="Number" type="xs:string"/>
    <xs:group ref="t:Dates"/></xs:sequence><xs:attribute name="id"/></xs:complexType>
  <xs:complexType name="Ruling"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>
    <xs:element ref="p:Person" minOccurs="0" maxOccurs="unbounded"/>
    <xs:choice minOccurs="0" maxOccurs="unbounded">
      <xs:element name="Text" type="xs:string"/><xs:element name="Table" type="xs:string"/>
    </xs:choice>
    <xs:choice minOccurs="0">
      <xs:sequence><xs:element name="City" type="xs:string"/>
        <xs:element name="Street" type="xs:string"/></xs:sequence>
      <xs:sequence><xs:element name="Box" type="xs:string"/>
        <xs:element name="City" type="xs:string"/></xs:sequence>
    </xs:choice>
    <xs:sequence minOccurs="0" maxOccurs="unbounded">
      <xs:element name="Key" type="xs:string"/><xs:element name="Value" type="xs:string"/>
    </xs:sequence>
    <xs:element name="Mark" type="xs:string"/>
    <xs:element name="Body" type="t:Base" minOccurs="0"/>
    <xs:element name="Mark" type="xs:string"/>
    <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:element name="Ruling" type="t:Ruling"/>)";

constexpr auto kPersons = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:p="urn:p" targetNamespace="urn:p" elementFormDefault="qualified">
  <xs:element name="Person" type="p:Named"/>
  <xs:complexType name="Named"><xs:sequence><xs:element name="Given" type="xs:string"/>
    <xs:element name="Family" type="xs:string"/></xs:sequence></xs:complexType>
  <xs:element name="Firm" type="p:Named" substitutionGroup="p:Person"/></xs:schema>)";

constexpr auto kOpen = R"(<Ruling xmlns="urn:t" xmlns:p="urn:p">)";

class ChildOrderTest : public SchemaFolder {
  protected:
    void SetUp() override {
        SchemaFolder::SetUp();
        write("people.xsd", kPersons);
        file_ = writeXsd("order.xsd", kOrder);
        schema_ = XmlSchema::load(file_);
        order_ = std::make_unique<ChildOrder>(Outline::of(file_));
    }

    // Written anew in the order of the schema.
    [[nodiscard]] std::string arranged(const std::string& inner) const {
        Tree tree = XmlDocument::parse(kOpen + inner + "</Ruling>")->toTree();
        order_->apply(tree.root);
        return namesOf(tree.root);
    }
    static std::string namesOf(const Node& node) {
        std::string names;
        for (const Node& child : node.children) {
            names += (names.empty() ? "" : " ") + child.name;
            if (!child.children.empty())
                names += "(" + namesOf(child) + ")";
            else if (!child.value.empty())
                names += "=" + child.value;
        }
        return names;
    }
    [[nodiscard]] bool valid(Node root) const {
        order_->apply(root);
        return schema_->validate(*XmlDocument::parse(writeXml(root))).empty();
    }

    std::filesystem::path file_;
    std::shared_ptr<const XmlSchema> schema_;
    std::unique_ptr<ChildOrder> order_;
};

TEST_F(ChildOrderTest, PutsEachWhereTheSchemaHasIt) {
    EXPECT_EQ(arranged("<Mark/><Body><Read/><Signed/><Number/></Body><Mark/><Signed/><Number/>"),
              "Number Signed Mark Body(Number Signed Read) Mark");
    EXPECT_TRUE(valid(
        XmlDocument::parse(
            kOpen + std::string("<Mark/><Mark/><Body><Read/><Signed/><Number/></Body><Signed/>"
                                "<p:Firm><p:Family/><p:Given/></p:Firm><Street/><City/><Number/>"
                                "</Ruling>"))
            ->toTree()
            .root));
}

TEST_F(ChildOrderTest, KeepsTheOrderThatTheSchemaLeavesFree) {
    EXPECT_EQ(arranged("<Text>1</Text><Table>2</Table><Text>3</Text><Signed/><Number/>"),
              "Number Signed Text=1 Table=2 Text=3");
    EXPECT_EQ(arranged("<p:Person/><p:Firm/><p:Person/><Number/>"), "Number Person Firm Person");
}

TEST_F(ChildOrderTest, TakesTheBranchToWhichMostBelongs) {
    EXPECT_EQ(arranged("<Street/><City/><Number/>"), "Number City Street");
    EXPECT_EQ(arranged("<City/><Box/><Number/>"), "Number Box City");
}

TEST_F(ChildOrderTest, DealsTheRoundsOfASequenceThatRepeats) {
    EXPECT_EQ(arranged("<Key>1</Key><Key>2</Key><Value>1</Value><Value>2</Value><Number/>"),
              "Number Key=1 Value=1 Key=2 Value=2");
    EXPECT_EQ(arranged("<Value>1</Value><Value>2</Value><Key>1</Key><Key>2</Key>"),
              "Key=1 Value=1 Key=2 Value=2");
    EXPECT_EQ(arranged("<Key>1</Key><Value>1</Value><Key>2</Key><Value>2</Value><Number/>"),
              "Number Key=1 Value=1 Key=2 Value=2");
    // Whose the one value is cannot be known.
    EXPECT_EQ(arranged("<Key>1</Key><Key>2</Key><Value>2</Value>"), "Key=1 Key=2 Value=2");
}

TEST_F(ChildOrderTest, SplitsANameThatStandsTwice) {
    EXPECT_EQ(arranged("<Mark>1</Mark><Mark>2</Mark><Body/>"), "Mark=1 Body Mark=2");
    // What must come later is left for it.
    EXPECT_EQ(arranged("<Mark>1</Mark><Body/>"), "Body Mark=1");
}

TEST_F(ChildOrderTest, LeavesWhatItDoesNotKnowToTheEnd) {
    EXPECT_EQ(arranged("<Odd/><p:Person/><x xmlns='urn:x'/><Number/>"), "Number Person Odd x");
    Node other = elementNode("urn:other", "Ruling");
    other.children = {elementNode("urn:t", "Signed"), elementNode("urn:t", "Number")};
    order_->apply(other);
    EXPECT_EQ(namesOf(other), "Signed Number");
}

TEST_F(ChildOrderTest, SaysNilWhereTheSchemaLetsIt) {
    Node root = elementNode("urn:t", "Ruling");
    const auto null = [](const char* name) {
        Node node = elementNode("urn:t", name);
        node.kind = Kind::Null;
        return node;
    };
    root.children = {null("Read"),
                     elementNode("urn:t", "Mark"),
                     null("Body"),
                     elementNode("urn:t", "Mark"),
                     elementNode("urn:t", "Signed"),
                     elementNode("urn:t", "Number")};
    EXPECT_TRUE(valid(root));
    order_->apply(root);
    EXPECT_EQ(namesOf(root), "Number Signed Read(nil=true) Mark Mark");
    EXPECT_NE(writeXml(root).find(":nil=\"true\""), std::string::npos);
}

TEST_F(ChildOrderTest, FollowsTheTypeThatAnElementSaysItHas) {
    const auto file = writeXsd("typed.xsd", R"(
        <xs:complexType name="Act" abstract="true"><xs:sequence><xs:element name="No"/>
          </xs:sequence></xs:complexType>
        <xs:complexType name="Fine"><xs:complexContent><xs:extension base="t:Act"><xs:sequence>
          <xs:element name="Payer"/><xs:element name="Amount"/></xs:sequence></xs:extension>
          </xs:complexContent></xs:complexType>
        <xs:element name="Act" type="t:Act"/>)");
    Tree tree = XmlDocument::parse(
                    "<Act xmlns='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                    "xsi:type='Fine'><Amount/><Payer/><No/></Act>")
                    ->toTree();
    ChildOrder(Outline::of(file)).apply(tree.root);
    EXPECT_EQ(namesOf(tree.root), "type=Fine No Payer Amount");
}

TEST_F(ChildOrderTest, TakesTimeInProportionToTheTree) {
    const auto taken = [&](std::size_t persons) {
        Node root = elementNode("urn:t", "Ruling");
        for (std::size_t i = 0; i < persons; ++i) {
            Node person = elementNode("urn:p", "Person");
            person.children = {elementNode("urn:p", "Family"), elementNode("urn:p", "Given")};
            root.children.push_back(std::move(person));
            root.children.push_back(elementNode("urn:t", "Value"));
            root.children.push_back(elementNode("urn:t", "Key"));
        }
        const auto begin = std::clock();  // of this process, whatever else the machine does
        order_->apply(root);
        return static_cast<double>(std::clock() - begin);
    };
    const auto least = [&](std::size_t persons) {
        return std::min({taken(persons), taken(persons), taken(persons)});
    };
    EXPECT_LT(least(40'000), 40 * least(4'000));  // a square would be a hundred times
}

}  // namespace
}  // namespace gateway::document
