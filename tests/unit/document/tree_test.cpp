#include "gateway/document/tree.h"

#include <gtest/gtest.h>

using namespace gateway::document;

TEST(Tree, ChildSkipsAttributes) {
    Node root = elementNode("urn:x", "root");
    root.children.push_back(attributeNode("id", "attribute"));
    root.children.push_back(elementNode("urn:x", "id", "first"));
    root.children.push_back(elementNode("urn:x", "id", "second"));
    ASSERT_NE(root.child("id"), nullptr);
    EXPECT_EQ(root.child("id")->value, "first");
    EXPECT_EQ(root.attribute("id")->value, "attribute");
    EXPECT_EQ(root.child("other"), nullptr);
    EXPECT_EQ(root.attribute("other"), nullptr);
}

TEST(Tree, AttributeMeansOneWithoutNamespace) {
    Node root = elementNode("", "root");
    root.children.push_back(attributeNode("lang", "vi"));
    root.children.back().namespaceUri = "http://www.w3.org/XML/1998/namespace";
    EXPECT_EQ(root.attribute("lang"), nullptr);
}

TEST(Tree, LeavesHaveNoChildElements) {
    Node element = elementNode("", "a", "text");
    element.children.push_back(attributeNode("b", "c"));
    EXPECT_TRUE(element.isLeaf());
    element.children.push_back(elementNode("", "d"));
    EXPECT_FALSE(element.isLeaf());
    EXPECT_FALSE(objectNode().isLeaf());
    EXPECT_FALSE(arrayNode().isLeaf());
    EXPECT_TRUE(stringNode("s", "").isLeaf());
    EXPECT_TRUE(booleanNode("t", true).isLeaf());
    EXPECT_TRUE(numberNode("n", "1").isLeaf());
}
