#include "gateway/exchange/casework/act_recipients.h"

#include <algorithm>
#include <set>

#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/casework/term_owners.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/law/life/case_life.h"

namespace gateway::exchange {
namespace {

using law::Role;

constexpr const char* kResult = "MonitoringResult";

}  // namespace

ActRecipients::ActRecipients(const Snapshot& snapshot, const model::CaseFile& after,
                             base::Timestamp at) :
    snapshot_(snapshot),
    file_(after),
    at_(at),
    day_(base::vietnamDate(at)),
    roles_(*snapshot.reference, after, day_) {}

// The field of the act that names a party to be told, whatever it is called.
std::string ActRecipients::addressee(const model::Event& event) const {
    const auto* declared = event.act ? snapshot_.reference->law().act(event.act->type) : nullptr;
    if (!declared) return {};
    law::Scene scene;
    scene.content = &event.act->content;
    for (const auto& field : declared->content) {
        const bool party =
            field.type == law::FieldType::Party || field.type == law::FieldType::Agency;
        if (party && scene.field(field.name))
            if (auto code = roles_.agencyNamed(scene.wordsOf(field.name)); !code.empty())
                return code;
    }
    return {};
}

// Who sent what this act answers: named by its number or its message, else whoever asked such.
std::vector<std::string> ActRecipients::authors(const model::Event& event) const {
    std::vector<std::string> found;
    const auto own = model::sourceOf(event.actor, event.messageId);
    const auto add = [&](const auto& fits) {
        for (const auto& fact : file_.facts)
            if (!fact.struck && fact.source != own && fits(fact))
                found.emplace_back(model::agencyOf(fact.source));
    };
    for (const auto& answer : event.decided->facts) {
        if (answer.about.empty()) continue;
        add([&](const model::Fact& fact) {
            return fact.number == answer.about || model::messageIdOf(fact.source) == answer.about;
        });
    }
    if (!found.empty()) return found;
    for (const auto& answer : event.decided->facts)
        add([&](const model::Fact& fact) {
            return fact.kind == model::FactKind::Asked && fact.code == answer.code;
        });
    return found;
}

std::vector<std::string> ActRecipients::agenciesOf(Role role, const model::Event& event,
                                                   std::int64_t obligation) const {
    std::vector<std::string> named;
    if (role == Role::Addressee)
        named.push_back(addressee(event));
    else if (role == Role::Author)
        named = authors(event);
    else
        named = roles_.holders(role, obligation);
    std::erase(named, std::string());
    for (auto& code : named) code = holderOf(snapshot_.reference->directory(), code, day_);
    return named;
}

std::vector<std::int64_t> ActRecipients::spokenOf(const model::Event& event) const {
    std::vector<std::int64_t> numbers;
    const auto* declared = event.act ? snapshot_.reference->law().act(event.act->type) : nullptr;
    const auto* rule = declared ? declared->ruleOn(day_) : nullptr;
    if (rule) numbers = law::CaseLife::numbersIn(*rule, event.act->content);
    if (numbers.empty())
        for (const auto& state : file_.obligations) numbers.push_back(state.no);
    return numbers;
}

bool ActRecipients::mayTake(const std::string& agency, const std::string& type) const {
    return snapshot_.reference->rights().takes(agency, model::typeOf(type), at_);
}

std::vector<std::string> ActRecipients::record(model::Event& event,
                                               const std::vector<law::ToldRole>& told) const {
    std::vector<std::string> notes;
    auto& decided = *event.decided;
    const std::string act = event.act ? event.act->type : std::string(actOfEvent(event.type));
    const auto self = snapshot_.reference->directory().closure(event.actor, day_);
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& one : told) {
        model::Told entry;
        entry.role = model::nameOf(one.role);
        entry.basis = one.basis;
        entry.type = one.what == law::What::State ? kResult : act;
        bool held = false;
        for (const auto no : spokenOf(event))
            for (const auto& agency : agenciesOf(one.role, event, no)) {
                held = true;
                if (self.contains(agency) || !seen.emplace(agency, entry.type).second) continue;
                entry.agency = agency;
                const bool may = mayTake(agency, entry.type);
                const bool optional = one.copy || one.level == law::Level::Inference;
                const bool connected = snapshot_.registry->partner(agency) != nullptr;
                entry.withheld = !may || (optional && !connected);
                // Of an agency that has ended without a successor nobody is there to be told.
                if (!may && !optional && snapshot_.reference->directory().find(agency, day_))
                    notes.push_back(std::string(kNotPermitted) + agency + ":" + entry.type);
                decided.told.push_back(entry);
            }
        entry.agency.clear();
        if (!held) decided.told.push_back({entry.role, {}, {}, entry.basis, true});
    }
    recordNews(decided);
    recordOwners(
        {[this](Role role, std::int64_t no) { return roles_.holders(role, no); },
         [this](const std::string& agency, std::int64_t no) { return roles_.of(agency, no); }},
        file_, event);
    return notes;
}

// A notice of the clock goes to those that are connected: it is owed to nobody.
void ActRecipients::recordNews(model::Decided& decided) const {
    for (auto& change : decided.changes) {
        std::vector<std::string> agencies;
        for (const auto& name : change.told)
            if (const auto role = model::valueOf<Role>(name))
                for (const auto& code : roles_.holders(*role, change.obligation)) {
                    auto agency = holderOf(snapshot_.reference->directory(), code, day_);
                    if (snapshot_.registry->partner(agency) && mayTake(agency, kDeadlineNotice) &&
                        std::ranges::find(agencies, agency) == agencies.end())
                        agencies.push_back(std::move(agency));
                }
        change.told = std::move(agencies);
    }
}

}  // namespace gateway::exchange
