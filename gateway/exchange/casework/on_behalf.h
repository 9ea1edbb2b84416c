#pragma once
// An act that somebody has said on paper, by post or orally, recorded by an office that may
// (mappings/acts/RecordedOnBehalf.xml): an equal source.

#include "gateway/base/result.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/law/life/judgement.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/transfer_event.h"

namespace gateway::exchange {

struct RecordedForAuthor {
    model::DeclaredAct act;  ///< as its author would have sent it, with the scan
    model::RecordedFor how;

    /// The author's act by the message in which it was recorded.
    [[nodiscard]] model::Act by(const model::Act& recorder) const;
    /// A problem of the act, at its place in the wrapper.
    [[nodiscard]] static base::Problem inWrapper(base::Problem problem);
};

/// What the wrapper says, its content held against the declaration of the act in it. Refused: an
/// act that nobody records for another. `province`: that of the case; empty: not known yet. Pure.
[[nodiscard]] base::Result<RecordedForAuthor> unwrapped(const ReferenceData& reference,
                                                        const std::string& province, base::Date day,
                                                        const model::DeclaredAct& wrapper);

/// Whether the recorder has a role in the case that may record for others.
[[nodiscard]] bool mayRecord(const ReferenceData& reference, const model::CaseFile& file,
                             const model::Act& recorder);

/// Who is told of a recorded act besides those of the act itself.
[[nodiscard]] std::vector<law::ToldRole> toldBeside(const ReferenceData& reference,
                                                    const model::Event& event);

}  // namespace gateway::exchange
