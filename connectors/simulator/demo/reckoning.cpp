#include "connectors/simulator/demo/reckoning.h"

#include <algorithm>

namespace gateway::simulator {
namespace {

// Of the recipients that were told at least once: the fewest reports that one of them has.
std::size_t fewest(const std::map<std::string, std::size_t>& told) {
    std::size_t least = told.empty() ? 0 : told.begin()->second;
    for (const auto& [agency, count] : told) least = std::min(least, count);
    return least;
}

std::string outOf(std::size_t came, std::size_t expected) {
    return std::to_string(came) + "/" + std::to_string(expected);
}

void row(Play& play, const RulingFact& fact) {
    const auto& progress = play.progress[fact.id];
    const auto notices = fact.notices.size();
    const auto courts = fewest(progress.reportsAtCourts);
    const auto procuracies = fewest(progress.reportsAtProcuracies);
    auto& account = play.world.account;
    account.tell(padded(fact.id, 9) + padded(fact.ruling.reference.number, 22) +
                 padded(progress.registerNumber, 14) +
                 padded(outOf(progress.noticesSent, notices), 11) +
                 padded(outOf(progress.noticesAcknowledged, notices), 10) +
                 padded(std::to_string(progress.reportsSent), 9) +
                 padded(outOf(courts, progress.reportsSent), 9) +
                 padded(outOf(procuracies, progress.reportsSent), 9) +
                 (notices == 0 ? fact.finalStage() : progress.stage));
    account.expect(!progress.caseId.empty(), fact.id + " chuyển giao/transferred");
    account.expect(progress.noticesSent == notices && progress.noticesAcknowledged == notices,
                   fact.id + " thông báo/notices");
    account.expect(progress.reportsAtEnforcement == progress.reportsSent, fact.id + " THADS");
    account.expect(courts == progress.reportsSent, fact.id + " Tòa án/court");
    account.expect(procuracies == progress.reportsSent, fact.id + " Viện kiểm sát/procuracy");
    if (notices == 0) return;
    account.expect(progress.reportsSent > 0, fact.id + " báo cáo/reported");
    account.expect(progress.stage == fact.finalStage(), fact.id + " " + progress.stage);
}

void askOperator(Play& play, const GatewayChild& gateway) {
    auto& account = play.world.account;
    const auto rebuild = gateway.ask("/v1/rebuild", "{}");
    const auto* clean = rebuild ? rebuild->child("clean") : nullptr;
    account.expect(clean && clean->value == "true", "rebuild: không sai khác/no difference");
    if (clean)
        account.tell(
            "Dựng lại từ nhật ký/rebuilt from the log: " + rebuild->child("messages")->value +
            " thông điệp/messages, " + rebuild->child("cases")->value + " hồ sơ/cases, " +
            std::to_string(rebuild->child("differences")->children.size()) +
            " sai khác/differences");
    const auto dead = gateway.ask("/v1/dead-letters", {});
    const auto* items = dead ? dead->child("items") : nullptr;
    account.expect(items && items->children.empty(), "không có thư chết/no dead letters");
    if (items)
        account.tell("Thư không đến được/dead letters: " + std::to_string(items->children.size()));
}

}  // namespace

void reckon(Play& play, const GatewayChild& gateway) {
    auto& account = play.world.account;
    auto& tools = play.world.tools;
    account.chapter("Tổng kết", "Summary");
    account.tell(padded("Vụ", 9) + padded("Số/number", 22) + padded("Vào sổ", 14) +
                 padded("Thông báo", 11) + padded("Đã nhận", 10) + padded("Báo cáo", 9) +
                 padded("Tòa án", 9) + padded("VKS", 9) + "Trạng thái");
    account.tell(padded("case", 31) + padded("registered", 14) + padded("notices", 11) +
                 padded("received", 10) + padded("reports", 9) + padded("court", 9) +
                 padded("procur.", 9) + "stage");
    for (const auto& fact : play.facts) row(play, fact);
    askOperator(play, gateway);
    account.expect(tools.failed() == 0 && tools.byXmlsec() > 0 && tools.byOpenssl() > 0,
                   "kiểm tra bằng công cụ ngoài/checked by foreign tools");
    account.tell("Biên nhận, từ chối, bản giao, trả lời đã xác minh/sealed pieces verified: " +
                 std::to_string(tools.byXmlsec()) + " xmlsec1, " +
                 std::to_string(tools.byOpenssl()) + " openssl; " + std::to_string(tools.failed()) +
                 " chưa xác minh/not verified");
    static_cast<void>(account.close());
}

}  // namespace gateway::simulator
