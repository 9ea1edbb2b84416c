#include "gateway/exchange/casework/ruling_source.h"

#include <string>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using model::Agency;

constexpr const char* kCourt = "ruling/reference/court";
constexpr const char* kFirst = "ruling/firstInstanceCourt";
constexpr const char* kInstance = "ruling/instance";

Problem refused(const char* path, base::Words reason) {
    return Problem(ErrorCode::RULING_COURT, path, {}).inWords("reason", std::move(reason));
}

// Whoever has its cases now, if that is one court.
base::Words successorOf(const model::AgencyDirectory& directory, const Agency& ended) {
    const auto* holder = ended.successors.empty()
                             ? nullptr
                             : directory.holderOn(ended.code, ended.successors.back().on);
    if (!holder || holder->code == ended.code)
        return {"chưa xác định được Tòa án kế thừa", "no court is known to have followed it"};
    const auto name = std::string(holder->nameOn(ended.successors.back().on));
    return {"Tòa án kế thừa là " + name + " (" + holder->code + ")",
            "it was followed by " + name + " (" + holder->code + ")"};
}

std::optional<Problem> notInOffice(const model::AgencyDirectory& directory, const Agency& court,
                                   base::Date day) {
    if (court.period.covers(day)) return std::nullopt;
    const auto name = std::string(court.nameOn(day));
    if (court.period.from && day < *court.period.from)
        return refused(kCourt, {name + " bắt đầu hoạt động từ ngày " +
                                    base::formatDayMonthYear(*court.period.from) +
                                    ", sau ngày ban hành " + base::formatDayMonthYear(day),
                                name + " began on " + base::formatDate(*court.period.from) +
                                    ", after the day of the ruling, " + base::formatDate(day)});
    const auto last = base::Date(std::chrono::sys_days(*court.period.until) - std::chrono::days(1));
    const auto followed = successorOf(directory, court);
    return refused(
        kCourt,
        {name + " hoạt động đến hết ngày " + base::formatDayMonthYear(last) +
             ", trước ngày ban hành " + base::formatDayMonthYear(day) + "; " + followed.vi,
         name + " ended with " + base::formatDate(last) + ", before the day of the ruling, " +
             base::formatDate(day) + "; " + followed.en});
}

// Whether `upper`, or whoever it followed or was followed by, is above `lower` in the directory; a
// court without a superior there says nothing against it.
bool standsOver(const model::AgencyDirectory& directory, const Agency& upper, const Agency& lower,
                base::Date day) {
    if (lower.superior.empty()) return true;
    const auto holderOf = [&](const std::string& code) {
        const auto* holder = directory.holderOn(code, day);
        return holder ? holder->code : code;
    };
    const auto wanted = holderOf(upper.code);
    const Agency* one = &lower;
    while (!one->superior.empty()) {
        if (one->superior == upper.code || holderOf(one->superior) == wanted) return true;
        one = directory.find(one->superior);
        if (!one) return false;
    }
    // The chain ends below the central courts, which are over all of them.
    return upper.level == model::AgencyLevel::Central || upper.level == model::AgencyLevel::High;
}

}  // namespace

std::optional<Problem> impossibleCourt(const ReferenceData& reference,
                                       const model::Ruling& ruling) {
    const auto& directory = reference.directory();
    const auto day = ruling.reference.issuedOn;
    const auto* court = directory.find(ruling.reference.court);
    const auto* first = directory.find(ruling.firstInstanceCourt);
    GW_CHECK(court && first);
    if (auto problem = notInOffice(directory, *court, day)) return problem;
    if (ruling.instance == model::Instance::First && court->code != first->code)
        return refused(kFirst, {"bản án, quyết định sơ thẩm phải do chính Tòa án xét xử sơ thẩm (" +
                                    first->code + ") ban hành, không phải " + court->code,
                                "a ruling of first instance is given by the court of first "
                                "instance (" +
                                    first->code + ") itself, not by " + court->code});
    if (first->period.from && day < *first->period.from)
        return refused(kFirst,
                       {"Tòa án này bắt đầu hoạt động từ ngày " +
                            base::formatDayMonthYear(*first->period.from) + ", sau ngày ban hành",
                        "that court began on " + base::formatDate(*first->period.from) +
                            ", after the day of the ruling"});
    if (!reference.rights().hears(*court, ruling.instance, *first, day)) {
        const auto instance = std::string(model::nameOf(ruling.instance));
        return refused(kInstance,
                       {std::string(court->nameOn(day)) + " không xét xử cấp " + instance +
                            " đối với " + std::string(first->nameOn(day)) + " vào ngày đó",
                        std::string(court->nameOn(day)) + " did not rule at instance " + instance +
                            " over " + std::string(first->nameOn(day)) + " on that day"});
    }
    if (ruling.instance != model::Instance::First && !standsOver(directory, *court, *first, day))
        return refused(
            kCourt,
            {std::string(court->nameOn(day)) + " không phải là Tòa án cấp trên của " +
                 std::string(first->nameOn(day)),
             std::string(court->nameOn(day)) + " is not above " + std::string(first->nameOn(day))});
    return std::nullopt;
}

}  // namespace gateway::exchange
