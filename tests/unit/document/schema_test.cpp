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
    EXPECT_NE(base::render(problems[1]).en.find("pattern"), std::string::npos);
}

// No language stands inside the other's.
TEST_F(SchemaTest, SaysWhatToMendInBothLanguages) {
    const auto report = XmlSchema::load(write("report.xsd", R"(
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:r"
                   xmlns="urn:r" elementFormDefault="qualified">
        <xs:simpleType name="Ma"><xs:restriction base="xs:string">
          <xs:length value="3"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="Loai"><xs:restriction base="xs:string">
          <xs:enumeration value="A"/><xs:enumeration value="B b"/></xs:restriction></xs:simpleType>
        <xs:element name="R"><xs:complexType><xs:sequence>
          <xs:element name="So" type="xs:positiveInteger"/>
          <xs:element name="Ngay" type="xs:date"/>
          <xs:element name="Ma" type="Ma" minOccurs="0"/>
          <xs:element name="Loai" type="Loai"/>
          <xs:element name="Con"><xs:complexType><xs:sequence>
            <xs:element name="X" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
          </xs:sequence><xs:attribute name="v" type="xs:int" use="required"/>
        </xs:complexType></xs:element></xs:schema>)"));
    struct Case {
        std::string xml, path, vi, en;
    };
    const std::string open = "<R xmlns='urn:r' v='1'>", so = "<So>1</So>";
    const std::string ngay = "<Ngay>2026-03-05</Ngay>", loai = "<Loai>A</Loai>";
    const std::string con = "<Con><X/></Con></R>";
    const std::vector<Case> cases = {
        {open + ngay + loai + con, "/R/Ngay",
         "phần tử “Ngay” không được có ở vị trí này; đây là chỗ của phần tử “So”",
         "the element \"Ngay\" may not stand here; this is the place of \"So\""},
        {open + so + ngay + con, "/R/Con", "đây là chỗ của một trong các phần tử “Ma”, “Loai”",
         "this is the place of one of \"Ma\", \"Loai\""},
        {open + so + ngay + loai + "</R>", "/R", "thiếu phần tử “Con” ở cuối",
         "the element \"Con\" is missing at the end"},
        {open + so + ngay + loai + con.substr(0, con.size() - 4) + "<La/></R>", "/R/La",
         "phần tử “La” không được có ở vị trí này", "the element \"La\" may not stand here"},
        {open + "<So>0</So>" + ngay + loai + con, "/R/So", "giá trị “0” không đúng",
         "the value \"0\" is wrong"},
        {open + "<So>mot</So>" + ngay + loai + con, "/R/So", "phải là số nguyên lớn hơn 0",
         "must be an integer above 0"},
        {open + so + "<Ngay>2026-02-30</Ngay>" + loai + con, "/R/Ngay",
         "“2026-02-30” không phải là ngày có thật", "\"2026-02-30\" is a day that does not exist"},
        {open + so + "<Ngay>30/02/2026</Ngay>" + loai + con, "/R/Ngay",
         "phải là ngày dạng năm-tháng-ngày, ví dụ 2025-03-05", "must be a date, e.g. 2025-03-05"},
        {open + so + ngay + "<Ma>1'2; x</Ma>" + loai + con, "/R/Ma",
         "độ dài là 6, phải đúng bằng 3", "its length is 6, it must be 3"},
        {open + so + ngay + "<Loai>it's</Loai>" + con, "/R/Loai",
         "giá trị “it's” không được dùng, phải là một trong: “A”, “B b”",
         "the value \"it's\" is not one of: \"A\", \"B b\""},
        {"<R xmlns='urn:r'>" + so + ngay + loai + con, "/R", "thiếu thuộc tính “v”",
         "the attribute \"v\" is missing"},
        {"<R xmlns='urn:r' v='1' w='2'>" + so + ngay + loai + con, "/R/@w",
         "thuộc tính “w” không thuộc định dạng", "the attribute \"w\" is not of the format"},
        {open + "văn bản" + so + ngay + loai + con, "/R", "ở đây không được có văn bản",
         "text may not stand here"},
        {open + so.substr(0, 4) + "<a/></So>" + ngay + loai + con, "/R/So",
         "ở đây không được có phần tử con", "child elements may not stand here"},
        {"<Q/>", "/Q", "phần tử gốc “Q” không thuộc định dạng",
         "the root element \"Q\" is not of the format"},
    };
    for (const auto& one : cases) {
        const auto problems = check(*report, one.xml);
        ASSERT_FALSE(problems.empty()) << one.xml;
        const auto text = base::render(problems.front());
        EXPECT_EQ(problems.front().path, one.path) << one.xml;
        EXPECT_NE(text.vi.find(one.vi), std::string::npos) << one.xml << "\n" << text.vi;
        EXPECT_NE(text.en.find(one.en), std::string::npos) << one.xml << "\n" << text.en;
        for (const auto* english : {"expected", "value", "element", "allowed", "valid"})
            EXPECT_EQ(text.vi.find(english), std::string::npos) << text.vi;
    }
}

// What libxml2 says and nobody has worded stays out of the Vietnamese sentence.
TEST_F(SchemaTest, AMessageThatIsNotKnownIsToldInGeneral) {
    const auto keyed = XmlSchema::load(write("keyed.xsd", R"(
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="L"><xs:complexType><xs:sequence>
          <xs:element name="i" type="xs:string" maxOccurs="9"/></xs:sequence></xs:complexType>
          <xs:unique name="one"><xs:selector xpath="i"/><xs:field xpath="."/></xs:unique>
        </xs:element></xs:schema>)"));
    const auto problems = check(*keyed, "<L><i>a</i><i>a</i></L>");
    ASSERT_EQ(problems.size(), 1U);
    const auto text = base::render(problems[0]);
    EXPECT_NE(text.vi.find("nội dung không đúng quy định của định dạng"), std::string::npos);
    EXPECT_NE(text.en.find("Duplicate key-sequence"), std::string::npos) << text.en;
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
