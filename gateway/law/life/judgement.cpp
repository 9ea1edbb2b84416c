#include "gateway/law/life/judgement.h"

#include <algorithm>

namespace gateway::law {
namespace {

using document::Node;

// "field:NAME" is what the act says there, "sender" whose word it is, "receipt" how it came in,
// anything else itself.
std::string textOf(const std::string& written, const SaidAct& act, const Scene& scene) {
    if (written == "sender")
        return act.sender == Role::CourtFirst || act.sender == Role::CourtIssuer
                   ? "court"
                   : std::string(model::nameOf(act.sender));
    if (written == "receipt") return act.form.empty() ? "electronic" : act.form;
    if (!written.starts_with("field:")) return written;
    return scene.wordsOf(std::string_view(written).substr(6));
}

void addFact(const FactRule& rule, const SaidAct& act, const Scene& scene,
             std::vector<Fact>& facts) {
    if (!rule.when.holds(scene)) return;
    Fact fact;
    fact.kind = rule.kind;
    if (rule.part == FactPart::Brought) fact.obligation = act.brought;
    if (rule.part == FactPart::Spoken && scene.obligation) fact.obligation = scene.obligation->no;
    fact.source = act.id;
    fact.recordedAt = act.recordedAt;
    fact.on = rule.on.given() ? rule.on.in(scene).value_or(act.day) : act.day;
    fact.until = rule.until.in(scene);
    fact.received = rule.received.in(scene);
    fact.code = textOf(rule.code, act, scene);
    fact.number = textOf(rule.number, act, scene);
    fact.party = textOf(rule.party, act, scene);
    fact.about = textOf(rule.about, act, scene);
    for (const auto& name : rule.words) fact.words.push_back({name, scene.wordsOf(name)});
    facts.push_back(std::move(fact));
}

bool maySend(const ActRule& rule, const Scene& scene, const std::set<Role>& roles) {
    return std::ranges::any_of(rule.senders, [&](const Sender& sender) {
        return roles.contains(sender.role) && sender.when.holds(scene);
    });
}

// "/items/1/completedOn", "/issuedOn"
std::string pathOf(const std::string& field, const ActRule& rule, const Scene& scene) {
    if (field.empty()) return {};
    std::string path = "/";
    if (scene.item && scene.content && scene.item->child(field.substr(0, field.find('/')))) {
        const auto& items = scene.content->child(rule.list)->children;
        path += rule.list + "/" + std::to_string(scene.item - items.data()) + "/";
    }
    return path + field;
}

std::vector<Reason> reasonsIn(const ActRule& rule, const Scene& scene,
                              const std::set<Role>& roles) {
    std::vector<Reason> found;
    if (!maySend(rule, scene, roles))
        found.push_back({"FORBIDDEN",
                         {},
                         {},
                         "vai trò này không được gửi thông điệp này",
                         "this role may not send this act"});
    for (const auto& refusal : rule.refusals)
        if (refusal.when.holds(scene))
            found.push_back({refusal.code, pathOf(refusal.at, rule, scene), refusal.basis,
                             refusal.vi, refusal.en});
    return found;
}

template <class T>
void addOnce(std::vector<T>& all, T one, bool (*same)(const T&, const T&)) {
    if (std::ranges::none_of(all, [&](const T& other) { return same(other, one); }))
        all.push_back(std::move(one));
}

bool sameReason(const Reason& a, const Reason& b) {
    return a.code == b.code && a.vi == b.vi && a.path == b.path;
}
bool sameMark(const Mark& a, const Mark& b) { return a.name == b.name; }
bool sameRole(const ToldRole& a, const ToldRole& b) { return a.role == b.role; }

}  // namespace

std::vector<Fact> factsOf(const ActRule& rule, const SaidAct& act,
                          const std::vector<Scene>& spoken) {
    std::vector<Fact> facts;
    for (const auto& one : spoken)
        for (const auto& fact : rule.facts) {
            if (fact.each.empty()) {
                addFact(fact, act, one, facts);
                continue;
            }
            const auto* list = act.content.child(fact.each);
            if (!list) continue;
            for (const auto& item : list->children) {
                Scene scene = one;
                scene.item = &item;
                addFact(fact, act, scene, facts);
            }
        }
    return facts;
}

Judgement judge(const ActRule& rule, const SaidAct& act, const std::vector<Scene>& spoken,
                bool named, const RolesIn& roles) {
    Judgement made;
    std::vector<Scene> legal;
    for (const auto& one : spoken) {
        const auto reasons = reasonsIn(rule, one, roles(one));
        if (reasons.empty()) legal.push_back(one);
        for (const auto& reason : reasons) addOnce(made.reasons, reason, sameReason);
    }
    if (!named && !legal.empty()) made.reasons.clear();
    if (!made.reasons.empty()) return made;
    made.facts = factsOf(rule, act, legal);
    made.sender = act.sender;
    for (const auto& sender : rule.senders)
        if (!legal.empty() && roles(legal.front()).contains(sender.role) &&
            sender.when.holds(legal.front())) {
            made.sender = sender.role;
            made.basis = sender.basis;
            break;
        }
    made.told = act.alsoTold;
    for (const auto& one : legal) {
        const auto own = roles(one);
        for (const auto& mark : rule.marks)
            if (mark.when.holds(one)) addOnce(made.marks, Mark(mark), sameMark);
        for (const auto& told : rule.told)
            if (!own.contains(told.role) && told.when.holds(one))
                addOnce(made.told, {told.role, told.level, told.basis, told.what, told.copy},
                        sameRole);
    }
    return made;
}

bool isLegalNow(const ActRule& rule, const Scene& scene, const std::set<Role>& roles) {
    const bool may = std::ranges::any_of(rule.senders, [&](const Sender& sender) {
        return roles.contains(sender.role) &&
               (sender.when.holds(scene) || sender.when.text().find("field ") != std::string::npos);
    });
    return may && std::ranges::none_of(rule.refusals, [&](const Refusal& refusal) {
               return refusal.when.holds(scene);
           });
}

}  // namespace gateway::law
