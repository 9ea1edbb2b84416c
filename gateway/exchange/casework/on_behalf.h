#pragma once
// An act that somebody has said on paper, by post or orally, recorded by an office that may
// (mappings/acts/RecordedOnBehalf.xml): an equal source.

#include "gateway/base/result.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/transfer_event.h"

namespace gateway::exchange {

struct RecordedForAuthor {
    model::DeclaredAct act;  ///< as its author would have sent it, with the scan
    std::string author;      ///< an agency's code, or a person's name
    std::string note;        ///< for the event: how and when it was received, and by whom recorded
};

/// What the wrapper says, its content held against the declaration of the act in it. Refused: who
/// may not record in this case, an act that nobody records for another. Pure.
[[nodiscard]] base::Result<RecordedForAuthor> unwrapped(const ReferenceData& reference,
                                                        const model::CaseFile& file,
                                                        const model::Act& act,
                                                        const model::DeclaredAct& wrapper);

}  // namespace gateway::exchange
