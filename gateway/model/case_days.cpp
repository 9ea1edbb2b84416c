// The days on which something is to happen in a case, by what is recorded of it.

#include <algorithm>

#include "gateway/base/clock.h"
#include "gateway/model/case_file.h"

namespace gateway::model {
namespace {

bool isOwed(const Term& term) { return !term.lifted && !term.answeredOn && term.due; }

bool hasEnded(const Fact& stay, const std::vector<Fact>& facts) {
    return std::ranges::any_of(facts, [&stay](const Fact& other) {
        return other.kind == FactKind::Resumed && !other.struck && other.on > stay.on;
    });
}

}  // namespace

std::optional<base::Date> CaseFile::nextDay() const {
    if (undoneOn) return std::nullopt;
    if (!judgedByLaw) return ruling.reference.issuedOn;
    std::optional<base::Date> first;
    const auto consider = [&first](base::Date day) {
        if (!first || day < *first) first = day;
    };
    for (const auto& term : terms) {
        if (!isOwed(term) || term.passed) continue;
        consider(base::dayAfter(*term.due));
        if (term.nearOn && !term.near) consider(std::max(*term.nearOn, base::dayAfter(term.start)));
    }
    for (const auto& fact : facts)
        if (fact.kind == FactKind::Stay && !fact.struck && fact.until && !hasEnded(fact, facts))
            consider(base::dayAfter(*fact.until));
    return first;
}

std::optional<base::Date> CaseFile::firstDue() const {
    std::optional<base::Date> first;
    for (const auto& term : terms)
        if (isOwed(term) && (!first || *term.due < *first)) first = term.due;
    return first;
}

}  // namespace gateway::model
