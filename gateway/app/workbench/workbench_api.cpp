#include "gateway/app/workbench/workbench_api.h"

#include <algorithm>

#include "gateway/app/authors/draft_sample.h"
#include "gateway/app/authors/sample_trial.h"
#include "gateway/app/client/files.h"
#include "gateway/app/printing/mapping_coverage.h"
#include "gateway/app/workbench/shipped_formats.h"
#include "gateway/base/encoding.h"
#include "gateway/base/fault.h"
#include "gateway/base/replace_file.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/document/xml_writer.h"
#include "gateway/mapping/drafts/draft.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
namespace drafts = mapping::drafts;
using document::Node;
using server::Request;
using server::Response;

// A page shows no more; the counts say how many there are.
constexpr std::size_t kMostNodes = 3'000;

std::string textIn(const Node& object, std::string_view name) {
    const Node* const member = object.child(name);
    return member == nullptr ? std::string() : member->value;
}

// What is no text comes as base64.
std::string sampleIn(const Node& asked) {
    const auto packed = textIn(asked, "packed");
    const auto bytes = packed.empty() ? std::nullopt : base::fromBase64(packed);
    return bytes ? *bytes : textIn(asked, "sample");
}

// Its line is none of the sample.
base::Problem inAround(base::Problem problem, const std::string& name) {
    problem.path = "$" + name;
    problem.position = {};
    return problem;
}

// What comes with the sample, over invented values: {"exchange": TEXT, "partner": TEXT,
// "documents": {NAME: TEXT}}.
base::Result<SampleSurroundings> aroundIn(const Node& asked, const mapping::Plan& plan) {
    auto around = surroundingsOf(plan, {}, {});
    if (const auto exchange = textIn(asked, "exchange"); !exchange.empty()) {
        const auto values = document::readJson(exchange);
        if (!values) return inAround(values.error(), "exchange");
        addGivenValues(values->root, around.exchange);
    }
    if (const auto partner = textIn(asked, "partner"); !partner.empty()) {
        auto settings = document::readJson(partner);
        if (!settings) return inAround(settings.error(), "partner");
        settings->root.name = "partner";
        Node given = document::objectNode();
        given.children.push_back(std::move(settings->root));
        addGivenValues(given, around.exchange);
    }
    const Node* const documents = asked.child("documents");
    for (const Node& one : documents ? documents->children : std::vector<Node>()) {
        const bool xml = one.value.find('<') <= one.value.find('{');
        auto content = contentOf(xml ? document::Form::Xml : document::Form::Json, one.value);
        if (!content) return inAround(content.error(), one.name);
        around.documents.insert_or_assign(one.name, std::move(content->tree));
    }
    return around;
}

Node faultNode(const MappingFault& fault) {
    Node node = document::objectNode();
    document::addText(node, "file", fault.file);
    document::addNumber(node, "line", fault.position.line);
    document::addNumber(node, "column", fault.position.column);
    document::addText(node, "vi", fault.vi);
    document::addText(node, "en", fault.en);
    return node;
}

// The files that rules stand in, as the page may name them; no more nodes than it shows, and what
// came of it as a text alone.
void finishReport(Node& told, const BenchResult& bench) {
    std::erase_if(told.children, [](const Node& member) {
        return member.name == "ours" || member.name == "theirs";
    });
    Node* const report = told.child("report");
    if (report == nullptr) return;
    document::addNumber(told, "nodes", static_cast<std::int64_t>(report->children.size()));
    Node& list = *told.child("report");
    if (list.children.size() > kMostNodes) list.children.resize(kMostNodes);
    for (Node& fate : list.children)
        if (Node* const file = fate.child("file")) file->value = bench.named(file->value);
}

// Each element and each member on a line of its own; what was written has no blanks between them.
std::string laidOut(const mapping::Plan& plan, const std::string& written) {
    if (plan.table()) return written;
    if (plan.theirs() == document::Form::Xml) return document::laidOutXml(written);
    const auto tree = document::readJson(written);
    return tree ? document::writeJsonPretty(tree->root) : written;
}

