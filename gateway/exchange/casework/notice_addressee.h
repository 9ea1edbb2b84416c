#pragma once
// Whom a notice on voluntary execution may make answer for an obligation. Law: NĐ 71/2016 Đ.14.2.

#include "gateway/base/result.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/cases/case_file.h"

namespace gateway::exchange {

/// The canonical code of a notice's addressee, who sees the case and reports on it from then on.
/// Refused, with the path of the addressee: an agency that does not exist on that day
/// (AGENCY_UNKNOWN); one that may not be sent notices as the obligated party, or, where the ruling
/// names no agency, one of another province (FORBIDDEN_ADDRESSEE); one that is neither the agency
/// that the ruling names nor its successor (CONFLICT_ADDRESSEE).
///
/// Where an agency was split, the notice itself is the decision which successor answers in this
/// case. Bodies of the whole country are of no province and may be addressed from any. Pure.
[[nodiscard]] base::Result<std::string> addresseeOf(
    const ReferenceData& reference, const model::CaseFile& file, const std::string& actType,
    const std::string& addressee, const std::vector<std::int64_t>& obligations, base::Timestamp at);

}  // namespace gateway::exchange
