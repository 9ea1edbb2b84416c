// The examples of mappings/README.md do what it says.

#include "gateway/mapping/binding.h"
#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

const std::filesystem::path kGolden = kSource / "tests/golden/mapping";

std::string pretty(const document::Node& node) { return document::writeJsonPretty(node); }

class TourTest : public MappingTest {
  protected:
    static std::shared_ptr<const Plan> tour(const std::string& name) {
        return Plan::compile(kGolden / name / "mapping.xml", language(), ModelShape(),
                             std::make_shared<TestLists>());
    }
    static document::Node ours(const Plan& plan, const document::Content& content,
                               const ExchangeValues& exchange = {}) {
        auto mapped = plan.read(content, exchange);
        if (!mapped.ok()) {
            for (const auto& problem : mapped.error()) ADD_FAILURE() << base::render(problem).en;
            return {};
        }
        return std::move(mapped->ours);
    }
    // `sample` is accepted and means what the file beside it says.
    static document::Node asExpected(const Plan& plan, const document::Content& content,
                                     const std::string& sample,
                                     const ExchangeValues& exchange = {}) {
        EXPECT_TRUE(plan.accepts(content));
        auto node = ours(plan, content, exchange);
        EXPECT_EQ(pretty(node), fileText(kGolden / (sample + ".expected.json")));
        return node;
    }
};

TEST_F(TourTest, readsTheXmlExample) {
    const auto plan = tour("tour-xml");
    const auto content = xmlContent(fileText(kGolden / "tour-xml/ok-ruling.xml"));
    const auto node = asExpected(*plan, content, "tour-xml/ok-ruling", {{"gateway", "thahc/test"}});
    EXPECT_TRUE(bindMessage(node).ok());
}

TEST_F(TourTest, writesTheXmlExampleAndReadsTheSameBack) {
    const auto plan = tour("tour-xml");
    const auto node = ours(*plan, xmlContent(fileText(kGolden / "tour-xml/ok-ruling.xml")),
                           {{"gateway", "thahc/test"}});
    const auto written = plan->write(node, {});
    const auto again = ours(*plan, xmlContent(written), {{"gateway", "thahc/test"}});
    EXPECT_EQ(pretty(again), pretty(node));
}

TEST_F(TourTest, readsAndWritesTheExampleThatHasASchemaOfItsOwn) {
    const auto plan = tour("tour-own");
    const auto content = xmlContent(fileText(kGolden / "tour-own/ok-filing.xml"));
    const auto node = asExpected(*plan, content, "tour-own/ok-filing");
    const auto written = plan->write(node, {});
    EXPECT_EQ(pretty(ours(*plan, xmlContent(written))), pretty(node));
    EXPECT_LT(written.find("<Code>01"), written.find("<Text>Quy"));
}

TEST_F(TourTest, readsTheJsonExample) {
    const auto plan = tour("tour-json");
    const auto content = jsonContent(fileText(kGolden / "tour-json/ok-document.json"));
    EXPECT_TRUE(bindMessage(asExpected(*plan, content, "tour-json/ok-document")).ok());
}

TEST_F(TourTest, writesTheJsonExampleAndReadsTheSameBack) {
    const auto plan = tour("tour-json");
    const auto node = ours(*plan, jsonContent(fileText(kGolden / "tour-json/ok-document.json")));
    EXPECT_EQ(pretty(ours(*plan, jsonContent(plan->write(node, {})))), pretty(node));
}

}  // namespace
}  // namespace gateway::mapping
