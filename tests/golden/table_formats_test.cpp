// The formats whose messages are rows of a table: what CSV and XLSX say alike is read alike, and
// what is wrong is told at its row and column.

#include <gtest/gtest.h>

#include "gateway/document/json.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/tables.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace document = gateway::document;
namespace mapping = gateway::mapping;
using document::Node;
using mapping::Problems;

constexpr auto kDayOfTheSamples = std::chrono::year(2026) / 12 / 31;

class TableFormats : public testing::TestWithParam<FormatDirectory> {
  protected:
    const mapping::Plan& plan() const {
        const auto* const found = formatsInService().find(GetParam().id);
        if (found == nullptr) throw std::runtime_error("no mapping has the id " + GetParam().id);
        return *found;
    }
    document::Table tableOf(const std::filesystem::path& file) const {
        const auto form =
            file.extension() == ".csv" ? document::TableForm::Csv : document::TableForm::Xlsx;
        auto table = document::readTable(bytesOf(file), form, *plan().table());
        if (!table) throw std::runtime_error(render(table.error()).en);
        return std::move(table).value();
    }
    // The road of one row through the mapping room.
    Problems problemsOf(const document::Table& table, const Node& row, Node& ours) const {
        const auto number = row.position.line;
        if (auto faults = mapping::cellFaultsOf(table, number); !faults.empty()) return faults;
        auto values = GetParam().exchange();
        values["messageId"] = "table-" + std::to_string(number);
        auto mapped = plan().read(mapping::rowContent(row), values, mapping::Detail::All);
        if (!mapped) return mapped.error();
        ours = std::move(mapped->ours);
        EXPECT_EQ(mapped->report.count(mapping::NodeUse::Unknown), 0U);
        if (const auto* act = gateway::exchange::declaredIn(lawInService(), ours))
            if (auto found = gateway::exchange::judgeDeclared(*act, row, ours, kDayOfTheSamples);
                !found.empty())
                return found;
        auto message = mapping::bindMessage(ours);
        return message ? Problems() : message.error();
    }
    // Every row with what it says or why not.
    Node verdictOf(const std::filesystem::path& file) const {
        const auto table = tableOf(file);
        Node rows = document::arrayNode();
        for (const auto& row : table.rows()) {
            Node& told = rows.children.emplace_back(document::objectNode());
            document::addNumber(told, "row", row.position.line);
            Node ours;
            const auto problems = problemsOf(table, row, ours);
            if (problems.empty()) {
                ours.name = "ours";
                told.children.push_back(std::move(ours));
                continue;
            }
            Node reasons = document::arrayNode("reasons");
            for (const auto& problem : problems) {
                const auto placed = mapping::placedInTable(problem, table, row.position.line);
                Node& reason = reasons.children.emplace_back(document::objectNode());
                document::addText(reason, "code", std::string(entryOf(placed.code).name));
                document::addText(reason, "path", placed.path);
                document::addText(reason, "place", mapping::placeWords(placed.position, table).vi);
            }
            told.children.push_back(std::move(reasons));
        }
        return rows;
    }
    void expectVerdict(const std::filesystem::path& file, const Node& verdict) const {
        const auto expectation = GetParam().expectationOf(file);
        if (accepting() && comparable(verdict) != comparableFile(expectation))
            accept(expectation, verdict);
        EXPECT_EQ(comparable(verdict), comparableFile(expectation)) << file;
    }
};

TEST_P(TableFormats, ReadWhatTheyShould) {
    const auto samples = GetParam().samples("ok-");
    EXPECT_GE(samples.size(), 2U) << "CSV and XLSX";
    for (const auto& file : samples) {
        EXPECT_TRUE(mapping::acceptsTable(plan(), tableOf(file))) << file;
        const auto verdict = verdictOf(file);
        for (const auto& row : verdict.children)
            EXPECT_TRUE(row.child("ours")) << file << document::writeJson(row);
        expectVerdict(file, verdict);
    }
}

TEST_P(TableFormats, RefuseRowsAtTheirPlace) {
    const auto samples = GetParam().samples("bad-");
    EXPECT_FALSE(samples.empty());
    for (const auto& file : samples) {
        const auto verdict = verdictOf(file);
        std::size_t refused = 0;
        for (const auto& row : verdict.children) refused += row.child("reasons") ? 1U : 0U;
        EXPECT_GT(refused, 0U) << file;
        expectVerdict(file, verdict);
    }
}

TEST_P(TableFormats, TakeNoOtherTable) {
    const auto other = document::readTable("Số bản án;Màu\n1;đỏ\n", document::TableForm::Csv);
    ASSERT_TRUE(other.ok());
    EXPECT_FALSE(mapping::acceptsTable(plan(), *other));
}

std::vector<FormatDirectory> tableFormats() {
    auto formats = formatDirectories();
    std::erase_if(formats, [](const auto& format) { return !isTableFormat(format); });
    return formats;
}

INSTANTIATE_TEST_SUITE_P(Mappings, TableFormats, testing::ValuesIn(tableFormats()),
                         [](const auto& one) {
                             std::string name = one.param.id;
                             for (char& c : name)
                                 if (c == '/' || c == '-') c = '_';
                             return name;
                         });

}  // namespace
}  // namespace golden
