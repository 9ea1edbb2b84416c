#pragma once
// Whom an act in a case belongs to: the enforcement authority of the case, or the agency that the
// obligation was addressed to. Law: NĐ 71/2016 Đ.12, 14.

#include <string>
#include <vector>

#include "gateway/model/case_file.h"
#include "gateway/model/message.h"

namespace gateway::exchange {

/// The agencies for each of which the sender must stand (itself or as its successor); empty if
/// nobody may do this in this case. Pure.
[[nodiscard]] std::vector<std::string> responsibleFor(const model::CaseFile& file,
                                                      const model::TransferAcknowledgement& entry);
[[nodiscard]] std::vector<std::string> responsibleFor(const model::CaseFile& file,
                                                      const model::VoluntaryNotice& notice);
[[nodiscard]] std::vector<std::string> responsibleFor(const model::CaseFile& file,
                                                      const model::NoticeAcknowledgement& message);
[[nodiscard]] std::vector<std::string> responsibleFor(const model::CaseFile& file,
                                                      const model::StatusReport& report);
[[nodiscard]] std::vector<std::string> responsibleFor(const model::CaseFile& file,
                                                      const model::CompletionReport& report);

}  // namespace gateway::exchange
