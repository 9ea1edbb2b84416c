#pragma once
// Changes to outbox rows within a transaction; keeps the heads of queues and the counts right.

#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/store/outbox_item.h"
#include "gateway/store/sqlite/rows/renderings.h"

namespace gateway::store::sqlite {

void insertItem(Connection& connection, const OutboxItem& item);

/// As Outbox::rendered(), in its written form; by their digest, the bytes are known to be the same.
void renderItem(Connection& connection, std::string_view itemId, const RenderedDelivery& delivery,
                const WrittenRendering& written);

/// As Outbox::move(). False has written nothing.
[[nodiscard]] bool moveItem(Connection& connection, std::string_view itemId, OutboxState expected,
                            const OutboxMove& move);

/// As Outbox::authorTold() and Outbox::addNote().
void markTold(Connection& connection, std::string_view itemId);
void insertNote(Connection& connection, std::string_view itemId, const OutboxNote& note);

/// After a restart nobody knows whether what was being sent has arrived: Sending becomes Maybe,
/// due now. Returns how many.
std::int64_t doubtSending(Connection& connection, base::Timestamp now);

}  // namespace gateway::store::sqlite
