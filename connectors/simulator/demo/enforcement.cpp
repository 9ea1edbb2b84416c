// Enforcement authorities fetch the rulings, enter them in the register and issue the notices.

#include "connectors/simulator/demo/play.h"
#include "connectors/simulator/stage/evidence_reader.h"
#include "gateway/base/time_format.h"

namespace gateway::simulator {
namespace {

constexpr const char* kOfficer = "Nguyễn Minh Khôi";
constexpr const char* kIntakeClerk = "Lương Gia Bách";

// Counts of one authority; the register starts anew each year.
struct Books {
    int entries = 0, notices = 0;
};

std::string twoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

void enter(Play& play, Office& office, const RulingFact& fact, Books& books) {
    const auto number = twoDigits(++books.entries) + "/2026/STN";
    const auto entry = play.registerEntry(fact, number, "electronic", kIntakeClerk);
    const auto answer = office.send(entry, "register-entry");
    play.world.account.expect(answer.hasVerdict("accepted"),
                              fact.id + " TransferAcknowledgement: " + describe(answer));
    play.world.account.tell("   " + fact.id + " vào sổ số/entered as " + number);
    play.tellReceipt(answer);
}

void notify(Play& play, Office& office, const RulingFact& fact, const NoticeFact& facts,
            Books& books) {
    auto& account = play.world.account;
    model::DeclaredAct notice;
    notice.type = "VoluntaryNotice";
    notice.caseReference.caseId = play.progress[fact.id].caseId;
    const auto number = twoDigits(++books.notices) + "/TB-THADS";
    auto& content = notice.content;
    document::addText(content, "number", number);
    document::addText(content, "issuedOn", base::formatDate(play.today()));
    document::addText(content, "officer", kOfficer);
    document::addText(content, "addressee", facts.addressee);
    auto numbers = document::arrayNode("obligations");
    for (const auto no : facts.obligations)
        numbers.children.push_back(document::numberNode({}, std::to_string(no)));
    content.children.push_back(std::move(numbers));
    document::addText(content, "voluntaryTerm", facts.voluntaryTerm);
    document::addText(content, "duties", facts.duties);
    document::addText(content, "consequences", facts.consequences);
    const auto answer = office.send(notice, "notice");
    account.expect(answer.hasVerdict("accepted"),
                   fact.id + " VoluntaryNotice: " + describe(answer));
    account.tell("   " + fact.id + " thông báo tự nguyện thi hành/voluntary notice " + number +
                 " → " + facts.addressee + " " + play.world.name(facts.addressee));
    play.tellReceipt(answer);
    if (answer.hasVerdict("accepted")) ++play.progress[fact.id].noticesSent;
}

void classify(Play& play, Office& office, const RulingFact& fact) {
    model::DeclaredAct act;
    act.type = "Classification";
    act.caseReference.ruling = fact.ruling.reference;
    document::addText(act.content, "class", "without-content");
    document::addText(act.content, "decidedOn", base::formatDate(play.today()));
    document::addText(act.content, "reason", fact.notMonitoredReason);
    const auto answer = office.send(act, "classification");
    auto& account = play.world.account;
    account.expect(answer.hasVerdict("accepted"), fact.id + " Classification: " + describe(answer));
    account.tell("   " + fact.id +
                 " không có nội dung theo dõi, không ra thông báo/nothing to monitor, no notice");
    play.tellReceipt(answer);
}

void workOn(Play& play, Office& office, const Delivery& delivery, Books& books) {
    auto& account = play.world.account;
    const auto* transfer = std::get_if<model::JudgmentTransfer>(&delivery.message.payload);
    const auto* fact = transfer ? play.factOf(transfer->ruling.reference) : nullptr;
    if (!account.expect(fact != nullptr, "bản án đến/ruling delivered to " + office.code())) return;
    const auto& files = transfer->ruling.attachments;
    account.expect(files.size() == fact->files.size(), fact->id + " tệp/files");
    for (const auto& file : files)
        account.expect(!file.content.empty() && !file.sha256.empty(), fact->id + " nội dung tệp");
    // What was entered from paper took effect when the ruling came.
    if (!play.progress[fact->id].enteredEarly) enter(play, office, *fact, books);
    if (fact->notices.empty()) classify(play, office, *fact);
    for (const auto& notice : fact->notices) notify(play, office, *fact, notice, books);
}

// Courts read that their rulings have been entered.
void readRegistrations(Play& play) {
    auto& account = play.world.account;
    account.chapter("Tòa án biết bản án đã vào sổ thi hành án",
                    "Courts see their rulings registered (NĐ 71/2016 Đ.14.1)");
    for (const auto* member : play.cast.withRole(Role::Court)) {
        auto& court = play.office(member->code);
        for (const auto& delivery : play.incoming(court, 0)) {
            const auto* entry = heard(delivery.message, "TransferAcknowledgement");
            const auto* fact = entry ? play.factOf(entry->caseReference) : nullptr;
            if (!account.expect(fact != nullptr, "xác nhận tiếp nhận/entry for " + member->code))
                continue;
            const auto number = textIn(*entry, "registerNumber");
            play.progress[fact->id].registerNumber = number;
            account.tell(member->code + " thấy/sees: " + fact->ruling.reference.number +
                         " đã vào sổ/entered as " + number + " (" +
                         textIn(*entry, "formOfReceipt") + ")");
        }
    }
    for (const auto& fact : play.facts)
        account.expect(!play.progress[fact.id].registerNumber.empty(),
                       fact.id + " đã vào sổ/registered");
}

}  // namespace

void registerAndNotify(Play& play) {
    auto& account = play.world.account;
    account.chapter("Cơ quan THADS nhận, vào sổ, thông báo tự nguyện thi hành án",
                    "Enforcement authorities fetch, register, notify (NĐ 71/2016 Đ.14)");
    for (const auto* member : play.cast.withRole(Role::Enforcement)) {
        auto& office = play.office(member->code);
        const auto deliveries = play.incoming(office, 0);
        if (deliveries.empty()) continue;
        account.tell(play.label(office) + ": " + std::to_string(deliveries.size()) +
                     " bản án, quyết định trong hộp thư/ruling(s) in the mailbox");
        Books books;
        for (const auto& fact : play.facts)
            if (fact.enforcement == office.code() && play.progress[fact.id].enteredEarly)
                ++books.entries;
        for (const auto& delivery : deliveries) workOn(play, office, delivery, books);
    }
    readRegistrations(play);
}

}  // namespace gateway::simulator
