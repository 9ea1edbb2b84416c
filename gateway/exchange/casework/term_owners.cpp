#include "gateway/exchange/casework/term_owners.h"

#include <algorithm>
#include <map>

#include "gateway/exchange/casework/case_roles.h"

namespace gateway::exchange {
namespace {

using law::Role;
using Codes = std::vector<std::string>;

bool needsOwner(const model::Term& term) {
    switch (term.outcome()) {
        case model::TermOutcome::Open:
        case model::TermOutcome::Passed: return true;
        case model::TermOutcome::MetLate: return term.owners.empty();
        default: return false;
    }
}

class Owners {
  public:
    Owners(const TermHolders& roles, const model::CaseFile& file, const model::Event& event) :
        roles_(roles), file_(file), event_(event) {}

    Codes of(const model::Term& term) {
        const auto role = model::valueOf<Role>(term.owes);
        if (!role) return {};
        if (*role == Role::Addressee) return addressees(term.anchor);
        auto [known, fresh] = held_.try_emplace({*role, term.obligation});
        if (fresh) known->second = roles_.holders(*role, term.obligation);
        // Who alone can have sent what the term runs for: a council, a protest authority.
        if (known->second.empty() && !term.anchor.empty()) {
            const auto author = term.anchor.substr(0, term.anchor.find(' '));
            if (roles_.of(author, term.obligation).contains(*role)) return {author};
        }
        return known->second;
    }

  private:
    // Whom the act named that the term runs for.
    [[nodiscard]] Codes addressees(const std::string& anchor) const {
        Codes found;
        if (anchor == model::sourceOf(event_.actor, event_.messageId)) {
            for (const auto& told : event_.decided->told)
                if (told.role == model::nameOf(Role::Addressee) && !told.agency.empty())
                    found.push_back(told.agency);
            return found;
        }
        const auto prefix = toldAs(Role::Addressee, {});
        for (const auto& act : file_.acts)
            if (model::sourceOf(act.agency, act.id) == anchor)
                for (const auto& told : act.told)
                    if (told.starts_with(prefix)) found.push_back(told.substr(prefix.size()));
        return found;
    }

    const TermHolders& roles_;
    const model::CaseFile& file_;
    const model::Event& event_;
    std::map<std::pair<Role, std::int64_t>, Codes> held_;
};

}  // namespace

void recordOwners(const TermHolders& roles, const model::CaseFile& after, model::Event& event) {
    auto& recorded = event.decided->terms;
    Owners owners(roles, after, event);
    for (const auto& term : after.terms) {
        if (!needsOwner(term)) continue;
        auto codes = owners.of(term);
        if (codes == term.owners) continue;
        auto known = std::ranges::find_if(
            recorded, [&term](const auto& one) { return model::ofSameTerm(one, term); });
        if (known == recorded.end()) known = recorded.insert(recorded.end(), term);
        known->owners = std::move(codes);
    }
}

}  // namespace gateway::exchange
