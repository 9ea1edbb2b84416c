#pragma once
// Acts of the law that belong to no case: sheets and lists of a period, petitions, inspections,
// letters between offices (`subject` of mappings/acts).

#include "gateway/base/result.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/law/life/judgement.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Roles are held by what an agency is, over the whole of its province, not in a case; who is told
/// is named in the act, or competent for the sender's province. An act that names another one by
/// message and SHA-256 (a counter-signature) must name what was really sent; its sender is then the
/// `author`. Those that are kept in a matter's file are MatterActs' to judge. Borrows all;
/// thread-safe.
class OfficeActs {
  public:
    OfficeActs(const Snapshot& snapshot, store::Cases& cases, store::LogSearch& log,
               const Notifications& notifications) :
        snapshot_(snapshot), cases_(cases), log_(log), notifications_(notifications) {}

    [[nodiscard]] base::Result<Decision> judge(const model::Act& act,
                                               const law::ActDeclaration& declared,
                                               model::DeclaredAct said) const;

  private:
    void record(model::Event& event, const std::vector<law::ToldRole>& told,
                const std::vector<std::string>& named, const std::string& author,
                Decision& decision) const;

    const Snapshot& snapshot_;
    store::Cases& cases_;
    store::LogSearch& log_;
    const Notifications& notifications_;
};

}  // namespace gateway::exchange
