// What was reported flows back: to the enforcement authority, the courts, the procuracies.

#include <algorithm>

#include "connectors/simulator/demo/play.h"

namespace gateway::simulator {
namespace {

std::size_t reportsIn(const Play& play, const std::string& procuracy) {
    std::size_t count = 0;
    for (const auto& fact : play.facts)
        if (fact.procuracy == procuracy) count += play.progress.at(fact.id).reportsSent;
    return count;
}

void readAtEnforcement(Play& play, Office& office) {
    std::size_t acknowledgements = 0;
    std::size_t reports = 0;
    const auto progressOf = [&](const model::CaseReference& reference) -> Progress* {
        const auto* fact = play.factOf(reference);
        return fact ? &play.progress[fact->id] : nullptr;
    };
    for (const auto& delivery : play.incoming(office, 0)) {
        Progress* progress = nullptr;
        if (const auto* seen = heard(delivery.message, "NoticeAcknowledgement")) {
            progress = progressOf(seen->caseReference);
            if (progress) ++progress->noticesAcknowledged;
            ++acknowledgements;
        } else if (const auto* status = heard(delivery.message, "StatusReport")) {
            progress = progressOf(status->caseReference);
            if (progress) ++progress->reportsAtEnforcement;
            ++reports;
        } else if (const auto* done = heard(delivery.message, "CompletionReport")) {
            progress = progressOf(done->caseReference);
            if (progress) ++progress->reportsAtEnforcement;
            ++reports;
        }
        play.world.account.expect(progress != nullptr, "đến/at " + office.code());
    }
    if (acknowledgements + reports > 0)
        play.world.account.tell(office.code() + " thấy/sees: " + std::to_string(acknowledgements) +
                                " thông báo đã nhận/notices acknowledged, " +
                                std::to_string(reports) + " báo cáo/reports");
}

std::string stagesOf(const model::CaseView& view) {
    std::string stages;
    for (const auto& obligation : view.obligations)
        stages += " " + std::to_string(obligation.no) + "=" + std::string(nameOf(obligation.stage));
    return stages;
}

void readMonitoring(Play& play, Office& office, std::size_t expected) {
    auto& account = play.world.account;
    const bool court = office.member().role == Role::Court;
    std::map<std::string, std::string> latest;
    for (const auto& delivery : play.incoming(office, expected)) {
        const auto* result = std::get_if<model::MonitoringResult>(&delivery.message.payload);
        const auto* fact = result ? play.factOf(result->caseView.ruling) : nullptr;
        if (!account.expect(fact != nullptr, "kết quả/result at " + office.code())) continue;
        account.expect(delivery.message.delivery.has_value(),
                       "nguồn gốc/source named " + delivery.item);
        auto& progress = play.progress[fact->id];
        ++(court ? progress.reportsAtCourts : progress.reportsAtProcuracies)[office.code()];
        if (!court) progress.stage = nameOf(result->caseView.stage);
        latest[fact->id] = fact->ruling.reference.number + ": " +
                           std::string(nameOf(result->caseView.stage)) + " (" +
                           std::string(nameOf(result->event)) + ", " + result->reportNumber + ";" +
                           stagesOf(result->caseView) + ")";
    }
    if (latest.empty()) return;
    account.tell(play.label(office) + (office.member().push ? " nhận đẩy/takes pushes" : "") +
                 " thấy/sees:");
    for (const auto& [id, text] : latest) account.detail(std::string(id).append(" ").append(text));
}

}  // namespace

void readResults(Play& play) {
    play.world.account.chapter("Kết quả trở về Tòa án, Viện kiểm sát, cơ quan THADS",
                               "Results flow back to courts, procuracies, enforcement");
    for (const auto* member : play.cast.withRole(Role::Enforcement))
        readAtEnforcement(play, play.office(member->code));
    for (const auto* member : play.cast.withRole(Role::Court))
        readMonitoring(play, play.office(member->code), 0);
    for (const auto* member : play.cast.withRole(Role::Procuracy))
        readMonitoring(play, play.office(member->code), reportsIn(play, member->code));
}

}  // namespace gateway::simulator