// What was written, read as its recipient's fellow would: which rule wrote what.
void addReading(SampleTrial& trial, const CheckedMapping& checked, const SampleSurroundings& around,
                base::Date today) {
    if (!trial.accepted) return;
    trial.result = laidOut(*checked.plan, trial.result);
    if (!checked.plan->inward() || checked.plan->table()) return;
    auto again = trialInward(checked, trial.result, around, today);
    if (Node* const report = again.told.child("report"))
        trial.told.children.push_back(std::move(*report));
}

Node said(bool done, const std::string& vi, const std::string& en) {
    Node node = document::objectNode();
    document::addFlag(node, "done", done);
    document::addText(node, "vi", vi);
    document::addText(node, "en", en);
    return node;
}

std::string digestOf(const std::string& text) { return document::sha256(text).hex(); }

// One that is not there yet is empty.
std::string present(const fs::path& file) {
    return fs::exists(file) ? readFile(file) : std::string();
}

// Whose link it is, it stays, and it is open to those to whom it was.
bool isReplaced(const fs::path& named, const std::string& text) {
    const fs::path file = fs::weakly_canonical(named);
    std::optional<fs::perms> before;
    if (fs::exists(file)) before = fs::status(file).permissions();
    std::error_code failed;
    try {
        base::replaceFile(file, text);
    } catch (const base::Fault&) {
        return false;
    }
    if (before) fs::permissions(file, *before, failed);
    return !failed;
}

void addPlan(Node& told, const mapping::Plan& plan) {
    document::addText(told, "mapping", plan.id());
    document::addText(told, "version", plan.version());
    document::addText(told, "message", plan.messageType());
    document::addText(told, "theirs",
                      plan.table()                           ? "table"
                      : plan.theirs() == document::Form::Xml ? "xml"
                                                             : "json");
    document::addText(told, "ours", plan.ours() == document::Form::Xml ? "xml" : "json");
    document::addFlag(told, "inward", plan.inward());
    document::addFlag(told, "outward", plan.outward());
}

}  // namespace

WorkbenchApi::WorkbenchApi(const Workshop& workshop, const PageFiles& page, WorkbenchStart start,
                           const base::Clock& clock) :
    page_(page), start_(std::move(start)), bench_(workshop, start_.mapping), clock_(clock) {
    static_cast<void>(started());
}

Response WorkbenchApi::handle(const Request& request) {
    if (!request.path.starts_with("/api/")) return page_.answer(request);
    const auto json = [](const Node& node) {
        return Response{200, "application/json", {}, document::writeJson(node), false};
    };
    const auto refuse = [&](base::ErrorCode code) {
        return server::problemResponse(base::Problem(code), request.correlation);
    };
    if (request.method == "GET") {
        if (request.path == "/api/start") return json(started());
        if (request.path == "/api/formats") return json(formats());
        const auto file = request.query.find("file");
        if (request.path == "/api/part" && file != request.query.end())
            if (const auto found = sharedFile(bench_.workshop().data(), file->second))
                return json(*found);
        if (request.path == "/api/format")
            if (const auto found = format(request.query)) return json(*found);
        return refuse(base::ErrorCode::HTTP_NOT_FOUND);
    }
    const auto asked = document::readJson(request.body);
    if (!asked) return server::problemResponse(asked.error(), request.correlation);
    if (request.path == "/api/try") return json(tried(asked->root));
    if (request.path == "/api/draft") return json(drafted(asked->root));
    if (request.path == "/api/save") return json(saved(asked->root));
    return refuse(base::ErrorCode::HTTP_NOT_FOUND);
}

Node WorkbenchApi::started() const {
    Node node = document::objectNode();
    if (!start_.mapping.empty()) {
        const std::string text = present(start_.mapping);
        document::addText(node, "mappingFile", start_.mapping.string());
        document::addText(node, "mapping", text);
        document::addText(node, "digest", digestOf(text));
    }
    if (!start_.sample.empty()) {
        const std::string bytes = readFile(start_.sample);
        document::addText(node, "sampleFile", start_.sample.filename().string());
        if (bytes.starts_with("PK"))
            document::addText(node, "packed", base::toBase64(bytes));
        else
            document::addText(node, "sample", bytes);
    }
    return node;
}

Node WorkbenchApi::formats() const { return shippedFormats(bench_.workshop().data()); }

