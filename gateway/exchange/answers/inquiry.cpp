#include "gateway/exchange/answers/inquiry.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/answers/case_matters.h"
#include "gateway/exchange/answers/cursor.h"
#include "gateway/exchange/answers/evidence_format.h"
#include "gateway/exchange/answers/term_lists.h"
#include "gateway/exchange/casework/case_past.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/reference/number_key.h"
#include "gateway/exchange/reference/plausibility.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;

// Of each stored byte of an answer: the case, its view, the tree of both directions, the seal.
constexpr std::size_t kAnswerCopies = 8;

std::string textOf(const std::optional<base::Date>& date) {
    return date ? base::formatDate(*date) : std::string();
}

std::string jsonList(const std::vector<std::string>& values) {
    document::Node array = document::arrayNode();
    for (const auto& value : values) array.children.push_back(document::stringNode("", value));
    return document::writeJson(array);
}

// A cursor continues this asker's very question under the same rules.
std::string bindingOf(const Inbound& inbound, const Received& received,
                      const model::CaseSelection& select) {
    return document::FieldDigest()
        .add(received.verified.signerAgency)
        .add(mapping::toJson(select))
        .add(inbound.snapshot->rules.view())
        .finish()
        .hex();
}

// Who asks has chosen the format, and can choose another: no fault of the gateway's.
base::Result<Sealed> written(const OutwardForm& form, const model::Message& message,
                             const Identity& identity, const Snapshot& snapshot) {
    const auto& asker = message.envelope.to;
    try {
        return writeSealed(form, mapping::unbindMessage(message), asker, identity, snapshot,
                           "thahc-answer+json");
    } catch (const mapping::Unwritable& fault) {
        base::logEvent(base::LogLevel::Info, "query.unwritable",
                       {{"agency", asker}, {"reason", fault.what()}});
        return Problem(ErrorCode::DELIVERY_UNWRITABLE, fault.problem.path, {})
            .with("recipient", asker);
    }
}

}  // namespace

Inquiry::Inquiry(Identity identity, store::Ledger& ledger, store::Cases& cases,
                 const base::Clock& clock, const base::Limits& limits) :
    identity_(identity),
    reception_(std::move(identity), limits),
    refusals_(ledger, clock, limits),
    ledger_(ledger),
    cases_(cases),
    clock_(clock),
    limits_(limits) {}

Answer Inquiry::ask(const Inbound& inbound) {
    auto answer = answered(inbound);
    return answer.refused ? inSignersFormat(inbound, identity_, std::move(answer)) : answer;
}

Answer Inquiry::answered(const Inbound& inbound) {
    auto received = reception_.receive(inbound, Reception::Purpose::Question);
    if (!received) return refusals_.refuse(inbound, received.error());
    auto found = find(inbound, *received);
    if (!found) {
        auto refused = refusedAs(*received, std::move(found).error());
        refused.retryAfter = kMemoryPause;  // told with 429 only
        return refusals_.refuse(inbound, refused);
    }

    const auto& question = received->message.envelope;
    model::Message message;
    message.envelope.to = received->verified.signerAgency;
    message.envelope.type = static_cast<model::MessageType>(found->payload.index());
    message.envelope.created = clock_.now();
    message.envelope.id = base::newId("ans", message.envelope.created);
    message.envelope.from = identity_.address();
    message.envelope.inReplyTo = question.id;
    message.payload = std::move(found->payload);
    const auto form =
        outwardForm(*inbound.snapshot, *received->partner, model::typeNameOf(message.payload),
                    base::vietnamDate(message.envelope.created));
    const auto sealed = written(form, message, identity_, *inbound.snapshot);
    if (!sealed) return refusals_.refuse(inbound, refusedAs(*received, sealed.error()));
    store::ReadAudit audit;
    audit.agency = received->verified.signerAgency;
    audit.queryId = question.id;
    audit.channel = inbound.channel->id;
    audit.questionSha256 = received->verified.content.digest().hex();
    audit.answerSha256 = document::sha256(sealed->bytes).hex();
    audit.purpose = nameOf(question.type);
    audit.caseIds = jsonList(found->caseIds);
    audit.at = message.envelope.created;
    if (auto problem = record(audit))
        return refusals_.refuse(inbound, refusedAs(*received, *std::move(problem)));
    base::logEvent(base::LogLevel::Info, "query.answered",
                   {{"correlation", inbound.correlation},
                    {"agency", audit.agency},
                    {"query", audit.queryId},
                    {"type", audit.purpose},
                    {"channel", audit.channel},
                    {"answerSha256", audit.answerSha256}});
    return {200, sealed->mediaType, sealed->bytes};
}

