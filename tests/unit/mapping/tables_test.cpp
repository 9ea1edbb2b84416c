// A mapping of a table: which tables it takes, what a row says, and where a problem stands.

#include "gateway/mapping/tables.h"

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {
namespace {

const std::string kTable = R"(<table separator="," header-row="2"/>)";
const std::string kRules = R"(
  <field theirs="'Số bản án'" ours="a" required="yes"/>
  <field theirs="Ngày" ours="b" as="date dd/MM/yyyy or yyyy-MM-dd"/>
  <ignore theirs="STT" why="số thứ tự"/>)";

std::string mappingOf(const std::string& head, const std::string& table) {
    return R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t" version="1" message="Ping" )" + head +
           "><accept when=\"exists 'Số bản án'\"/>" + table + "<body>" + kRules +
           "</body></mapping>";
}

class TablePlan : public MappingTest {
  protected:
    std::shared_ptr<const Plan> compiled(const std::string& text) {
        return Plan::compile(write("mapping.xml", text), language(), TestShape(),
                             std::make_shared<TestLists>());
    }
    std::shared_ptr<const Plan> tablePlan() {
        return compiled(mappingOf(R"(theirs="table" direction="in")", kTable));
    }
};

document::Table tableOf(const Plan& plan, std::string_view text) {
    auto table = document::readTable(text, document::TableForm::Csv, *plan.table());
    EXPECT_TRUE(table.ok()) << base::render(table.error()).en;
    return std::move(table).value();
}

TEST_F(TablePlan, SaysWhereItsTableStands) {
    const auto plan = tablePlan();
    ASSERT_TRUE(plan->table());
    EXPECT_EQ(plan->table()->separator, ',');
    EXPECT_EQ(plan->table()->headerRow, 2U);
    const auto plain = compiled(mappingOf(R"(theirs="table" direction="in")", ""));
    EXPECT_EQ(plain->table()->separator, ';');
    EXPECT_FALSE(compiled(mappingOf(R"(theirs="json" direction="in")", ""))->table());
}

TEST_F(TablePlan, IsRefusedWhereItCannotBe) {
    EXPECT_THROW(compiled(mappingOf(R"(theirs="json" direction="in")", kTable)), base::Fault);
}

TEST_F(TablePlan, WritesRowsThatAnOfficeOpens) {
    EXPECT_THROW(compiled(mappingOf(R"(theirs="table")", kTable)), base::Fault) << "header-row 2";
    const auto one = compiled(mappingOf(R"(theirs="table")", R"(<table separator=","/>)"));
    const auto text = one->write(jsonContent(R"({"a":"12,5","b":"2026-02-01"})").tree.root, {});
    EXPECT_EQ(text, "\xEF\xBB\xBFSố bản án,Ngày\r\n\"12,5\",01/02/2026\r\n");
    EXPECT_EQ(document::writeJson(tableOf(*one, text).root),
              R"({"rows":[{"Số bản án":"12,5","Ngày":"01/02/2026"}]})");
    const auto list = compiled(
        R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t" version="1" message="Ping" theirs="table")"
        R"( direction="out"><body><each theirs="rows" ours="list[]">)"
        R"(<field theirs="Tên" ours="name"/>)"
        R"(<field theirs="Số" ours="no" as="integer"/></each></body></mapping>)");
    EXPECT_EQ(list->write(
                  jsonContent(R"({"list":[{"name":"một"},{"name":"hai","no":2}]})").tree.root, {}),
              "\xEF\xBB\xBFTên;Số\r\nmột;\r\nhai;2\r\n");
}

TEST_F(TablePlan, TakesATableByItsHeadersAlone) {
    const auto plan = tablePlan();
    EXPECT_TRUE(acceptsTable(*plan, tableOf(*plan, "T\nSố bản án,Ngày\n")));
    EXPECT_FALSE(acceptsTable(*plan, tableOf(*plan, "T\nSố,Ngày\nSố bản án,1\n")));
}

TEST_F(TablePlan, ReadsARowAndPlacesItsProblems) {
    const auto plan = tablePlan();
    const auto table =
        tableOf(*plan, "T\nSTT,Ngày,Số bản án,Màu\n1,2026-02-01,12,\n2,31/02/2026,13,\n3,,,đỏ\n");
    ASSERT_EQ(table.rows().size(), 3U);
    const auto read = [&](std::size_t i) { return plan->read(rowContent(table.rows()[i]), {}); };
    const auto good = read(0);
    ASSERT_TRUE(good.ok());
    EXPECT_EQ(document::writeJson(good->ours), R"({"a":"12","b":"2026-02-01"})");
    const auto date = read(1);
    ASSERT_FALSE(date.ok());
    const auto placed = placedInTable(date.error().front(), table, 4);
    EXPECT_EQ(placed.path, "/rows/4/Ngày");
    EXPECT_EQ(placed.position, (base::Position{4, 2}));
    EXPECT_EQ(placeWords(placed.position, table).vi, "hàng 4, cột B “Ngày”");
    EXPECT_EQ(placeWords(placed.position, table).en, "row 4, column B “Ngày”");
    const auto missing = read(2);
    ASSERT_FALSE(missing.ok());
    std::vector<std::string> told;
    for (const auto& problem : missing.error()) {
        const auto at = placedInTable(problem, table, 5);
        told.push_back(std::string(entryOf(at.code).name) + " " + at.path + " " +
                       document::columnLetters(at.position.column));
    }
    std::sort(told.begin(), told.end());
    EXPECT_EQ(told, (std::vector<std::string>{"MAPPING_REQUIRED /rows/5/Số bản án C",
                                              "MAPPING_UNKNOWN_NODE /rows/5/Màu D"}));
}

TEST_F(TablePlan, GivesARowADigestOfWhatItSays) {
    const auto plan = tablePlan();
    const auto one = tableOf(*plan, "T\nSố bản án,Ngày\n12,1\n13,1\n12,1\n");
    EXPECT_EQ(rowDigest(one.rows()[0]), rowDigest(one.rows()[2])) << "not where it stands";
    EXPECT_FALSE(rowDigest(one.rows()[0]) == rowDigest(one.rows()[1]));
    EXPECT_EQ(rowDigest(one.rows()[0]).hex(),
              document::sha256(R"({"Số bản án":"12","Ngày":"1"})").hex());
}

}  // namespace
}  // namespace gateway::mapping
