#include "connectors/simulator/demo/play.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/model/messages/case_number.h"

namespace gateway::simulator {
namespace {

constexpr std::chrono::seconds kPushPatience{60};

// What the play itself goes on with.
constexpr std::string_view kAwaited[] = {"TransferAcknowledgement", "VoluntaryNotice",
                                         "NoticeAcknowledgement", "StatusReport",
                                         "CompletionReport"};

const char* sealWord(const Member& member) {
    return member.seal == trust::DemoAlgorithm::Rsa2048 ? "RSA-2048 PSS" : "ECDSA P-256";
}

std::string valueOf(const document::Node& node, std::string_view name) {
    const auto* found = node.child(name);
    return found ? found->value : std::string();
}

}  // namespace

const RulingFact* Play::factOf(const model::RulingReference& reference) const {
    const auto number = model::normaliseCaseNumber(reference.number).normalised;
    for (const auto& fact : facts)
        if (fact.ruling.reference.court == reference.court && fact.numberNormalised == number)
            return &fact;
    return nullptr;
}

const RulingFact* Play::factOf(const model::CaseReference& reference) const {
    return reference.ruling ? factOf(*reference.ruling) : nullptr;
}

// What the clock has to say, and minutes of the officer, are read; nobody answers them.
std::vector<Delivery> Play::withoutNotices(const Office& office, std::vector<Delivery> all) {
    std::erase_if(all, [&](const Delivery& delivery) {
        const auto* act = std::get_if<model::DeclaredAct>(&delivery.message.payload);
        if (!act || std::ranges::find(kAwaited, act->type) != std::end(kAwaited)) return false;
        if (act->type != exchange::kDeadlineNotice) {
            world.account.detail(office.code() + " nhận/is told: " + act->type);
            return true;
        }
        world.account.detail(
            office.code() + " báo thời hạn/notice of a term: " + valueOf(act->content, "title") +
            ", " + valueOf(act->content, "kind") + ", " + valueOf(act->content, "dueOn"));
        return true;
    });
    return all;
}

std::vector<Delivery> Play::incoming(Office& office, std::size_t expected) {
    if (!office.member().push) return withoutNotices(office, office.fetchAll());
    auto pushed = receiver.take(office.code(), expected, kPushPatience);
    for (const auto& delivery : pushed)
        world.account.expect(
            world.tools.check(delivery.bytes, delivery.mediaType, "push-" + office.code()),
            "con dấu của trục/the gateway's seal: " + delivery.item);
    return withoutNotices(office, std::move(pushed));
}

std::string Play::label(const Office& office) const {
    const auto& member = office.member();
    return member.code + " " + member.name + " [" + (member.xml ? "XML" : "JSON") + ", " +
           sealWord(member) + "]";
}

void Play::tellReceipt(const Answer& answer) {
    const char* tool = answer.mediaType == "application/xml" ? "xmlsec1" : "openssl";
    std::string notes;
    if (const auto* list = answer.evidence.child("notes"))
        for (const auto& note : list->children) notes += " · " + note.value;
    world.account.detail("biên nhận/receipt " + answer.text("receiptId") + " → " +
                         answer.text("verdict") + notes + "  (" + tool +
                         (answer.confirmed ? " ✔)" : " ✘)"));
}

void Play::tellRefusal(const Answer& answer) {
    for (const auto& reason : answer.reasons()) {
        const auto line = valueOf(reason, "line");
        const bool placed = !line.empty() && line != "0";
        world.account.detail("✋ TỪ CHỐI/REFUSED " + valueOf(reason, "code") +
                             (placed ? " dòng/line " + line : "") + "  " + valueOf(reason, "path"));
        world.account.detail("   " + valueOf(reason, "vi") + " " + valueOf(reason, "remedyVi"));
        world.account.detail("   " + valueOf(reason, "en") + " " + valueOf(reason, "remedyEn"));
    }
}

model::DeclaredAct Play::registerEntry(const RulingFact& fact, const std::string& number,
                                       const char* form, const char* officer) const {
    model::DeclaredAct entry;
    entry.type = "TransferAcknowledgement";
    entry.caseReference.ruling = fact.ruling.reference;
    document::addText(entry.content, "registerNumber", number);
    document::addText(entry.content, "registeredOn", base::formatDate(today()));
    document::addText(entry.content, "receivedOn", base::formatDate(today()));
    document::addText(entry.content, "formOfReceipt", form);
    document::addText(entry.content, "officer", officer);
    return entry;
}

const model::DeclaredAct* heard(const model::Message& message, std::string_view type) {
    const auto* act = std::get_if<model::DeclaredAct>(&message.payload);
    return act && act->type == type ? act : nullptr;
}

std::string textIn(const model::DeclaredAct& act, std::string_view member) {
    return valueOf(act.content, member);
}

}  // namespace gateway::simulator
