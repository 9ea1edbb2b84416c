#include "gateway/law/law_book.h"

namespace gateway::law {

const ActDeclaration* LawBook::act(std::string_view type) const {
    const auto found = acts_.find(type);
    return found == acts_.end() ? nullptr : &found->second;
}

const std::set<std::string, std::less<>>& LawBook::groupsOf(std::string_view partyKind) const {
    static const std::set<std::string, std::less<>> kNone;
    const auto found = groups_.find(partyKind);
    return found == groups_.end() ? kNone : found->second;
}

}  // namespace gateway::law
