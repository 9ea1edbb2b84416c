#include "gateway/exchange/acts/period_clock.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/law/reports/sheet_check.h"

namespace gateway::exchange {
namespace {

using law::Role;
using law::figures::Period;
using model::FactKind;

constexpr std::size_t kOfficesAtOnce = 16;

// The last period that was over before that day.
Period lastEnded(base::Date today) {
    Period found{law::figures::Months::Three, static_cast<int>(today.year()) - 1};
    for (const int year : {-1, 0, 1})
        for (const auto& [months, name] : model::Names<law::figures::Months>::table) {
            const Period one{months, static_cast<int>(today.year()) + year};
            if (one.last() < today && found.last() < one.last()) found = one;
        }
    return found;
}

std::string idOf(const std::string& lead, base::Date until) {
    return matterId(law::kPeriod, lead + " " + base::formatDate(until));
}

const model::Fact* reportIn(const model::CaseFile& file) {
    for (const auto& fact : file.facts)
        if (fact.kind == FactKind::Consolidated && fact.obligation == 0) return &fact;
    return nullptr;
}

}  // namespace

std::optional<base::Date> PeriodClock::firstDay() {
    if (!firstDay_)
        cases_.forEachMessage(0, [this](const store::MessageRecord& message) {
            firstDay_ = base::vietnamDate(message.receivedAt);
            return false;
        });
    return firstDay_;
}

std::vector<const model::Agency*> PeriodClock::leads(const Snapshot& snapshot,
                                                     base::Date day) const {
    std::vector<const model::Agency*> found;
    const auto& process = snapshot.reference->law().process(law::kPeriod);
    for (const auto& agency : snapshot.reference->directory().all())
        if (agency.period.covers(day) &&
            std::ranges::any_of(process.pairings, [&](const law::Pairing& pairing) {
                return OfficeRoles::fits(pairing.lead, agency);
            }))
            found.push_back(&agency);
    return found;
}

bool PeriodClock::tick() {
    const auto now = clock_.now();
    const auto snapshot = snapshots_.current();
    const auto period = lastEnded(base::vietnamDate(now));
    const auto offices = leads(*snapshot, period.last());
    const auto first = firstDay();
    if (opened_ != period.last() && first && *first <= period.last()) {
        std::size_t done = 0;
        for (const auto* lead : offices) {
            if (cases_.find(idOf(lead->code, period.last()))) continue;
            open(*snapshot, *lead, period, now);
            if (++done == kOfficesAtOnce) return true;
        }
        opened_ = period.last();
    }
    const OfficeRoles roles(snapshot->reference->directory(), base::vietnamDate(now));
    for (const auto& department : roles.holders(Role::Department, {}, {})) {
        const auto kept = cases_.find(idOf(department, period.last()));
        const auto file = kept ? std::optional(caseFileOf(*kept)) : std::nullopt;
        const auto* report = file ? reportIn(*file) : nullptr;
        if (!report || consolidated_ == report->source) continue;
        for (const auto* lead : offices)
            consolidate(*snapshot, idOf(lead->code, period.last()), *report, now);
        consolidated_ = report->source;
    }
    return false;
}

void PeriodClock::open(const Snapshot& snapshot, const model::Agency& lead, const Period& period,
                       base::Timestamp now) {
    const auto& law = snapshot.reference->law();
    const auto& process = law.process(law::kPeriod);
    const auto* declared = law.act(process.openedBy);
    const auto today = base::vietnamDate(now);
    const auto* rule = declared ? declared->ruleOn(today) : nullptr;
    if (!rule) return;
    const MatterActs matters(snapshot, cases_, ledger_, word_.notifications());
    const auto until = base::formatDate(period.last());
    model::CaseFile file;
    model::Event event;
    event.matter = MatterFiles(*snapshot.reference, cases_, ledger_)
                       .begin(law::kPeriod, {lead.code, until}, today);
    event.caseId = idOf(lead.code, period.last());
    event.legalBasis = rule->senders.front().basis;
    event.act.emplace().type = declared->type;
    auto& content = event.act->content;
    content = document::objectNode();
    document::addText(content, "lead", lead.code);
    auto written = document::objectNode("period");
    document::addText(written, "from", base::formatDate(period.first()));
    document::addText(written, "until", until);
    document::addText(written, "kind", std::string(model::nameOf(period.months)));
    content.children.push_back(std::move(written));
    file.matter = event.matter;
    event.decided = matters.hear(file, {}, today);
    event.recordedAt = now;
    event.actor = word_.author();
    std::vector<law::ToldRole> told;
    for (const auto& one : rule->told)
        told.push_back({one.role, one.level, one.basis, one.what, one.copy});
    matters.tellOf(*event.matter, told, event);
    record(snapshot, matters, {}, std::move(event), now);
}

// A sheet that was sent up after the report is not in it.
void PeriodClock::consolidate(const Snapshot& snapshot, const std::string& id,
                              const model::Fact& report, base::Timestamp now) {
    const auto kept = cases_.find(id);
    if (!kept) return;
    auto file = caseFileOf(*kept);
    file.version = kept->version;
    std::vector<model::Fact> facts;
    for (const auto& fact : file.facts) {
        const bool heard = std::ranges::any_of(file.facts, [&](const model::Fact& other) {
            return other.kind == FactKind::Consolidated && other.obligation == fact.obligation;
        });
        if (fact.kind != FactKind::Forwarded || heard || fact.recordedAt > report.recordedAt)
            continue;
        auto one = report;
        one.obligation = fact.obligation;
        facts.push_back(std::move(one));
    }
    if (facts.empty()) return;
    const MatterActs matters(snapshot, cases_, ledger_, word_.notifications());
    model::Event event;
    event.caseId = id;
    event.decided = matters.hear(file, std::move(facts), base::vietnamDate(now));
    record(snapshot, matters, std::move(file), std::move(event), now);
}

// Told by another before us, or the file has moved: it is looked at again.
void PeriodClock::record(const Snapshot& snapshot, const MatterActs& matters,
                         model::CaseFile before, model::Event event, base::Timestamp now) {
    static_cast<void>(word_.record(
        snapshot, std::move(before), std::move(event), now,
        [&](const model::CaseFile& after, model::Event& said) { matters.complete(after, said); }));
}

}  // namespace gateway::exchange
