#pragma once
// A ledger whose answers a test can change, or at which it listens.

#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/store/ledger.h"

namespace gateway::support {

/// Passes everything on to a real one. As thread-safe as that and `onAccept` are.
class BentLedger final : public store::Ledger {
  public:
    explicit BentLedger(store::Ledger& real) : real_(real) {}
    std::function<std::optional<store::AcceptOutcome>(const store::Acceptance&)> onAccept;

    store::AcceptOutcome accept(const store::Acceptance& acceptance) override {
        if (onAccept)
            if (auto outcome = onAccept(acceptance)) return *std::move(outcome);
        return real_.accept(acceptance);
    }
    std::optional<store::MessageRecord> findByBody(std::string_view channel,
                                                   std::string_view digest) override {
        return real_.findByBody(channel, digest);
    }
    std::optional<store::MessageRecord> findByKey(std::string_view agency,
                                                  std::string_view id) override {
        return real_.findByKey(agency, id);
    }
    std::optional<store::MessageRecord> findByReceipt(std::string_view id) override {
        return real_.findByReceipt(id);
    }
    std::optional<store::MessageRecord> findWhole(std::string_view agency,
                                                  std::string_view id) override {
        return real_.findWhole(agency, id);
    }
    void refold(const std::vector<store::CaseRecord>& cases) override { real_.refold(cases); }
    store::ReadRecorded recordRead(const store::ReadAudit& audit, std::size_t quota) override {
        return real_.recordRead(audit, quota);
    }
    std::optional<base::Timestamp> recordRefusal(const store::RefusalRecord& refusal,
                                                 const store::RefusedBytesQuota& quota) override {
        return real_.recordRefusal(refusal, quota);
    }
    std::int64_t storedBytes(std::string_view agency) override { return real_.storedBytes(agency); }
    std::vector<store::AgencyStorage> storage() override { return real_.storage(); }
    std::vector<store::FoundMessage> messages(const store::MessageSearch& search,
                                              std::int64_t before, std::size_t limit) override {
        return real_.messages(search, before, limit);
    }
    std::vector<store::RefusalRecord> refusals(const store::RefusalSearch& search,
                                               std::int64_t before, std::size_t limit) override {
        return real_.refusals(search, before, limit);
    }
    std::vector<store::ReadAudit> reads(const store::ReadSearch& search, std::int64_t before,
                                        std::size_t limit) override {
        return real_.reads(search, before, limit);
    }

  private:
    store::Ledger& real_;
};

}  // namespace gateway::support
