#pragma once
// Whether a ruling can be that court's: by its level, its life, and the courts over one another.

#include <optional>

#include "gateway/base/problem.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::exchange {

/// Nothing, or RULING_COURT at the member of the ruling that cannot be, with the reason in words:
/// the court did not exist on the day of the ruling (its last day and its successor are named), the
/// court of first instance is another than the court although the instance is the first, or began
/// after the ruling, a court of that level does not rule at that instance (kind.xml, `hears`), or
/// does not stand over that court of first instance.
///
/// Who may bring the ruling is another question (Rights::mayAct). Courts are given by canonical
/// codes that the directory knows. Luật TTHC 2015 Đ.31, 32, 203, 266; Luật 85/2025/QH15 Đ.2. Pure.
[[nodiscard]] std::optional<base::Problem> impossibleCourt(const ReferenceData& reference,
                                                           const model::Ruling& ruling);

}  // namespace gateway::exchange
