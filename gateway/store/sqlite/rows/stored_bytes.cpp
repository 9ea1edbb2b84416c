#include "gateway/store/sqlite/rows/stored_bytes.h"

#include <algorithm>
#include <map>
#include <string>

#include "gateway/store/sqlite/engine/query.h"

namespace gateway::store::sqlite {

void addStored(Connection& connection, std::string_view agency, StoredKind kind,
               std::int64_t change) {
    if (change == 0) return;
    Query(connection,
          "INSERT INTO stored_bytes (agency, kind, bytes) VALUES (?, ?, ?) "
          "ON CONFLICT (agency, kind) DO UPDATE SET bytes = bytes + excluded.bytes")
        .with(agency, static_cast<std::int64_t>(kind), change)
        .run();
}

void addHeld(Connection& connection, std::string_view holder, std::int64_t change) {
    Query(connection, "UPDATE refusal_held_bytes SET bytes = bytes + ? WHERE holder = ?")
        .with(change, holder)
        .run();
    if (connection.changes() == 0) {
        Query(connection, "INSERT INTO refusal_held_bytes (holder, bytes) VALUES (?, ?)")
            .with(holder, change)
            .run();
    }
}

std::int64_t storedOf(Connection& connection, std::string_view agency) {
    Query query(connection, "SELECT coalesce(sum(bytes), 0) FROM stored_bytes WHERE agency = ?");
    query.with(agency);
    return query.next() ? query.row().number(0) : 0;
}

std::int64_t chargeOf(Connection& connection, const Acceptance& acceptance) {
    const MessageRecord& message = acceptance.message;
    std::size_t bytes = keptOf(message);
    for (const StoredAttachment& file : acceptance.attachments) {
        Query query(connection,
                    "SELECT 1 FROM attachment_possession WHERE agency = ? AND sha256 = ?");
        if (!query.with(message.agency, file.sha256).next()) bytes += file.bytes.size();
    }
    for (const OutboxItem& item : acceptance.outbox)
        if (item.sourceAgency == message.agency) bytes += item.content.size();
    return static_cast<std::int64_t>(bytes);
}

std::vector<AgencyStorage> storageByAgency(Connection& connection) {
    std::map<std::string, AgencyStorage> found;
    const auto of = [&found](const std::string& agency) -> AgencyStorage& {
        auto& entry = found[agency];
        entry.agency = agency;
        return entry;
    };
    {
        Query query(connection, "SELECT agency, kind, bytes FROM stored_bytes");
        while (query.next()) {
            auto& entry = of(query.row().text(0));
            switch (static_cast<StoredKind>(query.row().number(1))) {
                case StoredKind::Message: entry.messages = query.row().number(2); break;
                case StoredKind::File: entry.files = query.row().number(2); break;
                case StoredKind::Delivery: entry.deliveries = query.row().number(2); break;
                case StoredKind::Read: entry.reads = query.row().number(2); break;
            }
        }
    }
    {
        Query query(connection,
                    "SELECT substr(holder, 8), bytes, gone FROM refusal_held_bytes "
                    "WHERE holder LIKE 'agency:%'");
        while (query.next()) {
            auto& entry = of(query.row().text(0));
            entry.refused = query.row().number(1);
            entry.refusalsGone = query.row().number(2);
        }
    }
    {
        Query query(connection,
                    "SELECT p.agency, sum(m.body_length) FROM parked p "
                    "JOIN message m ON m.position = p.position GROUP BY p.agency");
        while (query.next()) of(query.row().text(0)).parked = query.row().number(1);
    }
    std::vector<AgencyStorage> all;
    for (auto& [agency, entry] : found) all.push_back(std::move(entry));
    std::ranges::stable_sort(all, std::greater<>(), &AgencyStorage::total);
    return all;
}

}  // namespace gateway::store::sqlite
