#include "gateway/model/cases/case_facts.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/time_format.h"

namespace gateway::model {
namespace {

using document::Kind;
using document::Node;

// What an act of an old event became: a fact, said by the act or by each item of a list in it. The
// slots name members of the item, or of the act around it; a code may stand here itself.
struct OldFact {
    EventType event;
    FactKind kind;
    std::string_view each, on;
    std::string_view received = {}, number = {}, about = {}, party = {}, code = {}, codeIs = {};
};

constexpr OldFact kOldFacts[] = {
    {.event = EventType::Registered,
     .kind = FactKind::Registered,
     .each = {},
     .on = "registeredOn",
     .received = "receivedOn",
     .number = "registerNumber",
     .code = "formOfReceipt"},
    {.event = EventType::NoticeIssued,
     .kind = FactKind::Notice,
     .each = "obligations",
     .on = "issuedOn",
     .number = "number",
     .party = "addressee"},
    {.event = EventType::NoticeAcknowledged,
     .kind = FactKind::NoticeRead,
     .each = {},
     .on = "receivedOn",
     .about = "noticeNumber"},
    {.event = EventType::NoticeAcknowledged,
     .kind = FactKind::Delivered,
     .each = {},
     .on = "judgmentReceivedOn",
     .codeIs = "obligated"},
    {.event = EventType::StatusReported,
     .kind = FactKind::Progress,
     .each = "items",
     .on = "reportedOn",
     .number = "number",
     .code = "progress"},
    {.event = EventType::CompletionReported,
     .kind = FactKind::Completion,
     .each = "items",
     .on = "completedOn",
     .received = "reportedOn",
     .number = "number"},
};

Fact factBy(const Event& event, FactKind kind, base::Date on) {
    Fact fact;
    fact.kind = kind;
    fact.source = sourceOf(event.actor, event.messageId);
    fact.recordedAt = event.recordedAt;
    fact.on = on;
    return fact;
}

std::vector<Fact> factsOfTransfer(const Event& event) {
    const auto today = base::vietnamDate(event.recordedAt);
    std::vector<Fact> facts{factBy(event, FactKind::Known, today),
                            factBy(event, FactKind::Received, today)};
    facts.back().code = "electronic";
    if (const auto& on = event.ruling->effectiveOn)
        facts.push_back(factBy(event, FactKind::InForce, *on));
    if (const auto& on = event.ruling->deliveredToObligatedOn) {
        facts.push_back(factBy(event, FactKind::Delivered, *on));
        facts.back().code = "court";
    }
    return facts;
}

std::int64_t oldObligation(const Node& item) {
    const auto* number = item.kind == Kind::Object ? item.child("obligation") : &item;
    std::int64_t no = 0;
    if (number)
        std::from_chars(number->value.data(), number->value.data() + number->value.size(), no);
    return no;
}

// One fact of an old act; none if the day is not said.
class OldReader {
  public:
    OldReader(const Node& act, const Node& item) : act_(act), item_(item) {}

    [[nodiscard]] std::string text(std::string_view slot) const {
        if (slot.empty()) return {};
        const auto* member = item_.child(slot);
        if (!member) member = act_.child(slot);
        return member ? member->value : std::string();
    }
    [[nodiscard]] std::optional<base::Date> day(std::string_view slot) const {
        return base::parseDate(text(slot));
    }
    [[nodiscard]] std::optional<Fact> fact(const Event& event, const OldFact& old) const {
        const auto on = day(old.on);
        if (!on) return std::nullopt;
        auto made = factBy(event, old.kind, *on);
        if (!old.each.empty()) made.obligation = oldObligation(item_);
        made.received = day(old.received);
        made.number = text(old.number);
        made.about = text(old.about);
        made.party = text(old.party);
        made.code = old.code.empty() ? std::string(old.codeIs) : text(old.code);
        return made;
    }

  private:
    const Node& act_;
    const Node& item_;
};

void showNotice(CaseFile& file, const Fact& fact) {
    const auto known = std::ranges::find(file.notices, fact.number, &NoticeState::number);
    if (known != file.notices.end()) return;
    NoticeState entry;
    entry.number = fact.number;
    entry.issuedOn = fact.on;
    entry.addressee = fact.party;
    file.notices.push_back(std::move(entry));
}

void showProgress(ObligationState& state, const Fact& fact) {
    switch (fact.kind) {
        case FactKind::Notice:
        case FactKind::Succession:
            if (!fact.party.empty()) state.obligatedAgency = fact.party;
            break;
        case FactKind::Progress: state.lastProgress = valueOf<Progress>(fact.code); break;
        case FactKind::Completion:
            state.lastProgress = Progress::Done;
            state.completedOn = fact.on;
            break;
        default: break;
    }
}

void show(CaseFile& file, const Fact& fact) {
    if (fact.kind == FactKind::Registered) {
        file.registerNumber = fact.number;
        file.registeredOn = fact.on;
    }
    if (fact.kind == FactKind::Notice) showNotice(file, fact);
    for (auto& notice : file.notices) {
        if (fact.kind == FactKind::NoticeRead && notice.number == fact.about)
            notice.acknowledgedOn = fact.on;
        if (fact.kind == FactKind::Delivered && fact.code == "obligated" && notice.acknowledgedOn)
            notice.judgmentReceivedOn = fact.on;
    }
    for (auto& state : file.obligations)
        if (fact.obligation == 0 || fact.obligation == state.no) showProgress(state, fact);
}

}  // namespace

std::vector<std::int64_t> oldObligations(const Event& event) {
    std::vector<std::int64_t> numbers;
    if (!event.act) return numbers;
    for (const auto& old : kOldFacts) {
        if (old.event != event.type || old.each.empty()) continue;
        if (const auto* list = event.act->content.child(old.each))
            for (const auto& item : list->children) numbers.push_back(oldObligation(item));
    }
    return numbers;
}

std::vector<Fact> factsOfOld(const Event& event) {
    if (event.ruling) return factsOfTransfer(event);
    std::vector<Fact> facts;
    if (!event.act) return facts;
    const auto& content = event.act->content;
    for (const auto& old : kOldFacts) {
        if (old.event != event.type) continue;
        if (old.each.empty()) {
            if (auto fact = OldReader(content, content).fact(event, old))
                facts.push_back(*std::move(fact));
            continue;
        }
        if (const auto* list = content.child(old.each))
            for (const auto& item : list->children)
                if (auto fact = OldReader(content, item).fact(event, old))
                    facts.push_back(*std::move(fact));
    }
    return facts;
}

void showFacts(CaseFile& file) {
    file.registerNumber.clear();
    file.registeredOn.reset();
    file.notices.clear();
    for (auto& state : file.obligations) {
        const auto* obligation = file.obligation(state.no);
        state.obligatedAgency = obligation ? obligation->obligatedAgency : std::string();
        state.lastProgress.reset();
        state.completedOn.reset();
    }
    for (const auto& fact : file.facts)
        if (!fact.struck) show(file, fact);
}

}  // namespace gateway::model
