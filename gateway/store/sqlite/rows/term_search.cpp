#include "gateway/store/sqlite/rows/term_search.h"

#include <algorithm>
#include <limits>

#include "gateway/store/sqlite/engine/query.h"

namespace gateway::store::sqlite {
namespace {

constexpr std::size_t kFewest = 8, kMost = 1000;
constexpr std::int64_t kFirstTerm = -1;

std::vector<std::int64_t> partsOf(TermsOf list) {
    return list == TermsOf::Owed ? std::vector<std::int64_t>{0, 1}
                                 : std::vector<std::int64_t>{1, 2};
}

bool isIn(TermsOf list, const TermRow& row) {
    return list == TermsOf::Owed ? !row.answered : row.answered || (row.passed && row.breach);
}

bool contains(const std::vector<std::string>& values, const std::string& value) {
    return std::ranges::find(values, value) != values.end();
}

bool matches(const std::string& wanted, const std::string& is) {
    return wanted.empty() || wanted == is;
}

constexpr auto kLater = [](const auto& a, const auto& b) { return a.first > b.first; };

}  // namespace

const char* const kAheadOf =
    "SELECT due, term_id FROM term_line WHERE reader = ? AND list = ? AND "
    "(due, term_id) > (?, ?) AND due <= ? AND why & ? ORDER BY due, term_id LIMIT ?";

TermLines::TermLines(Connection& connection, const std::vector<TermReader>& readers, TermsOf list,
                     Bounds bounds) :
    connection_(connection), bounds_(bounds) {
    for (const auto part : partsOf(list))
        for (const auto& reader : readers) lanes_.push_back({reader, part, {}, bounds.after});
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) queue(lane);
}

std::optional<TermLines::Place> TermLines::next() {
    while (!heads_.empty()) {
        std::ranges::pop_heap(heads_, kLater);
        const auto [place, lane] = heads_.back();
        heads_.pop_back();
        queue(lane);
        if (place == given_) continue;
        given_ = place;
        return place;
    }
    return std::nullopt;
}

void TermLines::queue(std::size_t lane) {
    auto& from = lanes_[lane];
    if (from.ahead.empty() && !from.whole) readAhead(from);
    if (from.ahead.empty()) return;
    heads_.emplace_back(from.ahead.back(), lane);
    from.ahead.pop_back();
    std::ranges::push_heap(heads_, kLater);
}

void TermLines::readAhead(Lane& lane) {
    Query query(connection_, kAheadOf);
    query.with(lane.reader.number, lane.list, lane.read.due, lane.read.term, bounds_.lastDue,
               lane.reader.why, static_cast<std::int64_t>(bounds_.atOnce));
    while (query.next()) lane.ahead.push_back({query.row().number(0), query.row().number(1)});
    lane.whole = lane.ahead.size() < bounds_.atOnce;
    if (!lane.ahead.empty()) lane.read = lane.ahead.back();
    std::ranges::reverse(lane.ahead);
}

TermSearch::TermSearch(Connection& connection, const TermFilter& filter) :
    connection_(connection), filter_(filter) {
    for (const auto& [agency, role] : filter.visibleTo)
        if (const auto why = whyOf(role)) seeBy(agency, why);
    for (const auto& province : filter.visibleProvinces)
        seeBy(provinceReader(province), why::kProvince);
    for (const auto& owner : filter.own) seeBy(owner, why::kOwner);
    if (!filter.court.empty())
        court_ = {{readerNumber(connection, filter.court), why::kCourt | why::kFirstCourt}};
    if (!filter.province.empty())
        province_ = {{readerNumber(connection, provinceReader(filter.province)), why::kProvince}};
    const bool rows = !filter.court.empty() || !filter.province.empty() || !filter.owes.empty() ||
                      !filter.rule.empty() || !filter.exceptOwners.empty();
    if (!filter.owners.empty()) {
        for (const auto& owner : filter.owners) leadBy(owner, why::kOwner);
        apart_ = true;
        each_ = !rows && filter.everything && filter.officer.empty();
    } else if (!filter.officer.empty()) {
        leadBy(officerReader(filter.officer), why::kOfficer);
        apart_ = true;
        each_ = !rows && filter.everything;
    } else if (filter.everything) {
        for (const auto number : provinceNumbers(connection))
            walked_.push_back({number, why::kProvince});
        apart_ = true;
        each_ = !rows;
    } else {
        walked_ = sight_;
        apart_ = sight_.size() == 1;
        each_ = !rows;
    }
}

