#pragma once
// The sealed bytes of deliveries, apart from the rows whose state changes.

#include <string>
#include <vector>

#include "gateway/store/outbox_item.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// As it is written: a recipe and the files that it names, or the bytes themselves.
struct WrittenRendering {
    std::string bytes;
    bool woven = false;
    std::vector<std::string> files;
    std::int64_t length = 0;  ///< of what was rendered
};

/// For a reader's thread: looks for `delivery.files` and the source's own bytes within it.
[[nodiscard]] WrittenRendering writtenForm(Connection& connection, std::string_view itemId,
                                           const RenderedDelivery& delivery);

/// On the writer's connection. Counts it for the item's source.
void insertRendering(Connection& connection, std::int64_t sequence, const std::string& agency,
                     const WrittenRendering& written);

/// The bytes as they were rendered; empty if there are none, or what they name is gone.
[[nodiscard]] std::string renderedBytes(Connection& connection, std::int64_t sequence);

/// The archive that has them; empty: none.
[[nodiscard]] std::string archiveOf(Connection& connection, std::int64_t sequence);

}  // namespace gateway::store::sqlite
