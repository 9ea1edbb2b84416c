// The law as a page, the schemas of its acts for partners, and what files would change of it.

#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/operators/law_preview.h"
#include "gateway/app/printing/law_page.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/law/acts/act_schema.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/figures/figure_book.h"

namespace gateway::app {
namespace {

document::Node caseModelIn(const std::filesystem::path& mappings, document::Form form) {
    const bool json = form == document::Form::Json;
    const auto file =
        mappings / "case-model" / (json ? "case-model.schema.json" : "case-model.xsd");
    const auto bytes = readFile(file);
    auto read = json ? document::readJson(bytes) : [&]() -> base::Result<document::Tree> {
        const auto document = document::XmlDocument::parse(bytes);
        if (!document) return document.error();
        return document->toTree();
    }();
    if (!read) throw InputError(file.string() + ": " + render(read.error()).en);
    return std::move(read).value().root;
}

int printSchema(const law::LawBook& book, const std::string& form, const std::string& only,
                const std::filesystem::path& mappings) {
    auto acts = book.everyAct();
    std::erase_if(acts, [&](const auto* act) { return !only.empty() && act->type != only; });
    if (acts.empty()) throw UsageError("there is no act " + only);
    if (form == "json")
        std::cout << document::writeJsonPretty(
                         jsonSchemaOf(acts, caseModelIn(mappings, document::Form::Json)))
                  << '\n';
    else
        std::cout << document::writeXmlPretty(
            xmlSchemaOf(acts, caseModelIn(mappings, document::Form::Xml)),
            {{std::string(law::kXmlSchema), "xs"}});
    return kExitOk;
}

}  // namespace

int lawCommand(const Words& words) {
    const Arguments arguments(
        words,
        {"mappings", "local", "schema", "act", "preview", "config", "store", "after", "limit"},
        {"json"});
    if (!arguments.positional().empty()) throw UsageError("law takes no words");
    if (arguments.has("preview")) return previewLaw(arguments);
    for (const char* only : {"config", "store", "after", "limit", "json"})
        if (arguments.has(only))
            throw UsageError("--" + std::string(only) + " goes with --preview");
    const auto schema = arguments.get("schema");
    if (arguments.has("schema") && schema != "json" && schema != "xsd")
        throw UsageError("--schema is json or xsd");
    if (arguments.has("act") && schema.empty()) throw UsageError("--act goes with --schema");
    const auto data = dataNamedBy(arguments);
    const auto book = loadLaw(data);
    if (!schema.empty()) return printSchema(book, schema, arguments.get("act"), data.mappings());
    const auto figures = loadFigures(data, book);
    printLaw(std::cout, book, figures);
    return kExitOk;
}

}  // namespace gateway::app
