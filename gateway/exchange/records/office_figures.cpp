#include "gateway/exchange/records/office_figures.h"

#include "gateway/base/time_format.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/matter_id.h"
#include "gateway/exchange/records/recorded_history.h"
#include "gateway/law/figures/figures.h"

namespace gateway::exchange {
namespace {

using law::figures::Months;
using law::figures::Period;
using law::figures::RulingHistory;
using law::figures::Table;

constexpr std::size_t kCasesAtOnce = 200;

void addLists(store::Cases& cases, const std::string& id, const std::string& province,
              std::vector<CourtListed>& lines) {
    for (const auto& message : cases.messagesOf(id))
        for (const auto& event : eventsOf(message)) addList(event, province, lines);
}

// The rulings of an office and its predecessors in one of the roles; the matters, if that is one of
// a matter.
std::vector<RulingHistory> historiesOf(const model::AgencyDirectory& directory, store::Cases& cases,
                                       const std::string& office, base::Date day,
                                       const std::vector<const char*>& roles, Undone undone) {
    std::vector<RulingHistory> found;
    store::CaseFilter filter;
    filter.subject = store::kAnySubject;
    for (const auto& code : directory.closure(office, day).codes)
        for (const char* role : roles) filter.visibleTo.push_back({code, role});
    std::string after;
    for (;;) {
        const auto page = cases.select(filter, after, kCasesAtOnce);
        for (const auto& record : page)
            if (auto history = recordedHistory(cases, record.caseId, undone))
                found.push_back(*std::move(history));
        if (page.size() < kCasesAtOnce) return found;
        after = page.back().caseId;
    }
}

}  // namespace

std::vector<RulingHistory> everyHistory(store::Cases& cases) {
    std::vector<RulingHistory> found;
    std::vector<CourtListed> lines;
    cases.forEachCase([&](const store::CaseRecord& record) {
        if (record.subject == law::kPeriod)
            addLists(cases, record.caseId, record.province, lines);
        else if (auto history = recordedHistory(cases, record.caseId))
            found.push_back(*std::move(history));
        return true;
    });
    addListed(found, lines);
    return found;
}

std::vector<RulingHistory> officeHistories(const ReferenceData& reference, store::Cases& cases,
                                           const std::string& office, const Period& period) {
    auto found = historiesOf(reference.directory(), cases, office, period.last(),
                             {"enforcement", "procuracy", "lead"}, Undone::LeftOut);
    std::vector<CourtListed> lines;
    const auto province = reference.directory().provinceOn(office, period.last());
    for (const auto months : {Months::Three, Months::Six, Months::Ten, Months::Twelve}) {
        const Period one{months, period.year};
        const auto id = matterId(law::kPeriod, office + " " + base::formatDate(one.last()));
        if (one.last() <= period.last() && cases.find(id)) addLists(cases, id, province, lines);
    }
    addListed(found, lines);
    return found;
}

std::vector<RulingHistory> registeredHistories(const model::AgencyDirectory& directory,
                                               store::Cases& cases, const std::string& office,
                                               base::Date day) {
    return historiesOf(directory, cases, office, day, {"enforcement"}, Undone::Kept);
}

Table countedWhole(const law::figures::FigureBook& book,
                   const std::vector<RulingHistory>& histories, const Period& period,
                   base::Timestamp cutoff) {
    const law::figures::Figures count(book);
    auto table = count.count(histories, period, cutoff);
    count.compare(table, count.count(histories, {Months::Twelve, period.year - 1}, cutoff));
    for (const auto months : {Months::Three, Months::Six, Months::Ten})
        if (months < period.months)
            count.compare(table, count.count(histories, {months, period.year}, cutoff));
    return table;
}

std::set<std::string, std::less<>> lockFindings(const ReferenceData& reference, store::Cases& cases,
                                                const model::Matter& matter, const Period& period,
                                                base::Timestamp cutoff) {
    std::set<std::string, std::less<>> found;
    if (matter.agencies.empty()) return found;
    const auto histories = officeHistories(reference, cases, matter.agencies.front(), period);
    const auto table = law::figures::Figures(reference.figures()).count(histories, period, cutoff);
    if (!table.holds()) found.insert("broken-figures");
    for (const auto& identity : reference.figures().identities())
        for (const auto& finding : table.findings)
            if (finding.warning && finding.identity == identity.id && !identity.left.empty())
                found.insert("warning-" + identity.left.front().second);
    return found;
}

}  // namespace gateway::exchange
