#include "gateway/law/life/case_life.h"

#include <algorithm>
#include <charconv>

#include "gateway/document/json.h"

namespace gateway::law {
namespace {

using document::Node;

std::int64_t numberOf(const Node& node) {
    std::int64_t number = 0;
    std::from_chars(node.value.data(), node.value.data() + node.value.size(), number);
    return number;
}

// An act is to be withdrawn or corrected on which others have built.
const std::set<std::string, std::less<>> kBuiltUpon{"built-upon"};

}  // namespace

CaseLife::CaseLife(const LawBook& book, model::Ruling ruling) :
    book_(book), ruling_(std::move(ruling)), deadlines_(book) {}

CaseLife::CaseLife(const LawBook& book, model::Ruling ruling, std::vector<Fact> facts,
                   const std::vector<model::Term>& terms, std::vector<Taken> taken) :
    book_(book),
    ruling_(std::move(ruling)),
    facts_(std::move(facts)),
    taken_(std::move(taken)),
    deadlines_(book, terms) {}

// The scene of one obligation as it stands, with its stage.
void CaseLife::inScene(const model::Obligation& obligation,
                       const std::function<void(const Scene&, const StageLine&)>& use) const {
    const FactsInForce facts(facts_, obligation.no);
    const auto terms = deadlines_.states(obligation.no);
    auto scene = book_.sceneOf(ruling_, obligation, facts, terms, today_);
    const auto* stage = book_.process().stageIn(scene);
    scene.stage = stage->name;
    use(scene, *stage);
}

bool CaseLife::isKnown() const {
    return std::ranges::any_of(
        facts_, [](const Fact& fact) { return fact.kind == FactKind::Known && !fact.struck; });
}

// One court is both when it has tried the case itself.
std::set<Role> CaseLife::rolesOf(Role sender) const {
    std::set<Role> roles{sender};
    if (ruling_.instance != model::Instance::First) return roles;
    for (const auto& [a, b] : {std::pair{Role::CourtFirst, Role::CourtIssuer},
                               std::pair{Role::ProcuracyFirst, Role::ProcuracyIssuer}}) {
        if (sender == a) roles.insert(b);
        if (sender == b) roles.insert(a);
    }
    return roles;
}

std::set<Role> CaseLife::rolesIn(const SaidAct& act, const Scene& scene) const {
    if (act.roles.empty()) return rolesOf(act.sender);
    const auto found = act.roles.find(scene.obligation->no);
    return found == act.roles.end() ? std::set<Role>() : found->second;
}

// In order of the items that say them.
std::vector<std::int64_t> CaseLife::numbersIn(const ActRule& rule, const Node& content) {
    std::vector<std::int64_t> numbers;
    const auto* list = content.child(rule.list.empty() ? rule.member : rule.list);
    if (!list || rule.member.empty()) return numbers;
    if (list->kind != document::Kind::Array) return {numberOf(*list)};
    for (const auto& item : list->children) {
        const auto* number = rule.list.empty() ? &item : item.child(rule.member);
        if (number) numbers.push_back(numberOf(*number));
    }
    return numbers;
}

std::vector<Reason> CaseLife::unknownNumbers(const ActRule& rule, const SaidAct& act) const {
    std::vector<Reason> found;
    const auto numbers = numbersIn(rule, act.content);
    const auto* named = act.content.child(rule.list.empty() ? rule.member : rule.list);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (std::ranges::count(ruling_.obligations, numbers[i], &model::Obligation::no) > 0)
            continue;
        std::string path = "/" + named->name;
        if (named->kind == document::Kind::Array) path += "/" + std::to_string(i);
        if (!rule.list.empty()) path += "/" + rule.member;
        found.push_back({kNoObligation,
                         std::move(path),
                         {},
                         "bản án không có nghĩa vụ số " + std::to_string(numbers[i]),
                         "the ruling has no obligation " + std::to_string(numbers[i])});
    }
    return found;
}

void CaseLife::inScenes(const ActRule& rule, const SaidAct& act,
                        const std::function<void(const std::vector<Scene>&)>& use) const {
    const auto numbers = numbersIn(rule, act.content);
    std::vector<Scene> spoken;
    const std::function<void(std::size_t)> from = [&](std::size_t at) {
        if (at == ruling_.obligations.size()) return use(spoken);
        const auto& obligation = ruling_.obligations[at];
        if (!numbers.empty() && std::ranges::count(numbers, obligation.no) == 0)
            return from(at + 1);
        inScene(obligation, [&](const Scene& bare, const StageLine&) {
            Scene scene = bare;
            scene.content = &act.content;
            scene.receivedOn = act.receivedOn;
            scene.namesJudged = act.shapeJudged;
            if (numbers.empty()) spoken.push_back(scene);
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                if (numbers[i] != obligation.no) continue;
                if (!rule.list.empty()) scene.item = &act.content.child(rule.list)->children[i];
                spoken.push_back(scene);
            }
            from(at + 1);
        });
    };
    from(0);
}

void CaseLife::say(SaidAct act, const Listener& tell) {
    today_ = act.day;
    const bool known = isKnown();
    tell(judged(act));
    if (known || !isKnown()) return;
    for (auto& waiting : std::exchange(parked_, {})) {
        waiting.day = today_;
        tell(judged(waiting));
    }
}

Step CaseLife::take(SaidAct act) {
    today_ = act.day;
    return judged(act);
}

