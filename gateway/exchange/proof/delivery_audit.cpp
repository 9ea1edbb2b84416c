#include "gateway/exchange/proof/delivery_audit.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using store::OutboxItem;

// A fingerprint: two sources that share one would only excuse each other.
std::size_t sourceOf(const std::string& agency, const std::string& messageId) {
    return std::hash<std::string>{}(agency + '\n' + messageId);
}

std::string nameOf(const OutboxItem& item) {
    return "message " + item.sourceAgency + " " + item.sourceMessageId + ": outbox item " +
           item.itemId + " (" + item.messageType + " to " + item.recipient + ")";
}

std::optional<model::Message> read(const OutboxItem& item) {
    const auto tree = document::readJson(item.content, document::kOwnBounds);
    if (!tree) return std::nullopt;
    auto message = mapping::bindMessage(tree->root);
    if (!message || !message->delivery) return std::nullopt;
    return std::move(message).value();
}

// Whom a notice names; null in what is none.
template <class Message>
auto addresseeOf(Message& message) {
    auto* act = std::get_if<model::DeclaredAct>(&message.payload);
    const bool notice = act && model::eventOfAct(act->type) == model::EventType::NoticeIssued;
    return notice ? act->content.child("addressee") : decltype(act->content.child("")){};
}

// Equal but for what may differ: to whom (a successor), and the addressee as its author wrote it.
bool contentHolds(const OutboxItem& implied, const OutboxItem& stored) {
    if (implied.content == stored.content) return true;
    auto wanted = read(implied);
    const auto found = read(stored);
    if (!wanted || !found) return false;
    wanted->envelope.to = stored.recipient;
    wanted->envelope.id = stored.itemId;
    wanted->delivery->item = stored.itemId;
    auto* letter = std::get_if<model::DocumentTransfer>(&wanted->payload);
    const auto* sent = std::get_if<model::DocumentTransfer>(&found->payload);
    if (letter && sent && stored.itemId != implied.itemId) letter->recipients = sent->recipients;
    if (auto* to = addresseeOf(*wanted))
        if (const auto* written = addresseeOf(*found)) to->value = written->value;
    return document::writeJson(mapping::unbindMessage(*wanted)) == stored.content;
}

bool idHolds(const OutboxItem& item) {
    return item.itemId ==
           deliveryId(item.sourceAgency, item.sourceMessageId, item.recipient, item.messageType);
}

bool excuses(const DeliveryAudit::Withheld& withheld, const OutboxItem& item) {
    return withheld.more || withheld.named.contains({item.recipient, item.messageType});
}

}  // namespace

DeliveryAudit::DeliveryAudit(store::Outbox& outbox, Differ differ) :
    outbox_(outbox), differ_(std::move(differ)) {
    list();
}

void DeliveryAudit::list() {
    const auto before = listed_.size();
    outbox_.forEachItem(listedUpTo_, [this](const OutboxItem& item) {
        listed_.push_back({sourceOf(item.sourceAgency, item.sourceMessageId), item.sequence});
        lastTold_[item.recipient] = listedUpTo_ = item.sequence;
        return true;
    });
    if (listed_.size() == before) return;
    std::ranges::sort(listed_, [](const Listed& a, const Listed& b) {
        return std::tie(a.source, a.sequence) < std::tie(b.source, b.sequence);
    });
}

DeliveryAudit::Range DeliveryAudit::listedOf(const std::string& agency,
                                             const std::string& messageId) {
    const auto source = sourceOf(agency, messageId);
    const auto range = [&]() -> Range {
        return {std::ranges::lower_bound(listed_, source, {}, &Listed::source),
                std::ranges::upper_bound(listed_, source, {}, &Listed::source)};
    };
    const auto found = range();
    if (found.first != found.second) return found;
    list();  // it may have been recorded meanwhile
    return range();
}

std::optional<OutboxItem> DeliveryAudit::at(std::int64_t sequence) {
    std::optional<OutboxItem> found;
    outbox_.forEachItem(sequence - 1, [&](const OutboxItem& item) {
        if (item.sequence == sequence) found = item;
        return false;
    });
    return found;
}

// True if it is there under its own id.
bool DeliveryAudit::claim(const OutboxItem& implied) {
    const auto stored = outbox_.find(implied.itemId);
    if (!stored) return false;
    const auto [first, last] = listedOf(implied.sourceAgency, implied.sourceMessageId);
    for (auto each = first; each != last; ++each)
        if (each->sequence == stored->sequence) each->claimed = true;
    compare(implied, *stored);
    return true;
}

