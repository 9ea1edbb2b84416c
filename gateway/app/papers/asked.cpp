#include "gateway/app/papers/asked.h"

#include <iostream>
#include <set>

#include "gateway/app/printing/figures_files.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/reference/agency_loader.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {

using law::figures::Months;

law::figures::Period periodOf(const Arguments& arguments) {
    law::figures::Period period;
    const auto months = model::valueOf<Months>(arguments.get("period", "12"));
    if (!months) throw UsageError("--period is 3, 6, 10 or 12 (months)");
    period.months = *months;
    // The first of January of that year is a day, or it is no year.
    const auto day = base::parseDate(arguments.need("year") + "-01-01");
    if (!day) throw UsageError("--year is the year in which the statistics year ends: 2025");
    period.year = static_cast<int>(day->year());
    return period;
}

std::optional<base::Timestamp> momentOf(const Arguments& arguments, const std::string& option) {
    if (!arguments.has(option)) return std::nullopt;
    const auto text = arguments.get(option);
    if (const auto instant = base::parseTimestamp(text)) return *instant;
    const auto day = base::parseDate(text);
    if (!day) throw UsageError("--" + option + " is a day (yyyy-MM-dd) or a moment (RFC 3339)");
    return base::vietnamMidnight(base::dayAfter(*day)) - std::chrono::milliseconds(1);
}

base::Timestamp cutoffOf(const Arguments& arguments) {
    return momentOf(arguments, "as-known-at").value_or(base::Timestamp::max());
}

std::unique_ptr<store::StoreView> viewOf(const std::filesystem::path& file) {
    if (!std::filesystem::is_regular_file(file))
        throw InputError(file.string() + ": there is no such file");
    return store::sqlite::SqliteStore::viewOfFile(file);
}

void checkFormat(const Arguments& arguments) {
    const std::set<std::string> formats{"json", "csv", "xlsx", "html", "pdf"};
    if (!formats.contains(arguments.get("format", "json")))
        throw UsageError("--format is json, csv, xlsx, html or pdf");
}

void writeAs(const Arguments& arguments,
             const std::function<std::string(const std::string&)>& textIn,
             const std::function<void(const std::filesystem::path&)>& workbook) {
    const auto format = arguments.get("format", "json"), out = arguments.get("out");
    // What stands on a terminal is made printable; these must be exact to the byte.
    const bool exact = format == "xlsx" || format == "pdf" || format == "csv";
    if (exact && out.empty()) throw UsageError("--format " + format + " needs --out FILE");
    if (format == "xlsx") return workbook(out);
    if (format == "pdf") return writePdf(textIn("html"), out);
    const auto text = textIn(format);
    if (out.empty())
        std::cout << text;
    else
        fromInput([&] { base::replaceFile(out, text); });
}

Agencies::Agencies(const DataView& data) :
    directory_(fromInput([&] {
        return exchange::loadAgencies(data.mappings() / "agencies", data.mappings() / "schemas");
    })) {}

std::string Agencies::name(const std::string& code, base::Date day) const {
    const auto* known = directory_->find(code);
    return known ? std::string(known->nameOn(day)) : code;
}

std::string Agencies::territory(const std::string& id) const {
    const auto* known = directory_->territories().find(id);
    return known && !known->names.empty() ? known->names.back().text : id;
}

}  // namespace gateway::app
