#include "gateway/mapping/plan_loader.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/rules/rule_kinds.h"
#include "gateway/mapping/schema_shape.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Node;

// Prefixes as paths of one side use them, and as they are written: the first of two for one URI.
PrefixTable readPrefixes(const Node& mapping, std::string_view side, document::Prefixes& written) {
    PrefixTable table;
    for (const Node& element : mapping.children) {
        if (element.name != "namespace" || attributeOr(element, "of", "theirs") != side) continue;
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

bool isJsonFile(const std::filesystem::path& file) { return file.extension() == ".json"; }

document::TableLayout tableLayout(const Node& element) {
    document::TableLayout layout;
    const std::string separator = attributeOr(element, "separator", ";");
    layout.separator = separator == "tab" ? '\t' : separator.front();
    layout.sheet = attributeOr(element, "sheet", "");
    layout.headerRow =
        static_cast<std::uint32_t>(std::stoul(attributeOr(element, "header-row", "1")));
    return layout;
}

void visitAll(const Rules& rules, const std::function<void(const Rule&)>& visit) {
    for (const auto& rule : rules) {
        visit(*rule);
        const std::function<void(const Rule&)> deeper = [&](const Rule& inner) {
            visit(inner);
            inner.forEachInside(deeper);
        };
        rule->forEachInside(deeper);
    }
}

}  // namespace

PlanLoader::PlanLoader(const std::filesystem::path& file, const document::XmlSchema& languageSchema,
                       const Shape& modelShape, std::shared_ptr<const CodeLists> codeLists,
                       SchemaShelf& schemas) :
    file_(file),
    name_(file.string()),
    files_(languageSchema),
    shape_(&modelShape),
    codeLists_(std::move(codeLists)),
    schemas_(schemas),
    plan_(std::make_unique<Plan::Compiled>()) {}

void PlanLoader::fail(const Node& element, const std::string& reason) const {
    throw base::Fault(placeOf(name_, element) + reason);
}

std::shared_ptr<const Plan> PlanLoader::load() {
    const document::Tree tree = files_.read(file_);
    const Node& mapping = tree.root;
    if (mapping.name != "mapping") throw base::Fault(name_ + ": this is no mapping");
    readHead(mapping);
    readLayout(mapping);
    readOurs(mapping);
    readDocuments(mapping);
    RuleCompiler compiler(ruleKinds(), sides(mapping), codeLists_);
    readIncludes(mapping, compiler);
    for (const Node& element : mapping.children) {
        if (element.name == "schema") readSchema(element);
        if (element.name == "accept") try {
                plan_->accepts.push_back(compiler.accept(element, name_));
            } catch (const base::Fault& fault) {
                compiler.note(fault.what());
            }
    }
    const bool isRead = std::any_of(mapping.children.begin(), mapping.children.end(),
                                    [](const Node& node) { return node.name == "accept"; });
    if (plan_->directions.in && !isRead) fail(mapping, "say by <accept> what is read");
    readTables(mapping, compiler);
    compiler.addShared(mapping, name_);
    plan_->rules = compiler.body(*mapping.child("body"), name_);
    if (compiler.faults().empty()) checkEnvelope(mapping, compiler);
    if (!compiler.faults().empty()) {
        std::string all;
        for (const auto& fault : compiler.faults())
            all.append(all.empty() ? "" : "\n").append(fault);
        throw base::Fault(all);
    }
    plan_->digest = files_.digest();
    return std::shared_ptr<const Plan>(new Plan(std::move(plan_)));
}

void PlanLoader::readHead(const Node& mapping) {
    plan_->id = mapping.attribute("id")->value;
    plan_->version = mapping.attribute("version")->value;
    plan_->messageType = attributeOr(mapping, "message", "");
    plan_->sides.theirs = mapping.attribute("theirs")->value == "xml" ? Form::Xml : Form::Json;
    plan_->withoutAddressee = attributeOr(mapping, "addressee", "named") == "none";
    plan_->keepUnknown = attributeOr(mapping, "unknown", "refuse") == "keep";
    const std::string direction = attributeOr(mapping, "direction", "both");
    plan_->directions = {direction != "out", direction != "in"};
    plan_->validFrom = base::parseDate(attributeOr(mapping, "valid-from", ""));
    plan_->validUntil = base::parseDate(attributeOr(mapping, "valid-until", ""));
    if (plan_->validFrom && plan_->validUntil && *plan_->validUntil <= *plan_->validFrom)
        fail(mapping, "valid-until is the first day not: later than valid-from");
    plan_->acceptRule.text = "accept";
}

void PlanLoader::readLayout(const Node& mapping) {
    const Node* const layout = mapping.child("table");
    if (mapping.attribute("theirs")->value != "table") {
        if (layout != nullptr) fail(*layout, "say theirs=\"table\"");
        return;
    }
    plan_->table = layout == nullptr ? document::TableLayout() : tableLayout(*layout);
    if (plan_->directions.out && plan_->table->headerRow != 1)
        fail(*layout, "a table is written with its header first: say direction=\"in\"");
}

void PlanLoader::readOurs(const Node& mapping) {
    const Node* const ours = mapping.attribute("ours");
    plan_->sides.oursIsModel = ours == nullptr;
    if (ours == nullptr) {
        if (plan_->messageType.empty())
            fail(mapping, "say by message what it is in the case model");
        if (!shape_->hasMessage(plan_->messageType))
            fail(mapping, "there is no message or act \"" + plan_->messageType + "\"");
        return;
    }
    const auto path = file_.parent_path() / ours->value;
    files_.addAny(path);
    auto outline = document::Outline::of(path);
    plan_->sides.ours = outline->form();
    if (outline->form() == Form::Xml) {
        plan_->ourSchema.xml = schemas_.at(path);
        plan_->ourSchema.order = std::make_shared<document::ChildOrder>(outline);
    } else {
        plan_->ourSchema.json = document::JsonSchema::load(path);
    }
    ownShape_ = std::make_shared<SchemaShape>(std::move(outline));
    shape_ = ownShape_.get();
}

void PlanLoader::readDocuments(const Node& mapping) {
    for (const Node& element : mapping.children) {
        if (element.name != "document") continue;
        const std::string& name = element.attribute("name")->value;
        const Node* const file = element.attribute("file");
        Form form = attributeOr(element, "form", "json") == "xml" ? Form::Xml : Form::Json;
        if (file != nullptr) form = isJsonFile(file->value) ? Form::Json : Form::Xml;
        if (!plan_->documentForms.emplace(name, form).second)
            fail(element, "there are two documents \"" + name + "\"");
        if (file == nullptr) continue;
        auto tree = files_.readAny(file_.parent_path() / file->value, form);
        plan_->documents.emplace(name, std::move(tree));
    }
}

void PlanLoader::readSchema(const Node& element) {
    const auto path = file_.parent_path() / element.attribute("file")->value;
    if (isJsonFile(path) != (plan_->sides.theirs == Form::Json))
        fail(element, "an XSD is for XML, a JSON Schema for JSON");
    files_.addAny(path);
    SideSchema schema;
    if (isJsonFile(path)) {
        schema.json = document::JsonSchema::load(path);
    } else {
        schema.xml = schemas_.at(path);
        schema.order = schemas_.orderAt(path);
    }
    const std::string direction = attributeOr(element, "direction", "both");
    const auto give = [&](SideSchema& side) {
        if (side.xml != nullptr || side.json != nullptr)
            fail(element, "two schemas judge one direction; say direction");
        side = schema;
    };
    if (direction != "out") give(plan_->schema);
    if (direction != "in") give(plan_->writtenSchema);
}

CompilerSides PlanLoader::sides(const Node& mapping) {
    atElement(name_, mapping, [&] {
        prefixes_ = readPrefixes(mapping, "theirs", plan_->prefixes);
        ourPrefixes_ = readPrefixes(mapping, "ours", plan_->ourPrefixes);
    });
    const PathParser theirs(plan_->sides.theirs, prefixes_, plan_->documentForms);
    for (const Node& element : mapping.children)
        if (element.name == "references")
            atElement(name_, element, [&] { readReferences(element, theirs); });
    return {theirs,
            PathParser(plan_->sides.ours, ourPrefixes_, plan_->documentForms),
            shape_,
            plan_->directions,
            plan_->sides.oursIsModel,
            plan_->references.has_value(),
            plan_->prefixes};
}

void PlanLoader::readReferences(const Node& element, const PathParser& parser) {
    const auto member = [&](const char* attribute) {
        const Path path = parser.path(element.attribute(attribute)->value);
        if (path.from != Path::From::Here || path.steps.size() != 1 ||
            path.steps.front().axis != Step::Axis::Child || !path.steps.front().where.empty())
            throw base::Fault("from and to are members of the place itself");
        return path.steps.front();
    };
    ReferenceForm form{member("from"), member("to"), std::nullopt, {}};
    if (const Node* const at = element.attribute("at")) {
        form.at = parser.path(at->value);
        if (form.at->from != Path::From::Root || form.at->steps.size() < 2)
            throw base::Fault("at is a path from the root");
    }
    form.rule = {"references, line " + std::to_string(element.position.line),
                 "tên đối tượng mà không chỗ nào dẫn tới / a name that nothing refers to"};
    plan_->references = std::move(form);
}

void PlanLoader::readIncludes(const Node& mapping, RuleCompiler& compiler) {
    included_.reserve(mapping.children.size());
    for (const Node& element : mapping.children) {
        if (element.name != "include") continue;
        const auto path = file_.parent_path() / element.attribute("file")->value;
        included_.push_back(files_.read(path));
        if (included_.back().root.name != "shared")
            throw base::Fault(path.string() + ": an included file is \"shared\"");
        compiler.addShared(included_.back().root, path.string());
    }
}

// Code lists that are made of a document beside the mapping.
void PlanLoader::readTables(const Node& mapping, RuleCompiler& compiler) {
    const PrefixTable none;
    for (const Node& element : mapping.children) {
        const Node* const from = element.attribute("from");
        if (element.name != "code-list" || from == nullptr) continue;
        try {
            atElement(name_, element, [&] {
                const PathParser parser(plan_->sides.theirs, prefixes_, plan_->documentForms);
                Path rows = parser.path(from->value);
                const auto found = plan_->documents.find(rows.source);
                if (rows.from != Path::From::Document || found == plan_->documents.end())
                    throw base::Fault("from is $document/NAME/..., of a document with a file");
                const Form form = found->second.form;
                if (form == Form::Json && !rows.steps.empty()) rows.steps.back().items = true;
                const PathParser inside = parser.inForm(form);
                const Path theirs = inside.path(attributeOr(element, "theirs", "theirs"));
                const Path ours = inside.path(attributeOr(element, "ours", "ours"));
                auto table = std::make_shared<CodeTable>();
                table->setUnknown(attributeOr(element, "unknown", "refuse"));
                const Documents documents{{rows.source, &found->second}};
                Finder finder(form, found->second.root, nullptr);
                finder.setDocuments(&documents);
                for (const Node* const row : finder.find({}, rows, nullptr)) {
                    const auto code = finder.find({row, false, 0}, theirs, nullptr);
                    const auto value = finder.find({row, false, 0}, ours, nullptr);
                    if (code.empty() || value.empty()) continue;
                    // Of several the first is written.
                    if (!table->add(code.front()->value, value.front()->value,
                                    CodeTable::Use::Both) &&
                        table->toOurs(code.front()->value) != value.front()->value)
                        throw base::Fault("code \"" + code.front()->value + "\" has two meanings");
                }
                compiler.addTable(element.attribute("name")->value, std::move(table));
            });
        } catch (const base::Fault& fault) {
            compiler.note(fault.what());
        }
    }
}

// What every message of the case model has: without a type nobody knows what it is, and whom it is
// for is said by the format or by the signer's own channel.
void PlanLoader::checkEnvelope(const Node& mapping, RuleCompiler& compiler) const {
    if (!plan_->sides.oursIsModel || !plan_->directions.in || !shape_->kindAt("envelope/type"))
        return;
    bool hasType = false;
    visitAll(plan_->rules, [&](const Rule& rule) {
        hasType = hasType || (rule.active.in && rule.ourPlace == "envelope/type");
    });
    if (!hasType) compiler.note(placeOf(name_, mapping) + "no rule fills envelope/type");
}

void Plan::forEachRule(const std::function<void(const Rule&)>& visit) const {
    visitAll(compiled_->rules, visit);
}

}  // namespace gateway::mapping
