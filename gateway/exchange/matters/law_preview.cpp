#include "gateway/exchange/matters/law_preview.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "gateway/exchange/casework/case_roles.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/matters/office_roles.h"
#include "gateway/law/life/case_life.h"
#include "gateway/law/life/matter_life.h"

namespace gateway::exchange {
namespace {

using Key = std::tuple<std::int64_t, std::string, std::string>;

Key keyOf(const model::Term& term) { return {term.obligation, term.rule, term.anchor}; }

/// The terms by one law, and which roles would hear of what it changes in them.
struct Reading {
    std::map<Key, model::Term> terms;
    std::map<Key, std::vector<law::Role>> told;
};

Reading readingOf(const std::vector<law::TermNews>& all, std::vector<model::Term> terms) {
    Reading made;
    for (const auto& news : all) {
        auto& told =
            made.told[{news.deadline.obligation, news.deadline.rule->id, news.deadline.anchor}];
        for (const auto role : news.told)
            if (std::ranges::find(told, role) == told.end()) told.push_back(role);
    }
    for (auto& term : terms) made.terms.emplace(keyOf(term), std::move(term));
    return made;
}

Reading readBy(const law::LawBook& book, const model::CaseFile& file, base::Date today) {
    if (file.matter) {
        law::MatterLife life(book, *file.matter, file.facts, file.terms);
        const auto step = life.hear({}, today);
        return readingOf(step.terms, life.terms());
    }
    law::CaseLife life(book, file.ruling, file.facts, file.terms, {});
    const auto step = life.reread(today);
    return readingOf(step.terms, life.terms());
}

bool owed(const model::Term* term) {
    return term && (term->outcome() == model::TermOutcome::Open ||
                    term->outcome() == model::TermOutcome::Passed);
}

std::optional<TermMoveKind> moveOf(const model::Term* now, const model::Term& then) {
    using enum TermMoveKind;
    if (!owed(now) && !owed(&then)) return std::nullopt;
    if (!owed(now)) return then.outcome() == model::TermOutcome::Passed ? Passed : Set;
    if (then.outcome() == model::TermOutcome::Lifted) return Lifted;
    if (then.due != now->due) return Moved;
    if (then.outcome() == model::TermOutcome::Passed && now->outcome() != then.outcome())
        return Passed;
    return std::nullopt;
}

}  // namespace

std::vector<std::string> LawPreview::holders(const model::CaseFile& file, law::Role role,
                                             std::int64_t no) const {
    if (!file.matter) return CaseRoles(then_, file, today_).holders(role, no);
    const OfficeRoles roles(then_.directory(), today_);
    for (const auto& part : file.matter->parts)
        if (part.no == no) return roles.holdersIn(*file.matter, part, role);
    return {};
}

std::vector<TermMove> LawPreview::movesIn(const model::CaseFile& file) const {
    std::vector<TermMove> moves;
    if (file.undoneOn) return moves;
    const auto now = readBy(now_.law(), file, today_), then = readBy(then_.law(), file, today_);
    for (const auto& [key, term] : then.terms) {
        const auto before = now.terms.find(key);
        const auto* known = before == now.terms.end() ? nullptr : &before->second;
        const auto kind = moveOf(known, term);
        if (!kind) continue;
        TermMove move{*kind, term, known ? known->due : std::nullopt, {}};
        if (const auto told = then.told.find(key); told != then.told.end())
            for (const auto role : told->second)
                for (const auto& code : holders(file, role, term.obligation))
                    move.told.push_back({std::string(model::nameOf(role)),
                                         holderOf(then_.directory(), code, today_)});
        moves.push_back(std::move(move));
    }
    return moves;
}

}  // namespace gateway::exchange
