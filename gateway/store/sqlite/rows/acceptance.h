#pragma once
// The one transaction of promise P1, within the writer's.

#include "gateway/store/ledger.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// Asks and writes as Ledger::accept() says. Any outcome but Stored has written nothing. Throws
/// Fault for our own mistakes and SqliteError; what was written until then is the caller's to undo.
[[nodiscard]] AcceptOutcome acceptIn(Connection& connection, const Acceptance& acceptance);

/// Ledger::refold() of one case.
void rewriteCase(Connection& connection, const CaseRecord& record);

/// About how many bytes it will write.
[[nodiscard]] std::size_t weightOf(const Acceptance& acceptance);

}  // namespace gateway::store::sqlite
