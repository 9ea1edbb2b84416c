#pragma once
// Signed questions, signed answers: monitoring data and counts, for those whom the law lets ask.
// Law: Luật TC VKSND 63/2014 Đ.28; Luật TTHC Đ.315.

#include <optional>

#include "gateway/base/clock.h"
#include "gateway/exchange/desk/reception.h"
#include "gateway/exchange/desk/refusal_desk.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Answers one question: rights, then cases, then the audit of the read, then the answer.
///
/// The asker sees only cases in its territory or of its own (promise P8); the audit line is
/// durable before the answer exists, so there is no dry run.
/// A question's id is used once (REPLAY), its audit line counts against the asker's quota
/// (QUOTA_EXCEEDED). Thread-safe; throws only for a broken store or key. Never changes a case.
class Inquiry {
  public:
    Inquiry(Identity identity, store::Ledger& ledger, store::Cases& cases, const base::Clock& clock,
            const base::Limits& limits);

    [[nodiscard]] Answer ask(const Inbound& inbound);

  private:
    [[nodiscard]] Answer answered(const Inbound& inbound);
    struct Found {
        model::Payload payload;
        std::vector<std::string> caseIds;
    };
    [[nodiscard]] base::Result<Found> find(const Inbound& inbound, const Received& received);
    [[nodiscard]] base::Result<Found> look(const Inbound& inbound, const Received& received);
    [[nodiscard]] std::optional<base::Problem> record(const store::ReadAudit& audit);
    [[nodiscard]] static std::optional<base::Problem> unknownIn(const Inbound& inbound,
                                                                const model::CaseSelection& select,
                                                                const std::string& path);
    [[nodiscard]] base::Result<Found> monitoring(const Inbound& inbound, const Received& received,
                                                 const model::MonitoringQuery& query);
    [[nodiscard]] Found statistics(const Inbound& inbound, const Received& received,
                                   const model::StatisticsQuery& query);
    static void addHistories(const std::optional<base::Timestamp>& until,
                             const store::Histories& histories,
                             std::vector<model::CaseView>& cases);
    [[nodiscard]] store::CaseFilter filterOf(const Inbound& inbound, const Received& received,
                                             const model::CaseSelection& select) const;

    Identity identity_;
    Reception reception_;
    RefusalDesk refusals_;
    store::Ledger& ledger_;
    store::Cases& cases_;
    const base::Clock& clock_;
    base::Limits limits_;
};

}  // namespace gateway::exchange
