#include "gateway/exchange/delivery/mailbox.h"

#include <thread>

#include "gateway/base/fault.h"
#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/delivery/dispatcher.h"
#include "gateway/exchange/delivery/kept_reason.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {
namespace {

using document::Node;

constexpr std::size_t kListedItems = 100;
// Room comes back by an operator's act.
constexpr std::chrono::seconds kQuotaPause{3600};

/// Counts one who waits, also when looking fails: a busy store must not use up the places.
class Waiter {
  public:
    explicit Waiter(std::atomic<std::size_t>& count) : count_(count), before_(count.fetch_add(1)) {}
    ~Waiter() { count_.fetch_sub(1); }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    [[nodiscard]] bool within(std::size_t bound) const noexcept { return before_ < bound; }

  private:
    std::atomic<std::size_t>& count_;
    std::size_t before_;
};

bool isOpen(store::OutboxState state) {
    return state != store::OutboxState::Delivered && state != store::OutboxState::Refused &&
           state != store::OutboxState::Dead;
}

const char* wordFor(store::OutboxState state) {
    return state == store::OutboxState::Delivered ? "accepted" : "refused";
}

Answer notFound() { return {404, "", ""}; }

Answer jsonAnswer(int status, const Node& node) {
    return {status, "application/json", document::writeJson(node)};
}

Node closedNode(const store::OutboxItem& item) {
    Node node = document::objectNode();
    node.children.push_back(document::stringNode("item", item.itemId));
    node.children.push_back(document::stringNode("verdict", wordFor(item.state)));
    if (item.closedAt)
        node.children.push_back(
            document::stringNode("closedAt", base::formatTimestamp(*item.closedAt)));
    return node;
}

store::ReadAudit auditOf(const store::OutboxItem& item, const trust::Channel& channel,
                         base::Timestamp now) {
    Node cases = document::arrayNode();
    if (!item.caseId.empty()) cases.children.push_back(document::stringNode("", item.caseId));
    store::ReadAudit audit;
    audit.agency = item.recipient;
    audit.queryId = base::newId("fetch", now);
    audit.channel = channel.id;
    audit.answerSha256 = item.renderedSha256;
    audit.purpose = store::kMailboxItem;
    audit.caseIds = document::writeJson(cases);
    audit.at = now;
    audit.itemId = item.itemId;
    return audit;
}

}  // namespace

Mailbox::Mailbox(Rendering& rendering, DeliveryVerdict verdict, store::Ledger& ledger,
                 store::Outbox& outbox, const Bell& bell, const base::Clock& clock,
                 const base::Limits& limits) :
    rendering_(rendering),
    verdict_(std::move(verdict)),
    refusals_(ledger, clock, limits),
    ledger_(ledger),
    outbox_(outbox),
    bell_(bell),
    clock_(clock),
    limits_(limits) {}

std::vector<store::OutboxItem> Mailbox::open(const std::string& agency) {
    return outbox_.mailbox(agency, kListedItems);
}

Mailbox::Written Mailbox::render(const Snapshot& snapshot, store::OutboxItem& item) {
    if (!item.renderedSha256.empty()) return Written::Yes;
    // A polling recipient must not use up all attempts before anybody could mend the mapping.
    const bool failed = item.attempts > 0 && !item.lastError.empty();
    const auto now = clock_.now();
    if (failed && !store::isDue(item.dueAt, now)) return Written::NotNow;
    try {
        item = rendering_.rendered(snapshot, item);
        return Written::Yes;
    } catch (const store::StoreFault&) {
        throw;
    } catch (const store::StoreFull&) {
        return Written::NotNow;  // what is rendered already is still listed and fetched
    } catch (const store::StoreBusy&) {
        throw;
    } catch (const RenderingPutOff&) {
        return Written::NotNow;
    } catch (const DeliveryDamaged& damaged) {
        return unwritable(item, damaged.what(), true);
    } catch (const base::Fault& fault) {
        return unwritable(item, fault.what(), false);
    }
}

