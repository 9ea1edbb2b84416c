#include "gateway/exchange/answers/case_matters.h"

#include <algorithm>
#include <map>

#include "gateway/exchange/casework/case_past.h"
#include "gateway/exchange/casework/case_roles.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/law/life/matter_life.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using model::CaseFile;

// Of each stored byte: the file, what the view shows of it, the trees, the seal.
constexpr std::size_t kMatterCopies = 8;

std::set<law::Role> rolesIn(const ReferenceData& reference, const CaseFile& file,
                            const std::string& asker, base::Date day) {
    const CaseRoles roles(reference, file, day);
    std::set<law::Role> all;
    for (const auto& obligation : file.obligations) all.merge(roles.of(asker, obligation.no));
    return all;
}

// By what had happened by the end of that day, by the law of today.
CaseFile standingOn(const law::LawBook& law, CaseFile file, base::Date day) {
    std::erase_if(file.facts, [day](const model::Fact& fact) { return fact.on > day; });
    file.terms.clear();
    if (file.facts.empty()) return file;
    law::MatterLife life(law, *file.matter, file.facts, {});
    static_cast<void>(
        life.hear({}, std::ranges::min_element(file.facts, {}, &model::Fact::on)->on));
    life.advance(day, [](const law::Step&) {});
    file.terms = life.terms();
    return file;
}

}  // namespace

void addHistory(const store::MessageRecord& message, model::CaseView& view) {
    for (const auto& event : eventsOf(message)) {
        model::HistoryItem item;
        item.event = event.type;
        if (event.act && event.type == model::EventType::ActRecorded) item.act = event.act->type;
        item.happenedOn = event.happenedOn;
        item.recordedAt = event.recordedAt;
        item.actor = event.actor;
        item.messageId = event.messageId;
        item.contentSha256 = event.contentSha256;
        item.legalBasis = event.legalBasis;
        item.recordedFor = event.recordedFor;
        view.history.push_back(std::move(item));
    }
}

std::optional<Problem> CaseMatters::charged(std::size_t bytes) const {
    if (!inbound_.memory) return std::nullopt;
    return base::problemOf(inbound_.memory->grow(kMatterCopies * bytes));
}

std::vector<CaseFile> CaseMatters::seen(const std::vector<store::CaseRecord>& cases,
                                        const std::vector<store::CaseRecord>& matters,
                                        const std::string& asker) const {
    const auto& reference = *inbound_.snapshot->reference;
    const auto day = base::vietnamDate(inbound_.receivedAt);
    std::map<std::string, std::set<law::Role>, std::less<>> roles;
    std::vector<CaseFile> files;
    for (const auto& record : matters) {
        auto file = caseFileOf(record);
        const auto about =
            std::ranges::find(cases, file.matter->caseId, &store::CaseRecord::caseId);
        if (about == cases.end()) continue;
        auto known = roles.find(about->caseId);
        if (known == roles.end())
            known = roles.emplace(about->caseId, rolesIn(reference, caseFileOf(*about), asker, day))
                        .first;
        const auto& sees = reference.law().process(file.matter->subject).seenBy;
        if (std::ranges::any_of(sees, [&](law::Role role) { return known->second.contains(role); }))
            files.push_back(std::move(file));
    }
    return files;
}

std::optional<Problem> CaseMatters::addTo(const std::vector<store::CaseRecord>& records,
                                          const std::string& asker,
                                          const model::MonitoringQuery& query,
                                          std::vector<model::CaseView>& views,
                                          std::vector<std::string>& ids) {
    if (records.empty()) return std::nullopt;
    std::vector<std::string> caseIds;
    for (const auto& record : records) caseIds.push_back(record.caseId);
    auto filter = mattersAbout(caseIds);
    filter.askedBy = inbound_.channel->id;
    // Nothing is left out: who asks for fewer cases at once reads fewer of these.
    const auto most = limits_.queryPage;
    const auto matters = cases_.select(filter, {}, most + 1);
    if (matters.size() > most) return Problem(ErrorCode::QUERY_TOO_COSTLY);
    std::size_t bytes = 0;
    for (const auto& record : matters) bytes += record.snapshot.size();
    if (auto full = charged(bytes)) return full;
    auto files = seen(records, matters, asker);
    if (files.empty()) return std::nullopt;

    std::map<std::string, std::string, std::less<>> caseOf;
    std::vector<std::string> fileIds;
    for (const auto& file : files) {
        fileIds.push_back(file.caseId);
        caseOf.emplace(file.caseId, file.matter->caseId);
    }
    ids.insert(ids.end(), fileIds.begin(), fileIds.end());
    const bool past = query.asKnownAt || query.asHappenedAt;
    if (past || query.withHistory.value_or(false)) {
        const auto histories =
            cases_.historiesOf(fileIds, limits_.queryHistoryBytes, inbound_.channel->id);
        if (histories.whole < fileIds.size()) return Problem(ErrorCode::QUERY_TOO_COSTLY);
        bytes = 0;
        for (const auto& message : histories.messages) bytes += message.events.size();
        if (auto full = charged(bytes)) return full;
        if (past) files = filesAsKnown(histories, query.asKnownAt);
        for (const auto& message : histories.messages) {
            const auto view =
                std::ranges::find(views, caseOf.at(message.caseId), &model::CaseView::caseId);
            if (query.withHistory.value_or(false) && view != views.end() &&
                !(query.asKnownAt && message.decidedAt > *query.asKnownAt))
                addHistory(message, *view);
        }
    }
    for (auto& file : files) {
        const auto view = std::ranges::find(views, file.matter->caseId, &model::CaseView::caseId);
        if (view == views.end()) continue;
        if (query.asHappenedAt)
            file = standingOn(inbound_.snapshot->reference->law(), std::move(file),
                              *query.asHappenedAt);
        for (auto& term : termViewsOf(file)) {
            term.obligation = 0;  // of the case: the parts of the file are none of its obligations
            view->terms.push_back(std::move(term));
        }
    }
    for (auto& view : views)
        std::ranges::stable_sort(view.history, {}, &model::HistoryItem::recordedAt);
    return std::nullopt;
}

}  // namespace gateway::exchange
