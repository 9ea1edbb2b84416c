#include "gateway/law/registers/register.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "gateway/law/registers/register_items.h"

namespace gateway::law::registers {
namespace {

using figures::RulingHistory;

/// Where a line stands: its day, then its number as people count, then its text.
using Place = std::tuple<base::Date, std::int64_t, std::string, std::string>;

std::int64_t numberIn(const std::string& text) {
    const auto first = text.find_first_of("0123456789");
    std::int64_t number = 0;
    if (first != std::string::npos)
        std::from_chars(text.data() + first, text.data() + text.size(), number);
    return number;
}

Place placeOf(const Form& form, const RulingHistory& history, base::Timestamp cutoff) {
    for (const auto kind : form.order)
        for (const auto& [fact, known] : history.facts)
            if (fact.kind == kind && known.from <= cutoff)
                return {fact.on, numberIn(fact.number), fact.number, history.id};
    return {base::Date(std::chrono::year::max(), std::chrono::December, std::chrono::day(31)),
            0,
            {},
            history.id};
}

bool entered(const Form& form, const RulingHistory& history, const figures::Period& period,
             base::Timestamp cutoff) {
    return form.entered && std::ranges::any_of(history.facts, [&](const auto& one) {
               return one.fact.kind == *form.entered && one.known.from <= cutoff &&
                      period.holds(one.fact.on);
           });
}

}  // namespace

Register registerOf(const RegisterBook& book, const Form& form, const figures::FigureBook& figures,
                    const std::vector<RulingHistory>& histories, const figures::Period& period,
                    base::Timestamp cutoff, const Naming& naming) {
    struct Standing {
        Place place;
        std::unique_ptr<figures::RulingView> view;
        bool undone;
    };
    std::vector<Standing> found;
    for (const auto& history : histories) {
        if (history.versions.front().knownFrom > cutoff) continue;
        auto view = std::make_unique<figures::RulingView>(figures, history, period, cutoff);
        const bool undone = history.undoneAt && *history.undoneAt <= cutoff;
        const bool stands = entered(form, history, period, cutoff) ||
                            (form.when.read && !undone && view->holds(form.when));
        if (stands) found.push_back({placeOf(form, history, cutoff), std::move(view), undone});
    }
    std::ranges::sort(found, {}, &Standing::place);
    Register made{&form, period, {}};
    for (const auto& [place, view, undone] : found) {
        Line line;
        line.ruling = view->history().id;
        line.struck = undone || (form.struck.read && view->holds(form.struck));
        const Items items(book, *view, cutoff, naming);
        for (const auto& column : form.columns)
            line.cells.push_back(items.of(column, made.lines.size() + 1));
        made.lines.push_back(std::move(line));
    }
    return made;
}

}  // namespace gateway::law::registers
