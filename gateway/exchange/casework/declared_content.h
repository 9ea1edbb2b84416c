#pragma once
// What an act says, put into the words of the case: numbers of notices, codes of agencies.

#include <optional>

#include "gateway/base/problem.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/cases/case_file.h"

namespace gateway::exchange {

/// A notice is known by the number under which it was issued, however that is composed here.
void inWordsOf(const model::CaseFile& file, const law::ActRule& rule, document::Node& content);

/// Agencies by their canonical codes. A field of type agency that names none: AGENCY_UNKNOWN; a
/// party may be somebody whom no directory knows; an office is the sender's: FORBIDDEN_SENDER.
[[nodiscard]] std::optional<base::Problem> canonicalAgencies(const ReferenceData& reference,
                                                             const law::ActDeclaration& declared,
                                                             const std::string& sender,
                                                             document::Node& content,
                                                             base::Date day);

/// Of an act that issues a notice: its addressee answers for the obligation from now on, and must
/// be one that may (notice_addressee.h).
[[nodiscard]] std::optional<base::Problem> addressedNotice(const ReferenceData& reference,
                                                           const model::CaseFile& file,
                                                           const law::ActRule& rule,
                                                           model::DeclaredAct& said,
                                                           base::Timestamp at);

}  // namespace gateway::exchange
