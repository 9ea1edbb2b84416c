#include "gateway/exchange/answers/counted_figures.h"

#include <algorithm>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_history.h"

namespace gateway::exchange {
namespace {

using base::Date;
using base::Timestamp;
using law::figures::Months;
using law::figures::Period;
using law::figures::Tally;

constexpr Months kMonths[] = {Months::Three, Months::Six, Months::Ten, Months::Twelve};
constexpr Timestamp kEver = Timestamp::max();
constexpr Timestamp kNow = kEver - Timestamp::duration(1);  // all that was ever recorded
constexpr std::size_t kAtOnce = 200;

std::int64_t keyOf(const Period& period) {
    return period.year * 10 + static_cast<std::int64_t>(period.months);
}

// The statistics year in which a day lies.
int yearOf(Date day) {
    const int year = static_cast<int>(day.year());
    return day.month() >= std::chrono::October ? year + 1 : year;
}

Timestamp endOf(const Period& period) {
    return base::vietnamMidnight(base::dayAfter(period.last()));
}

void collectDays(const document::Node& node, std::vector<Date>& days) {
    if (node.value.size() == 10)
        if (const auto day = base::parseDate(node.value)) days.push_back(*day);
    for (const auto& child : node.children) collectDays(child, days);
}

const std::set<model::EventType> kSilent{
    model::EventType::TransferLinked, model::EventType::ParkingEnded,
    model::EventType::DeliveryFailed, model::EventType::DeliverySettled};

/// What one message tells, as far as it decides for which periods it is news.
struct News {
    Timestamp at{};
    bool alters = false;  ///< what was known before it is no longer so
    std::vector<Date> days;
    bool silent = true;  ///< it tells nothing that is counted

    /// For a period that was over when it came.
    [[nodiscard]] bool concerns(const Period& period) const {
        return alters || std::ranges::any_of(days, [&](Date day) { return day <= period.last(); });
    }
};

News newsOf(const std::vector<model::Event>& events) {
    News news;
    for (const auto& event : events) {
        news.at = event.recordedAt;
        if (event.ruling || event.undo) news.alters = true;
        if (event.act) collectDays(event.act->content, news.days);
        if (event.act || event.ruling) news.silent = false;
        if (!event.decided) {
            // Of before acts were declared: whatever it says may be of any day.
            news.alters = news.alters || !kSilent.contains(event.type);
            continue;
        }
        if (!event.decided->struck.empty()) news.alters = true;
        for (const auto& fact : event.decided->facts) news.days.push_back(fact.on);
    }
    news.silent = news.silent && !news.alters && news.days.empty();
    return news;
}

/// One ruling with the news that were told of it.
class Counting {
  public:
    Counting(const law::figures::Figures& figures, const law::figures::RulingHistory& history,
             const std::vector<News>& news) :
        figures_(figures), history_(history), news_(news) {}

    /// Rows of the periods of a year; whether it counts for something in any of them.
    bool year(int year, std::vector<store::CountedRuling>& rows) const {
        bool counts = false;
        for (const auto months : kMonths) counts = period({months, year}, rows) || counts;
        return counts;
    }

  private:
    bool period(const Period& period, std::vector<store::CountedRuling>& rows) const {
        const auto end = endOf(period);
        Timestamp known = news_.front().at;
        for (const auto& one : news_)
            if (one.at < end && !one.silent) known = std::max(known, one.at);
        auto cells = textAt(period, known);
        bool counts = !cells.empty();
        std::vector<store::CountedRuling> own{row(period, known, std::move(cells))};
        for (const auto& one : news_) {
            if (one.at <= known || one.silent || !one.concerns(period)) continue;
            auto later = textAt(period, one.at);
            if (later == own.back().cells) continue;
            own.back().until = one.at;
            counts = counts || !later.empty();
            own.push_back(row(period, one.at, std::move(later)));
        }
        // What counts for nothing needs no row, if nobody has known of it otherwise since it began.
        if (counts || known >= base::vietnamMidnight(period.first()))
            std::ranges::move(own, std::back_inserter(rows));
        return counts;
    }
    [[nodiscard]] std::string textAt(const Period& period, Timestamp known) const {
        return law::figures::textOf(figures_.tally(history_, period, known));
    }
    [[nodiscard]] store::CountedRuling row(const Period& period, Timestamp from,
                                           std::string cells) const {
        return {keyOf(period), history_.id, history_.province, history_.court,
                from,          kEver,       news_.front().at,  std::move(cells)};
    }

