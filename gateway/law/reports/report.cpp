#include "gateway/law/reports/report.h"

#include <algorithm>
#include <set>

#include "gateway/base/time_format.h"

namespace gateway::law::figures {
namespace {

constexpr const char* kUnknown = "chưa xác định";
constexpr const char* kTotal = "Cộng";
constexpr const char* kGroup = "Nhóm";

using Groups = std::map<std::string, std::int64_t>;

/// Two tables of the same rulings, and how a line finds its place.
class Arrangement {
  public:
    Arrangement(const ReportBook& book, const FigureBook& figures,
                const std::vector<RulingHistory>& histories, const Period& period,
                base::Timestamp cutoff, const Places& places) :
        book_(book),
        places_(places),
        period_(period),
        before_{period.months, period.year - 1},
        now_(Figures(figures).count(histories, period, cutoff)),
        then_(Figures(figures).count(histories, before_, cutoff)) {
        for (const auto& history : histories) histories_[history.id] = &history;
    }

    std::vector<Printed> sections() const {
        std::vector<Printed> made;
        for (const auto& section : book_.sections) {
            if (!section.lines.empty())
                made.push_back(lines(section));
            else if (section.by.empty())
                made.push_back(columns(section));
            else
                made.push_back(grouped(section));
        }
        return made;
    }

  private:
    // Of the column, or of those parts of it that are asked for.
    static std::vector<const Line*> linesIn(const Table& table, const std::string& id,
                                            const std::vector<std::string>& within) {
        std::vector<const Line*> found;
        const auto* figures = table.column(id);
        if (!figures) return found;
        if (within.empty())
            for (const auto& line : figures->whole.lines) found.push_back(&line);
        for (const auto& part : figures->parts)
            if (std::ranges::count(within, part.split + "/" + part.value) > 0)
                for (const auto& line : part.cell.lines) found.push_back(&line);
        return found;
    }

    const RulingHistory* historyOf(const Line& line) const {
        const auto found = histories_.find(line.ruling);
        return found == histories_.end() ? nullptr : found->second;
    }

    static std::string partiesOf(const RulingHistory& history) {
        std::set<std::string> names;
        for (const auto& part : history.versions.back().ruling.obligations)
            names.insert(part.obligatedParty);
        std::string all;
        for (const auto& name : names) all += (all.empty() ? "" : "; ") + name;
        return all;
    }

    std::string groupOf(const ReportSection& section, const Line& line, base::Date day) const {
        const auto* history = historyOf(line);
        std::string name;
        if (history && section.by == "court-level") name = places_.courtLevel(*history);
        if (history && section.by == "party-name") name = partiesOf(*history);
        if (history && section.by.starts_with("province")) name = places_.province(*history, day);
        return name.empty() ? kUnknown : name;
    }

    Groups groups(const ReportSection& section, const Table& table, const std::string& id,
                  base::Date day) const {
        Groups found;
        const bool split = !section.by.starts_with("province") && section.by != "court-level" &&
                           section.by != "party-name";
        if (split) {
            if (const auto* figures = table.column(id))
                for (const auto& part : figures->parts)
                    if (part.split == section.by) found[part.vi] += part.cell.value();
            return found;
        }
        for (const auto* line : linesIn(table, id, section.within))
            ++found[groupOf(section, *line, day)];
        return found;
    }

    Printed grouped(const ReportSection& section) const {
        const bool past = section.by == "province-then";
        const auto day = past ? before_.last() : period_.last();
        Printed made{section.id, section.vi, {kGroup}, {}};
        std::vector<Groups> columns;
        for (const auto& id : section.columns) {
            made.heads.push_back(id + (past ? " (năm trước)" : ""));
            columns.push_back(groups(section, past ? then_ : now_, id, day));
            if (!section.compare) continue;
            made.heads.push_back(id + " (năm trước)");
            columns.push_back(groups(section, then_, id, day));
        }
        std::set<std::string> names;
        for (const auto& column : columns)
            for (const auto& [name, count] : column) names.insert(name);
        for (const auto& name : names) {
            std::vector<std::string> row{name};
            for (const auto& column : columns) {
                const auto found = column.find(name);
                row.push_back(std::to_string(found == column.end() ? 0 : found->second));
            }
            made.rows.push_back(std::move(row));
        }
        std::vector<std::string> sum{kTotal};
        for (const auto& column : columns) {
            std::int64_t all = 0;
            for (const auto& [name, count] : column) all += count;
            sum.push_back(std::to_string(all));
        }
        made.rows.push_back(std::move(sum));
        return made;
    }

    static std::string valueText(const Table& table, const std::string& id) {
        const auto* figures = table.column(id);
        if (!figures) return "–";
        return figures->counted ? std::to_string(figures->whole.value())
                                : "– (" + figures->column->awaits + ")";
    }

    Printed columns(const ReportSection& section) const {
        Printed made{section.id, section.vi, {"Chỉ tiêu", "Số"}, {}};
        if (section.compare) made.heads.emplace_back("Cùng kỳ năm trước");
        for (const auto& id : section.columns) {
            const auto* figures = now_.column(id);
            std::vector<std::string> row{figures ? figures->column->vi : id, valueText(now_, id)};
            if (section.compare) row.push_back(valueText(then_, id));
            made.rows.push_back(std::move(row));
        }
        return made;
    }

    Printed lines(const ReportSection& section) const {
        Printed made{section.id,
                     section.vi,
                     {"Bản án, quyết định", "Tỉnh", "Người phải thi hành án", "Ngày ban hành"},
                     {}};
        std::vector<std::pair<base::Date, const RulingHistory*>> found;
        for (const auto* line : linesIn(now_, section.lines, section.within))
            if (const auto* history = historyOf(*line))
                found.emplace_back(history->versions.back().ruling.reference.issuedOn, history);
        std::ranges::sort(found, [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first < b.first : a.second->id < b.second->id;
        });
        if (section.most > 0 && found.size() > section.most) found.resize(section.most);
        for (const auto& [issued, history] : found)
            made.rows.push_back({history->versions.back().ruling.reference.number,
                                 places_.province(*history, period_.last()), partiesOf(*history),
                                 base::formatDayMonthYear(issued)});
        return made;
    }

    const ReportBook& book_;
    const Places& places_;
    const Period period_, before_;
    const Table now_, then_;
    std::map<std::string, const RulingHistory*, std::less<>> histories_;
};

}  // namespace

std::vector<Printed> reportOf(const ReportBook& book, const FigureBook& figures,
                              const std::vector<RulingHistory>& histories, const Period& period,
                              base::Timestamp cutoff, const Places& places) {
    return Arrangement(book, figures, histories, period, cutoff, places).sections();
}

}  // namespace gateway::law::figures
