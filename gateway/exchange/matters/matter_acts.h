#pragma once
// What acts and time bring in a matter's file: sheets of statistics, petitions, inspections.

#include "gateway/base/result.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/matters/matter_files.h"
#include "gateway/exchange/matters/office_roles.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/law/life/matter_life.h"

namespace gateway::exchange {

/// Reads files, writes nothing: what it decides holds only if the file's version has not moved when
/// the ledger accepts it, so that two acts on one state are never both taken. Borrows all;
/// thread-safe.
class MatterActs {
  public:
    MatterActs(const Snapshot& snapshot, store::Cases& cases, store::LogSearch& log,
               const Notifications& notifications) :
        snapshot_(snapshot), cases_(cases), log_(log), notifications_(notifications) {}

    /// `declared` is kept in a file (FileOf); the agencies in `said` are canonical.
    [[nodiscard]] base::Result<Decision> judge(const model::Act& act,
                                               const law::ActDeclaration& declared,
                                               model::DeclaredAct said) const;

    /// What the clock has to say of the file until the beginning of `today`.
    [[nodiscard]] model::Decided tick(const model::CaseFile& file, base::Date today) const;
    /// What `facts`, told by the gateway itself, mean for a file.
    [[nodiscard]] model::Decided hear(const model::CaseFile& file, std::vector<model::Fact> facts,
                                      base::Date today) const;
    /// Fills in who is told of an act of the gateway's own in the whole of a matter.
    void tellOf(const model::Matter& matter, const std::vector<law::ToldRole>& told,
                model::Event& event) const;
    /// Fills in who is told of the news of terms, and who owes them; `after` is the file with the
    /// event in it.
    void complete(const model::CaseFile& after, model::Event& event) const;

  private:
    [[nodiscard]] std::set<std::string, std::less<>> findings(const model::Act& act,
                                                              const MatterPlace& place,
                                                              const model::DeclaredAct& said) const;
    [[nodiscard]] base::Problem refusal(const MatterPlace& place,
                                        const law::ActDeclaration& declared,
                                        const law::Step& step) const;
    [[nodiscard]] model::Decided decidedBy(const model::CaseFile& file, const law::MatterLife& life,
                                           const std::vector<law::Step>& steps) const;
    std::vector<std::string> tell(const model::Matter& matter,
                                  const std::vector<std::int64_t>& parts, const std::string& author,
                                  const std::vector<law::ToldRole>& told,
                                  model::Event& event) const;

    const Snapshot& snapshot_;
    store::Cases& cases_;
    store::LogSearch& log_;
    const Notifications& notifications_;
};

}  // namespace gateway::exchange
