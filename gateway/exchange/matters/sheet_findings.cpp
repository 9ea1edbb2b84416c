#include "gateway/exchange/matters/sheet_findings.h"

#include "gateway/exchange/records/office_figures.h"
#include "gateway/law/reports/sheet_check.h"

namespace gateway::exchange {

namespace figures = law::figures;

std::set<std::string, std::less<>> sheetFindings(const ReferenceData& reference,
                                                 store::Cases& cases, const model::Act& act,
                                                 const model::Matter& matter,
                                                 const model::DeclaredAct& said) {
    std::set<std::string, std::less<>> found;
    const auto& content = said.content;
    const auto* written = content.child("period");
    const auto period = written ? figures::periodIn(*written) : std::nullopt;
    if (written && !period) found.insert("no-period");
    if (content.child("cells")) found.merge(figures::findingsOf(reference.figures(), content));
    // It counts what stands behind it: the list of rulings, at this moment.
    if (period && content.child("cutoff"))
        found.merge(lockFindings(reference, cases, matter, *period, act.recordedAt));
    if (const auto* into = content.child("intoPeriod")) {
        const auto next = figures::periodIn(*into);
        const auto own = figures::periodEnding(matter.day);
        if (!next || !own || !figures::mayCorrect(*own, *next)) found.insert("wrong-period");
    }
    return found;
}

}  // namespace gateway::exchange
