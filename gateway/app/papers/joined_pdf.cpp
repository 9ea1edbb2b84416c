#include "gateway/app/papers/joined_pdf.h"

#include <Poco/Exception.h>
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>

#include <charconv>
#include <iterator>
#include <string>

#include "gateway/app/printing/figures_files.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/print/html_page.h"

namespace gateway::app {
namespace {

constexpr int kDone = 0, kDoneWithWarnings = 3;  // of qpdf

struct Ran {
    int code = -1;
    std::string output;
};

Ran qpdf(const std::vector<std::string>& words) {
    Ran ran;
    try {
        Poco::Pipe out;
        auto process = Poco::Process::launch("qpdf", words, nullptr, &out, nullptr);
        Poco::PipeInputStream stream(out);
        ran.output.assign(std::istreambuf_iterator<char>(stream), {});
        ran.code = process.wait();
    } catch (const Poco::Exception&) {
        // The same as a program that has failed.
    }
    return ran;
}

void make(const std::vector<std::string>& words, const std::filesystem::path& what) {
    const auto code = qpdf(words).code;
    if (code != kDone && code != kDoneWithWarnings)
        throw InputError("qpdf made no " + what.string() + "; is the package qpdf installed?");
}

// Empty pages that bear their numbers and nothing else.
std::string numbersHtml(std::size_t pages) {
    const std::string style =
        "@page { size: A4; margin: 15mm; @bottom-right { content: \"Trang \" counter(page) \"/" +
        std::to_string(pages) +
        "\"; font-size: 9pt; } } div { break-after: page; } "
        "div:last-child { break-after: auto; }";
    document::HtmlPage page("Trang", {.numbered = false, .style = style});
    for (std::size_t i = 0; i < pages; ++i) page.open("div").text("\xC2\xA0").close();
    return std::move(page).finish();
}

}  // namespace

std::optional<std::size_t> pagesOf(const std::filesystem::path& pdf) {
    const auto ran = qpdf({"--show-npages", pdf.string()});
    std::size_t pages = 0;
    const auto* end = ran.output.data() + ran.output.size();
    const auto read = std::from_chars(ran.output.data(), end, pages);
    const bool done = ran.code == kDone || ran.code == kDoneWithWarnings;
    return done && read.ec == std::errc() && pages > 0 ? std::optional(pages) : std::nullopt;
}

void joinPdf(const std::filesystem::path& main,
             const std::vector<std::filesystem::path>& enclosures,
             const std::filesystem::path& scratch, const std::filesystem::path& out) {
    const auto joined = scratch / "joined.pdf", numbers = scratch / "numbers.pdf";
    const auto own = pagesOf(main).value_or(0);
    if (own <= enclosures.size()) throw InputError("qpdf does not read what WeasyPrint made");
    // What stands before the first cover, then each cover with what is behind it.
    auto cover = own - enclosures.size();
    std::vector<std::string> words{main.string(), "--pages", ".", "1-" + std::to_string(cover)};
    for (const auto& file : enclosures)
        words.insert(words.end(), {".", std::to_string(++cover), file.string(), "1-z"});
    words.insert(words.end(), {"--", joined.string()});
    make(words, joined);
    writePdf(numbersHtml(pagesOf(joined).value_or(0)), numbers);
    make({joined.string(), "--overlay", numbers.string(), "--", out.string()}, out);
}

}  // namespace gateway::app