// As a failed push: everything later for the case waits behind it, so it must come to an end.
Mailbox::Written Mailbox::unwritable(const store::OutboxItem& item, const std::string& reason,
                                     bool forGood) {
    const bool givenUp =
        forGood || item.attempts + 1 >= static_cast<std::int64_t>(limits_.attempts);
    store::OutboxMove move;
    move.to = givenUp ? store::OutboxState::Dead : item.state;
    move.at = clock_.now();
    move.dueAt = move.at + backOff(item.attempts, limits_);
    move.countAttempt = true;
    move.error = keptReason(reason);
    if (!outbox_.move(item.itemId, item.state, move)) return Written::NotNow;
    base::logEvent(base::LogLevel::Error, givenUp ? "mailbox.dead_letter" : "mailbox.cannot_render",
                   {{"item", item.itemId}, {"recipient", item.recipient}, {"reason", reason}});
    return givenUp ? Written::GivenUp : Written::NotNow;
}

std::vector<store::OutboxItem> Mailbox::readable(const Snapshot& snapshot,
                                                 const std::string& agency,
                                                 std::vector<store::OutboxItem> items) {
    for (std::size_t looks = 0;; ++looks) {
        bool givenUp = false;
        std::vector<store::OutboxItem> written;
        for (auto& item : items) {
            const auto outcome = render(snapshot, item);
            givenUp = givenUp || outcome == Written::GivenUp;
            if (outcome == Written::Yes) written.push_back(std::move(item));
        }
        // Once more is enough for an answer: who asks again sees what stands behind.
        if (!givenUp || looks > 0) return written;
        items = open(agency);
    }
}

// The first item after a silence is told at once; whoever hears bells without finding anything
// must not keep the store's few readers from others.
std::vector<store::OutboxItem> Mailbox::await(const std::string& agency, std::uint64_t seen,
                                              std::chrono::milliseconds wait,
                                              const std::stop_token& stopping) {
    const auto until = std::chrono::steady_clock::now() + wait;
    auto looked = until - wait;
    while (!stopping.stop_requested()) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0) break;
        bell_.wait(agency, seen, std::min(left, base::kPollPatience));
        std::this_thread::sleep_until(std::min(looked + base::kPollPause, until));
        seen = bell_.seen(agency);
        looked = std::chrono::steady_clock::now();
        auto items = open(agency);
        if (!items.empty()) return items;
    }
    return {};
}

Answer Mailbox::list(const Snapshots& snapshots, const std::string& agency,
                     std::chrono::milliseconds wait, const std::stop_token& stopping) {
    const auto seen = bell_.seen(agency);
    auto items = open(agency);
    if (items.empty() && wait.count() > 0) {
        // Long polls may hold at most half of the threads, or nobody else could be served.
        const Waiter waiter(waiting_);
        if (!waiter.within(limits_.connections / 2)) return {503, "", ""};
        items = await(agency, seen, std::min(wait, limits_.longestPoll), stopping);
    }
    // As of now: what came while somebody waited may have been preceded by a reload.
    const auto snapshot = snapshots.current();
    Node list = document::arrayNode("items");
    for (auto& item : readable(*snapshot, agency, std::move(items))) {
        Node entry = document::objectNode();
        const auto add = [&entry](const char* name, std::string value) {
            if (!value.empty())
                entry.children.push_back(document::stringNode(name, std::move(value)));
        };
        add("item", item.itemId);
        add("case", item.caseId);
        add("type", item.messageType);
        add("mediaType", item.renderedMediaType);
        entry.children.push_back(
            document::numberNode("length", std::to_string(item.renderedLength)));
        add("sha256", item.renderedSha256);
        add("availableAt", base::formatTimestamp(item.createdAt));
        if (item.fetchedAt) add("fetchedAt", base::formatTimestamp(*item.fetchedAt));
        list.children.push_back(std::move(entry));
    }
    Node root = document::objectNode();
    root.children.push_back(document::stringNode("agency", agency));
    root.children.push_back(std::move(list));
    return jsonAnswer(200, root);
}

