#include "gateway/store/sqlite/ports/sqlite_ledger.h"

#include <optional>
#include <utility>

#include "gateway/base/log.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/acceptance.h"
#include "gateway/store/sqlite/rows/rows.h"
#include "gateway/store/sqlite/rows/stored_bytes.h"

namespace gateway::store::sqlite {
namespace {

template <class... Values>
std::optional<MessageRecord> findMessage(Readers& readers, const std::string& sql,
                                         const Values&... values) {
    return readers.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(values...);
        return query.next() ? std::optional(soundMessage(query.row())) : std::nullopt;
    });
}

// When so many bytes of the holder's may have given way, all of them kept for equally long: the
// time of the last of the records that must go first. Looks at a few hundred only.
base::Timestamp timeOfRoom(Connection& connection, const RefusedBytesQuota& quota,
                           std::int64_t missing) {
    Query query(connection,
                "SELECT length(bytes), at FROM refusal INDEXED BY refusal_held "
                "WHERE holder = ? AND bytes IS NOT NULL ORDER BY number LIMIT 500");
    query.with(quota.holder);
    base::Timestamp at{};
    while (missing > 0 && query.next()) {
        missing -= query.row().number(0);
        at = query.row().instant(1);
    }
    return at;
}

// The holder's oldest bytes go until `room` more fit; the time of those that may not, if they are
// in the way. What has gone by then was free to go and stays away, so that nobody walks it twice.
std::optional<base::Timestamp> makeRoom(Connection& connection, const RefusedBytesQuota& quota,
                                        std::size_t room) {
    std::int64_t held = 0;
    {
        Query query(connection, "SELECT bytes FROM refusal_held_bytes WHERE holder = ?");
        held = query.with(quota.holder).next() ? query.row().number(0) : 0;
    }
    std::optional<base::Timestamp> inTheWay;
    std::int64_t freed = 0;
    while (held - freed + static_cast<std::int64_t>(room) >
           static_cast<std::int64_t>(quota.bytes)) {
        std::int64_t oldest = 0;
        {
            Query query(connection,
                        "SELECT number, length(bytes), at FROM refusal INDEXED BY refusal_held "
                        "WHERE holder = ? AND bytes IS NOT NULL ORDER BY number LIMIT 1");
            GW_CHECK(query.with(quota.holder).next());
            const auto at = query.row().instant(2);
            if (quota.keptSince && at >= *quota.keptSince) {
                inTheWay = timeOfRoom(connection, quota,
                                      held - freed + static_cast<std::int64_t>(room) -
                                          static_cast<std::int64_t>(quota.bytes));
                break;
            }
            oldest = query.row().number(0);
            freed += query.row().number(1);
        }
        Query(connection, "UPDATE refusal SET bytes = NULL WHERE number = ?").with(oldest).run();
    }
    if (freed > 0) {
        addHeld(connection, quota.holder, -freed);
    }
    return inTheWay;
}

struct OldestRefusal {
    std::int64_t number = 0, bytes = 0;
    bool stays = false;
};

std::optional<OldestRefusal> oldestRefusal(Connection& connection, const RefusedBytesQuota& quota) {
    Query query(connection,
                "SELECT number, coalesce(length(bytes), 0), at FROM refusal "
                "INDEXED BY refusal_holder WHERE holder = ? ORDER BY number LIMIT 1");
    if (!query.with(quota.holder).next()) return std::nullopt;
    const auto bytes = query.row().number(1);
    const bool kept = bytes > 0 && quota.keptSince && query.row().instant(2) >= *quota.keptSince;
    return OldestRefusal{query.row().number(0), bytes, kept};
}

// Two at most for each new one: a bound that was lowered is reached soon, and nobody waits for it.
void forgetOldest(Connection& connection, const RefusedBytesQuota& quota) {
    constexpr int kAtOnce = 2;
    for (int i = 0; i < kAtOnce; ++i) {
        std::int64_t records = 0, gone = 0;
        {
            Query query(connection,
                        "SELECT records, gone FROM refusal_held_bytes WHERE holder = ?");
            if (!query.with(quota.holder).next()) return;
            records = query.row().number(0);
            gone = query.row().number(1);
        }
        const auto oldest = oldestRefusal(connection, quota);
        if (records <= static_cast<std::int64_t>(quota.records) || !oldest || oldest->stays) return;
        Query(connection, "DELETE FROM refusal WHERE number = ?").with(oldest->number).run();
        Query(connection,
              "UPDATE refusal_held_bytes SET bytes = bytes - ?, records = records - 1, "
              "gone = gone + 1 WHERE holder = ?")
            .with(oldest->bytes, quota.holder)
            .run();
        constexpr std::int64_t kTellEach = 10'000;
        if (gone % kTellEach == 0)
            base::logEvent(base::LogLevel::Warning, "refusals.give_way",
                           {{"holder", quota.holder}, {"gone", std::to_string(gone + 1)}});
    }
}

