// Acts about other acts: withdrawn, corrected, recorded for their authors.

#include <algorithm>

#include "gateway/law/life/case_life.h"
#include "gateway/law/life/on_behalf.h"

namespace gateway::law {
namespace {

using document::Node;

bool isOf(const Fact& fact, std::int64_t obligation) {
    return fact.obligation == 0 || fact.obligation == obligation;
}

// Without it nothing would be known of a ruling about which others have spoken.
bool opensAlone(const std::vector<Fact>& facts, const std::string& id) {
    const auto counts = [&](const Fact& fact, bool own) {
        return !fact.struck && (fact.source == id) == own;
    };
    const auto known = [&](bool own) {
        return std::ranges::any_of(facts, [&](const Fact& fact) {
            return fact.kind == FactKind::Known && counts(fact, own);
        });
    };
    return known(true) && !known(false) &&
           std::ranges::any_of(facts, [&](const Fact& fact) { return counts(fact, false); });
}

// The change that has made a member of the corrected act what it is.
std::string changeOf(const Node& correction, const std::string& path) {
    const auto& changes = correction.child("changes")->children;
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (const auto* field = changes[i].child("field"); field && path == "/" + field->value)
            return "/changes/" + std::to_string(i) + "/is";
    return path.starts_with("/changes") ? path : "/changes";
}

bool same(const Fact& a, const Fact& b) {
    return a.kind == b.kind && a.obligation == b.obligation && a.on == b.on && a.code == b.code &&
           a.until == b.until;
}

}  // namespace

CaseLife::Taken* CaseLife::takenFor(const SaidAct& act) {
    const auto* id = act.content.child("act");
    const auto found = std::ranges::find_if(taken_, [&](const Taken& one) {
        return id && (one.act.id == id->value || model::messageIdOf(one.act.id) == id->value);
    });
    return found == taken_.end() ? nullptr : &*found;
}

void CaseLife::strike(const std::string& id, Step& step) {
    for (auto& fact : facts_)
        if (fact.source == id) fact.struck = true;
    step.struck.push_back(id);
}

// Of an act about another one: it must be its sender's, and as corrected it must be one.
void CaseLife::judgeOther(const SaidAct& act, Effect effect, Judgement& made) {
    const auto* other = takenFor(act);
    if (!other)
        made.reasons.push_back(
            {"UNKNOWN_MESSAGE", "/act", {}, "không có thông điệp này", "there is no such message"});
    else if (other->act.sender != act.sender && other->act.recordedBy != act.sender)
        made.reasons.push_back({"NOT_THE_AUTHOR",
                                "/act",
                                {},
                                "không phải thông điệp của nơi gửi",
                                "no act of its sender"});
    else if (effect == Effect::Strikes && opensAlone(facts_, other->act.id))
        made.reasons.push_back(
            {"CONFLICT_STATE",
             "/act",
             {},
             "hồ sơ được mở bằng thông điệp này; Tòa án thu hồi việc chuyển giao",
             "it has opened the case, in which others have acted; the court withdraws the "
             "transfer"});
    if (!made.reasons.empty()) return;
    if (effect == Effect::Corrects) {
        judgeAsCorrected(act, *other, made.reasons);
        for (auto& reason : made.reasons) reason.path = changeOf(act.content, reason.path);
    }
    made.told = other->told;  // whoever was told of it hears of its end
}

// What the other should have said, and why it cannot have been that.
Node CaseLife::corrected(const SaidAct& act, const SaidAct& other,
                         std::vector<Reason>& reasons) const {
    Node content = other.content;
    const auto& changes = act.content.child("changes")->children;
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (!applyChange(content, changes[i]))
            reasons.push_back({"UNKNOWN",
                               "/changes/" + std::to_string(i) + "/field",
                               {},
                               "thông điệp không có mục này",
                               "the act has no such member"});
    if (reasons.empty()) reasons = judgeContent(*book_.act(other.type), content, act.day);
    return content;
}

// Why an act may not be sent as things stand without it.
std::vector<Reason> CaseLife::reasonsWithoutItself(const ActRule& rule, const SaidAct& act) {
    const auto facts = facts_;
    std::erase_if(facts_, [&act](const Fact& fact) { return fact.source == act.id; });
    auto reasons = unknownNumbers(rule, act);
    if (reasons.empty())
        inScenes(rule, act, [&](const std::vector<Scene>& spoken) {
            reasons = judge(rule, act, spoken, !numbersIn(rule, act.content).empty(),
                            [&](const Scene& scene) { return rolesIn(act, scene); })
                          .reasons;
        });
    facts_ = facts;
    return reasons;
}

// The act as corrected must pass what it would have had to pass itself. What speaks against it as
// it was taken is no news: a state that came later does not make a slip final.
void CaseLife::judgeAsCorrected(const SaidAct& act, const Taken& other,
                                std::vector<Reason>& reasons) {
    auto anew = other.act;
    anew.content = corrected(act, other.act, reasons);
    if (!reasons.empty() || !other.rule) return;
    const auto before = reasonsWithoutItself(*other.rule, other.act);
    for (auto& reason : reasonsWithoutItself(*other.rule, anew))
        if (std::ranges::none_of(before, [&reason](const Reason& known) {
                return known.code == reason.code && known.path == reason.path &&
                       known.vi == reason.vi;
            }))
            reasons.push_back(std::move(reason));
}

// Its facts anew, under its own id.
void CaseLife::correct(const SaidAct& act, Step& step) {
    auto* taken = takenFor(act);
    std::vector<Reason> none;
    taken->act.content = corrected(act, taken->act, none);
    strike(taken->act.id, step);
    inScenes(*taken->rule, taken->act, [&](const std::vector<Scene>& spoken) {
        add(factsOf(*taken->rule, taken->act, spoken), step);
    });
}

// Whether both messages are of one author; in a play without agencies, of one role.
bool CaseLife::sameAuthor(const std::string& a, const std::string& b) const {
    if (a.find(' ') != std::string::npos) return model::agencyOf(a) == model::agencyOf(b);
    const auto one = std::ranges::find(taken_, a, [](const Taken& taken) { return taken.act.id; });
    const auto other =
        std::ranges::find(taken_, b, [](const Taken& taken) { return taken.act.id; });
    return one == taken_.end() || other == taken_.end() || one->act.sender == other->act.sender;
}

// The obligations in which another's act rests upon what a withdrawal or a correction takes away.
std::set<std::int64_t> CaseLife::builtUpon(const SaidAct& act, Effect effect) {
    std::set<std::int64_t> found;
    if (effect != Effect::Strikes && effect != Effect::Corrects) return found;
    const auto* other = takenFor(act);
    if (!other || (effect == Effect::Corrects && !other->rule)) return found;
    std::vector<Fact> stays;
    std::vector<Reason> none;
    if (effect == Effect::Corrects && act.content.child("changes")) {
        auto anew = other->act;
        anew.content = corrected(act, other->act, none);
        inScenes(*other->rule, anew, [&](const std::vector<Scene>& spoken) {
            stays = factsOf(*other->rule, anew, spoken);
        });
    }
    const auto rests = [&](const Fact& upon, std::int64_t no) {
        return std::ranges::any_of(facts_, [&](const Fact& fact) {
            return !fact.struck && isOf(fact, no) && fact.recordedAt > upon.recordedAt &&
                   !sameAuthor(fact.source, upon.source) &&
                   std::ranges::any_of(book_.process().rests, [&](const Rests& rule) {
                       return rule.on == upon.kind &&
                              std::ranges::find(rule.facts, fact.kind) != rule.facts.end();
                   });
        });
    };
    for (const auto& fact : facts_) {
        const auto is = [&fact](const Fact& one) { return same(one, fact); };
        if (fact.source != other->act.id || fact.struck || std::ranges::any_of(stays, is)) continue;
        for (const auto& obligation : ruling_.obligations)
            if (isOf(fact, obligation.no) && rests(fact, obligation.no))
                found.insert(obligation.no);
    }
    return found;
}

// Whom a text calls so: a role by its name, else what the ruling says; anybody else is a party.
std::map<std::int64_t, std::set<Role>> CaseLife::rolesNamed(const std::string& who) const {
    std::map<std::int64_t, std::set<Role>> found;
    for (const auto& obligation : ruling_.obligations) {
        auto& roles = found[obligation.no];
        if (const auto role = model::valueOf<Role>(who))
            roles = rolesOf(*role);
        else if (who == ruling_.reference.court)
            roles = rolesOf(Role::CourtIssuer);
        else if (who == ruling_.firstInstanceCourt)
            roles = rolesOf(Role::CourtFirst);
        else if (who == obligation.obligatedParty || who == obligation.obligatedAgency)
            roles = {Role::Obligated};
        else if (who == obligation.obligatedSuperior)
            roles = {Role::Superior};
        else
            roles = {Role::Entitled};
    }
    return found;
}

Step CaseLife::judgedForAuthor(const ActDeclaration& declared, const ActRule& rule,
                               const SaidAct& act) {
    Step step;
    step.day = act.day;
    step.act = declared.type;
    step.id = act.id;
    step.answer = Answer::Refused;
    const auto own = rolesOf(act.sender);
    if (std::ranges::none_of(rule.senders,
                             [&](const Sender& sender) { return own.contains(sender.role); })) {
        step.reasons.push_back({"FORBIDDEN",
                                {},
                                {},
                                "vai trò này không được ghi nhận thay",
                                "this role may not record for others"});
        return step;
    }
    auto read = unwrap(book_, act.content, act.day);
    step.reasons = std::move(read.reasons);
    if (!step.reasons.empty()) return step;
    auto inner = act;
    inner.type = std::move(read.type);
    inner.content = std::move(read.content);
    inner.shapeJudged = true;
    inner.recordedBy = act.sender;
    inner.receivedOn = read.receivedOn;
    inner.form = std::move(read.form);
    inner.roles = rolesNamed(read.author);
    std::set<Role> all;
    for (const auto& [no, roles] : inner.roles) all.insert(roles.begin(), roles.end());
    if (!all.empty()) inner.sender = *all.begin();
    if (const auto named = model::valueOf<Role>(read.author)) inner.sender = *named;
    inner.alsoTold = toldBeside(rule, inner.sender);
    step = judged(inner);
    for (auto& reason : step.reasons)
        if (!reason.path.empty()) reason.path = "/content" + reason.path;
    return step;
}

}  // namespace gateway::law
