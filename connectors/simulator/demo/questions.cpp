// Procuracies ask: lists, one case with its history, counts; in JSON and in XML.

#include <algorithm>
#include <set>

#include "connectors/simulator/demo/play.h"

namespace gateway::simulator {
namespace {

constexpr std::int64_t kPage = 5;

template <class Wanted>
const Wanted* answerAs(Play& play, const std::optional<model::Message>& message,
                       const std::string& what) {
    const auto* wanted = message ? std::get_if<Wanted>(&message->payload) : nullptr;
    play.world.account.expect(wanted != nullptr, what);
    return wanted;
}

std::string asking(const Play& play, const Office& office) {
    return play.label(office) + " hỏi/asks: ";
}

void listProvince(Play& play, const std::string& code) {
    auto& account = play.world.account;
    auto& office = play.office(code);
    const auto& own = *std::find_if(play.facts.begin(), play.facts.end(),
                                    [&](const auto& fact) { return fact.procuracy == code; });
    model::MonitoringQuery query;
    query.select.province = own.province;
    account.tell(asking(play, office) + "các vụ của tỉnh mình/its province's cases, " +
                 own.province);
    const auto message = office.ask(query, "query-list");
    const auto* answer = answerAs<model::QueryAnswer>(play, message, code + " QueryAnswer");
    if (!answer) return;
    const auto expected = std::count_if(play.facts.begin(), play.facts.end(),
                                        [&](const auto& f) { return f.province == own.province; });
    account.expect(static_cast<long>(answer->cases.size()) == expected, code + " số vụ/cases");
    for (const auto& view : answer->cases)
        account.detail(view.ruling.number + " · " + view.courtName + " · " +
                       std::string(nameOf(view.stage)) + " · sổ/register " + view.registerNumber);
    // Another province's cases are not for this procuracy: not refused, just not there.
    query.select.province = own.province == "p34-01" ? "p34-79" : "p34-01";
    const auto foreign = office.ask(query, "query-foreign");
    const auto* nothing = answerAs<model::QueryAnswer>(play, foreign, code + " foreign province");
    account.expect(nothing && nothing->cases.empty(), code + " không thấy tỉnh khác/sees no other");
    account.detail("tỉnh khác/another province (" + query.select.province + "): 0 vụ/cases");
}

void oneCase(Play& play, const std::string& code) {
    auto& account = play.world.account;
    auto& office = play.office(code);
    const auto& own = *std::find_if(play.facts.begin(), play.facts.end(), [&](const auto& fact) {
        return fact.procuracy == code && fact.finalStage() == "COMPLETED";
    });
    model::MonitoringQuery query;
    query.select.number = own.ruling.reference.number;
    query.select.court = own.ruling.reference.court;
    query.withHistory = true;
    const auto question = office.compose(query);
    const auto text = office.write(question);
    account.tell(asking(play, office) + own.ruling.reference.number +
                 " cùng diễn biến/with its history");
    const auto answered = office.post("/v1/queries", office.sign(text), "query-case");
    const auto read = office.read("", answered.body, answered.mediaType);
    const auto* answer = read ? std::get_if<model::QueryAnswer>(&read->message.payload) : nullptr;
    if (!account.expect(answer && answer->cases.size() == 1, own.id + " QueryAnswer")) return;
    if (!office.member().xml)
        account.expect(answer->questionSha256 == document::sha256(text).hex(),
                       own.id + " questionSha256");
    const auto& view = answer->cases.front();
    const std::string stage(nameOf(view.stage));
    account.expect(stage == own.finalStage(), own.id + " stage " + stage);
    std::set<std::string> events;
    for (const auto& item : view.history) {
        const std::string event(nameOf(item.event));
        events.insert(event);
        account.detail(event + " · " + item.actor + " · " + item.messageId + " · " +
                       item.legalBasis);
    }
    std::set<std::string> played = {"JudgmentTransferred", "Registered", "NoticeIssued",
                                    "NoticeAcknowledged"};
    for (const auto& one : own.answers)
        played.insert(one.progress == model::Progress::Done ? "CompletionReported"
                                                            : "StatusReported");
    account.expect(std::ranges::includes(events, played), own.id + " diễn biến/history");
}

// All cases of the country, page by page.
void listAll(Play& play) {
    auto& account = play.world.account;
    auto& office = play.office(kSupremeProcuracy);
    account.tell(asking(play, office) + "toàn quốc, mỗi trang " + std::to_string(kPage) +
                 " vụ/the whole country, page by page");
    model::MonitoringQuery query;
    query.pageSize = kPage;
    std::set<std::string> cases;
    std::size_t pages = 0;
    do {
        const auto message = office.ask(query, "query-page");
        const auto* answer = answerAs<model::QueryAnswer>(play, message, "trang/page");
        if (!answer) return;
        for (const auto& view : answer->cases) cases.insert(view.caseId);
        query.cursor = answer->nextCursor;
        ++pages;
    } while (!query.cursor.empty() && pages <= play.facts.size());
    account.expect(cases.size() == play.facts.size(), "toàn quốc/whole country");
    account.detail(std::to_string(cases.size()) + " vụ trên/cases on " + std::to_string(pages) +
                   " trang/pages");
}

void count(Play& play, const std::string& code, const std::string& province) {
    auto& account = play.world.account;
    auto& office = play.office(code);
    account.tell(asking(play, office) + "thống kê/counts" +
                 (province.empty() ? "" : ", " + province));
    model::StatisticsQuery query;
    query.select.province = province;
    const auto message = office.ask(query, "statistics");
    const auto* answer = answerAs<model::StatisticsAnswer>(play, message, "thống kê/statistics");
    if (!answer) return;
    std::map<std::pair<std::string, std::string>, std::int64_t> expected, told;
    for (const auto& fact : play.facts)
        if (province.empty() || fact.province == province)
            ++expected[{fact.province, fact.finalStage()}];
    std::int64_t total = 0;
    for (const auto& row : answer->rows) {
        const std::string stage(nameOf(row.stage));
        told[{row.province, stage}] += row.cases;
        total += row.cases;
        account.detail(padded(row.province, 8) + padded(stage, 12) + std::to_string(row.cases));
    }
    account.detail("cộng/total " + std::to_string(answer->total));
    account.expect(told == expected && total == answer->total,
                   code + " thống kê khớp/statistics add up");
}

}  // namespace

void askQuestions(Play& play) {
    play.world.account.chapter("Viện kiểm sát hỏi, trục trả lời có ký",
                               "Procuracies ask, the gateway answers under its seal");
    const auto firstWith = [&](bool xml) {
        for (const auto* member : play.cast.withRole(Role::Procuracy)) {
            if (member->xml != xml || member->code == kSupremeProcuracy) continue;
            for (const auto& fact : play.facts)
                if (fact.procuracy == member->code && fact.finalStage() == "COMPLETED")
                    return member->code;
        }
        throw base::Fault("no procuracy with a completed case");
    };
    const auto xml = firstWith(true);
    const auto json = firstWith(false);
    listProvince(play, xml);
    listProvince(play, json);
    oneCase(play, xml);
    oneCase(play, json);
    listAll(play);
    count(play, kSupremeProcuracy, "");
    for (const auto& fact : play.facts)
        if (fact.procuracy == json) return count(play, json, fact.province);
}

}  // namespace gateway::simulator
