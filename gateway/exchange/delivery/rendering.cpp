#include "gateway/exchange/delivery/rendering.h"

#include <algorithm>

#include "gateway/base/encoding.h"
#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/attachments.h"
#include "gateway/exchange/desk/bounded_words.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/exchange/tables/table_reception.h"
#include "gateway/mapping/binding.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {
namespace {

// A digest of a few letters may stand for megabytes, and a message may name many. The files behind
// this are named, not enclosed, and the delivery says so.
constexpr std::size_t kEnclosed = 16 * 1024 * 1024;

// Of each byte there is at once: itself in base64, in the tree, as the mapping writes it, in the
// seal's base64 and in what is stored.
constexpr std::size_t kRenderedCopies = 8;

}  // namespace

// What one rendering holds, charged as it grows: nobody knows before what a digest stands for.
class Rendering::Weight {
  public:
    Weight(const base::MemoryAccount& memory, const std::string& recipient) :
        most_(memory.share() / 2),
        held_(memory.open({base::MemoryHolder::Kind::Agency, recipient})) {}
    void add(std::size_t bytes) {
        const auto more = std::min(kRenderedCopies * bytes, most_ - held_.bytes());
        if (held_.grow(more) != base::MemoryAccount::Verdict::Held)
            throw RenderingPutOff("no room to render");
    }

  private:
    std::size_t most_;
    base::MemoryAccount::Hold held_;
};

model::Message Rendering::contentOf(const store::OutboxItem& item, Weight& weight,
                                    std::vector<std::string>& files) {
    if (!store::itemHolds(item))
        throw DeliveryDamaged("the stored content of " + item.itemId +
                              " is no longer what was recorded");
    weight.add(item.content.size());
    auto tree = document::readJson(item.content, document::kOwnBounds);
    if (!tree) throw base::Fault("unreadable content of outbox item " + item.itemId);
    auto message = mapping::bindMessage(tree->root);
    if (!message) throw base::Fault("content of outbox item does not bind: " + item.itemId);
    GW_CHECK(message->delivery.has_value());
    if (auto* attachments = attachmentsOf(message->payload)) {
        std::size_t enclosed = 0;
        for (auto& attachment : *attachments) {
            if (enclosed > kEnclosed) {
                message->delivery->leftOut.emplace_back("attachments");
                break;
            }
            // Its author's own bytes only: whoever names a digest may not hold what it stands for.
            const auto bytes = cases_.attachment(item.sourceAgency, attachment.sha256);
            if (!bytes) continue;
            if (document::sha256(*bytes).hex() != attachment.sha256)
                throw DeliveryDamaged("a stored file of " + item.itemId + " is damaged");
            weight.add(bytes->size());
            enclosed += bytes->size();
            attachment.content = base::toBase64(*bytes);
            files.push_back(attachment.sha256);
        }
    }
    auto& delivery = *message->delivery;
    const auto source = ledger_.findByKey(item.sourceAgency, item.sourceMessageId);
    // An operator's act names a person of ours; its letter says what matters of it.
    if (source && source->messageType != kOperatorAct) {
        delivery.sourceMappingId = source->mappingId;
        delivery.sourceMappingSha256 = source->mappingSha256;
        // The other rows of a file are other cases, and none of the recipient's.
        if (!isRow(source->mediaType) &&
            source->bodyLength <= static_cast<std::int64_t>(base::kLargestOriginal)) {
            weight.add(static_cast<std::size_t>(source->bodyLength));
            const auto whole = ledger_.findWhole(item.sourceAgency, item.sourceMessageId);
            delivery.originalMediaType = source->mediaType;
            delivery.originalHeader = source->detachedHeader;
            delivery.original = base::toBase64(whole.value().body);
        } else {
            delivery.leftOut.emplace_back("original");
        }
    }
    return *std::move(message);
}

document::Node Rendering::namingLeftOut(const Snapshot& snapshot, model::Message message,
                                        const OutwardForm& form,
                                        const store::OutboxItem& item) const {
    auto& named = message.delivery->leftOut;
    std::vector<std::string> places = std::move(named);
    // Something must stand there to learn whether the format has a place for it.
    named = {"delivery"};
    bool told = true;
    for (auto& place : form.leftOut(mapping::unbindMessage(message),
                                    outwardValues(snapshot, item.recipient, identity_))) {
        if (place == "delivery" || place == "delivery/leftOut[]") told = false;
        if (place != "delivery/leftOut[]") places.push_back(std::move(place));
    }
    named = boundedWords(std::move(places), base::kLeftOutNamed);
    if (!told && !named.empty()) {
        std::string list;
        for (const auto& place : named) list.append(list.empty() ? "" : " ").append(place);
        base::logEvent(base::LogLevel::Info, "delivery.left_out_untold",
                       {{"item", item.itemId}, {"mapping", form.id()}, {"left_out", list}});
    }
    return mapping::unbindMessage(message);
}

store::OutboxItem Rendering::rendered(const Snapshot& snapshot, store::OutboxItem item) {
    if (!item.renderedSha256.empty()) return item;
    try {
        return renderedAnew(snapshot, std::move(item));
    } catch (const store::StoreDamaged& damaged) {
        throw DeliveryDamaged(std::string("what it encloses is damaged: ") + damaged.what());
    }
}

OutwardForm Rendering::formFor(const Snapshot& snapshot, const trust::Partner& partner,
                               const model::Message& message, const store::OutboxItem& item) const {
    const auto day = base::vietnamDate(item.createdAt);
    const auto* document = std::get_if<model::DocumentTransfer>(&message.payload);
    if (!document || document->business == model::DocumentBusiness::New)
        return outwardForm(snapshot, partner, item.messageType, day);
    return sayableForm(snapshot, partner, item.messageType, day, mapping::unbindMessage(message),
                       outwardValues(snapshot, item.recipient, identity_));
}

store::OutboxItem Rendering::renderedAnew(const Snapshot& snapshot, store::OutboxItem item) {
    const auto* partner = snapshot.registry->partner(item.recipient);
    if (!partner) throw base::Fault("recipient is not registered: " + item.recipient);
    Weight weight(memory_, item.recipient);
    std::vector<std::string> enclosed;
    auto message = contentOf(item, weight, enclosed);
    const auto form = formFor(snapshot, *partner, message, item);
    auto content = namingLeftOut(snapshot, std::move(message), form, item);
    const Sealed sealed = writeSealed(form, std::move(content), item.recipient, identity_, snapshot,
                                      "thahc-delivery+json");
    store::RenderedDelivery delivery;
    delivery.bytes = sealed.bytes;
    delivery.mediaType = sealed.mediaType;
    delivery.sha256 = document::sha256(sealed.bytes).hex();
    delivery.files = std::move(enclosed);
    try {
        outbox_.rendered(item.itemId, delivery);
    } catch (const store::StoreFault&) {
        throw;
    } catch (const base::Fault&) {
        // Another thread rendered it meanwhile: the bytes stored first are the ones that count.
        auto stored = outbox_.find(item.itemId);
        if (!stored || stored->renderedBytes.empty()) throw;
        return *std::move(stored);
    }
    return outbox_.find(item.itemId).value();
}

}  // namespace gateway::exchange