std::optional<Node> WorkbenchApi::format(const server::Query& query) const {
    const auto file = query.find("file"), sample = query.find("sample");
    if (file == query.end()) return std::nullopt;
    return shippedFormat(bench_.workshop().data(), file->second,
                         sample == query.end() ? std::string() : sample->second);
}

Node WorkbenchApi::tried(const Node& asked) const {
    const auto bench = bench_.compile(textIn(asked, "mapping"));
    SampleTrial trial;
    if (bench.checked) {
        const auto& checked = *bench.checked;
        const auto around = aroundIn(asked, *checked.plan);
        const auto today = base::vietnamDate(clock_.now());
        const std::string sample = sampleIn(asked);
        const bool out = textIn(asked, "way") == "out";
        const bool goes = out ? checked.plan->outward() : checked.plan->inward();
        if (sample.empty() || !goes || !around) {
            Node problems = document::arrayNode("problems");
            if (!around) problems.children.push_back(problemNode(around.error()));
            trial.told.children.push_back(std::move(problems));
        } else if (out) {
            trial = trialOutward(checked, sample, *around);
            addReading(trial, checked, *around, today);
        } else {
            trial = trialInward(checked, sample, *around, today);
        }
    }
    Node told = std::move(trial.told);
    document::addFlag(told, "accepted", trial.accepted);
    document::addText(told, "result", trial.result);
    finishReport(told, bench);
    Node faults = document::arrayNode("faults");
    for (const auto& fault : bench.faults) faults.children.push_back(faultNode(fault));
    told.children.push_back(std::move(faults));
    if (!bench.checked) return told;
    addPlan(told, *bench.checked->plan);
    told.children.push_back(lossesNode(
        *bench.checked->plan, [&bench](const std::string& file) { return bench.named(file); }));
    told.children.push_back(bench.coverage);
    return told;
}

Node WorkbenchApi::drafted(const Node& asked) {
    const auto sample = draftSample(sampleIn(asked));
    if (!sample) {
        const auto text = base::render(sample.error());
        Node node = said(false, text.vi, text.en);
        document::addNumber(node, "line", sample.error().position.line);
        return node;
    }
    std::call_once(learnt_, [this] {
        names_ =
            drafts::KnownNames::of(bench_.workshop().data().mappings(), bench_.workshop().all());
    });
    drafts::DraftRequest request;
    request.form = sample->tree.form;
    request.table = sample->table;
    request.prefixes = sample->prefixes;
    request.id = textIn(asked, "format");
    request.message = textIn(asked, "message");
    request.sampleName = textIn(asked, "sampleName");
    if (!isMappingId(request.id))
        return said(false, "Tên định dạng gồm chữ thường, số, dấu - và /.",
                    "The format's name has small letters, digits, - and / only.");
    const auto draft = drafts::draftOf(drafts::placesOf(sample->tree, nullptr), request, *names_);
    if (draft.message.empty())
        return said(false, "Không nhận ra tên nào; hãy chọn loại thông điệp.",
                    "No name is known; choose the message.");
    Node node = said(true, {}, {});
    document::addText(node, "draft", draft.text);
    document::addText(node, "message", draft.message);
    document::addNumber(node, "places", static_cast<std::int64_t>(draft.places));
    document::addNumber(node, "proposed", static_cast<std::int64_t>(draft.proposed));
    return node;
}

Node WorkbenchApi::saved(const Node& asked) {
    const std::lock_guard lock(saving_);
    if (start_.mapping.empty())
        return said(false, "Không có tệp nào để ghi; hãy tải xuống.",
                    "There is no file to write; download it.");
    if (digestOf(present(start_.mapping)) != textIn(asked, "digest"))
        return said(false, "Tệp đã bị thay đổi ở nơi khác; hãy tải xuống và so sánh.",
                    "The file was changed elsewhere; download yours and compare.");
    const std::string text = textIn(asked, "mapping");
    if (!isReplaced(start_.mapping, text))
        return said(false, "Không ghi được " + start_.mapping.string() + "; hãy tải xuống.",
                    "Cannot write " + start_.mapping.string() + "; download it.");
    Node node = said(true, "Đã ghi " + start_.mapping.string(), "Saved " + start_.mapping.string());
    document::addText(node, "digest", digestOf(text));
    return node;
}

}  // namespace gateway::app
