#include "gateway/exchange/acts/delivery_trial.h"

#include <set>
#include <string>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/formats.h"

namespace gateway::exchange {
namespace {

using document::Kind;
using document::Node;

constexpr const char* kOneByte = "AA==";

void put(Node& object, const char* name, const std::string& value) {
    if (!object.child(name)) object.children.push_back(document::stringNode(name, value));
}

Node contentOf(const store::OutboxItem& item) {
    if (item.contentTree) return *item.contentTree;
    auto tree = document::readJson(item.content, document::kOwnBounds);
    GW_CHECK(tree.ok());
    return std::move(tree->root);
}

// A byte for each file, where Rendering puts the files back.
void putFiles(Node& node) {
    for (auto& child : node.children) {
        if (child.name == "attachments" && child.kind == Kind::Array)
            for (auto& file : child.children) put(file, "content", kOneByte);
        else if (child.kind == Kind::Object)
            putFiles(child);
    }
}

// What Rendering adds when the source is in the store.
void putSource(Node& message) {
    for (auto& member : message.children) {
        if (member.name != "delivery") continue;
        put(member, "sourceMappingId", "-");
        put(member, "sourceMappingSha256", std::string(64, '0'));
        put(member, "originalMediaType", "application/jose");
        put(member, "original", kOneByte);
    }
}

// One act tells the same to all whom it tells the same type: each format is tried once.
using Tried = std::set<std::pair<OutwardForm, std::string>>;

void tryOne(const Snapshot& snapshot, const Identity& identity, const store::OutboxItem& item,
            Tried& tried, DeliveryTrial& trial) {
    const auto* partner = snapshot.registry->partner(item.recipient);
    if (!partner) return;
    try {
        const auto day = base::vietnamDate(item.createdAt);
        const auto chosen = outwardForm(snapshot, *partner, item.messageType, day);
        if (!tried.emplace(chosen, item.messageType).second && trial.notes.empty()) return;
        Node message = contentOf(item);
        putFiles(message);
        putSource(message);
        const auto values = outwardValues(snapshot, item.recipient, identity);
        const auto form = sayableForm(snapshot, *partner, item.messageType, day, message, values);
        form.tryWriting(message, values);
        if (form != chosen) trial.notes.push_back(kInCanonicalForm + item.recipient);
    } catch (const mapping::Unwritable& fault) {
        base::logEvent(base::LogLevel::Info, "delivery.unwritable",
                       {{"recipient", item.recipient}, {"reason", fault.what()}});
        trial.refusal = base::Problem(base::ErrorCode::DELIVERY_UNWRITABLE, fault.problem.path, {})
                            .with("recipient", item.recipient);
    } catch (const base::Fault& fault) {
        // No mapping, or a wrong one: its operator's affair, who learns of it when it is due.
        base::logEvent(base::LogLevel::Error, "delivery.cannot_try",
                       {{"recipient", item.recipient}, {"reason", fault.what()}});
    }
}

}  // namespace

DeliveryTrial tryDeliveries(const Snapshot& snapshot, const Identity& identity,
                            const model::Act& act, const std::vector<store::OutboxItem>& planned) {
    Tried tried;
    DeliveryTrial trial;
    for (const auto& item : planned) {
        if (item.sourceAgency != act.actor || item.sourceMessageId != act.messageId) continue;
        tryOne(snapshot, identity, item, tried, trial);
        if (trial.refusal) break;
    }
    return trial;
}

}  // namespace gateway::exchange
