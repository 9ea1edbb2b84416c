#include "tests/scale/measures.h"

#include <algorithm>
#include <cstdio>

#include "gateway/base/time_format.h"
#include "gateway/exchange/answers/counted_figures.h"
#include "gateway/exchange/casework/case_past.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/ports/sqlite_figure_counts.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/scale/case_road.h"

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

void measureFigures(const Country& country, store::sqlite::SqliteStore& store,
                    const std::filesystem::path& file) {
    using law::figures::Months;
    const auto book =
        law::figures::FigureBook::load(THAHC_SOURCE_DIR "/mappings", country.reference().law());
    const auto view = store.view();
    store::sqlite::SqliteFigureCounts counts(file);
    exchange::CountedFigures figures(book, *view, counts, {store.identity(), "shipped"});
    const auto start = Watch::now();
    const auto counted = figures.catchUp(kLastDay);
    const std::chrono::duration<double> took = Watch::now() - start;
    std::printf("figures of %zu rulings counted in %.1f s, %.1f MB\n", counted, took.count(),
                static_cast<double>(std::filesystem::file_size(file)) / 1e6);
    Chance chance(11);
    timed("a year's statistics by province", 200, 100, [&] {
        return figures
            .byProvince({Months::Twelve, chance.between(2018, 2026)}, base::Timestamp::max())
            .size();
    });
    timed("the same as known on the day of its lock", 200, 100, [&] {
        const law::figures::Period period{Months::Twelve, chance.between(2018, 2025)};
        return figures.byProvince(period, base::vietnamMidnight(base::dayAfter(period.last(), 2)))
            .size();
    });
    timed("a province's sheet with its comparisons", 200, 100, [&] {
        const auto& all = country.reference().directory().territories().all();
        return figures
            .count({chance.of(all).id, {}}, {Months::Twelve, chance.between(2018, 2026)},
                   base::Timestamp::max())
            .columns.size();
    });
}

// As a signed question is asked: the page and, with the first one, how many there are.
void measureLists(const Country& country, store::sqlite::SqliteStore& store) {
    using model::AgencyKind;
    const auto& reference = country.reference();
    Chance chance(13);
    for (const auto& [what, kind] :
         {std::pair{"an enforcement authority", AgencyKind::Enforcement},
          std::pair{"a court", AgencyKind::Court}, std::pair{"a procuracy", AgencyKind::Procuracy},
          std::pair{"a committee", AgencyKind::PeoplesCommittee},
          std::pair{"the ministry", AgencyKind::Ministry}}) {
        std::vector<const model::Agency*> askers;
        for (const auto& agency : reference.directory().all())
            if (agency.kind == kind && agency.period.covers(kLastDay)) askers.push_back(&agency);
        if (askers.empty()) continue;
        for (const auto list : {store::TermsOf::Owed, store::TermsOf::Breaches}) {
            const auto asked = [&] {
                const auto& agency = chance.of(askers)->code;
                auto seen = reference.rights().visibility(agency, base::vietnamMidnight(kLastDay));
                store::TermFilter filter;
                filter.list = list;
                filter.everything = seen.visibleTo.empty() && seen.visibleProvinces.empty();
                filter.visibleTo = std::move(seen.visibleTo);
                filter.visibleProvinces = std::move(seen.visibleProvinces);
                filter.own = reference.directory().closure(agency, kLastDay).codes;
                return filter;
            };
            const std::string of = list == store::TermsOf::Owed ? "owed, to " : "breaches, to ";
            timed((of + what + ", a page").c_str(), 20, 300,
                  [&] { return store.cases().termPage(asked(), {}, 50).size(); });
            timed((of + what + ", counted").c_str(), 200, 100,
                  [&] { return static_cast<std::size_t>(store.cases().termCount(asked())); });
        }
    }
}

std::int64_t openDeadlines(store::Cases& cases) {
    std::int64_t open = 0;
    cases.forEachCase([&](const store::CaseRecord& record) {
        for (const auto& term : exchange::caseFileOf(record).terms)
            if (!term.lifted && !term.answeredOn && !term.passed && term.due) ++open;
        return true;
    });
    return open;
}

// Cases without a history, each with a day in the ten years to come on which the clock has
// something to say: what a tick must not look at. Nothing can be asked of them.
void addOpenDeadlines(const std::filesystem::path& file, std::int64_t wanted) {
    store::sqlite::Connection connection(file, store::sqlite::Access::ReadWrite);
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(wanted) +
        ") INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
        "number, issued_on, stage, snapshot, next_day, first_due) SELECT 'open-' || i, 1, 'none', "
        "'none', 'none', i, '2026-01-01', 'RECEIVED', '{}', date('2028-01-01', (i % 3000) || "
        "' days'), '' FROM n");
}

// What a tick costs with little and with much to say, among all that is open.
void measureClock(const Country& country, store::sqlite::SqliteStore& store, std::int64_t open) {
    LifeClock clock;
    clock.put(base::vietnamMidnight(kLastDay) + std::chrono::hours(9));
    exchange::Bell bell;
    exchange::CaseClock ticking(country.identity(), country.snapshots(), store.ledger(),
                                store.cases(), bell, clock);
    timed("a tick with nothing to say", 20, 300, [&] { return ticking.tick() ? 1U : 0U; });
    auto day = kLastDay;
    for (const std::size_t wanted : {10U, 1000U}) {
        std::size_t due = 0;
        while (due < wanted && day < base::dayAfter(kLastDay, 400)) {
            day = base::dayAfter(day);
            due = store.cases().dueByClock(base::formatDate(day), 0, 100'000).size();
        }
        clock.put(base::vietnamMidnight(day) + std::chrono::hours(1));
        const auto before = store.figures().commits;
        const auto start = Watch::now();
        while (ticking.tick()) {
        }
        const std::chrono::duration<double, std::milli> took = Watch::now() - start;
        std::printf(
            "a tick with %zu cases due among %lld open deadlines: %.0f ms, %.2f ms each "
            "(%lld commits)\n",
            due, static_cast<long long>(open), took.count(),
            took.count() / static_cast<double>(std::max<std::size_t>(due, 1)),
            static_cast<long long>(store.figures().commits - before));
    }
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
    measureLists(country, *store);
    timed("cases of an office in which something is owed, a page", 20, 300, [&] {
        auto filter = reference.rights().visibility(chance.of(offices)->code,
                                                    base::vietnamMidnight(kLastDay));
        filter.owedUntil = base::formatDate(base::dayAfter(kLastDay, chance.between(0, 30)));
        return cases.select(filter, "", 50).size();
    });
    timed("ids due by the clock, a page", 20, 300, [&] {
        return cases.dueByClock(base::formatDate(base::dayAfter(kLastDay, 10)), 0, 64).size();
    });
    const auto figures = file.parent_path() / "figures.db";
    measureFigures(country, *store, figures);
    constexpr std::int64_t kMillion = 1'000'000;
    const auto open = openDeadlines(cases);
    addOpenDeadlines(file, kMillion);
    measureClock(country, *store, open + kMillion);
    store::sqlite::Connection(file, store::sqlite::Access::ReadWrite)
        .execute("DELETE FROM case_file WHERE court = 'none'");
}

}  // namespace gateway::scale