void DeliveryAudit::compare(const OutboxItem& implied, const OutboxItem& stored) {
    const auto differs = [&](const char* member) {
        differ_(nameOf(implied) + ": " + member + " differs from the act");
    };
    const bool successor = stored.itemId != implied.itemId;
    if (successor ? !idHolds(stored) : stored.recipient != implied.recipient) differs("recipient");
    if (stored.sourceAgency != implied.sourceAgency ||
        stored.sourceMessageId != implied.sourceMessageId)
        differs("source");
    if (stored.caseId != implied.caseId) differs("case");
    if (stored.messageType != implied.messageType) differs("message type");
    if (stored.createdAt != implied.createdAt) differs("time");
    if (!contentHolds(implied, stored)) differs("content");
    // A successor's bytes were listed, not read.
    if (!successor && !stored.renderedSha256.empty() && stored.archivedIn.empty() &&
        document::sha256(stored.renderedBytes).hex() != stored.renderedSha256)
        differ_(nameOf(implied) + ": rendered bytes are not those of rendered_sha256");
}

void DeliveryAudit::expect(const std::vector<OutboxItem>& implied, const Withheld& withheld) {
    std::vector<const OutboxItem*> missing;
    std::set<std::string> named, toldTypes;
    for (const auto& item : implied) {
        named.insert(item.recipient);
        if (claim(item))
            toldTypes.insert(item.messageType);
        else if (!excuses(withheld, item))
            missing.push_back(&item);
    }
    // Withheld from a successor, whom the act does not name itself.
    for (const auto& [recipient, type] : withheld.named)
        if (!named.contains(recipient)) toldTypes.insert(type);
    for (const auto* item : missing)
        if (!claimSuccessor(*item) &&
            !(mayHaveEnded(*item) && toldTypes.contains(item->messageType)))
            differ_(nameOf(*item) + ": is missing");
}

// True if somebody took the place of the recipient, who was never told anything later.
bool DeliveryAudit::claimSuccessor(const OutboxItem& implied) {
    const auto [first, last] = listedOf(implied.sourceAgency, implied.sourceMessageId);
    if (!mayHaveEnded(implied)) return false;
    for (auto each = first; each != last; ++each) {
        if (each->claimed) continue;
        const auto stored = at(each->sequence);
        if (!stored || stored->messageType != implied.messageType) continue;
        each->claimed = true;
        compare(implied, *stored);
        return true;
    }
    return false;
}

bool DeliveryAudit::mayHaveEnded(const OutboxItem& implied) {
    const auto [first, last] = listedOf(implied.sourceAgency, implied.sourceMessageId);
    const auto told = lastTold_.find(implied.recipient);
    return first == last || told == lastTold_.end() || told->second < first->sequence;
}

void DeliveryAudit::expectEither(const OutboxItem& one, const OutboxItem& other,
                                 const Withheld& withheld) {
    if (claim(one) || claim(other) || excuses(withheld, one) || excuses(withheld, other)) return;
    if (!claimSuccessor(one) && !claimSuccessor(other)) differ_(nameOf(one) + ": is missing");
}

void DeliveryAudit::expectLetters(const std::string& agency, const std::string& messageId,
                                  bool atLeastOne) {
    const std::string source = "message " + agency + " " + messageId;
    const auto [first, last] = listedOf(agency, messageId);
    if (first == last && atLeastOne) differ_(source + ": no outbox item although it tells all");
    for (auto each = first; each != last; ++each) {
        const auto stored = at(each->sequence);
        each->claimed = true;
        if (!stored) continue;
        const auto letter = read(*stored);
        const bool holds =
            letter && stored->messageType == "DocumentTransfer" && stored->caseId.empty() &&
            idHolds(*stored) && letter->envelope.to == stored->recipient &&
            letter->envelope.id == stored->itemId && letter->delivery->sourceAgency == agency &&
            letter->delivery->sourceMessageId == messageId;
        if (!holds) differ_(nameOf(*stored) + ": differs from the act");
    }
}

void DeliveryAudit::excuse(const std::string& agency, const std::string& messageId) {
    const auto [first, last] = listedOf(agency, messageId);
    for (auto each = first; each != last; ++each) each->claimed = true;
}

void DeliveryAudit::finish() {
    for (const auto& each : listed_) {
        if (each.claimed) continue;
        if (const auto stored = at(each.sequence))
            differ_(nameOf(*stored) + ": no recorded act implies it");
    }
}

}  // namespace gateway::exchange
