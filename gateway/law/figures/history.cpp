#include "gateway/law/figures/history.h"

#include <algorithm>

#include "gateway/law/acts/act_content.h"

namespace gateway::law::figures {

void endAct(RulingHistory& history, std::string_view id, const document::Node* changes,
            base::Timestamp at) {
    const auto found = std::ranges::find_if(
        history.acts, [&](const RecordedAct& act) { return act.id == id && !act.known.until; });
    if (found == history.acts.end()) return;
    found->known.until = at;
    if (!changes) return;
    auto corrected = *found;
    corrected.known = {at, {}};
    applyChanges(corrected.content, *changes);
    history.acts.push_back(std::move(corrected));
}

KnownRuling asKnownAt(const RulingHistory& history, base::Timestamp cutoff, base::Date last) {
    KnownRuling known;
    known.ruling = history.versions.front().ruling;
    for (const auto& version : history.versions)
        if (version.knownFrom <= cutoff) known.ruling = version.ruling;
    for (const auto& one : history.facts)
        if (one.known.at(cutoff) && one.fact.on <= last) {
            known.facts.push_back(one.fact);
            known.facts.back().struck = false;
        }
    for (const auto& act : history.acts)
        if (act.known.at(cutoff)) known.acts.push_back(&act);
    for (const auto& line : history.listed)
        if (line.knownAt(cutoff) && line.sentOn <= last) known.listed.push_back(line.sentOn);
    return known;
}

}  // namespace gateway::law::figures
