#include "gateway/mapping/plan.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/document/tables/table_writer.h"
#include "gateway/mapping/engine/message_day.h"
#include "gateway/mapping/paths/left_out.h"
#include "gateway/mapping/paths/node_path.h"
#include "gateway/mapping/paths/report_maker.h"
#include "gateway/mapping/plan_loader.h"
#include "gateway/mapping/plan_parts.h"
#include "gateway/mapping/written_places.h"

namespace gateway::mapping {

using document::Form;
using document::Kind;
using document::Node;

namespace {

bool acceptFits(const Accept& accept, const Node& root, Finder& finder, const RuleText* rule) {
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

// The root element of a written side in XML.
const Node& rootElement(const std::string& plan, const Node& written) {
    if (written.children.size() != 1 || written.children.front().kind != Kind::Element)
        throw base::Fault(plan + ": the rules write no root element, or several");
    return written.children.front();
}

Problems violations(const SideSchema& schema, const Node& root, const std::string& xml) {
    if (schema.json != nullptr) return schema.json->validate(root);
    if (schema.xml == nullptr) return {};
    const auto parsed = document::XmlDocument::parse(xml, document::kOwnBounds);
    if (!parsed) return {parsed.error()};
    return schema.xml->validate(*parsed);
}

}  // namespace

/// What a run knows of both sides, with the documents of the plan and those given with a message.
class Plan::Surroundings {
  public:
    Surroundings(const Compiled& plan, const Documents& given) :
        documents_(given), sides_(plan.sides) {
        for (const auto& [name, tree] : plan.documents) documents_.emplace(name, &tree);
        sides_.documents = &documents_;
    }
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;
    [[nodiscard]] const Sides& sides() const noexcept { return sides_; }

