// What a mapping says of what a message leaves out: read, checked and told apart when loaded.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

model::DeclaredShapes acts() {
    using enum document::Kind;
    model::DeclaredShapes shapes;
    shapes.types = {"Report", "Order"};
    shapes.members = {{"report", {Object, {}}},
                      {"report/number", {String, {}}},
                      {"report/ground", {String, {}, false, true}},
                      {"report/items", {Array, {}}},
                      {"report/items[]", {Object, {}}},
                      {"report/items[]/no", {Number, {}}},
                      {"report/items[]/reason", {String, {}, false, true}},
                      {"report/items[]/until", {String, {}, false, true}},
                      {"order", {Object, {}}},
                      {"order/number", {String, {}}}};
    return shapes;
}

class AbsenceTest : public MappingTest {
  protected:
    std::shared_ptr<const Plan> load(const std::string& head, const std::string& rules,
                                     const std::string& message = "Report") {
        const auto file =
            write("absent.xml",
                  R"(<mapping xmlns="urn:thahc:mapping:1" id="t/absent" version="1" message=")" +
                      message + R"(" theirs="json" addressee="none" )" + head +
                      R"(><accept when="exists number"/><body>
                  <constant ours="envelope/type" value=")" +
                      message + R"("/>
                  <field theirs="$exchange/gateway" ours="envelope/to" direction="in"/>
                  <field theirs="$exchange/messageId" ours="envelope/id" direction="in"/>
                  <field theirs="$exchange/createdAt" ours="envelope/created" as="moment"
                         direction="in"/>)" +
                      rules + "</body></mapping>");
        const ModelShape shape(acts());
        return Plan::compile(file, language(), shape, std::make_shared<TestLists>());
    }
    std::string fault(const std::string& head, const std::string& rules,
                      const std::string& message = "Report") {
        try {
            static_cast<void>(load(head, rules, message));
        } catch (const base::Fault& fault) {
            return fault.what();
        }
        return {};
    }
};

constexpr const char* kRules = R"(
  <group ours="report">
    <field theirs="number" ours="number" required="yes"/>
    <field theirs="ground" ours="ground"/>
    <each theirs="items" ours="items[]">
      <field theirs="no" ours="no" as="integer" required="yes"/>
      <field theirs="reason" ours="reason" absent="withdrawn"/>
      <field theirs="until" ours="until"/>
    </each>
  </group>)";

using Places = std::vector<std::string>;

TEST_F(AbsenceTest, theMappingSaysAndARuleMaySayOtherwise) {
    EXPECT_EQ(load("", kRules)->unchangedWhenAbsent(), Places());
    EXPECT_EQ(load(R"(absent="withdrawn")", kRules)->unchangedWhenAbsent(), Places());
    EXPECT_EQ(load(R"(absent="unchanged")", kRules)->unchangedWhenAbsent(),
              (Places{"report/ground", "report/items[]/until"}));
    std::string inList = kRules;
    inList.replace(inList.find("ours=\"items[]\""), 14, "ours=\"items[]\" absent=\"unchanged\"");
    EXPECT_EQ(load("", inList)->unchangedWhenAbsent(), Places{"report/items[]/until"});
}

TEST_F(AbsenceTest, whereItCouldMeanNothingItIsRefused) {
    const std::string order =
        R"(<group ours="order"><field theirs="number" ours="number"/></group>)";
    EXPECT_NE(fault(R"(absent="unchanged")", order, "Order").find("no Order changes an earlier"),
              std::string::npos);
    EXPECT_EQ(fault(R"(absent="withdrawn")", order, "Order"), "");
    EXPECT_NE(fault(R"(absent="unchanged" direction="out")", order, "Order")
                  .find("where a message of the case model is read"),
              std::string::npos);
    const auto number = [&](const std::string& attributes) {
        return fault("", R"(<group ours="report"><field theirs="number" ours="number" )" +
                             attributes + "/></group>");
    };
    EXPECT_NE(number(R"(absent="unchanged")").find("lets nothing of \"report/number\" stay"),
              std::string::npos);
    EXPECT_NE(number(R"(absent="unchanged" required="yes")").find("required is never absent"),
              std::string::npos);
    EXPECT_NE(number(R"(absent="withdrawn" direction="out")").find("when theirs is read"),
              std::string::npos);
}

}  // namespace
}  // namespace gateway::mapping
