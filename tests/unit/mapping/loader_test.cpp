// A mapping that is wrong is refused when loaded, with file and line.

#include "gateway/mapping/code_lists.h"
#include "gateway/mapping/mappings.h"
#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

class LoaderTest : public MappingTest {
  protected:
    void expectFault(const std::string& body, const std::string& part,
                     const std::string& form = "json", const std::string& before = "") {
        const std::string fault = faultOf(form, body, before);
        EXPECT_NE(fault.find(part), std::string::npos) << body << "\n gave: " << fault;
        EXPECT_TRUE(fault.starts_with("mapping.xml:2: ") || !before.empty()) << fault;
    }
};

TEST_F(LoaderTest, pathsMustExistOnOurSide) {
    expectFault(R"(<field theirs="x" ours="zz"/>)", "field: the case model has no \"zz\"");
    expectFault(R"(<group ours="o"><field theirs="x" ours="zz"/></group>)", "no \"o/zz\"");
    expectFault(R"(<group ours="a"><field theirs="x" ours="zz"/></group>)", "nothing below it");
    expectFault(R"(<each theirs="x" ours="list[zz='1']"/>)", "no \"list[]/zz\"");
    expectFault(R"(<each theirs="x" ours="list[no='1']"/>)", "is no text");
    expectFault(R"(<each theirs="x" ours="o"/>)", "is no list");
    expectFault(R"(<field theirs="x" ours="n"/>)", "of another kind than the type");
    expectFault(R"(<field theirs="x" ours="a" as="integer"/>)", "of another kind than the type");
    expectFault(R"(<field theirs="x" ours="list[]/name"/>)", "which item of \"list\"?");
    expectFault(R"(<choose><option when-ours="zz = '1'"/></choose>)", "no \"zz\"");
    expectFault(R"(<constant ours="o" value="1"/>)", "one value");
}

TEST_F(LoaderTest, closedSetsTakeTheirOwnWordsOnly) {
    const std::string list = R"(<code-list name="c"><code theirs="1" ours="one"/>)"
                             R"(<code theirs="3" ours="three"/></code-list>)";
    const std::string none = "\"three\" is none of the words of \"closed\"";
    expectFault(R"(<field theirs="x" ours="closed" as="code c"/>)", none, "json", list);
    expectFault(R"(<constant ours="closed" value="three"/>)", none);
    expectFault(R"(<field theirs="x" ours="closed" default="three"/>)", none);
    const std::string tokens = R"(<tokens theirs="x" on=";" ours="kinds" as="code c")";
    const std::string one = "\"three\" is none of the words of \"kinds[]\"";
    expectFault(tokens + "/>", one, "json", list);
    expectFault(tokens + " direction=\"in\"/>", one, "json", list);
    EXPECT_EQ(faultOf("json", tokens + " direction=\"out\"/>", list), "");
}

