// What is read or written is what was there, or it is refused: values.

#include "gateway/base/encoding.h"
#include "tests/unit/mapping/exactness_fixture.h"

namespace gateway::mapping {
namespace {

TEST_F(ExactnessTest, aPieceThatIsThereAndEmptyIsNoAbsentOne) {
    const std::string pieces = R"(<piece name="a" ours="a"/>
        <piece name="b" ours="b" optional="yes"/></pattern>)";
    const auto strict = with("json", R"(<pattern theirs="t" form="{a} {b}">)" + pieces);
    EXPECT_EQ(written(*strict, R"({"a":"A"})"), R"({"t":"A"})");
    for (const char* empty : {R"({"a":"A","b":"  "})", R"({"a":"A","b":null})", R"({"a":""})"})
        EXPECT_TRUE(has(written(*strict, empty), "must not be empty")) << empty;
    const auto loose =
        with("json", R"(<pattern theirs="t" form="{a} {b}" empty="is-absent">)" + pieces);
    EXPECT_EQ(written(*loose, R"({"a":"A","b":"  "})"), R"({"t":"A"})");
}

TEST_F(ExactnessTest, aTextThatWouldBeReadAsPiecesIsNotWrittenAsAWhole) {
    const auto json = with("json", R"(<pattern theirs="t" form="no {a}" otherwise="b">
        <piece name="a" ours="a"/></pattern>)");
    EXPECT_EQ(written(*json, R"({"b":"nothing"})"), R"({"t":"nothing"})");
    EXPECT_TRUE(has(written(*json, R"({"b":"no 9"})"), "read back as its pieces"));
}

TEST_F(ExactnessTest, whatIsNoNumberIsNotWrittenAsOne) {
    const auto number = with("json", R"(<field theirs="t" ours="a" json="number"/>)");
    EXPECT_EQ(written(*number, R"({"a":"-7.50"})"), R"({"t":-7.50})");
    for (const std::string text : {"007", "abc", " 1", "+1", ".5", "NaN"})
        EXPECT_TRUE(has(written(*number, R"({"a":")" + text + "\"}"), "must be a number")) << text;
    const auto boolean = with("json", R"(<field theirs="t" ours="a" json="boolean"/>)");
    EXPECT_EQ(written(*boolean, R"({"a":"true"})"), R"({"t":true})");
    for (const std::string text : {"TRUE", "1", "yes"})
        EXPECT_TRUE(has(written(*boolean, R"({"a":")" + text + "\"}"), "true or false")) << text;
}

TEST_F(ExactnessTest, aConstantIsAValueOfItsPlace) {
    EXPECT_TRUE(has(faultWith("json", R"(<constant ours="n" value="x"/>)"), "no value"));
    EXPECT_TRUE(
        has(faultWith("json", R"(<constant theirs="t" value="x" json="number"/>)"), "no value"));
    EXPECT_EQ(faultWith("json", R"(<constant ours="n" value="7"/>)"), "");
}

TEST_F(ExactnessTest, aGapAmongNumberedPlacesIsRefused) {
    const auto json = with("json", R"(<numbered theirs="N{n}" up-to="3" ours="words">
        <field theirs="." ours="." empty="is-absent"/></numbered>)");
    EXPECT_EQ(written(*json, R"({"words":["1","3"]})"), R"({"N1":"1","N2":"3"})");
    EXPECT_TRUE(has(written(*json, R"({"words":["1","","3"]})"), "must not be empty"));
}

TEST_F(ExactnessTest, itemsOfOneWidthAreWhole) {
    const auto json = with("json", R"(<tokens theirs="t" width="2" ours="words"/>)");
    EXPECT_EQ(readJson(*json, R"({"t":"aabb"})"), R"({"words":["aa","bb"]})");
    for (const std::string text : {"aab", "a b "})
        EXPECT_TRUE(has(readJson(*json, R"({"t":")" + text + "\"}"), "2 characters")) << text;
    EXPECT_TRUE(has(written(*json, R"({"words":["aa","b "]})"), "2 characters"));
    const auto list = with("json", R"(<tokens theirs="t" on=";" ours="words"/>)");
    EXPECT_TRUE(has(written(*list, R"({"words":["a",""]})"), "must not be empty"));
}