    const law::figures::Figures& figures_;
    const law::figures::RulingHistory& history_;
    const std::vector<News>& news_;
};

}  // namespace

std::vector<store::CountedRuling> CountedFigures::rowsOf(const std::string& caseId,
                                                         int lastYear) const {
    std::vector<model::Event> all;
    std::vector<News> news;
    for (const auto& message : log_.cases().messagesOf(caseId)) {
        const auto events = eventsOf(message);
        news.push_back(newsOf(events));
        all.insert(all.end(), events.begin(), events.end());
    }
    const auto history = recordedHistory(all);
    if (!history || news.empty()) return {};
    Date first = base::vietnamDate(news.front().at), last = first;
    for (const auto& one : news)
        for (const auto day : one.days) {
            first = std::min(first, day);
            last = std::max(last, day);
        }
    for (const auto& fact : history->facts) first = std::min(first, fact.fact.on);
    const Counting counting(figures_, *history, news);
    std::vector<store::CountedRuling> rows;
    // Terms may end after the last fact; after a whole year of nothing there is nothing more.
    bool counts = true;
    for (int year = yearOf(first); year <= lastYear; ++year) {
        const bool quiet = !counts && year > yearOf(last) + 2;
        if (quiet) break;
        counts = counting.year(year, rows);
    }
    return rows;
}

// Cases with news; in a new year also those that go on.
std::vector<std::string> CountedFigures::toBeCounted(const store::CountedState& before,
                                                     int lastYear) {
    std::vector<std::string> ids;
    if (before.position == 0) {
        log_.cases().forEachCase([&](const store::CaseRecord& record) {
            ids.push_back(record.caseId);
            return true;
        });
        return ids;
    }
    std::set<std::string> found;
    log_.cases().forEachMessage(before.position, [&](const store::MessageRecord& message) {
        if (!message.caseId.empty()) found.insert(message.caseId);
        return true;
    });
    if (const auto newest = keyOf({Months::Twelve, lastYear}); before.lastPeriod < newest)
        for (auto& id : counts_.casesSince(newest - 40)) found.insert(std::move(id));
    return {found.begin(), found.end()};
}

std::size_t CountedFigures::catchUp(Date today, const std::function<void(std::size_t)>& progress) {
    auto before = counts_.state();
    const int lastYear = yearOf(today);
    if (before.store != by_.store || before.book != by_.book ||
        before.position > log_.lastPosition()) {
        before = {by_.store, by_.book, 0, 0};
        counts_.clear(before);
    }
    const store::CountedState after{by_.store, by_.book, log_.lastPosition(),
                                    std::max(before.lastPeriod, keyOf({Months::Twelve, lastYear}))};
    if (after == before) return 0;
    const auto ids = toBeCounted(before, lastYear);
    std::vector<std::string> cases;
    std::vector<store::CountedRuling> rows;
    std::size_t done = 0;
    for (const auto& id : ids) {
        std::ranges::move(rowsOf(id, lastYear), std::back_inserter(rows));
        cases.push_back(id);
        if (++done % kAtOnce != 0) continue;
        counts_.replace(cases, rows, before);
        cases.clear();
        rows.clear();
        if (progress) progress(done);
    }
    counts_.replace(cases, rows, after);
    return done;
}

CountedFigures::Tallies CountedFigures::sums(const Whose& whose, const Period& period,
                                             Timestamp cutoff) {
    GW_CHECK(cutoff >= base::vietnamMidnight(period.first()));
    const store::CountedSelection selection{keyOf(period), std::min(cutoff, kNow), whose.province,
                                            whose.court};
    std::map<std::pair<std::string, std::string>, std::int64_t> times;
    for (auto& group : counts_.groups(selection))
        times[{std::move(group.province), std::move(group.cells)}] += group.rulings;
    Tallies found;
    for (const auto& [key, rulings] : times)
        law::figures::add(found[key.first], law::figures::tallyFrom(key.second), rulings);
    for (const auto& id : counts_.unkept(selection))
        if (const auto history = recordedHistory(log_.cases(), id))
            law::figures::add(found[history->province],
                              figures_.tally(*history, period, selection.cutoff), 1);
    return found;
}

law::figures::Table CountedFigures::table(const Whose& whose, const Period& period,
                                          Timestamp cutoff) {
    Tally all;
    for (const auto& [province, sum] : sums(whose, period, cutoff)) law::figures::add(all, sum, 1);
    return figures_.add(all, period, cutoff);
}

law::figures::Table CountedFigures::count(const Whose& whose, const Period& period,
                                          Timestamp cutoff) {
    auto made = table(whose, period, cutoff);
    figures_.compare(made, table(whose, {Months::Twelve, period.year - 1}, cutoff));
    for (const auto months : kMonths)
        if (months < period.months)
            figures_.compare(made, table(whose, {months, period.year}, cutoff));
    return made;
}

std::map<std::string, law::figures::Table> CountedFigures::byProvince(const Period& period,
                                                                      Timestamp cutoff) {
    std::map<std::string, law::figures::Table> found;
    for (const auto& [province, sum] : sums({}, period, cutoff))
        found.emplace(province, figures_.add(sum, period, cutoff));
    return found;
}

law::figures::Table CountedFigures::lines(const std::string& cell, const Whose& whose,
                                          const Period& period, Timestamp cutoff) {
    const store::CountedSelection selection{keyOf(period), std::min(cutoff, kNow), whose.province,
                                            whose.court};
    std::set<std::string> ids;
    for (const auto& one : counts_.rulings(selection))
        if (law::figures::tallyFrom(one.cells).contains(cell)) ids.insert(one.caseId);
    for (auto& id : counts_.unkept(selection)) ids.insert(std::move(id));
    std::vector<law::figures::RulingHistory> histories;
    for (const auto& id : ids)
        if (auto history = recordedHistory(log_.cases(), id))
            histories.push_back(*std::move(history));
    return figures_.count(histories, period, selection.cutoff);
}

}  // namespace gateway::exchange
