// explain: how a message was read, rule by rule, as text, as a page or as JSON.

#include <algorithm>
#include <fstream>
#include <iostream>

#include "gateway/app/authors/explained_message.h"
#include "gateway/app/authors/explained_outward.h"
#include "gateway/app/authors/explained_page.h"
#include "gateway/app/authors/sample_trial.h"
#include "gateway/app/client/files.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

std::string textIn(const Node& node, std::string_view name) {
    const Node* const child = node.child(name);
    return child == nullptr ? std::string() : child->value;
}

// On one line, as a terminal shows it.
std::string shown(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::string made;
    for (const char c : text)
        if (c != ' ' || (!made.empty() && made.back() != ' ')) made += c;
    return made;
}

bool accepts(const mapping::Plan& plan, const std::string& bytes) {
    if (!plan.inward() || plan.table()) return false;
    const auto content = contentOf(plan.theirs(), bytes);
    return content && plan.accepts(*content);
}

// By the mapping that is named, as a file or by its id, or the one that takes such a message.
CheckedMapping mappingFor(const Workshop& workshop, const Arguments& arguments,
                          const std::string& bytes) {
    const std::string named = arguments.get("mapping");
    if (std::filesystem::is_regular_file(named)) return workshop.compile(named);
    std::vector<std::string> found;
    std::shared_ptr<const mapping::Plan> taken;
    for (const auto& plan : workshop.all()) {
        const bool wanted =
            named.empty() ? accepts(*plan, bytes) : plan->id() == named || plan->name() == named;
        if (!wanted) continue;
        found.push_back(plan->name());
        taken = plan;
    }
    if (found.size() == 1) return workshop.judged(taken);
    std::string names;
    for (const auto& name : found) names.append(" ").append(name);
    throw InputError(found.empty() ? "no mapping takes it; name one by --mapping"
                                   : "several mappings take it; name one by --mapping:" + names);
}

Explained ofFile(const std::string& file, const Arguments& arguments) {
    if (arguments.has("outward") && !arguments.has("mapping"))
        throw UsageError("explain FILE --outward needs --mapping: which one is to write it");
    const std::filesystem::path mappings = arguments.get("mappings", "mappings");
    return fromInput([&] {
        const DataView data(mappings, connectorsBeside(mappings), arguments.get("local"));
        const Workshop workshop(data);
        const std::string bytes = readFile(file);
        const auto checked = mappingFor(workshop, arguments, bytes);
        const auto around =
            surroundingsOf(*checked.plan, arguments.get("exchange"), arguments.all("document"));
        if (arguments.has("outward")) return explainedWriting(checked, file, around);
        auto trial =
            trialInward(checked, bytes, around, base::vietnamDate(base::SystemClock().now()));
        return Explained{ExplainedWay::In,      file,
                         checked.plan->name(),  bytes,
                         std::move(trial.told), std::move(trial.result)};
    });
}

// What the gateway said of it, of a message of the store.
void printKept(const Node& kept) {
    const auto code = textIn(kept, "code"), receipt = textIn(kept, "receipt");
    std::cout << textIn(kept, "verdict") << ' ' << textIn(kept, "at") << ", "
              << (receipt.empty() ? "refusal " + textIn(kept, "refusal") : "receipt " + receipt)
              << (code.empty() ? "" : ", " + code) << '\n';
}

void printReport(const Node* report) {
    if (report == nullptr) return;
    for (const Node& fate : report->children) {
        std::cout << "line " << textIn(fate, "line") << "  " << textIn(fate, "path") << "  "
                  << shown(textIn(fate, "value")) << "\n    " << textIn(fate, "use");
        if (const auto rule = textIn(fate, "rule"); !rule.empty()) std::cout << ": " << rule;
        if (const auto file = textIn(fate, "file"); !file.empty()) std::cout << " (" << file << ")";
        if (const auto why = textIn(fate, "why"); !why.empty()) std::cout << "\n    " << why;
        std::cout << '\n';
        if (const Node* const into = fate.child("into"))
            for (const Node& one : into->children)
                std::cout << "    -> " << textIn(one, "place") << "  "
                          << shown(textIn(one, "value")) << '\n';
    }
}

void print(const Explained& explained) {
    std::cout << explained.name << ", " << explained.mapping << '\n';
    if (const Node* const kept = explained.told.child("kept")) printKept(*kept);
    for (const Node& problem : explained.told.child("problems")->children)
        std::cout << "  line " << textIn(problem, "line") << "  " << textIn(problem, "code")
                  << "\n    " << textIn(problem, "vi") << "\n    " << textIn(problem, "en") << '\n';
    printReport(explained.told.child("report"));
    if (const Node* const left = explained.told.child("leftOut");
        left != nullptr && !left->children.empty()) {
        std::cout << "does not go out:\n";
        for (const Node& place : left->children) std::cout << "  " << place.value << '\n';
    }
    if (explained.direction == ExplainedWay::Out) std::cout << explained.result << '\n';
}

Explained explainedBy(const std::string& what, const Arguments& arguments) {
    if (!arguments.has("config")) return ofFile(what, arguments);
    return arguments.has("outward") ? explainedDelivery(what, arguments)
                                    : explainedMessage(what, arguments);
}

}  // namespace

int explainCommand(const Words& words) {
    const Arguments arguments(words,
                              {"mapping", "mappings", "local", "exchange", "document", "config",
                               "store", "agency", "html"},
                              {"json", "outward"}, {"document"});
    if (arguments.positional().size() != 1)
        throw UsageError("explain needs one file, or one name of a message with --config");
    const std::string& what = arguments.positional().front();
    auto explained = explainedBy(what, arguments);
    const Node* const kept = explained.told.child("kept");
    const bool accepted = explained.told.child("problems")->children.empty() &&
                          (kept == nullptr || textIn(*kept, "verdict") != "refused");
    if (arguments.has("html")) {
        std::ofstream out(arguments.get("html"), std::ios::binary);
        out << explainedPage(explained);
        if (!out.flush()) throw InputError(arguments.get("html") + " cannot be written");
    } else if (arguments.has("json")) {
        document::addText(explained.told, "mapping", explained.mapping);
        if (explained.direction == ExplainedWay::Out)
            document::addText(explained.told, "theirs", explained.result);
        std::cout << document::writeJson(explained.told) << '\n';
    } else {
        print(explained);
    }
    return accepted ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
