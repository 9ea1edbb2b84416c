#include "gateway/model/case_file.h"

#include <algorithm>

#include "gateway/base/fault.h"

namespace gateway::model {
namespace {

void foldTransfer(CaseFile& file, const Event& event) {
    file.caseId = event.caseId;
    file.ruling = *event.ruling;
    file.routing = *event.routing;
    file.transferredBy = event.actor;
    file.obligations.clear();
    for (const auto& obligation : file.ruling.obligations) {
        ObligationState state;
        state.no = obligation.no;
        // Property parts follow civil enforcement law and are not monitored (NĐ 71/2016 Đ.3.1).
        state.stage = obligation.category == Category::H ? Stage::NotMonitored : Stage::Received;
        state.obligatedAgency = obligation.obligatedAgency;
        file.obligations.push_back(std::move(state));
    }
}

void foldRegistration(CaseFile& file, const TransferAcknowledgement& registration) {
    file.registerNumber = registration.registerNumber;
    file.registeredOn = registration.registeredOn;
    for (auto& state : file.obligations)
        if (state.stage == Stage::Received) state.stage = Stage::Registered;
}

void foldNotice(CaseFile& file, const VoluntaryNotice& notice) {
    NoticeState entry;
    entry.number = notice.number;
    entry.issuedOn = notice.issuedOn;
    entry.addressee = notice.addressee;
    file.notices.push_back(std::move(entry));
    for (const auto no : notice.obligations) {
        auto* state = file.state(no);
        state->stage = Stage::Voluntary;
        state->obligatedAgency = notice.addressee;
    }
}

void foldAcknowledgement(CaseFile& file, const NoticeAcknowledgement& acknowledgement) {
    for (auto& notice : file.notices) {
        if (notice.number != acknowledgement.noticeNumber) continue;
        notice.acknowledgedOn = acknowledgement.receivedOn;
        notice.judgmentReceivedOn = acknowledgement.judgmentReceivedOn;
    }
}

void foldCompletion(CaseFile& file, const CompletionReport& report) {
    for (const auto& item : report.items) {
        auto* state = file.state(item.obligation);
        state->stage = Stage::Completed;
        state->lastProgress = Progress::Done;
        state->completedOn = item.completedOn;
    }
}

void foldUndo(CaseFile& file, const Event& event) {
    file.undoneOn = event.happenedOn;
    for (auto& state : file.obligations) state.stage = Stage::NotMonitored;
}

}  // namespace

Stage CaseFile::stage() const noexcept {
    const ObligationState* least = nullptr;
    for (const auto& state : obligations)
        if (state.stage != Stage::NotMonitored && (!least || state.stage < least->stage))
            least = &state;
    return least ? least->stage : Stage::NotMonitored;
}

const Obligation* CaseFile::obligation(std::int64_t no) const noexcept {
    const auto found = std::ranges::find(ruling.obligations, no, &Obligation::no);
    return found == ruling.obligations.end() ? nullptr : &*found;
}

ObligationState* CaseFile::state(std::int64_t no) noexcept {
    const auto found = std::ranges::find(obligations, no, &ObligationState::no);
    return found == obligations.end() ? nullptr : &*found;
}

const ObligationState* CaseFile::state(std::int64_t no) const noexcept {
    const auto found = std::ranges::find(obligations, no, &ObligationState::no);
    return found == obligations.end() ? nullptr : &*found;
}

const NoticeState* CaseFile::notice(std::string_view number) const noexcept {
    const auto found = std::ranges::find(notices, number, &NoticeState::number);
    return found == notices.end() ? nullptr : &*found;
}

void fold(CaseFile& file, const Event& event) {
    GW_CHECK(file.caseId.empty() || file.caseId == event.caseId);
    switch (event.type) {
        case EventType::JudgmentTransferred: foldTransfer(file, event); break;
        case EventType::Registered: foldRegistration(file, *event.registration); break;
        case EventType::NoticeIssued: foldNotice(file, *event.notice); break;
        case EventType::NoticeAcknowledged:
            foldAcknowledgement(file, *event.acknowledgement);
            break;
        case EventType::StatusReported:
            for (const auto& item : event.status->items)
                file.state(item.obligation)->lastProgress = item.progress;
            break;
        case EventType::CompletionReported: foldCompletion(file, *event.completion); break;
        case EventType::TransferUndone: foldUndo(file, event); break;
        case EventType::TransferLinked:
        case EventType::DocumentReceived:
        case EventType::Parked:
        case EventType::ParkingEnded:
        case EventType::Pinged:
        case EventType::OperatorActed:
        case EventType::DeliveryFailed:
        case EventType::DeliverySettled: break;  // part of the history, without effect on the state
    }
}

}  // namespace gateway::model
