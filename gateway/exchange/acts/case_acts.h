#pragma once
// Judges what one understood message may do to which case: rights, known or new ruling, parking,
// lifecycle, and who must be told.

#include "gateway/base/limits.h"
#include "gateway/base/result.h"
#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Reads cases, writes nothing: its Decision holds only if the case's version has not moved when
/// the ledger accepts it. Thread-safe.
class CaseActs {
  public:
    CaseActs(Identity identity, store::Cases& cases, store::LogSearch& log,
             const base::Limits& limits) :
        identity_(identity),
        notifications_(std::move(identity)),
        cases_(cases),
        log_(log),
        limits_(limits) {}

    /// `payload` has its attachments taken out; `unchanged` are the fields that, left out, are as
    /// its sender has said them before (mapping::Plan). Problems are of class A.
    [[nodiscard]] base::Result<Decision> judge(const Snapshot& snapshot, const model::Act& act,
                                               const model::Payload& payload,
                                               const std::vector<std::string>& unchanged = {});

  private:
    using Judged = base::Result<Decision>;
    static base::Problem forbiddenCase(const model::Act& act) {
        return base::Problem(base::ErrorCode::FORBIDDEN_CASE).with("agency", act.actor);
    }
    /// The sender reads in its receipt what was not delivered.
    static void addTo(Decision& decision, Deliveries deliveries);
    Judged transfer(const Snapshot& snapshot, const model::Act& act,
                    const model::JudgmentTransfer& message);
    Judged openCase(const Snapshot& snapshot, const model::Act& act, model::Ruling ruling,
                    const store::CaseAlias& alias, const model::DeclaredAct* said);
    std::optional<Judged> opens(const Snapshot& snapshot, const model::Act& act,
                                const model::DeclaredAct& said);
    void record(const Snapshot& snapshot, model::CaseFile& file, model::Event event,
                std::vector<law::ToldRole> told, Decision& decision) const;
    std::optional<Judged> opensFor(const Snapshot& snapshot, const model::Act& act,
                                   const model::DeclaredAct& wrapper);
    std::optional<Judged> passesOn(const Snapshot& snapshot, const model::Act& act,
                                   const model::DeclaredAct& wrapper, const model::CaseFile& file,
                                   const store::CaseRecord& known);
    std::optional<EarlierAct> earlier(const Snapshot& snapshot, const std::string& caseId,
                                      const model::Act& act, const std::string& messageId);
    std::optional<EarlierAct> latest(const Snapshot& snapshot, const std::string& caseId,
                                     const model::Act& act, const std::string& type);
    /// An act with what it left unchanged, and what receipt and record say of that.
    struct Renewed {
        model::DeclaredAct said;
        std::vector<std::string> notes;
        std::string eventNote;
    };
    Renewed renewed(const Snapshot& snapshot, const std::string& caseId, const model::Act& act,
                    const model::DeclaredAct& said, const std::vector<std::string>& unchanged);
    static std::optional<base::Problem> rulingIn(const Snapshot& snapshot,
                                                 const model::DeclaredAct& said,
                                                 std::optional<model::Ruling>& ruling);
    void followElsewhere(const Snapshot& snapshot, const model::Act& act, model::Event& event,
                         const model::RulingReference& later, Decision& decision) const;
    void tellOfParking(const Snapshot& snapshot, const model::CaseFile& file,
                       const model::Event& ended, Decision& decision) const;
    Judged linkTransfer(const Snapshot& snapshot, const model::Act& act,
                        const model::Ruling& ruling, model::DeclaredAct said,
                        const store::CaseRecord& known);
    Judged joinTransfer(const Snapshot& snapshot, const model::Act& act,
                        const model::Ruling& ruling, model::DeclaredAct said,
                        const store::CaseRecord& known);
    /// Nothing, or why it can not be delivered: then `decision` is as it was.
    [[nodiscard]] std::optional<base::Problem> applyParked(const Snapshot& snapshot,
                                                           const model::Act& act,
                                                           model::Event event,
                                                           const std::vector<law::ToldRole>& told,
                                                           Decision& decision);
    void replayParked(const Snapshot& snapshot, const store::CaseAlias& alias, Decision& decision);
    [[nodiscard]] std::size_t copyWeight(const std::string& author, std::size_t content,
                                         const std::vector<model::Attachment>& files) const;
    Judged document(const Snapshot& snapshot, const model::Act& act,
                    const model::DocumentTransfer& message);
    Judged inCase(const Snapshot& snapshot, const model::Act& act,
                  const model::DeclaredAct& message,
                  const std::vector<std::string>& unchanged = {});
    [[nodiscard]] base::Result<model::DeclaredAct> boundToCase(const Snapshot& snapshot,
                                                               const model::Act& act,
                                                               model::DeclaredAct said) const;
    Judged park(const model::Act& act, const model::DeclaredAct& message, store::CaseAlias alias,
                const std::optional<store::CaseRecord>& beside);
    base::Result<model::Event> decideAllowed(const Snapshot& snapshot, const model::CaseFile& file,
                                             const model::Act& act, const model::DeclaredAct& said,
                                             std::vector<law::ToldRole>& told);
    Judged judged(const Snapshot& snapshot, const model::Act& act, const model::Payload& payload,
                  const std::vector<std::string>& unchanged);
    [[nodiscard]] base::Date latestDay(const model::Act& act) const;

    Identity identity_;
    Notifications notifications_;
    store::Cases& cases_;
    store::LogSearch& log_;
    base::Limits limits_;
};

}  // namespace gateway::exchange
