#include "tests/scenario/support/facts.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"

namespace gateway::scenario {
namespace {

base::Date day(int year, unsigned month, unsigned d) {
    return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(d)};
}

model::DeclaredAct actIn(const std::string& number, const char* type) {
    model::DeclaredAct act;
    act.type = type;
    act.caseReference = caseOf(number);
    return act;
}

// A committee's, of the first obligation.
model::DeclaredAct reportOf(const std::string& number, const char* type,
                            const std::string& reportNumber, base::Date reported,
                            const std::vector<std::pair<const char*, const char*>>& said) {
    auto act = actIn(number, type);
    document::addText(act.content, "number", reportNumber);
    document::addText(act.content, "reportedOn", base::formatDate(reported));
    auto items = document::arrayNode("items");
    auto item = document::objectNode();
    document::addNumber(item, "obligation", 1);
    for (const auto& [member, text] : said) document::addText(item, member, text);
    items.children.push_back(std::move(item));
    act.content.children.push_back(std::move(items));
    return act;
}

}  // namespace

model::DeclaredAct actOf(const std::string& type, const std::string& content,
                         const std::string& number) {
    model::DeclaredAct act;
    act.type = type;
    if (!number.empty()) act.caseReference = caseOf(number);
    act.content = document::readJson(content).value().root;
    return act;
}

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

void say(document::Node& content, const std::string& member, const std::string& text) {
    if (auto* said = content.child(member))
        said->value = text;
    else
        content.children.push_back(document::stringNode(member, text));
}

void say(model::DeclaredAct& act, const std::string& member, const std::string& text) {
    say(act.content, member, text);
}

void say(model::DeclaredAct& act, const std::string& member, base::Date day) {
    say(act, member, base::formatDate(day));
}

model::DeclaredAct registrationOf(const std::string& number, const std::string& registerNumber) {
    auto act = actIn(number, "TransferAcknowledgement");
    say(act, "registerNumber", registerNumber);
    say(act, "registeredOn", day(2026, 4, 2));
    say(act, "receivedOn", day(2026, 4, 1));
    say(act, "formOfReceipt", std::string("electronic"));
    say(act, "officer", std::string("Phạm Thị Thử"));
    return act;
}

model::DeclaredAct noticeOf(const std::string& number, const std::string& noticeNumber) {
    auto act = actIn(number, "VoluntaryNotice");
    say(act, "number", noticeNumber);
    say(act, "issuedOn", day(2026, 4, 3));
    say(act, "officer", std::string("Phạm Thị Thử"));
    say(act, "addressee", kCommittee);
    auto obligations = document::arrayNode("obligations");
    obligations.children.push_back(document::numberNode({}, "1"));
    act.content.children.push_back(std::move(obligations));
    say(act, "voluntaryTerm", std::string("30 ngày kể từ ngày nhận được bản án"));
    say(act, "duties", std::string("Tổ chức thi hành đúng, đầy đủ nội dung bản án"));
    say(act, "consequences", std::string("Xử lý trách nhiệm theo Nghị định số 71/2016/NĐ-CP"));
    return act;
}

model::DeclaredAct noticeSeen(const std::string& number, const std::string& noticeNumber) {
    auto act = actIn(number, "NoticeAcknowledgement");
    say(act, "noticeNumber", noticeNumber);
    say(act, "receivedOn", day(2026, 4, 6));
    say(act, "incomingNumber", std::string("88"));
    return act;
}

model::DeclaredAct noticeToday(const std::string& number, const std::string& noticeNumber) {
    auto notice = noticeOf(number, noticeNumber);
    say(notice, "issuedOn", base::vietnamDate(base::SystemClock().now()));
    return notice;
}

model::DeclaredAct seenToday(const std::string& number, const std::string& noticeNumber) {
    auto seen = noticeSeen(number, noticeNumber);
    say(seen, "receivedOn", base::vietnamDate(base::SystemClock().now()));
    return seen;
}

model::DeclaredAct statusOf(const std::string& number, const std::string& reportNumber) {
    return reportOf(number, "StatusReport", reportNumber, day(2026, 5, 4),
                    {{"progress", "partly"}, {"text", "Đang lập phương án"}});
}

model::DeclaredAct completionOf(const std::string& number, const std::string& reportNumber) {
    return reportOf(number, "CompletionReport", reportNumber, day(2026, 6, 1),
                    {{"completedOn", "2026-05-29"}, {"text", "Đã hủy quyết định"}});
}

document::Node& firstItem(model::DeclaredAct& report) {
    return report.content.child("items")->children.front();
}

model::MonitoringQuery questionFor(const std::string& number) {
    model::MonitoringQuery query;
    query.select.ruling = caseOf(number).ruling;
    query.withHistory = true;
    return query;
}

}  // namespace gateway::scenario
