// Courts transfer their rulings: a few with the mistakes that clerks make, then mended.

#include <utility>

#include "connectors/simulator/demo/play.h"
#include "connectors/simulator/stage/evidence_reader.h"

namespace gateway::simulator {
namespace {

// Came on paper first: the enforcement authority registers before the court's message is here.
constexpr const char* kRegisteredEarly = "DEMO-11";
// Sent a second time under another id, as a queue does after a crash of the court's software.
constexpr const char* kSentTwice = "DEMO-08";

// What is shown once only.
struct Shown {
    bool unknownMember = false, forged = false, repeated = false;
};

std::string slashed(base::Date date) {
    const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return two(static_cast<unsigned>(date.day())) + "/" + two(static_cast<unsigned>(date.month())) +
           "/" + std::to_string(static_cast<int>(date.year()));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw base::Fault("no " + from + " in the ruling");
    return text.replace(at, from.size(), to);
}

// An element or member that the court's format does not have.
std::string withUnknown(const Member& court, const std::string& text) {
    if (court.xml) return replaced(text, "<BanAn>", "<BanAn>\n<GhiChuNoiBo>x</GhiChuNoiBo>");
    return replaced(text, "\"ban_an\": {", "\"ban_an\": {\n    \"ghi_chu_noi_bo\": \"x\",");
}

void expectRefused(Play& play, Office& court, const std::string& text, const std::string& what) {
    const auto answer = court.post("/v1/messages", court.sign(text), "transfer");
    play.world.account.expect(answer.status == 422 && !answer.reasons().empty(),
                              what + ": " + describe(answer));
    play.tellRefusal(answer);
}

// The clerk's first tries, each refused with the place to mend.
std::string mended(Play& play, Office& court, const RulingFact& fact, const std::string& text,
                   Shown& shown) {
    auto& account = play.world.account;
    if (!fact.dateAsTyped.empty()) {
        const auto date = slashed(fact.ruling.reference.issuedOn);
        account.detail("lần 1/first try: ngày không tồn tại/a date that does not exist");
        expectRefused(play, court, replaced(text, date, "31/04/2025"), fact.id + " 31/04/2025");
        account.detail("lần 2/second try: \"" + fact.dateAsTyped + "\" (gõ tay/typed by hand)");
        return replaced(text, date, fact.dateAsTyped);
    }
    if (!court.member().xml && !std::exchange(shown.unknownMember, true)) {
        account.detail("lần 1/first try: trường lạ/an unknown member");
        expectRefused(play, court, withUnknown(court.member(), text), fact.id + " ghi_chu_noi_bo");
        account.detail("lần 2/second try: đã bỏ trường lạ/mended");
    }
    return text;
}

// Somebody on the way changes one character of what was signed.
void forge(Play& play, Office& court, const RulingFact& fact, const SignedText& ready) {
    auto& account = play.world.account;
    SignedText forged = ready;
    const auto& number = fact.ruling.reference.number;
    forged.body = replaced(forged.body, number, "9" + number.substr(1));
    account.detail("bị sửa một ký tự trên đường · one character changed on the way:");
    const auto answer = court.post("/v1/messages", forged, "forged");
    account.expect(answer.status == 422 && answer.text("class") == "U",
                   "forged: " + describe(answer));
    play.tellRefusal(answer);
}

void registerEarly(Play& play, const RulingFact& fact) {
    auto& office = play.office(fact.enforcement);
    const std::string number = "01/2026/STN";
    const auto entry = play.registerEntry(fact, number, "direct", "Lương Gia Bách");
    play.world.account.tell(play.label(office) + ": vào sổ " + number +
                            " theo bản giấy, trước khi Tòa án gửi · registers " + fact.id +
                            " from paper, before the court sends");
    const auto answer = office.send(entry, "early-entry");
    play.world.account.expect(answer.hasVerdict("parked"),
                              fact.id + " parked: " + describe(answer));
    play.tellReceipt(answer);
    play.progress[fact.id].enteredEarly = true;
}

void sendAgain(Play& play, Office& court, const SignedText& text, const Answer& first) {
    const auto again = court.post("/v1/messages", text, "transfer-again");
    play.world.account.expect(again.body == first.body, "cùng biên nhận/the same receipt");
    play.world.account.detail(
        "gửi lại đúng bản đó: cùng một biên nhận, từng byte · the very same "
        "bytes again: the same receipt, byte for byte");
}

void sendUnderOtherId(Play& play, Office& court, const RulingFact& fact) {
    const auto answer = court.send(model::JudgmentTransfer{withFiles(fact)}, "transfer-other-id");
    play.world.account.expect(answer.hasVerdict("linked"),
                              fact.id + " linked: " + describe(answer));
    play.world.account.detail("gửi lần nữa với mã khác · once more under another id:");
    play.tellReceipt(answer);
}

void transferOne(Play& play, const RulingFact& fact, Shown& shown) {
    auto& account = play.world.account;
    auto& court = play.office(fact.sender);
    account.tell(fact.id + "  " + play.label(court) + " → " + fact.ruling.reference.number + ", " +
                 std::to_string(fact.files.size()) + " tệp/file(s)");
    for (const auto& withheld : fact.withheld) account.detail("không gửi/withheld: " + withheld);
    const auto written = court.write(court.compose(model::JudgmentTransfer{withFiles(fact)}));
    const auto ready = court.sign(mended(play, court, fact, written, shown));
    if (court.member().xml && !std::exchange(shown.forged, true)) forge(play, court, fact, ready);
    const auto answer = court.post("/v1/messages", ready, "transfer");
    account.expect(answer.hasVerdict("accepted"), fact.id + ": " + describe(answer));
    account.expect(answer.text("bodySha256") == document::sha256(ready.body).hex(),
                   fact.id + " bodySha256");
    play.tellReceipt(answer);
    auto& progress = play.progress[fact.id];
    progress.caseId = answer.text("caseId");
    progress.receiptId = answer.text("receiptId");
    if (progress.enteredEarly)
        account.expect(answer.hasNote("parked-messages-applied"), fact.id + " note");
    if (!std::exchange(shown.repeated, true)) sendAgain(play, court, ready, answer);
    if (fact.id == kSentTwice) sendUnderOtherId(play, court, fact);
}

}  // namespace

void transferRulings(Play& play) {
    play.world.account.chapter("Tòa án chuyển giao bản án, quyết định",
                               "Courts transfer their rulings (Luật TTHC Đ.196.3, 244.1)");
    for (const auto& fact : play.facts)
        if (fact.id == kRegisteredEarly) registerEarly(play, fact);
    Shown shown;
    for (const auto& fact : play.facts) transferOne(play, fact, shown);
}

}  // namespace gateway::simulator
