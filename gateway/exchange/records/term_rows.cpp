#include "gateway/exchange/records/term_rows.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using model::TermOutcome;

bool isListed(const model::Term& term) {
    if (term.kind == model::TermKind::Right) return false;
    const auto outcome = term.outcome();
    // What is no breach is of no interest once it was done, however late.
    return outcome == TermOutcome::Open || outcome == TermOutcome::Passed ||
           (outcome == TermOutcome::MetLate && term.kind == model::TermKind::Breach);
}

model::TermLine lineOf(const model::CaseFile& file, const model::Term& term) {
    model::TermLine line;
    line.caseId = file.caseId;
    if (!file.ruling.reference.number.empty()) line.ruling = file.ruling.reference;
    if (file.matter) line.subject = file.matter->subject;
    line.obligation = term.obligation;
    line.rule = term.rule;
    line.title = term.vi;
    line.anchor = term.anchor;
    line.owes = term.owes;
    line.officer = file.officer(term.obligation);
    line.startedOn = term.start;
    line.dueOn = term.due;
    line.answeredOn = term.answeredOn;
    line.outcome = term.outcome();
    line.explanation = term.explanation;
    line.legalBasis = term.basis;
    return line;
}

}  // namespace

std::vector<store::TermRow> termRowsOf(const model::CaseFile& file) {
    std::vector<store::TermRow> rows;
    if (file.undoneOn) return rows;
    for (const auto& term : file.terms) {
        if (!isListed(term)) continue;
        auto line = lineOf(file, term);
        auto owners = term.owners;
        if (owners.empty()) owners.emplace_back();
        for (auto& owner : owners) {
            line.owedBy = owner;
            store::TermRow row;
            row.at = {line.dueOn ? base::formatDate(*line.dueOn) : store::kNoDueDay,
                      0,
                      file.caseId,
                      term.obligation,
                      term.rule,
                      term.anchor,
                      std::move(owner)};
            row.owes = term.owes;
            row.officer = line.officer;
            row.answered = line.outcome == TermOutcome::MetLate;
            // Over by the clock's word; what is no breach is over as well, but stands in no list.
            row.passed = line.outcome == TermOutcome::Passed;
            row.breach = term.kind == model::TermKind::Breach;
            row.line = mapping::toJson(line);
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

model::TermLine lineOf(const store::TermRow& row) {
    const auto tree = document::readJson(row.line, document::kOwnBounds);
    if (tree)
        if (auto line = mapping::fromNode<model::TermLine>(tree.value().root))
            return std::move(line).value();
    throw base::Fault("unreadable term " + row.at.rule + " of case " + row.at.caseId +
                      " in the store");
}

bool isBreach(const store::TermRow& row) noexcept {
    return row.breach && (row.passed || row.answered);
}

}  // namespace gateway::exchange
