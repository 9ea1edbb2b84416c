#include "tests/support/memory_store.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/store/entry_hash.h"
#include "tests/support/memory_state.h"

namespace gateway::support {
namespace {

using namespace gateway::store;

bool same(const std::string& wanted, const std::string& value) {
    return wanted.empty() || wanted == value;
}
bool within(const SearchPeriod& period, base::Timestamp at) {
    return (!period.from || at >= *period.from) && (!period.until || at <= *period.until);
}

class MemoryLedger final : public Ledger {
  public:
    explicit MemoryLedger(MemoryState& state) : state_(state) {}

    AcceptOutcome accept(const Acceptance& acceptance) override {
        const std::lock_guard lock(state_.mutex);
        const MessageRecord& message = acceptance.message;
        const auto taken = state_.byKey.find({message.agency, message.messageId});
        if (taken != state_.byKey.end()) {
            const MessageRecord& stored = state_.messages[taken->second];
            if (stored.contentSha256 == message.contentSha256 &&
                stored.messageType == message.messageType) {
                return SameContent{*bodiless(stored)};
            }
            return OtherContent{*bodiless(stored)};
        }
        if (acceptance.storedQuota != 0) {
            const auto used = storageOf(message.agency).total();
            if (used + chargeOf(acceptance) > static_cast<std::int64_t>(acceptance.storedQuota)) {
                return OverQuota{used};
            }
        }
        if (!versionHolds(acceptance)) {
            return VersionMoved{};
        }
        if (!besideHolds(acceptance)) {
            return VersionMoved{};
        }
        if (!documentsHold(acceptance)) {
            return VersionMoved{};
        }
        if (auto owner = aliasOwner(acceptance)) {
            return AliasTaken{*owner};
        }
        if (!parkedAsSeen(acceptance)) {
            return VersionMoved{};
        }
        if (takesNumberOfOther(acceptance)) {
            return VersionMoved{};
        }
        for (const Acceptance& one : acceptance.following) {
            if (state_.byKey.contains({one.message.agency, one.message.messageId}) ||
                !versionHolds(one)) {
                return VersionMoved{};
            }
        }
        checkReferences(acceptance);
        const auto position = write(acceptance);
        for (const Acceptance& one : acceptance.following) {
            checkReferences(one);
            write(one);
        }
        return Stored{position};
    }

    std::optional<MessageRecord> findByBody(std::string_view channel,
                                            std::string_view bodySha256) override {
        return bodiless(findFirst([&](const MessageRecord& m) {
            return m.channel == channel && m.bodySha256 == bodySha256;
        }));
    }
    std::optional<MessageRecord> findByKey(std::string_view agency,
                                           std::string_view messageId) override {
        return bodiless(findWhole(agency, messageId));
    }
    std::optional<MessageRecord> findByReceipt(std::string_view receiptId) override {
        return bodiless(
            findFirst([&](const MessageRecord& m) { return m.receiptId == receiptId; }));
    }
    std::optional<MessageRecord> findWhole(std::string_view agency,
                                           std::string_view messageId) override {
        return findFirst(
            [&](const MessageRecord& m) { return m.agency == agency && m.messageId == messageId; });
    }

    void refold(const std::vector<CaseRecord>& cases) override {
        const std::lock_guard lock(state_.mutex);
        for (const CaseRecord& record : cases) {
            const auto known = state_.cases.find(record.caseId);
            if (known != state_.cases.end() && known->second.version == record.version)
                known->second = record;
        }
    }

    ReadRecorded recordRead(const ReadAudit& audit, std::size_t storedQuota) override {
        const std::lock_guard lock(state_.mutex);
        if (storedQuota > 0 && storageOf(audit.agency).total() + keptOf(audit) >
                                   static_cast<std::int64_t>(storedQuota))
            return ReadRecorded::OverQuota;
        if (!state_.queries.emplace(audit.agency, audit.queryId).second)
            return ReadRecorded::Repeated;
        state_.reads.push_back(audit);
        return ReadRecorded::Yes;
    }

    std::optional<base::Timestamp> recordRefusal(const RefusalRecord& refusal,
                                                 const RefusedBytesQuota& quota) override {
        const std::lock_guard lock(state_.mutex);
        const bool keeps = refusal.bytes.size() <= quota.bytes;
        if (keeps) {
            if (const auto inTheWay = makeRoom(quota, refusal.bytes.size())) {
                return inTheWay;
            }
        }
        state_.refusals.push_back({refusal, quota.holder});
        if (!keeps) {
            state_.refusals.back().record.bytes.clear();
        }
        if (quota.records > 0) forgetOldest(quota);
        return std::nullopt;
    }

