#pragma once
// Who may send what about which case, and who sees which cases (promise P8: deny by default).

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/exchange/reference/kind_rules.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// Rights of every agency by its kind and level, judged at the time of the request over the
/// succession closure: a successor has its predecessors' cases, a split gives nothing. An agency
/// that is unknown, has ended or has not begun by then may do and see nothing.
/// Immutable and thread-safe. Does not know channels or signers: trust::Registry does.
class Rights {
  public:
    /// Throws base::Fault naming `origin` for two rules that cover one kind, or one message type
    /// stated twice by a kind at one level.
    Rights(std::vector<KindRules> kinds, std::shared_ptr<const model::AgencyDirectory> directory);

    /// May it send that type at all? Whether about this case, mayAct() says.
    [[nodiscard]] bool maySend(std::string_view agency, model::MessageType type,
                               base::Timestamp at) const;
    /// May it send that type about a case with these agencies? True without further look when the
    /// type belongs to no case.
    [[nodiscard]] bool mayAct(std::string_view agency, model::MessageType type,
                              const std::vector<store::CaseAgency>& inCase,
                              base::Timestamp at) const;
    /// May it be told that type about such a case?
    [[nodiscard]] bool mayReceive(std::string_view agency, model::MessageType type,
                                  const std::vector<store::CaseAgency>& inCase,
                                  base::Timestamp at) const;
    /// Is it of a kind that is sent that type, if the law names it? Acts that are data reach every
    /// kind that is known.
    [[nodiscard]] bool takes(std::string_view agency, model::MessageType type,
                             base::Timestamp at) const;
    /// Did a court of the level of `court` rule at that instance on that day, over rulings of
    /// courts of the level of `first` (itself at first instance)? By kind and level alone: whether
    /// either existed then, and whether one stands over the other, is not asked.
    [[nodiscard]] bool hears(const model::Agency& court, model::Instance instance,
                             const model::Agency& first, base::Date day) const;
    /// What it may send, for whoami; in the order of MessageType.
    [[nodiscard]] std::vector<model::MessageType> sendable(std::string_view agency,
                                                           base::Timestamp at) const;

    /// The selection of cases it may see, other members left empty. Never empty for an agency that
    /// sees nothing: it then asks for a role that no case has. Both lists empty means every case.
    /// The superior of a province's agencies gets one pair per agency: hundreds, not thousands.
    [[nodiscard]] store::CaseFilter visibility(std::string_view agency, base::Timestamp at) const;
    /// Agencies whose breaches it does not list, though it may see their cases: those above its
    /// level. An agency that the directory does not know is nobody's inferior and is not left out.
    [[nodiscard]] std::vector<std::string> notSupervised(std::string_view agency,
                                                         base::Timestamp at) const;
    /// The same judgement for one case. `province` is the case's territory id.
    [[nodiscard]] bool maySeeCase(std::string_view agency,
                                  const std::vector<store::CaseAgency>& inCase,
                                  std::string_view province, base::Timestamp at) const;

  private:
    [[nodiscard]] const KindRules* rulesOf(const model::Agency& agency) const noexcept;
    [[nodiscard]] const MessageRight* right(const std::vector<MessageRight> KindRules::*list,
                                            const model::Agency& agency,
                                            model::MessageType type) const noexcept;
    [[nodiscard]] bool mayWithin(const std::vector<MessageRight> KindRules::*list,
                                 std::string_view agency, model::MessageType type,
                                 const std::vector<store::CaseAgency>& inCase,
                                 base::Timestamp at) const;
    void addSight(store::CaseFilter& filter, const model::Agency& agency, const SightRight& sight,
                  base::Date day) const;

    std::vector<KindRules> kinds_;
    std::map<model::AgencyKind, std::size_t> byKind_;
    std::shared_ptr<const model::AgencyDirectory> directory_;
};

}  // namespace gateway::exchange
