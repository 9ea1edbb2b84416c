#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/printing/data_view.h"
#include "gateway/app/printing/mapping_coverage.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/model_shape.h"

namespace gateway::app {
namespace {

using document::Node;

base::Result<document::Content> contentOf(const mapping::Plan& plan, const std::string& bytes) {
    document::Content content;
    if (plan.theirs() == document::Form::Json) {
        auto tree = document::readJson(bytes);
        if (!tree) return std::move(tree).error();
        content.tree = std::move(tree).value();
        return content;
    }
    auto xml = document::XmlDocument::parse(bytes);
    if (!xml) return std::move(xml).error();
    content.tree = xml->toTree();
    content.xml = std::move(xml).value();
    return content;
}

const char* useName(mapping::NodeUse use) {
    switch (use) {
        case mapping::NodeUse::Used: return "used";
        case mapping::NodeUse::Ignored: return "ignored";
        case mapping::NodeUse::Kept: return "kept";
        case mapping::NodeUse::Unknown: return "unknown";
    }
    return "unknown";
}

Node problemNode(const base::Problem& problem) {
    const auto text = base::render(problem);
    Node node = document::objectNode();
    node.children.push_back(document::stringNode("code", std::string(entryOf(problem.code).name)));
    node.children.push_back(document::stringNode("path", problem.path));
    node.children.push_back(document::numberNode("line", std::to_string(problem.position.line)));
    node.children.push_back(document::stringNode("en", text.en));
    node.children.push_back(document::stringNode("vi", text.vi));
    return node;
}

Node reportNode(const mapping::Report& report) {
    Node list = document::arrayNode("report");
    for (const auto& fate : report.nodes) {
        Node node = document::objectNode();
        node.children.push_back(document::stringNode("path", fate.path));
        node.children.push_back(document::numberNode("line", std::to_string(fate.line)));
        node.children.push_back(document::stringNode("use", useName(fate.use)));
        if (!fate.rule.empty()) node.children.push_back(document::stringNode("rule", fate.rule));
        if (!fate.reason.empty()) node.children.push_back(document::stringNode("why", fate.reason));
        list.children.push_back(std::move(node));
    }
    return list;
}

// What the case model itself asks for, and of an act its declaration, is asked on the road too.
std::vector<base::Problem> problemsOf(const law::LawBook& law, const Node& theirs, const Node& ours,
                                      base::Date today) {
    if (const auto* act = exchange::declaredIn(law, ours))
        if (auto problems = exchange::judgeDeclared(*act, theirs, ours, today); !problems.empty())
            return problems;
    auto bound = mapping::bindMessage(ours);
    return bound ? std::vector<base::Problem>() : std::move(bound).error();
}

// What the mapping makes of one sample.
Node judgeSample(const CheckedMapping& checked, const std::string& bytes, base::Date today,
                 bool& accepted) {
    const auto& plan = *checked.plan;
    Node root = document::objectNode();
    Node problems = document::arrayNode("problems");
    accepted = false;
    auto content = contentOf(plan, bytes);
    if (!content) {
        problems.children.push_back(problemNode(content.error()));
    } else if (!plan.accepts(*content)) {
        problems.children.push_back(problemNode(base::Problem(base::ErrorCode::MAPPING_NO_FORMAT)
                                                    .with("root", content->tree.root.name)));
    } else {
        // A sample comes without its exchange; placeholders stand for what the signature says.
        const mapping::ExchangeValues values{{"sender", "sample"},
                                             {"audience", "sample/sample"},
                                             {"messageId", "sample-1"},
                                             {"messageType", plan.messageType()},
                                             {"createdAt", "2026-01-01T00:00:00.000Z"},
                                             {"receivedAt", "2026-01-01T00:00:00.000Z"},
                                             {"channel", "sample"},
                                             {"gateway", "sample/sample"}};
        auto mapped = plan.read(*content, values, mapping::Detail::All);
        if (mapped) {
            const auto found =
                problemsOf(checked.reference->law(), content->tree.root, mapped->ours, today);
            accepted = found.empty();
            for (const auto& problem : found) problems.children.push_back(problemNode(problem));
            mapped->ours.name = "ours";
            root.children.push_back(std::move(mapped->ours));
            root.children.push_back(reportNode(mapped->report));
        } else {
            for (const auto& problem : mapped.error())
                problems.children.push_back(problemNode(problem));
        }
    }
    root.children.push_back(std::move(problems));
    return root;
}

// The verdict and whose it is, before everything else.
void addHead(Node& root, const mapping::Plan& plan, bool accepted) {
    const auto at = root.children.begin();
    root.children.insert(at, {document::booleanNode("accepted", accepted),
                              document::stringNode("mapping", plan.id()),
                              document::stringNode("version", plan.version())});
}

void printForPeople(const Node& verdict) {
    const bool accepted = verdict.child("accepted")->value == "true";
    std::cout << (accepted ? "accepted\n" : "refused\n");
    for (const auto& problem : verdict.child("problems")->children)
        std::cout << "  line " << problem.child("line")->value << "  "
                  << problem.child("code")->value << "\n    " << problem.child("vi")->value
                  << "\n    " << problem.child("en")->value << '\n';
    if (const auto* ours = verdict.child("ours")) std::cout << document::writeJsonPretty(*ours);
    if (const auto* report = verdict.child("report"))
        for (const auto& fate : report->children)
            std::cout << "  " << fate.child("use")->value << "\t" << fate.child("path")->value
                      << " (line " << fate.child("line")->value << ")\n";
}

CheckedMapping compiled(const std::filesystem::path& file, const std::filesystem::path& mappings,
                        const std::filesystem::path& local, const base::Clock& clock,
                        Node* coverage) {
    const DataView data(mappings, connectorsBeside(mappings), local);
    try {
        auto checked = compileMapping(data.seen(file), data.mappings(), data.connectors(), clock);
        if (coverage != nullptr)
            *coverage = coverageNode(data.seen(file), checked.plan->messageType(), data.mappings());
        return checked;
    } catch (const base::Fault& fault) {
        throw base::Fault(data.named(fault.what()));
    }
}

}  // namespace

int checkMappingCommand(const Words& words) {
    const Arguments arguments(words, {"sample", "mappings", "local"}, {"json", "coverage"});
    if (arguments.positional().size() != 1) throw UsageError("check-mapping needs one mapping");
    const std::filesystem::path file = arguments.positional().front();
    const auto root = arguments.has("mappings") ? std::filesystem::path(arguments.get("mappings"))
                                                : mappingsAbove(file);
    const base::SystemClock clock;
    Node coverage = document::objectNode("coverage");
    const auto checked = fromInput([&] {
        return compiled(file, root, arguments.get("local"), clock,
                        arguments.has("coverage") ? &coverage : nullptr);
    });
    bool accepted = true;
    Node verdict = document::objectNode();
    if (arguments.has("sample"))
        verdict = judgeSample(checked, readFile(arguments.get("sample")),
                              base::vietnamDate(clock.now()), accepted);
    else
        verdict.children.push_back(document::arrayNode("problems"));
    addHead(verdict, *checked.plan, accepted);
    if (!arguments.has("json") && arguments.has("coverage")) printCoverage(coverage);
    if (arguments.has("coverage")) verdict.children.push_back(std::move(coverage));
    if (arguments.has("json"))
        std::cout << document::writeJson(verdict) << '\n';
    else if (arguments.has("sample"))
        printForPeople(verdict);
    else
        std::cout << checked.plan->id() << " version " << checked.plan->version() << " is good\n";
    return accepted ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
