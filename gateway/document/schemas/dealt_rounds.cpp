#include "gateway/document/schemas/dealt_rounds.h"

#include <algorithm>
#include <utility>

namespace gateway::document {
namespace {

// Whether all written between two parts of a round may be left out.
bool skips(const std::vector<Round>& parts, std::size_t from, std::size_t to) {
    for (; from < to; ++from)
        if (parts[from].least > 0) return false;
    return true;
}

bool areRounds(const std::vector<Round>& parts, const std::vector<std::size_t>& partAt) {
    std::size_t at = 0, count = 0;
    for (const std::size_t part : partAt) {
        if (part == at && count < parts[at].most) {
            ++count;
            continue;
        }
        const bool ended = count >= parts[at].least;
        if (!ended) return false;
        const bool again = part <= at;
        const bool fits = again ? skips(parts, at + 1, parts.size()) && skips(parts, 0, part)
                                : skips(parts, at + 1, part);
        if (!fits) return false;
        at = part;
        count = 1;
    }
    return count >= parts[at].least && skips(parts, at + 1, parts.size());
}

}  // namespace

std::vector<std::size_t> dealtRounds(const std::vector<Round>& parts,
                                     std::vector<std::size_t> written) {
    std::vector<std::pair<std::size_t, std::size_t>> places;  // where, which part
    std::size_t rounds = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        rounds = std::max(rounds, parts[part].written.size());
        for (const std::size_t place : parts[part].written) places.emplace_back(place, part);
    }
    if (places.size() != written.size()) return written;  // a name that is two of the parts
    std::sort(places.begin(), places.end());
    std::vector<std::size_t> partAt;
    for (const auto& [place, part] : places) partAt.push_back(part);
    if (partAt.empty() || areRounds(parts, partAt)) return written;
    for (const Round& part : parts)
        if (part.most != 1 || (!part.written.empty() && part.written.size() != rounds))
            return written;
    std::vector<std::size_t> dealt;
    for (std::size_t round = 0; round < rounds; ++round)
        for (const Round& part : parts)
            if (!part.written.empty()) dealt.push_back(part.written[round]);
    return dealt;
}

}  // namespace gateway::document
