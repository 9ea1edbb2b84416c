// What a format does not carry of our own model is named, place by place.

#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

class LeftOutTest : public MappingTest {
  protected:
    /// The places, joined; what write() gives must be unaffected by having been asked.
    static std::string leftOut(const Plan& plan, std::string_view ours) {
        const auto content = jsonContent(ours);
        const std::string before = plan.write(content.tree.root, {});
        std::string text;
        for (const auto& place : plan.leftOut(content.tree.root, {}))
            text.append(text.empty() ? "" : " ").append(place);
        EXPECT_EQ(plan.write(content.tree.root, {}), before);
        return text;
    }
};

TEST_F(LeftOutTest, nothingIsNamedWhereAllGoesOut) {
    const auto p = plan("json", R"(<field theirs="A" ours="a"/><group theirs="O" ours="o">
        <field theirs="X" ours="x"/></group><each theirs="L" ours="list[]">
        <field theirs="N" ours="name"/><tokens theirs="W" ours="words[]" on=";"/></each>)");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","o":{"x":"2"},"list":[{"name":"n","words":["v","w"]}]})"),
              "");
}

TEST_F(LeftOutTest, whatNoRuleReadsIsNamedOnce) {
    const auto p = plan("xml", R"(<group theirs="R"><field theirs="A" ours="a"/>
        <group theirs="O" ours="o"><field theirs="X" ours="x"/></group>
        <each theirs="L" ours="list[]"><field theirs="N" ours="name"/></each></group>)");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","b":"2","o":{"x":"3","y":"4","p":{"q":"5"}},
        "list":[{"name":"n","no":1},{"name":"m","no":2,"words":["w","v"]}],"words":["w"]})"),
              "b o/y o/p list[]/no list[]/words[] words[]");
}

TEST_F(LeftOutTest, aPieceForWhichTheWrittenFormHasNoRoomIsNamed) {
    const auto p = plan("json", R"(<pattern theirs="T" form="{a}/{b}" or="{c}">
        <piece name="a" ours="a"/><piece name="b" ours="b"/><piece name="c" ours="c"
        match="[^/]+"/></pattern>)");
    EXPECT_EQ(writeFrom(*p, R"({"a":"1","c":"3"})"), R"({"T":"3"})");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","c":"3"})"), "a");
    EXPECT_EQ(writeFrom(*p, R"({"a":"1","b":"2","c":"3"})"), R"({"T":"1/2"})");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","b":"2","c":"3"})"), "c");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","b":"2"})"), "");
}

TEST_F(LeftOutTest, whatBearsNoValueIsNotNamed) {
    const auto p = plan("json", R"(<field theirs="A" ours="a"/>)");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","b":"","c":" ","o":{"x":"","p":{}},"list":[]})"), "");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","yes":false,"n":0})"), "yes n") << "these are values";
}

TEST_F(LeftOutTest, aRuleThatOnlyReadsCarriesNothing) {
    const auto p = plan("json", R"(<field theirs="A" ours="a"/>
        <field theirs="B" ours="b" direction="in"/><constant theirs="K" value="k"/>)");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","b":"2"})"), "b");
}

TEST_F(LeftOutTest, anItemForWhichNoConditionHoldsIsLost) {
    const auto p = plan("xml", R"(<group theirs="R">
        <each theirs="P" ours="list[role='p']"><field theirs="N" ours="name"/></each></group>)");
    EXPECT_EQ(leftOut(*p, R"({"list":[{"role":"p","name":"n"},{"role":"q","name":"m"}]})"),
              "list[]");
    EXPECT_EQ(leftOut(*p, R"({"list":[{"role":"p","name":"n"}]})"), "");
}

TEST_F(LeftOutTest, anOptionThatIsNotTakenCarriesNothing) {
    const auto p = plan("json", R"(<choose>
        <option when-theirs="K = '1'" when-ours="a = 'x'"><constant theirs="K" value="1"/>
          <field theirs="B" ours="b"/></option>
        <option><field theirs="C" ours="c"/></option></choose>)");
    EXPECT_EQ(leftOut(*p, R"({"a":"x","b":"1","c":"2"})"), "c");
    EXPECT_EQ(leftOut(*p, R"({"a":"y","b":"1","c":"2"})"), "a b");
}

// The words of the language begin names of partners as well.
TEST_F(LeftOutTest, aNameMayBeginWithAWordOfConditions) {
    const auto p = plan("json", R"(<choose>
        <option when-theirs="existsOne = '1'" when-ours="a = 'x'">
          <field theirs="B" ours="b"/></option>
        <option><field theirs="C" ours="c"/></option></choose>)");
    EXPECT_EQ(leftOut(*p, R"({"a":"x","b":"1","c":"2"})"), "c");
    EXPECT_EQ(leftOut(*p, R"({"a":"y","b":"1","c":"2"})"), "a b");
}

TEST_F(LeftOutTest, aPatternCarriesItsPiecesOrTheWhole) {
    const auto p = plan("json", R"(<pattern theirs="P" form="{x}/{y}" otherwise="c">
        <piece name="x" match="[0-9]+" ours="a"/><piece name="y" ours="b"/></pattern>)");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","b":"z"})"), "");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","b":"z","c":"whole"})"), "c");
    EXPECT_EQ(leftOut(*p, R"({"a":"1","c":"whole"})"), "a");
}

TEST_F(LeftOutTest, anUnwritableValueIsStillOurOwnMistake) {
    const auto p = plan("json", R"(<field theirs="A" ours="a" as="code agency"/>)");
    const auto content = jsonContent(R"({"a":"nobody"})");
    EXPECT_THROW(static_cast<void>(p->leftOut(content.tree.root, {})), base::Fault);
    EXPECT_THROW(p->tryWriting(content.tree.root, {}), Unwritable);
    p->tryWriting(jsonContent(R"({"a":"H53.11"})").tree.root, {});
}

}  // namespace
}  // namespace gateway::mapping
