#include "gateway/exchange/casework/office_acts.h"

#include <algorithm>

#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/exchange/casework/declared_content.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Node;
using law::Role;
using model::AgencyKind;
using model::AgencyLevel;

// What a role is held by when there is no case.
bool fits(Role role, const model::Agency& agency) {
    const bool central = agency.level == AgencyLevel::Central;
    switch (role) {
        case Role::CourtFirst:
        case Role::CourtIssuer: return agency.kind == AgencyKind::Court;
        case Role::ProcuracyFirst:
        case Role::ProcuracyIssuer: return agency.kind == AgencyKind::Procuracy;
        case Role::Thads: return agency.kind == AgencyKind::Enforcement && !central;
        case Role::Department: return agency.kind == AgencyKind::Enforcement && central;
        case Role::Obligated:
        case Role::Superior:
        case Role::DefendantSuperior:
        case Role::Sanctioner:
            return agency.kind == AgencyKind::PeoplesCommittee ||
                   agency.kind == AgencyKind::Ministry || agency.kind == AgencyKind::Department;
        default: return false;
    }
}

// Every text of the act that may name an agency.
void collectTexts(const Node& node, std::vector<std::string>& texts) {
    if (node.kind == document::Kind::String) texts.push_back(node.value);
    for (const auto& child : node.children) collectTexts(child, texts);
}

/// What an act says of another one.
struct Named {
    std::string path, message, sha256;
};

std::optional<Named> namedIn(const Node& content) {
    for (const auto& member : content.children) {
        const auto *message = member.child("message"), *sha256 = member.child("sha256");
        if (message && sha256) return Named{member.name, message->value, sha256->value};
    }
    return std::nullopt;
}

Problem refused(const law::ActDeclaration& declared, const law::Reason& reason) {
    return Problem(ErrorCode::ACT_REFUSED,
                   reason.path.empty() ? std::string() : reason.path.substr(1), {})
        .inWords("act", {declared.vi, declared.type})
        .inWords("reason", {reason.vi, reason.en + " (" + reason.code + ")"})
        .with("basis", reason.basis.empty() ? declared.article : reason.basis)
        .with("legal", "-");
}

}  // namespace

std::set<Role> OfficeActs::rolesOf(const std::string& code, base::Date day) const {
    std::set<Role> roles;
    const auto& directory = snapshot_.reference->directory();
    const auto* agency = directory.find(code, day);
    if (!agency) return roles;
    for (const auto& [role, name] : model::Names<Role>::table)
        if (fits(role, *agency)) roles.insert(role);
    for (const auto& other : directory.all())
        if (fits(Role::Department, other) && other.superior == code) roles.insert(Role::Ministry);
    return roles;
}

std::vector<std::string> OfficeActs::holders(Role role, const std::string& sender,
                                             const std::vector<std::string>& named,
                                             base::Date day) const {
    const auto& directory = snapshot_.reference->directory();
    std::vector<std::string> found;
    for (const auto& code : named) {
        const auto* agency = directory.find(code, day);
        if (agency && (role == Role::Addressee || fits(role, *agency))) found.push_back(code);
    }
    if (!found.empty() || role == Role::Addressee) return found;
    const auto province = directory.provinceOn(sender, day);
    const model::Agency* agency = nullptr;
    if (role == Role::Thads) agency = directory.enforcementFor(province, day);
    if (role == Role::ProcuracyFirst) agency = directory.procuracyFor(province, day);
    if (agency) return {agency->code};
    for (const auto& other : directory.all()) {
        if (!fits(Role::Department, other) || !other.period.covers(day)) continue;
        if (role == Role::Department) return {other.code};
        if (role == Role::Ministry && !other.superior.empty()) return {other.superior};
    }
    return {};
}

base::Result<Decision> OfficeActs::judge(const model::Act& act, const law::ActDeclaration& declared,
                                         model::DeclaredAct said) const {
    const auto day = base::vietnamDate(act.recordedAt);
    const auto* rule = declared.ruleOn(day);
    const auto roles = rolesOf(act.actor, day);
    const bool may = rule && std::ranges::any_of(rule->senders, [&](const law::Sender& sender) {
                         return roles.contains(sender.role);
                     });
    if (!may)
        return Problem(ErrorCode::FORBIDDEN_TYPE).with("agency", act.actor).with("type", said.type);
    if (auto problem = canonicalAgencies(*snapshot_.reference, declared, said.content, day))
        return *std::move(problem);

    law::SaidAct spoken;
    spoken.type = said.type;
    spoken.id = model::sourceOf(act.actor, act.messageId);
    spoken.sender = *roles.begin();
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
    if (!made.reasons.empty()) return refused(declared, made.reasons.front());

    std::string author;
    if (const auto other = namedIn(said.content)) {
        store::MessageSearch search;
        search.messageId = other->message;
        search.digest = document::lowerCaseHex(other->sha256);
        const auto found = log_.messages(search, 0, 2);
        if (found.size() != 1)
            return refused(declared, {"OTHER_DIGEST",
                                      "/" + other->path + "/sha256",
                                      {},
                                      "không có thông điệp nào có mã và mã băm SHA-256 này",
                                      "no message has that id and that SHA-256"});
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
    std::vector<std::string> texts, named;
    collectTexts(event.act->content, texts);
    for (const auto& text : texts)
        if (const auto* agency = snapshot_.reference->directory().find(text))
            named.push_back(agency->code);
    record(event, made.told, named, author, decision);
    return decision;
}

void OfficeActs::record(model::Event& event, const std::vector<law::ToldRole>& told,
                        const std::vector<std::string>& named, const std::string& author,
                        Decision& decision) const {
    const auto day = base::vietnamDate(event.recordedAt);
    const auto& directory = snapshot_.reference->directory();
    std::set<std::string> seen;
    for (const auto& one : told) {
        auto agencies = one.role == Role::Author && !author.empty()
                            ? std::vector{author}
                            : holders(one.role, event.actor, named, day);
        if (agencies.empty()) agencies.emplace_back();
        for (const auto& code : agencies) {
            model::Told entry{std::string(model::nameOf(one.role)), {}, {}, one.basis, true};
            if (!code.empty()) entry.agency = holderOf(directory, code, day);
            if (entry.agency == event.actor || !seen.insert(entry.agency).second) continue;
            entry.type = event.act->type;
            entry.withheld = !snapshot_.registry->partner(entry.agency);
            if (entry.withheld && !entry.agency.empty())
                decision.notes.push_back(std::string(kNotConnected) + entry.agency);
            event.decided->told.push_back(std::move(entry));
        }
    }
    decision.outbox = notifications_.forDecided({}, event);
    decision.events.push_back(std::move(event));
}

}  // namespace gateway::exchange
