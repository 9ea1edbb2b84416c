#include "gateway/mapping/drafts/likely_message.h"

#include <cmath>
#include <map>

namespace gateway::mapping::drafts {
namespace {

std::string typeOf(std::string member) {
    if (!member.empty() && member[0] >= 'a' && member[0] <= 'z')
        member[0] = static_cast<char>(member[0] - 'a' + 'A');
    return member;
}

void countMembers(const SamplePlace& place, const KnownNames& names,
                  std::map<std::string, double>& count) {
    for (const SamplePlace& child : place.children) {
        const auto members = names.membersNaming(child.name);
        // A name that every message has tells little.
        for (const auto& member : members)
            count[member] += 1.0 / static_cast<double>(members.size());
        countMembers(child, names, count);
    }
}

}  // namespace

std::string memberOf(std::string message) {
    if (!message.empty() && message[0] >= 'A' && message[0] <= 'Z')
        message[0] = static_cast<char>(message[0] - 'A' + 'a');
    return message;
}

// The envelope is in every message.
std::string likelyMessage(const SamplePlace& root, const KnownNames& names) {
    std::map<std::string, double> count;
    countMembers(root, names, count);
    std::string best;
    double most = 0;
    for (const auto& [member, hits] : count) {
        if (member == "envelope" || member == "delivery") continue;
        // As alike as two lists of names: a message that only holds another one is less so.
        const double likeness = hits / std::sqrt(static_cast<double>(names.countOf(member)));
        if (likeness <= most) continue;
        best = member;
        most = likeness;
    }
    return typeOf(best);
}

}  // namespace gateway::mapping::drafts
