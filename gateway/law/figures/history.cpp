#include "gateway/law/figures/history.h"

namespace gateway::law::figures {

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
        if (line.knownFrom <= cutoff && line.sentOn <= last) known.listed.push_back(line.sentOn);
    return known;
}

}  // namespace gateway::law::figures
