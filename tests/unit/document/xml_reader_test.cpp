#include <gtest/gtest.h>

#include <libxml/tree.h>

#include <ctime>

#include "gateway/base/limits.h"
#include "gateway/document/xml.h"

namespace gateway::document {
namespace {

using base::ErrorCode;
using base::Position;

base::Problem refusal(std::string_view bytes, const ReadBounds& bounds = {}) {
    testing::internal::CaptureStderr();
    auto result = XmlDocument::parse(bytes, bounds);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_FALSE(result.ok()) << bytes.substr(0, 200);
    return result.ok() ? base::Problem(ErrorCode::INTERNAL_FAULT) : result.error();
}

Node read(std::string_view bytes) {
    auto result = XmlDocument::parse(bytes);
    EXPECT_TRUE(result.ok()) << bytes.substr(0, 200);
    return result.ok() ? result->toTree().root : Node{};
}

TEST(XmlReader, GivesNamesNamespacesValuesInOrder) {
    const Node root =
        read(R"(<b:a xmlns:b="urn:b" xmlns="urn:d" k="1" b:k="2"><c>x</c><b:d/></b:a>)");
    EXPECT_EQ(root.kind, Kind::Element);
    EXPECT_EQ(root.name, "a");
    EXPECT_EQ(root.namespaceUri, "urn:b");
    ASSERT_EQ(root.children.size(), 4U);
    EXPECT_EQ(root.children[0].kind, Kind::Attribute);
    EXPECT_EQ(root.children[0].namespaceUri, "");
    EXPECT_EQ(root.children[1].namespaceUri, "urn:b");
    EXPECT_EQ(root.children[1].value, "2");
    EXPECT_EQ(root.children[2].namespaceUri, "urn:d");
    EXPECT_EQ(root.children[2].value, "x");
    EXPECT_EQ(root.children[3].name, "d");
}

TEST(XmlReader, CdataAndReferencesNeverSplitText) {
    const Node root = read("<a k='1&amp;2'>Nguyễn Văn <![CDATA[<A>]]>&#x41;</a>");
    EXPECT_EQ(root.value, "Nguyễn Văn <A>A");
    EXPECT_EQ(root.children.at(0).value, "1&2");
    EXPECT_EQ(root.children.size(), 1U);
}

TEST(XmlReader, RefusesCommentsAndInstructionsBesideText) {
    const auto at = [](const std::string& bytes) {
        const auto problem = refusal(bytes);
        EXPECT_EQ(problem.code, ErrorCode::SYNTAX_COMMENT_IN_TEXT) << bytes;
        return problem.position;
    };
    EXPECT_EQ(at("<a>Nguyễn<!-- x --> Văn</a>"), (Position{1, 12}));
    EXPECT_EQ(at("<a>\n <b>Nguyễn\n<?p q?> Văn</b></a>"), (Position{3, 1}));
    EXPECT_EQ(at("<a><!-- x -->Văn</a>"), (Position{1, 4}));
    EXPECT_EQ(at("<a>Văn<!-- x --></a>"), (Position{1, 8}));
    EXPECT_EQ(at("<a><?p?> <b/>\n<!-- y --> Văn</a>"), (Position{1, 4})) << "the first of them";
    EXPECT_EQ(at("<a><!-- x --><![CDATA[V]]></a>"), (Position{1, 4}));
    EXPECT_EQ(at("<a><!-- x -->&#x41;</a>"), (Position{1, 4}));
    EXPECT_EQ(at("<a><!-- x -->&amp;</a>"), (Position{1, 4}));
    EXPECT_EQ(at("<a>1<b>2</b>3<b/><!-- x --></a>"), (Position{1, 18}));
}

TEST(XmlReader, KeepsCommentsBetweenElements) {
    const Node root = read(
        "<!-- a --><?b?><r>\n <!-- c -->\n <n>Văn</n><?d e?><n>  </n><n><!-- f --> </n>\n"
        "</r><!-- g -->");
    ASSERT_EQ(root.children.size(), 3U);
    EXPECT_EQ(root.value, "");
    EXPECT_EQ(root.children[0].value, "Văn");
    EXPECT_EQ(root.children[0].position, (Position{3, 2}));
    EXPECT_EQ(root.children[2].position, (Position{3, 29}));
}

TEST(XmlReader, KeepsTextBesideElementsAndDropsMereIndentation) {
    EXPECT_EQ(read("<a>\n  <b/>\n</a>").value, "");
    EXPECT_EQ(read("<a> hidden <b/> text</a>").value, " hidden  text");
    EXPECT_EQ(read("<a>  </a>").value, "  ");
}

TEST(XmlReader, PositionsAreThoseOfTheSendersBytes) {
    const Node root = read(
        "<?xml version='1.0' encoding='utf-8'?>\n<!-- é -->\n"
        "<a\n  xmlns:p='u'\n  k = '>&lt;\n' p:m=\"\">é<b\n/>  <c/></a>");
    EXPECT_EQ(root.position, (Position{3, 1}));
    EXPECT_EQ(root.children[0].position, (Position{5, 3}));
    EXPECT_EQ(root.children[1].position, (Position{6, 3}));
    EXPECT_EQ(root.children[3].position, (Position{6, 12}));
    EXPECT_EQ(root.children[5].position, (Position{7, 5}));
}

TEST(XmlReader, KeepsThePiecesOfATextThatGoesOnBehindAnElement) {
    const Node root = read("<a k=''>one <b/>two<b/> <b/>\n</a>");
    std::string order;
    for (const Node& child : root.children)
        order += child.kind == Kind::String      ? "[" + child.value + "]"
                 : child.kind == Kind::Attribute ? "@"
                                                 : "b";
    EXPECT_EQ(order, "@[one ]b[two]b[ ]b[\n]");
    EXPECT_EQ(root.value, "one two \n");
    EXPECT_EQ(read("<a>one\n  <b/>\n</a>").children.size(), 3U) << "beside text blanks count";
    EXPECT_EQ(read("<a>\n  <b/>\n  <b/>\n</a>").children.size(), 2U) << "mere indentation";
    EXPECT_EQ(read("<a><b/> <b/></a>").children.size(), 3U) << "two words, not one";
    EXPECT_TRUE(read("<a>one <![CDATA[<two>]]></a>").children.empty());
}

TEST(XmlReader, CountsLinesBeyond65535) {
    const std::string bytes = "<a>" + std::string(70'000, '\n') + "<b/></a>";
    EXPECT_EQ(read(bytes).children.at(0).position, (Position{70'001, 1}));
    EXPECT_EQ(refusal(bytes + "<").position.line, 70'001U);
}

TEST(XmlReader, NamesTheLineAndColumnOfASyntaxError) {
    const auto problem = refusal("<a>\n <b></c>\n</a>");
    EXPECT_EQ(problem.code, ErrorCode::SYNTAX_XML);
    EXPECT_EQ(problem.position.line, 2U);
    EXPECT_GE(problem.position.column, 7U);
    EXPECT_LE(problem.position.column, 9U);
}

TEST(XmlReader, RefusesWhatIsNotXml) {
    for (const char* bytes : {"",
                              " ",
                              "x",
                              "{}",
                              "<a>",
                              "<a/><b/>",
                              "<a/>x",
                              "<a k=1/>",
                              "<a k='' k=''/>",
                              "<a>&b;</a>",
                              "<a>&#0;</a>",
                              "<a>&#xFFFE;</a>",
                              "<a>\x01</a>",
                              "<a k='<'/>",
                              "<a>]]></a>",
                              "<a><!-- -- --></a>",
                              "<a><?xml x?></a>",
                              "\n<?xml version='1.0'?><a/>",
                              "<?xml version='1.1'?><a/>",
                              "<a>\xEF\xBF\xBE</a>"})
        EXPECT_EQ(refusal(bytes).code, ErrorCode::SYNTAX_XML) << bytes;
}

TEST(XmlReader, RefusesU0000WhereLibxml2WouldStopReading) {
    using std::string_view_literals::operator""sv;
    EXPECT_EQ(refusal("<a/>\0<b/>"sv).position, (Position{1, 5}));
    EXPECT_EQ(refusal("<a>\n\0</a>"sv).position, (Position{2, 1}));
    EXPECT_EQ(refusal("<a k='\0'/>"sv).code, ErrorCode::SYNTAX_XML);
}

TEST(XmlReader, RefusesEveryEncodingButUtf8) {
    using std::string_view_literals::operator""sv;
    for (const auto bytes :
         {"\xFF\xFE<\0a\0/\0>\0"sv, "\xFE\xFF\0<\0a\0/\0>"sv, "<\0a\0/\0>\0"sv, "\0<\0a\0/\0>"sv,
          "\0\0\0<"sv, "\x4C\x6F\xA7\x94"sv, "<?xml version='1.0' encoding='ISO-8859-1'?><a/>"sv,
          "<?xml version='1.0' encoding='UTF-16'?><a/>"sv,
          "<?xml version='1.0' encoding='UTF-7'?><a/>"sv,
          "<?xml version='1.0' encoding='US-ASCII'?><a/>"sv, "<a>\xE9</a>"sv, "<a>\xC0\xBC</a>"sv,
          "<a>\xE0\x80\xBC</a>"sv, "<a>\xF0\x80\x80\xBC</a>"sv, "<a k='\xC0\xA2'/>"sv,
          "<a><!--\xE9--></a>"sv, "<a><![CDATA[\xC1\x81]]></a>"sv})
        EXPECT_EQ(refusal(bytes).code, ErrorCode::SYNTAX_ENCODING) << bytes;
    for (const auto bytes : {"<a>\xED\xA0\x80</a>"sv, "<a>\xF4\x90\x80\x80</a>"sv, "<\xE9/>"sv})
        EXPECT_FALSE(XmlDocument::parse(bytes).ok()) << bytes;
    EXPECT_EQ(read("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a>é</a>").value, "é");
}

TEST(XmlReader, RefusesEveryDoctype) {
    const std::string bomb = [] {
        std::string out = "<!DOCTYPE a [<!ENTITY e0 'xxxxxxxxxx'>";
        for (int i = 1; i < 30; ++i) {
            out += "<!ENTITY e" + std::to_string(i) + " '";
            for (int k = 0; k < 10; ++k) out += "&e" + std::to_string(i - 1) + ";";
            out += "'>";
        }
        return out + "]><a>&e29;</a>";
    }();
    for (const std::string& bytes :
         {std::string("<!DOCTYPE a><a/>"), bomb,
          std::string("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/'><a/>"),
          std::string("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "
                      "'file:///etc/passwd'>]><a>&x;</a>"),
          std::string("<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///dev/zero'> %p;]><a/>")})
        EXPECT_EQ(refusal(bytes).code, ErrorCode::SYNTAX_DOCTYPE);
}

TEST(XmlReader, RefusesBadNamespaces) {
    EXPECT_EQ(refusal("<a>\n<p:b/></a>").position.line, 2U);
    for (const char* bytes :
         {"<p:a/>", "<a p:k=''/>", "<a xmlns:p='u' xmlns:q='u' p:k='' q:k=''/>", "<a xmlns:p=''/>",
          "<a xmlns:xmlns='u'/>", "<a xmlns:xml='u'/>", "<p:q:a xmlns:p='u'/>",
          "<a xmlns='u?a&amp;b'/>", "<:a/>", "<a xmlns:p='u' p:='1'/>"})
        EXPECT_EQ(refusal(bytes).code, ErrorCode::SYNTAX_NAMESPACE) << bytes;
}

TEST(XmlReader, BoundsDepth) {
    const auto nested = [](std::size_t depth) {
        std::string out;
        for (std::size_t i = 0; i < depth; ++i) out += "<a>";
        for (std::size_t i = 0; i < depth; ++i) out += "</a>";
        return out;
    };
    EXPECT_TRUE(XmlDocument::parse(nested(64)).ok());
    const auto problem = refusal(nested(65));
    EXPECT_EQ(problem.code, ErrorCode::SYNTAX_TOO_DEEP);
    EXPECT_EQ(problem.position, (Position{1, 64 * 3 + 1}));
    EXPECT_EQ(refusal(nested(1'000'000)).code, ErrorCode::SYNTAX_TOO_DEEP);
}

TEST(XmlReader, BoundsNodesOfEveryKind) {
    const ReadBounds bounds{64, 100};
    for (const char* unit : {"<b/>", "<!---->", "<?p?>", "<![CDATA[x]]>", "<b k='' m=''/>"}) {
        std::string bytes = "<a>";
        for (int i = 0; i < 100; ++i) bytes += unit;
        EXPECT_EQ(refusal(bytes + "</a>", bounds).code, ErrorCode::SYNTAX_TOO_MANY_NODES) << unit;
    }
}

std::string manyAttributes(std::size_t count, std::string_view before, std::string_view name) {
    std::string bytes(before);
    for (std::size_t i = 0; i < count; ++i) {
        bytes += ' ';
        bytes += name;
        bytes += std::to_string(i) + "=\"u\"";
    }
    return bytes + "/>";
}

TEST(XmlReader, RefusesManyAttributesBeforeTheyCost) {
    EXPECT_TRUE(XmlDocument::parse(manyAttributes(base::kXmlAttributesPerElement, "<a", "k")).ok());
    const std::clock_t begin = std::clock();  // of this process: other loads do not count
    for (const char* before :
         {"<a", "<a xml:k='>'", "<a><b k='", "<a><!-- <b k=' --><b", "<a><?p <b k=' ?><b",
          "<a><![CDATA[<b k=\"]]><b", "<a>&u;<b", "<a><? <b", "<a><!- <b"}) {
        const auto code = refusal(manyAttributes(500'000, before, "k")).code;
        EXPECT_TRUE(code == ErrorCode::SYNTAX_TOO_MANY_NODES || code == ErrorCode::SYNTAX_XML)
            << before;
    }
    EXPECT_LT((std::clock() - begin) / CLOCKS_PER_SEC, 10);  // else it would be minutes
}

TEST(XmlReader, BoundsDifferentNames) {
    const auto named = [](std::size_t count, const char* before, const char* after) {
        std::string bytes = "<r>";
        for (std::size_t i = 0; i < count; ++i) bytes += before + std::to_string(i) + after;
        return bytes + "</r>";
    };
    const auto most = base::kXmlDistinctNames;
    EXPECT_TRUE(XmlDocument::parse(named(most - 1, "<n", "/>")).ok());
    EXPECT_EQ(refusal(named(most, "<n", "/>")).code, ErrorCode::SYNTAX_TOO_MANY_NAMES);
    EXPECT_EQ(refusal(named(most - 1, "<e n", "='1'/>")).code, ErrorCode::SYNTAX_TOO_MANY_NAMES);
    EXPECT_TRUE(XmlDocument::parse(named(10 * most, "<e n='", "'/>")).ok()) << "values are free";
}

TEST(XmlReader, BoundsNamespacesInScope) {
    std::string bytes;
    for (int depth = 0; depth < 3; ++depth) {
        bytes += "<a";
        for (int i = 0; i < 100; ++i)
            bytes += " xmlns:p" + std::to_string(100 * depth + i) + "='u'";
        bytes += '>';
    }
    bytes += "</a></a></a>";
    EXPECT_EQ(refusal(bytes).code, ErrorCode::SYNTAX_TOO_MANY_NODES);
    std::string siblings = "<r>";
    for (int i = 0; i < 1000; ++i) siblings += "<a xmlns='urn:x'/>";
    EXPECT_TRUE(XmlDocument::parse(siblings + "</r>").ok());
}

// What canonicalisation carries along for each node below, or looks through for each node.
TEST(XmlReader, BoundsWhatEveryNodeBelowWouldCost) {
    const auto nested = [](int each, int deep) {
        std::string open, close;
        for (int depth = 0; depth < deep; ++depth) {
            open += "<a";
            for (int i = 0; i < each; ++i) open += " p:n" + std::to_string(i) + "='1'";
            open += '>';
            close += "</a>";
        }
        return "<r xmlns:p='u'>" + open + close + "</r>";
    };
    EXPECT_TRUE(XmlDocument::parse(nested(51, 5)).ok());
    EXPECT_EQ(refusal(nested(52, 5)).code, ErrorCode::SYNTAX_TOO_MANY_NODES);
    const auto outside = [](int before, int after) {
        std::string bytes;
        for (int i = 0; i < before; ++i) bytes += "<?a?>";
        bytes += "<r/>";
        for (int i = 0; i < after; ++i) bytes += "<!--b-->";
        return bytes;
    };
    EXPECT_TRUE(XmlDocument::parse(outside(8, 8)).ok());
    EXPECT_EQ(refusal(outside(17, 0)).code, ErrorCode::SYNTAX_TOO_MANY_NODES);
    EXPECT_EQ(refusal(outside(8, 9)).code, ErrorCode::SYNTAX_TOO_MANY_NODES);
}

TEST(XmlReader, AnOddOrDoubledXmlIdIsNoErrorOfSyntax) {
    const Node root = read("<a xml:id='p://x' k='1'><b xml:id='p://x' k='2'/><c xml:id='1'/></a>");
    EXPECT_EQ(root.children.at(1).value, "1");
    EXPECT_EQ(root.children.at(2).children.at(1).value, "2");
}

TEST(XmlReader, RemovesANodeForGood) {
    auto document = XmlDocument::parse("<a><b k='1'/><c/></a>");
    ASSERT_TRUE(document.ok());
    const Tree before = document->toTree();
    ASSERT_EQ(before.root.children.size(), 2U);
    XmlDocument moved = *std::move(document);
    moved.remove(xmlDocGetRootElement(moved.native())->children);
    const Tree after = moved.toTree();
    ASSERT_EQ(after.root.children.size(), 1U);
    EXPECT_EQ(after.root.children[0].name, "c");
}

}  // namespace
}  // namespace gateway::document
