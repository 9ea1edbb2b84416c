#include "gateway/app/authors/sample_trial.h"

#include <algorithm>
#include <set>

#include "gateway/app/authors/document_trip.h"
#include "gateway/app/client/files.h"
#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/tables.h"

namespace gateway::app {
namespace {

using document::Form;
using document::Node;

constexpr std::size_t kMostDifferences = 50;
constexpr const char* kNotTaken = "no <accept> of the mapping takes what it has written";

const char* useName(mapping::NodeUse use) {
    switch (use) {
        case mapping::NodeUse::Used: return "used";
        case mapping::NodeUse::Ignored: return "ignored";
        case mapping::NodeUse::Kept: return "kept";
        case mapping::NodeUse::Unknown: return "unknown";
    }
    return "unknown";
}

}  // namespace

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
        if (!fate.file.empty()) document::addText(node, "file", fate.file);
        document::addText(node, "value", fate.value);
        Node into = document::arrayNode("into");
        for (const auto& carried : fate.carried) {
            Node entry = document::objectNode();
            document::addText(entry, "place", carried.place);
            document::addText(entry, "value", carried.value);
            into.children.push_back(std::move(entry));
        }
        if (!into.children.empty()) node.children.push_back(std::move(into));
        list.children.push_back(std::move(node));
    }
    return list;
}

Node textList(std::string name, const std::vector<std::string>& texts) {
    Node list = document::arrayNode(std::move(name));
    for (const auto& text : texts) list.children.push_back(document::stringNode({}, text));
    return list;
}

namespace {

// What the case model itself asks for, and of an act its declaration, is asked on the road too.
std::vector<base::Problem> problemsOf(const law::LawBook& law, const Node& theirs, const Node& ours,
                                      base::Date today) {
    if (const auto* act = exchange::declaredIn(law, ours))
        if (auto problems = exchange::judgeDeclared(*act, theirs, ours, today); !problems.empty())
            return problems;
    auto bound = mapping::bindMessage(ours);
    return bound ? std::vector<base::Problem>() : std::move(bound).error();
}

// Where two documents of our side differ, as JSON pointers. Depth is that of the trees.
void compare(const Node& left, const Node& right, const std::string& path,
             std::vector<std::string>& differences) {
    if (differences.size() >= kMostDifferences) return;
    if (left.kind != right.kind || left.value != right.value) {
        differences.push_back(path.empty() ? "/" : path);
        return;
    }
    const bool array = left.kind == document::Kind::Array;
    std::set<std::pair<std::string, std::size_t>> seen;
    std::map<std::string, std::size_t> counts;
    const auto nth = [](const Node& parent, const std::string& name, std::size_t number) {
        for (const Node& child : parent.children)
            if (child.name == name && number-- == 0) return &child;
        return static_cast<const Node*>(nullptr);
    };
    for (const Node* const side : {&left, &right}) {
        counts.clear();
        for (const Node& child : side->children) {
            const std::size_t number = counts[child.name]++;
            if (!seen.emplace(child.name, number).second) continue;
            const std::string at = path + "/" + (array ? std::to_string(number) : child.name);
            const Node* const one = nth(left, child.name, number);
            const Node* const other = nth(right, child.name, number);
            if (one == nullptr || other == nullptr)
                differences.push_back(at);
            else
                compare(*one, *other, at, differences);
        }
    }
}

Node roundTrip(const Node& before,
               const base::Result<mapping::MappedTree, mapping::Problems>& after) {
    Node told = document::objectNode("roundTrip");
    std::vector<std::string> differences;
    if (after)
        compare(before, after->ours, {}, differences);
    else
        for (const auto& problem : after.error())
            differences.push_back(problem.path + ": " + base::render(problem).en);
    document::addFlag(told, "identical", differences.empty());
    if (!differences.empty()) told.children.push_back(textList("differences", differences));
    return told;
}

void tellUnwritable(SampleTrial& trial, const std::string& what) {
    Node told = document::objectNode("roundTrip");
    document::addFlag(told, "identical", false);
    told.children.push_back(textList("differences", {what}));
    trial.told.children.push_back(std::move(told));
}

}  // namespace

