#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "gateway/base/fault.h"
#include "tests/support/memory_state.h"

namespace gateway::support {
namespace {

using namespace gateway::store;

bool isOpen(const OutboxItem& item) { return item.state < OutboxState::Delivered; }

bool isDead(const OutboxItem& item) {
    return item.state == OutboxState::Refused || item.state == OutboxState::Dead;
}

std::pair<std::string, std::string> queueOf(const OutboxItem& item) {
    return {item.recipient, item.caseId.empty() ? "@" + item.sourceAgency : item.caseId};
}

class MemoryOutbox final : public Outbox {
  public:
    explicit MemoryOutbox(MemoryState& state) : state_(state) {}

    std::vector<OutboxItem> due(base::Timestamp now, std::size_t limit,
                                const std::set<std::string>& among) override {
        const std::lock_guard lock(state_.mutex);
        std::map<std::string, std::vector<const OutboxItem*>> byRecipient;
        for (const OutboxItem* item : heads()) {
            if (isDue(item->dueAt, now) && item->state != OutboxState::Sending &&
                among.contains(item->recipient)) {
                byRecipient[item->recipient].push_back(item);
            }
        }
        std::vector<std::tuple<std::size_t, base::Timestamp, const OutboxItem*>> turns;
        for (auto& [recipient, items] : byRecipient) {
            std::ranges::stable_sort(items, {}, [](const OutboxItem* item) { return item->dueAt; });
            // What a clock that ran ahead has dated comes last.
            std::ranges::stable_partition(
                items, [now](const OutboxItem* item) { return item->dueAt <= now; });
            for (std::size_t i = 0; i < items.size(); ++i) {
                turns.emplace_back(i, items[i]->dueAt, items[i]);
            }
        }
        std::ranges::sort(turns);  // within one vector, addresses are in order of recording
        std::vector<OutboxItem> found;
        for (const auto& [rank, dueAt, item] : turns) {
            if (found.size() == limit) break;
            found.push_back(*item);
            found.back().renderedBytes.clear();
        }
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
        GW_CHECK((item->state == OutboxState::Waiting || item->state == OutboxState::Maybe) &&
                 !delivery.sha256.empty());
        item->renderedBytes = delivery.bytes;
        item->renderedLength = static_cast<std::int64_t>(delivery.bytes.size());
        item->renderedMediaType = delivery.mediaType;
        item->renderedHeader = delivery.header;
        item->renderedSha256 = delivery.sha256;
        if (item->state == OutboxState::Waiting) item->state = OutboxState::Rendered;
    }

    bool move(std::string_view itemId, OutboxState expected, const OutboxMove& move) override {
        const std::lock_guard lock(state_.mutex);
        OutboxItem* item = lookUp(itemId);
        GW_CHECK(item != nullptr);
        if (item->state != expected) {
            return false;
        }
        const bool wasOpen = isOpen(*item);
        const OutboxItem* const headBefore = headOf(*item);
        item->state = move.to;
        item->holds = move.holds && move.to == OutboxState::Dead;
        if (!wasOpen && isOpen(*item)) {
            item->attempts = 0;
            item->openSince = move.at;
            state_.told.erase(item->itemId);
        }
        item->closedAt = isOpen(*item) ? std::nullopt : std::optional(move.at);
        item->dueAt = move.dueAt.value_or(item->dueAt);
        item->attempts += (move.countAttempt ? 1 : 0) - (move.takeBackAttempt ? 1 : 0);
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
        OutboxItem* const head = headOf(*item);
        if (head != nullptr && head != headBefore) {
            head->dueAt = std::max(head->dueAt, move.at);
        }
        return true;
    }

    std::vector<OutboxItem> deadLetters(const DeadLetterFilter& filter, std::int64_t after,
                                        std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        const auto fits = [](const std::string& wanted, const std::string& is) {
            return wanted.empty() || wanted == is;
        };
        std::vector<OutboxItem> found;
        for (const OutboxItem& item : state_.outbox) {
            const bool state = filter.state ? item.state == *filter.state : isDead(item);
            if (state && item.sequence > after && found.size() < limit &&
                fits(filter.recipient, item.recipient) &&
                fits(filter.sourceAgency, item.sourceAgency) && fits(filter.caseId, item.caseId) &&
                fits(filter.messageType, item.messageType)) {
                found.push_back(item);
                found.back().renderedBytes.clear();
            }
        }
        return found;
    }

    std::vector<WaitingFor> waiting() override {
        const std::lock_guard lock(state_.mutex);
        std::map<std::string, WaitingFor> by;
        for (const OutboxItem& item : state_.outbox) {
            if (!isOpen(item)) continue;
            auto& one =
                by.try_emplace(item.recipient, WaitingFor{item.recipient, 0, 0, item.createdAt})
                    .first->second;
            ++one.items;
            one.maybe += item.state == OutboxState::Maybe ? 1 : 0;
            one.oldest = std::min(one.oldest, item.createdAt);
        }
        std::vector<WaitingFor> all;
        for (const auto& [recipient, one] : by) all.push_back(one);
        std::ranges::stable_sort(all, {}, &WaitingFor::oldest);
        return all;
    }

    std::vector<OutboxItem> waitingFor(std::string_view recipient, std::int64_t after,
                                       std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<OutboxItem> found;
        for (const OutboxItem& item : state_.outbox) {
            if (isOpen(item) && item.recipient == recipient && item.sequence > after &&
                found.size() < limit) {
                found.push_back(item);
                found.back().renderedBytes.clear();
            }
        }
        return found;
    }

    std::vector<OutboxItem> untold(std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<OutboxItem> found;
        for (const OutboxItem& item : state_.outbox) {
            if (isDead(item) && !state_.told.contains(item.itemId) && found.size() < limit) {
                found.push_back(item);
                found.back().renderedBytes.clear();
            }
        }
        return found;
    }

    void authorTold(std::string_view itemId) override {
        const std::lock_guard lock(state_.mutex);
        state_.told.emplace(itemId);
    }

    void addNote(std::string_view itemId, const OutboxNote& note) override {
        const std::lock_guard lock(state_.mutex);
        state_.notes[std::string(itemId)].push_back(note);
    }

    std::vector<OutboxNote> notes(std::string_view itemId) override {
        const std::lock_guard lock(state_.mutex);
        const auto found = state_.notes.find(std::string(itemId));
        return found == state_.notes.end() ? std::vector<OutboxNote>() : found->second;
    }

    OutboxCounts counts() override {
        const std::lock_guard lock(state_.mutex);
        OutboxCounts counts;
        std::int64_t* const cells[] = {&counts.waiting, &counts.rendered,  &counts.sending,
                                       &counts.maybe,   &counts.delivered, &counts.refused,
                                       &counts.dead,    &counts.settled};
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
    // The oldest item of each queue that is open or holds, in order of recording, if it is open.
    std::vector<const OutboxItem*> heads() const {
        std::vector<const OutboxItem*> found;
        std::set<std::pair<std::string, std::string>> seen;
        for (const OutboxItem& item : state_.outbox) {
            if ((isOpen(item) || item.holds) && seen.insert(queueOf(item)).second && isOpen(item)) {
                found.push_back(&item);
            }
        }
        return found;
    }

    OutboxItem* headOf(const OutboxItem& one) {
        for (OutboxItem& item : state_.outbox) {
            if ((isOpen(item) || item.holds) && queueOf(item) == queueOf(one)) {
                return isOpen(item) ? &item : nullptr;
            }
        }
        return nullptr;
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
