#include "gateway/exchange/casework/notice_addressee.h"

#include <algorithm>

#include "gateway/exchange/reference/act_rights.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;

Problem problem(ErrorCode code, const std::string& addressee) {
    return Problem(code, "addressee", {}).with("value", addressee);
}

bool follows(const model::SuccessionClosure& closure, const std::string& named) {
    return closure.contains(named) ||
           std::ranges::find(closure.split, named) != closure.split.end();
}

}  // namespace

base::Result<std::string> addresseeOf(const ReferenceData& reference, const model::CaseFile& file,
                                      const std::string& actType, const std::string& named,
                                      const std::vector<std::int64_t>& obligations,
                                      base::Timestamp at) {
    const auto today = base::vietnamDate(at);
    const auto& directory = reference.directory();
    const auto* addressee = directory.find(named, today);
    if (!addressee) return reference.names().unknown(named, today, "addressee");
    const auto province = directory.provinceAt(file.routing.province, today);
    const auto forbidden = [&] {
        return problem(ErrorCode::FORBIDDEN_ADDRESSEE, named)
            .with("type", actType)
            .with("province", province);
    };
    if (!canHold(*addressee, law::Role::Obligated)) return forbidden();
    const auto closure = directory.closure(addressee->code, today);
    const auto own = directory.provinceOn(addressee->code, today);
    for (const auto no : obligations) {
        const auto* obligation = file.obligation(no);
        if (!obligation) continue;  // judged with the state of the case
        const auto& written = obligation->obligatedAgency;
        if (written.empty()) {
            if (!own.empty() && own != province) return forbidden();
        } else if (!follows(closure, written)) {
            return problem(ErrorCode::CONFLICT_ADDRESSEE, named)
                .with("obligation", std::to_string(no))
                .with("expected", written);
        }
    }
    return addressee->code;
}

}  // namespace gateway::exchange