void TermSearch::seeBy(const std::string& name, std::int64_t why) {
    const auto number = readerNumber(connection_, name);
    if (number == 0) return;
    const auto known = std::ranges::find(sight_, number, &TermReader::number);
    if (known != sight_.end())
        known->why |= why;
    else
        sight_.push_back({number, why});
}

void TermSearch::leadBy(const std::string& name, std::int64_t why) {
    const auto number = readerNumber(connection_, name);
    const TermReader reader{number, why};
    if (number != 0 && std::ranges::find(walked_, reader) == walked_.end())
        walked_.push_back(reader);
}

TermLines::Bounds TermSearch::boundsAfter(const std::optional<TermPlace>& after,
                                          std::size_t limit) const {
    TermLines::Bounds bounds{{0, kFirstTerm}, std::numeric_limits<std::int64_t>::max(), 0};
    if (after) bounds.after = {dayNumber(after->due), after->number};
    if (!filter_.dueFrom.empty())
        bounds.after = std::max(bounds.after, {dayNumber(filter_.dueFrom), kFirstTerm});
    if (!filter_.dueUntil.empty()) bounds.lastDue = dayNumber(filter_.dueUntil);
    const auto share = 2 * limit / std::max<std::size_t>(walked_.size(), 1);
    bounds.atOnce = std::clamp(share, kFewest, kMost);
    return bounds;
}

bool TermSearch::seen(const KeptTerm& term, const std::vector<TermReader>& by) const {
    return std::ranges::any_of(term.readers, [&by](const TermReader& reader) {
        return std::ranges::any_of(by, [&reader](const TermReader& one) {
            return one.number == reader.number && (one.why & reader.why) != 0;
        });
    });
}

bool TermSearch::shows(const KeptTerm& term) const {
    const auto& row = term.row;
    return (filter_.owners.empty() || contains(filter_.owners, row.at.owner)) &&
           !contains(filter_.exceptOwners, row.at.owner) && matches(filter_.officer, row.officer) &&
           matches(filter_.owes, row.owes) && matches(filter_.rule, row.at.rule) &&
           (court_.empty() || seen(term, court_)) && (province_.empty() || seen(term, province_)) &&
           (filter_.everything || seen(term, sight_));
}

std::vector<TermRow> TermSearch::ofCase() const {
    std::vector<TermRow> rows;
    for (auto& term : keptTerms(connection_, filter_.caseId)) {
        const auto& due = term.row.at.due;
        if (!isIn(filter_.list, term.row) || !shows(term)) continue;
        if (!filter_.dueFrom.empty() && due < filter_.dueFrom) continue;
        if (!filter_.dueUntil.empty() && due > filter_.dueUntil) continue;
        term.row.at.number = term.id;
        rows.push_back(std::move(term.row));
    }
    std::ranges::sort(rows, {}, &TermRow::at);
    return rows;
}

std::vector<TermRow> TermSearch::page(const std::optional<TermPlace>& after, std::size_t limit) {
    std::vector<TermRow> rows;
    if (!filter_.caseId.empty()) {
        for (auto& row : ofCase())
            if (rows.size() < limit && (!after || row.at > *after)) rows.push_back(std::move(row));
        return rows;
    }
    TermLines lines(connection_, walked_, filter_.list, boundsAfter(after, limit));
    while (rows.size() < limit) {
        const auto place = lines.next();
        if (!place) break;
        auto term = keptTerm(connection_, place->term);
        // A line without its row is damage: who it was for is not known.
        if (!term || !seen(*term, walked_) || !shows(*term)) continue;
        term->row.at.number = term->id;
        rows.push_back(std::move(term->row));
    }
    return rows;
}

std::int64_t TermSearch::count() {
    if (!filter_.caseId.empty()) return static_cast<std::int64_t>(ofCase().size());
    std::int64_t count = 0;
    const auto bounds = boundsAfter({}, kMost);
    if (each_ && apart_) {
        for (const auto part : partsOf(filter_.list))
            for (const auto& reader : walked_) {
                Query query(connection_,
                            "SELECT count(*) FROM term_line WHERE reader = ? AND list = ? AND "
                            "(due, term_id) > (?, ?) AND due <= ? AND why & ?");
                query.with(reader.number, part, bounds.after.due, bounds.after.term, bounds.lastDue,
                           reader.why);
                if (query.next()) count += query.row().number(0);
            }
        return count;
    }
    TermLines lines(connection_, walked_, filter_.list, bounds);
    while (const auto place = lines.next()) {
        const auto term = each_ ? std::nullopt : keptTerm(connection_, place->term);
        if (each_ || (term && shows(*term))) ++count;
    }
    return count;
}

}  // namespace gateway::store::sqlite
