#include "connectors/simulator/year/reconciliation.h"

#include <algorithm>
#include <set>

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"

namespace gateway::simulator {
namespace {

using base::Date;
using document::Node;

// Months from 01/10, and the days on which they end (Đ.6).
constexpr std::pair<int, std::pair<unsigned, unsigned>> kPeriods[] = {
    {3, {12, 31}}, {6, {3, 31}}, {10, {7, 31}}, {12, {9, 30}}};

Node object() { return document::objectNode(); }

void addNumber(Node& node, const char* name, std::int64_t value) {
    node.children.push_back(document::numberNode(name, std::to_string(value)));
}

void addAll(Node& node, const char* name, std::vector<Node> items) {
    Node list = document::arrayNode(name);
    list.children = std::move(items);
    node.children.push_back(std::move(list));
}

void addObject(Node& node, const char* name, Node value) {
    value.name = name;
    node.children.push_back(std::move(value));
}

Node rulingNode(const model::RulingReference& reference) {
    auto node = object();
    document::addText(node, "court", reference.court);
    document::addText(node, "number", reference.number);
    document::addText(node, "issuedOn", base::formatDate(reference.issuedOn));
    return node;
}

Node signers(const std::string& name, const std::string& position) {
    auto one = object();
    document::addText(one, "name", name);
    document::addText(one, "position", position);
    Node list = document::arrayNode("signers");
    list.children.push_back(std::move(one));
    return list;
}

std::vector<Node> cellsOf(const Columns& columns) {
    std::vector<Node> cells;
    for (const auto& [id, column] : columns) {
        if (!id.starts_with("A") && !id.starts_with("B")) continue;
        auto cell = object();
        document::addText(cell, "column", id);
        addNumber(cell, "value", column.value);
        cells.push_back(std::move(cell));
    }
    return cells;
}

// As figures name a ruling: "41/2025/HC-ST ngày 28/08/2025".
std::string shown(const model::RulingReference& reference) {
    return reference.number + " ngày " + base::formatDayMonthYear(reference.issuedOn);
}

}  // namespace

// The sheet as an act speaks of it: by message and digest.
Node Reconciliation::about(const Sheet& sheet) {
    auto named = object();
    document::addText(named, "message", sheet.message);
    document::addText(named, "sha256", sheet.sha256);
    auto content = object();
    addObject(content, "sheet", std::move(named));
    return content;
}

Reconciliation::Reconciliation(YearPlay& play, const Reckoner& reckoner, Date begin) :
    play_(play), reckoner_(reckoner), begin_(begin) {
    std::set<std::pair<std::string, std::string>> pairs;
    for (const auto& life : play.lives)
        pairs.emplace(life.agency("court-first"), life.agency("thads"));
    for (const auto& [months, monthAndDay] : kPeriods) {
        const auto year =
            monthAndDay.first > 9 ? begin.year() : begin.year() + std::chrono::years(1);
        const Date until =
            year / std::chrono::month(monthAndDay.first) / std::chrono::day(monthAndDay.second);
        for (const auto& [court, thads] : pairs) {
            Sheet sheet;
            sheet.court = court;
            sheet.thads = thads;
            sheet.until = until;
            sheet.months = months;
            sheet.lockOn = workingDay(until, 1);
            sheet.sendOn = workingDay(sheet.lockOn, 1);
            sheet.answerOn = workingDay(sheet.sendOn, 1);
            sheet.sendAgainOn = workingDay(sheet.answerOn, 4);
            sheet.signOn = workingDay(sheet.sendAgainOn, 1);
            sheet.forwardOn = workingDay(sheet.signOn, 1);
            reports_[workingDay(sheet.forwardOn, 3)] = {until, months};
            sheets_.push_back(std::move(sheet));
        }
    }
}

Date Reconciliation::workingDay(Date from, int count) const {
    const auto& calendar = play_.world.reference.agencies->law().calendar();
    for (; count > 0; --count) from = calendar.workingDayFrom(base::dayAfter(from));
    return from;
}

Date Reconciliation::lastDay() const { return reports_.rbegin()->first; }

const Life* Reconciliation::lifeOf(const std::string& ruling) const {
    const auto found = std::ranges::find_if(
        play_.lives, [&](const Life& life) { return shown(life.ruling.reference) == ruling; });
    return found == play_.lives.end() ? nullptr : &*found;
}

void Reconciliation::onDay(Date today) {
    for (auto& sheet : sheets_) {
        if (today == sheet.lockOn) {
            list(sheet);
            lock(sheet);
        }
        if (today == sheet.sendOn) send(sheet, false);
        if (today == sheet.answerOn) answer(sheet);
        if (sheet.disputed && today == sheet.sendAgainOn) send(sheet, true);
        if (!sheet.hasSigned && today == sheet.signOn) sign(sheet);
        if (today == sheet.forwardOn) forward(sheet);
    }
    if (const auto due = reports_.find(today); due != reports_.end())
        consolidate(due->second.first, due->second.second);
}

Answer Reconciliation::say(const Sheet& sheet, const std::string& agency, const std::string& type,
                           Node content) {
    auto& account = play_.world.account;
    auto answer = play_.say(agency, type, std::move(content), {},
                            sheet.court + " " + base::formatDate(sheet.until));
    account.tell(base::formatDayMonthYear(play_.today()) + "  " +
                 padded(std::to_string(sheet.months) + " tháng/months", 24) + padded(type, 26) +
                 play_.world.name(agency));
    return answer;
}

Node Reconciliation::periodOf(const Sheet& sheet, const std::string& kind) const {
    auto period = object();
    document::addText(period, "from", base::formatDate(begin_));
    document::addText(period, "until", base::formatDate(sheet.until));
    if (!kind.empty()) document::addText(period, "kind", kind);
    return period;
}

// What the court says that it has sent until then.
void Reconciliation::list(const Sheet& sheet) {
    std::vector<Node> lines;
    for (const auto& life : play_.lives) {
        if (life.agency("court-first") != sheet.court) continue;
        for (const auto& listed : life.listed) {
            if (listed.until > sheet.until) continue;
            auto line = object();
            addObject(line, "ruling", rulingNode(life.ruling.reference));
            document::addText(
                line, "class",
                life.acts.front().type == "InterimMeasure" ? "interim-measure" : "first-instance");
            document::addText(line, "sentOn", base::formatDate(listed.sentOn));
            document::addText(line, "form", listed.form);
            lines.push_back(std::move(line));
        }
    }
    auto content = object();
    document::addText(content, "court", sheet.court);
    document::addText(content, "enforcement", sheet.thads);
    addObject(content, "period", periodOf(sheet, {}));
    addAll(content, "lines", std::move(lines));
    say(sheet, sheet.court, "CourtTransferList", std::move(content));
}

void Reconciliation::lock(Sheet& sheet) {
    const auto& root = play_.world.directory.root();
    const auto now = play_.world.clock.now();
    sheet.columns =
        reckoner_.count("--store", root / "gateway.db", sheet.court,
                        static_cast<int>(begin_.year()) + 1, sheet.months, std::nullopt);
    auto content = object();
    document::addText(content, "office", sheet.thads);
    addObject(content, "period", periodOf(sheet, std::to_string(sheet.months)));
    document::addText(content, "cutoff", base::formatTimestamp(now));
    std::string counted;
    for (const auto& [id, column] : sheet.columns) counted += id + std::to_string(column.value);
    document::addText(content, "snapshot", document::sha256(counted).hex());
    const auto receipt = say(sheet, sheet.thads, "PeriodLocked", std::move(content));
    sheet.lock = receipt.text("messageId");
}

Node Reconciliation::linesOf(const Sheet& sheet, bool explained) const {
    std::map<std::string, std::vector<std::string>> columnsOf;
    for (const auto& [id, column] : sheet.columns)
        if (id.starts_with("A") || id.starts_with("B"))
            for (const auto& ruling : column.rulings) columnsOf[ruling].push_back(id);
    Node lines = document::arrayNode("lines");
    for (const auto& [ruling, columns] : columnsOf) {
        const auto* life = lifeOf(ruling);
        if (!life) continue;
        auto line = object();
        addObject(line, "ruling", rulingNode(life->ruling.reference));
        Node names = document::arrayNode("columns");
        for (const auto& id : columns) names.children.push_back(document::stringNode("", id));
        line.children.push_back(std::move(names));
        const bool open = std::ranges::count(columns, "A3") > 0;
        const bool returned = std::ranges::count(columns, "A5") > 0;
        if (open && (explained || returned))
            document::addText(line, "reason",
                              returned ? "đã trả lại: không thuộc thẩm quyền theo dõi"
                                       : "gửi qua bưu điện bị thất lạc, Tòa án gửi lại sau kỳ");
        lines.children.push_back(std::move(line));
    }
    return lines;
}

void Reconciliation::send(Sheet& sheet, bool explained) {
    auto content = object();
    document::addText(content, "form", "03");
    addObject(content, "period", periodOf(sheet, std::to_string(sheet.months)));
    document::addText(content, "lead", sheet.thads);
    document::addText(content, "counterpart", sheet.court);
    addNumber(content, "version", ++sheet.version);
    addAll(content, "cells", cellsOf(sheet.columns));
    content.children.push_back(linesOf(sheet, explained));
    document::addText(content, "lock", sheet.lock);
    content.children.push_back(signers("Phan Đình Mẫu", "Thủ trưởng"));
    const auto receipt = say(sheet, sheet.thads, "ReconciliationSheet", std::move(content));
    sheet.message = receipt.text("messageId");
    sheet.sha256 = receipt.text("contentSha256");
}

// A court that misses a ruling which it has sent disputes the sheet; else it signs.
void Reconciliation::answer(Sheet& sheet) {
    std::vector<std::string> missing;
    for (const auto& ruling : sheet.columns["A3"].rulings)
        if (!sheet.columns["A5"].rulings.contains(ruling)) missing.push_back(ruling);
    if (missing.empty()) return sign(sheet);
    auto line = object();
    document::addText(line, "column", "A2");
    addNumber(line, "leadValue", sheet.columns["A2"].value);
    addNumber(line, "counterpartValue",
              sheet.columns["A2"].value + static_cast<std::int64_t>(missing.size()));
    std::string named;
    for (const auto& ruling : missing) named += (named.empty() ? "" : "; ") + ruling;
    document::addText(line, "rulings", named);
    document::addText(line, "reason", "Tòa án đã gửi, cơ quan thi hành án chưa nhận");
    auto content = about(sheet);
    addAll(content, "lines", {std::move(line)});
    document::addText(content, "on", base::formatDate(play_.today()));
    say(sheet, sheet.court, "SheetMismatch", std::move(content));
    sheet.disputed = true;
    play_.world.account.detail("chênh lệch/mismatch: " + named);
}

void Reconciliation::sign(Sheet& sheet) {
    auto content = about(sheet);
    content.children.push_back(signers("Lưu Thị Mẫu", "Chánh án"));
    document::addText(content, "on", base::formatDate(play_.today()));
    say(sheet, sheet.court, "SheetCounterSignature", std::move(content));
    sheet.hasSigned = true;
}

void Reconciliation::forward(const Sheet& sheet) {
    auto content = about(sheet);
    document::addText(content, "to", kEnforcementDepartment);
    document::addText(content, "channel", "electronic-signed");
    say(sheet, sheet.thads, "SheetForwarded", std::move(content));
}

// The sums of what was signed (Đ.9.1c).
void Reconciliation::consolidate(Date until, int months) {
    Columns sums;
    Sheet whole;
    whole.until = until;
    whole.months = months;
    whole.court = "toàn quốc/the country";
    for (const auto& sheet : sheets_)
        if (sheet.until == until)
            for (const auto& [id, column] : sheet.columns) sums[id].value += column.value;
    auto content = object();
    addObject(content, "period", periodOf(whole, "joint"));
    addAll(content, "cells", cellsOf(sums));
    say(whole, kEnforcementDepartment, "PeriodReport", std::move(content));
}

void Reconciliation::checkSigned() {
    auto& account = play_.world.account;
    account.chapter("Số liệu đã ký và số liệu đếm lại từ các vụ việc",
                    "Figures as signed, and counted anew from the lives");
    const auto lives =
        play_.world.directory.source() / "connectors" / "simulator" / "data" / "year";
    for (const auto& sheet : sheets_) {
        const auto counted =
            reckoner_.count("--lives", lives, sheet.court, static_cast<int>(begin_.year()) + 1,
                            sheet.months, std::nullopt);
        std::string other;
        for (const auto& [id, column] : sheet.columns)
            if (counted.at(id).value != column.value)
                other += " " + id + "=" + std::to_string(column.value) + "/" +
                         std::to_string(counted.at(id).value);
        const auto at = [&](const char* id) { return std::to_string(sheet.columns.at(id).value); };
        account.tell(padded(sheet.court, 12) +
                     padded(std::to_string(sheet.months) + " tháng/months", 18) + "A1 " +
                     padded(at("A1"), 4) + "A2 " + padded(at("A2"), 4) + "A3 " +
                     padded(at("A3"), 4) + "B6 " + padded(at("B6"), 4) + "B7 " +
                     padded(at("B7"), 4) + "B8 " + padded(at("B8"), 4) + "B9 " +
                     padded(at("B9"), 4) + "v" + std::to_string(sheet.version));
        account.expect(other.empty(), sheet.court + " " + base::formatDate(sheet.until) +
                                          " số liệu/figures:" + other);
    }
}

}  // namespace gateway::simulator
