#pragma once
// What a transferred ruling must say before it is looked up, beyond what its format demands.

#include <string>

#include "gateway/base/result.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::exchange {

/// The canonical form of an agency's code, old or new; whether it existed on `day` is not asked.
/// Otherwise AGENCY_UNKNOWN with `path`.
[[nodiscard]] base::Result<std::string> canonicalCode(const ReferenceData& reference,
                                                      const std::string& code, std::string path,
                                                      base::Date day);

/// The ruling with its court of first instance and with canonical codes. Refused: an appeal without
/// that court (MAPPING_REQUIRED), two obligations of one number (MAPPING_REPEATED), an agency that
/// nobody knows (AGENCY_UNKNOWN). Days and numbers are judged elsewhere (plausibility.h). Pure.
[[nodiscard]] base::Result<model::Ruling> completedRuling(const ReferenceData& reference,
                                                          model::Ruling ruling);

}  // namespace gateway::exchange