base::Result<document::Content> contentOf(Form form, const std::string& bytes) {
    document::Content content;
    if (form == Form::Json) {
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

std::vector<std::string> differencesOf(const Node& left, const Node& right) {
    std::vector<std::string> differences;
    compare(left, right, {}, differences);
    return differences;
}

mapping::Documents SampleSurroundings::given() const {
    mapping::Documents given;
    for (const auto& [name, tree] : documents) given.emplace(name, &tree);
    return given;
}

void addGivenValues(const Node& given, mapping::ExchangeValues& values) {
    for (const Node& value : given.children) {
        if (value.name == "partner" && value.kind == document::Kind::Object)
            for (const Node& setting : value.children)
                values.insert_or_assign("partner/" + setting.name, setting.value);
        else
            values.insert_or_assign(value.name, value.value);
    }
}

SampleSurroundings surroundingsOf(const mapping::Plan& plan, const std::string& exchangeFile,
                                  const std::vector<std::string>& documents) {
    // A sample comes without its exchange; placeholders stand for what the signature says.
    SampleSurroundings around{{{"sender", "sample"},
                               {"recipient", "sample"},
                               {"audience", "sample/sample"},
                               {"messageId", "sample-1"},
                               {"messageType", plan.messageType()},
                               {"createdAt", "2026-01-01T00:00:00.000Z"},
                               {"receivedAt", "2026-01-01T00:00:00.000Z"},
                               {"channel", "sample"},
                               {"gateway", "sample/sample"}},
                              {}};
    const auto read = [](const std::string& file) {
        const bool json = file.ends_with(".json");
        auto content = contentOf(json ? Form::Json : Form::Xml, readFile(file));
        if (!content)
            throw InputError(file + ":" + std::to_string(content.error().position.line) + ": " +
                             base::render(content.error()).en);
        return std::move(content->tree);
    };
    if (!exchangeFile.empty()) addGivenValues(read(exchangeFile).root, around.exchange);
    for (const auto& named : documents) {
        const auto equals = named.find('=');
        if (equals == std::string::npos) throw UsageError("--document is NAME=FILE");
        around.documents.emplace(named.substr(0, equals), read(named.substr(equals + 1)));
    }
    return around;
}

SampleTrial trialMessage(const CheckedMapping& checked, const document::Content& content,
                         const SampleSurroundings& around, base::Date today) {
    const auto& plan = *checked.plan;
    const auto given = around.given();
    SampleTrial trial;
    Node problems = document::arrayNode("problems");
    auto mapped = plan.read(content, around.exchange, mapping::Detail::All, given);
    if (!mapped) {
        for (const auto& problem : mapped.error())
            problems.children.push_back(problemNode(problem));
        trial.told.children.push_back(std::move(problems));
        return trial;
    }
    if (plan.oursIsModel())
        for (const auto& problem :
             problemsOf(checked.reference->law(), content.tree.root, mapped->ours, today))
            problems.children.push_back(problemNode(problem));
    trial.accepted = problems.children.empty();
    trial.result = plan.textOfOurs(mapped->ours);
    Node ours = plan.ours() == Form::Json ? mapped->ours : document::stringNode({}, trial.result);
    ours.name = "ours";
    trial.told.children.push_back(std::move(ours));
    trial.told.children.push_back(reportNode(mapped->report));
    if (plan.outward() && !plan.table()) try {
            const auto again =
                contentOf(plan.theirs(), plan.write(mapped->ours, around.exchange, given));
            if (!plan.accepts(*again)) throw base::Fault(kNotTaken);
            const auto after = plan.read(*again, around.exchange, mapping::Detail::All, given);
            trial.told.children.push_back(roundTrip(mapped->ours, after));
            if (after && trial.told.children.back().child("identical")->value == "true")
                tellDifferences(documentDifferences(plan, mapped->report, after->report),
                                trial.told.children.back());
        } catch (const base::Fault& fault) {
            tellUnwritable(trial, fault.what());
        }
    trial.told.children.push_back(std::move(problems));
    return trial;
}

namespace {

SampleTrial refused(const base::Problem& problem) {
    SampleTrial trial;
    trial.told.children.push_back(document::arrayNode("problems"));
    trial.told.children.back().children.push_back(problemNode(problem));
    return trial;
}

// On the road some other format may fit; here the author is told what this one looks at.
SampleTrial notAccepted(const mapping::Plan& plan, const std::string& root) {
    auto trial = refused(base::Problem(base::ErrorCode::MAPPING_NO_FORMAT).with("root", root));
    std::string places;
    for (const auto& place : plan.placesOfAccept())
        places.append(places.empty() ? "" : ", ").append(place);
    Node& told = trial.told.children.front().children.front();
    told.child("en")->value = "No <accept> of this mapping holds for the sample" +
                              (root.empty() ? "" : ", which begins with \"" + root + "\"") +
                              (places.empty() ? "." : "; it looks at: " + places + ".");
    told.child("vi")->value = "Không <accept> nào của ánh xạ này nhận mẫu" +
                              (root.empty() ? "" : " (bắt đầu bằng “" + root + "”)") +
                              (places.empty() ? "." : "; nơi được xét: " + places + ".");
    return trial;
}

// Each row is a message of its own.
SampleTrial trialTable(const CheckedMapping& checked, const std::string& bytes,
                       const SampleSurroundings& around, base::Date today) {
    const auto& plan = *checked.plan;
    const auto table = tableOf(plan, bytes);
    if (!table) return refused(table.error());
    if (!mapping::acceptsTable(plan, *table)) return notAccepted(plan, {});
    SampleTrial whole;
    whole.accepted = true;
    Node rows = document::arrayNode("rows");
    for (const auto& row : table->rows()) {
        const auto number = row.position.line;
        SampleTrial one;
        if (const auto faults = mapping::cellFaultsOf(*table, number); !faults.empty())
            one = refused(faults.front());
        else
            one = trialMessage(checked, mapping::rowContent(row), around, today);
        whole.accepted = whole.accepted && one.accepted;
        whole.result.append(one.result);
        one.told.children.insert(one.told.children.begin(),
                                 document::numberNode("row", std::to_string(number)));
        rows.children.push_back(std::move(one.told));
    }
    whole.told.children.push_back(document::arrayNode("problems"));
    whole.told.children.push_back(std::move(rows));
    return whole;
}

}  // namespace

base::Result<document::Table> tableOf(const mapping::Plan& plan, const std::string& bytes) {
    const bool workbook = bytes.starts_with("PK");
    return document::readTable(
        bytes, workbook ? document::TableForm::Xlsx : document::TableForm::Csv, *plan.table());
}

SampleTrial trialInward(const CheckedMapping& checked, const std::string& bytes,
                        const SampleSurroundings& around, base::Date today) {
    if (checked.plan->table()) return trialTable(checked, bytes, around, today);
    auto content = contentOf(checked.plan->theirs(), bytes);
    if (!content) return refused(content.error());
    if (!checked.plan->inward() || !checked.plan->accepts(*content))
        return notAccepted(*checked.plan, content->tree.root.name);
    return trialMessage(checked, *content, around, today);
}

namespace {

// What nobody could hand over to be written is not worth writing.
std::vector<base::Problem> judgeOurs(const mapping::Plan& plan, const document::Content& content) {
    if (!plan.outward()) throw InputError(plan.id() + " only reads: nothing is written by it");
    return plan.judgeOurs(content.tree.root);
}

}  // namespace

SampleTrial trialOutward(const CheckedMapping& checked, const std::string& bytes,
                         const SampleSurroundings& around) {
    const auto& plan = *checked.plan;
    SampleTrial trial;
    Node problems = document::arrayNode("problems");
    auto content = contentOf(plan.ours(), bytes);
    if (!content) {
        problems.children.push_back(problemNode(content.error()));
        trial.told.children.push_back(std::move(problems));
        return trial;
    }
    const Node& ours = content->tree.root;
    const auto given = around.given();
    for (const auto& problem : judgeOurs(plan, *content))
        problems.children.push_back(problemNode(problem));
    if (!problems.children.empty()) {
        trial.told.children.push_back(std::move(problems));
        return trial;
    }
    try {
        trial.result = plan.write(ours, around.exchange, given);
        trial.accepted = true;
        document::addText(trial.told, "theirs", trial.result);
        trial.told.children.push_back(textList("leftOut", plan.leftOut(ours, around.exchange)));
        const auto again = contentOf(plan.theirs(), trial.result);
        if (plan.inward() && !plan.table() && again && !plan.accepts(*again))
            tellUnwritable(trial, kNotTaken);
        else if (plan.inward() && !plan.table() && again)
            trial.told.children.push_back(roundTrip(
                ours, plan.read(*again, around.exchange, mapping::Detail::NotUsed, given)));
    } catch (const mapping::Unwritable& unwritable) {
        auto problem = problemNode(unwritable.problem);
        problem.child("en")->value = unwritable.what();
        problems.children.push_back(std::move(problem));
    }
    trial.told.children.push_back(std::move(problems));
    return trial;
}

}  // namespace gateway::app
