#include "gateway/exchange/answers/term_lists.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/answers/cursor.h"
#include "gateway/exchange/answers/matter_parts.h"
#include "gateway/exchange/answers/term_proof.h"
#include "gateway/exchange/casework/case_past.h"
#include "gateway/exchange/records/term_rows.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;

constexpr std::size_t kUsualPage = 50;
// Of each stored byte of an answer: the row, its line, the tree of both directions, the seal.
constexpr std::size_t kAnswerCopies = 6;
// What a line says that stands in its row beside the kept text, about so many bytes.
constexpr std::size_t kColumnsOfLine = 300;
constexpr char kApart = '\t';

std::string textOf(const std::optional<base::Date>& date) {
    return date ? base::formatDate(*date) : std::string();
}

std::string writtenPlace(const store::TermPlace& at, std::int64_t total) {
    return at.due + kApart + std::to_string(at.number) + kApart + std::to_string(total);
}

struct KeptPlace {
    store::TermPlace at;
    std::int64_t total = 0;
};

// Written by us and bound to its question, but not sealed: it is looked at again.
std::optional<KeptPlace> readPlace(const std::string& text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == kApart)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    if (parts.size() != 3 || !base::parseDate(parts[0])) return std::nullopt;
    const auto numberIn = [](const std::string& part) {
        std::int64_t number = 0;
        std::from_chars(part.data(), part.data() + part.size(), number);
        return number;
    };
    KeptPlace place;
    place.at.due = parts[0];
    place.at.number = numberIn(parts[1]);
    place.total = numberIn(parts[2]);
    return place;
}

// "None" must not be said of what does not exist.
std::optional<Problem> unknownIn(const Inbound& inbound, const model::TermSelection& select,
                                 const std::string& path) {
    const auto& reference = *inbound.snapshot->reference;
    const auto& directory = reference.directory();
    const auto code = [&path](const char* member, const std::string& value, const char* list) {
        return Problem(ErrorCode::MAPPING_CODE, path + member, {})
            .with("value", value)
            .with("list", list);
    };
    if (!select.province.empty() && !directory.territories().find(select.province))
        return code("province", select.province, "territory");
    if (!select.owes.empty() && !model::valueOf<law::Role>(select.owes))
        return code("owes", select.owes, "role");
    const auto knownIn = [&](const law::Subject& subject) {
        const auto& terms = reference.law().process(subject).terms;
        return std::ranges::find(terms, select.rule, &law::TermRule::id) != terms.end();
    };
    if (!select.rule.empty() && std::ranges::none_of(reference.law().subjects(), knownIn))
        return code("rule", select.rule, "term");
    for (const auto& [member, value] :
         {std::pair{"owedBy", select.owedBy}, std::pair{"court", select.court}})
        if (!value.empty() && !directory.find(value))
            return reference.names().unknown(value, base::vietnamDate(inbound.receivedAt),
                                             path + member);
    return std::nullopt;
}

store::TermFilter filterOf(const Inbound& inbound, const Received& received,
                           const model::TermSelection& select) {
    const auto& reference = *inbound.snapshot->reference;
    const auto& directory = reference.directory();
    const auto day = base::vietnamDate(inbound.receivedAt);
    auto visible =
        reference.rights().visibility(received.verified.signerAgency, inbound.receivedAt);
    store::TermFilter filter;
    filter.everything = visible.visibleTo.empty() && visible.visibleProvinces.empty();
    filter.visibleTo = std::move(visible.visibleTo);
    filter.visibleProvinces = std::move(visible.visibleProvinces);
    // Whoever leads a matter follows what others owe in it.
    if (!filter.everything)
        for (const auto& code : directory.closure(received.verified.signerAgency, day).codes)
            filter.visibleTo.push_back({code, "lead"});
    filter.askedBy = inbound.channel->id;
    filter.caseId = select.caseId;
    filter.province = select.province;
    filter.owes = select.owes;
    filter.officer = select.officer;
    filter.rule = select.rule;
    filter.dueFrom = textOf(select.dueFrom);
    filter.dueUntil = textOf(select.dueUntil);
    if (!select.court.empty()) filter.court = directory.find(select.court)->code;
    if (!select.owedBy.empty())
        filter.owners = directory.closure(directory.find(select.owedBy)->code, day).codes;
    return filter;
}

