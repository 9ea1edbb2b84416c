#include "gateway/law/book/law_book.h"

#include <algorithm>

namespace gateway::law {

const ActDeclaration* LawBook::act(std::string_view type) const {
    for (const auto* acts : {&acts_, &others_})
        if (const auto found = acts->find(type); found != acts->end()) return &found->second;
    return nullptr;
}

std::vector<const ActDeclaration*> LawBook::everyAct() const {
    std::vector<const ActDeclaration*> all;
    for (const auto* acts : {&acts_, &others_})
        for (const auto& [type, act] : *acts) all.push_back(&act);
    std::ranges::sort(all, {}, &ActDeclaration::type);
    return all;
}

const Process& LawBook::process(std::string_view subject) const {
    static const Process kNone;
    const auto found = processes_.find(subject);
    return found == processes_.end() ? kNone : found->second;
}

std::vector<Subject> LawBook::subjects() const {
    std::vector<Subject> found{kCase};
    for (const auto& [subject, process] : processes_)
        if (subject != kCase) found.push_back(subject);
    return found;
}

const std::set<std::string, std::less<>>& LawBook::groupsOf(std::string_view partyKind) const {
    static const std::set<std::string, std::less<>> kNone;
    const auto found = groups_.find(partyKind);
    return found == groups_.end() ? kNone : found->second;
}

Scene LawBook::sceneOf(const model::Ruling& ruling, const model::Obligation& obligation,
                       const FactsInForce& facts, const TermStates& terms, base::Date today) const {
    Scene scene;
    scene.ruling = &ruling;
    scene.obligation = &obligation;
    scene.groups = &groupsOf(obligation.obligatedPartyKind);
    scene.facts = &facts;
    scene.terms = &terms;
    scene.calendar = &calendar_;
    scene.today = today;
    return scene;
}

const StageLine* Process::stageIn(const Scene& scene) const {
    const auto found = std::ranges::find_if(
        stages, [&scene](const StageLine& line) { return line.when.holds(scene); });
    return found == stages.end() ? nullptr : &*found;
}

const StageLine* Process::stageNamed(std::string_view name) const {
    const auto found = std::ranges::find(stages, name, &StageLine::name);
    return found == stages.end() ? nullptr : &*found;
}

}  // namespace gateway::law
