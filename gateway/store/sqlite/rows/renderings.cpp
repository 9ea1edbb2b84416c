#include "gateway/store/sqlite/rows/renderings.h"

#include "gateway/store/sqlite/engine/query.h"
#include "gateway/store/sqlite/rows/stored_bytes.h"
#include "gateway/store/woven_bytes.h"

namespace gateway::store::sqlite {
namespace {

// The body of the message that an item comes from; files go by their digests.
constexpr std::string_view kSource = "source";

std::optional<std::string> sourceBody(Connection& connection, std::string_view agency,
                                      std::string_view messageId) {
    Query query(connection, "SELECT body FROM message WHERE agency = ? AND message_id = ?");
    query.with(agency, messageId);
    return query.next() ? std::optional(query.row().text(0)) : std::nullopt;
}

std::optional<std::string> fileOf(Connection& connection, std::string_view sha256) {
    Query query(connection, "SELECT bytes FROM attachment WHERE sha256 = ?");
    query.with(sha256);
    return query.next() ? std::optional(query.row().text(0)) : std::nullopt;
}

}  // namespace

WrittenRendering writtenForm(Connection& connection, std::string_view itemId,
                             const RenderedDelivery& delivery) {
    WrittenRendering written{
        delivery.bytes, false, {}, static_cast<std::int64_t>(delivery.bytes.size())};
    std::string agency;
    std::string messageId;
    {
        Query query(connection,
                    "SELECT source_agency, source_message_id FROM outbox WHERE item_id = ?");
        query.with(itemId);
        if (!query.next()) return written;
        agency = query.row().text(0);
        messageId = query.row().text(1);
    }
    std::vector<KnownBytes> parts;
    for (const auto& sha256 : delivery.files)
        if (auto bytes = fileOf(connection, sha256)) parts.push_back({sha256, std::move(*bytes)});
    if (auto body = sourceBody(connection, agency, messageId))
        parts.push_back({std::string(kSource), std::move(*body)});
    auto woven = weave(delivery.bytes, parts);
    if (!woven) return written;
    written.bytes = std::move(woven->recipe);
    written.files = std::move(woven->named);
    std::erase(written.files, kSource);
    written.woven = true;
    return written;
}

void insertRendering(Connection& connection, std::int64_t sequence, const std::string& agency,
                     const WrittenRendering& written) {
    Query(connection, "INSERT INTO rendering (sequence, length, woven, bytes) VALUES (?, ?, ?, ?)")
        .with(sequence, written.length, std::int64_t{written.woven ? 1 : 0}, Blob{written.bytes})
        .run();
    for (const auto& sha256 : written.files)
        Query(connection,
              "INSERT INTO rendering_file (sha256, sequence) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .with(sha256, sequence)
            .run();
    addStored(connection, agency, StoredKind::Delivery,
              static_cast<std::int64_t>(written.bytes.size()));
}

std::string renderedBytes(Connection& connection, std::int64_t sequence) {
    std::string bytes;
    std::string agency;
    std::string messageId;
    {
        Query query(connection,
                    "SELECT r.woven, r.bytes, o.source_agency, o.source_message_id "
                    "FROM rendering r JOIN outbox o ON o.sequence = r.sequence "
                    "WHERE r.sequence = ?");
        query.with(sequence);
        if (!query.next()) return {};
        bytes = query.row().text(1);
        if (query.row().number(0) == 0) return bytes;
        agency = query.row().text(2);
        messageId = query.row().text(3);
    }
    return unweave(bytes,
                   [&](std::string_view name) {
                       return name == kSource ? sourceBody(connection, agency, messageId)
                                              : fileOf(connection, name);
                   })
        .value_or(std::string());
}

std::string archiveOf(Connection& connection, std::int64_t sequence) {
    Query query(connection, "SELECT archive_id FROM archived WHERE kind = 2 AND key = ?");
    query.with(std::to_string(sequence));
    return query.next() ? query.row().text(0) : std::string();
}

}  // namespace gateway::store::sqlite