std::optional<Problem> Inquiry::record(const store::ReadAudit& audit) {
    const auto quota = limits_.storedBytesPerAgency;
    switch (ledger_.recordRead(audit, quota)) {
        case store::ReadRecorded::Yes: return std::nullopt;
        case store::ReadRecorded::Repeated: break;
        case store::ReadRecorded::OverQuota:
            return storedQuotaProblem(audit.agency, quota, ledger_.storedBytes(audit.agency));
    }
    return Problem(ErrorCode::REPLAY).with("messageId", audit.queryId);
}

// "None" must not be said of what does not exist: a name for a code, a slip of the pen.
std::optional<Problem> Inquiry::unknownIn(const Inbound& inbound,
                                          const model::CaseSelection& select,
                                          const std::string& path) {
    const auto& reference = *inbound.snapshot->reference;
    const auto& directory = reference.directory();
    if (!select.province.empty() && !directory.territories().find(select.province))
        return Problem(ErrorCode::MAPPING_CODE, path + "/province", {})
            .with("value", select.province)
            .with("list", "territory");
    const auto agency = [&](const std::string& code, const char* member) {
        std::optional<Problem> problem;
        if (!code.empty() && !directory.find(code))
            problem = reference.names().unknown(code, base::vietnamDate(inbound.receivedAt),
                                                path + "/" + member);
        return problem;
    };
    if (auto problem = agency(select.court, "court")) return problem;
    return agency(select.committee, "committee");
}

base::Result<Inquiry::Found> Inquiry::find(const Inbound& inbound, const Received& received) {
    const auto latest = base::vietnamDate(inbound.receivedAt + limits_.messageAheadOfClock);
    const auto& plausibility = inbound.snapshot->reference->plausibility();
    if (auto problem = plausibility.implausible(received.message.payload, latest))
        return *std::move(problem);
    try {
        return look(inbound, received);
    } catch (const store::StoreTooCostly&) {
        return Problem(ErrorCode::QUERY_TOO_COSTLY);
    }
}

base::Result<Inquiry::Found> Inquiry::look(const Inbound& inbound, const Received& received) {
    if (const auto* query = std::get_if<model::StatisticsQuery>(&received.message.payload)) {
        if (auto problem = unknownIn(inbound, query->select, "statisticsQuery/select"))
            return *std::move(problem);
        return statistics(inbound, received, *query);
    }
    TermListing terms(cases_, limits_);
    const auto listed = [&received](base::Result<TermListing::Found> made) -> base::Result<Found> {
        if (!made) return std::move(made).error();
        made->list.questionSha256 = received.verified.content.digest().hex();
        return Found{std::move(made->list), std::move(made->caseIds)};
    };
    if (const auto* query = std::get_if<model::WorkListQuery>(&received.message.payload))
        return listed(terms.work(inbound, received, *query));
    if (const auto* query = std::get_if<model::BreachQuery>(&received.message.payload))
        return listed(terms.breaches(inbound, received, *query));
    const auto& query = std::get<model::MonitoringQuery>(received.message.payload);
    if (auto problem = unknownIn(inbound, query.select, "monitoringQuery/select"))
        return *std::move(problem);
    return monitoring(inbound, received, query);
}

store::CaseFilter Inquiry::filterOf(const Inbound& inbound, const Received& received,
                                    const model::CaseSelection& select) const {
    const auto& reference = *inbound.snapshot->reference;
    store::CaseFilter filter =
        reference.rights().visibility(received.verified.signerAgency, inbound.receivedAt);
    // Cases keep canonical codes; a question may use either form.
    const auto canonical = [&reference](const std::string& code) {
        const auto* agency = code.empty() ? nullptr : reference.directory().find(code);
        return agency ? agency->code : code;
    };
    filter.askedBy = inbound.channel->id;
    filter.caseId = select.caseId;
    filter.court = canonical(select.court);
    filter.province = select.province;
    filter.committee = canonical(select.committee);
    filter.issuedFrom = textOf(select.issuedFrom);
    filter.issuedUntil = textOf(select.issuedUntil);
    filter.owedUntil = textOf(select.owedUntil);
    if (select.stage) filter.stage = nameOf(*select.stage);
    if (!select.number.empty()) filter.number = numberKey(select.number);
    if (select.ruling)
        filter.ruling = {canonical(select.ruling->court),
                         numberKey(select.ruling->number, select.ruling->issuedOn),
                         base::formatDate(select.ruling->issuedOn)};
    return filter;
}

