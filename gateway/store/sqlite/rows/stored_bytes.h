#pragma once
// Whose bytes fill the disk: counted in the transaction that writes or removes them.

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

void addStored(Connection& connection, std::string_view agency, StoredKind kind,
               std::int64_t change);

/// What a message takes of its agency's quota. Its receipt is most of a small one.
[[nodiscard]] inline std::size_t keptOf(const MessageRecord& message) noexcept {
    return message.body.size() + message.events.size() + message.receipt.size();
}

/// Refused bytes of a holder (RefusedBytesQuota).
void addHeld(Connection& connection, std::string_view holder, std::int64_t change);

/// Of all kinds.
[[nodiscard]] std::int64_t storedOf(Connection& connection, std::string_view agency);

/// What an acceptance would add, for its own agency; files that it holds already add nothing.
[[nodiscard]] std::int64_t chargeOf(Connection& connection, const Acceptance& acceptance);

/// By agency, those with most bytes first.
[[nodiscard]] std::vector<AgencyStorage> storageByAgency(Connection& connection);

}  // namespace gateway::store::sqlite
