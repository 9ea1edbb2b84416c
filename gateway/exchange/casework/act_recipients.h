#pragma once
// Whom an event of a case is told to: the law's roles, held by agencies of that day, as far as they
// may and can be told. Law: the `told` of mappings/acts, the `tell` of mappings/legal-rules.

#include <string>
#include <vector>

#include "gateway/exchange/casework/case_roles.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/law/life/judgement.h"

namespace gateway::exchange {

/// What a notice of the clock is called.
inline constexpr const char* kDeadlineNotice = "DeadlineNotice";

/// For one event, whose facts are in `after` already. Borrows all.
class ActRecipients {
  public:
    ActRecipients(const Snapshot& snapshot, const model::CaseFile& after, base::Timestamp at);

    /// Fills `decided.told`, names in the changes of terms the agencies instead of the roles, and
    /// in its terms who owes them.
    /// Gives the notes of the receipt: who could not be told (decision.h).
    [[nodiscard]] std::vector<std::string> record(model::Event& event,
                                                  const std::vector<law::ToldRole>& told) const;

  private:
    [[nodiscard]] std::vector<std::string> agenciesOf(law::Role role, const model::Event& event,
                                                      std::int64_t obligation) const;
    [[nodiscard]] std::string addressee(const model::Event& event) const;
    [[nodiscard]] std::vector<std::string> authors(const model::Event& event) const;
    [[nodiscard]] std::vector<std::int64_t> spokenOf(const model::Event& event) const;
    [[nodiscard]] bool mayTake(const std::string& agency, const std::string& type) const;
    void recordNews(model::Decided& decided) const;

    const Snapshot& snapshot_;
    const model::CaseFile& file_;
    base::Timestamp at_;
    base::Date day_;
    CaseRoles roles_;
};

}  // namespace gateway::exchange
