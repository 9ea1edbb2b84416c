// What stands zipped in a text, and two schemas of one format.

#include "gateway/base/encoding.h"
#include "gateway/document/packed/unpack.h"
#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

using PackedTest = MappingTest;

std::string zipOf(const std::string& name, const std::string& content) {
    return base::toBase64(document::packSingle(name, content));
}

constexpr auto kFile = R"(<field theirs="n" ours="a"/><field theirs="f" ours="b" as="base64"
    packed="zip" file-name="a"/>)";

TEST_F(PackedTest, aZippedFileIsTakenOutAndPutBackUnderItsName) {
    const auto json = plan("json", kFile);
    const std::string theirs = R"({"n":"x.txt","f":")" + zipOf("x.txt", "abc") + "\"}";
    EXPECT_EQ(readJson(*json, theirs), R"({"a":"x.txt","b":"YWJj"})");
    EXPECT_EQ(writeFrom(*json, R"({"a":"x.txt","b":"YWJj"})"), theirs);
    const std::string other = R"({"n":"x.txt","f":")" + zipOf("another name", "abc") + "\"}";
    EXPECT_EQ(readJson(*json, other), R"({"a":"x.txt","b":"YWJj"})");
}

TEST_F(PackedTest, whatIsNoArchiveOfOneFileIsRefusedAtItsPlace) {
    const auto json = plan("json", kFile);
    const auto refusal = [&](const std::string& text) {
        return readJson(*json, R"({"n":"x","f":")" + text + "\"}");
    };
    EXPECT_NE(refusal("###").find("/f"), std::string::npos) << refusal("###");
    EXPECT_NE(refusal("###").find("base64"), std::string::npos);
    EXPECT_NE(refusal("YWJj").find("no ZIP archive"), std::string::npos) << refusal("YWJj");
    std::string empty(22, '\0');
    empty.replace(0, 4, "PK\5\6");
    const auto none = refusal(base::toBase64(empty));
    EXPECT_NE(none.find("exactly one file"), std::string::npos) << none;
    EXPECT_THROW(static_cast<void>(writeFrom(*json, R"({"a":"x","b":"#"})")), Unwritable);
}

TEST_F(PackedTest, aDocumentMayStandZippedInsideAnother) {
    const auto json = plan("json", R"(<inside theirs="f" form="json" packed="zip">
        <field theirs="v" ours="a"/></inside>)");
    const std::string theirs = R"({"f":")" + zipOf("noi-dung.json", R"({"v":"1"})") + "\"}";
    EXPECT_EQ(readJson(*json, theirs), R"({"a":"1"})");
    EXPECT_EQ(writeFrom(*json, R"({"a":"1"})"), theirs);
}

TEST_F(PackedTest, theArchivesNameAndTheFileGoTogether) {
    const auto fault = [&](const std::string& attributes) {
        return faultOf("json", R"(<field theirs="f" ours="b" )" + attributes + "/>");
    };
    EXPECT_NE(fault(R"(as="base64" packed="zip")").find("go together"), std::string::npos);
    EXPECT_NE(fault(R"(as="base64" file-name="a")").find("go together"), std::string::npos);
    EXPECT_NE(fault(R"(packed="zip" file-name="a")").find("as=\"base64\""), std::string::npos);
    EXPECT_NE(fault(R"(as="base64" packed="zip" file-name="n")").find("is a text"),
              std::string::npos);
}

class TwoSchemasTest : public MappingTest {
  protected:
    TwoSchemasTest() {
        const std::string head = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="R"><xs:complexType><)";
        const auto body = [](const std::string& kind) {
            return kind + R"(><xs:element name="A" type="xs:string" minOccurs="0"/>
                <xs:element name="B" type="xs:string"/></)" +
                   kind + "></xs:complexType></xs:element></xs:schema>";
        };
        write("loose.xsd", head + body("xs:all"));
        write("strict.xsd", head + body("xs:sequence"));
    }
    static constexpr auto kBody = R"(<group theirs="R" required="yes"><field theirs="B" ours="b"/>
        <field theirs="A" ours="a"/></group>)";
};

TEST_F(TwoSchemasTest, oneJudgesWhatComesAndOneWhatGoes) {
    const auto xml = plan("xml", kBody,
                          R"(<schema file="loose.xsd" direction="in"/>)"
                          R"(<schema file="strict.xsd" direction="out"/>)");
    EXPECT_EQ(readXml(*xml, "<R><B>2</B><A>1</A></R>"), R"({"b":"2","a":"1"})");
    EXPECT_NE(readXml(*xml, "<R><A>1</A></R>").find("B"), std::string::npos)
        << "the loose one is asked";
    EXPECT_EQ(writeFrom(*xml, R"({"b":"2","a":"1"})"), "<R><A>1</A><B>2</B></R>")
        << "in the order of the strict one";
    EXPECT_THROW(static_cast<void>(writeFrom(*xml, R"({"a":"1"})")), Unwritable);
}

TEST_F(TwoSchemasTest, twoOfOneDirectionAreRefused) {
    EXPECT_NE(faultOf("xml", kBody, R"(<schema file="loose.xsd"/><schema file="strict.xsd"/>)")
                  .find("two schemas judge one direction"),
              std::string::npos);
}

TEST_F(TwoSchemasTest, oneThatJudgesOnlyWhatGoesLeavesReadingToTheRules) {
    const auto xml = plan("xml", kBody, R"(<schema file="strict.xsd" direction="out"/>)");
    EXPECT_EQ(readXml(*xml, "<R><B>2</B><A>1</A></R>"), R"({"b":"2","a":"1"})");
    EXPECT_THROW(static_cast<void>(writeFrom(*xml, R"({"a":"1"})")), Unwritable);
}

}  // namespace
}  // namespace gateway::mapping
