#include "gateway/app/client/hand_over.h"

#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/document/digest.h"
#include "gateway/model/messages/hand_over.h"

namespace gateway::app {
namespace {

model::Message messageOf(const HandOverPlan& plan, const HandOverLine& line, base::Timestamp now) {
    model::Message message;
    message.envelope.to = plan.gateway;
    message.envelope.type = model::MessageType::DeclaredAct;
    message.envelope.id = line.messageId;
    message.envelope.created = now;
    model::HandOver said;
    said.caseId = line.caseId;
    said.from = plan.from.empty() ? "-" : plan.from;
    said.to = plan.to;
    said.on = plan.on;
    said.reason = plan.reason;
    message.payload = model::declaredOf(said);
    return message;
}

void take(const HandOverWord& word, HandOverLine& line) {
    if (word.kind == HandOverWord::Kind::Unknown) return;
    line.outcome = word.kind == HandOverWord::Kind::Accepted ? HandOverOutcome::Accepted
                                                             : HandOverOutcome::Refused;
    line.reason = word.reason;
}

}  // namespace

void choose(const model::CaseView& view, const HandOverChoice& choice, HandOverPlan& plan) {
    if (!choice.office.empty() && view.enforcement != choice.office) return;
    if (!choice.court.empty() && view.firstInstanceCourt != choice.court &&
        view.ruling.court != choice.court)
        return;
    bool his = false, others = false;
    for (const auto& one : view.obligations) {
        his = his || one.officer == choice.officer;
        others = others || (!one.officer.empty() && one.officer != choice.officer);
    }
    if (!his || (choice.officer.empty() && others)) return;
    HandOverLine line;
    line.caseId = view.caseId;
    line.ruling = view.ruling.number + " (" + base::formatDate(view.ruling.issuedOn) + ", " +
                  view.ruling.court + ")";
    line.messageId = base::derivedId("hov", document::FieldDigest()
                                                .add(view.caseId)
                                                .add(plan.from)
                                                .add(plan.to)
                                                .add(base::formatDate(plan.on))
                                                .add(plan.reason)
                                                .finish()
                                                .view());
    if (others) {
        line.outcome = HandOverOutcome::Refused;
        line.reason =
            "nghĩa vụ khác do Chấp hành viên khác theo dõi: bàn giao từng nghĩa vụ · other "
            "obligations are another officer's: hand over one by one";
    }
    plan.lines.push_back(std::move(line));
}

void preview(HandOverPlan& plan, HandOverGateway& gateway, base::Timestamp now) {
    for (auto& line : plan.lines) {
        if (line.outcome != HandOverOutcome::Planned) continue;
        const auto word = gateway.send(messageOf(plan, line, now), true);
        if (word.kind == HandOverWord::Kind::Refused) take(word, line);
    }
}

bool apply(HandOverPlan& plan, HandOverGateway& gateway,
           const std::function<base::Timestamp()>& now,
           const std::function<void(const HandOverPlan&)>& keep) {
    for (auto& line : plan.lines) {
        if (line.outcome == HandOverOutcome::Sent) {
            // What was taken then is not said again: another time would be other content.
            if (gateway.hasTaken(line.messageId)) line.outcome = HandOverOutcome::Accepted;
        } else if (line.outcome != HandOverOutcome::Planned) {
            continue;
        }
        if (line.outcome != HandOverOutcome::Accepted) {
            line.outcome = HandOverOutcome::Sent;
            keep(plan);
            take(gateway.send(messageOf(plan, line, now()), false), line);
        }
        keep(plan);
        if (line.outcome == HandOverOutcome::Sent) return false;
    }
    return true;
}

}  // namespace gateway::app
