#include "gateway/exchange/notice_addressee.h"

#include <algorithm>

#include "gateway/base/time_format.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;

Problem problem(ErrorCode code, const model::VoluntaryNotice& notice) {
    return Problem(code, "addressee", {}).with("value", notice.addressee);
}

bool follows(const model::SuccessionClosure& closure, const std::string& named) {
    return closure.contains(named) ||
           std::ranges::find(closure.split, named) != closure.split.end();
}

}  // namespace

base::Result<std::string> addresseeOf(const ReferenceData& reference, const model::CaseFile& file,
                                      const model::VoluntaryNotice& notice, base::Timestamp at) {
    const auto today = base::vietnamDate(at);
    const auto& directory = reference.directory();
    const auto* addressee = directory.find(notice.addressee, today);
    if (!addressee)
        return problem(ErrorCode::AGENCY_UNKNOWN, notice).with("date", base::formatDate(today));
    const auto province = directory.provinceAt(file.routing.province, today);
    const auto forbidden = [&] {
        return problem(ErrorCode::FORBIDDEN_ADDRESSEE, notice)
            .with("type", std::string(nameOf(model::MessageType::VoluntaryNotice)))
            .with("province", province);
    };
    if (!reference.rights().mayReceive(addressee->code, model::MessageType::VoluntaryNotice,
                                       {{addressee->code, "obligated"}}, at))
        return forbidden();
    const auto closure = directory.closure(addressee->code, today);
    const auto own = directory.provinceOn(addressee->code, today);
    for (const auto no : notice.obligations) {
        const auto* obligation = file.obligation(no);
        if (!obligation) continue;  // judged with the state of the case
        const auto& named = obligation->obligatedAgency;
        if (named.empty()) {
            if (!own.empty() && own != province) return forbidden();
        } else if (!follows(closure, named)) {
            return problem(ErrorCode::CONFLICT_ADDRESSEE, notice)
                .with("obligation", std::to_string(no))
                .with("expected", named);
        }
    }
    return addressee->code;
}

}  // namespace gateway::exchange