TEST_F(LoaderTest, pathsMustBeWellFormed) {
    expectFault(R"(<field theirs="x///y" ours="a"/>)", "a name is expected, at character 4");
    expectFault(R"(<field theirs="x//y" ours="a"/>)", "can only be read");
    expectFault(R"(<field theirs="a b" ours="a"/>)", "should end");
    expectFault(R"(<field theirs="a*b" ours="a"/>)", "* stands alone");
    expectFault(R"(<field theirs="a#b" ours="a"/>)", "is no name in XML", "xml");
    expectFault(R"(<field theirs="x[0]" ours="a"/>)", "[1] is the first");
    expectFault(R"(<field theirs="x[" ours="a"/>)", "a name is expected");
    expectFault(R"(<field theirs="x[y = z]" ours="a"/>)", "single quotes");
    expectFault(R"(<field theirs="x[y ~ 'z']" ours="a"/>)", "=, !=, <");
    expectFault(R"(<field theirs="'x" ours="a"/>)", "a quote is not closed");
    expectFault(R"(<field theirs="@x" ours="a"/>)", "JSON has no attributes");
    expectFault(R"(<field theirs="p:x" ours="a"/>)", "no namespace is declared", "xml");
    expectFault(R"(<field theirs="@x/y" ours="a"/>)", "below an attribute", "xml");
    expectFault(R"(<field theirs="$exchange/colour" ours="a" direction="in"/>)",
                "no value of that name");
    expectFault(R"(<field theirs="x" ours="a" write="y"/>)", "one of the places");
}

TEST_F(LoaderTest, directionsMustMakeSense) {
    expectFault(R"(<field theirs="$exchange/sender" ours="a"/>)", "direction=\"in\"");
    expectFault(R"(<field theirs="$position" ours="n" as="integer"/>)", "direction=\"in\"");
    expectFault(R"(<field theirs="x" ours="$exchange/sender"/>)", "direction=\"out\"");
    expectFault(R"(<field theirs="x[y != '1']/z" ours="a"/>)", "made true");
    expectFault(R"(<group theirs="/x"><field theirs="y" ours="a"/></group>)", "only be read");
    expectFault(R"(<choose><option/><option when-theirs="x = '1'"/></choose>)",
                "option 1 always holds");
}

TEST_F(LoaderTest, whatIsOnlyGivenHasNoPlaceOnOurSide) {
    expectFault(R"(<group theirs="x" ours="$exchange/sender"/>)", "cannot stand here");
    expectFault(R"(<group theirs="x" ours="$position"/>)", "cannot stand here");
    expectFault(R"(<each theirs="x" ours="$exchange/sender"/>)", "must name a list");
    expectFault(R"(<choose><option when-ours="$position = '1'"/></choose>)", "cannot be tested");
    EXPECT_EQ(faultOf("json", R"(<choose><option when-ours="$exchange/sender = 'x'">)"
                              R"(<field theirs="x" ours="a"/></option></choose>)"),
              "");
}

TEST_F(LoaderTest, aConditionFromTheRootIsOneWhereverItStands) {
    expectFault(R"(<group theirs="g" ours="o"><field theirs="x" ours="/a"/></group>)",
                "goes down from here only");
    expectFault(R"(<group theirs="g" ours="o"><field theirs="x" ours="/x"/></group>)",
                "has no \"x\"");
    const auto when = [this](const std::string& path) {
        return faultOf("json", R"(<group theirs="g" ours="o"><choose><option when-ours=")" + path +
                                   R"( = '1'"><field theirs="x" ours="x"/></option></choose>)"
                                   "</group>");
    };
    EXPECT_EQ(when("/a"), "");
    EXPECT_EQ(when("x"), "");
    EXPECT_NE(when("/x").find("has no \"x\""), std::string::npos) << when("/x");
    EXPECT_NE(when("a").find("has no \"o/a\""), std::string::npos) << when("a");
}

TEST_F(LoaderTest, rulesNestOnlySoDeep) {
    const auto nested = [](int deep) {
        std::string body = R"(<field theirs="x" ours="a"/>)";
        for (int i = 0; i < deep; ++i) body = "<group theirs=\"g\">" + body + "</group>";
        return body;
    };
    EXPECT_EQ(faultOf("json", nested(39)), "");
    expectFault(nested(40), "nested too deeply");
}

TEST_F(LoaderTest, blanksOfEveryKindPartThePlacesOfAPath) {
    for (const char* blank : {" ", "&#9;", "&#10;", "&#13;"})
        EXPECT_EQ(faultOf("json", std::string("<field theirs=\"x") + blank + "|" + blank +
                                      "y\" ours=\"a\" write=\"x\"/>"),
                  "")
            << blank;
}

TEST_F(LoaderTest, namesMustBeKnown) {
    expectFault(R"(<use part="zz"/>)", "there is no such part");
    expectFault(R"(<field theirs="x" ours="a" as="code zz"/>)", "there is no code list \"zz\"");
    expectFault(R"(<use part="x"/>)", "goes down first", "json",
                R"(<part name="x"><group theirs="o"><use part="x"/></group></part>)");
    expectFault("", "two parts", "json", R"(<part name="x"/><part name="x"/>)");
    expectFault("", "two code lists", "json",
                R"(<code-list name="x"><code theirs="1" ours="1"/></code-list><code-list name="x">)"
                R"(<code theirs="1" ours="1"/></code-list>)");
    expectFault("", "not unique", "json",
                R"(<code-list name="x"><code theirs="1" ours="1"/><code theirs="2" ours="1"/>)"
                R"(</code-list>)");
}

TEST_F(LoaderTest, valuesMustFitTheirTypes) {
    expectFault(R"(<field theirs="x" ours="n" as="integer" default="x"/>)",
                "the default is no value");
    expectFault(R"(<field theirs="x" ours="a" zone="UTC"/>)", "a zone goes with");
    expectFault(R"(<pattern theirs="x" form="{p}"><piece name="p" match="(" ours="a"/></pattern>)",
                "missing )");
    expectFault(
        R"x(<pattern theirs="x" form="{p}"><piece name="p" match="(a)" ours="a"/></pattern>)x",
        "groups of its own");
    expectFault(R"(<pattern theirs="x" form="{p}{q}"><piece name="p" ours="a"/></pattern>)",
                "names a piece");
    expectFault(R"(<pattern theirs="x" form="{p}"><piece name="p" ours="a"/>)"
                R"(<piece name="q" ours="b"/></pattern>)",
                "not in form");
    expectFault(R"(<pattern theirs="x" form="{p"><piece name="p" ours="a"/></pattern>)",
                "not closed");
    expectFault(R"(<constant value="1"/>)", "either theirs or ours");
}

TEST_F(LoaderTest, theFileMustKeepTheLanguage) {
    EXPECT_NE(faultOf("json", "<colour/>").find("mapping.xml"), std::string::npos);
    EXPECT_NE(faultOf("json", R"(<ignore theirs="x"/>)").find("why"), std::string::npos);
    EXPECT_NE(faultOf("json", "", R"(<schema file="x.xsd"/>)").find("an XSD is for XML"),
              std::string::npos);
    EXPECT_NE(faultOf("xml", "", R"(<schema file="x.xsd"/>)").find("x.xsd cannot be read"),
              std::string::npos);
    EXPECT_NE(faultOf("json", "", R"(<include file="mapping.xml"/>)").find("\"shared\""),
              std::string::npos);
    EXPECT_NE(faultOf("json", "", R"(<include file="none.xml"/>)").find("none.xml cannot be read"),
              std::string::npos);
    EXPECT_NE(faultOf("xml", "",
                      R"(<namespace prefix="p" uri="urn:a"/><namespace prefix="p" uri="urn:b"/>)")
                  .find("declared twice"),
              std::string::npos);
}

TEST_F(LoaderTest, faultsInAnIncludedFileNameThatFile) {
    write("shared.xml",
          "<shared xmlns=\"urn:thahc:mapping:1\"><part name=\"x\">\n\n"
          "<field theirs=\"x\" ours=\"zz\"/></part></shared>");
    const auto fault = faultOf("json", R"(<use part="x"/>)", R"(<include file="shared.xml"/>)");
    EXPECT_TRUE(fault.starts_with("shared.xml:3: field: ")) << fault;
}

TEST_F(LoaderTest, theDigestCoversEveryFileBehindAMapping) {
    const auto digest = [this] {
        return plan("xml", R"(<group theirs="R"/>)",
                    R"(<schema file="r.xsd"/><include file="shared.xml"/>)")
            ->digest();
    };
    const std::string schema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">)"
                               R"(<xs:include schemaLocation="more.xsd"/></xs:schema>)";
    const std::string more =
        R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="R"/>)"
        R"(</xs:schema>)";
    write("r.xsd", schema);
    write("more.xsd", more);
    write("shared.xml", R"(<shared xmlns="urn:thahc:mapping:1"/>)");
    const auto first = digest();
    EXPECT_EQ(digest(), first);
    write("more.xsd", more + "<!-- -->");
    const auto second = digest();
    EXPECT_NE(second, first);
    write("shared.xml", R"(<shared xmlns="urn:thahc:mapping:1"></shared>)");
    EXPECT_NE(digest(), second);
}

constexpr auto kSmall =
    R"(<mapping xmlns="urn:thahc:mapping:1" id="ID" version="1" message="Ping" theirs="json" )"
    R"(valid-from="2026-07-01">
<accept when="k = 'K'"/><body><constant theirs="k" value="K"/></body></mapping>)";

class MappingsTest : public MappingTest {
  protected:
    void add(const std::string& place, const std::string& id, const std::string& kind) {
        std::string text = kSmall;
        text.replace(text.find("\"ID\""), 4, "\"" + id + "\"");
        for (int i = 0; i < 2; ++i) text.replace(text.find('K', text.find("accept")), 1, kind);
        std::filesystem::create_directories(directory_ / place);
        write(place + "/mapping.xml", text);
    }
    std::shared_ptr<const Mappings> load() {
        std::filesystem::create_directories(directory_ / "schemas");
        std::filesystem::copy_file(kSource / "mappings/schemas/mapping.xsd",
                                   directory_ / "schemas/mapping.xsd",
                                   std::filesystem::copy_options::skip_existing);
        return Mappings::load(directory_, TestShape(), nullptr);
    }
};

TEST_F(MappingsTest, loadsTheTreeAndFindsCandidatesInTheAskedOrder) {
    add("a/one", "a/one", "x");
    add("b/two", "b/two", "x");
    add("b/three", "b/three", "y");
    const auto mappings = load();
    ASSERT_EQ(mappings->all().size(), 3U);
    EXPECT_EQ(mappings->all().front()->id(), "a/one");
    EXPECT_EQ(mappings->find("b/none"), nullptr);
    const auto content = jsonContent(R"({"k":"x"})");
    const auto found = mappings->candidates({"b/three", "b/two", "gone", "a/one"}, content);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0]->id(), "b/two");
    EXPECT_EQ(found[1]->id(), "a/one");
    using namespace std::chrono;
    EXPECT_TRUE(mappings->candidates({"a/one"}, content, 2026y / June / 30).empty());
    EXPECT_EQ(mappings->candidates({"a/one"}, content, 2026y / July / 1).size(), 1U);
    const auto before = mappings->digest();
    add("a/one", "a/one", "z");
    EXPECT_NE(load()->digest(), before);
}

TEST_F(MappingsTest, theLatestVersionOfAFormatReadsFromItsFirstDayOn) {
    add("a/one", "a/one", "x");
    add("a/two", "a/two", "x");
    const auto file = directory_ / "a/two/mapping.xml";
    auto text = fileText(file);
    text.replace(text.find("2026-07-01"), 10, "2027-01-01");
    write("a/two/mapping.xml", text);
    const auto mappings = load();
    const auto content = jsonContent(R"({"k":"x"})");
    using namespace std::chrono;
    const auto readers = [&](base::Date day) {
        std::string ids;
        for (const auto* plan : mappings->candidates({"a/one", "a/two"}, content, day))
            ids += plan->id() + " ";
        return ids;
    };
    EXPECT_EQ(readers(2026y / December / 31), "a/one ");
    EXPECT_EQ(readers(2027y / January / 1), "a/two a/one ");
}

TEST_F(MappingsTest, refusesADirectoryInWhichOneIsWrong) {
    add("a", "a", "x");
    add("b", "a", "x");
    EXPECT_THROW(static_cast<void>(load()), base::Fault);
    write("b/mapping.xml", "<mapping/>");
    EXPECT_THROW(static_cast<void>(load()), base::Fault);
}

class CodeListsTest : public MappingTest {
  protected:
    std::shared_ptr<const FileCodeLists> load() {
        static const auto schema =
            document::XmlSchema::load(kSource / "mappings/schemas/code-list.xsd");
        return FileCodeLists::load(directory_, *schema);
    }
    void list(const std::string& codes, const std::string& file = "gso.xml") {
        write(file,
              R"(<code-list xmlns="urn:thahc:code-list:1" name="gso">)" + codes + "</code-list>");
    }
};

TEST_F(CodeListsTest, aCodeIsFoundHoweverItsLettersWereTyped) {
    const std::string composed = "b\xE1\xBA\xA3n", decomposed = "ba\xCC\x89n";
    using namespace std::chrono;
    const AsOf day = 2026y / June / 30;
    list("<code theirs=\"" + composed + "\" ours=\"BA\"/>");
    EXPECT_EQ(load()->toOurs("gso", decomposed, day), "BA");
    list("<code theirs=\"" + decomposed + "\" ours=\"BA\"/>");
    EXPECT_EQ(load()->toOurs("gso", composed, day), "BA");
    list("<code theirs=\"" + decomposed + "\" ours=\"1\"/><code theirs=\"" + composed +
         "\" ours=\"2\"/>");
    EXPECT_THROW(static_cast<void>(load()), base::Fault) << "one text, two meanings";
}

TEST_F(CodeListsTest, aCodeMeansWhatItMeansOnTheDay) {
    list(R"(<code theirs="52" ours="p63-52" valid-until="2025-07-01"/>)"
         R"(<code theirs="52" ours="p34-52" valid-from="2025-07-01"/>
            <code theirs="052" ours="p34-52" only="in"/>)"
         R"(<code theirs="x" ours="p34-1" only="out"/>)");
    using namespace std::chrono;
    const AsOf before = 2025y / June / 30, after = 2025y / July / 1;
    EXPECT_EQ(load()->toOurs("gso", "52", before), "p63-52");
    EXPECT_EQ(load()->toOurs("gso", "52", after), "p34-52");
    EXPECT_EQ(load()->toOurs("gso", "052", after), "p34-52");
    EXPECT_EQ(load()->toTheirs("gso", "p34-52", after), "52");
    EXPECT_EQ(load()->toTheirs("gso", "p63-52", after), std::nullopt);
    EXPECT_EQ(load()->toOurs("gso", "x", after), std::nullopt);
    EXPECT_EQ(load()->toTheirs("gso", "p34-1", after), "x");
    EXPECT_EQ(load()->toOurs("other", "52", after), std::nullopt);
    EXPECT_EQ(load()->toOurs("gso", "52", {}), "p34-52") << "in the end";
    list(R"(<code theirs="1" ours="a" valid-until="2025-07-01"/><code theirs="2" ours="b"/>)");
    EXPECT_EQ(load()->toOurs("gso", "1", before), "a");
    EXPECT_EQ(load()->toOurs("gso", "1", after), std::nullopt);
    EXPECT_NE(base::render(load()->refusalOf("gso", "1", after)).en.find("(its codes: 2)"),
              std::string::npos);
}

