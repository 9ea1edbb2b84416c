#include "gateway/exchange/records/case_records.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/old_events.h"
#include "gateway/exchange/records/publication.h"
#include "gateway/exchange/records/term_rows.h"
#include "gateway/exchange/reference/number_key.h"
#include "gateway/law/figures/period.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

document::Tree readOwn(const std::string& text, const std::string& what) {
    auto tree = document::readJson(text, document::kOwnBounds);
    if (!tree) throw base::Fault("unreadable " + what + " in the store");
    return std::move(tree).value();
}

template <class S>
S fromOwn(const document::Node& node, const std::string& what) {
    auto value = mapping::fromNode<S>(node);
    if (!value)
        throw base::Fault("unreadable " + what +
                          " in the store: " + base::render(value.error().front()).en);
    return std::move(value).value();
}

// In the place of a role: a file is found by the case that it is about as it is by its agencies.
constexpr const char* kAbout = "about";

// Lists and questions find it by those who have to do with it, in the roles of a case.
store::CaseRecord matterRecord(const model::CaseFile& file, store::CaseRecord record) {
    const auto& matter = *file.matter;
    record.subject = matter.subject;
    record.court = matter.agencies.empty() ? std::string() : matter.agencies.front();
    record.province = matter.province;
    record.number = matter.key;
    record.issuedOn = base::formatDate(matter.day);
    record.stage = matter.parts.front().state;
    record.snapshot = mapping::toJson(file);
    record.agencies = agenciesOf(file);
    if (!matter.caseId.empty()) record.agencies.push_back({matter.caseId, kAbout});
    if (const auto day = file.nextDay()) record.nextDay = base::formatDate(*day);
    if (const auto day = file.firstDue()) record.firstDue = base::formatDate(*day);
    record.terms = termRowsOf(file);
    return record;
}

}  // namespace

store::CaseRecord recordOf(const model::CaseFile& file) {
    store::CaseRecord record;
    record.caseId = file.caseId;
    record.version = file.version;
    if (file.matter) return matterRecord(file, std::move(record));
    record.court = file.ruling.reference.court;
    record.firstInstanceCourt = file.ruling.firstInstanceCourt;
    record.province = file.routing.province;
    record.number = file.ruling.reference.numberNormalised;
    record.issuedOn = base::formatDate(file.ruling.reference.issuedOn);
    record.stage = nameOf(file.stage());
    record.snapshot = mapping::toJson(file);
    record.agencies = agenciesOf(file);
    if (const auto day = file.nextDay()) record.nextDay = base::formatDate(*day);
    if (const auto day = file.firstDue()) record.firstDue = base::formatDate(*day);
    if (file.registeredOn)
        record.registered =
            registeredAs(file.routing.enforcement, file.registerNumber, *file.registeredOn);
    record.portals = portalsOf(file);
    record.terms = termRowsOf(file);
    return record;
}

std::string registeredAs(const std::string& office, const std::string& number, base::Date day) {
    if (number.empty()) return {};
    law::figures::Period year{law::figures::Months::Twelve, static_cast<int>(day.year())};
    if (!year.holds(day)) ++year.year;
    auto key = numberKey(number);
    key.erase(0, std::min(key.find_first_not_of('0'), key.size()));
    return office + " " + std::to_string(year.year) + " " + key;
}

std::vector<store::CaseAgency> agenciesOf(const model::CaseFile& file) {
    std::vector<store::CaseAgency> agencies;
    const auto add = [&agencies](const std::string& agency, const char* role) {
        store::CaseAgency entry{agency, role};
        if (!agency.empty() && std::ranges::find(agencies, entry) == agencies.end())
            agencies.push_back(std::move(entry));
    };
    if (file.matter) {
        for (const auto& agency : file.matter->agencies) add(agency, "lead");
        for (const auto& part : file.matter->parts)
            for (const auto& agency : part.agencies) add(agency, "counterpart");
        return agencies;
    }
    add(file.ruling.reference.court, "court");
    add(file.transferredBy, "court");
    add(file.ruling.firstInstanceCourt, "first-instance-court");
    add(file.routing.enforcement, "enforcement");
    add(file.routing.procuracy, "procuracy");
    for (const auto& state : file.obligations) add(state.obligatedAgency, "obligated");
    return agencies;
}

store::CaseFilter mattersAbout(const std::vector<std::string>& caseIds) {
    store::CaseFilter filter;
    filter.subject = store::kAnySubject;
    for (const auto& id : caseIds) filter.visibleTo.push_back({id, kAbout});
    return filter;
}

model::CaseFile caseFileOf(const store::CaseRecord& record) {
    const std::string what = "case " + record.caseId;
    return fromOwn<model::CaseFile>(readOwn(record.snapshot, what).root, what);
}

store::CaseAlias aliasOf(const model::RulingReference& reference) {
    return {reference.court, numberKey(reference.number, reference.issuedOn),
            base::formatDate(reference.issuedOn)};
}

std::string eventsText(const std::vector<model::Event>& events) { return mapping::toJson(events); }

std::vector<model::Event> eventsOf(const store::MessageRecord& record) {
    const std::string what = "events of message " + record.messageId;
    std::vector<model::Event> events;
    auto tree = readOwn(record.events, what);
    for (auto& node : tree.root.children) {
        inWordsOfToday(node);
        events.push_back(fromOwn<model::Event>(node, what));
    }
    return events;
}

}  // namespace gateway::exchange