// A cursor continues this asker's very question under the same rules.
template <class Query>
std::string bindingOf(const Inbound& inbound, const Received& received, Query query) {
    query.cursor.clear();
    query.pageSize.reset();
    return document::FieldDigest()
        .add(received.verified.signerAgency)
        .add(nameOf(received.message.envelope.type))
        .add(mapping::toJson(query))
        .add(inbound.snapshot->rules.view())
        .finish()
        .hex();
}

void earlier(std::string& until, base::Date day) {
    const auto text = base::formatDate(day);
    if (until.empty() || text < until) until = text;
}

bool contains(const std::vector<std::string>& values, const std::string& value) {
    return std::ranges::find(values, value) != values.end();
}

// The list's conditions for rows that do not come out of the store.
bool fits(const store::TermRow& row, const store::TermFilter& filter) {
    const auto same = [](const std::string& wanted, const std::string& is) {
        return wanted.empty() || wanted == is;
    };
    return isBreach(row) && same(filter.owes, row.owes) && same(filter.officer, row.officer) &&
           same(filter.rule, row.at.rule) &&
           (filter.owners.empty() || contains(filter.owners, row.at.owner)) &&
           !contains(filter.exceptOwners, row.at.owner) &&
           (filter.dueFrom.empty() || row.at.due >= filter.dueFrom) &&
           (filter.dueUntil.empty() || row.at.due <= filter.dueUntil);
}

void addOnce(std::vector<std::string>& ids, const std::string& id) {
    if (!contains(ids, id)) ids.push_back(id);
}

std::optional<Problem> charged(const Inbound& inbound, std::size_t bytes) {
    if (!inbound.memory) return std::nullopt;
    return base::problemOf(inbound.memory->grow(kAnswerCopies * bytes));
}

}  // namespace

base::Result<store::Histories> TermListing::historiesOf(const Inbound& inbound,
                                                        const std::vector<std::string>& ids) {
    auto histories = cases_.historiesOf(ids, limits_.queryHistoryBytes, inbound.channel->id);
    if (histories.whole == 0 && !ids.empty()) return Problem(ErrorCode::QUERY_TOO_COSTLY);
    std::size_t bytes = 0;
    for (const auto& message : histories.messages) bytes += message.events.size();
    if (auto full = charged(inbound, bytes)) return *std::move(full);
    return histories;
}

base::Result<TermListing::Found> TermListing::listed(const Inbound& inbound,
                                                     const store::TermFilter& filter,
                                                     const Page& page) {
    std::optional<KeptPlace> after;
    if (!page.after.empty()) {
        after = readPlace(page.after);
        if (!after) return Problem(ErrorCode::CURSOR_INVALID);
    }
    Found found;
    auto rows =
        cases_.termPage(filter, after ? std::optional(after->at) : std::nullopt, page.lines + 1);
    bool more = rows.size() > page.lines;
    if (more) rows.pop_back();
    found.list.total = after ? after->total : cases_.termCount(filter);
    for (const auto& row : rows) addOnce(found.caseIds, row.at.caseId);
    std::size_t bytes = 0;
    for (const auto& row : rows) bytes += kColumnsOfLine + row.line.size();
    if (auto full = charged(inbound, bytes)) return *std::move(full);
    if (filter.list == store::TermsOf::Breaches) {
        auto histories = historiesOf(inbound, found.caseIds);
        if (!histories) return std::move(histories).error();
        // What cannot be proved on this page stands on the next one.
        if (histories->whole < found.caseIds.size()) {
            found.caseIds.resize(histories->whole);
            const auto first = std::ranges::find_if(rows, [&found](const store::TermRow& row) {
                return !contains(found.caseIds, row.at.caseId);
            });
            rows.erase(first, rows.end());
            more = true;
        }
        for (const auto& row : rows) found.list.lines.push_back(lineOf(row));
        addProofs(*histories, std::nullopt, found.list.lines);
    } else {
        for (const auto& row : rows) found.list.lines.push_back(lineOf(row));
    }
    if (more)
        found.list.nextCursor = Cursor{writtenPlace(rows.back().at, *found.list.total),
                                       page.binding, inbound.receivedAt}
                                    .encode();
    return found;
}

