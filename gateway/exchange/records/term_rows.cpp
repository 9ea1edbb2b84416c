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

/// What a line says beyond the columns of its row.
struct KeptLine {
    std::optional<model::RulingReference> ruling;
    std::string subject, title, explanation, legalBasis;
    base::Date startedOn{};
    std::optional<base::Date> answeredOn;
};

template <class V>
void describe(V& v, KeptLine& l) {
    v.optional("ruling", l.ruling);
    v.optional("subject", l.subject);
    v.required("title", l.title);
    v.required("startedOn", l.startedOn);
    v.optional("answeredOn", l.answeredOn);
    v.optional("explanation", l.explanation);
    v.optional("legalBasis", l.legalBasis);
}

std::string lineOf(const model::CaseFile& file, const model::Term& term) {
    KeptLine line;
    if (!file.ruling.reference.number.empty()) line.ruling = file.ruling.reference;
    if (file.matter) line.subject = file.matter->subject;
    line.title = term.vi;
    line.startedOn = term.start;
    line.answeredOn = term.answeredOn;
    line.explanation = term.explanation;
    line.legalBasis = term.basis;
    return mapping::toJson(line);
}

TermOutcome outcomeOf(const store::TermRow& row) {
    if (row.answered) return TermOutcome::MetLate;
    return row.passed ? TermOutcome::Passed : TermOutcome::Open;
}

}  // namespace

std::vector<store::TermRow> termRowsOf(const model::CaseFile& file) {
    std::vector<store::TermRow> rows;
    if (file.undoneOn) return rows;
    for (const auto& term : file.terms) {
        if (!isListed(term)) continue;
        store::TermRow row;
        row.at = {term.due ? base::formatDate(*term.due) : store::kNoDueDay,
                  0,
                  file.caseId,
                  term.obligation,
                  term.rule,
                  term.anchor,
                  {}};
        row.owes = term.owes;
        row.officer = file.officer(term.obligation);
        row.answered = term.outcome() == TermOutcome::MetLate;
        // Over by the clock's word; what is no breach is over as well, but stands in no list.
        row.passed = term.outcome() == TermOutcome::Passed;
        row.breach = term.kind == model::TermKind::Breach;
        row.line = lineOf(file, term);
        for (const auto& owner : term.owners) {
            rows.push_back(row);
            rows.back().at.owner = owner;
        }
        if (term.owners.empty()) rows.push_back(std::move(row));
    }
    return rows;
}

model::TermLine lineOf(const store::TermRow& row) {
    const auto tree = document::readJson(row.line, document::kOwnBounds);
    std::optional<KeptLine> kept;
    if (tree)
        if (auto read = mapping::fromNode<KeptLine>(tree.value().root))
            kept = std::move(read).value();
    if (!kept)
        throw base::Fault("unreadable term " + row.at.rule + " of case " + row.at.caseId +
                          " in the store");
    model::TermLine line;
    line.caseId = row.at.caseId;
    line.ruling = std::move(kept->ruling);
    line.subject = std::move(kept->subject);
    line.obligation = row.at.obligation;
    line.rule = row.at.rule;
    line.title = std::move(kept->title);
    line.anchor = row.at.anchor;
    line.owes = row.owes;
    line.owedBy = row.at.owner;
    line.officer = row.officer;
    line.startedOn = kept->startedOn;
    if (row.at.due != store::kNoDueDay) line.dueOn = base::parseDate(row.at.due);
    line.answeredOn = kept->answeredOn;
    line.outcome = outcomeOf(row);
    line.explanation = std::move(kept->explanation);
    line.legalBasis = std::move(kept->legalBasis);
    return line;
}

bool isBreach(const store::TermRow& row) noexcept {
    return row.breach && (row.passed || row.answered);
}

}  // namespace gateway::exchange
