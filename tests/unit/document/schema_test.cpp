#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "gateway/base/fault.h"
#include "gateway/document/schema.h"

namespace gateway::document {
namespace {

namespace fs = std::filesystem;

class SchemaTest : public testing::Test {
  protected:
    void SetUp() override {
        directory_ = fs::path(testing::TempDir()) / ("schema-" + std::to_string(::getpid()));
        fs::create_directories(directory_);
        write("types.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
            targetNamespace="urn:t" xmlns="urn:t" elementFormDefault="qualified">
            <xs:simpleType name="Code"><xs:restriction base="xs:string">
              <xs:pattern value="[0-9]{3}"/></xs:restriction></xs:simpleType></xs:schema>)");
        write("main.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
            targetNamespace="urn:m" xmlns:t="urn:t" elementFormDefault="qualified">
            <xs:import namespace="urn:t" schemaLocation="types.xsd"/>
            <xs:element name="list"><xs:complexType><xs:sequence>
              <xs:element name="item" maxOccurs="unbounded" minOccurs="0"><xs:complexType>
                <xs:sequence><xs:element name="code" type="t:Code"/></xs:sequence>
                <xs:attribute name="n" type="xs:int" use="required"/>
              </xs:complexType></xs:element>
            </xs:sequence></xs:complexType></xs:element></xs:schema>)");
    }
    void TearDown() override { fs::remove_all(directory_); }

    fs::path write(const std::string& name, const std::string& text) const {
        std::ofstream(directory_ / name) << text;
        return directory_ / name;
    }
    [[nodiscard]] std::shared_ptr<const XmlSchema> schema() const {
        return XmlSchema::load(directory_ / "main.xsd");
    }
    static std::vector<base::Problem> check(const XmlSchema& schema, const std::string& xml) {
        return schema.validate(XmlDocument::parse(xml).value());
    }

    fs::path directory_;
};

TEST_F(SchemaTest, AcceptsAValidDocumentThroughARelativeImport) {
    EXPECT_TRUE(
        check(*schema(), R"(<list xmlns="urn:m"><item n="1"><code>123</code></item></list>)")
            .empty());
}

TEST_F(SchemaTest, NamesEachViolationOnceWithPathLineAndReason) {
    const auto problems = check(*schema(),
                                "<list xmlns='urn:m'>\n<item n='1'><code>123</code></item>\n"
                                "<item n='x'>\n <code>12</code></item></list>");
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].code, base::ErrorCode::SCHEMA_INVALID);
    EXPECT_EQ(problems[0].path, "/list/item[2]/@n");
    EXPECT_EQ(problems[0].position, (base::Position{3, 7}));
    EXPECT_EQ(problems[1].path, "/list/item[2]/code");
    EXPECT_EQ(problems[1].position, (base::Position{4, 2}));
    EXPECT_NE(problems[1].parameters.at(0).second.find("pattern"), std::string::npos);
    EXPECT_NE(problems[1].parameters.at(0).second.back(), '\n');
}

TEST_F(SchemaTest, StopsCollectingAtTwenty) {
    std::string xml = "<list xmlns='urn:m'>";
    for (int i = 0; i < 100; ++i) xml += "<item n='x'><code>1</code></item>";
    EXPECT_EQ(check(*schema(), xml + "</list>").size(), 20U);
    EXPECT_EQ(check(*schema(), "<other/>").size(), 1U);
}

TEST_F(SchemaTest, NeverLoadsASchemaThatTheDocumentNames) {
    write("evil.xsd",
          R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:e">
        <xs:element name="list"/></xs:schema>)");
    const std::string location = (directory_ / "evil.xsd").string();
    EXPECT_FALSE(check(*schema(),
                       "<list xmlns='urn:e' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                       "xsi:schemaLocation='urn:e " +
                           location + "'/>")
                     .empty());
}

TEST_F(SchemaTest, ASchemaThatDoesNotCompileIsOurFault) {
    const auto broken = write("broken.xsd",
                              "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
                              "<xs:element name='a' type='xs:nothing'/></xs:schema>");
    const auto missing =
        write("missing.xsd",
              "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
              "<xs:import namespace='u' schemaLocation='nowhere.xsd'/></xs:schema>");
    const auto remote =
        write("remote.xsd",
              "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
              "<xs:include schemaLocation='http://127.0.0.1:9/a.xsd'/></xs:schema>");
    testing::internal::CaptureStderr();
    EXPECT_THROW((void)XmlSchema::load(broken), base::Fault);
    EXPECT_THROW((void)XmlSchema::load(missing), base::Fault);
    EXPECT_THROW((void)XmlSchema::load(remote), base::Fault);
    EXPECT_THROW((void)XmlSchema::load(directory_ / "absent.xsd"), base::Fault);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(SchemaTest, OneSchemaServesManyThreads) {
    const auto shared = schema();
    std::vector<std::thread> threads;
    std::vector<std::size_t> found(4, 0);
    for (std::size_t t = 0; t < found.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i)
                found[t] +=
                    check(*shared, "<list xmlns='urn:m'><item n='x'><code>1</code></item></list>")
                        .size();
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(found, std::vector<std::size_t>(4, 100));
}

TEST_F(SchemaTest, ReadsADataFileOrNamesIt) {
    const auto good =
        write("good.xml", "<list xmlns='urn:m'><item n='7'><code>123</code></item></list>");
    const auto tree = readDataFile(good, *schema());
    ASSERT_TRUE(tree.ok());
    EXPECT_EQ(tree->root.children.at(0).attribute("n")->value, "7");
    const auto invalid =
        readDataFile(write("bad.xml", "<list xmlns='urn:m'><item/></list>"), *schema());
    ASSERT_FALSE(invalid.ok());
    EXPECT_EQ(invalid.error().path, "bad.xml/list/item");
    const auto broken = readDataFile(write("broken.xml", "<list"), *schema());
    ASSERT_FALSE(broken.ok());
    EXPECT_EQ(broken.error().path, "broken.xml");
    EXPECT_THROW((void)readDataFile(directory_ / "absent.xml", *schema()), base::Fault);
}

}  // namespace
}  // namespace gateway::document