    std::int64_t storedBytes(std::string_view agency) override {
        const std::lock_guard lock(state_.mutex);
        return storageOf(agency).total();
    }
    std::vector<AgencyStorage> storage() override {
        const std::lock_guard lock(state_.mutex);
        std::set<std::string> agencies;
        for (const MessageRecord& one : state_.messages) agencies.insert(one.agency);
        for (const ReadAudit& one : state_.reads) agencies.insert(one.agency);
        for (const HeldRefusal& one : state_.refusals)
            if (one.holder.starts_with("agency:")) agencies.insert(one.holder.substr(7));
        std::vector<AgencyStorage> all;
        for (const auto& agency : agencies) {
            all.push_back(storageOf(agency));
            const auto gone = state_.refusalsGone.find("agency:" + agency);
            all.back().refusalsGone = gone == state_.refusalsGone.end() ? 0 : gone->second;
        }
        std::ranges::stable_sort(all, std::greater<>(), &AgencyStorage::total);
        return all;
    }

    std::vector<FoundMessage> messages(const MessageSearch& search, std::int64_t before,
                                       std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::string called = search.caseId;
        if (search.ruling) {
            const auto known = state_.aliases.find(keyOf(*search.ruling));
            if (known == state_.aliases.end() || !same(search.caseId, known->second)) return {};
            called = known->second;
        }
        std::vector<FoundMessage> found;
        for (auto i = state_.messages.rbegin(); i != state_.messages.rend(); ++i) {
            const bool waits = state_.parked.contains(i->position);
            const bool digest = search.digest.empty() || search.digest == i->bodySha256 ||
                                search.digest == i->contentSha256;
            if (found.size() == limit || (before != 0 && i->position >= before) || !digest ||
                (search.waiting && !waits) || !same(search.agency, i->agency) ||
                !same(search.messageId, i->messageId) || !same(search.receiptId, i->receiptId) ||
                !same(called, i->caseId) || !same(search.channel, i->channel) ||
                !same(search.messageType, i->messageType) ||
                !within(search.received, i->receivedAt))
                continue;
            FoundMessage one{*i, waits};
            one.message.body.clear();
            one.message.receipt.clear();
            one.message.events.clear();
            found.push_back(std::move(one));
        }
        return found;
    }

    std::vector<RefusalRecord> refusals(const RefusalSearch& search, std::int64_t before,
                                        std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<RefusalRecord> found;
        for (auto number = std::ssize(state_.refusals); number > 0; --number) {
            const auto& held = state_.refusals[static_cast<std::size_t>(number) - 1];
            const auto& one = held.record;
            if (held.holder.empty() || found.size() == limit || (before != 0 && number >= before) ||
                !same(search.agency, one.agency) || !same(search.messageId, one.messageId) ||
                !same(search.refusalId, one.refusalId) || !same(search.channel, one.channel) ||
                !same(search.code, one.code) || !same(search.digest, one.bodySha256) ||
                !within(search.at, one.at))
                continue;
            found.push_back(one);
            found.back().number = number;
        }
        return found;
    }

    std::vector<ReadAudit> reads(const ReadSearch& search, std::int64_t before,
                                 std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<ReadAudit> found;
        for (auto number = std::ssize(state_.reads); number > 0; --number) {
            const auto& one = state_.reads[static_cast<std::size_t>(number) - 1];
            const bool shown = search.caseId.empty() ||
                               one.caseIds.find('"' + search.caseId + '"') != std::string::npos;
            if (found.size() == limit || (before != 0 && number >= before) || !shown ||
                !same(search.agency, one.agency) || !same(search.channel, one.channel) ||
                !same(search.itemId, one.itemId) || !within(search.at, one.at))
                continue;
            found.push_back(one);
            found.back().number = number;
        }
        return found;
    }

  private:
    bool takesNumberOfOther(const Acceptance& acceptance) const {
        if (!acceptance.caseAfter || acceptance.caseAfter->registered.empty()) return false;
        const auto& after = *acceptance.caseAfter;
        const auto own = state_.cases.find(after.caseId);
        if (own != state_.cases.end() && own->second.registered == after.registered) return false;
        return std::ranges::any_of(state_.cases, [&](const auto& one) {
            return one.first != after.caseId && one.second.registered == after.registered;
        });
    }

