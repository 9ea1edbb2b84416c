#pragma once
// What a withdrawal, an update or a replacement does to earlier documents of its sender, wherever
// their packages come from.

#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/model/messages/document_transfer.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Finds them by their names, among those of the actor and of whom it follows. What is unknown and
/// what is another's are told alike (DOCUMENT_UNKNOWN); what was withdrawn or replaced is no more
/// acted on (CONFLICT_DOCUMENT_ENDED).
class EarlierDocuments {
  public:
    /// `document` must outlive it.
    [[nodiscard]] static base::Result<EarlierDocuments> find(
        const model::AgencyDirectory& directory, store::Cases& cases, const model::Act& act,
        const model::DocumentTransfer& document);

    /// Agencies that were told of them and must hear of this too, whomever it names.
    [[nodiscard]] std::vector<std::string> concerned() const;
    /// What is recorded, in the log as well, of it and of them when `recipients` get this one, and
    /// the notes of its receipt.
    void record(const std::vector<std::string>& recipients, Decision& decision) const;

  private:
    struct Earlier {
        std::string agency, name;
        store::KnownDocument known;
        std::vector<std::string> onlyFor;  ///< canonical codes; none: for all
    };
    explicit EarlierDocuments(const model::DocumentTransfer& document) : document_(&document) {}
    [[nodiscard]] store::DocumentChange changeOf(const Earlier& earlier,
                                                 const std::vector<std::string>& recipients) const;

    const model::DocumentTransfer* document_;
    std::vector<Earlier> earlier_;
    std::vector<std::string> removed_;  ///< receivers that an update takes away
};

}  // namespace gateway::exchange