  private:
    Documents documents_;
    Sides sides_;
};

Plan::Plan(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {
    if (!compiled_->references.empty()) compiled_->sides.references = &compiled_->references;
}
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
    return PlanLoader(file, languageSchema, shape, std::move(codeLists), schemas).load();
}

const std::string& Plan::id() const noexcept { return compiled_->id; }
const std::string& Plan::version() const noexcept { return compiled_->version; }
std::string Plan::name() const { return id() + '@' + version(); }
const std::string& Plan::messageType() const noexcept { return compiled_->messageType; }
Form Plan::theirs() const noexcept { return compiled_->sides.theirs; }
Form Plan::ours() const noexcept {
    return compiled_->next ? compiled_->next->ours() : compiled_->sides.ours;
}
bool Plan::oursIsModel() const noexcept {
    return compiled_->next ? compiled_->next->oursIsModel() : compiled_->sides.oursIsModel;
}
const std::optional<document::TableLayout>& Plan::table() const noexcept {
    return compiled_->table;
}
bool Plan::withoutAddressee() const noexcept { return compiled_->withoutAddressee; }
bool Plan::inward() const noexcept { return compiled_->directions.in; }
bool Plan::outward() const noexcept { return compiled_->directions.out; }
const std::vector<std::string>& Plan::unchangedWhenAbsent() const noexcept {
    return compiled_->next ? compiled_->next->unchangedWhenAbsent() : compiled_->unchanged;
}
std::optional<base::Date> Plan::validFrom() const noexcept { return compiled_->validFrom; }
std::optional<base::Date> Plan::validUntil() const noexcept { return compiled_->validUntil; }
const document::Digest& Plan::digest() const noexcept { return compiled_->digest; }

bool Plan::asksFor(std::string_view document) const {
    return compiled_->askedFor.contains(document) ||
           (compiled_->next && compiled_->next->asksFor(document));
}

bool Plan::accepts(const document::Content& content) const {
    if (content.tree.form != theirs()) return false;
    const Node& root = content.tree.root;
    Finder finder(theirs(), root, nullptr);
    return std::any_of(
        compiled_->accepts.begin(), compiled_->accepts.end(),
        [&](const Accept& accept) { return acceptFits(accept, root, finder, nullptr); });
}

base::Result<MappedTree, Problems> Plan::read(const document::Content& content,
                                              const ExchangeValues& exchange, Detail detail,
                                              const Documents& given) const {
    const auto readBy = [&](const ExchangeValues& values) -> base::Result<MappedTree, Problems> {
        auto own = readOwn(content, values, detail, given);
        if (!own || !compiled_->next) return own;
        return readOn(std::move(own).value(), content.tree.root, values, detail, given);
    };
    auto read = readBy(exchange);
    if (!compiled_->next) return read;
    // What the last one makes says which day it is; the first ones have taken that of receipt.
    const auto dated = datedBy(exchange, read ? read->ours : attempt(content, exchange));
    return dated ? readBy(*dated) : std::move(read);
}

base::Result<MappedTree, Problems> Plan::readOwn(const document::Content& content,
                                                 const ExchangeValues& exchange, Detail detail,
                                                 const Documents& given) const {
    GW_CHECK(inward() && content.tree.form == theirs());
    const Node& root = content.tree.root;
    if (compiled_->schema.xml != nullptr) {
        GW_CHECK(content.xml.has_value());
        Problems broken = compiled_->schema.xml->validate(*content.xml);
        if (!broken.empty()) return broken;
    } else if (compiled_->schema.json != nullptr) {
        Problems broken = compiled_->schema.json->validate(root);
        if (!broken.empty()) return broken;
    }
    Marks marks;
    if (detail == Detail::All) marks.keepValues();
    Finder finder(theirs(), root, &marks);
    for (const Accept& accept : compiled_->accepts)
        if (acceptFits(accept, root, finder, &compiled_->acceptRule)) break;
    const Surroundings around(*compiled_, given);
    Run run(Flow::In, around.sides(), root, &marks, exchange);
    MappedTree mapped;
    mapped.ours = run.run(compiled_->rules);
    Problems problems = std::move(run.problems());
    if (run.exhausted()) return problems;  // what was not read any more says nothing
    marks.seal();
    mapped.report = makeReport(root, run.innerRoots(), marks, detail,
                               compiled_->keepUnknown ? nullptr : &problems);
    if (!problems.empty()) {
        inSenderOrder(problems);
        return problems;
    }
    if (compiled_->sides.oursIsModel) return mapped;
    const bool isXml = compiled_->sides.ours == Form::Xml;
    if (isXml) {
        Node element = rootElement(id(), mapped.ours);
        if (compiled_->ourSchema.order != nullptr) compiled_->ourSchema.order->apply(element);
        mapped.ours = std::move(element);
    }
    problems =
        violations(compiled_->ourSchema, mapped.ours,
                   isXml ? document::writeXml(mapped.ours, compiled_->ourPrefixes) : std::string());
    // What we made stands in one line; what it was made of stands in the sender's.
    if (isXml)
        for (auto& problem : problems)
            if (const Node* const node = nodeAt(mapped.ours, problem.path))
                problem.position = node->position;
    if (!problems.empty()) return problems;
    return mapped;
}

Node Plan::attempt(const document::Content& content, const ExchangeValues& exchange) const {
    GW_CHECK(inward() && content.tree.form == theirs());
    const Surroundings around(*compiled_, {});
    Run run(Flow::In, around.sides(), content.tree.root, nullptr, exchange);
    Node own = run.run(compiled_->rules);
    return compiled_->next ? compiled_->next->attempt(made(std::move(own)), exchange) : own;
}

std::vector<std::string> Plan::leftOut(const Node& model, const ExchangeValues& exchange,
                                       const Documents& given) const {
    GW_CHECK(outward());
    return compiled_->next ? leftOutOnTheWay(model, exchange, given)
                           : leftOutByOwn(model, exchange, given);
}

std::vector<std::string> Plan::leftOutByOwn(const Node& model, const ExchangeValues& exchange,
                                            const Documents& given) const {
    Marks marks;
    const Surroundings around(*compiled_, given);
    Run run(Flow::Out, around.sides(), model, &marks, exchange);
    static_cast<void>(run.run(compiled_->rules));
    marks.seal();
    return mapping::leftOut(model, marks);
}

Report Plan::explainWriting(const Node& model, const ExchangeValues& exchange,
                            const Documents& given) const {
    GW_CHECK(outward());
    if (compiled_->next) return compiled_->next->explainWriting(model, exchange, given);
    Marks marks;
    const Surroundings around(*compiled_, given);
    Run run(Flow::Out, around.sides(), model, &marks, exchange);
    Node made = run.run(compiled_->rules);
    if (theirs() == Form::Xml) {
        Node element = rootElement(id(), made);
        if (compiled_->writtenSchema.order != nullptr)
            compiled_->writtenSchema.order->apply(element);
        made = std::move(element);
    }
    carryWritten(model, made, marks);
    marks.seal();
    return makeReport(model, run.innerRoots(), marks, Detail::All, nullptr);
}

void Plan::tryWriting(const Node& model, const ExchangeValues& exchange,
                      const Documents& given) const {
    if (theirs() == Form::Json && compiled_->writtenSchema.json == nullptr)
        static_cast<void>(written(model, exchange, given));
    else
        static_cast<void>(write(model, exchange, given));
}

Node Plan::written(const Node& model, const ExchangeValues& exchange,
                   const Documents& given) const {
    GW_CHECK(outward());
    const Surroundings around(*compiled_, given);
    if (!compiled_->next)
        return Run(Flow::Out, around.sides(), model, nullptr, exchange).run(compiled_->rules);
    const Node onTheWay = writtenByNext(model, exchange, given);
    const auto dated = datedBy(exchange, model);
    return Run(Flow::Out, around.sides(), onTheWay, nullptr, dated ? *dated : exchange)
        .run(compiled_->rules);
}

std::string Plan::write(const Node& model, const ExchangeValues& exchange,
                        const Documents& given) const {
    Node root = written(model, exchange, given);
    std::string bytes;
    if (compiled_->table) {
        bytes = compiled_->byteOrderMark ? "\xEF\xBB\xBF" : "";
        bytes += document::writeCsvTable(root, compiled_->table->separator, compiled_->columns);
    } else if (theirs() == Form::Json) {
        bytes = document::writeJson(root, compiled_->spelling);
    } else {
        Node element = rootElement(id(), root);
        if (compiled_->writtenSchema.order != nullptr)
            compiled_->writtenSchema.order->apply(element);
        bytes = document::writeXml(element, compiled_->prefixes, compiled_->spelling);
    }
    const Problems broken = violations(compiled_->writtenSchema, root, bytes);
    if (!broken.empty())
        throw Unwritable(
            id() + ": what was written breaks their schema: " + base::render(broken.front()).en,
            base::Problem(broken.front().code));
    return bytes;
}

bool Plan::goesOn() const noexcept { return compiled_->next != nullptr; }

Problems Plan::judgeOurs(const Node& ours) const {
    if (compiled_->next) return compiled_->next->judgeOurs(ours);
    if (compiled_->sides.oursIsModel) return {};
    const bool isXml = compiled_->sides.ours == Form::Xml;
    return violations(compiled_->ourSchema, ours,
                      isXml ? document::writeXml(ours, compiled_->ourPrefixes) : std::string());
}

std::string Plan::textOfOurs(const Node& model) const {
    if (compiled_->next) return compiled_->next->textOfOurs(model);
    return ours() == Form::Xml ? document::writeXmlPretty(model, compiled_->ourPrefixes)
                               : document::writeJsonPretty(model);
}

}  // namespace gateway::mapping
