#include "gateway/app/authors/explained_page.h"

#include <sstream>

#include "gateway/base/problem.h"
#include "gateway/document/print/html_page.h"

namespace gateway::app {
namespace {

using document::HtmlPage;
using document::Node;

constexpr const char* kStyle = R"x(
@page { size: auto; }
body { font: 1rem/1.45 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; margin: 1rem; color: #111;
  background: #fff; }
h1 { font-size: 1.3rem; text-align: left; } h2 { font-size: 1.05rem; margin: 0.5rem 0; }
main { display: grid; gap: 1rem; grid-template-columns: 1fr 1.6fr 1fr; }
@media (max-width: 70rem) { main { grid-template-columns: 1fr; } }
section { min-width: 0; } .pane { overflow: auto; max-height: 80vh; border: 1px solid #767676; }
.pane:focus-visible, a:focus-visible { outline: 3px solid #0b57d0; outline-offset: 1px; }
ol, pre { font: 0.85rem/1.4 "Noto Sans Mono", "DejaVu Sans Mono", monospace; margin: 0; }
ol { padding-left: 3.5em; } li { white-space: pre-wrap; overflow-wrap: anywhere; }
pre { padding: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
li:target, tr:target td { background: #fff2b3; }
th, td { border: 1px solid #767676; overflow-wrap: anywhere; font-size: 0.85rem; }
th { overflow-wrap: normal; } td.use { white-space: nowrap; font-weight: 600; }
tr.used td.use { color: #0a5c2b; } tr.ignored td.use { color: #4a4a4a; }
tr.kept td.use { color: #0b4a8f; }
tr.unknown td.use, tr.left-out td.use { color: #9c1c1c; }
.value { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; }
.refused { border-left: 0.4rem solid #9c1c1c; padding-left: 0.7rem; }
)x";

// A file in base64 is one line that nobody reads.
constexpr std::size_t kLongestLine = 2'000;

std::string textIn(const Node& node, std::string_view name) {
    const Node* const child = node.child(name);
    return child == nullptr ? std::string() : child->value;
}

std::string useWords(const std::string& use) {
    if (use == "used") return "Đã dùng / used";
    if (use == "ignored") return "Bỏ qua / ignored";
    if (use == "kept") return "Giữ lại / kept";
    if (use == kLeftOut) return "Không gửi đi / left out";
    return "Không biết / unknown";
}

/// What stands above the three panes.
struct Headings {
    const char *source, *sourcePlace, *resultPlace, *result;
};

constexpr Headings kInward{"Bản gửi / As sent", "Chỗ trong bản gửi / theirs", "Mô hình / ours",
                           "Mô hình / The model"};
constexpr Headings kOutward{"Mô hình / The model", "Mô hình / ours",
                            "Chỗ trong bản gửi đi / theirs", "Bản gửi đi / As it goes out"};

std::string verdictWords(const std::string& verdict) {
    if (verdict == "accepted") return "Đã nhận / accepted";
    if (verdict == "parked") return "Đã nhận, chờ bản án / parked";
    return "Đã từ chối / refused";
}

// What the gateway said of a message of the store.
void kept(HtmlPage& page, const Node& told) {
    const Node* const kept = told.child("kept");
    if (kept == nullptr) return;
    page.open("p").text(verdictWords(textIn(*kept, "verdict")) + " · " + textIn(*kept, "at"));
    for (const char* name : {"receipt", "refusal", "code", "case"})
        if (const auto text = textIn(*kept, name); !text.empty())
            page.text(" · ").leaf("span", text, {{"class", "value"}});
    page.close();
}

void problems(HtmlPage& page, const Node& told) {
    const Node* const list = told.child("problems");
    if (list == nullptr || list->children.empty()) return;
    page.open("div", {{"class", "refused"}}).leaf("h2", "Bị từ chối / Refused").open("ul");
    for (const Node& problem : list->children) {
        const auto line = textIn(problem, "line");
        page.open("li").leaf("a", "dòng / line " + line, {{"href", "#s" + line}});
        page.text(" " + textIn(problem, "code") + ": ").text(textIn(problem, "vi")).lineEnd();
        page.leaf("span", textIn(problem, "en"), {{"lang", "en"}}).close();
    }
    page.close().close();
}

void leftOut(HtmlPage& page, const Node& told) {
    const Node* const list = told.child("leftOut");
    if (list == nullptr || list->children.empty()) return;
    page.open("div", {{"class", "refused"}}).leaf("h2", "Không gửi đi / Does not go out");
    page.open("ul");
    for (const Node& place : list->children) page.leaf("li", place.value, {{"class", "value"}});
    page.close().close();
}

void openPane(HtmlPage& page, const char* heading) {
    page.open("section").leaf("h2", heading);
    page.open("div",
              {{"class", "pane"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", heading}});
}

void source(HtmlPage& page, const std::string& text, const Headings& headings) {
    openPane(page, headings.source);
    page.open("ol");
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);)
        page.leaf("li", base::shortened(line, kLongestLine),
                  {{"id", "s" + std::to_string(++number)}});
    page.close().close().close();
}

void rule(HtmlPage& page, const Node& fate) {
    const auto use = textIn(fate, "use"), line = textIn(fate, "line");
    page.open("tr", {{"class", use}});
    page.open("td").leaf("a", line, {{"href", "#s" + line}}).close();
    page.open("td").text(textIn(fate, "path")).lineEnd();
    page.leaf("span", textIn(fate, "value"), {{"class", "value"}}).close();
    page.leaf("td", useWords(use), {{"class", "use"}});
    page.open("td").text(textIn(fate, "rule"));
    if (const auto file = textIn(fate, "file"); !file.empty()) page.lineEnd().text(file);
    if (const auto why = textIn(fate, "why"); !why.empty()) page.lineEnd().leaf("em", why);
    page.close().open("td");
    if (const Node* const into = fate.child("into"))
        for (const Node& one : into->children) {
            page.text(textIn(one, "place")).lineEnd();
            page.leaf("span", textIn(one, "value"), {{"class", "value"}}).lineEnd();
        }
    page.close().close();
}

void rules(HtmlPage& page, const Node& told, const Headings& headings) {
    openPane(page, "Từng luật / Rule by rule");
    page.open("table").open("thead");
    page.row({"Dòng / line", headings.sourcePlace, "Số phận / fate", "Luật / rule",
              headings.resultPlace},
             "th");
    page.close().open("tbody");
    if (const Node* const report = told.child("report"))
        for (const Node& fate : report->children) rule(page, fate);
    page.close().close().close().close();
}

}  // namespace

std::string explainedPage(const Explained& explained) {
    HtmlPage page(explained.name + " · " + explained.mapping, {false, false, kStyle});
    page.leaf("h1", explained.name + " · " + explained.mapping);
    kept(page, explained.told);
    problems(page, explained.told);
    leftOut(page, explained.told);
    const auto& headings = explained.direction == ExplainedWay::In ? kInward : kOutward;
    page.open("main");
    source(page, explained.source, headings);
    rules(page, explained.told, headings);
    openPane(page, headings.result);
    page.open("pre");
    std::istringstream lines(explained.result);
    for (std::string line; std::getline(lines, line);)
        page.text(base::shortened(line, kLongestLine) + "\n");
    page.close().close().close().close();
    return std::move(page).finish();
}

}  // namespace gateway::app
