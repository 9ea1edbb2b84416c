#include "gateway/mapping/tables.h"

#include <utility>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"

namespace gateway::mapping {
namespace {

// The first step of a path in a row: of a JSON Pointer (RFC 6901) with its escapes undone, or, of
// what is missing, a name in quotes as its rule has it.
std::string firstStep(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.starts_with('\'')) return std::string(path.substr(1, path.find('\'', 1) - 1));
    std::string step;
    for (std::size_t i = 0; i < path.size() && path[i] != '/'; ++i) {
        const bool escape = path[i] == '~' && i + 1 < path.size();
        if (escape) ++i;
        step.push_back(!escape ? path[i] : path[i] == '1' ? '/' : '~');
    }
    return step;
}

}  // namespace

bool acceptsTable(const Plan& plan, const document::Table& table) {
    GW_CHECK(plan.table().has_value());
    auto headers = document::objectNode();
    for (const auto& column : table.columns)
        headers.children.push_back(document::stringNode(column.name, column.name));
    return plan.accepts(rowContent(headers));
}

document::Content rowContent(const document::Node& row) {
    return {{document::Form::Json, row}, std::nullopt};
}

document::Digest rowDigest(const document::Node& row) {
    return document::sha256(document::writeJson(row));
}

Problems cellFaultsOf(const document::Table& table, std::uint32_t row) {
    Problems faults;
    for (const auto& fault : table.cellFaults)
        if (fault.position.line == row && faults.size() < kMostProblems) faults.push_back(fault);
    return faults;
}

base::Problem placedInTable(base::Problem problem, const document::Table& table,
                            std::uint32_t row) {
    const auto name = firstStep(problem.path);
    if (const auto column = table.numberOf(name); column != 0) {
        problem.path = "/rows/" + std::to_string(row) + "/" + name;
        problem.position.column = column;
    }
    problem.position.line = row;
    return problem;
}

base::Words placeWords(base::Position at, const document::Table& table) {
    const auto row = std::to_string(at.line);
    base::Words words{"hàng " + row, "row " + row};
    if (at.column == 0) return words;
    const auto letters = document::columnLetters(at.column);
    words.vi += ", cột " + letters;
    words.en += ", column " + letters;
    if (const auto name = table.nameAt(at.column); !name.empty()) {
        words.vi += " “" + std::string(name) + "”";
        words.en += " “" + std::string(name) + "”";
    }
    return words;
}

}  // namespace gateway::mapping
