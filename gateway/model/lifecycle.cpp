#include "gateway/model/lifecycle.h"

#include <algorithm>

namespace gateway::model {
namespace {

using base::ErrorCode;
using base::Problem;

Event eventOf(const CaseFile& file, const Act& act, EventType type, base::Date happenedOn,
              std::string legalBasis) {
    Event event;
    event.type = type;
    event.happenedOn = happenedOn;
    event.recordedAt = act.recordedAt;
    event.actor = act.actor;
    event.messageId = act.messageId;
    event.contentSha256 = act.contentSha256;
    event.legalBasis = std::move(legalBasis);
    event.caseId = file.caseId;
    return event;
}

Problem illegal(const CaseFile& file, EventType type, Stage stage) {
    return Problem(ErrorCode::CONFLICT_STATE)
        .with("event", std::string(nameOf(type)))
        .with("state", std::string(nameOf(stage)))
        .with("legal", legalActs(file));
}

Problem noSuch(std::string path, std::string value, const std::string& expected) {
    return Problem(ErrorCode::MAPPING_VALUE, std::move(path), {})
        .with("value", std::move(value))
        .inWords("expected", {"hồ sơ chỉ có: " + expected, "the case has: " + expected});
}

// Open for reports from the day of the transfer until an end: the obligated party's term runs from
// its own receipt of the ruling, whoever has registered it meanwhile (Luật TTHC Đ.311.2).
bool isOpen(Stage stage) { return stage < Stage::Completed && stage != Stage::NotMonitored; }

bool needsMinutes(Category category) {
    return category == Category::C || category == Category::D || category == Category::E ||
           category == Category::G;
}

std::string knownObligations(const CaseFile& file) {
    std::string list;
    for (const auto& state : file.obligations)
        list += (list.empty() ? "" : ", ") + std::to_string(state.no);
    return list;
}

// The obligation's state if it can be reported on; else why not.
base::Result<const ObligationState*> openObligation(const CaseFile& file, std::int64_t no,
                                                    EventType type) {
    const auto* state = file.state(no);
    if (!state) return noSuch("items/obligation", std::to_string(no), knownObligations(file));
    if (!isOpen(state->stage)) return illegal(file, type, state->stage);
    return state;
}

// By which article a court sends this ruling: interim measures and voter lists at once, appellate
// judgments and those of first instance within their own terms.
std::string transferBasis(const Ruling& ruling) {
    const auto concerns = [&ruling](Category category) {
        return std::ranges::any_of(ruling.obligations, [category](const Obligation& obligation) {
            return obligation.category == category;
        });
    };
    if (concerns(Category::G)) return "Luật TTHC Đ.75.2";
    if (concerns(Category::E)) return "Luật TTHC Đ.202.2";
    switch (ruling.instance) {
        case Instance::First: return "Luật TTHC Đ.196.3";
        case Instance::Appeal: return "Luật TTHC Đ.244.1";
        case Instance::Cassation: return "Luật TTHC Đ.279";
        case Instance::Reopening: return "Luật TTHC Đ.279, 286";
    }
    return {};
}

}  // namespace

std::string legalActs(const CaseFile& file) {
    std::string acts;
    const auto add = [&acts](MessageType type) {
        acts += (acts.empty() ? "" : ", ") + std::string(nameOf(type));
    };
    const auto any = [&file](auto test) { return std::ranges::any_of(file.obligations, test); };
    if (file.registerNumber.empty()) add(MessageType::TransferAcknowledgement);
    if (any([](const auto& o) {
            return o.stage == Stage::Registered || o.stage == Stage::Assigned;
        }))
        add(MessageType::VoluntaryNotice);
    if (std::ranges::any_of(file.notices, [](const auto& n) { return !n.acknowledgedOn; }))
        add(MessageType::NoticeAcknowledgement);
    if (any([](const auto& o) { return isOpen(o.stage); })) {
        add(MessageType::StatusReport);
        add(MessageType::CompletionReport);
    }
    return acts.empty() ? "-" : acts;
}

Event transferEvent(const Act& act, Ruling ruling, Routing routing, std::string caseId) {
    CaseFile fresh;
    fresh.caseId = std::move(caseId);
    Event event = eventOf(fresh, act, EventType::JudgmentTransferred,
                          base::vietnamDate(act.recordedAt), transferBasis(ruling));
    event.ruling = std::move(ruling);
    event.routing = std::move(routing);
    return event;
}

base::Result<Event> decide(const CaseFile& file, const Act& act,
                           const TransferAcknowledgement& message) {
    if (!file.registerNumber.empty()) return illegal(file, EventType::Registered, file.stage());
    Event event =
        eventOf(file, act, EventType::Registered, message.registeredOn, "NĐ 71/2016 Đ.14.1");
    event.registration = message;
    return event;
}

base::Result<Event> decide(const CaseFile& file, const Act& act, const VoluntaryNotice& message) {
    if (file.notice(message.number)) return illegal(file, EventType::NoticeIssued, file.stage());
    if (message.obligations.empty()) return noSuch("obligations", "", knownObligations(file));
    for (const auto no : message.obligations) {
        const auto* state = file.state(no);
        if (!state) return noSuch("obligations", std::to_string(no), knownObligations(file));
        if (state->stage != Stage::Registered && state->stage != Stage::Assigned)
            return illegal(file, EventType::NoticeIssued, state->stage);
    }
    Event event =
        eventOf(file, act, EventType::NoticeIssued, message.issuedOn, "NĐ 71/2016 Đ.14.2");
    event.notice = message;
    for (auto& attachment : event.notice->attachments) attachment.content.clear();
    return event;
}

base::Result<Event> decide(const CaseFile& file, const Act& act,
                           const NoticeAcknowledgement& message) {
    const auto* notice = file.notice(message.noticeNumber);
    if (!notice) {
        std::string known;
        for (const auto& n : file.notices) known += (known.empty() ? "" : ", ") + n.number;
        return noSuch("noticeNumber", message.noticeNumber, known.empty() ? "-" : known);
    }
    if (notice->acknowledgedOn) return illegal(file, EventType::NoticeAcknowledged, file.stage());
    Event event =
        eventOf(file, act, EventType::NoticeAcknowledged, message.receivedOn, "NĐ 30/2020 Đ.21.2");
    event.acknowledgement = message;
    return event;
}

base::Result<Event> decide(const CaseFile& file, const Act& act, const StatusReport& message) {
    for (const auto& item : message.items) {
        auto state = openObligation(file, item.obligation, EventType::StatusReported);
        if (!state) return std::move(state).error();
    }
    Event event =
        eventOf(file, act, EventType::StatusReported, message.reportedOn, "NĐ 71/2016 Đ.10.2");
    event.status = message;
    for (auto& attachment : event.status->attachments) attachment.content.clear();
    return event;
}

base::Result<Event> decide(const CaseFile& file, const Act& act, const CompletionReport& message) {
    for (std::size_t i = 0; i < message.items.size(); ++i) {
        const auto& item = message.items[i];
        auto state = openObligation(file, item.obligation, EventType::CompletionReported);
        if (!state) return std::move(state).error();
        const Category category = file.obligation(item.obligation)->category;
        if (needsMinutes(category) && !item.minutes)
            return Problem(ErrorCode::MINUTES_REQUIRED, "items/" + std::to_string(i) + "/minutes",
                           {})
                .with("category", std::string(nameOf(category)));
    }
    Event event =
        eventOf(file, act, EventType::CompletionReported, message.reportedOn, "NĐ 71/2016 Đ.12.3");
    event.completion = message;
    for (auto& attachment : event.completion->attachments) attachment.content.clear();
    return event;
}

}  // namespace gateway::model