std::optional<base::Timestamp> insertRefusal(Connection& connection, const RefusalRecord& refusal,
                                             const RefusedBytesQuota& quota) {
    const bool keeps = !refusal.bytes.empty() && refusal.bytes.size() <= quota.bytes;
    if (keeps) {
        if (const auto inTheWay = makeRoom(connection, quota, refusal.bytes.size())) {
            return inTheWay;
        }
    }
    addHeld(connection, quota.holder,
            keeps ? static_cast<std::int64_t>(refusal.bytes.size()) : std::int64_t{0});
    Query query(connection,
                "INSERT INTO refusal (refusal_id, channel, agency, message_id, code, holder, "
                "body_sha256, length, at, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.with(refusal.refusalId, refusal.channel, refusal.agency, refusal.messageId, refusal.code,
               quota.holder, refusal.bodySha256, refusal.length, refusal.at);
    if (keeps) {
        query.with(Blob{refusal.bytes});
    } else {
        query.withNull();
    }
    query.run();
    Query(connection, "UPDATE refusal_held_bytes SET records = records + 1 WHERE holder = ?")
        .with(quota.holder)
        .run();
    if (quota.records > 0) forgetOldest(connection, quota);
    return std::nullopt;
}

}  // namespace

AcceptOutcome SqliteLedger::accept(const Acceptance& acceptance) {
    if (!acceptance.evenIfShort && space_.state() >= SpaceState::Short)
        throw StoreFull("there is too little space for new messages; nothing was written");
    std::optional<AcceptOutcome> outcome;
    try {
        writer_.run(weightOf(acceptance), [&](Connection& connection) {
            outcome = acceptIn(connection, acceptance);
            return std::holds_alternative<Stored>(*outcome) ? Changes::Keep : Changes::Discard;
        });
    } catch (const StoreDamaged& damaged) {
        damage_.found(damaged.what());
        throw;
    }
    return std::move(*outcome);
}

std::optional<MessageRecord> SqliteLedger::findByBody(std::string_view channel,
                                                      std::string_view bodySha256) {
    static const std::string sql =
        selectMessage("WHERE m.channel = ? AND m.body_sha256 = ? ORDER BY m.position LIMIT 1",
                      MessageParts::Receipt);
    return findMessage(readers_, sql, channel, bodySha256);
}

std::optional<MessageRecord> SqliteLedger::findByKey(std::string_view agency,
                                                     std::string_view messageId) {
    static const std::string sql =
        selectMessage("WHERE m.agency = ? AND m.message_id = ?", MessageParts::Receipt);
    return findMessage(readers_, sql, agency, messageId);
}

std::optional<MessageRecord> SqliteLedger::findByReceipt(std::string_view receiptId) {
    static const std::string sql = selectMessage("WHERE m.receipt_id = ?", MessageParts::Receipt);
    return findMessage(readers_, sql, receiptId);
}

std::optional<MessageRecord> SqliteLedger::findWhole(std::string_view agency,
                                                     std::string_view messageId) {
    static const std::string sql =
        selectMessage("WHERE m.agency = ? AND m.message_id = ?", MessageParts::Whole);
    return findMessage(readers_, sql, agency, messageId);
}

void SqliteLedger::refold(const std::vector<CaseRecord>& cases) {
    std::size_t bytes = 0;
    for (const auto& record : cases) bytes += record.snapshot.size();
    writer_.run(bytes, [&](Connection& connection) {
        for (const auto& record : cases) rewriteCase(connection, record);
        return Changes::Keep;
    });
}

ReadRecorded SqliteLedger::recordRead(const ReadAudit& audit, std::size_t storedQuota) {
    auto recorded = ReadRecorded::OverQuota;
    const auto kept = keptOf(audit);
    writer_.run(static_cast<std::size_t>(kept), [&](Connection& connection) {
        if (storedQuota > 0 &&
            storedOf(connection, audit.agency) + kept > static_cast<std::int64_t>(storedQuota))
            return Changes::Discard;
        Query(connection,
              "INSERT INTO read_audit (agency, query_id, channel, question_sha256, answer_sha256, "
              "purpose, case_ids, item_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
              "ON CONFLICT (agency, query_id) DO NOTHING")
            .with(audit.agency, audit.queryId, audit.channel, audit.questionSha256,
                  audit.answerSha256, audit.purpose, audit.caseIds, audit.itemId, audit.at)
            .run();
        recorded = connection.changes() == 1 ? ReadRecorded::Yes : ReadRecorded::Repeated;
        if (recorded == ReadRecorded::Yes)
            addStored(connection, audit.agency, StoredKind::Read, kept);
        return Changes::Keep;
    });
    return recorded;
}

std::optional<base::Timestamp> SqliteLedger::recordRefusal(const RefusalRecord& refusal,
                                                           const RefusedBytesQuota& quota) {
    std::optional<base::Timestamp> inTheWay;
    const bool isShort = space_.state() >= SpaceState::Short;
    writer_.run(refusal.bytes.size() + 512, [&](Connection& connection) {
        inTheWay = isShort
                       ? insertRefusal(connection, refusal, {quota.holder, 0, {}, quota.records})
                       : insertRefusal(connection, refusal, quota);
        return Changes::Keep;
    });
    return inTheWay;
}

std::int64_t SqliteLedger::storedBytes(std::string_view agency) {
    return readers_.read([&](Connection& connection) { return storedOf(connection, agency); });
}

std::vector<AgencyStorage> SqliteLedger::storage() {
    return readers_.read(ReadKind::Walk, {},
                         [](Connection& connection) { return storageByAgency(connection); });
}

}  // namespace gateway::store::sqlite
