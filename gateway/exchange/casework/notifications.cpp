#include "gateway/exchange/casework/notifications.h"

#include <algorithm>
#include <set>

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using model::CaseFile;

// Larger ones are read again where they are needed, rather than held twice meanwhile.
constexpr std::size_t kTreeKept = 64 * 1024;

// What a result shows of an item that was reported; its author may have said more of it.
template <class Item>
void addShown(std::vector<Item>& shown, document::Node item,
              std::initializer_list<std::string_view> members) {
    std::erase_if(item.children, [&members](const document::Node& member) {
        return std::ranges::find(members, member.name) == members.end();
    });
    if (auto read = mapping::fromNode<Item>(item)) shown.push_back(std::move(read).value());
}

// Reports say what they report; any other act what it is called.
model::MonitoringResult resultOf(const CaseFile& file, const model::Event& event) {
    model::MonitoringResult result;
    result.caseView = viewOf(file);
    result.event = event.type;
    if (!event.act) return result;
    const auto& content = event.act->content;
    if (const auto* number = content.child("number")) result.reportNumber = number->value;
    if (event.type == model::EventType::ActRecorded) result.act = event.act->type;
    const auto* items = content.child("items");
    for (const auto& item : items ? items->children : std::vector<document::Node>()) {
        if (event.type == model::EventType::StatusReported) {
            addShown(result.progress, item, {"obligation", "progress", "text", "reason"});
        } else if (event.type == model::EventType::CompletionReported) {
            addShown(result.completions, item, {"obligation", "completedOn", "text", "minutes"});
        }
    }
    return result;
}

// The ruling as it stands, and what its court has said beside it.
model::JudgmentTransfer transferOf(const CaseFile& file, const model::Event& event) {
    model::JudgmentTransfer transfer{file.ruling};
    if (!event.act || event.act->type != nameOf(model::MessageType::JudgmentTransfer))
        return transfer;
    const auto take = [&event](const char* member, auto& into) {
        if (const auto* said = event.act->content.child(member))
            if (auto read = mapping::fromNode<std::decay_t<decltype(into)>>(*said))
                into = std::move(read).value();
    };
    take("relations", transfer.relations);
    take("sentTo", transfer.sentTo);
    return transfer;
}

const char* kindOf(model::DeadlineEvent event) {
    using enum model::DeadlineEvent;
    switch (event) {
        case Set: return "set";
        case Moved: return "moved";
        case Near: return "near";
        case Passed: return "passed";
        case Lifted: return "lifted";
    }
    return "";
}

// Of a matter also of which part it is.
std::string titleOf(const CaseFile& file, const model::Term& term) {
    if (!file.matter) return term.vi;
    for (const auto& part : file.matter->parts)
        if (part.no == term.obligation) return term.vi + " (" + part.vi + ")";
    return term.vi;
}

// What the clock says of one term, as mappings/acts/DeadlineNotice.xml has it.
model::DeclaredAct noticeOf(const CaseFile& file, const model::TermChange& change) {
    model::DeclaredAct notice;
    notice.type = kDeadlineNotice;
    notice.caseReference.caseId = file.caseId;
    if (!file.matter) notice.caseReference.ruling = file.ruling.reference;
    auto& content = notice.content;
    document::addText(content, "rule", change.rule);
    document::addText(content, "kind", kindOf(change.event));
    const auto term = std::ranges::find_if(
        file.terms, [&change](const model::Term& one) { return model::ofSameTerm(one, change); });
    if (term == file.terms.end()) return notice;
    document::addText(content, "title", titleOf(file, *term));
    document::addNumber(content, "obligation", term->obligation);
    if (term->due) document::addText(content, "dueOn", base::formatDate(*term->due));
    if (change.was) document::addText(content, "was", base::formatDate(*change.was));
    document::addText(content, "explanation", term->explanation);
    document::addText(content, "owes", term->owes);
    document::addText(content, "basis", term->basis);
    return notice;
}

