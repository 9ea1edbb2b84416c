#pragma once
// Which agencies of a case an act concerns, so that the rights which the data states (`as=` of
// connectors/<kind>/kind.xml) can be judged for that act. Law: NĐ 71/2016 Đ.12, 14.

#include <vector>

#include "gateway/model/case_file.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// The agencies of the case with their roles, once for each thing that the act speaks of: whoever
/// acts must have a role that its kind may act in for each of them. An obligated agency is in the
/// list only for its own obligation, or for the notice that was addressed to it; the other roles
/// stand in every list. An act that names nothing the case has concerns the whole case: whoever
/// answers for some part of it may learn which parts there are. Never empty. Pure.
using ActScope = std::vector<std::vector<store::CaseAgency>>;
[[nodiscard]] ActScope scopeOf(const model::CaseFile& file,
                               const model::TransferAcknowledgement& entry);
[[nodiscard]] ActScope scopeOf(const model::CaseFile& file, const model::VoluntaryNotice& notice);
[[nodiscard]] ActScope scopeOf(const model::CaseFile& file,
                               const model::NoticeAcknowledgement& message);
[[nodiscard]] ActScope scopeOf(const model::CaseFile& file, const model::StatusReport& report);
[[nodiscard]] ActScope scopeOf(const model::CaseFile& file, const model::CompletionReport& report);

}  // namespace gateway::exchange
