#include "gateway/exchange/matters/sheet_findings.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "gateway/base/time_format.h"
#include "gateway/exchange/matters/matter_files.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/office_figures.h"
#include "gateway/law/reports/sheet_check.h"

namespace gateway::exchange {

namespace figures = law::figures;

namespace {

using document::Node;
using Cells = std::map<std::string, std::int64_t, std::less<>>;

// The kind of period of a report on all sheets of the country (PeriodReport, TTLT 12/2021 Đ.9.1c).
constexpr std::string_view kJoint = "joint";

std::int64_t numberIn(const Node& node, std::string_view member) {
    std::int64_t number = 0;
    if (const auto* text = node.child(member))
        std::from_chars(text->value.data(), text->value.data() + text->value.size(), number);
    return number;
}

std::string textIn(const Node& node, std::string_view member) {
    const auto* text = node.child(member);
    return text ? text->value : std::string();
}

void addCells(const Node& sheet, Cells& sums) {
    if (const auto* cells = sheet.child("cells"))
        for (const auto& cell : cells->children)
            sums[textIn(cell, "column")] += numberIn(cell, "value");
}

// What was said in a file by messages of these ids.
std::vector<Node> saidIn(store::Cases& cases, const std::string& file,
                         const std::set<std::string>& messages) {
    std::vector<Node> found;
    if (messages.empty()) return found;
    for (const auto& message : cases.messagesOf(file))
        if (messages.contains(message.messageId))
            for (const auto& event : eventsOf(message))
                if (event.act) found.push_back(event.act->content);
    return found;
}

// Of every sheet of the period that was sent up, as it was sent last.
Cells forwardedSums(const ReferenceData& reference, store::Cases& cases, base::Date until) {
    Cells sums;
    for (const auto& agency : reference.directory().all()) {
        const auto id = matterId(law::kPeriod, agency.code + " " + base::formatDate(until));
        const auto kept = cases.find(id);
        if (!kept) continue;
        std::set<std::string> sheets;
        for (const auto& fact : caseFileOf(*kept).facts)
            if (fact.kind == model::FactKind::Forwarded && !fact.struck) sheets.insert(fact.about);
        for (const auto& sheet : saidIn(cases, id, sheets)) addCells(sheet, sums);
    }
    return sums;
}

bool isOtherSum(const Node& report, const Cells& sums) {
    Cells said;
    addCells(report, said);
    return std::ranges::any_of(said, [&](const auto& cell) {
        const auto sum = sums.find(cell.first);
        return cell.second != (sum == sums.end() ? 0 : sum->second);
    });
}

bool isOfColumn(const Node& line, const std::string& column) {
    const auto* columns = line.child("columns");
    if (!columns) return false;
    if (columns->kind == document::Kind::String) return columns->value == column;
    return std::ranges::any_of(columns->children,
                               [&](const Node& one) { return one.value == column; });
}

bool isSameRuling(const Node* left, const Node& right) {
    return left &&
           std::ranges::all_of(
               std::initializer_list<const char*>{"court", "number", "issuedOn"},
               [&](const char* member) { return textIn(*left, member) == textIn(right, member); });
}

// Rulings that the sheet has in that column are the lead's alone, others the counterpart's: what
// both sides count differs by them. Told in words, they are for people to read.
bool explainsItself(const Node& difference, const Node& sheet) {
    const auto* lines = sheet.child("lines");
    if (!lines) return true;
    const auto* rulings = difference.child("rulings");
    if (!rulings) return false;
    if (rulings->kind != document::Kind::Array) return true;
    std::int64_t balance = 0;
    for (const auto& ruling : rulings->children) {
        if (ruling.kind != document::Kind::Object) return true;
        const bool leads = std::ranges::any_of(lines->children, [&](const Node& line) {
            return isOfColumn(line, textIn(difference, "column")) &&
                   isSameRuling(line.child("ruling"), ruling);
        });
        balance += leads ? 1 : -1;
    }
    return balance == numberIn(difference, "leadValue") - numberIn(difference, "counterpartValue");
}

// The differences of a mismatch, held against the sheet that it names.
void judgeDifferences(const Node& mismatch, const Node& sheet,
                      std::set<std::string, std::less<>>& found) {
    Cells cells;
    addCells(sheet, cells);
    for (const auto& line : mismatch.child("lines")->children) {
        const auto cell = cells.find(textIn(line, "column"));
        const auto said = numberIn(line, "leadValue");
        if (cell == cells.end() || cell->second != said ||
            said == numberIn(line, "counterpartValue"))
            found.insert("other-figure");
        else if (!explainsItself(line, sheet))
            found.insert("unnamed");
    }
}

bool isMismatch(const Node& content) {
    const auto* lines = content.child("lines");
    return lines && !lines->children.empty() && lines->children.front().child("leadValue");
}

}  // namespace

std::set<std::string, std::less<>> sheetFindings(const ReferenceData& reference,
                                                 store::Cases& cases, const model::Act& act,
                                                 const model::Matter& matter,
                                                 const model::DeclaredAct& said) {
    std::set<std::string, std::less<>> found;
    const auto& content = said.content;
    const auto* written = content.child("period");
    const auto period = written ? figures::periodIn(*written) : std::nullopt;
    if (written && !period) found.insert("no-period");
    if (content.child("cells")) found.merge(figures::findingsOf(reference.figures(), content));
    // It counts what stands behind it: the list of rulings, at this moment.
    if (period && content.child("cutoff"))
        found.merge(lockFindings(reference, cases, matter, *period, act.recordedAt));
    if (period && textIn(*written, "kind") == kJoint &&
        isOtherSum(content, forwardedSums(reference, cases, period->last())))
        found.insert("other-sum");
    const auto sheet = messageNamedIn(content);
    if (sheet && isMismatch(content))
        for (const auto& one : saidIn(cases, matterId(law::kPeriod, matter.key), {sheet->message}))
            judgeDifferences(content, one, found);
    if (const auto* into = content.child("intoPeriod")) {
        const auto next = figures::periodIn(*into);
        const auto own = figures::periodEnding(matter.day);
        if (!next || !own || !figures::mayCorrect(*own, *next)) found.insert("wrong-period");
    }
    return found;
}

}  // namespace gateway::exchange
