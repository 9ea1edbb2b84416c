#pragma once
// Who must be told what after an act, as outbox items. Law: Luật TTHC Đ.196.3, 244; NĐ 71/2016
// Đ.10.2, 12.3, 14.1, 14.2.

#include <string>
#include <vector>

#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/reference/rights.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/model/questions/any_message.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// Plans deliveries, whether or not their recipients have a right to them (permitted()). Item ids
/// are functions of the source message and the recipient, so that a replay plans the same ones.
/// Pure and thread-safe.
class Notifications {
  public:
    explicit Notifications(Identity identity) : identity_(std::move(identity)) {}

    /// What a recorded event tells whom: by Event::decided and the case after it alone.
    [[nodiscard]] std::vector<store::OutboxItem> forDecided(const model::CaseFile& file,
                                                            const model::Event& event) const;

    /// What an event told that was recorded before its recipients were: the act itself or a
    /// MonitoringResult.
    /// An agency that has ended since is told through whoever followed it whole.
    [[nodiscard]] std::vector<store::OutboxItem> forOld(const model::AgencyDirectory& directory,
                                                        const model::CaseFile& file,
                                                        const model::Event& event) const;
    /// A document of the axis, to those of its addressees that are registered here.
    [[nodiscard]] std::vector<store::OutboxItem> forDocument(
        const model::Act& act, const model::DocumentTransfer& transfer,
        const std::vector<std::string>& recipients) const;
    /// To the sender of a parked message that could not be applied when its ruling came: with the
    /// state of the case if it may see it, else a letter with the reason alone.
    [[nodiscard]] store::OutboxItem parkingEnded(const model::AgencyDirectory& directory,
                                                 const model::CaseFile& file,
                                                 const model::Event& event) const;
    [[nodiscard]] store::OutboxItem parkingRefused(const model::AgencyDirectory& directory,
                                                   const model::Event& event) const;

    /// To the author of what was refused, given up or settled, of which `event` speaks: with the
    /// state of the case, or a letter.
    [[nodiscard]] store::OutboxItem deliveryEnded(const std::string& author,
                                                  const model::CaseFile& file,
                                                  const model::Event& event) const;
    [[nodiscard]] store::OutboxItem deliveryEndedLetter(const std::string& author,
                                                        const model::Event& event) const;

    /// To one of those who were told of a case, that its transfer was struck: a letter, in the
    /// queue of the case, behind all that went before.
    [[nodiscard]] store::OutboxItem transferUndone(const std::string& recipient,
                                                   const model::CaseFile& file,
                                                   const model::Event& event) const;

  private:
    [[nodiscard]] store::OutboxItem item(const std::string& recipient, const std::string& caseId,
                                         const model::Act& act, model::Payload payload,
                                         const std::string& apart = {}) const;
    Identity identity_;
};

/// The agency itself, or whoever has its business on that day; itself if nobody has.
[[nodiscard]] std::string holderOf(const model::AgencyDirectory& directory, const std::string& code,
                                   base::Date day);

/// The id of what one recipient is told of one message.
[[nodiscard]] std::string deliveryId(const std::string& sourceAgency,
                                     const std::string& sourceMessageId,
                                     const std::string& recipient, std::string_view messageType);

/// What is delivered after an act, and what would be if its recipient had the right to it.
struct Deliveries {
    struct Withheld {
        std::string recipient, messageType;
    };
    std::vector<store::OutboxItem> items;
    std::vector<Withheld> withheld;  ///< for the receipt and the operator: never silent
};

/// Parts what was planned for a case with these agencies (none: for no case) by Rights::mayReceive
/// at the time of the act.
[[nodiscard]] Deliveries permitted(const Rights& rights,
                                   const std::vector<store::CaseAgency>& inCase,
                                   std::vector<store::OutboxItem> planned);

/// What is owed in a case or a matter, or was; of a matter each says of which part.
[[nodiscard]] std::vector<model::TermView> termViewsOf(const model::CaseFile& file);
/// What a case looks like to those who may see it; without history.
[[nodiscard]] model::CaseView viewOf(const model::CaseFile& file);

}  // namespace gateway::exchange