    bool versionHolds(const Acceptance& acceptance) const {
        if (!acceptance.caseAfter) return true;
        const CaseRecord& after = *acceptance.caseAfter;
        GW_CHECK(after.caseId == acceptance.message.caseId &&
                 after.version == acceptance.message.caseVersion);
        GW_CHECK(after.version == acceptance.expectedVersion + 1);
        const auto known = state_.cases.find(after.caseId);
        return (known == state_.cases.end() ? 0 : known->second.version) ==
               acceptance.expectedVersion;
    }
    bool documentsHold(const Acceptance& acceptance) const {
        if (!acceptance.document) return true;
        const auto& document = *acceptance.document;
        return !state_.documents.contains({acceptance.message.agency, document.name}) &&
               std::ranges::all_of(document.changes, [&](const DocumentChange& change) {
                   const auto known = state_.documents.find({change.agency, change.name});
                   return known != state_.documents.end() &&
                          known->second.version == change.expectedVersion;
               });
    }
    AgencyStorage storageOf(std::string_view agency) const {
        AgencyStorage found;
        found.agency = agency;
        for (const MessageRecord& one : state_.messages) {
            if (one.agency != agency) continue;
            found.messages +=
                static_cast<std::int64_t>(one.body.size() + one.events.size() + one.receipt.size());
            if (state_.parked.contains(one.position))
                found.parked += static_cast<std::int64_t>(one.body.size());
        }
        for (const auto& [key, bytes] : state_.attachments)
            if (key.first == agency) found.files += static_cast<std::int64_t>(bytes.size());
        for (const OutboxItem& one : state_.outbox)
            if (one.sourceAgency == agency)
                found.deliveries +=
                    static_cast<std::int64_t>(one.content.size() + one.renderedBytes.size());
        for (const ReadAudit& one : state_.reads)
            if (one.agency == agency) found.reads += keptOf(one);
        for (const HeldRefusal& one : state_.refusals)
            if (one.holder == "agency:" + found.agency)
                found.refused += static_cast<std::int64_t>(one.record.bytes.size());
        return found;
    }
    std::int64_t chargeOf(const Acceptance& acceptance) const {
        const MessageRecord& message = acceptance.message;
        auto bytes = message.body.size() + message.events.size() + message.receipt.size();
        for (const StoredAttachment& file : acceptance.attachments)
            if (!state_.attachments.contains({message.agency, file.sha256}))
                bytes += file.bytes.size();
        for (const OutboxItem& item : acceptance.outbox)
            if (item.sourceAgency == message.agency) bytes += item.content.size();
        return static_cast<std::int64_t>(bytes);
    }
    void forgetOldest(const RefusedBytesQuota& quota) {
        const auto of = [&](const HeldRefusal& one) { return one.holder == quota.holder; };
        for (int i = 0; i < 2; ++i) {
            const auto oldest = std::ranges::find_if(state_.refusals, of);
            if (std::ranges::count_if(state_.refusals, of) <=
                static_cast<std::ptrdiff_t>(quota.records))
                return;
            if (quota.keptSince && !oldest->record.bytes.empty() &&
                oldest->record.at >= *quota.keptSince)
                return;
            *oldest = {};
            ++state_.refusalsGone[quota.holder];
        }
    }
    std::optional<base::Timestamp> makeRoom(const RefusedBytesQuota& quota, std::size_t room) {
        std::size_t held = 0;
        for (const HeldRefusal& one : state_.refusals) {
            held += one.holder == quota.holder ? one.record.bytes.size() : 0;
        }
        std::optional<base::Timestamp> inTheWay;
        for (HeldRefusal& one : state_.refusals) {
            if (held + room <= quota.bytes) {
                break;
            }
            if (one.holder != quota.holder || one.record.bytes.empty()) {
                continue;
            }
            held -= one.record.bytes.size();
            if (inTheWay || (quota.keptSince && one.record.at >= *quota.keptSince)) {
                inTheWay = one.record.at;
            } else {
                one.record.bytes.clear();
            }
        }
        return inTheWay;
    }

    std::optional<std::string> aliasOwner(const Acceptance& acceptance) const {
        for (const CaseAlias& alias : acceptance.newAliases) {
            const auto found = state_.aliases.find(keyOf(alias));
            if (found != state_.aliases.end() && found->second != acceptance.message.caseId) {
                return found->second;
            }
        }
        if (acceptance.parkUnder) {
            const auto found = state_.aliases.find(keyOf(*acceptance.parkUnder));
            if (found != state_.aliases.end() && found->second != acceptance.parkBeside) {
                return found->second;
            }
        }
        return std::nullopt;
    }

    bool besideHolds(const Acceptance& acceptance) const {
        const auto found = state_.cases.find(acceptance.parkBeside);
        return acceptance.parkBeside.empty() ||
               (found != state_.cases.end() && found->second.version == acceptance.besideVersion);
    }

    bool parkedAsSeen(const Acceptance& acceptance) const {
        auto named = acceptance.unparkPositions;
        for (const std::int64_t position : named) {
            if (!state_.parked.contains(position)) {
                return false;
            }
        }
        named.insert(named.end(), acceptance.stillParked.begin(), acceptance.stillParked.end());
        auto looked = acceptance.newAliases;
        if (acceptance.looksUnder) {
            looked.push_back(*acceptance.looksUnder);
        }
        for (const auto& [position, alias] : state_.parked) {
            if (std::find(looked.begin(), looked.end(), alias) != looked.end() &&
                std::find(named.begin(), named.end(), position) == named.end()) {
                return false;
            }
        }
        return true;
    }