TEST_F(ExactnessTest, aNameInAValueHasItsPrefixDeclared) {
    const auto xml = with("xml", R"(<group theirs="R"><field theirs="@t" ours="a"/></group>)",
                          R"(<namespace prefix="q" uri="urn:q"/>)");
    EXPECT_EQ(written(*xml, R"({"a":"q:Person"})"), R"(<R xmlns:q="urn:q" t="q:Person"/>)");
    EXPECT_EQ(written(*xml, R"({"a":"q: no"})"), R"(<R t="q: no"/>)");
}

TEST_F(ExactnessTest, aWordForNothingIsNoValueThatIsWritten) {
    const auto json = with("json", R"(<field theirs="t" ours="a" null-words="N/A | -"/>
        <tokens theirs="w" on=";" ours="words" null-words="-"/>
        <pattern theirs="p" form="{b}" null-words="-"><piece name="b" ours="b"/></pattern>)");
    EXPECT_EQ(written(*json, R"({"a":"x","words":["y","z"]})"), R"({"t":"x","w":"y;z"})");
    for (const char* ours : {R"({"a":"-"})", R"({"a":"N/A"})", R"({"words":["-"]})"})
        EXPECT_TRUE(has(written(*json, ours), "takes this text for none")) << ours;
}

TEST_F(ExactnessTest, aCodeThatIsLeftOutIsTold) {
    const std::string list = R"(<code-list name="k" unknown="%"><code theirs="1" ours="one"/>
        </code-list>)";
    const std::string rule = R"(<field theirs="t" ours="a" as="code k"/>)";
    const auto of = [&](const std::string& unknown) {
        return with("json", rule, std::string(list).replace(list.find('%'), 1, unknown));
    };
    const auto omits = of("omit");
    EXPECT_EQ(written(*omits, R"({"a":"zz"})"), "{}");
    EXPECT_EQ(omits->leftOut(jsonContent(R"({"a":"zz"})").tree.root, {}),
              std::vector<std::string>{"a"});
    const auto keeps = of("keep");
    EXPECT_EQ(written(*keeps, R"({"a":"zz"})"), R"({"t":"zz"})");
    EXPECT_TRUE(has(written(*keeps, R"({"a":"1"})"), "refused"));
    EXPECT_TRUE(has(readJson(*keeps, R"({"t":"one"})"), "not")) << "it would be written as 1";
    EXPECT_TRUE(has(faultWith("json", rule, R"(<code-list name="k"><code theirs="" ours="one"/>
        </code-list>)"),
                    "no code"));
}

TEST_F(ExactnessTest, whatIsWrittenCanBeRead) {
    const auto base64 = with("json", R"(<field theirs="t" ours="a" as="base64"/>)");
    EXPECT_EQ(written(*base64, R"({"a":"YWJj"})"), R"({"t":"YWJj"})");
    for (const std::string text : {"YWJ", "YR==", "a b"})
        EXPECT_TRUE(has(written(*base64, R"({"a":")" + text + "\"}"), "refused")) << text;
    const auto moment =
        with("json", R"(<field theirs="t" ours="a" as="moment dd/MM/yyyy HH:mm"/>)");
    EXPECT_TRUE(has(written(*moment, R"({"a":"9999-12-31T20:00:00Z"})"), "refused"));
    const auto date = with("json", R"(<field theirs="t" ours="a" as="date"/>)");
    EXPECT_TRUE(has(written(*date, R"({"a":"0001-01-01"})"), "refused"));
    const auto flag = with("json", R"(<field theirs="t" ours="f" as="boolean" json="number"/>)");
    EXPECT_EQ(readJson(*flag, R"({"t":1})"), R"({"f":true})");
    EXPECT_EQ(written(*flag, R"({"f":false})"), R"({"t":0})");
}

