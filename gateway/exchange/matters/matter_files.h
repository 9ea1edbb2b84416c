#pragma once
// The file of a matter outside a case: how an act finds it, opens it, and speaks of its parts.

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/exchange/records/matter_id.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/law/acts/act_content.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/transfer_event.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Where an act belongs, before it is judged.
struct MatterPlace {
    model::CaseFile file;                 ///< with what the act opens or adds
    std::optional<model::Matter> opened;  ///< that, for the event
    std::vector<std::int64_t> parts;      ///< of which it speaks; empty: of all
    std::int64_t brought = 0;             ///< the part that it brings in beside; 0: none
    std::string author;                   ///< who sent the message that it names
    std::int64_t version = 0;             ///< of the file as it is kept; 0: it is new
};

/// Borrows all; thread-safe.
class MatterFiles {
  public:
    MatterFiles(const ReferenceData& reference, store::Cases& cases, store::LogSearch& log) :
        reference_(reference), cases_(cases), log_(log) {}

    /// Problems: the message that it names is none, or lies in no file (OTHER_DIGEST); the part
    /// that it brings in is the one of which it speaks (SAME_PART).
    [[nodiscard]] base::Result<MatterPlace> placeOf(const model::Act& act,
                                                    const law::ActDeclaration& declared,
                                                    const document::Node& content);
    /// The matter of that key as it begins, with the parts that its pairings give it.
    [[nodiscard]] model::Matter begin(const law::Subject& subject,
                                      const std::vector<std::string>& key, base::Date day) const;

  private:
    [[nodiscard]] base::Result<MatterPlace> placeNamed(const model::Act& act,
                                                       const law::ActDeclaration& declared,
                                                       const document::Node& content);
    [[nodiscard]] std::int64_t addPart(MatterPlace& place, const model::Act& act,
                                       const law::ActDeclaration& declared,
                                       const document::Node& content) const;

    const ReferenceData& reference_;
    store::Cases& cases_;
    store::LogSearch& log_;
};

/// Another message that an act names by message and SHA-256.
struct NamedMessage {
    std::string path, message, sha256;
};
[[nodiscard]] std::optional<NamedMessage> messageNamedIn(const document::Node& content);
[[nodiscard]] base::Problem unknownMessage(const law::ActDeclaration& declared,
                                           const std::string& path);

}  // namespace gateway::exchange
