#include "gateway/mapping/code_table.h"

namespace gateway::mapping {

bool CodeTable::add(const std::string& theirs, const std::string& ours, Use use) {
    const bool in = use == Use::Out || toOurs_.emplace(theirs, ours).second;
    const bool out = use == Use::In || toTheirs_.emplace(ours, theirs).second;
    return in && out;
}

std::optional<std::string> CodeTable::toOurs(std::string_view theirs) const {
    const auto found = toOurs_.find(theirs);
    if (found == toOurs_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string> CodeTable::toTheirs(std::string_view ours) const {
    const auto found = toTheirs_.find(ours);
    if (found == toTheirs_.end()) return std::nullopt;
    return found->second;
}

}  // namespace gateway::mapping
