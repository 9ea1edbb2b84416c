#pragma once
// What a mapping leaves alone: places of theirs that no rule names, fields of ours that none fills.

#include <string>
#include <vector>

#include "gateway/document/schemas/outline.h"
#include "gateway/mapping/plan.h"

namespace gateway::mapping::drafts {

/// Places that their schema allows and no rule names, in its order: "BanAn/NguoiKy", "@ma". Below a
/// place that is ignored or kept nothing is asked for; of a container that no rule enters it alone
/// is named. Of XML only documents whose root some rule names.
[[nodiscard]] std::vector<std::string> unmentioned(const document::Outline& theirs,
                                                   const Plan& plan);

/// Fields of ours that the schema requires wherever their parent stands, whose parent a rule makes
/// and which none fills when it reads: "judgmentTransfer/ruling/reference/court". `members` of the
/// root are looked at: "envelope", "judgmentTransfer"; none given: all.
[[nodiscard]] std::vector<std::string> unfilled(const document::Outline& ours,
                                                const std::vector<std::string>& members,
                                                const Plan& plan);

}  // namespace gateway::mapping::drafts
