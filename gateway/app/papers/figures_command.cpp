#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>

#include "gateway/app/papers/asked.h"
#include "gateway/app/printing/figures_files.h"
#include "gateway/app/printing/life_files.h"
#include "gateway/app/printing/sheet_states.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/document/print/vietnam_time.h"
#include "gateway/exchange/answers/counted_figures.h"
#include "gateway/exchange/records/office_figures.h"
#include "gateway/store/sqlite/ports/sqlite_figure_counts.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

namespace figures = law::figures;
using store::sqlite::SqliteStore;

void writeTable(const Arguments& arguments, const figures::Table& table,
                const figures::Heading& heading, const document::Node& adjustments) {
    writeAs(
        arguments,
        [&](const std::string& format) {
            if (format == "csv") return figures::tableCsv(table, heading);
            if (format == "html") return figures::tableHtml(table, heading);
            auto node = figures::tableNode(table, heading);
            if (!adjustments.children.empty()) node.children.push_back(adjustments);
            return document::writeJson(node) + "\n";
        },
        [&](const std::filesystem::path& out) { writeWorkbook(table, heading, out); });
}

std::string levelText(model::AgencyLevel level) {
    switch (level) {
        case model::AgencyLevel::Central: return "Tòa án nhân dân tối cao";
        case model::AgencyLevel::High: return "Tòa án nhân dân cấp cao (trước 01/7/2025)";
        case model::AgencyLevel::Province: return "Tòa án nhân dân cấp tỉnh";
        case model::AgencyLevel::Region: return "Tòa án nhân dân khu vực";
        case model::AgencyLevel::District: return "Tòa án nhân dân cấp huyện (trước 01/7/2025)";
        case model::AgencyLevel::Commune: break;
    }
    return {};
}

// Where rulings lie, by the directory of agencies.
figures::Places placesBy(const Agencies& agencies) {
    const auto& directory = agencies.directory();
    figures::Places places;
    places.province = [&agencies, &directory](const figures::RulingHistory& history,
                                              base::Date day) {
        auto province = directory.provinceOn(history.court, day);
        if (province.empty()) province = directory.provinceAt(history.province, day);
        if (province.empty()) province = history.province;
        return agencies.territory(province);
    };
    places.courtLevel = [&directory](const figures::RulingHistory& history) {
        const auto& court = history.versions.back().ruling.reference.court;
        const auto* known = directory.find(court);
        return known ? levelText(known->level) : std::string();
    };
    return places;
}

void writeReport(const Arguments& arguments, const DataView& data, const figures::FigureBook& book,
                 const std::vector<figures::RulingHistory>& histories,
                 const figures::Period& period, base::Timestamp cutoff) {
    const auto report = fromInput([&] { return figures::ReportBook::load(data.mappings(), book); });
    const Agencies agencies(data);
    const auto sections =
        figures::reportOf(report, book, histories, period, cutoff, placesBy(agencies));
    writeAs(
        arguments,
        [&](const std::string& format) {
            if (format == "csv") return figures::reportCsv(report, period, sections);
            if (format == "html") return figures::reportHtml(report, period, sections);
            return document::writeJson(figures::reportNode(report, period, sections)) + "\n";
        },
        [&](const std::filesystem::path& out) { writeReportBook(sections, out); });
}

std::vector<figures::Row> rowsFor(const document::Node& adjustments) {
    std::vector<figures::Row> rows;
    if (adjustments.children.empty()) return rows;
    rows.push_back({figures::Row::Kind::Sheet,
                    "+",
                    "Điều chỉnh kỳ trước",
                    "Corrections",
                    {},
                    {},
                    {},
                    "TTLT 12/2021 Đ.10"});
    const auto text = [](const document::Node& node, const char* name) {
        const auto* child = node.child(name);
        return child ? child->value : std::string();
    };
    for (const auto& one : adjustments.children)
        rows.push_back({figures::Row::Kind::Finding,
                        text(one, "column"),
                        text(one, "file") + ": " + text(one, "reason"),
                        "correction",
                        {},
                        text(one, "was") + " → " + text(one, "is"),
                        {},
                        {}});
    return rows;
}

/// What was counted before, brought up to the log of the store.
class Counted {
  public:
    Counted(const Arguments& arguments, const figures::FigureBook& book,
            const std::filesystem::path& mappings) :
        view_(viewOf(arguments.need("store"))),
        counts_(arguments.get("counted")),
        figures_(book, *view_, counts_,
                 {SqliteStore::identityOf(arguments.get("store")),
                  document::FieldDigest()
                      .add(book.law().digest().hex())
                      .add(document::fileDigest(mappings / "legal-rules" / "figures.xml").hex())
                      .finish()
                      .hex()}) {
        figures_.catchUp(base::vietnamDate(base::SystemClock().now()));
    }
    exchange::CountedFigures& figures() noexcept { return figures_; }

  private:
    std::unique_ptr<store::StoreView> view_;
    store::sqlite::SqliteFigureCounts counts_;
    exchange::CountedFigures figures_;
};

document::Node byProvince(exchange::CountedFigures& counted, const figures::Period& period,
                          base::Timestamp cutoff) {
    auto list = document::arrayNode("provinces");
    for (const auto& [province, table] : counted.byProvince(period, cutoff)) {
        auto one = figures::tableNode(table, {province, {}, {}, {}});
        one.name.clear();
        list.children.push_back(std::move(one));
    }
    auto node = document::objectNode();
    node.children.push_back(std::move(list));
    return node;
}

