#include "gateway/mapping/plan_loader.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/rules/rule_kinds.h"
#include "gateway/mapping/sources/schema_shape.h"

namespace gateway::mapping {
namespace {

using document::Form;
using document::Node;

bool isJsonFile(const std::filesystem::path& file) { return file.extension() == ".json"; }

document::TableLayout tableLayout(const Node& element) {
    document::TableLayout layout;
    const std::string separator = attributeOr(element, "separator", ";");
    layout.separator = separator == "tab" ? '\t' : separator.front();
    layout.sheet = attributeOr(element, "sheet", "");
    layout.headerRow =
        static_cast<std::uint32_t>(std::stoul(attributeOr(element, "header-row", "1")));
    layout.headerRows =
        static_cast<std::uint32_t>(std::stoul(attributeOr(element, "header-rows", "1")));
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
    files_(languageSchema),
    source_(file, files_, schemas),
    name_(file.string()),
    shape_(&modelShape),
    codeLists_(std::move(codeLists)),
    schemas_(schemas),
    languageSchema_(languageSchema),
    modelShape_(modelShape),
    plan_(std::make_unique<Plan::Compiled>()) {}

void PlanLoader::fail(const Node& element, const std::string& reason) const {
    source_.fail(element, reason);
}

std::shared_ptr<const Plan> PlanLoader::load() {
    const Node& mapping = source_.mapping();
    readHead(mapping);
    readLayout(mapping);
    readSpelling(mapping);
    readOurs(mapping);
    plan_->documents = std::move(source_.documents());
    for (auto& name : source_.askedFor()) plan_->askedFor.insert(std::move(name));
    RuleCompiler compiler(ruleKinds(), sides(mapping), codeLists_);
    compiler.setOthers([this](const std::string& named, const std::string& byFile) -> const auto& {
        return other(named, byFile);
    });
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
    for (const auto& [shared, file] : source_.shared()) compiler.addShared(*shared, file);
    plan_->rules = compiler.body(*mapping.child("body"), name_);
    if (plan_->table && plan_->directions.out) readColumns(compiler);
    if (compiler.faults().empty()) checkEnvelope(mapping, compiler);
    if (compiler.faults().empty()) readAbsence(mapping, compiler);
    if (!compiler.faults().empty()) {
        std::string all;
        for (const auto& fault : compiler.faults())
            all.append(all.empty() ? "" : "\n").append(fault);
        throw base::Fault(all);
    }
    plan_->prefixes = compiler.prefixes();
    plan_->digest = files_.digest();
    return std::shared_ptr<const Plan>(new Plan(std::move(plan_)));
}

// A mapping that this one, or one that it uses, takes over; each is read once.
const OtherMapping& PlanLoader::other(const std::string& named, const std::string& byFile) {
    const auto path = (std::filesystem::path(byFile).parent_path() / named).lexically_normal();
    if (const auto known = others_.find(path); known != others_.end()) return *known->second.rules;
    Other added;
    added.source = std::make_unique<MappingSource>(path, files_, schemas_);
    auto& source = *added.source;
    const bool isModel = source.mapping().attribute("ours") == nullptr;
    const bool isSame = isModel == plan_->sides.oursIsModel;
    if (!isSame || (isModel && attributeOr(source.mapping(), "message", "") != plan_->messageType))
        source.fail(source.mapping(), "it is of another message than " + name_);
    for (const Node& element : source.mapping().children)
        if (element.name == "references" || element.name == "table" ||
            (element.name == "code-list" && element.attribute("from") != nullptr))
            source.fail(element, "a mapping that is used by another cannot have it");
    for (auto& name : source.askedFor()) plan_->askedFor.insert(std::move(name));
    for (auto& [name, tree] : source.documents())
        if (!plan_->documents.emplace(name, std::move(tree)).second)
            source.fail(source.mapping(), "there are two documents \"" + name + "\"");
    added.rules = {&source.mapping(),   source.name(),
                   source.theirPaths(), source.ourPaths(plan_->sides.ours),
                   source.prefixes(),   source.directions(),
                   source.shared()};
    // Only what can be taken over is known: who names a bad one again is told again.
    return *others_.emplace(path, std::move(added)).first->second.rules;
}

void PlanLoader::readHead(const Node& mapping) {
    plan_->id = mapping.attribute("id")->value;
    plan_->version = mapping.attribute("version")->value;
    plan_->messageType = attributeOr(mapping, "message", "");
    plan_->sides.theirs = source_.theirs();
    plan_->withoutAddressee = attributeOr(mapping, "addressee", "named") == "none";
    plan_->keepUnknown = attributeOr(mapping, "unknown", "refuse") == "keep";
    plan_->directions = source_.directions();
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
    if (plan_->directions.out && plan_->table->lastHeaderRow() != 1)
        fail(*layout, "a table is written with its header first: say direction=\"in\"");
}

// How what is written is spelt; every reader of the format takes it alike.
void PlanLoader::readSpelling(const Node& mapping) {
    const Node* const output = mapping.child("output");
    if (output == nullptr) return;
    if (!plan_->directions.out) fail(*output, "this mapping only reads");
    plan_->spelling.onlyAscii = attributeOr(*output, "characters", "utf-8") == "ascii";
    plan_->byteOrderMark = attributeOr(*output, "byte-order-mark", "no") == "yes";
    for (const std::string& name : splitTrimmed(attributeOr(*output, "cdata", ""), " "))
        if (!name.empty()) plan_->spelling.cdata.insert(name);
    if (!plan_->spelling.cdata.empty() && plan_->sides.theirs != Form::Xml)
        fail(*output, "CDATA stands in XML");
    if (plan_->byteOrderMark && !plan_->table)
        fail(*output, "only a table begins with such a mark");
    if (plan_->spelling.onlyAscii && plan_->table) fail(*output, "a CSV has no other spelling");
}

void PlanLoader::readOurs(const Node& mapping) {
    const Node* const ours = mapping.attribute("ours");
    plan_->sides.oursIsModel = ours == nullptr;
    if (ours == nullptr && mapping.attribute("then") != nullptr)
        fail(mapping, "say by ours what the next mapping reads");
    if (ours == nullptr) {
        if (plan_->messageType.empty())
            fail(mapping, "say by message what it is in the case model");
        if (!shape_->hasMessage(plan_->messageType))
            fail(mapping, "there is no message or act \"" + plan_->messageType + "\"");
        return;
    }
    const auto path = source_.beside(ours->value);
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
    readNext(mapping);
}

// The mapping that goes on from what this one makes: its message is that of both.
void PlanLoader::readNext(const Node& mapping) {
    const Node* const then = mapping.attribute("then");
    if (then == nullptr) return;
    constexpr std::size_t kMostInChain = 4;
    if (before_ + 1 >= kMostInChain) fail(mapping, "more mappings one after another than four");
    PlanLoader loader(source_.beside(then->value), languageSchema_, modelShape_, codeLists_,
                      schemas_);
    loader.before_ = before_ + 1;
    plan_->next = loader.load();
    const Plan& next = *plan_->next;
    if (next.theirs() != plan_->sides.ours || next.table())
        fail(mapping, next.name() + " does not read what ours is");
    if ((plan_->directions.in && !next.inward()) || (plan_->directions.out && !next.outward()))
        fail(mapping,
             next.name() + (next.inward() ? " only reads" : " only writes") + "; say direction");
    if (!plan_->messageType.empty() && plan_->messageType != next.messageType())
        fail(mapping, next.name() + " is of another message");
    plan_->messageType = next.messageType();
    plan_->withoutAddressee = plan_->withoutAddressee || next.withoutAddressee();
    files_.addPlan(next.digest());
}

void PlanLoader::readSchema(const Node& element) {
    const auto path = source_.beside(element.attribute("file")->value);
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
    for (const Node& element : mapping.children)
        if (element.name == "references")
            atElement(name_, element, [&] { readReferences(element, source_.theirPaths()); });
    plan_->ourPrefixes = source_.ourPrefixes();
    return {source_.theirPaths(),
            source_.ourPaths(plan_->sides.ours),
            shape_,
            plan_->directions,
            plan_->sides.oursIsModel,
            &plan_->references,
            source_.prefixes(),
            plan_->table.has_value()};
}

// What a spreadsheet's header has whatever the rows have.
void PlanLoader::readColumns(RuleCompiler& compiler) {
    static constexpr std::string_view kRow = "rows[]/";
    visitAll(plan_->rules, [this, &compiler](const Rule& rule) {
        if (!rule.active.out || rule.kind == "ignore" || rule.kind == "keep") return;
        for (std::string_view place : rule.theirPlaces.own) {
            if (std::ranges::find(rule.theirPlaces.onlyRead, place) !=
                rule.theirPlaces.onlyRead.end())
                continue;
            if (place == "rows[]" && rule.active.in)
                compiler.note(
                    placeOf(name_, source_.mapping()) + rule.label.text +
                    ": a row that is read is a message of its own; say direction=\"out\"");
            if (place.starts_with(kRow)) place.remove_prefix(kRow.size());
            if (place.empty() || place == "rows[]" || place.find('*') != std::string_view::npos)
                continue;
            if (place.find_first_of("/[") != std::string_view::npos) {
                compiler.note(placeOf(name_, source_.mapping()) + rule.label.text +
                              ": a table has columns, in rows, and nothing below them");
                continue;
            }
            if (std::ranges::find(plan_->columns, place) == plan_->columns.end())
                plan_->columns.emplace_back(place);
        }
    });
}

void PlanLoader::readAbsence(const Node& mapping, RuleCompiler& compiler) {
    std::optional<Absence> said;
    if (const Node* const absent = mapping.attribute("absent")) {
        if (!plan_->directions.in || !plan_->sides.oursIsModel)
            fail(mapping, "absent is said where a message of the case model is read");
        said = Absence{{}, absent->value == "unchanged", placeOf(name_, mapping)};
    }
    std::vector<std::string> faults;
    plan_->unchanged =
        unchangedPlaces(*shape_, plan_->messageType, said, compiler.absences(), faults);
    for (auto& fault : faults) compiler.note(std::move(fault));
}

void PlanLoader::readReferences(const Node& element, const PathParser& parser) {
    const auto member = [&](const char* attribute) {
        const Path path = parser.path(element.attribute(attribute)->value);
        if (path.from != Path::From::Here || path.steps.size() != 1 ||
            path.steps.front().axis != Step::Axis::Child || !path.steps.front().where.empty())
            throw base::Fault("from and to are members of the place itself");
        return path.steps.front();
    };
    ReferenceForm form{attributeOr(element, "name", ""),
                       member("from"),
                       member("to"),
                       std::nullopt,
                       attributeOr(element, "nil", "no") == "yes",
                       {}};
    for (const auto& before : plan_->references)
        if (before.name == form.name)
            throw base::Fault("of several <references> each has a name of its own");
    if (const Node* const at = element.attribute("at")) {
        form.at = parser.path(at->value);
        const bool json = plan_->sides.theirs == Form::Json;  // whose root has no name
        if (form.at->from != Path::From::Root || form.at->steps.size() < (json ? 1 : 2))
            throw base::Fault("at is a path from the root");
        form.at->steps.back().items = json;
    }
    form.rule = {"references, line " + std::to_string(element.position.line),
                 "tên đối tượng mà không chỗ nào dẫn tới / a name that nothing refers to"};
    plan_->references.push_back(std::move(form));
}

// Code lists that are made of a document beside the mapping.
void PlanLoader::readTables(const Node& mapping, RuleCompiler& compiler) {
    for (const Node& element : mapping.children) {
        const Node* const from = element.attribute("from");
        if (element.name != "code-list" || from == nullptr) continue;
        try {
            atElement(name_, element, [&] {
                const PathParser parser = source_.theirPaths();
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
        if (!rule.active.in) return;
        hasType = hasType || rule.ourPlaces.hasOwn("envelope/type");
        if (!rule.ourPlaces.hasOwn("envelope/to")) return;
        // Who signs without saying for whom could be played to another gateway.
        const auto& given = rule.theirPlaces.given;
        const bool isUs = std::ranges::find(given, "$exchange/gateway") != given.end();
        if (isUs && !plan_->withoutAddressee)
            compiler.note(placeOf(name_, mapping) + rule.label.text +
                          ": a format that names no addressee says addressee=\"none\"");
        if (plan_->withoutAddressee && !rule.theirPlaces.own.empty())
            compiler.note(placeOf(name_, mapping) + rule.label.text +
                          ": addressee=\"none\", but here it names one");
    });
    if (!hasType) compiler.note(placeOf(name_, mapping) + "no rule fills envelope/type");
}

std::vector<std::string> Plan::placesOfAccept() const {
    std::vector<std::string> places;
    for (const Accept& accept : compiled_->accepts)
        places.insert(places.end(), accept.tested.begin(), accept.tested.end());
    return places;
}

void Plan::forEachRule(const std::function<void(const Rule&)>& visit) const {
    visitAll(compiled_->rules, visit);
    if (compiled_->next) compiled_->next->forEachRule(visit);
}

}  // namespace gateway::mapping