// What the author of a delivery reads about its end, in one sentence.
std::string sentenceOf(const model::Event& event) {
    const auto& end = *event.delivery;
    const auto what = end.messageType + " " + end.sourceMessageId + " gửi " + end.recipient;
    const auto because = end.reason.empty() ? std::string() : ": " + end.reason;
    switch (end.outcome) {
        case model::DeliveryOutcome::Refused:
            return "Nơi nhận từ chối (có ký số) thông điệp " + what + because;
        case model::DeliveryOutcome::GivenUp:
            return "Không chuyển được thông điệp " + what + because;
        case model::DeliveryOutcome::ServedOtherwise:
            return "Đã giao bằng cách khác thông điệp " + what + because;
        case model::DeliveryOutcome::Dismissed: return "Thôi chuyển thông điệp " + what + because;
    }
    return {};
}

// The court of first instance, the court that transferred, the procuracy: each once.
std::set<std::string> resultRecipients(const model::AgencyDirectory& directory,
                                       const CaseFile& file, base::Date day) {
    std::set<std::string> recipients;
    for (const auto& code :
         {file.ruling.firstInstanceCourt, file.transferredBy, file.routing.procuracy})
        if (!code.empty()) recipients.insert(holderOf(directory, code, day));
    return recipients;
}

}  // namespace

std::string holderOf(const model::AgencyDirectory& directory, const std::string& code,
                     base::Date day) {
    const auto* holder = directory.holderOn(code, day);
    return holder ? holder->code : code;
}

model::CaseView viewOf(const CaseFile& file) {
    model::CaseView view;
    view.caseId = file.caseId;
    view.version = file.version;
    view.ruling = file.ruling.reference;
    view.courtName = file.ruling.courtName;
    view.firstInstanceCourt = file.ruling.firstInstanceCourt;
    view.subject = file.ruling.subject;
    view.enforcement = file.routing.enforcement;
    view.procuracy = file.routing.procuracy;
    view.province = file.routing.province;
    view.stage = file.stage();
    view.registerNumber = file.registerNumber;
    view.registeredOn = file.registeredOn;
    for (const auto& state : file.obligations) {
        const auto* obligation = file.obligation(state.no);
        model::ObligationView item;
        item.no = state.no;
        item.category = obligation->category;
        item.text = obligation->text;
        item.obligatedParty = obligation->obligatedParty;
        item.obligatedAgency = state.obligatedAgency;
        item.stage = state.stage;
        item.completedOn = state.completedOn;
        item.lastProgress = state.lastProgress;
        item.officer = file.officer(state.no);
        view.obligations.push_back(std::move(item));
    }
    view.terms = termViewsOf(file);
    return view;
}

std::vector<model::TermView> termViewsOf(const CaseFile& file) {
    std::vector<model::TermView> views;
    for (const auto& term : file.terms) {
        if (term.outcome() == model::TermOutcome::Lifted) continue;
        views.push_back({term.rule, titleOf(file, term), term.obligation, term.owes, term.start,
                         term.due, term.answeredOn, term.outcome(), term.explanation, term.basis});
    }
    return views;
}

std::string deliveryId(const std::string& sourceAgency, const std::string& sourceMessageId,
                       const std::string& recipient, std::string_view messageType) {
    return base::derivedId("dlv", document::FieldDigest()
                                      .add(sourceAgency)
                                      .add(sourceMessageId)
                                      .add(recipient)
                                      .add(messageType)
                                      .finish()
                                      .view());
}

store::OutboxItem Notifications::item(const std::string& recipient, const std::string& caseId,
                                      const model::Act& act, model::Payload payload,
                                      const std::string& apart) const {
    const auto type = static_cast<model::MessageType>(payload.index());
    store::OutboxItem item;
    item.messageType = model::typeNameOf(payload);
    item.itemId = deliveryId(act.actor, act.messageId, recipient, item.messageType + apart);
    item.recipient = recipient;
    item.caseId = caseId;
    item.sourceAgency = act.actor;
    item.sourceMessageId = act.messageId;
    item.createdAt = act.recordedAt;
    item.dueAt = act.recordedAt;
    model::Message message;
    message.envelope.to = recipient;
    message.envelope.type = type;
    message.envelope.id = item.itemId;
    message.envelope.created = act.recordedAt;
    message.envelope.from = identity_.address();
    message.payload = std::move(payload);
    model::Delivery delivery;
    delivery.item = item.itemId;
    delivery.sourceAgency = act.actor;
    delivery.sourceMessageId = act.messageId;
    delivery.sourceContentSha256 = act.contentSha256;
    message.delivery = std::move(delivery);
    auto tree = mapping::unbindMessage(message);
    item.content = document::writeJson(tree);
    if (item.content.size() <= kTreeKept)
        item.contentTree = std::make_shared<const document::Node>(std::move(tree));
    return item;
}