    void checkReferences(const Acceptance& acceptance) const {
        const MessageRecord& message = acceptance.message;
        GW_CHECK(message.caseId.empty() || acceptance.caseAfter ||
                 state_.cases.contains(message.caseId));
        GW_CHECK(acceptance.newAliases.empty() || !message.caseId.empty());
        GW_CHECK(!acceptance.parkUnder || message.caseId.empty());
        for (const MessageRecord& other : state_.messages) {
            GW_CHECK(other.receiptId != message.receiptId);
        }
        for (const OutboxItem& item : acceptance.outbox) {
            for (const OutboxItem& other : state_.outbox) {
                GW_CHECK(other.itemId != item.itemId);
            }
        }
    }

    std::int64_t write(const Acceptance& acceptance) {
        MessageRecord message = acceptance.message;
        const std::size_t index = state_.messages.size();
        message.position = static_cast<std::int64_t>(index) + 1;
        state_.byKey[{message.agency, message.messageId}] = index;
        if (acceptance.caseAfter) {
            CaseRecord after = *acceptance.caseAfter;
            std::sort(after.agencies.begin(), after.agencies.end(),
                      [](const CaseAgency& a, const CaseAgency& b) {
                          return std::tie(a.agency, a.role) < std::tie(b.agency, b.role);
                      });
            after.agencies.erase(std::unique(after.agencies.begin(), after.agencies.end()),
                                 after.agencies.end());
            for (const std::string& portal : after.portals) {
                state_.published.emplace(after.caseId, portal);
            }
            state_.put(std::move(after));
        }
        for (const CaseAlias& alias : acceptance.freedAliases) {
            GW_CHECK(state_.aliases.at(keyOf(alias)) == message.caseId);
            state_.aliases.erase(keyOf(alias));
        }
        for (const CaseAlias& alias : acceptance.newAliases) {
            state_.aliases[keyOf(alias)] = message.caseId;
        }
        for (OutboxItem item : acceptance.outbox) {
            item.sequence = static_cast<std::int64_t>(state_.outbox.size()) + 1;
            item.openSince = item.createdAt;
            item.itemSha256 = itemHash(item);
            state_.outbox.push_back(std::move(item));
        }
        for (const StoredAttachment& attachment : acceptance.attachments) {
            state_.attachments.emplace(std::pair(acceptance.message.agency, attachment.sha256),
                                       attachment.bytes);
        }
        for (const std::int64_t position : acceptance.unparkPositions) {
            state_.parked.erase(position);
        }
        if (acceptance.document) {
            const auto& document = *acceptance.document;
            state_.documents[{message.agency, document.name}] = {document.sha256, message.messageId,
                                                                 message.receiptId, document.told};
            for (const DocumentChange& change : document.changes) {
                auto& known = state_.documents.at({change.agency, change.name});
                known.told = change.told;
                known.endedBy = change.ends ? message.receiptId : std::string();
                ++known.version;
            }
        }
        if (acceptance.parkUnder) {
            state_.parked[message.position] = *acceptance.parkUnder;
        }
        const std::int64_t position = message.position;
        state_.messages.push_back(std::move(message));
        return position;
    }

    static std::optional<MessageRecord> bodiless(std::optional<MessageRecord> found) {
        if (found) found->body.clear();
        return found;
    }
    template <class Wanted>
    std::optional<MessageRecord> findFirst(const Wanted& wanted) {
        const std::lock_guard lock(state_.mutex);
        const auto found = std::find_if(state_.messages.begin(), state_.messages.end(), wanted);
        if (found == state_.messages.end()) {
            return std::nullopt;
        }
        MessageRecord message = *found;
        message.bodyLength = static_cast<std::int64_t>(message.body.size());
        return message;
    }

    MemoryState& state_;
};

}  // namespace

MemoryStore::MemoryStore() :
    state_(std::make_unique<MemoryState>()),
    ledger_(std::make_unique<MemoryLedger>(*state_)),
    cases_(makeMemoryCases(*state_)),
    outbox_(makeMemoryOutbox(*state_)) {}

MemoryStore::~MemoryStore() = default;

void MemoryStore::spoilReceipt(std::string_view receiptId) {
    const std::lock_guard lock(state_->mutex);
    for (MessageRecord& message : state_->messages) {
        if (message.receiptId == receiptId) message.receipt[message.receipt.size() / 2] ^= 1;
    }
}

void MemoryStore::spoil(std::string_view itemId) {
    const std::lock_guard lock(state_->mutex);
    for (OutboxItem& item : state_->outbox) {
        if (item.itemId == itemId) {
            auto& bytes = item.renderedBytes.empty() ? item.content : item.renderedBytes;
            bytes[bytes.size() / 2] ^= 1;
        }
    }
}

}  // namespace gateway::support
