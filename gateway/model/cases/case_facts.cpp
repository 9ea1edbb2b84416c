#include "gateway/model/cases/case_facts.h"

#include <algorithm>

namespace gateway::model {
namespace {

// One fact of an old event.
class OldFacts {
  public:
    explicit OldFacts(const Event& event) : event_(event) {}

    Fact& add(FactKind kind, base::Date on) {
        Fact fact;
        fact.kind = kind;
        fact.source = sourceOf(event_.actor, event_.messageId);
        fact.recordedAt = event_.recordedAt;
        fact.on = on;
        return facts_.emplace_back(std::move(fact));
    }
    void addTransfer(const Ruling& ruling) {
        const auto today = base::vietnamDate(event_.recordedAt);
        add(FactKind::Known, today);
        add(FactKind::Received, today).code = "electronic";
        if (ruling.effectiveOn) add(FactKind::InForce, *ruling.effectiveOn);
        if (ruling.deliveredToObligatedOn)
            add(FactKind::Delivered, *ruling.deliveredToObligatedOn).code = "court";
    }
    void addRegistration(const TransferAcknowledgement& entry) {
        auto& fact = add(FactKind::Registered, entry.registeredOn);
        fact.number = entry.registerNumber;
        fact.received = entry.receivedOn;
        fact.code = nameOf(entry.formOfReceipt);
    }
    void addNotice(const VoluntaryNotice& notice) {
        for (const auto no : notice.obligations) {
            auto& fact = add(FactKind::Notice, notice.issuedOn);
            fact.obligation = no;
            fact.number = notice.number;
            fact.party = notice.addressee;
        }
    }
    void addAcknowledgement(const NoticeAcknowledgement& seen) {
        add(FactKind::NoticeRead, seen.receivedOn).about = seen.noticeNumber;
        if (seen.judgmentReceivedOn)
            add(FactKind::Delivered, *seen.judgmentReceivedOn).code = "obligated";
    }
    void addStatus(const StatusReport& report) {
        for (const auto& item : report.items) {
            auto& fact = add(FactKind::Progress, report.reportedOn);
            fact.obligation = item.obligation;
            fact.code = nameOf(item.progress);
            fact.number = report.number;
        }
    }
    void addCompletion(const CompletionReport& report) {
        for (const auto& item : report.items) {
            auto& fact = add(FactKind::Completion, item.completedOn);
            fact.obligation = item.obligation;
            fact.received = report.reportedOn;
            fact.number = report.number;
        }
    }
    std::vector<Fact> take() && { return std::move(facts_); }

  private:
    const Event& event_;
    std::vector<Fact> facts_;
};

void showNotice(CaseFile& file, const Fact& fact) {
    const auto known = std::ranges::find(file.notices, fact.number, &NoticeState::number);
    if (known != file.notices.end()) return;
    NoticeState entry;
    entry.number = fact.number;
    entry.issuedOn = fact.on;
    entry.addressee = fact.party;
    file.notices.push_back(std::move(entry));
}

void showProgress(ObligationState& state, const Fact& fact) {
    switch (fact.kind) {
        case FactKind::Notice:
        case FactKind::Succession:
            if (!fact.party.empty()) state.obligatedAgency = fact.party;
            break;
        case FactKind::Progress: state.lastProgress = valueOf<Progress>(fact.code); break;
        case FactKind::Completion:
            state.lastProgress = Progress::Done;
            state.completedOn = fact.on;
            break;
        default: break;
    }
}

void show(CaseFile& file, const Fact& fact) {
    if (fact.kind == FactKind::Registered) {
        file.registerNumber = fact.number;
        file.registeredOn = fact.on;
    }
    if (fact.kind == FactKind::Notice) showNotice(file, fact);
    for (auto& notice : file.notices) {
        if (fact.kind == FactKind::NoticeRead && notice.number == fact.about)
            notice.acknowledgedOn = fact.on;
        if (fact.kind == FactKind::Delivered && fact.code == "obligated" && notice.acknowledgedOn)
            notice.judgmentReceivedOn = fact.on;
    }
    for (auto& state : file.obligations)
        if (fact.obligation == 0 || fact.obligation == state.no) showProgress(state, fact);
}

}  // namespace

std::vector<Fact> factsOfOld(const Event& event) {
    OldFacts facts(event);
    if (event.ruling) facts.addTransfer(*event.ruling);
    if (event.registration) facts.addRegistration(*event.registration);
    if (event.notice) facts.addNotice(*event.notice);
    if (event.acknowledgement) facts.addAcknowledgement(*event.acknowledgement);
    if (event.status) facts.addStatus(*event.status);
    if (event.completion) facts.addCompletion(*event.completion);
    return std::move(facts).take();
}

void showFacts(CaseFile& file) {
    file.registerNumber.clear();
    file.registeredOn.reset();
    file.notices.clear();
    for (auto& state : file.obligations) {
        const auto* obligation = file.obligation(state.no);
        state.obligatedAgency = obligation ? obligation->obligatedAgency : std::string();
        state.lastProgress.reset();
        state.completedOn.reset();
    }
    for (const auto& fact : file.facts)
        if (!fact.struck) show(file, fact);
}

}  // namespace gateway::model