Step CaseLife::judged(SaidAct& act) {
    Step step;
    step.day = act.day;
    step.act = act.type;
    step.id = act.id;
    step.answer = Answer::Refused;
    const auto* declared = book_.act(act.type);
    const auto* rule = declared ? declared->ruleOn(act.day) : nullptr;
    if (!rule) {
        step.reasons.push_back({"UNKNOWN_ACT",
                                {},
                                {},
                                "không có loại thông điệp này vào ngày đó",
                                "there is no such act on that day"});
        return step;
    }
    step.recordedBy = act.recordedBy;
    if (!act.shapeJudged) step.reasons = judgeContent(*declared, act.content, act.day);
    if (step.reasons.empty() && declared->effect == Effect::OnBehalf)
        return judgedForAuthor(*declared, *rule, act);
    if (step.reasons.empty()) step.reasons = unknownNumbers(*rule, act);
    if (!step.reasons.empty()) return step;
    if (!isKnown() && declared->effect != Effect::Opens) {
        step.answer = Answer::Parked;
        parked_.push_back(std::move(act));
        return step;
    }
    if (declared->effect == Effect::Opens && saidBefore(act)) {
        step.answer = Answer::Accepted;
        step.marks.push_back({"SAME_CONTENT",
                              {},
                              "đã nhận với cùng nội dung",
                              "received before with the same content"});
        return step;
    }
    Judgement made;
    const auto built = builtUpon(act, declared->effect);
    inScenes(*rule, act, [&](std::vector<Scene> spoken) {
        for (auto& scene : spoken)
            if (built.contains(scene.obligation->no)) scene.findings = &kBuiltUpon;
        made = judge(*rule, act, spoken, !numbersIn(*rule, act.content).empty(),
                     [&](const Scene& scene) { return rolesIn(act, scene); });
    });
    if (declared->effect == Effect::Strikes || declared->effect == Effect::Corrects)
        judgeOther(act, declared->effect, made);
    step.reasons = std::move(made.reasons);
    step.marks = std::move(made.marks);
    if (!step.reasons.empty()) {
        step.legalActs = legalActs(*rule, act);
        return step;
    }
    step.answer = Answer::Accepted;
    step.told = std::move(made.told);
    step.sender = made.sender;
    step.basis = std::move(made.basis);
    record(*declared, *rule, act, std::move(made.facts), step);
    follow(step);
    return step;
}

// The same document, sent again or passed on by another court. Not if the first was sent back.
bool CaseLife::saidBefore(const SaidAct& act) const {
    const auto content = document::writeJson(act.content);
    const auto inForce = [this](const std::string& id) {
        return std::ranges::any_of(
            facts_, [&](const Fact& fact) { return fact.source == id && !fact.struck; });
    };
    const auto sentBack = std::ranges::any_of(
        facts_, [](const Fact& fact) { return fact.kind == FactKind::Returned && !fact.struck; });
    return !sentBack && std::ranges::any_of(taken_, [&](const Taken& one) {
        return one.act.type == act.type && inForce(one.act.id) &&
               document::writeJson(one.act.content) == content;
    });
}

void CaseLife::add(std::vector<Fact> facts, Step& step) {
    facts_.insert(facts_.end(), facts.begin(), facts.end());
    step.facts.insert(step.facts.end(), facts.begin(), facts.end());
}

void CaseLife::record(const ActDeclaration& declared, const ActRule& rule, const SaidAct& act,
                      std::vector<Fact> facts, Step& step) {
    if (declared.effect == Effect::Strikes) strike(takenFor(act)->act.id, step);
    if (declared.effect == Effect::Corrects) correct(act, step);
    if (declared.effect == Effect::Revises && act.ruling) ruling_ = *act.ruling;
    add(std::move(facts), step);
    settleStays(step);
    taken_.push_back({act, &rule, step.told});
}

// Of those obligations that the refused act spoke of; of all, if it named none that there is.
std::vector<std::string> CaseLife::legalActs(const ActRule& spoken, const SaidAct& said) const {
    const auto numbers = numbersIn(spoken, said.content);
    const bool named = std::ranges::any_of(ruling_.obligations, [&numbers](const auto& one) {
        return std::ranges::find(numbers, one.no) != numbers.end();
    });
    std::set<std::string> found;
    for (const auto& obligation : ruling_.obligations) {
        if (named && std::ranges::find(numbers, obligation.no) == numbers.end()) continue;
        inScene(obligation, [&](const Scene& scene, const StageLine&) {
            const auto roles = rolesIn(said, scene);
            for (const auto& [type, act] : book_.acts()) {
                const auto* rule = act.ruleOn(today_);
                if (rule && act.subject == kCase && act.effect == Effect::None &&
                    isLegalNow(*rule, scene, roles))
                    found.insert(type);
            }
        });
    }
    return {found.begin(), found.end()};
}

std::vector<std::pair<std::int64_t, const StageLine*>> CaseLife::stages() const {
    std::vector<std::pair<std::int64_t, const StageLine*>> all;
    for (const auto& obligation : ruling_.obligations)
        inScene(obligation, [&](const Scene&, const StageLine& stage) {
            all.emplace_back(obligation.no, &stage);
        });
    return all;
}

std::vector<ObligationView> CaseLife::view() const {
    std::vector<ObligationView> all;
    for (const auto& obligation : ruling_.obligations)
        inScene(obligation, [&](const Scene& scene, const StageLine& stage) {
            ObligationView made{obligation.no, &stage, {}, deadlines_.of(obligation.no)};
            for (const auto& track : book_.tracks())
                for (const auto& value : track.values)
                    if (value.when.holds(scene)) {
                        made.tracks.emplace_back(&track, &value);
                        break;
                    }
            all.push_back(std::move(made));
        });
    return all;
}

}  // namespace gateway::law
