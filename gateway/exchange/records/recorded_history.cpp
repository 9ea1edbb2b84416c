#include "gateway/exchange/records/recorded_history.h"

#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_events.h"
#include "gateway/law/acts/act_declaration.h"

namespace gateway::exchange {
namespace {

using law::figures::RecordedAct;
using law::figures::RulingHistory;

/// Hears of the events of one case in their order.
class Recording {
  public:
    void hear(const model::Event& event) {
        const auto before = file_.facts.size();
        if (!foldable(file_, event))
            throw base::Fault("case " + event.caseId + " cannot be derived from its messages");
        fold(file_, event);
        const auto at = event.recordedAt;
        if (event.ruling) history_.versions.push_back({*event.ruling, at});
        for (std::size_t i = 0; i < file_.facts.size(); ++i) {
            if (i >= before)
                history_.facts.push_back({file_.facts[i], {at, {}}});
            else if (file_.facts[i].struck && !history_.facts[i].known.until)
                history_.facts[i].known.until = at;
        }
        if (file_.undoneOn && !history_.undoneAt) history_.undoneAt = at;
        hearAct(event);
    }
    [[nodiscard]] std::optional<RulingHistory> taken(Undone undone) && {
        if (file_.matter) return std::move(*this).takenAsMatter();
        if (history_.versions.empty()) return std::nullopt;
        if (history_.undoneAt && undone == Undone::LeftOut) return std::nullopt;
        history_.id = file_.caseId;
        history_.thads = file_.routing.enforcement;
        history_.court = file_.ruling.firstInstanceCourt;
        history_.province = file_.routing.province;
        history_.procuracy = file_.routing.procuracy;
        return std::move(history_);
    }

  private:
    // Its lead answers for it; it is of the court that it is about, if it is about one. The figures
    // of a period are not counted, they are the count.
    [[nodiscard]] std::optional<RulingHistory> takenAsMatter() && {
        const auto& matter = *file_.matter;
        if (matter.subject == law::kPeriod || history_.acts.empty()) return std::nullopt;
        model::Ruling name;
        name.reference.number = matter.vi;
        name.reference.issuedOn = matter.day;
        history_.versions.push_back({std::move(name), history_.acts.front().known.from});
        history_.id = file_.caseId;
        history_.matter = matter.subject;
        history_.province = matter.province;
        if (!matter.agencies.empty()) history_.thads = history_.procuracy = matter.agencies.front();
        if (matter.parts.size() > 1 && !matter.parts[1].agencies.empty())
            history_.court = matter.parts[1].agencies.front();
        return std::move(history_);
    }

    void hearAct(const model::Event& event) {
        const auto at = event.recordedAt;
        auto said = event.act;
        if (event.decided)
            for (const auto& source : event.decided->struck)
                endAct(history_, source, said ? said->content.child("changes") : nullptr, at);
        if (!said && !event.ruling) return;
        RecordedAct act;
        act.type = said ? said->type : std::string(model::actOfEvent(event.type));
        act.id = model::sourceOf(event.actor, event.messageId);
        act.content = said ? std::move(said->content) : document::objectNode();
        act.known.from = at;
        history_.acts.push_back(std::move(act));
    }

    model::CaseFile file_;
    RulingHistory history_;
};

}  // namespace

std::optional<RulingHistory> recordedHistory(store::Cases& cases, const std::string& caseId,
                                             Undone undone) {
    std::vector<model::Event> events;
    for (const auto& message : cases.messagesOf(caseId))
        for (auto& event : eventsOf(message)) events.push_back(std::move(event));
    return recordedHistory(events, undone);
}

std::optional<RulingHistory> recordedHistory(const std::vector<model::Event>& events,
                                             Undone undone) {
    Recording recording;
    for (const auto& event : events) recording.hear(event);
    return std::move(recording).taken(undone);
}

}  // namespace gateway::exchange