std::vector<store::OutboxItem> Notifications::forOld(const model::AgencyDirectory& directory,
                                                     const CaseFile& file,
                                                     const model::Event& event) const {
    const model::Act act{event.actor, event.messageId, event.contentSha256, event.recordedAt};
    const auto today = base::vietnamDate(event.recordedAt);
    std::vector<store::OutboxItem> items;
    const auto send = [&](const std::string& recipient, model::Payload payload) {
        items.push_back(
            item(holderOf(directory, recipient, today), file.caseId, act, std::move(payload)));
    };
    if (event.type == model::EventType::JudgmentTransferred)
        send(file.routing.enforcement, model::JudgmentTransfer{file.ruling});
    if (!event.act) return items;
    auto said = *event.act;
    // Whoever receives a case's message is told our id of the case, whatever the author wrote.
    said.caseReference = {file.caseId, file.ruling.reference};
    switch (event.type) {
        case model::EventType::Registered: send(file.transferredBy, said); break;
        case model::EventType::NoticeIssued:
            if (const auto* addressee = said.content.child("addressee"))
                send(addressee->value, said);
            break;
        case model::EventType::NoticeAcknowledged: send(file.routing.enforcement, said); break;
        case model::EventType::StatusReported:
        case model::EventType::CompletionReported:
            send(file.routing.enforcement, said);
            for (const auto& recipient : resultRecipients(directory, file, today))
                send(recipient, resultOf(file, event));
            break;
        default: break;
    }
    return items;
}

std::vector<store::OutboxItem> Notifications::forDecided(const CaseFile& file,
                                                         const model::Event& event) const {
    const model::Act act{event.actor, event.messageId, event.contentSha256, event.recordedAt};
    std::vector<store::OutboxItem> items;
    for (const auto& told : event.decided->told) {
        if (told.agency.empty() || told.withheld) continue;
        if (told.type == nameOf(model::MessageType::JudgmentTransfer)) {
            items.push_back(item(told.agency, file.caseId, act, transferOf(file, event)));
        } else if (told.type == nameOf(model::MessageType::MonitoringResult)) {
            items.push_back(item(told.agency, file.caseId, act, resultOf(file, event)));
        } else if (event.act) {
            auto said = *event.act;
            // Whoever receives it is told our id of the case, whatever the author wrote.
            if (!file.caseId.empty() && !file.matter)
                said.caseReference = {file.caseId, file.ruling.reference};
            items.push_back(item(told.agency, file.caseId, act, std::move(said)));
        }
    }
    for (const auto& change : event.decided->changes)
        for (const auto& agency : change.told)
            items.push_back(item(agency, file.caseId, act, noticeOf(file, change),
                                 " " + change.rule + " " + std::to_string(change.obligation) + " " +
                                     change.anchor + " " + kindOf(change.event)));
    return items;
}

std::vector<store::OutboxItem> Notifications::forDocument(
    const model::Act& act, const model::DocumentTransfer& transfer,
    const std::vector<std::string>& recipients) const {
    std::vector<store::OutboxItem> items;
    items.reserve(recipients.size());
    for (const auto& recipient : recipients) items.push_back(item(recipient, "", act, transfer));
    return items;
}