// What was known then is no row any more: the cases that the asker sees are folded until then.
base::Result<TermListing::Found> TermListing::known(const Inbound& inbound,
                                                    const store::TermFilter& filter,
                                                    base::Timestamp at, const Page& page) {
    store::CaseFilter cases;
    cases.visibleTo = filter.visibleTo;
    cases.visibleProvinces = filter.visibleProvinces;
    cases.askedBy = filter.askedBy;
    cases.caseId = filter.caseId;
    cases.court = filter.court;
    cases.province = filter.province;
    auto records = cases_.select(cases, page.after, page.lines + 1);
    bool more = records.size() > page.lines;
    if (more) records.pop_back();
    std::vector<std::string> ids;
    for (const auto& record : records) ids.push_back(record.caseId);
    auto histories = historiesOf(inbound, ids);
    if (!histories) return std::move(histories).error();
    more = more || histories->whole < ids.size();
    ids.resize(histories->whole);
    Found found;
    for (const auto& file : filesAsKnown(*histories, at)) {
        auto rows = termRowsOf(file);
        std::ranges::sort(rows, {}, &store::TermRow::at);
        for (const auto& row : rows)
            if (fits(row, filter)) found.list.lines.push_back(lineOf(row));
    }
    addProofs(*histories, at, found.list.lines);
    if (more) found.list.nextCursor = Cursor{ids.back(), page.binding, inbound.receivedAt}.encode();
    found.caseIds = std::move(ids);
    return found;
}

namespace {

// Where the page begins, if the cursor is of this question.
std::optional<std::string> afterOf(const Inbound& inbound, const std::string& written,
                                   const std::string& binding) {
    if (written.empty()) return std::string();
    const auto cursor = Cursor::decode(written);
    if (!cursor || !cursor->continues(binding, inbound.receivedAt)) return std::nullopt;
    return cursor->after;
}

std::size_t linesOf(const std::optional<std::int64_t>& wanted, const base::Limits& limits) {
    const auto lines = static_cast<std::size_t>(
        std::max<std::int64_t>(1, wanted.value_or(std::int64_t{kUsualPage})));
    return std::min(lines, limits.queryPage);
}

}  // namespace

base::Result<TermListing::Found> TermListing::work(const Inbound& inbound, const Received& received,
                                                   const model::WorkListQuery& query) {
    if (auto problem = unknownIn(inbound, query.select, "workListQuery/select/"))
        return *std::move(problem);
    Page page{bindingOf(inbound, received, query), {}, linesOf(query.pageSize, limits_)};
    auto after = afterOf(inbound, query.cursor, page.binding);
    if (!after) return Problem(ErrorCode::CURSOR_INVALID, "workListQuery/cursor", {});
    page.after = *std::move(after);
    const auto day = base::vietnamDate(inbound.receivedAt);
    auto filter = filterOf(inbound, received, query.select);
    const auto& directory = inbound.snapshot->reference->directory();
    filter.own = directory.closure(received.verified.signerAgency, day).codes;
    if (query.ownOnly) {
        filter.everything = false;
        filter.visibleTo.clear();
        filter.visibleProvinces.clear();
    }
    const std::chrono::sys_days today(day);
    if (query.overdue) earlier(filter.dueUntil, base::Date(today - std::chrono::days(1)));
    if (query.withinDays)
        earlier(filter.dueUntil, base::Date(today + std::chrono::days(*query.withinDays)));
    auto found = listed(inbound, filter, page);
    if (!found || query.select.caseId.empty() || !page.after.empty()) return found;
    found->list.parts = partsSeen(*inbound.snapshot->reference, cases_, filter);
    if (!found->list.parts.empty()) addOnce(found->caseIds, query.select.caseId);
    return found;
}

base::Result<TermListing::Found> TermListing::breaches(const Inbound& inbound,
                                                       const Received& received,
                                                       const model::BreachQuery& query) {
    if (auto problem = unknownIn(inbound, query.select, "breachQuery/select/"))
        return *std::move(problem);
    Page page{bindingOf(inbound, received, query), {}, linesOf(query.pageSize, limits_)};
    auto after = afterOf(inbound, query.cursor, page.binding);
    if (!after) return Problem(ErrorCode::CURSOR_INVALID, "breachQuery/cursor", {});
    page.after = *std::move(after);
    auto filter = filterOf(inbound, received, query.select);
    filter.list = store::TermsOf::Breaches;
    filter.exceptOwners = inbound.snapshot->reference->rights().notSupervised(
        received.verified.signerAgency, inbound.receivedAt);
    return query.asKnownAt ? known(inbound, filter, *query.asKnownAt, page)
                           : listed(inbound, filter, page);
}

}  // namespace gateway::exchange
