#include "tests/scenario/support/facts.h"

namespace gateway::scenario {
namespace {

base::Date day(int year, unsigned month, unsigned d) {
    return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(d)};
}

}  // namespace

model::JudgmentTransfer transferOf(const std::string& number, model::Category category) {
    model::Ruling ruling;
    ruling.kind = model::RulingKind::Judgment;
    ruling.reference = {kCourt, number, "", day(2026, 3, 2)};
    ruling.instance = model::Instance::First;
    ruling.courtName = "Tòa án nhân dân tỉnh Gia Lai";
    ruling.subject = "Khiếu kiện quyết định thu hồi đất";
    model::Party plaintiff;
    plaintiff.role = model::PartyRole::Plaintiff;
    plaintiff.name = "Ông Lê Văn Thử";
    plaintiff.address = "Số 1 đường Thử Nghiệm, phường Quy Nhơn, tỉnh Gia Lai";
    ruling.parties.push_back(plaintiff);
    model::Obligation obligation;
    obligation.no = 1;
    obligation.category = category;
    obligation.text = "Hủy Quyết định số 12/QĐ-UBND ngày 05/6/2025.";
    obligation.obligatedParty = "Ủy ban nhân dân phường Quy Nhơn";
    obligation.obligatedAgency = kCommittee;
    ruling.obligations.push_back(obligation);
    return {ruling};
}

model::CaseReference caseOf(const std::string& number) {
    model::CaseReference reference;
    reference.ruling = model::RulingReference{kCourt, number, "", day(2026, 3, 2)};
    return reference;
}

model::TransferAcknowledgement registrationOf(const std::string& number,
                                              const std::string& registerNumber) {
    model::TransferAcknowledgement message;
    message.caseReference = caseOf(number);
    message.registerNumber = registerNumber;
    message.registeredOn = day(2026, 4, 2);
    message.receivedOn = day(2026, 4, 1);
    message.formOfReceipt = model::FormOfReceipt::Electronic;
    message.officer = "Phạm Thị Thử";
    return message;
}

model::VoluntaryNotice noticeOf(const std::string& number, const std::string& noticeNumber) {
    model::VoluntaryNotice message;
    message.caseReference = caseOf(number);
    message.number = noticeNumber;
    message.issuedOn = day(2026, 4, 3);
    message.officer = "Phạm Thị Thử";
    message.addressee = kCommittee;
    message.obligations = {1};
    message.voluntaryTerm = "30 ngày kể từ ngày nhận được bản án";
    message.duties = "Tổ chức thi hành đúng, đầy đủ nội dung bản án";
    message.consequences = "Xử lý trách nhiệm theo Nghị định số 71/2016/NĐ-CP";
    return message;
}

model::NoticeAcknowledgement noticeSeen(const std::string& number,
                                        const std::string& noticeNumber) {
    model::NoticeAcknowledgement message;
    message.caseReference = caseOf(number);
    message.noticeNumber = noticeNumber;
    message.receivedOn = day(2026, 4, 6);
    message.incomingNumber = "88";
    return message;
}

model::VoluntaryNotice noticeToday(const std::string& number, const std::string& noticeNumber) {
    auto notice = noticeOf(number, noticeNumber);
    notice.issuedOn = base::vietnamDate(base::SystemClock().now());
    return notice;
}

model::NoticeAcknowledgement seenToday(const std::string& number, const std::string& noticeNumber) {
    auto seen = noticeSeen(number, noticeNumber);
    seen.receivedOn = base::vietnamDate(base::SystemClock().now());
    return seen;
}

model::StatusReport statusOf(const std::string& number, const std::string& reportNumber) {
    model::StatusReport message;
    message.caseReference = caseOf(number);
    message.number = reportNumber;
    message.reportedOn = day(2026, 5, 4);
    message.items.push_back({1, model::Progress::Partly, "Đang lập phương án", ""});
    return message;
}

model::CompletionReport completionOf(const std::string& number, const std::string& reportNumber) {
    model::CompletionReport message;
    message.caseReference = caseOf(number);
    message.number = reportNumber;
    message.reportedOn = day(2026, 6, 1);
    model::CompletionItem item;
    item.obligation = 1;
    item.completedOn = day(2026, 5, 29);
    item.text = "Đã hủy quyết định";
    message.items.push_back(item);
    return message;
}

model::MonitoringQuery questionFor(const std::string& number) {
    model::MonitoringQuery query;
    query.select.ruling = caseOf(number).ruling;
    query.withHistory = true;
    return query;
}

}  // namespace gateway::scenario