store::OutboxItem Notifications::parkingEnded(const model::AgencyDirectory& directory,
                                              const CaseFile& file,
                                              const model::Event& event) const {
    model::MonitoringResult result;
    result.caseView = viewOf(file);
    result.event = model::EventType::ParkingEnded;
    result.reportNumber = event.note;
    model::Act act{event.actor, event.messageId, event.contentSha256, event.recordedAt};
    const auto recipient = holderOf(directory, event.actor, base::vietnamDate(event.recordedAt));
    return item(recipient, file.caseId, act, std::move(result));
}

store::OutboxItem Notifications::parkingRefused(const model::AgencyDirectory& directory,
                                                const model::Event& event) const {
    model::DocumentTransfer letter;
    letter.documentId = event.messageId;
    letter.number = event.messageId;
    letter.notation = "THAHC";
    letter.subject = "Thông điệp chờ bản án, quyết định không được áp dụng";
    letter.content = event.note;
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = identity_.address();
    const auto recipient = holderOf(directory, event.actor, base::vietnamDate(event.recordedAt));
    letter.recipients.emplace_back().code = recipient;
    model::Act act{event.actor, event.messageId, event.contentSha256, event.recordedAt};
    return item(recipient, "", act, std::move(letter));
}

store::OutboxItem Notifications::deliveryEnded(const std::string& author, const CaseFile& file,
                                               const model::Event& event) const {
    model::MonitoringResult result;
    result.caseView = viewOf(file);
    result.event = event.type;
    result.reportNumber = sentenceOf(event);
    model::Act act{event.actor, event.messageId, event.contentSha256, event.recordedAt};
    return item(author, file.caseId, act, std::move(result));
}

store::OutboxItem Notifications::deliveryEndedLetter(const std::string& author,
                                                     const model::Event& event) const {
    model::DocumentTransfer letter;
    letter.documentId = event.messageId;
    letter.number = event.messageId;
    letter.notation = "THAHC";
    letter.subject = event.type == model::EventType::DeliveryFailed
                         ? "Thông điệp không chuyển được đến nơi nhận"
                         : "Việc chuyển thông điệp đã kết thúc";
    letter.content = sentenceOf(event);
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = identity_.address();
    letter.recipients.emplace_back().code = author;
    model::Act act{event.actor, event.messageId, event.contentSha256, event.recordedAt};
    return item(author, "", act, std::move(letter));
}

store::OutboxItem Notifications::transferUndone(const std::string& recipient, const CaseFile& file,
                                                const model::Event& event) const {
    const auto& ruling = file.ruling.reference;
    model::DocumentTransfer letter;
    letter.documentId = event.messageId;
    letter.number = event.messageId;
    letter.notation = "THAHC";
    letter.subject = "Hủy ghi nhận việc chuyển giao bản án, quyết định số " + ruling.number;
    letter.content = "Việc chuyển giao bản án, quyết định số " + ruling.number + " ngày " +
                     base::formatDayMonthYear(ruling.issuedOn) + " của " + ruling.court + ", do " +
                     file.transferredBy + " gửi (hồ sơ " + file.caseId +
                     "), đã bị hủy ghi nhận ngày " + base::formatDayMonthYear(event.happenedOn) +
                     ". Lý do: " + event.undo->reason +
                     ". Thông báo, báo cáo đã gửi trong hồ sơ này không còn được theo dõi; bản án, "
                     "quyết định do đúng Tòa án chuyển giao sẽ mở hồ sơ mới.";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = identity_.address();
    letter.recipients.emplace_back().code = recipient;
    const model::Act act{identity_.address(), event.messageId, event.contentSha256,
                         event.recordedAt};
    return item(recipient, file.caseId, act, std::move(letter));
}

Deliveries permitted(const Rights& rights, const std::vector<store::CaseAgency>& inCase,
                     std::vector<store::OutboxItem> planned) {
    Deliveries deliveries;
    for (auto& item : planned) {
        if (rights.mayReceive(item.recipient, model::typeOf(item.messageType), inCase,
                              item.createdAt))
            deliveries.items.push_back(std::move(item));
        else
            deliveries.withheld.push_back({item.recipient, item.messageType});
    }
    return deliveries;
}

}  // namespace gateway::exchange
