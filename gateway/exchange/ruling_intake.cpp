#include "gateway/exchange/ruling_intake.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "gateway/base/time_format.h"

namespace gateway::exchange {

using base::ErrorCode;
using base::Problem;

base::Result<std::string> canonicalCode(const ReferenceData& reference, const std::string& code,
                                        std::string path, base::Date day) {
    const auto* agency = reference.directory().find(code);
    if (agency) return agency->code;
    return Problem(ErrorCode::AGENCY_UNKNOWN, std::move(path), {})
        .with("value", code)
        .with("date", base::formatDate(day));
}

namespace {

// Nothing, or the first date that cannot be.
std::optional<Problem> impossibleDate(const model::Ruling& ruling, base::Date latest) {
    const auto problem = [](const char* path, base::Date is, const char* relation, base::Date to) {
        return Problem(ErrorCode::MAPPING_VALUE, path, {})
            .with("value", base::formatDate(is))
            .with("expected", relation + base::formatDate(to));
    };
    const auto issued = ruling.reference.issuedOn;
    if (issued > latest) return problem("ruling/reference/issuedOn", issued, "≤ ", latest);
    if (ruling.effectiveOn && *ruling.effectiveOn < issued)
        return problem("ruling/effectiveOn", *ruling.effectiveOn, "≥ ", issued);
    if (ruling.deliveredToObligatedOn && *ruling.deliveredToObligatedOn < issued)
        return problem("ruling/deliveredToObligatedOn", *ruling.deliveredToObligatedOn, "≥ ",
                       issued);
    return std::nullopt;
}

}  // namespace

base::Result<model::Ruling> completedRuling(const ReferenceData& reference, model::Ruling ruling,
                                            base::Date latest) {
    if (auto problem = impossibleDate(ruling, latest)) return *std::move(problem);
    if (ruling.firstInstanceCourt.empty()) {
        if (ruling.instance != model::Instance::First)
            return Problem(ErrorCode::MAPPING_REQUIRED, "ruling/firstInstanceCourt", {});
        ruling.firstInstanceCourt = ruling.reference.court;
    }
    std::set<std::int64_t> numbers;
    for (std::size_t i = 0; i < ruling.obligations.size(); ++i) {
        const auto no = ruling.obligations[i].no;
        const auto path = "ruling/obligations/" + std::to_string(i) + "/no";
        if (no < 1)
            return Problem(ErrorCode::MAPPING_VALUE, path, {})
                .with("value", std::to_string(no))
                .inWords("expected", {"ít nhất phải là 1", "it must be at least 1"});
        if (!numbers.insert(no).second)  // reports could reach the first one only
            return Problem(ErrorCode::MAPPING_REPEATED, path, {}).with("value", std::to_string(no));
    }
    std::vector<std::pair<std::string*, const char*>> codes = {
        {&ruling.reference.court, "ruling/reference/court"},
        {&ruling.firstInstanceCourt, "ruling/firstInstanceCourt"}};
    for (auto& obligation : ruling.obligations)
        if (!obligation.obligatedAgency.empty())
            codes.emplace_back(&obligation.obligatedAgency, "ruling/obligations/obligatedAgency");
    for (const auto& [code, path] : codes) {
        auto known = canonicalCode(reference, *code, path, ruling.reference.issuedOn);
        if (!known) return std::move(known).error();
        *code = std::move(known).value();
    }
    return ruling;
}

}  // namespace gateway::exchange