TEST_F(ExactnessTest, ofSeveralFormsTheOneIsWrittenThatIsRead) {
    const auto xml = with("json", R"(<pattern ours="a" form="{h} {d} {t}" or="{h} {t}">
        <piece name="h" theirs="h" match="\S+"/><piece name="d" theirs="d" match="\S+"/>
        <piece name="t" theirs="t"/></pattern>)");
    EXPECT_EQ(readJson(*xml, R"({"h":"Nguyễn","t":"Hà"})"), R"({"a":"Nguyễn Hà"})");
    EXPECT_TRUE(has(readJson(*xml, R"({"h":"Nguyễn","t":"Thu Hà"})"), "write it like"));
}

TEST_F(ExactnessTest, listsAreParted) {
    const auto json = with("json", R"(<tokens theirs="t" on=" " ours="words"/>)");
    EXPECT_EQ(readJson(*json, "{\"t\":\"a\\tb\\n  c\"}"), R"({"words":["a","b","c"]})");
    EXPECT_TRUE(has(written(*json, R"({"words":["a\tb"]})"), "must be without"));
    const auto people = with("json", R"(<tokens theirs="t" on=";" ours="people">
        <field theirs="." ours="name"/></tokens>)");
    EXPECT_TRUE(
        has(written(*people, R"({"people":[{"name":"A"},{},{"name":"B"}]})"), "must not be empty"));
}

TEST_F(ExactnessTest, aColumnBesideMakesAnItemOfAnEmptyOne) {
    const auto json = with("json", R"(<numbered theirs="N{n}" up-to="2" ours="people"
        empty="is-absent"><field theirs="." ours="role" empty="is-absent"/>
        <field theirs="../N{n}_v" ours="name"/></numbered>)");
    const std::string theirs = R"({"N1":"","N1_v":"x","N2":"b"})";
    const auto ours = readJson(*json, theirs);
    EXPECT_EQ(ours, R"({"people":[{"name":"x"},{"role":"b"}]})");
    EXPECT_EQ(written(*json, ours), theirs);
}

TEST_F(ExactnessTest, aNameInAnArchiveLeadsNowhere) {
    const auto json = with("json", R"(<field theirs="t" ours="a" as="base64" packed="zip"
        file-name="b"/>)");
    const auto text = written(*json, R"({"a":"YWJj","b":"../../etc/passwd"})");
    const auto zip = jsonContent(text).tree.root.child("t")->value;
    const auto bytes = base::fromBase64(zip);
    ASSERT_TRUE(bytes);
    const std::string archive(bytes->begin(), bytes->end());
    EXPECT_NE(archive.find("passwd"), std::string::npos);
    EXPECT_EQ(archive.find("etc"), std::string::npos);
}

TEST_F(ExactnessTest, whatAnotherCaseWouldReadIsNotWritten) {
    const auto json = with("json", R"(<choose>
        <option when-theirs="x matches '[0-9]+%'" when-ours="exists a">
          <field theirs="x" ours="a"/></option>
        <option when-ours="exists b"><field theirs="x" ours="b"/></option></choose>)");
    EXPECT_EQ(written(*json, R"({"a":"7%"})"), R"({"x":"7%"})");
    EXPECT_EQ(written(*json, R"({"b":"seven"})"), R"({"x":"seven"})");
    EXPECT_TRUE(has(written(*json, R"({"b":"7%"})"), "read back as another case"));
    const auto digits = with("json", R"(<choose>
        <option when-theirs="x matches '[0-9]+'" when-ours="exists n">
          <field theirs="x" ours="n" as="integer" json="string"/></option>
        <option when-ours="exists b"><field theirs="x" ours="b"/></option></choose>)");
    EXPECT_EQ(written(*digits, R"({"n":7})"), R"({"x":"7"})");
    EXPECT_TRUE(has(written(*digits, R"({"n":-7})"), "read back as another case"));
}

