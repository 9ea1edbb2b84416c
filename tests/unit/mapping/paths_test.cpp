// Paths and conditions beyond plain steps.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

class PathsTest : public MappingTest {};

TEST_F(PathsTest, aNameIsFoundAtAnyDepth) {
    const auto json = plan("json", R"(<field theirs="//no" ours="a" direction="in"/>
        <ignore theirs="x" why="w"/>)");
    EXPECT_EQ(readJson(*json, R"({"x":[{"y":{"no":"7"}}]})"), R"({"a":"7"})");
    const auto xml = plan("xml", R"(<field theirs="//No" ours="a" direction="in"/>)");
    EXPECT_EQ(readXml(*xml, "<R><X><No>7</No></X></R>"), R"({"a":"7"})");
    EXPECT_NE(readXml(*xml, "<R><No>7</No><X><No>8</No></X></R>").find("more than once"),
              std::string::npos);
    const auto here = plan("xml", R"(<group theirs="R"><group theirs="X">
        <field theirs=".//No" ours="a" direction="in"/></group>
        <ignore theirs="No" why="w"/></group>)");
    EXPECT_EQ(readXml(*here, "<R><No>1</No><X><Y><No>2</No></Y></X></R>"), R"({"a":"2"})");
}

TEST_F(PathsTest, aPathGoesUpAndTakesAnyName) {
    const auto json = plan("json", R"(<each theirs="rows" ours="list">
        <field theirs="v" ours="name"/>
        <field theirs="../head" ours="role" direction="in"/></each>)");
    EXPECT_EQ(readJson(*json, R"({"head":"h","rows":[{"v":"1"},{"v":"2"}]})"),
              R"({"list":[{"name":"1","role":"h"},{"name":"2","role":"h"}]})");
    const auto any = plan("xml", R"(<group theirs="R"><each theirs="*" ours="list" direction="in">
        <field theirs="@id" ours="key"/><field theirs="." ours="name"/></each></group>)");
    EXPECT_EQ(readXml(*any, R"(<R><A id="1">x</A><B id="2">y</B></R>)"),
              R"({"list":[{"key":"1","name":"x"},{"key":"2","name":"y"}]})");
}

TEST_F(PathsTest, whatStandsAboveIsWrittenWhereItIsNamedStepByStep) {
    const auto both = plan("json", R"(<group theirs="g" ours="o">
        <field theirs="v" ours="x"/><field theirs="../head" ours="y"/></group>)");
    EXPECT_EQ(writeFrom(*both, R"({"o":{"x":"1","y":"h"}})"), R"({"head":"h","g":{"v":"1"}})");
    EXPECT_EQ(readJson(*both, R"({"head":"h","g":{"v":"1"}})"), R"({"o":{"x":"1","y":"h"}})");
    EXPECT_NE(
        faultOf("json", R"(<group theirs="g/h" ours="o"><field theirs="../k" ours="x"/></group>)")
            .find("one step at a time"),
        std::string::npos);
}

TEST_F(PathsTest, placesAreCountedBothWays) {
    const auto xml = plan("xml", R"(<group theirs="R"><field theirs="Id[1]" ours="a"/>
        <field theirs="Id[2]" ours="b"/></group>)");
    EXPECT_EQ(readXml(*xml, "<R><Id>1</Id><Id>2</Id></R>"), R"({"a":"1","b":"2"})");
    EXPECT_EQ(writeFrom(*xml, R"({"a":"1","b":"2"})"), "<R><Id>1</Id><Id>2</Id></R>");
    EXPECT_NE(readXml(*xml, "<R><Id>1</Id><Id>2</Id><Id>3</Id></R>").find("/R/Id[3]"),
              std::string::npos)
        << "a third is unknown";
    const auto json = plan("json", R"(<field theirs="ids[1]/id" ours="a"/>
        <field theirs="lines[2]" ours="b" direction="in"/><ignore theirs="lines" why="w"/>
        <field theirs="more[last]" ours="c" direction="in"/><ignore theirs="more" why="w"/>)");
    EXPECT_EQ(readJson(*json, R"({"ids":[{"id":"1"}],"lines":["x","y"],"more":["1","2","3"]})"),
              R"({"a":"1","b":"y","c":"3"})");
    EXPECT_EQ(writeFrom(*json, R"({"a":"1"})"), R"({"ids":[{"id":"1"}]})");
}

TEST_F(PathsTest, aSecondLineStaysTheSecondWhenTheFirstIsAbsent) {
    const auto xml = plan("xml", R"(<group theirs="R">
        <field theirs="L[1]" ours="a" empty="is-absent"/><field theirs="L[2]" ours="b"/></group>)");
    EXPECT_EQ(writeFrom(*xml, R"({"b":"2"})"), "<R><L/><L>2</L></R>");
    EXPECT_EQ(readXml(*xml, "<R><L/><L>2</L></R>"), R"({"b":"2"})");
}

TEST_F(PathsTest, conditionsCompareCountAndCombine) {
    const auto holds = [this](const std::string& when, std::string_view text) {
        const auto tested = plan("json",
                                 "<choose><option when-theirs=\"" + when +
                                     "\"><constant ours=\"a\" value=\"yes\"/></option>"
                                     "</choose><ignore theirs=\"*\" why=\"w\"/>",
                                 "", "direction=\"in\"");
        const auto read = readJson(*tested, text);
        EXPECT_TRUE(read == R"({"a":"yes"})" || read == "{}") << when << read;
        return read != "{}";
    };
    EXPECT_TRUE(holds("n > 9", R"({"n":10})"));
    EXPECT_FALSE(holds("n > 9", R"({"n":9})"));
    EXPECT_TRUE(holds("n &lt;= 9", R"({"n":"9"})"));
    EXPECT_FALSE(holds("n &lt; 9", R"({"n":"x"})")) << "no number";
    EXPECT_TRUE(holds("d >= '2026-01-01'", R"({"d":"2026-02-01"})"));
    EXPECT_TRUE(holds("flag = true", R"({"flag":true})"));
    EXPECT_TRUE(holds("n = 2", R"({"n":2.0})"));
    EXPECT_TRUE(holds("count(p) > 1 and not exists draft", R"({"p":[1,2]})"))
        << "items of an array";
    EXPECT_TRUE(holds("count(p[]) > 1 and not exists draft", R"({"p":[1,2]})"));
    EXPECT_FALSE(holds("count(p[]) > 1 and not exists draft", R"({"p":[1,2],"draft":1})"));
    EXPECT_TRUE(holds("code matches '(41|46).*' or kind = 'x'", R"({"code":"462"})"));
    EXPECT_TRUE(holds("code matches '(41|46).*' or kind = 'x'", R"({"code":"1","kind":"x"})"));
    EXPECT_FALSE(holds("code matches '(41|46).*' or kind = 'x'", R"({"code":"141"})"));
    EXPECT_TRUE(holds("(a = '1' or b = '1') and c = '1'", R"({"b":"1","c":"1"})"));
    EXPECT_FALSE(holds("a = '1' or (b = '1' and c = '1')", R"({"b":"1","c":"2"})"));
    EXPECT_FALSE(holds("not (a = '1' and b = '1')", R"({"a":"1","b":"1"})"));
}

TEST_F(PathsTest, onlyWhatCanBeMadeTrueIsWritten) {
    EXPECT_NE(faultOf("json", R"(<group theirs="x[n > 3]"><field theirs="v" ours="a"/></group>)")
                  .find("can be made true"),
              std::string::npos);
    EXPECT_EQ(faultOf("json", R"(<group theirs="x[n > 3]" direction="in">)"
                              R"(<field theirs="v" ours="a"/></group>)"),
              "");
    const auto typed = plan("json", R"(<each theirs="x[n = 3 and b = true]" ours="list">
        <field theirs="v" ours="name"/></each>)");
    EXPECT_EQ(writeFrom(*typed, R"({"list":[{"name":"q"}]})"),
              R"({"x":[{"n":3,"b":true,"v":"q"}]})");
}

TEST_F(PathsTest, aWalkWithinAWalkEndsBeforeItsProductIsReached) {
    const auto json = plan("json", R"(<each theirs="x[count(//y) > 0]" ours="list" direction="in">
        <field theirs="y" ours="name"/></each>)");
    std::string text = R"({"x":[)";
    constexpr int kMany = 30'000;
    for (int i = 0; i < kMany; ++i) text.append(i == 0 ? "" : ",").append(R"({"y":"1"})");
    const auto read = json->read(jsonContent(text + "]}"), {});
    ASSERT_FALSE(read.ok());
    ASSERT_EQ(read.error().size(), 1U);
    EXPECT_EQ(read.error().front().code, base::ErrorCode::CONTENT_TOO_LARGE);
}

TEST_F(PathsTest, aQuotedNameMayBeginLikeAnAttribute) {
    const auto json = plan("json", R"(<field theirs="'@id'" ours="a"/>)");
    EXPECT_EQ(readJson(*json, R"({"@id":"1"})"), R"({"a":"1"})");
}

TEST_F(PathsTest, allThatIsWrongInAFileIsToldAtOnce) {
    const auto fault = faultOf("json", R"(<field theirs="x" ours="zz"/>
<field theirs="y" ours="a" as="code none"/>
<group theirs="g" ours="o"><field theirs="z" ours="qq"/></group>)");
    EXPECT_NE(fault.find("mapping.xml:2: field: the case model has no \"zz\""), std::string::npos);
    EXPECT_NE(fault.find("mapping.xml:3: field: there is no code list"), std::string::npos);
    EXPECT_NE(fault.find("mapping.xml:4: field: the case model has no \"o/qq\""), std::string::npos)
        << fault;
}

TEST_F(PathsTest, optionsThatCannotBeToldApartAreRefused) {
    EXPECT_NE(faultOf("json", R"(<choose>
        <option when-theirs="x = '1'" when-ours="a = '1'"><constant ours="b" value="1"/></option>
        <option when-theirs="x = '2'" when-ours="a = '1'"><constant ours="b" value="2"/></option>
        </choose>)")
                  .find("cannot be told apart"),
              std::string::npos);
}

}  // namespace
}  // namespace gateway::mapping
