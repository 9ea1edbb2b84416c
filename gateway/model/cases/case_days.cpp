// The days on which something is to happen in a case, by what is recorded of it.

#include <algorithm>

#include "gateway/base/clock.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/stays.h"

namespace gateway::model {
namespace {

bool isOwed(const Term& term) { return !term.lifted && !term.answeredOn; }

}  // namespace

std::optional<base::Date> CaseFile::nextDay() const {
    if (undoneOn) return std::nullopt;
    if (!judgedByLaw && !matter) return ruling.reference.issuedOn;
    std::optional<base::Date> first;
    const auto consider = [&first](base::Date day) {
        if (!first || day < *first) first = day;
    };
    for (const auto& term : terms) {
        if (!isOwed(term) || term.passed) continue;
        if (term.due) consider(base::dayAfter(*term.due));
        if (term.nearOn && !term.near) consider(std::max(*term.nearOn, base::dayAfter(term.start)));
    }
    if (const auto ends = endsToRecord(facts, ruling.obligations); !ends.empty())
        consider(ends.front().on);
    return first;
}

std::optional<base::Date> CaseFile::firstDue() const {
    std::optional<base::Date> first;
    for (const auto& term : terms)
        if (isOwed(term) && term.due && (!first || *term.due < *first)) first = term.due;
    return first;
}

}  // namespace gateway::model