Answer Mailbox::fetch(const Snapshot& snapshot, const trust::Channel& channel,
                      const std::string& agency, const std::string& itemId) {
    auto item = outbox_.find(itemId);
    if (!item || item->recipient != agency) return notFound();
    if (isOpen(item->state) && render(snapshot, *item) != Written::Yes) return {503, "", ""};
    // Given up before it was ever written: there is nothing to be read.
    if (item->renderedSha256.empty()) return notFound();
    const auto& ready = *item;
    if (!ready.archivedIn.empty()) return {410, "", ready.archivedIn};
    if (!store::renderingHolds(ready)) {
        if (isOpen(ready.state))
            static_cast<void>(unwritable(ready, "its stored bytes are damaged", true));
        throw base::Fault("the stored bytes of " + itemId +
                          " are no longer those that were sealed");
    }
    const auto audit = auditOf(ready, channel, clock_.now());
    // What waits may always be read for the first time; over and over only within the quota.
    const auto quota = ready.fetchedAt ? limits_.storedBytesPerAgency : 0;
    if (ledger_.recordRead(audit, quota) == store::ReadRecorded::OverQuota)
        return {429, "", "", std::nullopt, kQuotaPause};
    if (!ready.fetchedAt && isOpen(ready.state)) {
        store::OutboxMove move;
        move.to = ready.state;
        move.at = clock_.now();
        move.dueAt = ready.dueAt;
        move.fetched = true;
        // Lost to a concurrent move: then somebody else has fetched or closed it.
        static_cast<void>(outbox_.move(itemId, ready.state, move));
    }
    return {200, ready.renderedMediaType, ready.renderedBytes};
}

// Somebody else's item and one that does not exist are told alike.
bool Mailbox::mayRead(const Inbound& inbound, const std::string& recipient) {
    const auto* carriage = inbound.channel->carriageOf(recipient, inbound.receivedAt);
    return carriage && carriage->mayRead;
}

// The item is closed: the same word is told again, another is kept as evidence and changes nothing.
Answer Mailbox::repeated(const Inbound& inbound, const store::OutboxItem& item,
                         DeliveryWord word) const {
    auto answer = jsonAnswer(200, closedNode(item));
    if (item.state == word.state) return answer;
    word.sender.problems.push_back(base::Problem(base::ErrorCode::CONFLICT_STATE)
                                       .with("event", "DeliveryReceipt")
                                       .with("state", wordFor(item.state))
                                       .with("legal", wordFor(item.state)));
    if (auto full = refusals_.record(inbound, word.sender)) return *std::move(full);
    answer.status = 409;
    answer.refused = base::ErrorClass::KnownSigner;
    return answer;
}

Answer Mailbox::close(const Inbound& inbound, const std::string& itemId) {
    std::optional<Inbound> counted;  // another look at the same word costs no turn
    for (int attempt = 0; attempt < base::kCaseVersionRetries; ++attempt) {
        const auto item = outbox_.find(itemId);
        if (!item || item->renderedSha256.empty() || !mayRead(inbound, item->recipient))
            return notFound();
        auto word = verdict_.judge(counted ? *counted : inbound, *item);
        if (!word) return refusals_.refuse(inbound, word.error());
        if (!isOpen(item->state)) return repeated(inbound, *item, *std::move(word));
        store::OutboxMove move;
        move.to = word->state;
        move.at = clock_.now();
        move.partnerReceipt = inbound.body;
        move.partnerReceiptMediaType = inbound.mediaType;
        move.partnerReceiptHeader = inbound.detachedHeader;
        move.error = word->reason;
        if (outbox_.move(itemId, item->state, move))
            return jsonAnswer(200, closedNode(outbox_.find(itemId).value()));
        if (!counted) {
            counted = inbound;
            counted->rates = nullptr;
        }
    }
    return {503, "", ""};
}

}  // namespace gateway::exchange
