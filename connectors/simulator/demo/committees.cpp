// Those who must carry rulings out take the notice, confirm it and report.

#include <algorithm>

#include "connectors/simulator/demo/play.h"
#include "connectors/simulator/stage/evidence_reader.h"
#include "gateway/base/time_format.h"

namespace gateway::simulator {
namespace {

constexpr const char* kOfficer = "Nguyễn Minh Khôi";

void confirm(Play& play, Office& office, const RulingFact& fact, const model::DeclaredAct& notice,
             int number) {
    model::DeclaredAct word;
    word.type = "NoticeAcknowledgement";
    word.caseReference.caseId = notice.caseReference.caseId;
    const auto incoming = std::to_string(1200 + number);
    document::addText(word.content, "noticeNumber", textIn(notice, "number"));
    document::addText(word.content, "receivedOn", base::formatDate(play.today()));
    document::addText(word.content, "incomingNumber", incoming);
    if (const auto& on = fact.ruling.deliveredToObligatedOn)
        document::addText(word.content, "judgmentReceivedOn", base::formatDate(*on));
    document::addText(word.content, "contact", "Bộ phận văn thư");
    const auto answer = office.send(word, "notice-acknowledgement");
    play.world.account.expect(answer.hasVerdict("accepted"),
                              fact.id + " NoticeAcknowledgement: " + describe(answer));
    play.world.account.tell("   " + fact.id + " đã nhận thông báo, số đến/notice received, no. " +
                            incoming);
    play.tellReceipt(answer);
}

void reportStatus(Play& play, Office& office, const RulingFact& fact, const std::string& caseId,
                  const std::vector<AnswerFact>& answers) {
    model::DeclaredAct report;
    report.type = "StatusReport";
    report.caseReference.caseId = caseId;
    document::addText(report.content, "number", "BC-" + fact.id.substr(5) + "/UBND");
    document::addText(report.content, "reportedOn", base::formatDate(play.today()));
    auto items = document::arrayNode("items");
    std::string words;
    for (const auto& answer : answers) {
        if (answer.progress == model::Progress::Done) continue;  // a completion report's to say
        const std::string progress(nameOf(answer.progress));
        auto item = document::objectNode();
        document::addNumber(item, "obligation", answer.obligation);
        document::addText(item, "progress", progress);
        document::addText(item, "text", answer.text);
        document::addText(item, "reason", "Cần thêm thời gian phối hợp với cơ quan liên quan.");
        items.children.push_back(std::move(item));
        words += " " + std::to_string(answer.obligation) + "=" + progress;
    }
    if (items.children.empty()) return;
    report.content.children.push_back(std::move(items));
    const auto answer = office.send(report, "status-report");
    auto& account = play.world.account;
    if (account.expect(answer.hasVerdict("accepted"),
                       fact.id + " StatusReport: " + describe(answer)))
        ++play.progress[fact.id].reportsSent;
    account.tell("   " + fact.id + " báo cáo tình hình/status report (10.2):" + words);
    play.tellReceipt(answer);
}

const char* minutesFor(model::Category category) {
    using enum model::Category;
    if (category == C) return "17.1";
    return category == D ? "18.1-stopped" : "19.1";
}

// Of some obligations only the officer's own minutes witness that they were carried out.
void witness(Play& play, const RulingFact& fact, const std::string& caseId,
             const std::vector<AnswerFact>& answers) {
    for (const auto& answer : answers) {
        if (!answer.minutes || answer.progress != model::Progress::Done) continue;
        const auto obligation =
            std::ranges::find(fact.ruling.obligations, answer.obligation, &model::Obligation::no);
        model::DeclaredAct minutes;
        minutes.type = "Minutes";
        minutes.caseReference.caseId = caseId;
        auto& content = minutes.content;
        document::addText(content, "kind", minutesFor(obligation->category));
        auto numbers = document::arrayNode("obligations");
        numbers.children.push_back(document::numberNode({}, std::to_string(answer.obligation)));
        content.children.push_back(std::move(numbers));
        document::addText(content, "number", "BB-" + fact.id.substr(5));
        document::addText(content, "madeOn", base::formatDate(play.today()));
        document::addText(content, "officer", kOfficer);
        auto& office = play.office(fact.enforcement);
        const auto sent = office.send(minutes, "minutes");
        play.world.account.expect(sent.hasVerdict("accepted"),
                                  fact.id + " Minutes: " + describe(sent));
        play.world.account.tell("   " + fact.id + " biên bản của Chấp hành viên/minutes (17-19)");
        play.tellReceipt(sent);
    }
}

void reportCompletion(Play& play, Office& office, const RulingFact& fact, const std::string& caseId,
                      const std::vector<AnswerFact>& answers) {
    model::DeclaredAct report;
    report.type = "CompletionReport";
    report.caseReference.caseId = caseId;
    const auto today = base::formatDate(play.today());
    document::addText(report.content, "number", "KQ-" + fact.id.substr(5) + "/UBND");
    document::addText(report.content, "reportedOn", today);
    auto items = document::arrayNode("items");
    bool withMinutes = false;
    for (const auto& answer : answers) {
        if (answer.progress != model::Progress::Done) continue;
        auto item = document::objectNode();
        document::addNumber(item, "obligation", answer.obligation);
        document::addText(item, "completedOn", today);
        document::addText(item, "text", answer.text);
        if (answer.minutes) {
            auto minutes = document::objectNode("minutes");
            document::addText(minutes, "number", "BB-" + fact.id.substr(5));
            document::addText(minutes, "madeOn", today);
            document::addText(minutes, "officer", kOfficer);
            item.children.push_back(std::move(minutes));
        }
        withMinutes = withMinutes || answer.minutes;
        items.children.push_back(std::move(item));
    }
    if (items.children.empty()) return;
    report.content.children.push_back(std::move(items));
    const auto answer = office.send(report, "completion-report");
    auto& account = play.world.account;
    if (account.expect(answer.hasVerdict("accepted"),
                       fact.id + " CompletionReport: " + describe(answer)))
        ++play.progress[fact.id].reportsSent;
    account.tell("   " + fact.id + " kết quả thi hành án/completion report (12.3)" +
                 (withMinutes ? ", có biên bản/with minutes" : ""));
    play.tellReceipt(answer);
}

std::size_t noticesFor(const Play& play, const std::string& agency) {
    std::size_t count = 0;
    for (const auto& fact : play.facts)
        count += static_cast<std::size_t>(
            std::count_if(fact.notices.begin(), fact.notices.end(),
                          [&](const NoticeFact& notice) { return notice.addressee == agency; }));
    return count;
}

// A superior is told how the cases of those under it stand (10.2, 12.3).
void tellAsSuperior(Play& play, const Office& office, std::vector<Delivery>& deliveries) {
    std::erase_if(deliveries, [&](const Delivery& delivery) {
        const auto* result = std::get_if<model::MonitoringResult>(&delivery.message.payload);
        if (result)
            play.world.account.detail(office.code() + " cấp trên được báo/superior is told: " +
                                      result->caseView.ruling.number + " " +
                                      std::string(nameOf(result->caseView.stage)));
        return result != nullptr;
    });
}

}  // namespace

void answerNotices(Play& play) {
    auto& account = play.world.account;
    account.chapter("Người phải thi hành án nhận thông báo, báo cáo, thi hành",
                    "The obligated agencies are notified, report, comply (NĐ 71/2016 Đ.10, 12)");
    for (const auto* member : play.cast.withRole(Role::Committee)) {
        auto& office = play.office(member->code);
        const auto expected = noticesFor(play, member->code);
        auto deliveries = play.incoming(office, expected);
        tellAsSuperior(play, office, deliveries);
        account.tell(play.label(office) +
                     (member->push ? " nhận đẩy/takes pushes" : " lấy từ hộp thư/pulls") + ": " +
                     std::to_string(deliveries.size()) + " thông báo/notice(s)");
        account.expect(deliveries.size() == expected, "thông báo đến/notices at " + member->code);
        int number = 0;
        for (const auto& delivery : deliveries) {
            const auto* notice = heard(delivery.message, "VoluntaryNotice");
            const auto* fact = notice ? play.factOf(notice->caseReference) : nullptr;
            if (!account.expect(fact != nullptr, "thông báo/notice at " + member->code)) continue;
            account.expect(!textIn(*notice, "voluntaryTerm").empty() &&
                               !textIn(*notice, "duties").empty() &&
                               !textIn(*notice, "consequences").empty(),
                           fact->id + " ba nội dung bắt buộc/three mandatory contents");
            confirm(play, office, *fact, *notice, ++number);
            std::vector<AnswerFact> answers;
            const auto* numbers = notice->content.child("obligations");
            for (const auto& answer : fact->answersOf(member->code))
                if (numbers &&
                    std::ranges::find(numbers->children, std::to_string(answer.obligation),
                                      &document::Node::value) != numbers->children.end())
                    answers.push_back(answer);
            reportStatus(play, office, *fact, notice->caseReference.caseId, answers);
            witness(play, *fact, notice->caseReference.caseId, answers);
            reportCompletion(play, office, *fact, notice->caseReference.caseId, answers);
        }
    }
}

}  // namespace gateway::simulator
