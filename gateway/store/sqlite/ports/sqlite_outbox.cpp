#include "gateway/store/sqlite/ports/sqlite_outbox.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/outbox_rows.h"
#include "gateway/store/sqlite/rows/renderings.h"
#include "gateway/store/sqlite/rows/rows.h"

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
        case OutboxState::Settled: counts.settled = items; break;
    }
}

/// What is read of an item before it is known whether it will be needed.
struct Turn {
    std::size_t rank;  ///< within its recipient
    std::int64_t dueAt, sequence;
    auto operator<=>(const Turn&) const = default;
};

// From the index alone. The two are ranges of it; the second is empty but for a wrong clock.
void addTurns(Connection& connection, const std::string& recipient, base::Timestamp now,
              std::size_t limit, std::vector<Turn>& turns) {
    constexpr const char* kSql[] = {
        "SELECT due_at, sequence FROM outbox INDEXED BY outbox_due WHERE state < 4 AND is_head = 1 "
        "AND recipient = ? AND state <> ? AND due_at <= ? ORDER BY due_at, sequence",
        "SELECT due_at, sequence FROM outbox INDEXED BY outbox_due WHERE state < 4 AND is_head = 1 "
        "AND recipient = ? AND state <> ? AND due_at > ? ORDER BY due_at, sequence"};
    const base::Timestamp bounds[] = {now, now + kFarthestDue};
    std::size_t rank = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        Query query(connection, kSql[i]);
        query.with(recipient, static_cast<std::int64_t>(OutboxState::Sending), bounds[i]);
        while (rank < limit && query.next())
            turns.push_back({rank++, query.row().number(0), query.row().number(1)});
    }
}

}  // namespace

