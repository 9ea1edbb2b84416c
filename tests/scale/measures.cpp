#include "tests/scale/measures.h"

#include <algorithm>
#include <cstdio>

#include "gateway/base/time_format.h"
#include "gateway/exchange/casework/case_past.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::scale {
namespace {

using Watch = std::chrono::steady_clock;

template <class Ask>
void timed(const char* what, double bound, int times, const Ask& ask) {
    std::vector<double> took;
    std::size_t rows = 0;
    for (int n = 0; n < times; ++n) {
        const auto start = Watch::now();
        rows += ask();
        took.push_back(std::chrono::duration<double, std::milli>(Watch::now() - start).count());
    }
    std::ranges::sort(took);
    const auto p99 = took[took.size() * 99 / 100];
    std::printf("%-58s p50 %8.2f  p99 %8.2f  worst %8.2f ms; bound %3.0f: %s  (%zu rows)\n", what,
                took[took.size() / 2], p99, took.back(), bound, p99 <= bound ? "within" : "OVER",
                rows);
}

/// Ids of cases evenly over the whole.
std::vector<std::string> someCases(store::Cases& cases) {
    std::vector<std::string> found;
    store::CaseFilter filter;
    std::string after;
    for (char digit : std::string("0123456789abcdef")) {
        after = std::string("case-") + digit;
        for (const auto& one : cases.select(filter, after, 60)) found.push_back(one.caseId);
    }
    return found;
}

}  // namespace

void measure(const Country& country, const std::filesystem::path& file) {
    const base::SystemClock clock;
    const auto store = store::sqlite::SqliteStore::open(file, {}, clock);
    auto& cases = store->cases();
    const auto& reference = country.reference();
    std::vector<const model::Agency*> procuracies, offices;
    for (const auto& agency : reference.directory().all()) {
        if (!agency.period.covers(kLastDay) || agency.level != model::AgencyLevel::Province)
            continue;
        if (agency.kind == model::AgencyKind::Procuracy) procuracies.push_back(&agency);
        if (agency.kind == model::AgencyKind::Enforcement) offices.push_back(&agency);
    }
    Chance chance(7);
    const auto some = someCases(cases);
    timed("one case by id", 10, 2000, [&] { return cases.find(chance.of(some)) ? 1U : 0U; });
    timed("asKnownAt of one case", 20, 2000, [&] {
        const auto id = chance.of(some);
        model::MonitoringQuery query;
        query.asKnownAt = base::vietnamMidnight(base::dayAfter(kFirstDay, chance.between(1, 3600)));
        return exchange::pastCases(reference, query, cases.historiesOf({id}, 64 << 20, "p")).size();
    });
    timed("a procuracy's page by territory and stage", 50, 300, [&] {
        const auto* own = chance.of(procuracies);
        auto filter = reference.rights().visibility(own->code, base::vietnamMidnight(kLastDay));
        filter.stage = chance.of(std::vector<std::string>{"OVERDUE", "COMPELLED", "VOLUNTARY"});
        return cases.select(filter, "", 50).size();
    });
    timed("counts of the whole country by province and stage", 200, 30,
          [&] { return cases.count({}).size(); });
    timed("ids due by the clock, a page", 20, 300, [&] {
        return cases.dueByClock(base::formatDate(base::dayAfter(kLastDay, 10)), 0, 64).size();
    });
}

}  // namespace gateway::scale
