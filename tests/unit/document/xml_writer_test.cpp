#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/document/xml.h"

namespace gateway::document {
namespace {

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string body(const Node& root, const Prefixes& prefixes = {}) {
    std::string out = writeXml(root, prefixes);
    EXPECT_TRUE(out.starts_with(kHead));
    return out.substr(kHead.size());
}

TEST(XmlWriter, WritesDefaultAndPrefixedNamespaces) {
    Node root = elementNode("urn:a", "a");
    root.children.push_back(attributeNode("k", "1"));
    root.children.push_back(elementNode("urn:a", "b", "x"));
    root.children.push_back(elementNode("urn:p", "c"));
    root.children.push_back(elementNode("", "d"));
    EXPECT_EQ(body(root), R"(<a xmlns="urn:a" k="1"><b>x</b><c xmlns="urn:p"/><d xmlns=""/></a>)");
    EXPECT_EQ(body(root, {{"urn:p", "p"}, {"urn:unused", "u"}}),
              R"(<a xmlns:p="urn:p" xmlns="urn:a" k="1"><b>x</b><p:c/><d xmlns=""/></a>)");
}

TEST(XmlWriter, GivesAttributesInANamespaceAPrefixThatIsFree) {
    Node root = elementNode("urn:a", "a");
    Node attribute = attributeNode("k", "1");
    attribute.namespaceUri = "urn:a";
    root.children.push_back(attribute);
    EXPECT_EQ(body(root, {{"urn:x", "ns1"}}), R"(<ns2:a xmlns:ns2="urn:a" ns2:k="1"/>)");
    root.children[0].namespaceUri = "http://www.w3.org/XML/1998/namespace";
    root.children[0].name = "lang";
    EXPECT_EQ(body(root), R"(<a xmlns="urn:a" xml:lang="1"/>)");
}

TEST(XmlWriter, WhatItWritesReadsBackTheSame) {
    Node root = elementNode("urn:a", "Bản-án", "a<b>&\"'\r\n\t]]> Ngữ");
    root.children.push_back(attributeNode("k", "a<b>&\"'\r\n\t "));
    root.children.push_back(elementNode("urn:b", "c", "  "));
    const std::string once = writeXml(root, {{"urn:b", "b"}});
    const auto document = XmlDocument::parse(once);
    ASSERT_TRUE(document.ok());
    const Tree tree = document->toTree();
    EXPECT_EQ(tree.root.value, root.value);
    EXPECT_EQ(tree.root.children.at(0).value, root.children[0].value);
    EXPECT_EQ(tree.root.children.at(1).value, "  ");
    EXPECT_EQ(writeXml(tree.root, {{"urn:b", "b"}}), once);
}

TEST(XmlWriter, RefusesWhatXmlCannotHold) {
    EXPECT_THROW((void)writeXml(elementNode("", "a", "\x01")), base::Fault);
    EXPECT_THROW((void)writeXml(elementNode("", "a", std::string(1, '\0'))), base::Fault);
    EXPECT_THROW((void)writeXml(elementNode("", "a", "\xEF\xBF\xBF")), base::Fault);
    EXPECT_THROW((void)writeXml(elementNode("", "a b")), base::Fault);
    EXPECT_THROW((void)writeXml(elementNode("", "p:a")), base::Fault);
    EXPECT_THROW((void)writeXml(elementNode("", "")), base::Fault);
    EXPECT_THROW((void)writeXml(elementNode("", "1a")), base::Fault);
    EXPECT_THROW((void)writeXml(elementNode("", "a>")), base::Fault);
    EXPECT_EQ(body(elementNode("", "số_1.a-b")), "<số_1.a-b/>");
    EXPECT_THROW((void)writeXml(stringNode("a", "x")), base::Fault);
}

}  // namespace
}  // namespace gateway::document
