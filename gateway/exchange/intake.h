#pragma once
// The road of one message, from bytes to a durable, signed answer.

#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/exchange/acts/case_acts.h"
#include "gateway/exchange/desk/bell.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/desk/reception.h"
#include "gateway/exchange/desk/refusal_desk.h"
#include "gateway/exchange/tables/table_reception.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Accepts one message from a partner and ends in a signed receipt or refusal, or, over a quota,
/// in an answer without bytes (429).
///
/// Verdict, events and receipt become durable in one transaction before the answer exists, so a
/// crash at any line leaves either nothing or all of it (promise P1). Repeating an accepted
/// message returns the first receipt, byte for byte; an honest re-sign does too.
///
/// Of a table each row is such a message, accepted or refused alone in a transaction of its own;
/// the answer tells of all. Sending the file again completes what a crash has cut off, and gives
/// the rows that were accepted their first receipts.
///
/// Thread-safe. Bad input is an Answer; only a broken disk or key throws (store::StoreFault,
/// base::Fault), which the caller tells as "outcome unknown".
/// Rings the bell when something waits to go out; delivering it is the Dispatcher's work.
class Intake {
  public:
    Intake(Identity identity, store::Ledger& ledger, store::Cases& cases, Bell& bell,
           const base::Clock& clock, const base::Limits& limits);

    [[nodiscard]] Answer accept(const Inbound& inbound);

  private:
    struct Pending;
    [[nodiscard]] std::optional<Answer> repeated(const Inbound& inbound,
                                                 const std::string& bodySha256);
    /// The canonical answer.
    [[nodiscard]] Answer judged(const Inbound& inbound);
    [[nodiscard]] Answer acceptTable(const Inbound& inbound, const std::string& bodySha256);
    /// @param row of a table, or 0
    [[nodiscard]] base::Result<Answer, Refused> acceptReceived(const Inbound& inbound,
                                                               Received received,
                                                               const std::string& bodySha256,
                                                               std::uint32_t row);
    [[nodiscard]] base::Result<Answer, base::Problem> record(const Inbound& inbound,
                                                             Pending& pending);
    [[nodiscard]] std::optional<base::Problem> overQuota(const std::string& agency,
                                                         std::size_t bytes);
    [[nodiscard]] bool wasFull(const std::string& agency);
    void setFull(const std::string& agency, bool full);
    [[nodiscard]] store::Acceptance acceptanceOf(const Inbound& inbound, const Pending& pending,
                                                 const Decision& decision) const;
    [[nodiscard]] Receipt receiptOf(const Inbound& inbound, const Pending& pending,
                                    const store::MessageRecord& message,
                                    const Decision& decision) const;

    Identity identity_;
    Reception reception_;
    TableReception tables_;
    CaseActs acts_;
    RefusalDesk refusals_;
    store::Ledger& ledger_;
    Bell& bell_;
    const base::Clock& clock_;
    const std::size_t storedQuota_;
    std::mutex fullMutex_;
    std::set<std::string, std::less<>> full_;  ///< over their quota when last asked; guarded
};

}  // namespace gateway::exchange
