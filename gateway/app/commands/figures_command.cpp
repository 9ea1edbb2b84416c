#include <algorithm>
#include <iostream>

#include "gateway/app/printing/figures_files.h"
#include "gateway/app/printing/life_files.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/answers/counted_figures.h"
#include "gateway/exchange/answers/recorded_history.h"
#include "gateway/law/figures/figures.h"
#include "gateway/store/sqlite/ports/sqlite_figure_counts.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

namespace figures = law::figures;
using store::sqlite::SqliteStore;

figures::Period periodOf(const Arguments& arguments) {
    figures::Period period;
    const auto months = model::valueOf<figures::Months>(arguments.get("period", "12"));
    if (!months) throw UsageError("--period is 3, 6, 10 or 12 (months)");
    period.months = *months;
    // The first of January of that year is a day, or it is no year.
    const auto day = base::parseDate(arguments.need("year") + "-01-01");
    if (!day) throw UsageError("--year is the year in which the statistics year ends: 2025");
    period.year = static_cast<int>(day->year());
    return period;
}

// A moment, or the end of a day in Viet Nam.
base::Timestamp cutoffOf(const Arguments& arguments) {
    if (!arguments.has("as-known-at")) return base::Timestamp::max();
    const auto text = arguments.get("as-known-at");
    if (const auto instant = base::parseTimestamp(text)) return *instant;
    const auto day = base::parseDate(text);
    if (!day) throw UsageError("--as-known-at is a day (yyyy-MM-dd) or a moment (RFC 3339)");
    return base::vietnamMidnight(base::dayAfter(*day)) - std::chrono::milliseconds(1);
}

// Held against the other periods of the same rulings, as they are known today.
figures::Table counted(const figures::FigureBook& book,
                       const std::vector<figures::RulingHistory>& histories,
                       const figures::Period& period, base::Timestamp cutoff) {
    const figures::Figures count(book);
    auto table = count.count(histories, period, cutoff);
    count.compare(table,
                  count.count(histories, {figures::Months::Twelve, period.year - 1}, cutoff));
    for (const auto months : {figures::Months::Three, figures::Months::Six, figures::Months::Ten})
        if (months < period.months)
            count.compare(table, count.count(histories, {months, period.year}, cutoff));
    return table;
}

// As of one moment.
std::unique_ptr<store::StoreView> viewOf(const std::filesystem::path& file) {
    if (!std::filesystem::is_regular_file(file))
        throw InputError(file.string() + ": there is no such file");
    return SqliteStore::viewOfFile(file);
}

// All cases of a store's file.
std::vector<figures::RulingHistory> recordedIn(const std::filesystem::path& file) {
    const auto view = viewOf(file);
    std::vector<figures::RulingHistory> found;
    view->cases().forEachCase([&](const store::CaseRecord& record) {
        if (auto history = exchange::recordedHistory(view->cases(), record.caseId))
            found.push_back(*std::move(history));
        return true;
    });
    return found;
}

void write(const Arguments& arguments, const figures::Table& table,
           const figures::Heading& heading) {
    const auto format = arguments.get("format", "json"), out = arguments.get("out");
    // What stands on a terminal is made printable; these must be exact to the byte.
    const bool exact = format == "xlsx" || format == "pdf" || format == "csv";
    if (exact && out.empty()) throw UsageError("--format " + format + " needs --out FILE");
    if (format == "xlsx") return writeWorkbook(table, heading, out);
    std::string text;
    if (format == "json")
        text = document::writeJson(figures::tableNode(table, heading)) + "\n";
    else if (format == "csv")
        text = figures::tableCsv(table, heading);
    else
        text = figures::tableHtml(table, heading);
    if (format == "pdf") return writePdf(text, out);
    if (out.empty())
        std::cout << text;
    else
        fromInput([&] { base::replaceFile(out, text); });
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
        auto one = figures::tableNode(table, {province, {}, {}});
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
    write(arguments, table, heading);
    return arguments.has("cell") || table.holds();
}

}  // namespace

int figuresCommand(const Words& words) {
    const Arguments arguments(
        words,
        {"lives", "store", "counted", "by", "cell", "period", "year", "province", "court",
         "as-known-at", "format", "form", "out", "mappings", "local"},
        {});
    if (!arguments.positional().empty()) throw UsageError("figures takes options only");
    if (arguments.has("store") && arguments.has("lives"))
        throw UsageError("figures counts --lives or --store, not both");
    if (!arguments.has("counted") && (arguments.has("by") || arguments.has("cell")))
        throw UsageError("--by and --cell need --counted");
    const auto period = periodOf(arguments);
    const auto cutoff = cutoffOf(arguments);
    const std::set<std::string> formats{"json", "csv", "xlsx", "html", "pdf"};
    if (!formats.contains(arguments.get("format", "json")))
        throw UsageError("--format is json, csv, xlsx, html or pdf");
    const auto data = dataNamedBy(arguments);
    const auto law = loadLaw(data);
    const auto book = loadFigures(data, law);
    const auto form = arguments.get("form");
    if (!form.empty() &&
        std::ranges::find(book.sheets(), form, &figures::Sheet::form) == book.sheets().end())
        throw UsageError("there is no form " + form);
    figures::Heading heading{arguments.get("province"), {}, form};
    if (arguments.has("court"))
        heading.place += (heading.place.empty() ? "" : ", ") + arguments.get("court");
    if (arguments.has("as-known-at")) heading.asKnown = arguments.get("as-known-at");
    if (arguments.has("counted"))
        return writeCounted(arguments, book, data.mappings(), period, cutoff, heading)
                   ? kExitOk
                   : kExitRefused;
    std::vector<std::string> left;
    auto histories = arguments.has("store") ? recordedIn(arguments.get("store"))
                                            : readLives(law, arguments.need("lives"),
                                                        base::dayAfter(period.last()), left);
    for (const auto& line : left) std::cerr << "thahc-gateway: not counted: " << line << '\n';
    std::erase_if(histories, [&](const figures::RulingHistory& history) {
        return (arguments.has("province") && history.province != arguments.get("province")) ||
               (arguments.has("court") && history.court != arguments.get("court"));
    });
    const auto table = counted(book, histories, period, cutoff);
    write(arguments, table, heading);
    return table.holds() ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
