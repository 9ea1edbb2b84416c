#include "gateway/law/life/matter_life.h"

#include <algorithm>

namespace gateway::law {
namespace {

const StageLine kNoState;

model::Ruling partsOf(const model::Matter& matter) {
    model::Ruling made;
    made.reference.issuedOn = matter.day;
    for (const auto& part : matter.parts) {
        auto& one = made.obligations.emplace_back();
        one.no = part.no;
        one.text = part.vi;
        one.obligatedPartyKind = part.kind;
    }
    return made;
}

}  // namespace

MatterLife::MatterLife(const LawBook& book, const model::Matter& matter, std::vector<Fact> facts,
                       const std::vector<model::Term>& terms) :
    book_(book),
    subject_(matter.subject),
    parts_(partsOf(matter)),
    facts_(std::move(facts)),
    deadlines_(book, terms, subject_) {}

void MatterLife::inScene(const model::Obligation& part, const Use& use) const {
    const FactsInForce facts(facts_, part.no, FactsInForce::Order::Heard);
    const auto terms = deadlines_.states(part.no);
    auto scene = book_.sceneOf(parts_, part, facts, terms, today_);
    const auto* stage = book_.process(subject_).stageIn(scene);
    const auto& line = stage ? *stage : kNoState;
    scene.stage = line.name;
    use(scene, line);
}

// Every scene borrows what stands on the stack while the next one is made.
void MatterLife::inScenes(const std::vector<std::int64_t>& parts, std::size_t at,
                          std::vector<Scene>& spoken,
                          const std::function<void(const std::vector<Scene>&)>& use) const {
    if (at == parts_.obligations.size()) return use(spoken);
    const auto& part = parts_.obligations[at];
    if (!parts.empty() && std::ranges::find(parts, part.no) == parts.end())
        return inScenes(parts, at + 1, spoken, use);
    inScene(part, [&](const Scene& scene, const StageLine&) {
        spoken.push_back(scene);
        inScenes(parts, at + 1, spoken, use);
    });
}

Step MatterLife::take(const SaidAct& act, const std::vector<std::int64_t>& parts,
                      const std::set<std::string, std::less<>>& findings) {
    today_ = std::max(today_, act.day);
    Step step;
    step.day = act.day;
    step.act = act.type;
    step.id = act.id;
    step.answer = Answer::Refused;
    const auto& rule = *book_.act(act.type)->ruleOn(act.day);
    Judgement made;
    std::vector<Scene> none;
    inScenes(parts, 0, none, [&](const std::vector<Scene>& found) {
        auto spoken = found;
        for (auto& scene : spoken) {
            scene.content = &act.content;
            scene.sender = model::agencyOf(act.id);
            scene.findings = &findings;
        }
        made = judge(rule, act, spoken, !parts.empty(), [&](const Scene& scene) {
            const auto roles = act.roles.find(scene.obligation->no);
            return roles == act.roles.end() ? std::set<Role>() : roles->second;
        });
    });
    step.reasons = std::move(made.reasons);
    step.marks = std::move(made.marks);
    if (!step.reasons.empty()) {
        step.legalActs = legalActs(parts);
        return step;
    }
    step.answer = Answer::Accepted;
    step.told = std::move(made.told);
    step.sender = made.sender;
    step.basis = std::move(made.basis);
    step.facts = made.facts;
    facts_.insert(facts_.end(), made.facts.begin(), made.facts.end());
    follow(step);
    return step;
}

Step MatterLife::hear(std::vector<Fact> facts, base::Date today) {
    today_ = std::max(today_, today);
    Step step;
    step.day = today_;
    step.act = "clock";
    step.answer = Answer::Accepted;
    step.facts = facts;
    facts_.insert(facts_.end(), facts.begin(), facts.end());
    follow(step);
    return step;
}

void MatterLife::advance(base::Date until, const CaseLife::Listener& tell) {
    while (const auto day = deadlines_.nextDay(until)) {
        today_ = *day;
        Step step;
        step.day = today_;
        step.act = "clock";
        addNews(step, deadlines_.tick(today_));
        follow(step);
        tell(step);
    }
    today_ = std::max(today_, until);
}

void MatterLife::addNews(Step& step, const std::vector<DeadlineChange>& changes) const {
    for (const auto& change : changes)
        step.terms.push_back({change.event, *change.deadline, change.was, toldOf(change)});
}

void MatterLife::follow(Step& step) {
    const auto eachPart = [this](const Deadlines::Use& use) {
        for (const auto& part : parts_.obligations)
            inScene(part, [&use](const Scene& scene, const StageLine&) { use(scene); });
    };
    deadlines_.settle(eachPart, today_, [&](const auto& changes) { addNews(step, changes); });
}

std::vector<std::pair<std::int64_t, const StageLine*>> MatterLife::states() const {
    std::vector<std::pair<std::int64_t, const StageLine*>> found;
    for (const auto& part : parts_.obligations)
        inScene(part,
                [&](const Scene&, const StageLine& line) { found.emplace_back(part.no, &line); });
    return found;
}

std::vector<std::string> MatterLife::legalActs(const std::vector<std::int64_t>& parts) const {
    // In a file of several offices the next step is as often another one's: all are named.
    std::set<Role> everybody;
    for (const auto& row : model::Names<Role>::table) everybody.insert(row.first);
    std::set<std::string> found;
    for (const auto* act : book_.everyAct()) {
        const auto* rule = act->ruleOn(today_);
        if (!rule || act->fileSubject() != subject_ || !act->file.kept()) continue;
        for (const auto& part : parts_.obligations) {
            if (!parts.empty() && std::ranges::find(parts, part.no) == parts.end()) continue;
            inScene(part, [&](const Scene& scene, const StageLine&) {
                if (isLegalNow(*rule, scene, everybody)) found.insert(act->type);
            });
        }
    }
    return {found.begin(), found.end()};
}

}  // namespace gateway::law