std::vector<OutboxItem> SqliteOutbox::due(base::Timestamp now, std::size_t limit,
                                          const std::set<std::string>& among) {
    static const std::string sql = selectItem("WHERE sequence = ?");
    return readers_.read([&](Connection& connection) {
        std::vector<Turn> turns;
        for (const auto& recipient : among) addTurns(connection, recipient, now, limit, turns);
        const auto taken = std::min(limit, turns.size());
        std::ranges::partial_sort(turns, turns.begin() + static_cast<std::ptrdiff_t>(taken));
        std::vector<OutboxItem> found;
        for (std::size_t i = 0; i < taken; ++i) {
            Query query(connection, sql);
            query.with(turns[i].sequence);
            if (query.next()) found.push_back(readItem(query.row()));
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

Writer& SqliteOutbox::writer() const {
    GW_CHECK(writer_ != nullptr);
    return *writer_;
}

const SpaceWatch& SqliteOutbox::space() const {
    GW_CHECK(space_ != nullptr);
    return *space_;
}

void SqliteOutbox::rendered(std::string_view itemId, const RenderedDelivery& delivery) {
    if (space().state() >= SpaceState::Critical)
        throw StoreFull("there is too little space for a rendering; nothing was written");
    const auto written = readers_.read(
        [&](Connection& connection) { return writtenForm(connection, itemId, delivery); });
    writer().run(written.bytes.size() + 512, [&](Connection& connection) {
        renderItem(connection, itemId, delivery, written);
        return Changes::Keep;
    });
}

bool SqliteOutbox::move(std::string_view itemId, OutboxState expected, const OutboxMove& move) {
    bool moved = false;
    const std::size_t weight = move.partnerReceipt.size() + move.partnerReceiptHeader.size() + 512;
    writer().run(weight, [&](Connection& connection) {
        moved = moveItem(connection, itemId, expected, move);
        return moved ? Changes::Keep : Changes::Discard;
    });
    return moved;
}

std::vector<OutboxItem> SqliteOutbox::deadLetters(const DeadLetterFilter& filter,
                                                  std::int64_t after, std::size_t limit) {
    const bool settled = filter.state == OutboxState::Settled;
    std::string rest = settled                    ? "INDEXED BY outbox_settled WHERE state = 7 "
                       : filter.recipient.empty() ? "INDEXED BY outbox_dead WHERE state > 4 AND "
                                                    "state < 7 "
                                                  : "INDEXED BY outbox_dead_of WHERE state > 4 "
                                                    "AND state < 7 ";
    std::vector<std::string> values;
    const auto add = [&](const char* condition, const std::string& value) {
        if (value.empty()) return;
        rest += condition;
        values.push_back(value);
    };
    add("AND recipient = ? ", filter.recipient);
    add("AND source_agency = ? ", filter.sourceAgency);
    add("AND case_id = ? ", filter.caseId);
    add("AND message_type = ? ", filter.messageType);
    rest += "AND sequence > ? ";
    if (filter.state && !settled) rest += "AND state = ? ";
    const auto sql = selectItem(rest + "ORDER BY sequence");
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        for (const auto& value : values) query.with(value);
        query.with(after);
        if (filter.state && !settled) query.with(static_cast<std::int64_t>(*filter.state));
        return readItems(query, limit);
    });
}

std::vector<WaitingFor> SqliteOutbox::waiting() {
    return readers_.read(ReadKind::Walk, {}, [](Connection& connection) {
        std::vector<WaitingFor> found;
        Query query(connection,
                    "SELECT recipient, count(*), sum(state = 3), min(created_at) AS oldest "
                    "FROM outbox INDEXED BY outbox_queue "
                    "WHERE (state < 4 OR holds = 1) AND state < 4 GROUP BY recipient "
                    "ORDER BY oldest, recipient");
        while (query.next())
            found.push_back({query.row().text(0), query.row().number(1), query.row().number(2),
                             query.row().instant(3)});
        return found;
    });
}

std::vector<OutboxItem> SqliteOutbox::waitingFor(std::string_view recipient, std::int64_t after,
                                                 std::size_t limit) {
    static const std::string sql = selectItem(
        "INDEXED BY outbox_queue WHERE (state < 4 OR holds = 1) AND state < 4 AND recipient = ? "
        "AND sequence > ? ORDER BY sequence");
    return readers_.read(ReadKind::Walk, {}, [&](Connection& connection) {
        Query query(connection, sql);
        query.with(recipient, after);
        return readItems(query, limit);
    });
}

std::vector<OutboxItem> SqliteOutbox::untold(std::size_t limit) {
    static const std::string sql = selectItem(
        "INDEXED BY outbox_untold WHERE state > 4 AND state < 7 AND author_told = 0 "
        "ORDER BY sequence");
    return readers_.read([&](Connection& connection) {
        Query query(connection, sql);
        return readItems(query, limit);
    });
}

void SqliteOutbox::authorTold(std::string_view itemId) {
    writer().run(512, [&](Connection& connection) {
        markTold(connection, itemId);
        return Changes::Keep;
    });
}

void SqliteOutbox::addNote(std::string_view itemId, const OutboxNote& note) {
    writer().run(note.text.size() + 512, [&](Connection& connection) {
        insertNote(connection, itemId, note);
        return Changes::Keep;
    });
}

std::vector<OutboxNote> SqliteOutbox::notes(std::string_view itemId) {
    return readers_.read([&](Connection& connection) {
        Query query(connection,
                    "SELECT at, operator, text FROM outbox_note WHERE sequence = "
                    "(SELECT sequence FROM outbox WHERE item_id = ?) ORDER BY number");
        query.with(itemId);
        std::vector<OutboxNote> found;
        while (query.next())
            found.push_back({query.row().instant(0), query.row().text(1), query.row().text(2)});
        return found;
    });
}

OutboxCounts SqliteOutbox::counts() {
    return readers_.read([&](Connection& connection) {
        OutboxCounts counts;
        Query query(connection,
                    "SELECT state, count(*), min(created_at) FROM outbox INDEXED BY outbox_open "
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
