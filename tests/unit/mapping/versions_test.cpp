#include "gateway/mapping/versions.h"

#include "gateway/mapping/mappings.h"
#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

using namespace std::chrono;

constexpr base::Date kJune = 2026y / June / 30, kJuly = 2026y / July / 1;

class VersionsTest : public MappingTest {
  protected:
    VersionsTest() {
        std::filesystem::create_directories(directory_ / "schemas");
        std::filesystem::create_directories(directory_ / "a");
        std::filesystem::copy_file(kSource / "mappings/schemas/mapping.xsd",
                                   directory_ / "schemas/mapping.xsd",
                                   std::filesystem::copy_options::skip_existing);
    }
    // Reads {"k": kind} only.
    void add(const std::string& file, const std::string& version, const std::string& days = "",
             const std::string& kind = "x") {
        std::string text = R"(<mapping xmlns="urn:thahc:mapping:1" id="a/one" version=")";
        text.append(version).append(R"(" message="Ping" theirs="json" )").append(days);
        text.append("><accept when=\"k = '" + kind + "'\"/><body><constant theirs=\"k\" value=\"" +
                    kind + "\"/></body></mapping>");
        write("a/" + file, text);
    }
    std::shared_ptr<const Mappings> load() {
        return Mappings::load(directory_, TestShape(), nullptr, choices_);
    }
    std::string faultOf() {
        try {
            static_cast<void>(load());
        } catch (const base::Fault& fault) {
            return fault.what();
        }
        return "";
    }
    static std::string versions(const std::vector<const Plan*>& plans) {
        std::string names;
        for (const auto* plan : plans) names += plan->version() + " ";
        return names;
    }
    std::string readers(const std::string& name, base::Date day, const std::string& kind = "x") {
        const auto content = jsonContent(R"({"k":")" + kind + R"("})");
        return versions(load()->candidates({name}, content, day));
    }
    void activate(const std::string& version) {
        const auto mappings = load();
        const auto digest = mappings->find("a/one@" + version)->digest().hex();
        auto& activated = choices_["a/one"].activated;
        std::erase_if(activated, [&](const auto& one) { return one.version == version; });
        activated.insert(activated.begin(), {version, digest});
    }

    VersionChoices choices_;
};

TEST_F(VersionsTest, anUndatedVersionWaitsUntilItIsNamedOrActivated) {
    add("mapping.xml", "1");
    add("mapping-2.xml", "2");
    EXPECT_EQ(readers("a/one", kJune), "1 ");
    EXPECT_EQ(readers("a/one@2", kJune), "2 ");
    EXPECT_EQ(readers("a/one@1", kJune), "1 ");
    EXPECT_EQ(readers("a/one@3", kJune), "");
    EXPECT_EQ(versions(load()->all()), "1 2 ");
    const auto before = load()->digest();
    activate("2");
    EXPECT_EQ(readers("a/one", kJune), "2 ");
    EXPECT_EQ(load()->find("a/one", kJune)->version(), "2") << "reading and writing are one choice";
    EXPECT_NE(load()->digest(), before);
    EXPECT_EQ(load()->find("a/one")->name(), "a/one@2");
}

TEST_F(VersionsTest, theLatestActivatedComesFirst) {
    add("mapping.xml", "1");
    add("mapping-2.xml", "2");
    add("mapping-3.xml", "3");
    activate("2");
    activate("3");
    EXPECT_EQ(versions(load()->versionsOf("a/one")), "3 2 1 ");
    choices_["a/one"].activated.erase(choices_["a/one"].activated.begin());
    EXPECT_EQ(versions(load()->versionsOf("a/one")), "2 1 ");
    activate("1");
    EXPECT_EQ(versions(load()->versionsOf("a/one")), "1 2 ") << "the first one, put in front";
}

TEST_F(VersionsTest, datedVersionsTakeTurnsByThemselves) {
    add("mapping.xml", "1", R"(valid-until="2026-07-01")");
    add("mapping-2.xml", "2", R"(valid-from="2026-07-01")");
    EXPECT_EQ(readers("a/one", kJune), "1 ");
    EXPECT_EQ(readers("a/one", kJuly), "2 ");
    EXPECT_EQ(readers("a/one@1", kJuly), "") << "named, and over";
    EXPECT_EQ(readers("a/one@2", kJune), "") << "named, and not begun";
    choices_["a/one"].withdrawn = {"2"};
    EXPECT_EQ(readers("a/one", kJuly), "");
    EXPECT_EQ(readers("a/one@2", kJuly), "2 ") << "who names it has it";
    add("mapping.xml", "1");
    EXPECT_EQ(readers("a/one", kJuly), "1 ");
}

TEST_F(VersionsTest, whatTheNewestDoesNotAcceptIsReadByTheNext) {
    add("mapping.xml", "1", "", "x");
    add("mapping-2.xml", "2", "", "y");
    activate("2");
    EXPECT_EQ(readers("a/one", kJune, "y"), "2 ");
    EXPECT_EQ(readers("a/one", kJune, "x"), "1 ");
}

TEST_F(VersionsTest, refusesWhatWouldBeAmbiguous) {
    add("mapping.xml", "1");
    std::filesystem::create_directories(directory_ / "b");
    const auto text = [&](const std::string& version, const std::string& days) {
        add("other.xml", version, days);
        std::filesystem::rename(directory_ / "a/other.xml", directory_ / "b/mapping.xml");
    };
    text("1", "");
    EXPECT_NE(faultOf().find("there is another mapping \"a/one@1\""), std::string::npos);
    text("2", "");
    EXPECT_NE(faultOf().find("begin on one day"), std::string::npos) << faultOf();
    text("2", R"(valid-until="2026-07-01")");
    EXPECT_NE(faultOf().find("begin on one day"), std::string::npos) << faultOf();
    text("2", R"(valid-from="2026-07-01")");
    EXPECT_EQ(faultOf(), "");
    choices_["a/one"].withdrawn = {"1"};
    text("2", "");
    EXPECT_EQ(faultOf(), "") << "one of them serves nobody";
}

TEST_F(VersionsTest, anActivatedVersionIsTheFileThatWasJudged) {
    add("mapping.xml", "1");
    add("mapping-2.xml", "2");
    activate("2");
    EXPECT_EQ(faultOf(), "");
    add("mapping-2.xml", "2", "", "y");
    EXPECT_NE(faultOf().find("activate it again"), std::string::npos) << faultOf();
    std::vector<std::string> faults;
    const auto usable = Mappings::loadUsable(directory_, TestShape(), nullptr, faults, choices_);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(usable->find("a/one"), nullptr) << "neither the changed one nor an older one";
    std::filesystem::remove(directory_ / "a/mapping-2.xml");
    EXPECT_NE(faultOf().find("is not there"), std::string::npos) << faultOf();
}

TEST_F(VersionsTest, refusesAPeriodOfNoDay) {
    add("mapping.xml", "1", R"(valid-from="2026-07-01" valid-until="2026-07-01")");
    EXPECT_NE(faultOf().find("valid-until"), std::string::npos) << faultOf();
    add("mapping.xml", "1 2");
    EXPECT_NE(faultOf().find("version"), std::string::npos) << faultOf();
}

}  // namespace
}  // namespace gateway::mapping
