#include "gateway/document/print/html_page.h"

#include "gateway/base/fault.h"

namespace gateway::document {
namespace {

// Printed without colours that carry a meaning; numbers to the right.
constexpr const char* kStyle = R"x(
body { font-family: "Noto Serif", "DejaVu Serif", serif; font-size: 10.5pt; }
h1 { font-size: 14pt; text-align: center; margin: 0 0 2mm; }
h2 { font-size: 11.5pt; margin: 6mm 0 2mm; }
h3 { font-size: 10.5pt; margin: 4mm 0 1mm; }
p.sub { text-align: center; margin: 0 0 4mm; }
table { border-collapse: collapse; width: 100%; }
thead { display: table-header-group; }
tr { page-break-inside: avoid; }
th, td { border: 0.5pt solid #000; padding: 1mm 1.5mm; vertical-align: top; text-align: left; }
td.n { text-align: right; white-space: nowrap; }
tr.sheet td { font-weight: bold; background: #eee; }
tr.part td { font-size: 9.5pt; } tr.part td.t { padding-left: 6mm; }
.signed { display: flex; justify-content: space-between; margin-top: 10mm; text-align: center;
  page-break-inside: avoid; }
.signed div { width: 45%; } .signed .gap { height: 25mm; }
)x";

void escape(std::string& to, std::string_view text) {
    for (const char c : text) switch (c) {
            case '&': to += "&amp;"; break;
            case '<': to += "&lt;"; break;
            case '>': to += "&gt;"; break;
            case '"': to += "&quot;"; break;
            default: to += c;
        }
}

}  // namespace

HtmlPage::HtmlPage(std::string_view title, const PageLayout& layout) {
    made_ = "<!DOCTYPE html>\n";
    open("html", {{"lang", "vi"}}).open("head");
    made_ += "<meta charset=\"utf-8\">";
    leaf("title", title).open("style");
    made_ += layout.landscape ? "@page { size: A4 landscape; margin: 15mm 12mm 15mm 15mm; "
                              : "@page { size: A4; margin: 20mm 15mm 20mm 20mm; ";
    if (layout.numbered)
        made_ +=
            "@bottom-right { content: \"Trang \" counter(page) \"/\" counter(pages); "
            "font-size: 9pt; } ";
    made_ += "}";
    made_ += kStyle;
    made_ += layout.style;
    close().close().open("body");
}

HtmlPage& HtmlPage::open(std::string_view element, const Attributes& attributes) {
    made_ += '<';
    made_ += element;
    for (const auto& [name, value] : attributes) {
        made_ += ' ';
        made_ += name;
        made_ += "=\"";
        escape(made_, value);
        made_ += '"';
    }
    made_ += '>';
    open_.emplace_back(element);
    return *this;
}

HtmlPage& HtmlPage::close() {
    if (open_.empty()) throw base::Fault("an HTML element is closed that is not open");
    const auto& element = open_.back();
    made_ += "</" + element + ">";
    // Lines for people; inside a line of text a line end would be a blank.
    if (element != "s" && element != "b" && element != "a" && element != "span") made_ += '\n';
    open_.pop_back();
    return *this;
}

HtmlPage& HtmlPage::text(std::string_view text) {
    escape(made_, text);
    return *this;
}

HtmlPage& HtmlPage::lines(std::string_view text) {
    for (;;) {
        const auto end = text.find('\n');
        escape(made_, text.substr(0, end));
        if (end == std::string_view::npos) return *this;
        lineEnd();
        text.remove_prefix(end + 1);
    }
}

HtmlPage& HtmlPage::lineEnd() {
    made_ += "<br>";
    return *this;
}

HtmlPage& HtmlPage::leaf(std::string_view element, std::string_view text,
                         const Attributes& attributes) {
    return open(element, attributes).text(text).close();
}

HtmlPage& HtmlPage::row(const std::vector<std::string>& texts, std::string_view cell) {
    open("tr");
    for (const auto& text : texts) open(cell).lines(text).close();
    return close();
}

std::string HtmlPage::finish() && {
    while (!open_.empty()) close();
    return std::move(made_);
}

}  // namespace gateway::document
