#include "gateway/mapping/plan.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/paths/left_out.h"
#include "gateway/mapping/paths/report_maker.h"
#include "gateway/mapping/plan_parts.h"
#include "gateway/mapping/rules/attributes.h"
#include "gateway/mapping/rules/compile.h"
#include "gateway/mapping/rules/runner.h"
#include "gateway/mapping/source_files.h"

namespace gateway::mapping {

using document::Form;
using document::Kind;
using document::Node;

namespace {

bool acceptFits(const Accept& accept, const Node& root, Finder& finder, const Rule* rule) {
    if (accept.root && !fits(root, *accept.root)) return false;
    return finder.holds(Here{&root, false, 0}, accept.when, rule);
}

void inSenderOrder(Problems& problems) {
    std::stable_sort(problems.begin(), problems.end(),
                     [](const base::Problem& a, const base::Problem& b) {
                         return std::pair(a.position.line, a.position.column) <
                                std::pair(b.position.line, b.position.column);
                     });
    if (problems.size() > kMostProblems) problems.resize(kMostProblems);
}

// Prefixes as paths use them, and as they are written: the first of two for one URI.
PrefixTable readPrefixes(const Node& mapping, document::Prefixes& written) {
    PrefixTable table;
    for (const Node& element : mapping.children) {
        if (element.name != "namespace") continue;
        const std::string& prefix = element.attribute("prefix")->value;
        const std::string& uri = element.attribute("uri")->value;
        if (!table.emplace(prefix, uri).second)
            throw base::Fault("the prefix \"" + prefix + "\" is declared twice");
        const bool known = std::any_of(written.begin(), written.end(),
                                       [&uri](const auto& entry) { return entry.first == uri; });
        if (!known) written.emplace_back(uri, prefix);
    }
    return table;
}

}  // namespace

Plan::Plan(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Plan::~Plan() = default;

std::shared_ptr<const Plan> Plan::compile(const std::filesystem::path& file,
                                          const document::XmlSchema& languageSchema,
                                          const Shape& shape,
                                          std::shared_ptr<const CodeLists> codeLists) {
    SchemaShelf schemas;
    return compile(file, languageSchema, shape, std::move(codeLists), schemas);
}

std::shared_ptr<const Plan> Plan::compile(const std::filesystem::path& file,
                                          const document::XmlSchema& languageSchema,
                                          const Shape& shape,
                                          std::shared_ptr<const CodeLists> codeLists,
                                          SchemaShelf& schemas) {
    SourceFiles files(languageSchema);
    const document::Tree tree = files.read(file);
    const Node& mapping = tree.root;
    const std::string name = file.string();
    auto plan = std::make_unique<Compiled>();
    if (mapping.name != "mapping") throw base::Fault(name + ": this is no mapping");
    plan->id = mapping.attribute("id")->value;
    plan->version = mapping.attribute("version")->value;
    plan->messageType = mapping.attribute("message")->value;
    if (!shape.hasMessage(plan->messageType))
        throw base::Fault(placeOf(name, mapping) + "there is no message or act \"" +
                          plan->messageType + "\"");
    plan->form = mapping.attribute("theirs")->value == "xml" ? Form::Xml : Form::Json;
    plan->withoutAddressee = attributeOr(mapping, "addressee", "named") == "none";
    plan->keepUnknown = attributeOr(mapping, "unknown", "refuse") == "keep";
    const std::string direction = attributeOr(mapping, "direction", "both");
    plan->directions = {direction != "out", direction != "in"};
    plan->validFrom = base::parseDate(attributeOr(mapping, "valid-from", ""));
    plan->acceptRule.text = "accept";

    const PrefixTable prefixes = readPrefixes(mapping, plan->prefixes);
    RuleCompiler compiler(plan->form, plan->directions, prefixes, shape, std::move(codeLists));
    // Parts are compiled where they are used, so included trees live until the body is done.
    std::vector<document::Tree> included;
    included.reserve(mapping.children.size());
    for (const Node& element : mapping.children) {
        if (element.name == "include") {
            const auto path = file.parent_path() / element.attribute("file")->value;
            included.push_back(files.read(path));
            if (included.back().root.name != "shared")
                throw base::Fault(path.string() + ": an included file is \"shared\"");
            compiler.addShared(included.back().root, path.string());
        } else if (element.name == "schema") {
            if (plan->form != Form::Xml)
                throw base::Fault(placeOf(name, element) + "an XSD is for XML");
            const auto path = file.parent_path() / element.attribute("file")->value;
            files.addSchema(path);
            plan->schema = schemas.at(path);
        } else if (element.name == "accept") {
            plan->accepts.push_back(compiler.accept(element, name));
        }
    }
    if (plan->directions.in && plan->accepts.empty())
        throw base::Fault(placeOf(name, mapping) + "say by <accept> what is read");
    compiler.addShared(mapping, name);
    plan->rules = compiler.body(*mapping.child("body"), name);
    plan->digest = files.digest();
    return std::shared_ptr<const Plan>(new Plan(std::move(plan)));
}

const std::string& Plan::id() const noexcept { return compiled_->id; }
const std::string& Plan::version() const noexcept { return compiled_->version; }
const std::string& Plan::messageType() const noexcept { return compiled_->messageType; }
Form Plan::theirs() const noexcept { return compiled_->form; }
bool Plan::withoutAddressee() const noexcept { return compiled_->withoutAddressee; }
bool Plan::inward() const noexcept { return compiled_->directions.in; }
bool Plan::outward() const noexcept { return compiled_->directions.out; }
std::optional<base::Date> Plan::validFrom() const noexcept { return compiled_->validFrom; }
const document::Digest& Plan::digest() const noexcept { return compiled_->digest; }

bool Plan::accepts(const document::Content& content) const {
    if (!inward() || content.tree.form != compiled_->form) return false;
    const Node& root = content.tree.root;
    Finder finder(compiled_->form, root, nullptr);
    return std::any_of(
        compiled_->accepts.begin(), compiled_->accepts.end(),
        [&](const Accept& accept) { return acceptFits(accept, root, finder, nullptr); });
}

base::Result<MappedTree, Problems> Plan::read(const document::Content& content,
                                              const ExchangeValues& exchange, Detail detail) const {
    GW_CHECK(inward() && content.tree.form == compiled_->form);
    const Node& root = content.tree.root;
    if (compiled_->schema != nullptr) {
        GW_CHECK(content.xml.has_value());
        Problems violations = compiled_->schema->validate(*content.xml);
        if (!violations.empty()) return violations;
    }
    Marks marks;
    Finder finder(compiled_->form, root, &marks);
    for (const Accept& accept : compiled_->accepts)
        if (acceptFits(accept, root, finder, &compiled_->acceptRule)) break;
    Runner runner(Flow::In, compiled_->form, root, &marks, exchange);
    MappedTree mapped;
    mapped.ours = runner.run(compiled_->rules);
    Problems problems = std::move(runner.problems());
    if (runner.exhausted()) return problems;  // what was not read any more says nothing
    marks.seal();
    mapped.report = makeReport(root, marks, detail, compiled_->keepUnknown ? nullptr : &problems);
    if (!problems.empty()) {
        inSenderOrder(problems);
        return problems;
    }
    return mapped;
}

Node Plan::attempt(const document::Content& content, const ExchangeValues& exchange) const {
    GW_CHECK(inward() && content.tree.form == compiled_->form);
    Runner runner(Flow::In, compiled_->form, content.tree.root, nullptr, exchange);
    return runner.run(compiled_->rules);
}

std::vector<std::string> Plan::leftOut(const Node& ours, const ExchangeValues& exchange) const {
    GW_CHECK(outward());
    Marks marks;
    Runner runner(Flow::Out, compiled_->form, ours, &marks, exchange);
    static_cast<void>(runner.run(compiled_->rules));
    marks.seal();
    return mapping::leftOut(ours, marks);
}

void Plan::tryWriting(const Node& ours, const ExchangeValues& exchange) const {
    if (compiled_->form == Form::Json)
        static_cast<void>(written(ours, exchange));
    else
        static_cast<void>(write(ours, exchange));
}

Node Plan::written(const Node& ours, const ExchangeValues& exchange) const {
    GW_CHECK(outward());
    Runner runner(Flow::Out, compiled_->form, ours, nullptr, exchange);
    return runner.run(compiled_->rules);
}

std::string Plan::write(const Node& ours, const ExchangeValues& exchange) const {
    const Node theirs = written(ours, exchange);
    if (compiled_->form == Form::Json) return document::writeJson(theirs);
    if (theirs.children.size() != 1 || theirs.children.front().kind != Kind::Element)
        throw base::Fault(compiled_->id + ": the rules write no root element, or several");
    std::string bytes = document::writeXml(theirs.children.front(), compiled_->prefixes);
    if (compiled_->schema != nullptr) {
        const auto parsed = document::XmlDocument::parse(bytes, document::kOwnBounds);
        if (!parsed) throw base::Fault(compiled_->id + ": what was written cannot be read");
        const Problems violations = compiled_->schema->validate(*parsed);
        if (!violations.empty())
            throw Unwritable(compiled_->id + ": what was written breaks their schema: " +
                                 base::render(violations.front()).en,
                             base::Problem(violations.front().code));
    }
    return bytes;
}

}  // namespace gateway::mapping
