#pragma once
// The messages behind a line of a list: what began it, what recorded that it was over, what
// answered it, and the acts that take it up as a breach. Law: Luật TC VKSND 63/2014 Đ.28.

#include <optional>
#include <vector>

#include "gateway/model/questions/work_list.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// Fills the proofs of lines whose cases' histories these are, by what had been recorded by `until`
/// (none: by now). Pure.
void addProofs(const store::Histories& histories, const std::optional<base::Timestamp>& until,
               std::vector<model::TermLine>& lines);

}  // namespace gateway::exchange
