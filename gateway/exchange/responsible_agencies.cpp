#include "gateway/exchange/responsible_agencies.h"

namespace gateway::exchange {

using model::CaseFile;

namespace {

template <class Report>
std::vector<std::string> obligatedBy(const CaseFile& file, const Report& report) {
    std::vector<std::string> agencies;
    for (const auto& item : report.items)
        if (const auto* state = file.state(item.obligation))
            agencies.push_back(state->obligatedAgency);
    return agencies;
}

}  // namespace

std::vector<std::string> responsibleFor(const CaseFile& file,
                                        const model::TransferAcknowledgement&) {
    return {file.routing.enforcement};
}

std::vector<std::string> responsibleFor(const CaseFile& file, const model::VoluntaryNotice&) {
    return {file.routing.enforcement};
}

std::vector<std::string> responsibleFor(const CaseFile& file,
                                        const model::NoticeAcknowledgement& message) {
    const auto* notice = file.notice(message.noticeNumber);
    if (notice) return {notice->addressee};
    std::vector<std::string> addressees;
    for (const auto& known : file.notices) addressees.push_back(known.addressee);
    return addressees;
}

std::vector<std::string> responsibleFor(const CaseFile& file, const model::StatusReport& report) {
    return obligatedBy(file, report);
}

std::vector<std::string> responsibleFor(const CaseFile& file,
                                        const model::CompletionReport& report) {
    return obligatedBy(file, report);
}

}  // namespace gateway::exchange
