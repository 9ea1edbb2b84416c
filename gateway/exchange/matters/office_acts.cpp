#include "gateway/exchange/matters/office_acts.h"

#include <algorithm>

#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/exchange/casework/declared_content.h"
#include "gateway/exchange/matters/matter_acts.h"
#include "gateway/exchange/matters/office_roles.h"
#include "gateway/exchange/matters/told_roles.h"
#include "gateway/exchange/records/law_words.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using law::Role;
// Held in a matter's file only.
bool isOfAFile(Role role) { return role == Role::Lead || role == Role::Counterpart; }

}  // namespace

base::Result<Decision> OfficeActs::judge(const model::Act& act, const law::ActDeclaration& declared,
                                         model::DeclaredAct said) const {
    const auto day = base::vietnamDate(act.recordedAt);
    const auto* rule = declared.ruleOn(day);
    const OfficeRoles offices(snapshot_.reference->directory(), day);
    const auto roles = offices.of(act.actor);
    const bool may = rule && std::ranges::any_of(rule->senders, [&](const law::Sender& sender) {
                         return roles.contains(sender.role) || isOfAFile(sender.role);
                     });
    if (!may)
        return Problem(ErrorCode::FORBIDDEN_TYPE).with("agency", act.actor).with("type", said.type);
    if (auto problem =
            canonicalAgencies(*snapshot_.reference, declared, act.actor, said.content, day))
        return *std::move(problem);
    if (declared.file.kept())
        return MatterActs(snapshot_, cases_, log_, notifications_)
            .judge(act, declared, std::move(said));

    law::SaidAct spoken;
    spoken.type = said.type;
    spoken.id = model::sourceOf(act.actor, act.messageId);
    if (!roles.empty()) spoken.sender = *roles.begin();
    spoken.day = day;
    spoken.recordedAt = act.recordedAt;
    spoken.content = said.content;
    // Conditions of such acts speak of the act alone.
    const model::Ruling nothing;
    const law::FactsInForce facts({}, 0);
    const std::map<std::string, law::TermState, std::less<>> terms;
    law::Scene scene;
    scene.ruling = &nothing;
    scene.facts = &facts;
    scene.terms = &terms;
    scene.calendar = &snapshot_.reference->law().calendar();
    scene.today = day;
    scene.content = &spoken.content;
    const auto made =
        law::judge(*rule, spoken, {scene}, true, [&roles](const law::Scene&) { return roles; });
    if (!made.reasons.empty())
        return actRefused(declared, made.reasons.front(), base::Words{"-", "-"});

    std::string author;
    if (const auto other = messageNamedIn(said.content)) {
        store::MessageSearch search;
        search.messageId = other->message;
        search.digest = document::lowerCaseHex(other->sha256);
        const auto found = log_.messages(search, 0, 2);
        if (found.size() != 1) return unknownMessage(declared, other->path + "/sha256");
        author = found.front().message.agency;
    }
    Decision decision;
    auto event = model::eventBy(act, model::EventType::ActRecorded, {});
    event.legalBasis = made.basis;
    event.decided.emplace();
    event.decided->law = snapshot_.reference->law().digest().hex();
    event.decided->role = model::nameOf(made.sender);
    for (const auto& mark : made.marks) event.decided->marks.push_back(mark.name);
    event.act = std::move(said);
    record(event, made.told, offices.namedIn(event.act->content), author, decision);
    return decision;
}

void OfficeActs::record(model::Event& event, const std::vector<law::ToldRole>& told,
                        const std::vector<std::string>& named, const std::string& author,
                        Decision& decision) const {
    const auto day = base::vietnamDate(event.recordedAt);
    const auto& directory = snapshot_.reference->directory();
    const OfficeRoles offices(directory, day);
    const auto province = directory.provinceOn(event.actor, day);
    decision.notes = tellRoles(snapshot_, told, event, [&](Role role) {
        return role == Role::Author && !author.empty() ? std::vector{author}
                                                       : offices.holders(role, province, named);
    });
    decision.outbox = notifications_.forDecided({}, event);
    // A letter that reaches nobody says so: whom it names may be no agency that is known here.
    if (!told.empty() && decision.outbox.empty() && decision.notes.empty())
        decision.notes.push_back(std::string(kNotConnected) + "#1");
    decision.events.push_back(std::move(event));
}

}  // namespace gateway::exchange
