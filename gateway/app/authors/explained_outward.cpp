#include "gateway/app/authors/explained_outward.h"

#include <utility>

#include "gateway/app/authors/explained_store.h"
#include "gateway/app/client/files.h"
#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/attachments.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/values/problems.h"

namespace gateway::app {
namespace {

using document::Node;

// As large as what we wrote ourselves may be, and with the positions by which it is told.
constexpr document::ReadBounds kShown{document::kOwnBounds.depth, document::kOwnBounds.nodes};

void addProblem(Node& told, const mapping::Unwritable& unwritable) {
    Node problems = document::arrayNode("problems");
    problems.children.push_back(problemNode(unwritable.problem));
    problems.children.back().child("en")->value = unwritable.what();
    told.children.push_back(std::move(problems));
}

// What goes nowhere is what the reader is here for; what holds nothing went nowhere either.
Node writingNode(const mapping::Report& report) {
    Node told = reportNode(report);
    Node kept = document::arrayNode("report");
    for (auto& fate : told.children) {
        Node& use = *fate.child("use");
        if (use.value == "unknown") {
            const Node* const value = fate.child("value");
            if (value == nullptr || value->value.empty()) continue;
            use.value = kLeftOut;
        }
        kept.children.push_back(std::move(fate));
    }
    return kept;
}

Explained written(const mapping::Plan& plan, const Node& ours, const std::string& text,
                  const mapping::ExchangeValues& exchange, const mapping::Documents& given) {
    Explained explained;
    explained.direction = ExplainedWay::Out;
    explained.mapping = plan.name();
    explained.source = text;
    Node& told = explained.told;
    try {
        explained.result = plan.write(ours, exchange, given);
        told.children.push_back(writingNode(plan.explainWriting(ours, exchange, given)));
        told.children.push_back(textList("leftOut", plan.leftOut(ours, exchange, given)));
        told.children.push_back(document::arrayNode("problems"));
    } catch (const mapping::Unwritable& unwritable) {
        addProblem(told, unwritable);
    }
    return explained;
}

// As rendering puts them back (delivery/rendering.h): of its author's own bytes.
void putFilesBack(model::Message& message, const store::OutboxItem& item, store::Cases& cases) {
    if (auto* const attachments = exchange::attachmentsOf(message.payload))
        for (auto& attachment : *attachments)
            if (const auto bytes = cases.attachment(item.sourceAgency, attachment.sha256))
                attachment.content = base::toBase64(*bytes);
}

std::string modelOf(const store::OutboxItem& item, store::Cases& cases) {
    auto tree = document::readJson(item.content, document::kOwnBounds);
    if (!tree) throw InputError(item.itemId + ": its content is in an archive or damaged");
    auto message = mapping::bindMessage(tree->root);
    if (!message) throw InputError(item.itemId + ": its content is not of this program's model");
    putFilesBack(*message, item, cases);
    return document::writeJsonPretty(mapping::unbindMessage(*message));
}

Node headOf(const store::OutboxItem& item) {
    Node kept = document::objectNode("delivery");
    addText(kept, "item", item.itemId);
    addText(kept, "recipient", item.recipient);
    addText(kept, "type", item.messageType);
    addText(kept, "source", item.sourceAgency + " " + item.sourceMessageId);
    addText(kept, "createdAt", base::formatTimestamp(item.createdAt));
    return kept;
}

}  // namespace

Explained explainedWriting(const CheckedMapping& checked, const std::string& file,
                           const SampleSurroundings& around) {
    const auto& plan = *checked.plan;
    if (!plan.outward()) throw InputError(plan.name() + " only reads: nothing goes out by it");
    const std::string bytes = readFile(file);
    auto content = contentOf(plan.ours(), bytes);
    if (!content)
        throw InputError(file + ":" + std::to_string(content.error().position.line) + ": " +
                         base::render(content.error()).en);
    auto explained = written(plan, content->tree.root, bytes, around.exchange, around.given());
    explained.name = file;
    return explained;
}

Explained explainedDelivery(const std::string& id, const Arguments& arguments) {
    const ExplainedStore kept(arguments);
    const auto item = kept.view().outbox().find(id);
    if (!item) throw CommandFailure(kExitNotFound, "no delivery of this store is called " + id);
    const auto snapshot = kept.snapshot();
    const auto* const partner = snapshot->registry->partner(item->recipient);
    if (partner == nullptr) throw InputError(item->recipient + " is not registered");
    const auto text = modelOf(*item, kept.view().cases());
    const auto tree = document::readJson(text, kShown);
    GW_CHECK(tree.ok());
    const auto form = fromInput([&] {
        return exchange::outwardForm(*snapshot, *partner, item->messageType,
                                     base::vietnamDate(item->createdAt));
    });
    const auto named = arguments.get("mapping");
    const auto* const plan = named.empty() ? form.plan() : snapshot->mappings->find(named);
    if (!named.empty() && (plan == nullptr || !plan->outward()))
        throw InputError("no mapping that writes is called " + named);
    const auto values = exchange::outwardValues(*snapshot, item->recipient, kept.config().identity);
    Explained explained;
    if (plan != nullptr) {
        explained = written(*plan, tree->root, text, values, {});
    } else {
        explained.direction = ExplainedWay::Out;
        explained.mapping = form.id();
        explained.source = text;
        explained.result = form.write(tree->root, values);
        explained.told.children = {textList("leftOut", {}), document::arrayNode("problems")};
    }
    explained.name = item->recipient + " " + item->itemId;
    explained.told.children.insert(explained.told.children.begin(), headOf(*item));
    return explained;
}

}  // namespace gateway::app
