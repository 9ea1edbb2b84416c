#include <filesystem>
#include <iostream>

#include "gateway/app/papers/case_dossier.h"
#include "gateway/app/papers/joined_pdf.h"
#include "gateway/app/printing/figures_files.h"
#include "gateway/app/printing/scratch_folder.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/replace_file.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

// Files that qpdf can read are joined; of all others the reason stands in the list.
std::vector<std::filesystem::path> filesToJoin(Dossier& dossier, store::Cases& cases,
                                               const std::filesystem::path& scratch) {
    std::vector<std::filesystem::path> found;
    for (auto& one : dossier.enclosures) {
        if (!one.why.empty()) continue;
        const auto bytes = cases.attachment(one.agency, one.file.sha256);
        if (!bytes || document::sha256(*bytes).hex() != one.file.sha256) {
            one.why = "tệp không còn trong kho dữ liệu (đã chuyển lưu trữ)";
            continue;
        }
        const auto file = scratch / ("file" + std::to_string(found.size()) + ".pdf");
        base::replaceFile(file, *bytes);
        const auto pages = pagesOf(file);
        if (!pages) {
            one.why = "không đọc được tệp PDF";
            continue;
        }
        one.pages = *pages;
        found.push_back(file);
    }
    return found;
}

// The covers are the last pages of the main part; behind each of them its enclosure.
void numberCovers(Dossier& dossier, std::size_t mainPages, std::size_t joined) {
    auto page = mainPages - joined;
    for (auto& one : dossier.enclosures)
        if (one.why.empty()) {
            one.coverPage = ++page;
            page += one.pages;
        }
}

}  // namespace

int caseFileCommand(const Words& words) {
    const Arguments arguments(words, {"store", "case", "out", "mappings", "local"}, {});
    if (!arguments.positional().empty()) throw UsageError("case-file takes options only");
    const auto out = arguments.need("out");
    const auto data = dataNamedBy(arguments);
    const auto law = loadLaw(data);
    const auto form =
        fromInput([&] { return law::registers::CaseFileForm::load(data.mappings(), law); });
    const Agencies agencies(data);
    const auto view = viewOf(arguments.need("store"));
    auto dossier = dossierOf(view->cases(), arguments.need("case"), law, form, agencies);
    const auto now = base::SystemClock().now();
    const ScratchFolder scratch;
    const auto main = scratch.path / "main.pdf";
    const auto files = fromInput([&] { return filesToJoin(dossier, view->cases(), scratch.path); });
    // Once to count its pages, and once with the numbers that follow from that.
    writePdf(dossierHtml(dossier, form, agencies, now), main);
    const auto pages = pagesOf(main);
    if (!pages) throw InputError("qpdf does not run; is the package qpdf installed?");
    numberCovers(dossier, *pages, files.size());
    writePdf(dossierHtml(dossier, form, agencies, now), main);
    if (pagesOf(main) != pages) throw InputError("the index has moved the pages that it names");
    joinPdf(main, files, scratch.path, out);
    return kExitOk;
}

}  // namespace gateway::app
