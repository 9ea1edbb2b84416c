#include "gateway/app/printing/data_view.h"

#include <gmock/gmock.h>

#include <fstream>

#include "gateway/base/fault.h"
#include "tests/support/temporary_folder.h"

namespace gateway::app {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class DataViewTest : public testing::Test {
  protected:
    DataViewTest() {
        write("delivered/mappings/agencies/courts.xml", "courts");
        write("delivered/mappings/schemas/mapping.xsd", "schema");
        write("delivered/connectors/court/kind.xml", "rights");
        fs::create_directories(path("local"));
    }
    fs::path path(const std::string& name) const { return folder_.path() / name; }
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories(path(name).parent_path());
        std::ofstream(path(name)) << text;
    }
    static std::string read(const fs::path& file) {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    DataView view() const {
        return {path("delivered/mappings"), path("delivered/connectors"), path("local")};
    }
    std::string fault() const {
        try {
            const auto made = view();
        } catch (const base::Fault& fault) {
            return fault.what();
        }
        return "";
    }
    support::TemporaryFolder folder_;
};

TEST_F(DataViewTest, WithoutALocalFolderTheDeliveredOnesAreRead) {
    const DataView data(path("delivered/mappings"), path("delivered/connectors"), {});
    EXPECT_EQ(data.mappings(), path("delivered/mappings"));
    EXPECT_EQ(data.connectors(), path("delivered/connectors"));
    EXPECT_TRUE(data.local().empty());
    EXPECT_EQ(data.named("x: wrong"), "x: wrong");
}

TEST_F(DataViewTest, ALocalFileStandsInFrontOfItsNameAlone) {
    write("local/mappings/agencies/courts.xml", "our courts");
    write("local/mappings/agencies/communes.xml", "communes");
    write("local/connectors/ward/kind.xml", "ward");
    const auto data = view();
    EXPECT_EQ(read(data.mappings() / "agencies/courts.xml"), "our courts");
    EXPECT_EQ(read(data.mappings() / "agencies/communes.xml"), "communes");
    EXPECT_EQ(read(data.mappings() / "schemas/mapping.xsd"), "schema");
    EXPECT_EQ(read(data.connectors() / "court/kind.xml"), "rights");
    EXPECT_EQ(read(data.connectors() / "ward/kind.xml"), "ward");
    ASSERT_EQ(data.local().size(), 3U);
    EXPECT_EQ(data.local()[0].name, "mappings/agencies/communes.xml");
    EXPECT_FALSE(data.local()[0].replaces);
    EXPECT_EQ(data.local()[1].name, "mappings/agencies/courts.xml");
    EXPECT_TRUE(data.local()[1].replaces);
    EXPECT_FALSE(data.local()[2].replaces);
    EXPECT_EQ(read(path("delivered/mappings/agencies/courts.xml")), "courts");
}

TEST_F(DataViewTest, MessagesNameTheFilesThatPeopleKnow) {
    write("local/mappings/agencies/courts.xml", "our courts");
    const auto data = view();
    const auto in = [&](const char* name) { return (data.mappings() / name).string(); };
    EXPECT_EQ(data.named(in("agencies/courts.xml") + ":3: wrong, " + in("schemas/mapping.xsd")),
              path("local/mappings/agencies/courts.xml").string() + ":3: wrong, " +
                  path("delivered/mappings/schemas/mapping.xsd").string());
    EXPECT_EQ(data.named(in("agencies/more/../courts.xml") + ":7: wrong"),
              path("local/mappings/agencies/courts.xml").string() + ":7: wrong");
    EXPECT_EQ(data.named("in " + in("schemas/more/../mapping.xsd")),
              "in " + path("delivered/mappings/schemas/mapping.xsd").string());
    EXPECT_EQ(data.named(in("agencies/none.xml") + " is wanting"),
              "mappings/agencies/none.xml is wanting");
    EXPECT_EQ(data.seen(path("local/mappings/agencies/courts.xml")), in("agencies/courts.xml"));
    EXPECT_EQ(data.seen("/elsewhere.xml"), "/elsewhere.xml");
}

TEST_F(DataViewTest, LinksAreGoneWithTheView) {
    fs::path folder;
    {
        const auto data = view();
        folder = data.mappings().parent_path();
        EXPECT_TRUE(fs::exists(folder));
    }
    EXPECT_FALSE(fs::exists(folder));
    EXPECT_TRUE(fs::exists(path("delivered/mappings/agencies/courts.xml")));
}

TEST_F(DataViewTest, WhatWouldHaveNoEffectIsAFault) {
    write("local/mapping/agencies/courts.xml", "mistyped");
    EXPECT_THAT(fault(), HasSubstr(path("local/mapping").string() + " has no effect"));
    fs::remove_all(path("local"));
    EXPECT_THAT(fault(), HasSubstr("there is no folder " + path("local").string()));
}

TEST_F(DataViewTest, WhatEditorsLeaveIsPassedOver) {
    write("local/.git/HEAD", "x");
    write("local/README.md", "ours");
    write("local/mappings/agencies/.courts.xml.swp", "half");
    EXPECT_TRUE(view().local().empty());
}

}  // namespace
}  // namespace gateway::app
