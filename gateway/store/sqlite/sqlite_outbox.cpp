#include "gateway/store/sqlite/sqlite_outbox.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/store/sqlite/outbox_rows.h"
#include "gateway/store/sqlite/query.h"
#include "gateway/store/sqlite/renderings.h"
#include "gateway/store/sqlite/rows.h"

namespace gateway::store::sqlite {
namespace {

// Stops at `limit` by itself, so that the statement's text stays one.
std::vector<OutboxItem> readItems(Query& query, std::size_t limit) {
    std::vector<OutboxItem> found;
    while (found.size() < limit && query.next()) {
        found.push_back(readItem(query.row()));
    }
    return found;
}

void addCount(OutboxCounts& counts, std::int64_t state, std::int64_t items) {
    switch (static_cast<OutboxState>(state)) {
        case OutboxState::Waiting: counts.waiting = items; break;
        case OutboxState::Rendered: counts.rendered = items; break;
        case OutboxState::Sending: counts.sending = items; break;
        case OutboxState::Maybe: counts.maybe = items; break;
        case OutboxState::Delivered: counts.delivered = items; break;
        case OutboxState::Refused: counts.refused = items; break;
        case OutboxState::Dead: counts.dead = items; break;
    }
}

}  // namespace

std::vector<OutboxItem> SqliteOutbox::due(base::Timestamp now, std::size_t limit,
                                          const std::set<std::string>& without) {
    static const std::string sql = selectItem(
        "INDEXED BY outbox_due WHERE state < 4 AND is_head = 1 AND state <> ? AND due_at <= ? "
        "AND recipient NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, sequence");
    // Its own statement: one range of the index each, and this one is empty but for a wrong clock.
    static const std::string strays = selectItem(
        "INDEXED BY outbox_due WHERE state < 4 AND is_head = 1 AND state <> ? AND due_at > ? "
        "AND due_at < ? AND recipient NOT IN (SELECT value FROM json_each(?)) "
        "ORDER BY due_at, sequence");
    auto names = document::arrayNode();
    for (const auto& name : without) names.children.push_back(document::stringNode({}, name));
    const auto list = document::writeJson(names);
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(static_cast<std::int64_t>(OutboxState::Sending), now, list);
        auto found = readItems(query, limit);
        if (found.size() < limit) {
            Query ahead(connection, strays);
            ahead.with(static_cast<std::int64_t>(OutboxState::Sending), now + kFarthestDue,
                       now + kHeldBeyond, list);
            for (auto& item : readItems(ahead, limit - found.size())) {
                found.push_back(std::move(item));
            }
        }
        return found;
    });
}

std::vector<OutboxItem> SqliteOutbox::mailbox(std::string_view agency, std::size_t limit,
                                              std::int64_t after) {
    static const std::string sql = selectItem(
        "INDEXED BY outbox_mailbox WHERE state < 4 AND is_head = 1 AND recipient = ? "
        "AND sequence > ? ORDER BY sequence");
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(agency, after);
        return readItems(query, limit);
    });
}

std::optional<OutboxItem> SqliteOutbox::find(std::string_view itemId) {
    static const std::string sql = selectItem("WHERE item_id = ?");
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        query.with(itemId);
        if (!query.next()) return std::optional<OutboxItem>();
        auto item = std::optional(readItem(query.row()));
        item->renderedBytes = renderedBytes(connection, item->sequence);
        if (item->renderedBytes.empty() && !item->renderedSha256.empty()) {
            item->archivedIn = archiveOf(connection, item->sequence);
        }
        return item;
    });
}

void SqliteOutbox::rendered(std::string_view itemId, const RenderedDelivery& delivery) {
    if (space_.state() >= SpaceState::Critical)
        throw StoreFull("there is too little space for a rendering; nothing was written");
    const auto written = readers_.read(
        [&](Connection& connection) { return writtenForm(connection, itemId, delivery); });
    writer_.run(written.bytes.size() + 512, [&](Connection& connection) {
        renderItem(connection, itemId, delivery, written);
        return Changes::Keep;
    });
}

bool SqliteOutbox::move(std::string_view itemId, OutboxState expected, const OutboxMove& move) {
    bool moved = false;
    const std::size_t weight = move.partnerReceipt.size() + move.partnerReceiptHeader.size() + 512;
    writer_.run(weight, [&](Connection& connection) {
        moved = moveItem(connection, itemId, expected, move);
        return moved ? Changes::Keep : Changes::Discard;
    });
    return moved;
}

std::vector<OutboxItem> SqliteOutbox::deadLetters(std::size_t limit) {
    static const std::string sql =
        selectItem("INDEXED BY outbox_dead WHERE state > 4 ORDER BY sequence");
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        return readItems(query, limit);
    });
}

OutboxCounts SqliteOutbox::counts() {
    return readers_.read([&](Connection& connection) {
        OutboxCounts counts;
        Query query(connection,
                    "SELECT state, count(*), min(created_at) FROM outbox INDEXED BY outbox_queue "
                    "WHERE state < 4 GROUP BY state "
                    "UNION ALL SELECT state, items, NULL FROM outbox_closed");
        while (query.next()) {
            addCount(counts, query.row().number(0), query.row().number(1));
            if (const auto oldest = query.row().maybeInstant(2)) {
                counts.oldestOpen = std::min(counts.oldestOpen.value_or(*oldest), *oldest);
            }
        }
        return counts;
    });
}

void SqliteOutbox::forEachItem(std::int64_t after,
                               const std::function<bool(const OutboxItem&)>& visit) {
    constexpr std::size_t kItemsAtOnce = 16;
    static const std::string sql = selectItem("WHERE sequence > ? ORDER BY sequence");
    for (;;) {
        const auto page = readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
            Query query(connection, sql);
            query.with(after);
            return readItems(query, kItemsAtOnce);
        });
        if (page.empty()) {
            return;
        }
        for (const OutboxItem& item : page) {
            if (!visit(item)) {
                return;
            }
        }
        after = page.back().sequence;
    }
}

}  // namespace gateway::store::sqlite