base::Result<Inquiry::Found> Inquiry::monitoring(const Inbound& inbound, const Received& received,
                                                 const model::MonitoringQuery& query) {
    const std::string binding = bindingOf(inbound, received, query.select);
    std::string after;
    if (!query.cursor.empty()) {
        const auto cursor = Cursor::decode(query.cursor);
        if (!cursor || !cursor->continues(binding, inbound.receivedAt))
            return Problem(ErrorCode::CURSOR_INVALID, "monitoringQuery/cursor", {});
        after = cursor->after;
    }
    const auto wanted =
        static_cast<std::size_t>(std::max<std::int64_t>(1, query.pageSize.value_or(50)));
    const std::size_t page = std::min(wanted, limits_.queryPage);
    // One more than shown tells whether there is a next page.
    auto records = cases_.select(filterOf(inbound, received, query.select), after, page + 1);
    model::QueryAnswer answer;
    answer.questionSha256 = received.verified.content.digest().hex();
    std::size_t shown = 0, bytes = 0;
    while (shown < std::min(records.size(), page) && bytes <= limits_.queryPageBytes)
        bytes += records[shown++].snapshot.size();
    const bool more = records.size() > shown;
    records.resize(shown);
    store::Histories histories;
    const bool past = query.asKnownAt || query.asHappenedAt;
    if (query.withHistory.value_or(false) || past) {
        std::vector<std::string> ids;
        for (const auto& record : records) ids.push_back(record.caseId);
        histories = cases_.historiesOf(ids, limits_.queryHistoryBytes, inbound.channel->id);
        if (histories.whole == 0 && !records.empty()) return Problem(ErrorCode::QUERY_TOO_COSTLY);
        records.resize(histories.whole);
    }
    if (more || records.size() < shown)
        answer.nextCursor = Cursor{records.back().caseId, binding, inbound.receivedAt}.encode();
    std::size_t heavy = 0;
    for (const auto& record : records) heavy += record.snapshot.size();
    for (const auto& message : histories.messages) heavy += message.events.size();
    if (inbound.memory)
        if (auto full = base::problemOf(inbound.memory->grow(kAnswerCopies * heavy)))
            return *std::move(full);
    Found found;
    for (const auto& record : records) {
        found.caseIds.push_back(record.caseId);
        if (!past) answer.cases.push_back(viewOf(caseFileOf(record)));
    }
    if (past) answer.cases = pastCases(*inbound.snapshot->reference, query, histories);
    if (query.withHistory.value_or(false)) addHistories(query.asKnownAt, histories, answer.cases);
    if (auto problem =
            CaseMatters(inbound, cases_, limits_)
                .addTo(records, received.verified.signerAgency, query, answer.cases, found.caseIds))
        return *std::move(problem);
    found.payload = std::move(answer);
    return found;
}

Inquiry::Found Inquiry::statistics(const Inbound& inbound, const Received& received,
                                   const model::StatisticsQuery& query) {
    model::StatisticsAnswer answer;
    answer.questionSha256 = received.verified.content.digest().hex();
    for (const auto& count : cases_.count(filterOf(inbound, received, query.select))) {
        const auto stage = model::valueOf<model::Stage>(count.stage);
        if (!stage) throw base::Fault("unknown stage in the store: " + count.stage);
        answer.rows.push_back({count.province, *stage, count.cases});
        answer.total += count.cases;
    }
    Found found;
    found.payload = std::move(answer);
    return found;
}

// Both in the order of the page; of a case that was not known then there is no view.
void Inquiry::addHistories(const std::optional<base::Timestamp>& until,
                           const store::Histories& histories, std::vector<model::CaseView>& cases) {
    for (const auto& message : histories.messages) {
        const auto view = std::ranges::find(cases, message.caseId, &model::CaseView::caseId);
        if (view == cases.end() || (until && message.decidedAt > *until)) continue;
        addHistory(message, *view);
    }
}

}  // namespace gateway::exchange