// True: the sheet may be locked.
bool writeCounted(const Arguments& arguments, const figures::FigureBook& book,
                  const std::filesystem::path& mappings, const figures::Period& period,
                  base::Timestamp cutoff, const figures::Heading& heading) {
    if (cutoff < base::vietnamMidnight(period.first()))
        throw UsageError("--counted knows of a period since it began");
    std::cerr << "thahc-gateway: courts' lists are no part of counted figures: A1, A3, A4\n";
    Counted counted(arguments, book, mappings);
    const exchange::CountedFigures::Whose whose{arguments.get("province"), arguments.get("court")};
    if (arguments.has("by")) {
        if (arguments.get("by") != "province") throw UsageError("--by is province");
        std::cout << document::writeJson(byProvince(counted.figures(), period, cutoff)) << '\n';
        return true;
    }
    const auto table = arguments.has("cell")
                           ? counted.figures().lines(arguments.get("cell"), whose, period, cutoff)
                           : counted.figures().count(whose, period, cutoff);
    writeTable(arguments, table, heading, {});
    return arguments.has("cell") || table.holds();
}

// What is asked for in words that can be wrong.
void check(const Arguments& arguments) {
    if (!arguments.positional().empty()) throw UsageError("figures takes options only");
    if (arguments.has("store") && arguments.has("lives"))
        throw UsageError("figures counts --lives or --store, not both");
    if (!arguments.has("counted") && (arguments.has("by") || arguments.has("cell")))
        throw UsageError("--by and --cell need --counted");
    const std::set<std::string> shows{"figures", "sheets", "differences", "report"};
    if (!shows.contains(arguments.get("show", "figures")))
        throw UsageError("--show is figures, sheets, differences or report");
    checkFormat(arguments);
    if (arguments.get("show") == "sheets" && !arguments.has("store"))
        throw UsageError("--show sheets needs --store");
    if (arguments.has("counted") && (arguments.has("office") || arguments.has("show")))
        throw UsageError("--counted knows of provinces and courts only");
}

// In codes and UTC for programs, in names and local time for people.
figures::Heading headingOf(const Arguments& arguments, const Agencies& agencies, base::Date day,
                           base::Timestamp cutoff) {
    figures::Heading heading{arguments.get("province"), {}, arguments.get("form")};
    heading.placeName = agencies.territory(heading.place);
    const auto add = [](std::string& to, const std::string& text) {
        to += (to.empty() ? "" : ", ") + text;
    };
    for (const char* name : {"office", "court"})
        if (arguments.has(name)) {
            add(heading.place, arguments.get(name));
            add(heading.placeName, agencies.name(arguments.get(name), day));
        }
    if (cutoff == base::Timestamp::max()) return heading;
    heading.asKnown = arguments.get("as-known-at", base::formatTimestamp(cutoff));
    heading.asKnownWords = document::printedMoment(cutoff);
    return heading;
}

// Those of the store or of the lives that are asked for.
std::vector<figures::RulingHistory> historiesFor(const Arguments& arguments, store::StoreView* view,
                                                 const law::LawBook& law,
                                                 const figures::Period& period) {
    std::vector<std::string> left;
    auto histories =
        view ? exchange::everyHistory(view->cases())
             : readLives(law, arguments.need("lives"), base::dayAfter(period.last()), left);
    for (const auto& line : left) std::cerr << "thahc-gateway: not counted: " << line << '\n';
    const auto office = arguments.get("office");
    std::erase_if(histories, [&](const figures::RulingHistory& history) {
        return (arguments.has("province") && history.province != arguments.get("province")) ||
               (arguments.has("court") && history.court != arguments.get("court")) ||
               (!office.empty() && history.thads != office && history.procuracy != office);
    });
    return histories;
}

}  // namespace

int figuresCommand(const Words& words) {
    const Arguments arguments(
        words,
        {"lives", "store", "counted", "by", "cell", "period", "year", "province", "court", "office",
         "show", "as-known-at", "format", "form", "out", "mappings", "local"},
        {"locked"});
    check(arguments);
    const auto show = arguments.get("show", "figures");
    const SheetQuestion question{arguments.get("office"), periodOf(arguments)};
    const auto& period = question.period;
    auto cutoff = cutoffOf(arguments);
    const auto data = dataNamedBy(arguments);
    const auto law = loadLaw(data);
    const auto book = loadFigures(data, law);
    const auto form = arguments.get("form");
    if (!form.empty() &&
        std::ranges::find(book.sheets(), form, &figures::Sheet::form) == book.sheets().end())
        throw UsageError("there is no form " + form);
    const auto view = arguments.has("store") ? viewOf(arguments.get("store")) : nullptr;
    if (show == "sheets") {
        std::cout << document::writeJson(sheetStates(view->cases(), law, question)) << '\n';
        return kExitOk;
    }
    if (arguments.has("locked")) {
        const auto locked = view ? lockedAt(view->cases(), question) : std::nullopt;
        if (!locked) throw InputError("the office has not locked that period");
        cutoff = *locked;
    }
    auto heading = headingOf(arguments, Agencies(data), period.last(), cutoff);
    if (arguments.has("counted"))
        return writeCounted(arguments, book, data.mappings(), period, cutoff, heading)
                   ? kExitOk
                   : kExitRefused;
    const auto histories = historiesFor(arguments, view.get(), law, period);
    if (show == "differences") {
        const auto found = figures::differences(book, histories, period, cutoff);
        std::cout << document::writeJson(differencesNode(found)) << '\n';
        return kExitOk;
    }
    if (show == "report") {
        writeReport(arguments, data, book, histories, period, cutoff);
        return kExitOk;
    }
    const auto table = exchange::countedWhole(book, histories, period, cutoff);
    const auto adjustments = view ? adjustmentsInto(view->cases(), question) : document::Node();
    heading.more = rowsFor(adjustments);
    writeTable(arguments, table, heading, adjustments);
    return table.holds() ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