TEST_F(ExactnessTest, aConditionTakesABooleanByItsWord) {
    const auto json = with("json", R"(<choose>
        <option when-theirs="x = 'yes'" when-ours="f = 'true'">
          <constant theirs="x" value="yes"/><constant ours="f" value="true"/></option>
        <option when-ours="missing f or f = 'false'"><constant theirs="x" value="no"/></option>
        </choose>)");
    EXPECT_EQ(written(*json, R"({"f":true})"), R"({"x":"yes"})");
    EXPECT_EQ(written(*json, R"({"f":false})"), R"({"x":"no"})");
}

TEST_F(ExactnessTest, aTextWhosePiecesAreNoValuesIsAWhole) {
    const auto json = with("json", R"(<pattern theirs="t" form="{n}/{y}" otherwise="a">
        <piece name="n" ours="n" as="integer"/><piece name="y" ours="b"/></pattern>)");
    EXPECT_EQ(readJson(*json, R"({"t":"7/2026"})"), R"({"n":7,"b":"2026"})");
    EXPECT_EQ(readJson(*json, R"({"t":"a/2026"})"), R"({"a":"a/2026"})");
}

TEST_F(ExactnessTest, blanksAreATextWhereTheRuleSaysSo) {
    const auto json = with("json", R"(<field theirs="t" ours="a" empty="is-value"/>)");
    for (const std::string text : {R"({"t":" "})", R"({"t":""})"})
        EXPECT_EQ(written(*json, readJson(*json, text)), text);
}

TEST_F(ExactnessTest, formsThatReadOneTextTwoWaysAreRefused) {
    const auto date = [&](const std::string& forms) {
        return faultWith("json", R"(<field theirs="t" ours="a" as="date )" + forms + R"("/>)");
    };
    EXPECT_TRUE(has(date("dd/MM/yyyy or MM/dd/yyyy"), "as another day"));
    EXPECT_TRUE(has(date("d/M/yyyy or MM/dd/yyyy"), "as another day"));
    EXPECT_EQ(date("dd/MM/yyyy or d/M/yyyy or yyyy-MM-dd or dd-MM-yyyy"), "");
}

TEST_F(ExactnessTest, aTableHasAllItsColumnsAndItsTextsStayTexts) {
    EXPECT_THROW(static_cast<void>(Plan::compile(
                     write("nested.xml", R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t"
        version="1" message="Ping" theirs="table" ours="o.schema.json"><accept when="exists A"/>
        <body><group theirs="P"><field theirs="A" ours="a"/></group></body></mapping>)"),
                     language(), TestShape(), std::make_shared<TestLists>())),
                 base::Fault);
    const auto text = R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t" version="1" message="Ping"
        theirs="table" ours="o.schema.json"><accept when="exists A and exists B"/><body>
        <field theirs="A | Alt" ours="a"/><field theirs="B" ours="n" as="integer"/>
        <ignore theirs="C" why="w"/></body></mapping>)";
    const auto made = Plan::compile(write("table.xml", text), language(), TestShape(),
                                    std::make_shared<TestLists>());
    EXPECT_EQ(made->write(jsonContent(R"({"n":-1})").tree.root, {}),
              "\xEF\xBB\xBF"
              "A;B\r\n;-1\r\n");
    EXPECT_EQ(readJson(*made, R"({"A":"x","B":"-1"})"), R"({"a":"x","n":-1})");
    for (const std::string cell : {"=x", "'=x", "''@x", "-a", "+84"}) {
        const auto bytes = made->write(jsonContent(R"({"a":")" + cell + "\"}").tree.root, {});
        EXPECT_TRUE(has(bytes, "\n'" + cell + ";")) << "not to be calculated";
        const auto back = document::readTable(bytes, document::TableForm::Csv, *made->table());
        ASSERT_TRUE(back.ok());
        EXPECT_EQ(back->rows().front().child("A")->value, cell);
    }
}

}  // namespace
}  // namespace gateway::mapping
