#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <memory>

#include "gateway/app/authors/sample_trial.h"
#include "gateway/app/authors/workshop.h"
#include "gateway/app/client/files.h"
#include "gateway/app/printing/data_view.h"
#include "gateway/app/printing/mapping_coverage.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/mapping/sources/mapping_files.h"

namespace gateway::app {
namespace {

using document::Node;
namespace fs = std::filesystem;

// The verdict and whose it is, before everything else.
void addHead(Node& root, const mapping::Plan& plan, bool accepted) {
    const auto at = root.children.begin();
    root.children.insert(at, {document::booleanNode("accepted", accepted),
                              document::stringNode("mapping", plan.id()),
                              document::stringNode("version", plan.version())});
}

void printList(const Node& verdict, const char* name, const char* words) {
    const Node* const list = verdict.child(name);
    if (list == nullptr || list->children.empty()) return;
    std::cout << words << '\n';
    for (const auto& entry : list->children) std::cout << "  " << entry.value << '\n';
}

void printProblems(const Node& verdict) {
    for (const auto& problem : verdict.child("problems")->children)
        std::cout << "  line " << problem.child("line")->value << "  "
                  << problem.child("code")->value << "\n    " << problem.child("vi")->value
                  << "\n    " << problem.child("en")->value << '\n';
}

void printWrittenOtherwise(const Node& trip) {
    const Node* const documents = trip.child("documents");
    if (documents == nullptr || documents->children.empty()) return;
    std::cout << "written otherwise than it came, as its rules say:\n";
    const auto orNothing = [](const Node* value) {
        return value == nullptr || value->value.empty() ? "nothing" : "\"" + value->value + "\"";
    };
    for (const Node& one : documents->children)
        std::cout << "  " << one.child("kind")->value << " (" << one.child("count")->value
                  << "): " << one.child("path")->value << "  " << orNothing(one.child("before"))
                  << " -> " << orNothing(one.child("now")) << '\n';
}

void printForPeople(const Node& verdict, const std::string& result) {
    const bool accepted = verdict.child("accepted")->value == "true";
    std::cout << (accepted ? "accepted\n" : "refused\n");
    printProblems(verdict);
    if (const auto* rows = verdict.child("rows"))
        for (const auto& row : rows->children) {
            const bool taken = row.child("problems")->children.empty();
            std::cout << "row " << row.child("row")->value
                      << (taken ? " accepted\n" : " refused\n");
            printProblems(row);
        }
    if (!result.empty()) std::cout << result << (result.ends_with('\n') ? "" : "\n");
    if (const auto* report = verdict.child("report"))
        for (const auto& fate : report->children)
            std::cout << "  " << fate.child("use")->value << "\t" << fate.child("path")->value
                      << " (line " << fate.child("line")->value << ")\n";
    printList(verdict, "leftOut", "does not go out:");
    if (const auto* trip = verdict.child("roundTrip")) {
        const bool identical = trip->child("identical")->value == "true";
        std::cout << "round trip: " << (identical ? "identical" : "differs") << '\n';
        printList(*trip, "differences", "different or missing:");
        printList(*trip, "unexplained", "written otherwise, and no rule says so:");
        printWrittenOtherwise(*trip);
    }
    if (const auto* losses = verdict.child("losses"); losses && !losses->children.empty()) {
        std::cout << "not brought back as it was written, by its rules:\n";
        for (const auto& loss : losses->children)
            std::cout << "  " << loss.child("loses")->value << ": " << loss.child("rule")->value
                      << '\n';
    }
}

// A file or pipe gets the document byte for byte. On a terminal it is made harmless like all that
// is printed.
void printDocument(const std::string& document) {
    if (::isatty(STDOUT_FILENO) != 0)
        std::cout << document;
    else
        std::fwrite(document.data(), 1, document.size(), stdout);
}

CheckedMapping compiled(const std::filesystem::path& file, const Workshop& workshop,
                        Node* coverage) {
    const DataView& data = workshop.data();
    try {
        auto checked = workshop.compile(file);
        if (coverage != nullptr)
            *coverage = coverageNode(data.seen(file), *checked.plan, workshop.outlines());
        return checked;
    } catch (const base::Fault& fault) {
        throw base::Fault(data.named(fault.what()));
    }
}

// Rules stand in files that are still there when this command has ended.
void nameFiles(Node& node, const DataView& data) {
    for (auto& child : node.children) {
        if (child.name == "file") child.value = data.named(std::move(child.value));
        if (child.name == "report" || child.name == "rows" || node.kind == document::Kind::Array)
            nameFiles(child, data);
    }
}

// No document could ever come to be of such a mapping, whatever the sample.
Node unfilledNode(const mapping::Plan& plan, const Node& coverage) {
    Node problems = document::arrayNode("problems");
    const Node* const unfilled = coverage.child("ours");
    if (unfilled == nullptr || !plan.inward()) return problems;
    for (const auto& place : unfilled->children) {
        Node problem = document::objectNode();
        document::addText(problem, "code", "MAPPING_REQUIRED");
        document::addText(problem, "path", place.value);
        problem.children.push_back(document::numberNode("line", "0"));
        document::addText(problem, "en", "No rule fills " + place.value + ", which ours requires.");
        document::addText(problem, "vi",
                          "Không quy tắc nào điền " + place.value + ", là mục bắt buộc của ta.");
        problems.children.push_back(std::move(problem));
    }
    return problems;
}

// Folders stand for the mappings in them, however deep.
std::vector<fs::path> namedFiles(const std::vector<std::string>& named) {
    std::vector<fs::path> files;
    for (const fs::path name : named) {
        if (!fs::is_directory(name)) {
            files.push_back(name);
            continue;
        }
        const auto found = fromInput([&] { return mapping::mappingFiles(name); });
        if (found.empty()) throw InputError(name.string() + ": there is no mapping in it");
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

// One of several, by itself: what is wrong with it does not keep the others from being judged.
Node judged(const fs::path& file, const Workshop& workshop, bool withCoverage) {
    Node coverage = document::objectNode("coverage");
    Node told = document::objectNode();
    document::addText(told, "file", file.string());
    try {
        const auto checked = compiled(file, workshop, &coverage);
        Node problems = unfilledNode(*checked.plan, coverage);
        addHead(told, *checked.plan, problems.children.empty());
        told.children.push_back(std::move(problems));
        told.children.push_back(lossesNode(*checked.plan));
        if (withCoverage) told.children.push_back(std::move(coverage));
    } catch (const base::Fault& fault) {
        document::addFlag(told, "accepted", false);
        document::addText(told, "problem", fault.what());
        told.children.push_back(document::arrayNode("problems"));
    }
    return told;
}

void printJudged(const Node& told) {
    const auto& file = told.child("file")->value;
    if (const auto* const problem = told.child("problem")) {
        std::cout << "BAD " << file << '\n' << problem->value << '\n';
        return;
    }
    const bool good = told.child("accepted")->value == "true";
    std::cout << (good ? "good " : "BAD ") << file << "  " << told.child("mapping")->value << '@'
              << told.child("version")->value << '\n';
    printProblems(told);
    if (const auto* const coverage = told.child("coverage")) printCoverage(*coverage);
}

int checkSeveral(const std::vector<fs::path>& files, const DataView& data,
                 const Arguments& arguments) {
    if (arguments.has("sample")) throw UsageError("a sample is tried with one mapping");
    const auto workshop = fromInput([&] { return std::make_unique<Workshop>(data); });
    bool accepted = true, unusable = false;
    Node list = document::arrayNode("mappings");
    for (const auto& file : files) {
        Node told = judged(file, *workshop, arguments.has("coverage"));
        accepted = accepted && told.child("accepted")->value == "true";
        unusable = unusable || told.child("problem") != nullptr;
        if (!arguments.has("json")) printJudged(told);
        list.children.push_back(std::move(told));
    }
    if (arguments.has("json")) {
        Node root = document::objectNode();
        document::addFlag(root, "accepted", accepted);
        root.children.push_back(std::move(list));
        std::cout << document::writeJson(root) << '\n';
    }
    return accepted ? kExitOk : unusable ? kExitBadData : kExitRefused;
}

}  // namespace

int checkMappingCommand(const Words& words) {
    const Arguments arguments(words, {"sample", "mappings", "local", "exchange", "document"},
                              {"json", "coverage", "outward", "only-result"}, {"document"});
    if (arguments.positional().empty()) throw UsageError("check-mapping needs a mapping");
    const auto files = namedFiles(arguments.positional());
    const auto& file = files.front();
    const auto root =
        arguments.has("mappings") ? fs::path(arguments.get("mappings")) : mappingsAbove(file);
    const auto data = fromInput([&] {
        return std::make_unique<DataView>(root, connectorsBeside(root), arguments.get("local"));
    });
    if (files.size() > 1) return checkSeveral(files, *data, arguments);
    Node coverage = document::objectNode("coverage");
    const auto checked = fromInput([&] {
        const bool asked = arguments.has("coverage") || !arguments.has("sample");
        return compiled(file, Workshop(*data), asked ? &coverage : nullptr);
    });
    SampleTrial trial;
    trial.accepted = true;
    if (arguments.has("sample")) {
        const auto around =
            surroundingsOf(*checked.plan, arguments.get("exchange"), arguments.all("document"));
        const std::string bytes = readFile(arguments.get("sample"));
        trial =
            arguments.has("outward")
                ? trialOutward(checked, bytes, around)
                : trialInward(checked, bytes, around, base::vietnamDate(base::SystemClock().now()));
    } else {
        trial.told.children.push_back(unfilledNode(*checked.plan, coverage));
        trial.accepted = trial.told.children.back().children.empty();
    }
    if (arguments.has("only-result") && trial.accepted) {
        printDocument(trial.result);
        return kExitOk;
    }
    Node& verdict = trial.told;
    nameFiles(verdict, *data);
    addHead(verdict, *checked.plan, trial.accepted);
    verdict.children.push_back(lossesNode(*checked.plan));
    if (!arguments.has("json") && arguments.has("coverage")) printCoverage(coverage);
    if (arguments.has("coverage")) verdict.children.push_back(std::move(coverage));
    if (arguments.has("json"))
        std::cout << document::writeJson(verdict) << '\n';
    else if (arguments.has("sample") || !trial.accepted)
        printForPeople(verdict, trial.result);
    else
        std::cout << checked.plan->id() << " version " << checked.plan->version() << " is good\n";
    return trial.accepted ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