TEST_F(CodeListsTest, wrongListsAreFaults) {
    list(R"(<code theirs="1" ours="a"/><code theirs="1" ours="b" valid-from="2025-01-01"/>)");
    EXPECT_THROW(static_cast<void>(load()), base::Fault);
    list(R"(<code theirs="1" ours="a" valid-until="2025-01-02"/>
            <code theirs="1" ours="b" valid-from="2025-01-01"/>)");
    EXPECT_THROW(static_cast<void>(load()), base::Fault);
    for (const auto* until : {"2025-01-01", "2025-02-01"}) {
        list(R"(<code theirs="1" ours="a" valid-from="2025-02-01" valid-until=")" +
             std::string(until) + "\"/>");
        EXPECT_THROW(static_cast<void>(load()), base::Fault) << until;
    }
    list(R"(<code theirs="1" ours="a"/>)");
    const auto before = load()->digest();
    list(R"(<code theirs="1" ours="a"/>)", "again.xml");
    EXPECT_THROW(static_cast<void>(load()), base::Fault);
    std::filesystem::remove(directory_ / "again.xml");
    list(R"(<code theirs="1" ours="b"/>)");
    EXPECT_NE(load()->digest(), before);
}

TEST_F(CodeListsTest, listsOfOtherRoomsStandBesideThem) {
    list(R"(<code theirs="1" ours="a"/>)");
    const CombinedCodeLists all({load(), std::make_shared<TestLists>()});
    EXPECT_TRUE(all.knows("gso"));
    EXPECT_TRUE(all.knows("agency"));
    EXPECT_FALSE(all.knows("none"));
    EXPECT_EQ(all.toOurs("gso", "1", {}), "a");
    EXPECT_EQ(all.toOurs("agency", "G22", {}), "G22");
    EXPECT_EQ(all.toTheirs("agency", "G22", {}), "000.00.00.G22");
    EXPECT_EQ(all.toTheirs("none", "x", {}), std::nullopt);
}

}  // namespace
}  // namespace gateway::mapping
