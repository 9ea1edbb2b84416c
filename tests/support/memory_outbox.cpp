#include <algorithm>
#include <set>

#include "gateway/base/fault.h"
#include "tests/support/memory_state.h"

namespace gateway::support {
namespace {

using namespace gateway::store;

bool isOpen(const OutboxItem& item) { return item.state < OutboxState::Delivered; }

class MemoryOutbox final : public Outbox {
  public:
    explicit MemoryOutbox(MemoryState& state) : state_(state) {}

    std::vector<OutboxItem> due(base::Timestamp now, std::size_t limit,
                                const std::set<std::string>& without) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<OutboxItem> found;
        for (const OutboxItem* item : heads()) {
            if (isDue(item->dueAt, now) && item->state != OutboxState::Sending &&
                without.count(item->recipient) == 0) {
                found.push_back(*item);
                found.back().renderedBytes.clear();
            }
        }
        std::stable_sort(found.begin(), found.end(), [](const OutboxItem& a, const OutboxItem& b) {
            return a.dueAt < b.dueAt;
        });
        found.resize(std::min(found.size(), limit));
        return found;
    }

    std::vector<OutboxItem> mailbox(std::string_view agency, std::size_t limit,
                                    std::int64_t after) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<OutboxItem> found;
        for (const OutboxItem* item : heads()) {
            if (item->recipient == agency && item->sequence > after && found.size() < limit) {
                found.push_back(*item);
                found.back().renderedBytes.clear();
            }
        }
        return found;
    }

    std::optional<OutboxItem> find(std::string_view itemId) override {
        const std::lock_guard lock(state_.mutex);
        const OutboxItem* item = lookUp(itemId);
        return item == nullptr ? std::nullopt : std::optional(*item);
    }

    void rendered(std::string_view itemId, const RenderedDelivery& delivery) override {
        const std::lock_guard lock(state_.mutex);
        OutboxItem* item = lookUp(itemId);
        GW_CHECK(item != nullptr);
        if (!item->renderedSha256.empty()) {
            GW_CHECK(item->renderedSha256 == delivery.sha256 &&
                     item->renderedBytes == delivery.bytes);
            return;
        }
        GW_CHECK(item->state == OutboxState::Waiting && !delivery.sha256.empty());
        item->renderedBytes = delivery.bytes;
        item->renderedLength = static_cast<std::int64_t>(delivery.bytes.size());
        item->renderedMediaType = delivery.mediaType;
        item->renderedHeader = delivery.header;
        item->renderedSha256 = delivery.sha256;
        item->state = OutboxState::Rendered;
    }

    bool move(std::string_view itemId, OutboxState expected, const OutboxMove& move) override {
        const std::lock_guard lock(state_.mutex);
        OutboxItem* item = lookUp(itemId);
        GW_CHECK(item != nullptr);
        if (item->state != expected) {
            return false;
        }
        const bool wasOpen = isOpen(*item);
        item->state = move.to;
        if (!wasOpen && isOpen(*item)) {
            item->attempts = 0;
        }
        item->closedAt = isOpen(*item) ? std::nullopt : std::optional(move.at);
        item->dueAt = move.dueAt.value_or(item->dueAt);
        item->attempts += move.countAttempt ? 1 : 0;
        if (move.fetched && !item->fetchedAt) {
            item->fetchedAt = move.at;
        }
        if (!move.partnerReceipt.empty()) {
            item->partnerReceipt = move.partnerReceipt;
            item->partnerReceiptMediaType = move.partnerReceiptMediaType;
            item->partnerReceiptHeader = move.partnerReceiptHeader;
        }
        if (!move.error.empty()) {
            item->lastError = move.error;
        }
        return true;
    }

    std::vector<OutboxItem> deadLetters(std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<OutboxItem> found;
        for (const OutboxItem& item : state_.outbox) {
            if (item.state > OutboxState::Delivered && found.size() < limit) {
                found.push_back(item);
                found.back().renderedBytes.clear();
            }
        }
        return found;
    }

    OutboxCounts counts() override {
        const std::lock_guard lock(state_.mutex);
        OutboxCounts counts;
        std::int64_t* const cells[] = {&counts.waiting, &counts.rendered,  &counts.sending,
                                       &counts.maybe,   &counts.delivered, &counts.refused,
                                       &counts.dead};
        for (const OutboxItem& item : state_.outbox) {
            ++*cells[static_cast<std::size_t>(item.state)];
            if (isOpen(item)) {
                counts.oldestOpen =
                    std::min(counts.oldestOpen.value_or(item.createdAt), item.createdAt);
            }
        }
        return counts;
    }

    void forEachItem(std::int64_t after,
                     const std::function<bool(const OutboxItem&)>& visit) override {
        std::vector<OutboxItem> copy;
        {
            const std::lock_guard lock(state_.mutex);
            copy = state_.outbox;
        }
        for (OutboxItem& item : copy) {
            item.renderedBytes.clear();
            if (item.sequence > after && !visit(item)) {
                return;
            }
        }
    }

  private:
    // The oldest open item of each queue, in order of recording.
    std::vector<const OutboxItem*> heads() const {
        std::vector<const OutboxItem*> found;
        std::set<std::pair<std::string, std::string>> seen;
        for (const OutboxItem& item : state_.outbox) {
            if (isOpen(item) && seen.emplace(item.recipient, item.caseId).second) {
                found.push_back(&item);
            }
        }
        return found;
    }

    OutboxItem* lookUp(std::string_view itemId) {
        const auto found = std::find_if(state_.outbox.begin(), state_.outbox.end(),
                                        [&](const OutboxItem& i) { return i.itemId == itemId; });
        return found == state_.outbox.end() ? nullptr : &*found;
    }

    MemoryState& state_;
};

}  // namespace

std::unique_ptr<Outbox> makeMemoryOutbox(MemoryState& state) {
    return std::make_unique<MemoryOutbox>(state);
}

}  // namespace gateway::support
