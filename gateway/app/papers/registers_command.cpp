#include <algorithm>
#include <iostream>

#include "gateway/app/papers/asked.h"
#include "gateway/app/printing/figures_files.h"
#include "gateway/app/printing/life_files.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/office_figures.h"
#include "gateway/law/registers/register.h"

namespace gateway::app {
namespace {

namespace registers = law::registers;
using law::figures::RulingHistory;

std::vector<RulingHistory> historiesOf(const Arguments& arguments, const law::LawBook& law,
                                       const Agencies& agencies, base::Date last) {
    const auto office = arguments.need("office");
    if (arguments.has("store"))
        return exchange::registeredHistories(agencies.directory(),
                                             viewOf(arguments.get("store"))->cases(), office, last);
    std::vector<std::string> left;
    auto histories = readLives(law, arguments.need("lives"), base::dayAfter(last), left);
    for (const auto& line : left) std::cerr << "thahc-gateway: not counted: " << line << '\n';
    std::erase_if(histories, [&](const RulingHistory& one) { return one.thads != office; });
    return histories;
}

void write(const Arguments& arguments, const registers::Register& made,
           const registers::Heading& heading) {
    writeAs(
        arguments,
        [&](const std::string& format) {
            if (format == "csv") return registers::registerCsv(made, heading);
            if (format == "html") return registers::registerHtml(made, heading);
            return document::writeJson(registers::registerNode(made, heading)) + "\n";
        },
        [&](const std::filesystem::path& out) {
            writeReportBook({{made.form->id, made.form->vi, registers::headsOf(made),
                              registers::textRowsOf(made, heading)}},
                            out);
        });
}

}  // namespace

int registersCommand(const Words& words) {
    const Arguments arguments(words,
                              {"lives", "store", "office", "year", "period", "form", "as-known-at",
                               "since", "format", "out", "mappings", "local"},
                              {});
    if (!arguments.positional().empty()) throw UsageError("registers takes options only");
    if (arguments.has("store") && arguments.has("lives"))
        throw UsageError("registers reads --lives or --store, not both");
    checkFormat(arguments);
    const auto period = periodOf(arguments);
    const auto data = dataNamedBy(arguments);
    const auto law = loadLaw(data);
    const auto figures = loadFigures(data, law);
    const auto book =
        fromInput([&] { return registers::RegisterBook::load(data.mappings(), figures); });
    const auto* form = book.form(arguments.need("form"));
    if (!form) throw UsageError("there is no register " + arguments.get("form"));
    const Agencies agencies(data);
    registers::Heading heading;
    heading.office = arguments.need("office");
    heading.officeName = agencies.name(heading.office, period.last());
    heading.asKnown = momentOf(arguments, "as-known-at");
    heading.since = momentOf(arguments, "since");
    const auto histories = historiesOf(arguments, law, agencies, period.last());
    const auto made = registers::registerOf(
        book, *form, figures, histories, period, cutoffOf(arguments),
        [&](const std::string& code, base::Date day) { return agencies.name(code, day); });
    write(arguments, made, heading);
    return kExitOk;
}

}  // namespace gateway::app
