#include "gateway/exchange/casework/ruling_intake.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace gateway::exchange {

using base::ErrorCode;
using base::Problem;

base::Result<std::string> canonicalCode(const ReferenceData& reference, const std::string& code,
                                        std::string path, base::Date day) {
    const auto* agency = reference.directory().find(code);
    if (agency) return agency->code;
    return reference.names().unknown(code, day, std::move(path));
}

namespace {

// They judge and supervise such cases; an office of their name is a slip of the court.
std::optional<Problem> obligesJudges(const ReferenceData& reference, const model::Ruling& ruling) {
    for (std::size_t i = 0; i < ruling.obligations.size(); ++i) {
        const auto& code = ruling.obligations[i].obligatedAgency;
        const auto* agency = reference.directory().find(code);
        if (!agency || (agency->kind != model::AgencyKind::Court &&
                        agency->kind != model::AgencyKind::Procuracy))
            continue;
        return Problem(ErrorCode::MAPPING_VALUE,
                       "ruling/obligations/" + std::to_string(i) + "/obligatedAgency", {})
            .with("value", code)
            .inWords("expected", {"Tòa án, Viện kiểm sát không phải là người phải thi hành án",
                                  "no court and no procuracy is ever obligated"});
    }
    return std::nullopt;
}

}  // namespace

base::Result<model::Ruling> completedRuling(const ReferenceData& reference, model::Ruling ruling) {
    if (ruling.firstInstanceCourt.empty()) {
        if (ruling.instance != model::Instance::First)
            return Problem(ErrorCode::MAPPING_REQUIRED, "ruling/firstInstanceCourt", {});
        ruling.firstInstanceCourt = ruling.reference.court;
    }
    std::set<std::int64_t> numbers;
    for (std::size_t i = 0; i < ruling.obligations.size(); ++i) {
        const auto no = ruling.obligations[i].no;
        const auto path = "ruling/obligations/" + std::to_string(i) + "/no";
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
    if (auto problem = obligesJudges(reference, ruling)) return *std::move(problem);
    return ruling;
}

}  // namespace gateway::exchange
