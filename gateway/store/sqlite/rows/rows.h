#pragma once
// How the rows of the store are read; the columns stand beside the code that reads them.

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/store/ledger.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/statement.h"

namespace gateway::store::sqlite {

/// A limit as SQL wants it.
[[nodiscard]] std::int64_t rowsOf(std::size_t limit) noexcept;

/// What of a message is read: what is left out is never touched on the disk.
enum class MessageParts : std::uint8_t { Events, Receipt, Whole };

/// "SELECT <columns> FROM message m " + rest, to be read by readMessage().
[[nodiscard]] std::string selectMessage(std::string_view rest, MessageParts parts);
[[nodiscard]] MessageRecord readMessage(const Statement& row);
/// The same, held against its digests as far as it was read: StoreDamaged.
[[nodiscard]] MessageRecord soundMessage(const Statement& row);

/// Columns of `case_file c` for readCase(), which leaves the agencies alone.
inline constexpr std::string_view kCaseColumns =
    "c.case_id, c.version, c.court, c.first_instance_court, c.province, c.number, c.issued_on, "
    "c.stage, c.snapshot, coalesce(c.next_day, ''), c.first_due, c.subject, "
    "c.registered, c.row_sha256";
inline constexpr int kCaseColumnCount = 14;
[[nodiscard]] CaseRecord readCase(const Statement& row);
/// The same, held against its digest: StoreDamaged.
[[nodiscard]] CaseRecord soundCase(const Statement& row);

/// Whether another case stands under that number of a register (CaseRecord::registered).
extern const char* const kRegisteredElsewhere;
[[nodiscard]] bool isRegisteredElsewhere(Connection& connection, std::string_view registered,
                                         std::string_view caseId);

/// The document that this agency has called so.
[[nodiscard]] std::optional<KnownDocument> findDocument(Connection& connection,
                                                        std::string_view agency,
                                                        std::string_view name);
/// Codes of agencies, which have no blanks, in one column.
[[nodiscard]] std::string codesText(const std::vector<std::string>& codes);

/// The number of a case's row; 0: there is none.
[[nodiscard]] std::int64_t caseRow(Connection& connection, std::string_view caseId);

/// "SELECT <columns> FROM outbox " + rest, to be read by readItem(); without rendered bytes.
[[nodiscard]] std::string selectItem(std::string_view rest);
[[nodiscard]] OutboxItem readItem(const Statement& row);

}  // namespace gateway::store::sqlite
